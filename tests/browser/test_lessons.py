"""Lessons in the browser: nobody reads an answer before its guess, by eye, by search or by screen reader."""

import json
import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

from prolo_dash.chapters.lessons.checks import checks
from prolo_dash.chapters.lessons.predictions import predictions
from prolo_dash.cli import main
from prolo_dash.evidence.library import library
from prolo_dash.kit.predictions import bins, class_gap, gap
from prolo_dash.kit.view import plain
from prolo_dash.render.lessons import calls_in

from .test_accessibility import ALL, ALL_BUT_COLOURS, objections

NOTEBOOKS = Path(__file__).parents[2] / "notebooks"
GUESSES = Path(__file__).parents[2] / "frontend" / "src" / "guesses.js"
LESSONS = ("lesson_compared", "lesson_dummy", "lesson_judge", "lesson_small")
each_lesson = pytest.mark.parametrize("lesson", LESSONS)

# All that can be read of a page: text that is not in templates or scripts, and what attributes say.
READABLE = """() => {
  const said = [];
  const walker = document.createTreeWalker(document.documentElement, NodeFilter.SHOW_TEXT);
  while (walker.nextNode())
    if (!walker.currentNode.parentElement.closest("script, style, noscript")) said.push(walker.currentNode.data);
  for (const element of document.querySelectorAll("*"))
    for (const { name, value } of element.attributes)
      if (/^(title|alt|value|placeholder|content|label|aria-.*)$/.test(name)) said.push(` [${value}] `);
  return said.join("").replace(/\\s+/g, " ");
}"""


def calls(lesson):
    return list(calls_in(json.loads((NOTEBOOKS / f"{lesson}.ipynb").read_text(encoding="utf-8"))))


def asked(lesson):
    return [predictions(library())[call.names[0]] for call in calls(lesson) if call.function == "predict"]


def checked(lesson):
    return [checks(library())[call.names[0]] for call in calls(lesson) if call.function == "check"]


def telling(prediction):
    """What gives the answer away: its statement, and its strong numbers if long enough to be no accident."""
    said = prediction.says(library())
    strong = [words for words in re.findall(r"\*\*(.+?)\*\*", said) if len(re.findall(r"\d", words)) > 2]
    return [plain(said)[:60], prediction.why, *strong]


def form(window, prediction):
    return window.page.locator(f'[data-predict="{prediction.key}"]')


def guess(window, prediction, number):
    form(window, prediction).locator('[name="number"]').fill(str(number))
    form(window, prediction).get_by_role("button", name="Reveal").click()


def skip_all(window, lesson):
    for prediction in asked(lesson):
        form(window, prediction).get_by_role("button", name="Skip").click()
    window.wait_ready()


@pytest.fixture
def open_lesson(open_page):
    return lambda lesson, **settings: open_page(f"{lesson}.html", **settings)


@each_lesson
def test_no_answer_can_be_read_before_its_reveal_and_each_can_after_it(lesson, open_lesson):
    window = open_lesson(lesson)
    for prediction in asked(lesson):
        before = window.page.evaluate(READABLE)
        assert prediction.question in before
        assert [words for words in telling(prediction) if words in before] == []
        assert "Exit check" not in before, "the steps after a guess wait for it"
        guess(window, prediction, prediction.low)
        after = window.page.evaluate(READABLE)
        assert [words for words in telling(prediction) if words not in after] == []
    assert "Exit check" in window.page.evaluate(READABLE)
    assert window.page.locator("template:not([data-check] *)").count() == 0


@each_lesson
def test_a_lesson_can_be_played_with_the_keyboard_alone(lesson, open_lesson):
    window = open_lesson(lesson)
    page = window.page
    for prediction in asked(lesson):
        for _ in range(400):
            page.keyboard.press("Tab")
            if page.evaluate("document.activeElement.name === 'number' && !document.activeElement.disabled"):
                break
        page.keyboard.type(str(prediction.high))
        page.keyboard.press("Enter")
        said = gap(prediction, prediction.high, prediction.answer(library()))
        expect(form(window, prediction).locator("[data-role=gap]")).to_be_focused()
        expect(form(window, prediction).locator("[data-role=gap]")).to_contain_text(said)
    window.wait_ready()
    for call in (call for call in calls(lesson) if call.view):
        window.must_show(call.view, **{name: url_form(value) for name, value in call.settings.items()})


