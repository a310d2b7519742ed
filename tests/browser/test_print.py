"""The page on paper, as Chromium and Firefox print it from a dark system: whole charts, light, what was asked for."""

import io
import json
import re
from dataclasses import dataclass
from itertools import groupby

import numpy as np
import pypdfium2
import pytest
from find_browser import find_firefox
from playwright.sync_api import expect
from pypdf import PdfReader

from prolo_dash.chapters.lessons.checks import checks
from prolo_dash.chapters.lessons.predictions import predictions
from prolo_dash.chapters.registry import VIEW_BY_KEY
from prolo_dash.evidence.library import library
from prolo_dash.kit import plotly
from prolo_dash.kit.theme import DARK, LIGHT
from prolo_dash.kit.view import plain

from .firefox import Firefox
from .test_lessons import NOTEBOOKS, READABLE, calls, telling

SHARPNESS = 2  # pixels of a picture for each point of the paper
_READY = """() => new Promise((done) => {
  const stands = () => [...document.querySelectorAll("section.view:not(.reference)")].every(
    (section) => section.dataset.ready === "true");
  const look = () => (stands() ? done(true) : requestAnimationFrame(look));
  look();
})"""
_PRINTS = """() => document.querySelector('#gain [data-role="print"]').click()"""
_PRINTS_ALL = "() => window.print()"
_AT_ONCE = "() => { window.print = () => {}; }"  # as on a tablet: the paper is made after that


@dataclass(frozen=True)
class Paper:
    """What was printed: its words, and its pages as pictures."""

    pdf: bytes

    @property
    def words(self) -> str:
        return re.sub(r"\s+", "", "".join(page.extract_text() for page in PdfReader(io.BytesIO(self.pdf)).pages))

    @property
    def pictures(self):
        document = pypdfium2.PdfDocument(self.pdf)
        yield from (page.render(scale=SHARPNESS).to_numpy()[:, :, 2::-1].astype(int) for page in document)
        document.close()


def on_paper(page):
    """What Chromium prints, with the margins that it offers."""
    return Paper(page.pdf(format="A4", margin=dict.fromkeys(("top", "right", "bottom", "left"), "1cm")))


def of_colour(picture, colour):
    wanted = [int(colour[i : i + 2], 16) for i in (1, 3, 5)]
    return (abs(picture - wanted) <= 6).all(axis=2)


def bars(paper, colour):
    """The bars of a colour, down all pages, as (height, length) in pixels. All begin at the same place."""
    found = []
    for page in paper.pictures:
        marks = of_colour(page, colour)
        columns = np.flatnonzero(marks.sum(axis=0) > 15 * SHARPNESS)  # more than a key has, less than a bar
        if not columns.size:
            continue
        at = 0
        for is_bar, run in groupby(marks[:, columns[0] + 2]):
            height = len(list(run))
            if is_bar and height > 4 * SHARPNESS:
                length = np.flatnonzero(marks[at + 3]).max() - columns[0]
                found.append((height, length))
            at += height
    return found


@pytest.fixture(scope="module")
def by_firefox(server, tmp_path_factory):
    firefox = Firefox(find_firefox(), tmp_path_factory.mktemp("firefox"), dark=True, width=1280, height=900)
    try:
        firefox.go(server.address)
        firefox.run(_READY)
        yield Paper(firefox.printed(_PRINTS))
    finally:
        firefox.close()


@pytest.fixture(scope="module")
def phone(opening):
    """A phone whose reader has asked for one view on paper."""
    with opening() as open_page:
        window = open_page(width=390, height=844, dark=True)
        window.wait_whole()
        window.page.evaluate(_AT_ONCE)
        window.page.evaluate(_PRINTS)
        yield window


@pytest.fixture(scope="module")
def by_chromium(phone):
    return on_paper(phone.page)


@pytest.fixture(params=["by_firefox", "by_chromium"])
def paper(request):
    return request.getfixturevalue(request.param)


def test_every_bar_of_a_chart_is_on_paper_and_whole(paper, rendering):
    """In Firefox they were cut at the paper's edge, and missing on the second page."""
    figure = plotly.figure(rendering("gain").chart)
    values = [value for trace in figure.data if trace["type"] == "bar" for value in trace["x"]]
    printed = bars(paper, LIGHT["prolo"])
    assert len(printed) == len(values)
    heights, lengths = np.array(printed).T
    assert np.ptp(heights) <= SHARPNESS, "a bar is cut between two pages"
    assert lengths / max(lengths) == pytest.approx(np.array(values) / max(values), abs=0.02)


def test_no_letter_stands_outside_the_paper(paper):
    document = pypdfium2.PdfDocument(paper.pdf)
    for page in document:
        words = page.get_textpage()
        boxes = np.array([words.get_charbox(i) for i in range(words.count_chars())])
        assert boxes[:, 0].min() >= -1
        assert boxes[:, 2].max() <= page.get_width() + 1
    document.close()


