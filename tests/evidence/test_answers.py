"""What one condition's row is made of; expected values were read in tests/frozen/ by hand."""

from pathlib import Path

import pytest

from prolo_dash.evidence.answers import condition_answer
from prolo_dash.evidence.library import library

FROZEN = library(Path(__file__).parents[1] / "frozen")


def answer(condition):
    return condition_answer(FROZEN, FROZEN.conditions[condition])


@pytest.mark.parametrize(
    ("condition", "better", "level", "worse", "silent"),
    [
        ("osgood_schlatter", 2, 1, 0, 0),
        ("low_back_pain", 2, 2, 0, 1),  # Mathews 1987 had a control and states nothing
        ("rotator_cuff_tendon", 0, 3, 0, 1),  # Lin 2022
        ("plantar_fascia", 2, 0, 0, 0),
        ("groin_tendon", 0, 0, 0, 0),
    ],
)
def test_each_trial_with_a_control_is_counted_once(condition, better, level, worse, silent):
    found = answer(condition)
    ways = ("favours_intervention", "no_difference", "favours_comparator")
    assert [sum(verdict.direction == way for verdict in found.told) for way in ways] == [better, level, worse]
    assert len(found.told) == better + level + worse
    assert len(found.silent) == silent


def test_what_is_left_is_told_of_main_outcomes_else_of_the_longest_follow_up():
    found = [left.comparison.outcome.outcome_id for left in answer("knee_osteoarthritis").left]
    assert found == ["rabago2013_womac_52w", "sit2020_womacpain_52w", "hsieh2022_stairs_26w"]


def test_what_is_left_is_the_difference_with_its_interval():
    """Ongley 1987: 35 of 40 and 16 of 41, a difference of 48.5 in 100."""
    first = answer("low_back_pain").left[0]
    assert first.trial == "Ongley 1987"
    assert first.difference.estimate.value == pytest.approx(35 / 40 - 16 / 41)
    assert first.difference.estimate.has_interval


def test_where_two_outcomes_tie_both_are_told():
    """Topol 2011 at 3 months: sport as usual, 21 of 21 and 20 of 22; pain-free sport, 14 of 21 and 5 of 22."""
    found = {left.comparison.outcome.outcome_id: left for left in answer("osgood_schlatter").left}
    assert {"topol2011_unaltered_13w", "topol2011_asymptomatic_13w"} <= set(found)
    assert found["topol2011_asymptomatic_13w"].difference.estimate.value == pytest.approx(14 / 21 - 5 / 22)


def test_nothing_is_left_of_groups_that_have_switched():
    assert not {left.comparison.outcome.outcome_id for left in answer("osgood_schlatter").left} & {
        "topol2011_asymptomatic_52w",
        "topol2011_unaltered_52w",
    }


def test_the_newest_review_is_told_and_the_others_are_counted():
    found = answer("plantar_fascia")
    assert {review.citation for review in found.reviews} == {"Fong 2023"}
    assert {review.certainty for review in found.reviews} == {"low", "moderate"}
    assert found.other_reviews == 4


def test_a_condition_without_a_review_has_none():
    found = answer("groin_tendon")
    assert (found.reviews, found.other_reviews) == ((), 0)


def test_its_people_are_those_of_all_its_trials():
    assert answer("low_back_pain").people == 81 + 79 + 74 + 110, "the size of the fifth was not seen"
    assert answer("groin_tendon").people == 24 + 75