def url_form(value):
    return ".".join(value) or "none" if isinstance(value, list) else str(value)


def test_the_slider_and_its_number_say_the_same(open_lesson):
    window = open_lesson("lesson_compared")
    (first, *_) = asked("lesson_compared")
    slider, number = (form(window, first).locator(f'[name="{name}"]') for name in ("guess", "number"))
    expect(number).to_have_value("")
    slider.press("ArrowRight")
    expect(number).to_have_value("1")
    number.fill("60")
    expect(slider).to_have_value("60")
    number.press("Enter")
    expect(slider).to_be_disabled()


def test_a_changed_guess_is_told_to_whoever_listens(open_lesson):
    window = open_lesson("lesson_compared")
    (first, *_) = asked("lesson_compared")
    window.page.evaluate("addEventListener('guess', ({ detail }) => (window.told ??= []).push(detail))")
    number = form(window, first).locator('[name="number"]')
    for text in ("60", "101", ""):
        number.fill(text)
    form(window, first).locator('[name="guess"]').press("ArrowRight")
    told = window.page.evaluate("window.told")
    assert [one["question"] for one in told] == [first.key] * 4
    assert [one["value"] for one in told] == [60, None, None, 61]
    element = window.page.locator(f'[data-question="{first.key}"][data-kind="number"]')
    assert [element.get_attribute(f"data-{name}") for name in ("low", "high")] == [str(first.low), str(first.high)]


def test_hands_of_a_class_are_counted(open_lesson):
    window = open_lesson("lesson_compared")
    (first, *_) = asked("lesson_compared")
    form(window, first).get_by_text("Count the hands").click()
    tally = [1, 4, 3, 12, 5]
    assert len(tally) == len(bins(first))
    for field, hands in zip(form(window, first).locator('[name="hands"]').all(), tally, strict=True):
        field.fill(str(hands))
    form(window, first).get_by_role("button", name="Reveal").click()
    said = class_gap(first, dict(enumerate(tally)), first.answer(library()))
    expect(form(window, first).locator("[data-role=gap] .say")).to_have_text(said)
    assert form(window, first).locator(".tally span").all_inner_texts() == [str(n) for n in tally]


def test_a_guess_can_be_skipped(open_lesson):
    window = open_lesson("lesson_dummy")
    (first, *_) = asked("lesson_dummy")
    form(window, first).get_by_role("button", name="Skip").click()
    expect(form(window, first).locator("[data-role=gap]")).to_be_empty()
    expect(form(window, first).locator("[data-role=answer]")).to_be_focused()
    window.must_show("lesson_dice")


@pytest.mark.parametrize(
    ("number", "said"),
    [("", "Make a guess first"), ("101", "Type a whole number: 0 to 100."), ("-1", "Type a whole number: 0 to 100.")],
)
def test_what_is_no_guess_is_told_and_reveals_nothing(number, said, open_lesson):
    window = open_lesson("lesson_compared")
    (first, *_) = asked("lesson_compared")
    guess(window, first, number)
    told = form(window, first).locator("[data-role=problem]")
    expect(told).to_contain_text(said)
    expect(window.page.locator("#prolo-said")).to_have_text(told.inner_text())
    described = form(window, first).get_by_role("spinbutton").first
    expect(described).to_have_accessible_description(f"{first.low} to {first.high} {told.inner_text()}")
    assert window.page.locator("[data-revealed]").count() == 0


def test_what_is_no_guess_is_told_once_it_is_typed(open_lesson):
    window = open_lesson("lesson_compared")
    (first, *_) = asked("lesson_compared")
    form(window, first).get_by_role("spinbutton").first.focus()
    window.page.keyboard.type("7.5")
    expect(form(window, first).locator("[data-role=problem]")).to_have_text("Type a whole number: 0 to 100.")


def test_the_slider_where_it_starts_is_a_guess_too(open_lesson):
    window = open_lesson("lesson_compared")
    (first, *_) = asked("lesson_compared")
    form(window, first).get_by_role("slider").press("Home")
    expect(form(window, first).get_by_role("spinbutton").first).to_have_value(str(first.low))
    form(window, first).get_by_role("button", name="Reveal").click()
    said = gap(first, first.low, first.answer(library()))
    expect(form(window, first).locator("[data-role=gap] .say")).to_have_text(said)


