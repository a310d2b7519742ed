"""The page on a projector: what each screen holds, address, notes, sharing, and that the page comes back as before."""

import json
import re

import pytest
from playwright.sync_api import expect

from prolo_dash.chapters.lessons.predictions import predictions
from prolo_dash.chapters.registry import CHAPTER_BY_KEY
from prolo_dash.evidence.library import library

from .playing import SIZES, bar, look, place, play, presents, screen, turn_to_the_end
from .test_accessibility import ALL, COLOURS, objections
from .test_lessons import LESSONS, NOTEBOOKS, READABLE, asked, telling
from .test_share import link_in, read_code

ASKED = [asked.prediction_id for asked in library().package.predictions if asked.before_chapter]
GUESSES = [predictions(library())[key] for key in ASKED]
PAGES = ["", *(f"{lesson}.html" for lesson in LESSONS)]


def guesses_of(path):
    """The predictions of a page, in their order; of the explainer those that it asks when it is presented."""
    return asked(path.removesuffix(".html")) if path else GUESSES


_REVEALED = (
    "() => [...document.querySelectorAll('[data-predict][data-revealed]')].map(({ dataset }) => dataset.predict)"
)


@pytest.mark.parametrize("size", SIZES, ids=["1280x720", "1920x1080"])
@pytest.mark.parametrize("path", PAGES)
def test_each_screen_is_large_whole_and_alone_and_no_answer_comes_before_its_guess(path, size, open_page):
    window = open_page(path, width=size[0], height=size[1])
    window.page.keyboard.press("t")
    guesses = guesses_of(path)
    early = []
    played = play(window, lambda: early.extend(_told_early(window, guesses)))
    assert played.faults == []
    assert played.uneven() == []
    assert early == []
    assert played.places[0].split()[0] == "1.1"
    checks = 2 if path else 0  # of a lesson, before it, which keep their answers, and as many after it
    assert f" {len(guesses) + checks} {checks}" in played.places[-1], "all else is revealed, nothing stays locked"
    assert len(played.places) > 15


def _told_early(window, guesses):
    """What can be read of the answers of guesses that are still open."""
    revealed = window.page.evaluate(_REVEALED)
    to_come = [prediction for prediction in guesses if prediction.key not in revealed]
    said = window.page.evaluate(READABLE) if to_come else ""
    return [f"{prediction.key}: {words}" for prediction in to_come for words in telling(prediction) if words in said]


@pytest.mark.parametrize("chosen", ["knee_osteoarthritis", "osgood_schlatter", "osgood_schlatter.low_back"])
def test_of_conditions_chosen_beforehand_no_answer_comes_before_its_guess_either(chosen, open_page):
    window = open_page(f"?conditions={chosen}", width=1280, height=720)
    window.must_show("answer", conditions=chosen)
    told = [words for prediction in GUESSES for words in telling(prediction)]
    assert [words for words in told if words in window.page.evaluate(READABLE)], "on the page they can be read"
    window.page.keyboard.press("t")
    early = []
    while len(window.page.evaluate(_REVEALED)) < len(GUESSES):
        place(window)
        early += _told_early(window, GUESSES)
        window.page.keyboard.press("PageDown")
    assert early == []


def _typed(guess):
    guess.locator('[name="number"]').fill(guess.locator('[name="guess"]').get_attribute("max"))


def _counted(guess):
    guess.get_by_text("Count the hands").click()
    for hands, field in enumerate(guess.locator('[name="hands"]').all()):
        field.fill(str(hands))


@pytest.mark.parametrize("make", [_typed, _counted])
@pytest.mark.parametrize("path", PAGES)
def test_a_guess_and_its_answer_are_seen_whole_and_what_to_discuss_then_has_a_screen_of_its_own(path, make, open_page):
    window = open_page(path, width=1280, height=720)
    window.page.keyboard.press("t")
    now = window.page.locator(".now")
    for prediction in guesses_of(path):
        while now.get_attribute("data-predict") != prediction.key:
            window.page.keyboard.press("PageDown")
            place(window)
        make(now)
        assert look(window)["faults"] == []
        window.page.keyboard.press("PageDown")
        expect(now.locator("[data-role=gap]")).to_contain_text(str(prediction.answer(library())))
        expect(now.get_by_text(prediction.why)).to_be_hidden()
        assert look(window)["faults"] == []
        window.page.keyboard.press("PageDown")
        expect(now).to_have_text(re.compile(re.escape(prediction.why) + "$"))
        expect(now).to_be_focused()
        assert look(window)["faults"] == []
        assert now.evaluate("(now) => parseFloat(getComputedStyle(now).fontSize)") >= 40