def test_paper_is_light_from_a_dark_system(paper):
    for page in paper.pictures:
        assert page[5, 5].tolist() == [255, 255, 255]
        assert of_colour(page, DARK["paper"]).mean() < 0.01, "letters may be as dark"
        for name in ("prolo", "flag", "link"):
            assert not of_colour(page, DARK[name]).any(), name


def test_a_view_is_printed_alone(paper):
    assert "".join(VIEW_BY_KEY["gain"].worded(library().topic).question.split()) in paper.words
    for other in ("claim", "caveat", "risks"):
        assert "".join(VIEW_BY_KEY[other].worded(library().topic).question.split()) not in paper.words


def test_the_page_is_itself_again_when_it_is_used(phone, by_chromium):
    assert by_chromium.pdf
    expect(phone.page.locator(".left-out").first).to_be_attached()
    phone.page.keyboard.press("Shift")
    expect(phone.page.locator(".left-out, .on-paper")).to_have_count(0)


def test_chapters_can_be_chosen_and_the_hand_out_be_had(phone):
    page = phone.page
    page.get_by_text("For a class, or on paper").click()
    page.get_by_role("button", name="Print chapters").click()
    dialog = page.get_by_role("dialog", name="Print")
    for box in dialog.get_by_role("checkbox").all():
        box.uncheck()
    expect(dialog.get_by_role("button", name="Print these")).to_be_disabled()
    dialog.get_by_label("The caveat").check()
    assert page.request.get(phone.server.address + dialog.get_by_role("link").get_attribute("href")).ok
    dialog.get_by_role("button", name="Print these").click()
    expect(page.locator(".left-out").first).to_be_attached()
    words = on_paper(page).words
    for view, is_wanted in {"caveat": True, "caveat_share": True, "gain": False, "certainty": False}.items():
        assert ("".join(VIEW_BY_KEY[view].worded(library().topic).question.split()) in words) == is_wanted


LESSON = "lesson_compared"


def _squeezed(text):
    return re.sub(r"\s+", "", text)


@pytest.fixture(scope="module")
def lesson_by_firefox(server, tmp_path_factory):
    firefox = Firefox(find_firefox(), tmp_path_factory.mktemp("firefox_lesson"), dark=False, width=1280, height=900)
    try:
        firefox.go(f"{server.address}{LESSON}.html")
        firefox.run("() => window.proloPlotly.then(() => true)")
        yield Paper(firefox.printed(_PRINTS_ALL))
    finally:
        firefox.close()


@pytest.fixture
def lesson_by_chromium(open_page):
    window = open_page(f"{LESSON}.html")
    window.page.evaluate("() => window.proloPlotly.then(() => true)")
    return on_paper(window.page)


@pytest.mark.parametrize("browser_name", ["chromium", "firefox"])
def test_a_lesson_is_printed_whole_each_answer_after_its_question(browser_name, request):
    paper = request.getfixturevalue(f"lesson_by_{browser_name}")
    told = []
    for call in calls(LESSON):
        if call.function == "predict":
            asked = predictions(library())[call.names[0]]
            told += [asked.question, plain(asked.says(library()))[:50], asked.why]
        if call.function == "check":
            told.append(checks(library())[call.names[0]].question)
        else:
            told.append(VIEW_BY_KEY[call.names[-1]].worded(library().topic).question)
    places = [paper.words.find(_squeezed(words)) for words in told]
    assert -1 not in places
    assert places == sorted(places)
    for heading in ("Exit check", "Sources"):
        assert _squeezed(heading) in paper.words
    notebook = json.loads((NOTEBOOKS / f"{LESSON}.ipynb").read_text(encoding="utf-8"))
    notes = ["".join(cell["source"]) for cell in notebook["cells"] if "teacher" in cell["metadata"].get("tags", [])]
    assert [note for note in notes if _squeezed(note)[:30] in paper.words] == [], "pupils read this paper"
    assert len(bars(paper, LIGHT["prolo"])) >= 1, "charts behind guesses are drawn"


def test_after_printing_a_lesson_its_guesses_hide_the_answers_again(open_page):
    window = open_page(f"{LESSON}.html")
    before = window.page.evaluate(READABLE)
    on_paper(window.page)
    window.page.keyboard.press("Shift")
    expect(window.page.locator("[data-copied], [data-printed], .on-paper")).to_have_count(0)
    assert window.page.evaluate(READABLE) == before


def test_a_view_of_a_lesson_that_is_printed_alone_comes_without_answers(open_page):
    window = open_page("lesson_small.html")
    window.page.evaluate(_AT_ONCE)
    window.part("certainty", "print").click()
    words = on_paper(window.page).words
    assert _squeezed(VIEW_BY_KEY["certainty"].worded(library().topic).question) in words
    for asked in (call for call in calls("lesson_small") if call.function == "predict"):
        prediction = predictions(library())[asked.names[0]]
        assert [said for said in telling(prediction) if _squeezed(said) in words] == []