def test_a_reload_keeps_what_was_guessed_and_revealed(open_lesson):
    window = open_lesson("lesson_compared")
    first, second, *_ = asked("lesson_compared")
    check, other, *_ = checked("lesson_compared")
    option = check_on(window, check).get_by_role("radio").nth(1)
    option.check()
    check_on(window, check).get_by_role("button", name="Check").click()
    said = check_on(window, check).locator("[data-role=said]").inner_text()
    guess(window, first, 41)
    form(window, second).get_by_role("button", name="Skip").click()
    window.wait_ready()
    window.page.reload()
    window.wait_ready()
    feedback = form(window, first).locator("[data-role=gap] .say")
    expect(feedback).to_have_text(gap(first, 41, first.answer(library())))
    expect(form(window, first).locator('[name="number"]')).to_have_value("41")
    expect(form(window, second).locator("[data-role=gap]")).to_be_empty()
    expect(form(window, second).locator("[data-role=answer]")).to_be_visible()
    expect(check_on(window, check).locator("[data-role=said]")).to_have_text(said)
    expect(option).to_be_checked()
    assert check_on(window, other).get_attribute("data-revealed") is None


def test_the_browser_says_of_every_guess_what_python_says(open_lesson):
    """The page's script is one file that says nothing of its parts: the browser is given this one of them."""
    window = open_lesson("lesson_compared")
    known = json.loads(window.page.locator("[data-predict]").first.get_attribute("data-known"))
    window.page.goto("about:blank")  # the page itself runs no script but its own
    said = window.page.evaluate(
        """async ([script, known, asked, tallies]) => {
          const { guessSaid, handsSaid } = await import(`data:text/javascript,${encodeURIComponent(script)}`);
          const guesses = asked.map(([low, high, step, answer]) => {
            const all = Array.from({ length: (high - low) / step + 1 }, (_, i) => low + i * step);
            return all.map((guess) => guessSaid(known, guess, answer));
          });
          const hands = asked.map(([, , , answer, bins]) => tallies.map(
            (tally) => handsSaid({ ...known, bins }, bins.map((_, i) => tally[i] ?? 0), answer)));
          return [guesses, hands];
        }""",
        [GUESSES.read_text(encoding="utf-8"), known, [_numbers(p) for p in predictions(library()).values()], TALLIES],
    )
    for prediction, guesses, hands in zip(predictions(library()).values(), *said, strict=True):
        answer = prediction.answer(library())
        possible = range(prediction.low, prediction.high + 1, prediction.step)
        assert guesses == [gap(prediction, one, answer) for one in possible]
        at = range(len(bins(prediction)))
        counted = [{i: n for i, n in enumerate(tally) if i in at} for tally in TALLIES]
        assert hands == [class_gap(prediction, tally, answer) for tally in counted]


TALLIES = [[], [1], [0, 1], [3, 0, 2], [1, 4, 3, 12, 5, 7], [0, 0, 0, 0, 999, 999]]


def _numbers(p):
    return [p.low, p.high, p.step, p.answer(library()), bins(p)]


@each_lesson
def test_axe_finds_nothing_to_object_to_before_and_after(lesson, open_lesson):
    window = open_lesson(lesson)
    for revealed in (False, True):
        if revealed:
            for prediction in asked(lesson)[:1]:
                guess(window, prediction, prediction.high)
            for prediction in asked(lesson)[1:]:
                form(window, prediction).get_by_role("button", name="Skip").click()
            for check in checked(lesson):
                check_on(window, check).get_by_role("radio").first.check()
                check_on(window, check).get_by_role("button", name="Check").click()
            window.wait_whole()
        window.unfold()
        for width, options in ((1280, ALL), (390, ALL_BUT_COLOURS)):
            window.page.set_viewport_size({"width": width, "height": 900})
            assert objections(window, options) == ""


@each_lesson
def test_a_lesson_fits_a_phone(lesson, open_lesson):
    window = open_lesson(lesson, width=390)
    for prediction in asked(lesson):
        guess(window, prediction, prediction.high)
        for mark in form(window, prediction).locator(".scale b").all():
            box = mark.bounding_box()
            assert box["x"] >= 0
            assert box["x"] + box["width"] <= 390
    window.wait_whole()
    assert window.page.evaluate("document.documentElement.scrollWidth") <= 390


