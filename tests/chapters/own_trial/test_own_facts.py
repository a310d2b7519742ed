"""Facts of a reader's own trial: numbers worked out here by hand, and groups named by the topic."""

from dataclasses import replace
from pathlib import Path

import pytest

from prolo_dash.chapters.own_trial import final_scores, split
from prolo_dash.chapters.own_trial.facts import Refused, Unread, facts
from prolo_dash.chapters.own_trial.remarks import AllWorse, FarApart, UnequalSpread, WideSpread
from prolo_dash.chapters.own_trial.view import VIEW
from prolo_dash.evidence.library import library
from prolo_dash.kit import fragility

FROZEN = library(Path(__file__).parents[2] / "frozen")
TOY = library(Path(__file__).parents[2] / "topics" / "knee_operation")
COUNTS = {"prolo_better": "12", "prolo_of": "20", "control_better": "8", "control_of": "20", "groups": "two"}
SCORES = {
    "kind": "scores",
    "groups": "two",
    **{"prolo_mean": "14.5", "prolo_sd_or_se": "10", "prolo_n": "30"},
    **{"control_mean": "9.5", "control_sd_or_se": "11", "control_n": "30"},
}


def known(where=FROZEN, **typed):
    return facts(where, replace(VIEW.default_state(where), **typed))


def test_counts_are_split_into_the_groups_and_their_difference():
    found = known(**COUNTS)
    assert isinstance(found.answer, split.Facts)
    lines = {line.key: line.estimate.value for line in found.answer.lines}
    assert lines == pytest.approx({"intervention": 0.6, "control": 0.4, "prolo.minus": 0.2})
    assert (found.remarks, found.example) == ((), None)


def test_final_scores_are_not_split():
    found = known(**SCORES, scores_are="final", better_is="lower")
    assert isinstance(found.answer, final_scores.Facts)
    assert [line.estimate.value for line in found.answer.groups] == pytest.approx([14.5, 9.5])
    assert [(d.role, d.versus, d.estimate.value) for d in found.answer.differences] == [
        ("intervention", "control", pytest.approx(-5))
    ]


def test_scores_and_large_groups_are_refused_what_they_can_t_have():
    assert known(**SCORES, show="fragility").answer is Refused.NO_INDEX
    assert known(**COUNTS | {"prolo_of": "1001"}, show="replay").answer is Refused.TOO_MANY
    assert isinstance(known(**COUNTS, show="fragility").answer, fragility.Facts)


def test_every_fault_is_told_with_its_field():
    found = known(**COUNTS | {"prolo_of": "abc", "control_better": "21"})
    assert isinstance(found, Unread)
    assert {fault.field for fault in found.faults} == {"prolo_of", "control_better"}


@pytest.mark.parametrize(
    ("typed", "remark"),
    [
        ({"prolo_mean": "-14.5", "control_mean": "-9.5"}, AllWorse("higher")),
        ({"prolo_mean": "14.5", "control_mean": "9.5", "better_is": "lower"}, AllWorse("lower")),
        ({"control_sd_or_se": "50"}, UnequalSpread(5.0)),
        ({"spread_is": "se", "prolo_mean": "11"}, WideSpread(pytest.approx(11 * 30**0.5), 5.0)),
    ],
)
def test_what_looks_like_a_slip_is_remarked(typed, remark):
    assert remark in known(**SCORES | typed).remarks


def test_groups_far_apart_are_remarked_in_standard_deviations():
    (found,) = known(**SCORES | {"prolo_sd_or_se": "1", "control_sd_or_se": "1"}).remarks
    assert isinstance(found, FarApart)
    assert found.deviations == pytest.approx(5.0, abs=0.1)  # Hedges' factor for 58 degrees of freedom is 0.987
    assert (found.groups, found.of_errors) == (2, False)


def test_fields_and_faults_have_the_names_of_the_topic():
    controls = VIEW.controls(TOY)
    assert [controls[f"{key}_name"].default for key in ("prolo", "control", "none")] == [
        "Keyhole surgery",
        "Sham operation",
        "No operation",
    ]
    (fault,) = known(TOY, **COUNTS | {"control_of": "x"}).faults
    assert fault.sentence.startswith("Number in the sham operation group: write a whole number")
