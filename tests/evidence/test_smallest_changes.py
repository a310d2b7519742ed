"""The smallest change that people are said to notice: for which scores it is told, and on which side a gap lies."""

from dataclasses import replace
from pathlib import Path

import pytest

from prolo_dash.evidence.library import library
from prolo_dash.evidence.smallest_changes import SmallestChange, smallest_change
from prolo_dash.stats.effects import Estimate

DATA = library()
FROZEN = library(Path(__file__).parents[1] / "frozen")


def told(comparison_id, known=FROZEN):
    found = smallest_change(known, known.comparison_by_id[comparison_id])
    return found and (found.low, found.high)


def test_of_several_values_the_lowest_and_the_highest_are_told():
    assert told("wu2022_visap_52w.dextrose") == (7, 13), "7, 7.3 and 13 were published"
    assert told("yelland2004_vas_104w.glucose_lido") == (15, 15)


def test_a_range_is_told_from_its_lower_to_its_upper_end():
    assert told("rabago2013_womac_52w.dextrose", DATA) == (9, 12)


def test_a_value_that_was_not_seen_is_none():
    assert told("rabago2013_womac_52w.dextrose") is None, "the frozen row has no figure"


def test_another_range_does_not_fit():
    """15 is of 100 points; the range of Dechow's scale was not seen and its name alone may mean 10 or 100."""
    assert told("dechow1999_vas_26w.dgp") is None


def test_the_same_name_fits_where_the_range_of_the_outcome_was_not_seen():
    comparison = FROZEN.comparison_by_id["wu2022_visap_52w.dextrose"]
    assert comparison.outcome.scale_max is None
    assert smallest_change(FROZEN, comparison) is not None
    other = replace(comparison, outcome=replace(comparison.outcome, scale_min=0.0, scale_max=10.0))
    assert smallest_change(FROZEN, other) is None


def test_another_condition_does_not_fit():
    comparison = FROZEN.comparison_by_id["yelland2004_vas_104w.glucose_lido"]
    elsewhere = replace(comparison, condition=FROZEN.conditions["knee_osteoarthritis"])
    assert smallest_change(FROZEN, elsewhere) is None


def test_counts_have_none():
    assert told("ongley1987_dis50_26w.dgp_manip") is None


BETWEEN = SmallestChange(9, 12, ())


@pytest.mark.parametrize(
    ("value", "side"),
    [
        (-12, "against"),
        (-9, "against"),
        (-8.9, "below"),
        (0, "below"),
        (8.9, "below"),
        (9, "within"),
        (11.9, "within"),
        (12, "above"),
    ],
)
def test_a_gap_lies_on_one_side(value, side):
    assert BETWEEN.side(value) == side


def test_one_value_leaves_nothing_open():
    one = SmallestChange(15, 15, ())
    assert [one.side(v) for v in (14.9, 15)] == ["below", "above"]


def test_an_interval_has_a_side_at_each_end():
    assert BETWEEN.sides(Estimate(7.7, -1.8, 17.2)) == ("below", "above")
    assert BETWEEN.sides(Estimate(4, -9.5, 10)) == ("against", "within")
    assert BETWEEN.sides(Estimate(4, None, None)) == ("below", "below")