@each_lesson
def test_each_step_is_a_section(lesson, open_lesson):
    window = open_lesson(lesson)
    skip_all(window, lesson)
    headings = window.page.locator("main > section.step > .prose h2")
    slugs = [step.get_attribute("data-step") for step in window.page.locator("main > section.step").all()]
    assert len(slugs) == headings.count() == len(set(slugs)) >= 6
    assert slugs[0] == "before-we-start"
    assert slugs[-2:] == ["exit-check", "take-home"]


@each_lesson
def test_notes_for_the_teacher_are_on_no_pupils_page_and_a_switch_shows_them(lesson, open_lesson):
    window = open_lesson(lesson)
    page = window.page
    skip_all(window, lesson)
    notes = page.locator("main details.teacher")
    assert notes.count() >= 6
    expect(notes.filter(visible=True)).to_have_count(0)
    assert "For the teacher" not in page.locator("main").aria_snapshot()
    page.get_by_role("button", name="Show notes for the teacher").click()
    expect(notes.filter(visible=True)).to_have_count(notes.count())
    expect(notes.first).to_have_text(re.compile(r"^\s*For the teacher\s*Minutes 0 to 3"))
    expect(notes.first.locator(".prose")).to_be_visible()
    assert page.url.endswith(f"{lesson}.html?teacher=1")
    assert "teacher" not in page.locator("[data-role=link]").first.get_attribute("href"), "shared, it is a pupil's page"
    page.reload()
    window.wait_ready()
    expect(notes.first.locator(".prose")).to_be_visible()
    page.get_by_role("button", name="Hide notes for the teacher").click()
    expect(notes.filter(visible=True)).to_have_count(0)
    assert page.url.endswith(f"{lesson}.html")


def check_on(window, asked):
    return window.page.locator(f'[data-check="{asked.key}"]')


@each_lesson
def test_which_answer_of_a_check_is_right_is_read_only_after_it_is_asked_for(lesson, open_lesson):
    window = open_lesson(lesson)
    skip_all(window, lesson)
    for asked in checked(lesson):
        before = window.page.evaluate(READABLE)
        assert asked.question in before
        assert [one.why for one in asked.answers if one.why in before] == []
        wrong = next(one for one in asked.answers if not one.is_right)
        check_on(window, asked).get_by_text(wrong.text, exact=True).click()
        check_on(window, asked).get_by_role("button", name="Check").click()
        expect(check_on(window, asked).locator("[data-role=said]")).to_have_text(
            f"Not quite. It is {asked.right.letter}."
        )
        expect(check_on(window, asked).locator("[data-role=answer]")).to_be_focused()
        after = window.page.evaluate(READABLE)
        assert [one.why for one in asked.answers if one.why not in after] == []
    assert window.page.locator("template").count() == 0


def test_a_check_is_answered_with_the_keyboard_alone(open_lesson):
    window = open_lesson("lesson_compared")
    (asked, *_) = checked("lesson_compared")
    check_on(window, asked).get_by_role("radio").first.focus()
    for _ in range(asked.answers.index(asked.right)):
        window.page.keyboard.press("ArrowDown")
    window.page.keyboard.press("Space")
    window.page.keyboard.press("Enter")
    expect(check_on(window, asked).locator("[data-role=said]")).to_have_text(f"Yes: {asked.right.letter}.")
    expect(check_on(window, asked).locator("label.right")).to_contain_text(asked.right.text)
    assert check_on(window, asked).locator("label.wrong").count() == 0


def test_a_check_without_an_answer_asks_for_one(open_lesson):
    window = open_lesson("lesson_compared")
    (asked, *_) = checked("lesson_compared")
    check_on(window, asked).get_by_role("button", name="Check").click()
    expect(check_on(window, asked).locator("[data-role=problem]")).to_have_text("Pick an answer first.")
    expect(window.page.locator("#prolo-said")).to_have_text("Pick an answer first.")
    check_on(window, asked).get_by_role("radio").first.check()
    expect(check_on(window, asked).locator("[data-role=problem]")).to_be_empty()
    assert window.page.locator("[data-revealed]").count() == 0


