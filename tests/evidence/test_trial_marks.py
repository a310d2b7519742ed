"""Five answers on how a trial was made, each by one rule, worked out by hand from the frozen tables of facts."""

from dataclasses import replace
from pathlib import Path

import pytest

from prolo_dash.evidence.library import Library, library
from prolo_dash.evidence.trial_marks import trial_marks

FROZEN = library(Path(__file__).parents[1] / "frozen")


def signs(trial, known=FROZEN):
    return {mark.asked: mark.sign for mark in trial_marks(known, known.study(trial))}


def with_fact(trial, fact, **changed):
    """The frozen library with one fact of a trial changed."""
    facts = [replace(f, **changed) if (f.study_id, f.fact) == (trial, fact) else f for f in FROZEN.package.trial_facts]
    return Library(replace(FROZEN.package, trial_facts=tuple(facts)))


def test_a_trial_of_which_pages_tell_all_five():
    """Dechow 1999: told how chance was used, lidocaine-saline controls, both sides blinded, 0% lost."""
    assert set(signs("dechow1999").values()) == {"yes"}


def test_what_pages_differ_on_and_a_loss_without_one_share_is_not_clear():
    """Yelland 2004: pages differ on whether people could tell; 4% lost at a year, 20% at two."""
    assert signs("yelland2004") == {
        "randomised": "not_seen",
        "control": "yes",
        "people_blinded": "unclear",
        "assessors_blinded": "yes",
        "few_lost": "unclear",
    }


def test_groups_not_made_by_chance_and_no_control_are_no():
    assert signs("lee2015")["randomised"] == "no"
    assert signs("yelland2019")["control"] == "no"
    assert signs("yelland2019")["people_blinded"] == "no"


@pytest.mark.parametrize(
    ("fact", "asked"), [("blinded_participants", "people_blinded"), ("blinded_assessors", "assessors_blinded")]
)
@pytest.mark.parametrize(
    ("answer", "sign"), [("yes", "yes"), ("no", "no"), ("partly", "unclear"), ("unclear", "unclear")]
)
def test_only_a_plain_yes_or_no_counts_as_one(fact, asked, answer, sign):
    assert signs("dechow1999", with_fact("dechow1999", fact, answer=answer))[asked] == sign


@pytest.mark.parametrize(("percent", "sign"), [(0, "yes"), (19.9, "yes"), (20, "no"), (23, "no"), (None, "unclear")])
def test_fewer_than_20_in_100_lost_are_few(percent, sign):
    assert signs("dechow1999", with_fact("dechow1999", "lost_percent", percent=percent))["few_lost"] == sign


def test_every_trial_has_the_same_five_in_the_same_order():
    asked = {tuple(mark.asked for mark in trial_marks(FROZEN, study)) for study in FROZEN.trials}
    assert len(asked) == 1
    assert len(asked.pop()) == 5
