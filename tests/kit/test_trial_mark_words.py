"""The five marks beside a trial say the same in the chart, its key and the table, and can be read without colour."""

from dataclasses import replace
from pathlib import Path

import pytest

from prolo_dash.chapters.registry import VIEW_BY_KEY
from prolo_dash.evidence.library import library
from prolo_dash.kit import plotly
from prolo_dash.kit.charts import ChartRow
from prolo_dash.kit.row_mark import RowMark
from prolo_dash.kit.row_sizes import Size
from prolo_dash.kit.trial_mark_words import row_marks

FROZEN = library(Path(__file__).parents[1] / "frozen")

each_view = pytest.mark.parametrize(
    ("key", "settings"),
    [
        ("gain", {}),
        ("gain", {"show": "groups"}),
        ("gain", {"show": "difference"}),
        ("caveat", {"show": "reported"}),
        ("caveat", {}),
        ("caveat", {"outcome": "pain", "show": "left"}),
        ("caveat_share", {}),
        ("certainty_later", {"condition": "low_back_pain"}),
        ("certainty_pooling", {"pool": "low_back_pain-better"}),
    ],
)


def render(key, settings):
    view = VIEW_BY_KEY[key]
    return view.render(FROZEN, replace(view.default_state(FROZEN), **settings))


def test_glyphs_tell_yes_from_no_and_from_not_seen():
    dechow, yelland = (row_marks(FROZEN, FROZEN.study(key)) for key in ("dechow1999", "yelland2019"))
    assert "".join(mark.glyph for mark in dechow) == "●●●●●"
    assert "".join(mark.glyph for mark in yelland) == "–○○●●"
    assert [mark.said for mark in yelland] == [
        "randomised, and told how: not seen",
        "compared with a control injection: no",
        "people could not tell: no",
        "those who measured could not tell: yes",
        "few lost: yes",
    ]


@each_view
def test_marks_of_a_row_say_what_its_table_cell_says(key, settings):
    shown = render(key, settings)
    at = shown.table.columns.index("How it was made")
    cells = [row.cells[at].note for row in shown.table.rows]
    labels = ["; ".join(mark.said for mark in row.marks) for panel in shown.chart.panels for row in panel.rows]
    assert sorted(cells) == sorted(labels)
    assert any(labels)


@each_view
def test_the_key_names_the_glyphs_and_their_order_and_the_rules_are_told(key, settings):
    shown = render(key, settings)
    assert "● yes, ○ no, ◐ not clear, – not seen" in shown.marks_key
    order = [shown.marks_key.index(mark.said.rpartition(":")[0]) for mark in shown.chart.panels[0].rows[0].marks]
    assert order == sorted(order)
    assert "below 20 in 100" in " ".join(shown.how_to_read)


def test_a_chart_without_rows_has_no_key_of_marks():
    assert render("gain", {"conditions": (), "show": "difference"}).marks_key == ""
    assert render("certainty_pooling", {}).marks_key == "", "nothing is pooled"


def test_a_line_of_marks_takes_a_line_of_the_label():
    bare = ChartRow("One", "a longer detail that takes more than one line", "flag")
    marked = replace(bare, marks=(RowMark("●", "yes"),))
    for wide in (True, False):
        size = Size(wide, 28)
        assert size.row(marked) == size.row(bare) + 18


def test_the_page_is_sent_each_glyph_with_its_words_and_paper_the_glyphs():
    shown = render(
        "gain", {"conditions": ("low_back_pain",), "outcome": "pain", "show": "difference", "scale": "printed"}
    )
    (panel, *_) = plotly.figure(shown.chart).panels
    assert all(len(row["marks"]) == 5 and len(mark) == 2 for row in panel["rows"] for mark in row["marks"])
    assert any("● ● ● ● ●" in label["text"] for label in plotly.still(shown.chart)["layout"]["annotations"])
