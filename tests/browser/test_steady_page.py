"""A page that is still being filled in stays where it is: what comes later has its room from the start."""

import pytest
from playwright.sync_api import expect

_HEIGHTS = """() => Object.fromEntries([...document.querySelectorAll("section[data-view]")].map(
  (section) => [section.dataset.view, section.offsetHeight]))"""
_BEGUN = '() => document.querySelector("section[data-view=own_trial]")'
_AT_REST = """(id) => new Promise((done) => {
  const top = () => document.getElementById(id).getBoundingClientRect().top;
  const look = (before, frames) => {
    if (frames === 30) done(before);
    else requestAnimationFrame(() => { const now = top(); look(now, now === before ? frames + 1 : 0); });
  };
  look(NaN, 0);
})"""


@pytest.fixture(params=[(390, 844), (1280, 900), (1280, 720)], ids="{0[0]} by {0[1]}".format)
def opening_window(request, open_page):
    """A window whose page has just begun: no chart can be drawn before ``go_on`` is called."""
    width, height = request.param
    window = open_page("nothing", width=width, height=height, wait=False)  # the page itself is opened below
    window.forgiven = "404"
    held = []

    def hold(route):
        held.append(route)

    window.page.route("**/plotly*.js", hold)
    window.page.goto(window.server.address, wait_until="commit")
    window.page.wait_for_function(_BEGUN)
    window.go_on = lambda: [route.continue_() for route in held]
    return window


def test_no_part_of_the_page_grows_or_shrinks_while_it_is_filled_in(opening_window):
    opening_window.page.evaluate('document.documentElement.classList.remove("starting")')
    begun = opening_window.page.evaluate(_HEIGHTS)
    opening_window.go_on()
    opening_window.wait_whole()
    assert opening_window.page.evaluate(_HEIGHTS) == begun


@pytest.mark.parametrize("chapter", ["The caveat", "Risks, cost, choices"])
def test_a_link_that_is_followed_at_once_leads_to_its_chapter(opening_window, chapter):
    opening_window.page.emulate_media(reduced_motion="no-preference")  # the page scrolls while it is filled in
    link = opening_window.page.get_by_role("navigation").get_by_role("link", name=chapter)
    opening_window.go_on()
    link.click()
    opening_window.wait_whole()
    top = opening_window.page.evaluate(_AT_REST, chapter.replace(" ", "-"))
    assert 0 < top < 200, "just below the navigation"


@pytest.mark.parametrize("view", ["caveat", "sources_words"])
def test_who_opens_a_link_to_a_view_is_there_at_once(open_page, view):
    window = open_page("nothing", wait=False)  # the page itself is opened below
    window.forgiven = "404"
    window.page.emulate_media(reduced_motion="no-preference")
    window.page.goto(f"{window.server.address}#{view}", wait_until="domcontentloaded")
    window.page.wait_for_function("() => scrollY > 0")
    assert 0 < window.view(view).evaluate(_TOP) < 200


_NOTE_SHIFTS = """
window.shifts = 0;
new PerformanceObserver((list) => {
  for (const { value, hadRecentInput } of list.getEntries()) if (!hadRecentInput) window.shifts += value;
}).observe({ type: "layout-shift", buffered: true });
"""


@pytest.mark.parametrize(
    "address", ["#certainty_later", "#risks_cost", "?certainty_later.condition=low_back#certainty_later"]
)
def test_a_folded_view_that_a_link_opens_moves_nothing(open_page, address):
    """A shift of 0.1 is what Core Web Vitals call good; the settings of the last address change the words."""
    window = open_page("nothing", wait=False)  # the page itself is opened below
    window.forgiven = "404"
    window.page.add_init_script(_NOTE_SHIFTS)
    window.page.goto(f"{window.server.address}{address}")
    view = window.view(address.partition("#")[2])
    expect(view).to_have_attribute("data-ready", "true")
    expect(view.locator(".subplot").first).to_be_attached()
    assert view.locator(".unfold button").get_attribute("aria-expanded") == "true"
    assert window.page.evaluate("window.shifts") < (0.1 if "?" in address else 0.01)
    view.locator(".unfold button").click()
    assert view.get_attribute("data-folded") == "true"


_ROW = """(chart) => {
  const rows = [...chart.querySelectorAll(".labels p")];
  return rows.findIndex((label) => label.getBoundingClientRect().top > 60);
}"""
_TOP_OF_ROW = "(chart, row) => Math.round(chart.querySelectorAll('.labels p')[row].getBoundingClientRect().top)"
_FITS = """([key, width]) => {
  const drawn = document.querySelector(`section[data-view="${key}"] [data-role=chart] svg`).clientWidth;
  return drawn < width && drawn > width / 2;
}"""
_MIDDLE = """(part) => {
  const { top, height } = part.getBoundingClientRect();
  window.scrollBy({ top: top + height / 2, behavior: "instant" });
}"""
_TOP = "(element) => Math.round(element.getBoundingClientRect().top)"
# When scroll_anchor.js has noted the reader's place: of two timers of one length the one set first goes off first.
_NOTED = """() => {
  window.noted = false;
  let timer = 0;
  window.addEventListener("scroll", () => {
    clearTimeout(timer);
    timer = setTimeout(() => { window.noted = true; }, 150);
  });
}"""


def noted(window, scroll):
    """Scroll, and wait until the page has noted where its reader is."""
    window.page.evaluate(_NOTED)
    scroll()
    window.page.wait_for_function("() => window.noted")


@pytest.mark.parametrize("key", ["gain", "caveat_share"])
def test_a_phone_that_is_turned_keeps_the_row_of_a_chart_where_the_reader_had_it(open_page, key):
    window = open_page(width=390, height=844)
    window.wait_whole()
    chart = window.part(key, "chart")
    noted(window, lambda: chart.evaluate(_MIDDLE))
    row = chart.evaluate(_ROW)
    top = chart.evaluate(_TOP_OF_ROW, row)
    for width, height in ((844, 390), (390, 844)):
        window.page.set_viewport_size({"width": width, "height": height})
        window.page.wait_for_function(_FITS, arg=[key, width])
        window.wait_whole()
        assert chart.evaluate(_TOP_OF_ROW, row) == pytest.approx(top, abs=3)


def test_a_phone_that_is_turned_keeps_a_paragraph_in_its_place_and_lets_go_of_it_when_its_reader_scrolls(open_page):
    window = open_page(width=390, height=844)
    window.wait_whole()
    sentence = window.part("risks_cost", "sentence")
    noted(window, lambda: sentence.evaluate("(sentence) => sentence.scrollIntoView({ behavior: 'instant' })"))
    top = sentence.evaluate(_TOP)
    window.page.set_viewport_size({"width": 844, "height": 390})
    window.wait_whole()
    assert sentence.evaluate(_TOP) == pytest.approx(top, abs=3)
    noted(window, lambda: window.page.mouse.wheel(0, 500))
    assert sentence.evaluate(_TOP) == pytest.approx(top - 500, abs=3)
