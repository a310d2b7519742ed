"""A phone, upright, in the light and in the dark: nothing is cut off and nothing moves sideways."""

import pytest

from prolo_dash.chapters.registry import CHAPTER_VIEWS

OTHERS = [("gain", "show", "groups"), ("gain", "outcome", "function"), ("caveat", "outcome", "pain")]
_TOO_WIDE = """() => [...document.querySelectorAll("body *")]
  .filter((element) => element.getBoundingClientRect().right > document.documentElement.clientWidth + 1)
  .map((element) => `${element.tagName} ${element.className} ${element.textContent.slice(0, 40)}`)"""
# A chart's words that stick out of it, and so are cut off.
_CUT = """(section) => {
  const box = section.querySelector("[data-role=chart]").getBoundingClientRect();
  return [...section.querySelectorAll("[data-role=chart] svg text")].filter((text) => {
    const { left, right, width } = text.getBoundingClientRect();
    return width > 0 && (left < box.left - 1 || right > box.right + 1);
  }).map((text) => text.textContent);
}"""

_ON_EACH_OTHER = """() => [...document.querySelectorAll(".labels")].flatMap((place) => {
  const labels = [...place.children].map((label) => [label.textContent, label.getBoundingClientRect()]);
  const meet = (a, b) => Math.min(a.bottom, b.bottom) > Math.max(a.top, b.top) + 1
    && Math.min(a.right, b.right) > Math.max(a.left, b.left) + 1;
  return labels.flatMap(([one, box], i) => labels.slice(i + 1).filter(([, other]) => meet(box, other))
    .map(([other]) => `${one} / ${other}`));
})"""

_FITS = """() => [...document.querySelectorAll("[data-role=chart]:has(svg)")].every(
  (chart) => Math.abs(chart.querySelector("svg").getBoundingClientRect().width - chart.clientWidth) <= 1)"""


def assert_nothing_sticks_out(window):
    window.wait_whole()
    wide = window.page.evaluate("document.documentElement.scrollWidth > window.innerWidth")
    assert not wide, window.page.evaluate(_TOO_WIDE)
    for view in CHAPTER_VIEWS:
        chart = window.part(view, "chart").locator("svg").first
        if chart.count():
            assert chart.bounding_box()["width"] <= window.view(view).bounding_box()["width"]
        assert window.view(view).evaluate(_CUT) == []


@pytest.mark.parametrize("width", [1280, 390])
def test_no_label_of_a_chart_lies_on_another(open_page, width):
    window = open_page(width=width)
    window.wait_whole()
    assert window.page.locator(".labels p").count() > 50
    assert window.page.evaluate(_ON_EACH_OTHER) == []
    window.input("own_trial", "kind", "scores").check(force=True)
    window.must_show("own_trial", kind="scores")
    assert window.page.evaluate(_ON_EACH_OTHER) == []


def resized(window, width, height):
    """Turn or shrink the screen; wait until every chart has been drawn for it."""
    window.page.set_viewport_size({"width": width, "height": height})
    window.page.wait_for_function(_FITS)


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_nothing_is_cut_off_or_moves_sideways_at_390_px_and_320_px(open_page, dark):
    window = open_page(width=390, height=844, dark=dark)
    window.unfold()
    assert_nothing_sticks_out(window)
    for view, name, value in OTHERS:
        window.input(view, name, value).click()
        window.must_show(view, **{name: value})
        window.unfold()
        assert_nothing_sticks_out(window)
        window.page.go_back()
        window.must_show(view)
    resized(window, 320, 640)
    assert_nothing_sticks_out(window)


def test_a_chart_is_drawn_anew_when_the_phone_is_turned(open_page):
    window = open_page(width=844, height=390)
    resized(window, 390, 844)
    assert_nothing_sticks_out(window)
    window.must_show("caveat")


_AS_IT_PRINTS = """() => { window.print = () => {
  window.printed = [...document.querySelectorAll("main *")].filter((element) => element.offsetHeight > 0)
    .filter((element) => !element.querySelector("section.view") && !element.closest("section.view"))
    .map((element) => element.textContent);
}; }"""


def test_a_view_that_is_printed_alone_has_nothing_else_of_the_page_above_it(open_page):
    window = open_page()
    window.wait_whole()
    window.page.emulate_media(media="print")
    window.page.evaluate(_AS_IT_PRINTS)
    window.part("gain", "print").evaluate("(button) => button.click()")
    assert window.page.evaluate("window.printed") == []


# Where names of columns stand: those above the rows, those of the axis below them, and the edges of what is in between.
_COLUMNS = """(section) => {
  const boxes = (found) => [...found].map((name) => name.getBoundingClientRect());
  const middles = (found) => boxes(found).map(({ left, right }) => (left + right) / 2);
  const head = section.querySelector(".columns .along > div");
  const chart = section.querySelector(".chart").getBoundingClientRect();
  return {
    names: middles(head?.querySelectorAll("span") ?? []),
    axis: middles(section.querySelectorAll(".xaxislayer-above")[0]?.querySelectorAll(".xtick text") ?? []),
    top: head?.getBoundingClientRect().top,
    chart: [chart.top, chart.bottom],
    bar: document.querySelector("nav").getBoundingClientRect().bottom,
  };
}"""
_AWAY = "([section, share]) => { const { top, height } = section.querySelector('.chart').getBoundingClientRect();"
_AWAY += " window.scrollBy({ top: top + share * height - 200, behavior: 'instant' }); }"


def test_names_of_columns_stand_above_the_rows_and_stay_while_these_are_read(open_page):
    window = open_page(width=390, height=844)
    window.open_views()
    window.must_show("certainty_reviews")
    section = window.view("certainty_reviews")
    seen = section.evaluate(_COLUMNS)
    assert len(seen["names"]) == len(seen["axis"]) > 2
    assert seen["names"] == pytest.approx(seen["axis"], abs=2)
    assert seen["chart"][0] - 80 < seen["top"] < seen["chart"][0], "above the first row"
    window.page.evaluate(_AWAY, [section.element_handle(), 0.5])
    seen = section.evaluate(_COLUMNS)
    assert seen["chart"][0] < 0 < seen["bar"], "the first rows are scrolled away"
    assert seen["top"] == pytest.approx(seen["bar"], abs=1), "the names stand below the bar of the page"
    window.page.evaluate(_AWAY, [section.element_handle(), 1.5])
    assert section.evaluate(_COLUMNS)["top"] < 0, "they go with their rows"
    assert window.part("certainty_reviews", "columns").get_attribute("aria-hidden") == "true"


def test_a_chart_without_columns_has_no_names_above_it(open_page):
    window = open_page(width=390, height=844)
    window.must_show("gain")
    assert window.part("gain", "columns").evaluate("(place) => [place.textContent, place.offsetHeight]") == ["", 0]