@pytest.mark.parametrize(
    ("path", "at"),
    [("", "1.1"), ("", "11.3"), ("", "14.2"), ("lesson_compared.html", "4.1"), ("lesson_compared.html", "12.1")],
)
def test_a_reload_stays_on_the_screen_and_its_part_also_behind_a_guess(path, at, open_at):
    window = open_at(f"{path}?present={at}")
    title = window.page.locator(".now").evaluate("(now) => now.textContent.slice(0, 200)")
    at_screen = bar(window, "Back").locator("..").locator(".at")
    said = at_screen.inner_text()
    window.page.reload()
    window.wait_ready()
    assert screen(window) == at
    assert look(window)["faults"] == []
    assert window.page.locator(".now").evaluate("(now) => now.textContent.slice(0, 200)") == title
    assert at_screen.inner_text() == said


def test_a_screen_that_does_not_exist_is_the_last_one(open_at):
    window = open_at("?present=999.9")
    expect(window.page.locator(".now")).to_have_attribute("data-view", "own_trial")


GUESS_FIRST = re.compile("comes after a guess. Guess first.")


@pytest.mark.parametrize("path", [path for path in PAGES if len(guesses_of(path)) > 1])
def test_a_link_to_a_later_screen_skips_no_guess_and_a_reload_asks_none_again(path, open_page):
    guesses = guesses_of(path)
    window = open_page(f"{path}?present=15.1", width=1280, height=720)
    now = window.page.locator(".now")
    for prediction in guesses[:2]:
        place(window)
        expect(now).to_have_attribute("data-predict", prediction.key)
        assert _told_early(window, guesses[guesses.index(prediction) :]) == []
        if prediction is guesses[0]:
            expect(now.locator("[data-role=problem]")).to_have_text(GUESS_FIRST)
            now.locator('[name="number"]').fill(str(prediction.high))
            expect(now.locator("[data-role=problem]")).to_be_empty()
        while now.get_attribute("data-predict") != guesses[1].key:
            window.page.keyboard.press("PageDown")
            place(window)
    at = screen(window)
    window.page.reload()
    window.wait_ready()
    assert screen(window) == at
    assert window.page.evaluate(_REVEALED) == [guesses[0].key]
    other = open_page(f"{path}?present={at}", width=1280, height=720)
    place(other)
    expect(other.page.locator(".now")).to_have_attribute("data-predict", guesses[0].key)


def test_the_key_of_a_chapter_presents_that_chapter_and_ends_with_it(open_page):
    window = open_page("?present=caveat", width=1280, height=720)
    expect(window.page.locator(".now")).to_contain_text("The caveat")
    played = play(window)
    assert played.faults == []
    views = [view.key for view in CHAPTER_BY_KEY["caveat"].views]
    assert played.places[-1].startswith(f"caveat.{1 + len(views)}.")
    expect(window.page.locator(".now")).to_have_attribute("data-view", views[-1])
    expect(window.page.locator(".bar .at")).to_contain_text(f"{1 + len(views)} of {1 + len(views)}")
    window.page.reload()
    window.wait_ready()
    assert place(window) == played.places[-1], "a reload stays in the chapter"
    window.page.keyboard.press("Escape")
    window.page.keyboard.press("t")
    assert "caveat" not in window.page.url


def test_a_chapter_that_is_presented_alone_asks_its_own_guess(open_page):
    window = open_page("?present=certainty.5", width=1280, height=720)
    now = window.page.locator(".now")
    expect(now).to_have_attribute("data-predict", GUESSES[-1].key)
    expect(window.page.locator(".bar .at")).to_have_text("2")
    for _ in range(3):
        window.page.keyboard.press("PageDown")
    place(window)
    expect(now).to_have_attribute("data-view", "certainty")


@pytest.mark.parametrize("path", PAGES)
def test_the_bar_says_how_far_the_presentation_is_also_before_a_guess(path, open_page):
    window = open_page(path, width=1280, height=720)
    notebook = json.loads((NOTEBOOKS / (path.replace(".html", ".ipynb") or "explainer.ipynb")).read_text("utf-8"))
    sources = ["".join(cell["source"]) for cell in notebook["cells"] if cell["cell_type"] == "markdown"]
    headings = [source.partition("\n")[0].removeprefix("## ") for source in sources if source.startswith("## ")]
    window.page.keyboard.press("t")
    at = window.page.locator(".bar .at")
    name = "step" if path else "chapter"
    expect(at).to_have_text(f"{len(headings)} {name}s")
    for number, heading in enumerate(headings[:5], 1):
        while window.page.locator(".now h2").filter(has_text=heading).count() == 0:
            expect(at).to_have_text(re.compile(f"^{name} {number - 1} of |^{len(headings)} {name}s"))
            window.page.keyboard.press("PageDown")
            place(window)
        expect(at).to_have_text(f"{name} {number} of {len(headings)}")


