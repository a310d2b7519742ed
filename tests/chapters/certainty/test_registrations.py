"""Plans beside papers: somebody who asks finds trials that were registered and never published."""

import re
from dataclasses import replace
from pathlib import Path

from prolo_dash.chapters.certainty.registrations import VIEW, facts, render, sentence
from prolo_dash.evidence.library import library

FROZEN = library(Path(__file__).parents[2] / "frozen")


KINDS = ("unpublished", "changed", "under_way", "doubts")


def every(known, show):
    """All conditions."""
    return replace(VIEW.default_state(known), show=show)


def of(show):
    return facts(library(), every(library(), show))


def test_somebody_finds_trials_that_were_registered_and_never_published():
    (told,) = [e.registration for e in of("unpublished").entries if e.registration.registration_id == "mayo_knee"]
    assert told.registry_id == "NCT05160532"
    rows = {row.key: row.cells for row in render(library(), every(library(), "unpublished")).table.rows}
    assert rows["mayo_knee"][1].text == "NCT05160532"
    assert "48 of the 160" in rows["mayo_knee"][2].text
    assert rows["mayo_knee"][3].text.startswith("No publication seen")


def test_the_sentence_counts_those_never_published_and_names_their_conditions(table):
    silent = [r for r in table("registrations") if r["kind"] == "unpublished"]
    groups = {c["condition_id"]: c["group_id"] or c["condition_id"] for c in table("conditions")}
    known = of("unpublished")
    assert len(known.entries) == len(silent)
    may_have = [r for r in silent if r["what_became"] not in ("too_small", "never_began")]
    about = known.about(known.silent)
    assert {group.condition_id for group in about} == {groups[r["condition"]] for r in may_have if r["condition"]}
    assert f"Of **{len(may_have)}** registered trials that may have results we saw no paper" in sentence(known)
    assert "not in any number of this page" in sentence(known)
    assert all(group.in_words in sentence(known) for group in about)


def test_trials_that_can_have_no_results_are_told_apart():
    """On the frozen package: one was withdrawn, one stopped with 2 people; 2 of the other 6 ended."""
    said = sentence(facts(FROZEN, every(FROZEN, "unpublished")))
    assert said.startswith("Of **6** registered trials that may have results we saw no paper. 2 ended and of 4 we did")
    assert said.endswith("Not counted are 2 others: 1 stopped with too few people and 1 never began.")


def test_every_registration_is_told_once_and_says_where_its_address_was_made_from_a_number(table):
    states = [every(library(), show) for show in KINDS]
    found = [entry.registration for state in states for entry in facts(library(), state).entries]
    assert sorted(r.registration_id for r in found) == sorted(r["registration_id"] for r in table("registrations"))
    rows = [row for state in states for row in render(library(), state).table.rows]
    assert sorted(row.key for row in rows) == sorted(r.registration_id for r in found)
    rebuilt = {r["registration_id"] for r in table("registrations") if r["rebuilt"] == "yes"}
    assert {row.key for row in rows if any("not opened" in flag for flag in row.flags)} == rebuilt
    assert sum(facts(library(), state).rebuilt for state in states) == len(rebuilt)


def test_kinds_are_counted_in_the_sentence_on_plans(table):
    known = of("changed")
    for kind in ("registered_late", "arm_missing", "outcomes_changed", "no_change_seen"):
        trials = {r["trial"] for r in table("registrations") if r["kind"] == kind}
        assert {entry.trial for entry in known.of(kind)} == trials
        assert not trials or f"**{len(trials)}**" in sentence(known)


def test_retractions_were_looked_for_and_the_day_is_said():
    said = sentence(of("doubts"))
    assert re.search(r"[Ll]ooked for on \d+ \w+ \d{4}: No retraction was found", said)
    assert "does not show that there are none" in said
