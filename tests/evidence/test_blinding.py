"""Whether people could tell their group: one rule; what pages say was read in tests/frozen/ by hand."""

from dataclasses import replace
from pathlib import Path

import pytest

from prolo_dash.evidence.blinding import could_tell, could_tell_from_control
from prolo_dash.evidence.doubts import Reason, doubts
from prolo_dash.evidence.library import Library, library
from prolo_dash.evidence.trial_marks import trial_marks

FROZEN = library(Path(__file__).parents[1] / "frozen")
PARTLY = ("topol2011", "rabago2013", "sert2020")  # "the two injection groups"; the third group had exercise


def arms(trial, *roles):
    return [arm for arm in FROZEN.arms(trial) if arm.role in roles]


def without_arms():
    """The frozen library where no page says which groups could not tell."""
    facts = tuple(replace(fact, arm_ids=None) for fact in FROZEN.package.trial_facts)
    return Library(replace(FROZEN.package, trial_facts=facts))


@pytest.mark.parametrize(
    ("trial", "told"),
    [
        ("ongley1987", "no"),  # "Neither patients nor assessors knew"
        ("klein1993", "unclear"),  # "double-blind", of whom is not said
        ("yelland2004", "unclear"),  # yes by the abstract, no by PEDro
        ("eroglu2016", "not_seen"),
        ("yelland2019", "yes"),  # "single-blinded; Blind subjects: No"; it had no control
    ],
)
def test_it_is_what_the_pages_say(trial, told):
    assert could_tell_from_control(FROZEN, FROZEN.study(trial)) == told


@pytest.mark.parametrize("trial", PARTLY)
def test_blinded_in_part_is_not_clear_unless_both_groups_are_named(trial):
    study = FROZEN.study(trial)
    assert could_tell(FROZEN, study, arms(trial, "intervention", "control")) == "no"
    assert could_tell(FROZEN, study, arms(trial, "intervention", "untreated")) == "unclear"
    assert could_tell_from_control(without_arms(), study) == "unclear"


@pytest.mark.parametrize("known", [FROZEN, without_arms()], ids=["arms named", "not named"])
def test_the_marks_of_every_trial_say_the_same_as_the_rule(known):
    sign = {"no": "yes", "yes": "no", "unclear": "unclear", "not_seen": "not_seen"}
    for study in known.trials:
        (mark,) = [mark.sign for mark in trial_marks(known, study) if mark.asked == "people_blinded"]
        assert mark == sign[could_tell_from_control(known, study)]


def test_the_doubt_follows_the_same_rule():
    """Topol, Nakase and Wu: where no groups are named, no page says of any of them that people could not tell."""

    def counted(known):
        found = doubts(known, known.conditions["osgood_schlatter"])
        return [(d.many, d.of) for d in found if d.reason is Reason.COULD_TELL]

    assert counted(FROZEN) == [(1, 3)]
    assert counted(without_arms()) == [(0, 3)]
