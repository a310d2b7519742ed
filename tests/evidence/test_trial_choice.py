"""Which trials count. Expected trials were read in tests/frozen/ by hand."""

from pathlib import Path

import pytest

from prolo_dash.evidence.library import library
from prolo_dash.evidence.trial_choice import ALL_TRIALS, TrialChoice, with_trials_of

FROZEN = library(Path(__file__).parents[1] / "frozen")
BACK = "low_back_pain"


def counted_on_backs(choice):
    return {study.study_id for study in with_trials_of(FROZEN, choice).trials_on([BACK])}


def test_all_trials_are_the_library_itself():
    assert with_trials_of(FROZEN, ALL_TRIALS) is FROZEN


def test_only_those_with_a_control_are_those_with_such_a_group(frozen_table):
    with_control = {arm["study_id"] for arm in frozen_table("arms") if arm["role"] == "control"}
    counted = with_trials_of(FROZEN, TrialChoice("controlled"))
    assert {study.study_id for study in counted.trials} == with_control
    assert all(c.study.study_id in with_control for c in counted.comparisons)


def test_only_where_people_could_not_tell():
    assert counted_on_backs(TrialChoice("blinded")) == {"ongley1987", "dechow1999"}


def test_a_trial_can_be_left_out_of_either():
    ongley = frozenset({"ongley1987"})
    assert counted_on_backs(ALL_TRIALS) - counted_on_backs(TrialChoice(without=ongley)) == ongley
    assert counted_on_backs(TrialChoice("blinded", ongley)) == {"dechow1999"}


@pytest.mark.parametrize("choice", [TrialChoice("controlled"), TrialChoice(without=frozenset({"ongley1987"}))])
def test_what_is_no_trial_stays(choice):
    surveys = {study.study_id for study in FROZEN.package.studies} - {study.study_id for study in FROZEN.trials}
    assert surveys <= {study.study_id for study in with_trials_of(FROZEN, choice).package.studies}
    assert with_trials_of(FROZEN, choice).conditions == FROZEN.conditions
