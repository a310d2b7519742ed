"""An effect direction plot is HTML that stands before any script runs, with a drawing and a title for each mark."""

import re
from dataclasses import replace
from html import unescape
from pathlib import Path
from xml.etree import ElementTree

import pytest

from prolo_dash.chapters.registry import VIEW_BY_KEY
from prolo_dash.evidence.library import library
from prolo_dash.kit.direction_plot import DirectionPlot, KeyLine, PlotCell, PlotLine, PlotMark, PlotRow, PlotTrial
from prolo_dash.kit.row_mark import RowMark
from prolo_dash.kit.view import plain
from prolo_dash.render.digest import digest
from prolo_dash.render.html import payload, view_html

FROZEN = library(Path(__file__).parents[1] / "frozen")
VIEW = VIEW_BY_KEY["answer"]
DEFAULT = VIEW.default_state(FROZEN)
ONE = replace(DEFAULT, conditions=("low_back_pain",))
HOSTILE = "<script>alert(1)</script> & \"Sons\" 'n' <b>co</b>"


def html_of(state, view=VIEW):
    return str(payload(FROZEN, view, state).fragments["plot"])


@pytest.fixture(scope="module")
def drawn():
    return html_of(DEFAULT)


def svgs(html):
    return [ElementTree.fromstring(svg) for svg in re.findall(r"<svg.*?</svg>", html, re.DOTALL)]


def title(svg):
    return svg.findtext("title")


def test_each_mark_is_one_drawing_with_its_words_as_title(drawn):
    plot = VIEW.render(FROZEN, DEFAULT).plot
    marks = [mark.label for row in plot.rows for cell in row.cells for mark in cell.marks]
    assert [title(svg) for svg in svgs(drawn)] == [*(mark.label for line in plot.key for mark in line.marks), *marks]


def test_marks_are_told_apart_by_shape_and_not_by_colour_alone(drawn):
    shapes = [ElementTree.tostring(svg[1]) for svg in svgs(drawn)[:4]]
    assert len(set(shapes)) == 4, "better, no clear difference, worse, not stated"


def test_a_screen_reader_hears_the_counts_and_no_drawing(drawn):
    assert {svg.get("aria-hidden") for svg in svgs(drawn)} == {"true"}
    plot = VIEW.render(FROZEN, DEFAULT).plot
    said = re.findall(r'<span class="unseen">(.*?)</span>', drawn)
    assert said == [cell.counted for row in plot.rows for cell in row.cells]


def test_every_word_beside_the_marks_is_in_the_page_without_a_script():
    page = unescape(re.sub(r"<[^>]+>", "", str(view_html(FROZEN, VIEW, payload(FROZEN, VIEW, DEFAULT)))))
    for row in VIEW.render(FROZEN, DEFAULT).plot.rows:
        for text in (row.found, row.left_title, row.reviews, *row.doubts, *(line.text for line in row.left)):
            assert plain(text) in page


def test_the_words_of_a_single_condition_are_open_and_those_of_many_are_folded(drawn):
    assert html_of(ONE).count("<details open>") == 1
    assert "<details open>" not in drawn
    assert drawn.count("<details>") == len(VIEW.render(FROZEN, DEFAULT).plot.rows)


def test_without_a_condition_nothing_is_drawn():
    assert html_of(replace(DEFAULT, conditions=())).strip() == ""


def test_markup_in_names_is_only_text():
    mark = PlotMark("favours_intervention", "control", "filled", 40, HOSTILE)
    row = PlotRow(
        key="k",
        symbol="●",
        label=HOSTILE,
        size=HOSTILE,
        cells=(PlotCell((mark,), HOSTILE),),
        found=HOSTILE,
        summary=HOSTILE,
        counted_note=HOSTILE,
        carrying_title=HOSTILE,
        carrying=(PlotTrial(HOSTILE, mark, HOSTILE, (RowMark(HOSTILE, HOSTILE),), (HOSTILE,)),),
        made_key=HOSTILE,
        left_title=HOSTILE,
        left=(PlotLine(HOSTILE, HOSTILE),),
        reviews=HOSTILE,
        doubts_title=HOSTILE,
        doubts=(HOSTILE,),
        doubts_note=HOSTILE,
    )
    plot = DirectionPlot((HOSTILE,), HOSTILE, (row,), (KeyLine(HOSTILE, (mark,)),))
    view = replace(VIEW, render=lambda known, state: replace(VIEW.render(known, state), plot=plot))
    html = html_of(DEFAULT, view)
    assert "<script" not in html
    assert "<b>" not in html
    assert html.count("&lt;script&gt;") == 28
    assert {title(svg) for svg in svgs(html)} == {HOSTILE}


def test_the_digest_says_what_stands_beside_the_marks():
    said = digest(FROZEN)
    for row in VIEW.render(FROZEN, DEFAULT).plot.rows:
        assert f"- {row.label}, {row.size}. {plain(row.found)}" in said
        assert all(doubt in said for doubt in row.doubts)


def test_a_view_with_a_chart_has_no_plot():
    gain = VIEW_BY_KEY["gain"]
    assert html_of(gain.default_state(FROZEN), gain).strip() == ""
