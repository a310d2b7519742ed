"""Each reason to doubt holds by its rule, and by no other; what is counted was read in tests/frozen/ by hand."""

import math
from pathlib import Path
from statistics import NormalDist

import pytest

from prolo_dash.evidence.doubts import ENOUGH_PEOPLE, Reason, doubts
from prolo_dash.evidence.library import library

FROZEN = library(Path(__file__).parents[1] / "frozen")


def found(condition):
    return {d.reason: (d.many, d.of) for d in doubts(FROZEN, FROZEN.conditions[condition])}


# The condition where a rule holds, what it counts there, and a condition where it does not hold.
RULES = [
    (Reason.NO_CONTROL, "achilles_tendon", (0, 2), "knee_osteoarthritis"),
    (Reason.DISAGREE, "low_back_pain", (2, 4), "plantar_fascia"),  # two ways among 4; 2 that say the same
    (Reason.FEW_PEOPLE, "low_back_pain", (344, 372), "knee_osteoarthritis"),  # 81 + 79 + 74 + 110
    (
        Reason.COULD_TELL,
        "low_back_pain",
        (2, 5),
        "knee_osteoarthritis",
    ),  # Ongley and Dechow; Klein, Yelland, Mathews not
    (Reason.NOT_INERT, "knee_osteoarthritis", (2, 7), "lateral_elbow_tendon"),  # Reeves 2000, Hsieh 2022
    (Reason.NOT_AS_RANDOMISED, "osgood_schlatter", (1, 3), "low_back_pain"),  # Topol 2011 at 1 year
    (Reason.RESULTS_MISSING, "knee_osteoarthritis", (3, 7), "low_back_pain"),  # 4 of 5 give an interval
    (Reason.UNPUBLISHED, "lateral_elbow_tendon", (2, 0), "rotator_cuff_tendon"),  # there the one plan was withdrawn
]


@pytest.mark.parametrize(("reason", "condition", "counted", "other"), RULES, ids=[rule[0] for rule in RULES])
def test_a_reason_is_told_where_its_rule_holds_and_nowhere_else(reason, condition, counted, other):
    assert found(condition)[reason] == counted
    assert reason not in found(other)


def test_every_reason_is_held_here():
    assert [rule[0] for rule in RULES] == list(Reason)


def test_reasons_stand_in_one_order():
    for condition in FROZEN.conditions.values():
        told = [list(Reason).index(d.reason) for d in doubts(FROZEN, condition)]
        assert told == sorted(set(told))


def test_a_condition_without_a_control_has_none_of_the_reasons_that_look_at_controls():
    of_controls = {
        Reason.DISAGREE, Reason.FEW_PEOPLE, Reason.COULD_TELL, Reason.NOT_INERT, Reason.RESULTS_MISSING,
    }  # fmt: skip
    assert not of_controls & set(found("achilles_tendon"))


def test_enough_people_are_those_of_fleiss_1981_with_the_correction_of_1980():
    """40 of 100 against 55, two-sided 5%, power 80%, worked out here from the printed formula."""
    p0, p1 = 0.4, 0.55
    mean, z = (p0 + p1) / 2, NormalDist().inv_cdf
    spread = z(0.975) * math.sqrt(2 * mean * (1 - mean)) + z(0.8) * math.sqrt(p0 * (1 - p0) + p1 * (1 - p1))
    n = (spread / (p1 - p0)) ** 2
    corrected = n / 4 * (1 + math.sqrt(1 + 4 / (n * (p1 - p0)))) ** 2
    assert ENOUGH_PEOPLE == 2 * math.ceil(corrected) == 372
