"""What is known of the gains of the chosen trials: which are drawn, what was gained, how the groups differ."""

from dataclasses import replace
from pathlib import Path

import pytest

from prolo_dash.chapters.gain.facts import facts
from prolo_dash.chapters.gain.view import VIEW
from prolo_dash.evidence.library import library

TESTS = Path(__file__).parents[2]
FROZEN, TOY = library(TESTS / "frozen"), library(TESTS / "topics" / "knee_operation")


def known(shown=FROZEN, **settings):
    return facts(shown, VIEW.normalise(replace(VIEW.default_state(shown), **settings)))


def test_osgood_schlatter_by_count_and_time():
    """Topol 2011 at 3 months: 21 of 21 and 20 of 22 in sport as usual, 14 of 21 and 5 of 22 free of pain."""
    found = known(conditions=("osgood_schlatter",), show="groups", time="early")
    assert (found.studies, found.uncontrolled) == (1, 0)
    assert found.pairs == ((21 / 21, 20 / 22), (14 / 21, 5 / 22))
    assert found.gains == (1, 14 / 21)
    assert found.roles == {"intervention", "control", "untreated"}


def test_alone_only_the_intervention_is_drawn():
    assert known(show="gain").roles == {"intervention"}


def test_a_trial_stands_there_once_whether_drawn_or_listed():
    for show in ("gain", "groups", "difference"):
        found = known(show=show)
        drawn = {c.study.study_id for c in found.drawn}
        rest = [study.study_id for study, _ in found.rest]
        assert drawn.isdisjoint(rest)
        assert len(drawn) + len(rest) == found.chosen == len(FROZEN.trials)


def test_differences_are_against_each_other_group():
    """14 of 21 against 5 of 22 and 3 of 22: 43.9 and 53.0 of 100."""
    found = known(conditions=("osgood_schlatter",), show="difference", time="early")
    asymptomatic = [d for d in found.differences if d.versus.counts in ((5, 22), (3, 22))]
    assert [round(100 * d.estimate.value, 1) for d in asymptomatic] == [43.9, 53.0]
    assert {d.versus.arm.role for d in found.differences} == found.roles == {"control", "untreated"}


def test_conditions_without_a_count_are_known_and_none_is_missing_from_scores():
    assert [c.condition_id for c in known().missing] == ["osteoarthritis"]
    assert known(outcome="pain").missing == ()


def test_studies_without_another_group_are_counted(frozen_table):
    controlled = {a["study_id"] for a in frozen_table("arms") if a["role"] != "intervention"}
    found = known()
    alone = {c.study.study_id for c in found.drawn} - controlled
    assert found.uncontrolled == len(alone) == 3


@pytest.mark.parametrize("show", ["gain", "groups", "difference"])
def test_another_topic_is_told_in_its_own_words(show):
    state = replace(VIEW.default_state(TOY), show=show)
    shown = VIEW.render(TOY, state)
    texts = [shown.sentence, shown.alt, *shown.how_to_read, *shown.table.columns, *(k.label for k in shown.key)]
    assert [text for text in texts if "prolo" in text or "injection" in text] == []
    assert any("keyhole surgery" in text for text in texts)
    assert "Only the keyhole surgery groups" in str(VIEW.controls(TOY)["show"])
