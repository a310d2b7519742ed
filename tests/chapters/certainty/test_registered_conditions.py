"""Registered, and then? For some conditions. Expected rows were read in tests/frozen/registrations.csv."""

from pathlib import Path

import pytest

from prolo_dash.chapters.certainty.registrations import VIEW, RegistrationsState, facts
from prolo_dash.evidence.library import library

FROZEN = library(Path(__file__).parents[2] / "frozen")
GROUPS = tuple(group.condition_id for group in FROZEN.groups)


def shown(*conditions, show="unpublished"):
    return {
        e.registration.registration_id
        for e in facts(FROZEN, RegistrationsState(conditions=conditions, show=show)).entries
    }


def rows(frozen_table, *conditions):
    found = frozen_table("registrations")
    return {r["registration_id"] for r in found if r["kind"] == "unpublished" and r["condition"] in conditions}


@pytest.mark.parametrize("condition", ["knee_osteoarthritis", "lateral_elbow_tendon"])
def test_one_condition_has_its_own_alone(frozen_table, condition):
    assert shown(condition) == rows(frozen_table, condition) != set()


def test_a_group_has_those_of_its_conditions(frozen_table):
    parts = [part.condition_id for part in FROZEN.parts(FROZEN.conditions["tendons"])]
    assert shown("tendons") == rows(frozen_table, "tendons", *parts)


@pytest.mark.parametrize("show", ["unpublished", "changed", "under_way", "doubts"])
def test_an_entry_on_no_condition_of_the_page_stands_only_where_no_group_is_missing(show):
    every = facts(FROZEN, RegistrationsState(conditions=GROUPS, show=show)).entries
    uncovered = {e.registration.registration_id for e in every if e.condition is None}
    assert uncovered.isdisjoint(shown(*GROUPS[:-1], show=show))
    assert len(every) == len({e.registration.registration_id for e in every}) >= len(uncovered)


def test_where_a_condition_has_none_that_is_said():
    said = VIEW.render(FROZEN, RegistrationsState(conditions=("osgood_schlatter",), show="unpublished")).sentence
    assert said == "Nothing of this kind was seen for this choice where we looked."