def test_the_button_begins_with_what_is_read(open_page):
    window = open_page(width=1280, height=720)
    window.page.keyboard.press("t")
    window.page.keyboard.press("Escape")
    window.view("gain").evaluate("(section) => section.scrollIntoView()")
    box = window.page.get_by_role("button", name="Present", exact=True).bounding_box()
    window.page.mouse.click(box["x"] + 9, box["y"] + 9)  # Playwright's own click would scroll
    place(window)
    expect(window.page.locator(".now")).to_have_attribute("data-view", "gain")


# The bar says the place again when the chart has been laid out for the screen again.
_HEAR_BAR = """() => {
  window.told = false;
  new MutationObserver(() => { window.told = true; }).observe(document.querySelector(".bar .at"), { childList: true });
}"""


def test_settings_change_the_chart_and_it_still_fits(open_at):
    window = open_at("?present=11.9")
    bar(window, "Settings").click()
    problems = look(window)["faults"]
    for name, value in (("show", "groups"), ("show", "difference"), ("outcome", "pain")):
        window.page.evaluate(_HEAR_BAR)
        window.input("gain", name, value).click()
        window.page.wait_for_function("() => window.told")
        assert f"{name}={value}" in window.page.locator(".now").get_attribute("data-state")
        problems += [f"{value}: {fault}" for fault in look(window)["faults"]]
    bar(window, "Settings").click()
    problems += look(window)["faults"]
    assert problems == []
    assert "gain.outcome=pain" in window.page.url
    assert "present=11." in window.page.url


def test_conditions_are_set_for_the_page_while_it_is_presented_too(open_at):
    window = open_at("?present=11.1")
    bar(window, "Settings").click()
    form = window.page.locator('.now > [data-role="page-controls"]')
    expect(form).to_be_visible()
    expect(window.view("gain").locator('.controls [data-control="conditions"]')).to_be_hidden()
    form.locator('select[name="conditions"]').select_option("knee_osteoarthritis")
    window.must_show("gain", conditions="knee_osteoarthritis", outcome="pain")
    assert "conditions=knee_osteoarthritis" in window.page.url
    assert "gain.conditions" not in window.page.url
    bar(window, "Settings").click()
    expect(form).to_have_count(0)
    assert look(window)["faults"] == []
    window.page.keyboard.press("Escape")
    expect(window.page.locator('nav [data-role="page-controls"]')).to_be_visible()


def test_the_notes_follow_in_a_window_of_their_own_also_without_a_network(open_at):
    window = open_at("lesson_compared.html?present=6.1")
    with window.page.expect_popup() as opened:
        window.page.keyboard.press("n")
    notes = opened.value
    window.forgiven = "ERR_INTERNET_DISCONNECTED"  # states of views that nobody came near
    window.context.set_offline(True)
    written = window.page.locator("[aria-labelledby=One-number] details.teacher > .prose").all_text_contents()
    assert written
    assert all("".join(note.split()) in "".join(notes.locator(".notes").inner_text().split()) for note in written)
    expect(notes.locator("h1")).to_have_text("One number")
    expect(notes.locator(".next")).to_have_text("Next: What would you ask before you believe this number?")
    expect(notes.locator(".time")).to_have_text(re.compile(r"^\d+:\d\d since the start, at \d\d:\d\d$"))
    window.page.keyboard.press("PageDown")
    expect(notes.locator("h1")).to_have_text("What would you ask before you believe this number?")
    notes.keyboard.press("PageUp")
    assert screen(window) == "6.1"
    notes.close()
    window.page.keyboard.press("PageDown")
    assert screen(window) == "7.1", "a closed window of notes is in nobody's way"


_SMALL = """(dialog) => [...dialog.querySelectorAll("h2, p, a, button, code")]
  .filter((found) => found.innerText && parseFloat(getComputedStyle(found).fontSize) < 24)
  .map((found) => found.innerText)"""


def test_a_class_gets_the_link_and_the_code_of_what_is_on_the_wall(open_at):
    window = open_at("?gain.show=groups&present=11.1#gain")
    for press in (bar(window, "Share").click, lambda: window.page.keyboard.press("s")):
        press()
        dialog = window.page.get_by_role("dialog", name="Share this view")
        assert link_in(dialog) == f"{window.server.address}?gain.show=groups#gain"
        assert read_code(dialog) == [link_in(dialog)]
        box = dialog.get_by_role("img").bounding_box()
        assert box["width"] >= 600
        assert box["y"] + box["height"] <= 720
        assert dialog.evaluate(_SMALL) == []
        window.page.keyboard.press("Escape")
        expect(dialog).to_have_count(0)
        assert presents(window)


