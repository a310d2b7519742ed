"""The smallest change that people notice is drawn, told and tabled wherever a view shows what is left of a score."""

from dataclasses import replace
from pathlib import Path

from prolo_dash.chapters.certainty.pooling.facts import PoolingState
from prolo_dash.chapters.registry import VIEW_BY_KEY
from prolo_dash.evidence.library import Library, library
from prolo_dash.kit.charts import Bands

FROZEN = library(Path(__file__).parents[1] / "frozen")
CAVEAT, POOLING = VIEW_BY_KEY["caveat"], VIEW_BY_KEY["certainty_pooling"]
COLUMN = "Smallest change that people notice"
KNEE_PAIN = PoolingState(pool="knee_osteoarthritis-pain")


def caveat(**settings):
    return CAVEAT.render(FROZEN, replace(CAVEAT.default_state(FROZEN), **settings))


def with_knee_pain(condition="knee_osteoarthritis"):
    """The frozen evidence, and 9.7 of 100 points as the smallest change in knee pain."""
    published = replace(
        FROZEN.package.thresholds[0],
        mcid=9.7,
        mcid_high=None,
        scale_min=0.0,
        scale_max=100.0,
        instrument="WOMAC pain",
        instruments="WOMAC pain;WOMAC pain subscale",
        condition_ids=condition,
    )
    return Library(replace(FROZEN.package, thresholds=(published,)))


def bands(shown):
    return {
        mark.key: (mark.low, mark.high)
        for panel in shown.chart.panels
        for marks in panel.marks
        if isinstance(marks, Bands)
        for mark in marks.marks
    }


def test_what_is_left_of_scores_is_held_against_it():
    """By hand from thresholds.csv: back pain 15 of 100. Yelland 2004 leaves 1.2 by its gains."""
    shown = caveat(outcome="pain", show="left", conditions=("low_back_pain",))
    assert bands(shown) == {"yelland2004_vas_104w.glucose_lido": (15, 15)}
    assert "The one difference there lies below it." in shown.aside
    at = shown.table.columns.index(COLUMN)
    (cell,) = [row.cells[at] for row in shown.table.rows if row.key.startswith("yelland2004")]
    assert cell.text.startswith("15. Less")
    assert "Ostelo 2008" in cell.note
    assert [entry.label for entry in shown.key][-1] == "smallest change that people notice"


def test_a_whole_gain_and_counts_are_not():
    for settings in ({"outcome": "pain"}, {"outcome": "pain", "show": "reported"}, {"show": "left"}):
        shown = caveat(**settings)
        assert bands(shown) == {}
        assert "people notice" not in shown.aside
        assert COLUMN not in shown.table.columns


def test_an_average_in_points_is_held_against_it_in_every_row():
    shown = POOLING.render(with_knee_pain(), KNEE_PAIN)
    assert set(bands(shown).values()) == {(9.7, 9.7)}
    assert set(bands(shown)) == {row.key for row in shown.table.rows}
    assert shown.aside.startswith("People are said to notice about 9.7: the average is ")
    assert COLUMN in shown.table.columns


def test_an_average_of_scores_without_one_says_so():
    shown = POOLING.render(with_knee_pain(condition="low_back_pain"), KNEE_PAIN)
    assert bands(shown) == {}
    assert "We know of no smallest change" in shown.aside


def test_an_average_in_standard_deviations_has_no_points_to_hold_it_against():
    shown = POOLING.render(FROZEN, PoolingState(pool="low_back_pain-pain"))
    assert (bands(shown), shown.aside) == ({}, "")
