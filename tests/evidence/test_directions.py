"""Which way each trial says its results point; expected values were read in tests/frozen/ by hand."""

from pathlib import Path

import pytest

from prolo_dash.evidence.directions import direction_marks
from prolo_dash.evidence.library import library

FROZEN = library(Path(__file__).parents[1] / "frozen")
STUDIES = {study.study_id: study for study in FROZEN.package.studies}


def marks(study_id):
    return {mark.domain: mark for mark in direction_marks(FROZEN, STUDIES[study_id])}


def test_a_trial_has_one_mark_for_each_kind_of_outcome_that_it_compared():
    assert set(marks("topol2011")) == {"pain", "better"}
    assert set(marks("sit2020")) == {"pain", "function"}
    assert set(marks("topol2005")) == set(), "a series without a comparison group has none"


def test_the_control_counts_before_a_group_that_got_nothing():
    """Topol 2011 had both; contrasts.csv has p = 0.006 against lidocaine."""
    mark = marks("topol2011")["better"]
    assert (mark.role, mark.versus.arm.arm_id, mark.direction) == ("control", "lidocaine", "favours_intervention")


def test_figures_of_groups_that_have_switched_are_left_out():
    assert marks("topol2011")["better"].comparison.outcome.weeks == 13, "those at 52 weeks are not as randomised"


def test_of_several_outcomes_the_main_one_counts_before_a_longer_follow_up():
    assert marks("topol2011")["pain"].comparison.outcome.outcome_id == "topol2011_nppschange_13w"
    assert marks("rabago2013")["function"].comparison.outcome.outcome_id == "rabago2013_womac_52w"


@pytest.mark.parametrize(
    ("study", "domain", "direction"),
    [
        ("sit2020", "pain", "favours_intervention"),
        ("hsieh2022", "function", "no_difference"),
        ("hosseini2019", "pain", "favours_comparator"),
        ("lin2022", "pain", "not_stated"),
    ],
)
def test_a_mark_points_as_the_trial_states(study, domain, direction):
    assert marks(study)[domain].direction == direction


def test_its_people_are_those_of_the_two_groups():
    """21 and 22 knees; the 22 of the third group, which played on as usual, are not among them."""
    assert marks("topol2011")["better"].people == 43
    assert marks("sit2020")["pain"].people == 76
    assert marks("reeves2000knee")["pain"].people is None, "the sizes of its groups were not seen"


def test_a_mark_says_whether_people_could_tell_the_two_groups_apart():
    assert marks("topol2011")["better"].could_tell == "no", "blinded in part: the two injections"
    assert marks("klein1993")["pain"].could_tell == "unclear"