def test_a_picked_answer_is_told_to_whoever_listens(open_lesson):
    window = open_lesson("lesson_compared")
    (asked, *_) = checked("lesson_compared")
    window.page.evaluate("addEventListener('guess', ({ detail }) => (window.told ??= []).push(detail))")
    for i in (2, 0):
        check_on(window, asked).get_by_role("radio").nth(i).check()
    assert window.page.evaluate("window.told") == [{"question": asked.key, "value": i} for i in (2, 0)]
    element = window.page.locator(f'[data-question="{asked.key}"][data-kind="choice"]')
    assert element.get_attribute("data-options") == str(len(asked.answers))


def test_when_presenting_a_check_before_the_lesson_keeps_its_answer_and_one_after_it_shows_it(open_lesson):
    window = open_lesson("lesson_compared")
    first, second, third, _ = checked("lesson_compared")
    window.page.get_by_role("button", name="Present").click()
    for _ in range(60):
        window.page.keyboard.press("PageDown")
        if check_on(window, third).get_attribute("data-revealed") if check_on(window, third).count() else None:
            break
    expect(check_on(window, third).locator("[data-role=said]")).to_have_text(f"It is {third.right.letter}.")
    for asked in (first, second):
        assert check_on(window, asked).get_attribute("data-revealed") is None


def test_a_class_types_what_it_threw(open_lesson):
    window = open_lesson("lesson_dummy")
    skip_all(window, "lesson_dummy")
    window.input("lesson_dice", "first").fill("10 11 12")
    window.must_show("lesson_dice", first="10 11 12")
    window.input("lesson_dice", "second").fill("5 12 7")
    window.must_show("lesson_dice", first="10 11 12", second="5 12 7")
    window.input("lesson_dice", "second").fill("5 12 x")
    problem = window.page.locator("[data-problem=second]")
    expect(problem).to_have_text("“x” is no sum of two dice: write whole numbers from 2 to 12.")


@each_lesson
def test_each_chart_of_a_lesson_is_one_screen_of_a_small_projector(lesson, open_lesson):
    window = open_lesson(lesson, height=720)
    window.page.get_by_role("button", name="Present").click()
    bar, parts = window.page.locator(".bar .at"), []
    for _ in range(60):
        said = bar.inner_text()
        parts.append(said)
        window.page.keyboard.press("PageDown")
        window.page.wait_for_timeout(250)
    assert [said for said in parts if "part" in said] == []
    assert re.search(r"(\d+) of \1\. The end$", parts[-1]), "the end was reached"


def test_without_scripts_the_page_says_what_it_needs(open_lesson):
    window = open_lesson("lesson_compared", scripts=False)
    expect(window.page.locator(".predict noscript p")).to_be_visible()
    expect(window.page.locator(".check noscript p").first).to_be_visible()
    said = window.page.locator(".predict noscript").evaluate("(element) => element.textContent")
    assert "The answer needs scripts" in said
    assert window.page.locator("main h2").count() == 3


def test_explainer_and_lessons_lead_to_each_other(open_page):
    window = open_page()
    links = window.page.locator("p.lessons a")
    assert [link.get_attribute("href") for link in links.all()] == [f"{lesson}.html" for lesson in LESSONS]
    window.page.get_by_text("For a class, or on paper").click()
    links.first.click()
    expect(window.page.get_by_role("heading", level=1, name="Compared with what?")).to_be_visible()
    window.page.get_by_role("link", name="Back to the explainer").click()
    expect(window.page.locator("section[data-view=claim]")).to_have_count(1)


def test_a_notebook_that_is_no_lesson_is_not_in_the_list_of_lessons(open_page):
    links = open_page().page.locator(".lessons a")
    assert not {"methods.html", "widgets.html"} & {link.get_attribute("href") for link in links.all()}


def test_a_link_to_a_setting_finds_it_behind_the_guess(open_page):
    window = open_page("lesson_dummy.html?lesson_dice.again=7#lesson_dice")
    skip_all(window, "lesson_dummy")
    window.must_show("lesson_dice", again="7")


