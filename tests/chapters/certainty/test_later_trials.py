"""What later trials report, and what stands beside them."""

import pytest

from prolo_dash.chapters.certainty.later_trials import VIEW, LaterTrialsState, facts, render, sentence
from prolo_dash.evidence.library import library

BETTER, SAME, WORSE = "favours_intervention", "no_difference", "favours_comparator"


def of(condition, known=None):
    return facts(known or library(), LaterTrialsState(condition=condition))


@pytest.mark.parametrize(
    ("condition", "told", "changes"),
    [
        ("osgood_schlatter", {"Topol 2011": BETTER, "Nakase 2020": SAME, "Wu 2022": BETTER}, 2),
        ("low_back", {"Ongley 1987": BETTER, "Klein 1993": BETTER, "Dechow 1999": SAME, "Yelland 2004": SAME}, 1),
    ],
)
def test_later_trials_stand_oldest_first_with_what_they_report(condition, told, changes, frozen):
    known = of(condition, frozen)
    assert [(v.trial, v.direction) for v in known.told] == list(told.items())
    assert [known.number(way) for way in (BETTER, SAME, WORSE)] == [
        list(told.values()).count(way) for way in (BETTER, SAME, WORSE)
    ]
    assert known.changes == changes
    assert (f"changed **{changes}** times" in sentence(known)) == (changes > 1)


def test_every_trial_with_a_control_injection_is_told_or_silent(files):
    year = {s["source_id"]: int(s["year"] or 0) for s in files.table("sources")}
    for group in files.groups:
        stated = {s["study_id"]: [] for s in files.studies[group] if s["study_id"] in files.controlled}
        for c in files.table("contrasts"):
            study = files.outcomes.get(c["outcome_id"], {"study_id": ""})["study_id"]
            pair = [files.role.get((study, c[arm])) for arm in ("arm_id", "versus_arm_id")]
            if study in stated and pair == ["intervention", "control"] and c["outcome_id"] not in files.switched:
                stated[study] += [c["direction"]] if c["direction"] in (BETTER, SAME, WORSE) else []
        known = of(group)
        assert {v.study.study_id for v in known.told} == {study for study, said in stated.items() if said}
        assert {s.study_id for s in known.silent} == {study for study, said in stated.items() if not said}
        assert [v.year for v in known.told] == sorted(year[v.study.source_id] for v in known.told)
        for v in known.told:
            ways = stated[v.study.study_id]
            assert (v.statements, v.elsewhere) == (len(ways), sum(way != v.direction for way in ways))
            assert v.elsewhere < v.statements, "what is shown is one of the trial's own statements"


def test_what_is_told_stands_in_the_table_and_the_rest_is_listed():
    for state in VIEW.states(library()):
        known, shown = facts(library(), state), render(library(), state)
        assert [row.key for row in shown.table.rows] == [v.study.study_id for v in known.told]
        assert len(shown.listed) == len(known.silent)
        for row, v in zip(shown.table.rows, known.told, strict=True):
            told = f"{v.elsewhere} of {v.statements} results point elsewhere"
            assert row.cells[shown.table.columns.index("Other results")].text == (
                told if v.statements > 1 else "none stated"
            )


def test_trials_that_were_never_published_are_named(table):
    silent = {r["registration_id"]: r["registry_id"] for r in table("registrations") if r["kind"] == "unpublished"}
    covered = {r["registration_id"] for r in table("registrations") if r["condition"]}
    met = set()
    for state in VIEW.states(library()):
        known = facts(library(), state)
        met |= {entry.registration_id for entry in known.unpublished}
        assert all(entry.registry_id in sentence(known) for entry in known.unpublished if entry.registry_id)
    assert met == silent.keys() & covered


@pytest.mark.parametrize(
    ("condition", "position"), [("low_back", "cochrane"), ("osgood_schlatter", "purls"), ("tendons", None)]
)
def test_the_words_of_published_reviews_stand_beside_the_trials(condition, position, frozen, frozen_table):
    said = {p["position_id"]: p for p in frozen_table("positions")}
    known = of(condition, frozen)
    assert [p.position_id for p in known.positions] == ([position] if position else [])
    boxes = render(frozen, LaterTrialsState(condition=condition)).chain
    assert [box.strong for box in boxes] == ([said[position]["organisation"]] if position else [])
    assert all(said[position]["notes"] in box.text for box in boxes)
