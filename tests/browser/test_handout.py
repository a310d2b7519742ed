"""The hand-out as a PDF: its paper, its pages, what stands on them, and that no chart is cut or too small to read."""

import os
import re
from dataclasses import dataclass
from functools import cached_property
from math import hypot
from pathlib import Path

import numpy as np
import pypdfium2
import pytest
import zxingcpp
from find_browser import find_browser
from pypdf import PdfReader

from prolo_dash.chapters.registry import CHAPTER_BY_KEY
from prolo_dash.cli import main
from prolo_dash.evidence.library import library
from prolo_dash.kit import plotly
from prolo_dash.kit.charts import without_row_marks
from prolo_dash.kit.view import plain
from prolo_dash.render.handout import DEFAULT_CHAPTERS
from prolo_dash.render.lesson_sheet import lesson_names

LINK = "https://school.example/prolo?caveat.show=left#caveat"
POINT = 72 / 25.4  # points in a mm
SIZES = {"a4": (210, 297), "letter": (215.9, 279.4)}  # mm, ISO 216 and ANSI Y14.1
SMALLEST = 8  # points
SIDE, TOP, BOTTOM = 15, 10, 14  # mm that stay free of all but the footer


@dataclass(frozen=True)
class Printed:
    """A hand-out: its file, the chapters and paper it was asked for, and how many pages are a pupil's."""

    path: Path
    chapters: tuple[str, ...]
    paper: str

    @property
    def reader(self):
        return PdfReader(self.path)

    @cached_property
    def texts(self):
        return [squeezed(page.extract_text()) for page in self.reader.pages]

    @property
    def pupils(self):
        return [text for text in self.texts if "Answers,fortheteacher" not in text]

    @property
    def views(self):
        return [view for key in self.chapters for view in CHAPTER_BY_KEY[key].views]

    def pictures(self, scale):
        document = pypdfium2.PdfDocument(self.path)
        yield from (page.render(scale=scale).to_numpy()[:, :, :3] for page in document)
        document.close()


def squeezed(text):
    return "".join(plain(text).replace("\u2060", "").split())


@pytest.fixture(scope="module", params=["a4", "letter"])
def printed(request, tmp_path_factory):
    """All usual chapters on A4, with answers; two of them on Letter, without."""
    target = tmp_path_factory.mktemp("handout") / "sheets.pdf"
    chapters, more = (DEFAULT_CHAPTERS, ["--answers"]) if request.param == "a4" else (("gain", "caveat"), [])
    arguments = ["--paper", request.param, "--chapters", ",".join(chapters), "--link", LINK, *more]
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PATH", f"{Path(find_browser()).parent}{os.pathsep}{os.environ['PATH']}")
        assert main(["handout", *arguments, str(target)]) == 0
    return Printed(target, chapters, request.param)


@pytest.mark.parametrize("lesson", lesson_names())
def test_a_pupil_s_sheet_of_a_lesson_is_one_page_and_the_key_begins_on_another(lesson, tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", f"{Path(find_browser()).parent}{os.pathsep}{os.environ['PATH']}")
    target = tmp_path / "sheet.pdf"
    assert main(["handout", "--lesson", lesson, "--answers", str(target)]) == 0
    texts = [squeezed(page.extract_text()) for page in PdfReader(target).pages]
    assert ["Answers,fortheteacher" in text for text in texts] == [False] + [True] * (len(texts) - 1)
    assert len(texts) > 1


def test_every_page_has_the_size_of_the_paper(printed):
    width, height = SIZES[printed.paper]
    for page in printed.reader.pages:
        assert float(page.mediabox.width) == pytest.approx(width * POINT, abs=1)
        assert float(page.mediabox.height) == pytest.approx(height * POINT, abs=1)


def test_every_page_has_its_number_and_says_that_it_does_not_advise(printed):
    texts = printed.texts
    for number, text in enumerate(texts, start=1):
        assert f"{number}of{len(texts)}" in text
        assert squeezed("It explains; it does not advise.") in text


def test_every_chosen_view_asks_its_questions_on_a_pupils_page(printed):
    read = "".join(printed.pupils)
    for view in printed.views:
        assert squeezed(view.worded(library().topic).question) in read
        assert squeezed(view.worded(library().topic).for_class) in read


def test_no_pupils_page_has_a_finding_sentence(printed):
    read = "".join(printed.pupils)
    for view in printed.views:
        for sentence in re.split(
            r"(?<=[.?]) (?=[A-Z0-9])", plain(view.render(library(), view.default_state(library())).sentence)
        ):
            assert squeezed(sentence) not in read, view.key


def test_the_answers_begin_on_a_page_of_their_own_and_come_last(printed):
    for_teacher = ["Answers,fortheteacher" in text for text in printed.texts]
    assert for_teacher == sorted(for_teacher)
    assert any(for_teacher) == (printed.paper == "a4")
    assert "".join(printed.pupils).endswith(squeezed(LINK))


def test_every_row_and_number_of_a_chart_is_on_paper(printed):
    read = "".join(printed.pupils)
    for view in printed.views:
        figure = plotly.still(without_row_marks(view.render(library(), view.default_state(library())).chart))
        labels = [a["text"] for a in figure["layout"]["annotations"]]
        numbers = [text for trace in figure["data"] for text in trace.get("text", ()) if text]
        for line in re.split("<br>|</b>", "<br>".join([*labels, *numbers])):
            assert squeezed(re.sub("<[^>]+>", "", line).replace("&amp;", "&")) in read, view.key


def test_one_year_figures_have_their_warning_and_the_randomised_figures_beside_them(printed):
    row = squeezed("Osgood-Schlatter, 1 year Topol 2011, 65 knees, pain-free sport groups not as randomised")
    page = next(text for text in printed.pupils if row in text)
    assert squeezed("Osgood-Schlatter, 3 months Topol 2011, 65 knees, pain-free sport") in page


def test_nothing_is_cut_at_the_edge_of_a_page(printed):
    """The margins are white, and so is a millimetre inside the top and the bottom, where a cut chart would be."""
    mm = 2 * POINT
    for page in printed.pictures(scale=2):
        ink = np.any(page < 240, axis=2)
        height, width = ink.shape
        foot = round(height - BOTTOM * mm)
        assert not ink[: round(TOP * mm)].any()
        assert not ink[:, : round((SIDE - 1) * mm)].any()
        assert not ink[:, round(width - (SIDE - 1) * mm) :].any()
        assert not ink[foot - round(mm / 2) : foot + round(2 * mm)].any()


def test_charts_are_drawn_on_every_page_that_has_a_chart(printed):
    """Colour is there only where something is drawn: bars, marks, or a swatch; a page of a chart has much of it."""
    for text, page in zip(printed.texts, printed.pictures(scale=1), strict=True):
        if "countedasbetter,per100people" in text and "Answers" not in text:
            spread = page.max(axis=2).astype(int) - page.min(axis=2)
            assert (spread > 60).mean() > 0.005


def test_no_letter_is_smaller_than_8_points(printed):
    sizes = []

    def visit(text, cm, tm, font, size):
        if text.strip():
            sizes.append(size * hypot(tm[2], tm[3]) * hypot(cm[2], cm[3]))  # turned or not

    for page in printed.reader.pages:
        page.extract_text(visitor_text=visit)
    assert min(sizes) >= SMALLEST - 0.05


def test_a_phone_reads_the_link_from_the_last_pupils_page(printed):
    page = list(printed.pictures(scale=2))[len(printed.pupils) - 1]
    assert [code.text for code in zxingcpp.read_barcodes(np.ascontiguousarray(page))] == [LINK]