@pytest.mark.parametrize("link", ["?lesson_dice.again=7#lesson_dice", "?lesson_dice.again=7", "#lesson_dice"])
def test_a_link_to_what_a_guess_hides_leads_to_the_guess_and_says_so(link, open_page):
    window = open_page(f"lesson_dummy.html{link}")
    (first, *_) = asked("lesson_dummy")
    told = form(window, first).locator("[data-role=problem]")
    expect(told).to_have_text("What this link leads to comes after a guess. Guess first.")
    expect(window.page.locator("#prolo-said")).to_have_text(told.inner_text())
    expect(form(window, first).locator("[name=number]")).to_be_focused()
    expect(form(window, first).locator(".ask")).to_be_in_viewport()
    guess(window, first, first.high)
    shown = {"again": "7"} if "again" in link else {}
    window.must_show("lesson_dice", **{"people": "30", "cut_off": "10", "again": "1"} | shown)
    expect(window.view("lesson_dice").locator("h3")).to_be_in_viewport()
    window.page.reload()
    window.wait_ready()
    expect(window.view("lesson_dice")).to_be_in_viewport()
    window.must_show("lesson_dice", **{"people": "30", "cut_off": "10", "again": "1"} | shown)


def test_a_link_to_what_no_guess_hides_opens_it(open_page):
    window = open_page("lesson_dummy.html?lesson_dummy.outcome=pain#lesson_dummy")
    window.must_show("lesson_dummy", outcome="pain")
    expect(window.view("lesson_dummy").locator("h3")).to_be_in_viewport()
    assert window.page.locator("[data-role=problem]:not(:empty)").count() == 0


def test_a_word_of_the_glossary_is_explained_in_place(open_lesson):
    window = open_lesson("lesson_dummy")
    word = window.view("lesson_dummy").locator("a.term", has_text="control injection").first
    word.scroll_into_view_if_needed()
    window.page.wait_for_timeout(300)  # scrolling closes what is open
    word.hover()
    expect(window.page.get_by_role("tooltip")).to_contain_text("An injection without the sugar, given in the same way.")


def test_all_settings_of_the_dice_fit_a_small_projector(open_lesson):
    window = open_lesson("lesson_dummy", height=720)
    skip_all(window, "lesson_dummy")
    window.view("lesson_dice").scroll_into_view_if_needed()
    window.page.get_by_role("button", name="Present").click()
    for _ in range(40):
        if window.page.locator("[data-view=lesson_dice].now").count():
            break
        window.page.keyboard.press("PageDown")
        window.page.wait_for_timeout(250)
    window.page.keyboard.press("c")
    last = window.view("lesson_dice").locator("[data-twin=again]").bounding_box()
    bar = window.page.locator(".bar").bounding_box()
    assert last["y"] + last["height"] < bar["y"]


def test_the_last_screen_is_what_to_take_home(open_lesson):
    window = open_lesson("lesson_judge")
    window.page.get_by_role("button", name="Present").click()
    for _ in range(30):
        window.page.keyboard.press("PageDown")
        window.page.wait_for_timeout(200)
    expect(window.page.locator(".now h2")).to_contain_text("Take home")
    expect(window.page.get_by_text("Of both we read the abstract only.")).to_be_hidden()


def test_a_changed_view_comes_back_to_what_the_lesson_shows(open_lesson):
    window = open_lesson("lesson_compared")
    skip_all(window, "lesson_compared")
    shown = {"show": "difference", "outcome": "better", "time": "early", "conditions": "osgood_schlatter"}
    window.must_show("gain", **shown)
    window.input("gain", "show", "groups").click()
    window.must_show("gain", **shown | {"show": "groups"})
    window.page.go_back()
    window.must_show("gain", **shown)


def test_the_static_edition_has_the_lessons(tmp_path, open_page):
    assert main(["build", str(tmp_path)]) == 0
    pages = {path.name for path in tmp_path.glob("*.html") if not path.name.startswith("embed_")}
    assert pages == {"index.html", "handout.html", *(f"{lesson}.html" for lesson in LESSONS)}
    text = (tmp_path / "lesson_dummy.html").read_text(encoding="utf-8")
    assert "data-predict" in text
    assert 'data-prolo-host="static"' in text


def test_plain_voila_shows_a_lesson_with_a_kernel_behind_it(open_page, voila_of):
    with voila_of("lesson_dummy") as server:
        window = open_page(at=server)
        for prediction in asked("lesson_dummy"):
            assert [words for words in telling(prediction) if words in window.page.evaluate(READABLE)] == []
            guess(window, prediction, prediction.low)
        window.wait_ready()
        window.input("lesson_dice", "again").fill("5")
        window.must_show("lesson_dice", again="5")
        assert window.page.locator("main > section.step").count() >= 6
        window.page.goto("about:blank")