_PAGE = """() => [...document.querySelectorAll("section[data-view]")].map((section) => {
  const chart = section.querySelector("[data-role=chart]");
  const svg = chart.querySelector("svg")?.getBoundingClientRect();
  return [section.dataset.view, section.className, section.dataset.state, chart.style.zoom, chart.style.clipPath,
    Math.round(svg?.width ?? 0), Math.round(svg?.height ?? 0), section.querySelectorAll("svg").length];
}).concat([[document.querySelector("main").innerText, document.querySelectorAll("main > *").length]])"""


def test_afterwards_the_page_is_as_it_was(open_page):
    window = open_page(width=1280, height=720)
    window.wait_whole()
    before, address = window.page.evaluate(_PAGE), window.page.url
    window.page.keyboard.press("t")
    turn_to_the_end(window)
    window.page.keyboard.press("Escape")
    window.page.wait_for_function(
        "(before) => JSON.stringify((" + _PAGE + ")()) === JSON.stringify(before)", arg=before
    )
    assert window.page.url == address
    for view, name, value in (("gain", "show", "groups"), ("caveat", "outcome", "pain")):
        window.input(view, name, value).click()
        window.must_show(view, **{name: value})
    window.part("gain", "share").click()
    assert link_in(window.page.get_by_role("dialog")) == f"{window.server.address}?gain.show=groups#gain"
    window.page.keyboard.press("Escape")
    window.page.evaluate(
        "() => { window.print = () => { window.printed = document.querySelector('.view:not(.left-out)').id; }; }"
    )
    window.part("caveat", "print").click()
    assert window.page.evaluate("window.printed") == "caveat"


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_axe_finds_nothing_to_object_to(dark, open_at):
    window = open_at("?present=5.1", dark=dark)
    problems = []
    for keys in ((), ("PageDown",), ("PageDown", "PageDown", "PageDown"), ("PageDown",), ("c",), ("c", "?")):
        for key in keys:
            window.page.keyboard.press(key)
            place(window)
        problems.append(objections(window, COLOURS if dark else ALL))
    assert [problem for problem in problems if problem] == []


def test_a_phone_presents_too(open_at):
    window = open_at("?present=9.2", width=390, height=844)
    assert [fault for fault in look(window)["faults"] if "px:" not in fault] == []
    for button in window.page.locator(".bar button:visible").all():
        box = button.bounding_box()
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= 390
    bar(window, "Next").click()
    assert screen(window) == "10.1"


# Words that no scrolling brings onto the screen, and buttons of the bar that are cut off.
_OUT_OF_REACH = """() => {
  const room = document.scrollingElement;
  const [width, height] = [innerWidth, Math.max(innerHeight, room.scrollHeight)];
  const found = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const lost = [];
  while (found.nextNode()) {
    const holder = found.currentNode.parentElement;
    if (!found.currentNode.data.trim() || !holder.checkVisibility({ visibilityProperty: true })
      || holder.closest(".unseen, script, style, svg, .labels, option, noscript")) continue;
    const range = document.createRange();
    range.selectNodeContents(found.currentNode);
    const { left, right, top, bottom } = range.getBoundingClientRect();
    const fixed = holder.closest(".now") && getComputedStyle(holder.closest(".now")).position === "fixed";
    const end = fixed ? document.querySelector(".bar").getBoundingClientRect().top : height - scrollY;
    if (left < -1 || right > width + 1 || top + scrollY < -1 || bottom > end + 1)
      lost.push(found.currentNode.data.trim().slice(0, 40));
  }
  return lost;
}"""


@pytest.mark.parametrize("size", [(640, 360), (320, 640)], ids=["200%", "320px"])
def test_in_a_small_or_enlarged_window_nothing_is_cut_and_keys_read_a_screen_to_its_end(size, open_at):
    window = open_at("?present=1.1", width=size[0], height=size[1])
    lost, seen = [], []
    while screen(window) != "12.1" and len(seen) < 80:
        seen.append((screen(window), window.page.evaluate("() => Math.round(scrollY)")))
        lost += window.page.evaluate(_OUT_OF_REACH)
        window.page.keyboard.press("PageDown")
    assert screen(window) == "12.1"
    assert lost == []
    assert any(down > 0 for _, down in seen)
    window.page.keyboard.press("PageUp")
    assert screen(window).startswith("11.")
