"""The claim: which trials stand behind it, how they were found, and how all claims are backed."""

import json
from pathlib import Path

import pytest

from prolo_dash.chapters.claim import words
from prolo_dash.chapters.claim.facts import ClaimState, facts
from prolo_dash.chapters.claim.view import VIEW
from prolo_dash.chapters.registry import VIEW_BY_KEY
from prolo_dash.chapters.risks.choices import positions
from prolo_dash.chapters.risks.harm_effects import survey
from prolo_dash.evidence.library import library
from prolo_dash.render.html import payload

FROZEN = library(Path(__file__).parents[2] / "frozen")
DATA = Path(__file__).parents[3] / "data"
TOY = library(Path(__file__).parents[2] / "topics" / "knee_operation")
WITH_TRIALS = [c for c in library().package.claims if c.outcomes]
SEVERAL = [c for c in WITH_TRIALS if len(c.outcomes) > 1]


def known(claim_id, shown=FROZEN):
    return facts(shown, ClaimState(claim=claim_id))


def show(one):
    return VIEW.render(library(), ClaimState(claim=one.claim_id))


def box(one, title):
    (text,) = [b.text for b in show(one).chain if b.title == title]
    return text


def test_the_year_s_claim_has_one_trial_behind_it_and_the_randomised_figures_beside_it():
    """Topol 2011: 32 of 38 and 6 of 13 knees at a year, as treated; as randomised 14 of 21, 5 of 22 and 3 of 22."""
    found = known("osgood_painfree")
    (one,) = found.behind
    assert (one.trial, found.trials) == ("Topol 2011", 1)
    assert [f.counts for f in one.comparison.arms][:2] == [(32, 38), (6, 13)]
    assert found.switched == found.behind
    assert one.as_randomised.outcome.weeks == 13
    assert [f.counts for f in one.as_randomised.arms] == [(14, 21), (5, 22), (3, 22)]


def test_a_claim_matched_by_description_has_every_trial_that_fits():
    found = known("back_better")
    assert [b.comparison.study.study_id for b in found.behind] == [
        "ongley1987",
        "klein1993",
        "yelland2004",
        "dechow1999",
    ]
    assert found.trials == 4
    assert found.switched == ()


def test_claims_are_counted_by_what_they_come_with(frozen_table):
    claims = frozen_table("claims")
    figure = {c["claim_id"] for c in claims if c["value"]}
    compared = {c["claim_id"] for c in claims if c["comparator_as_told"] not in ("", "none")}
    source = {c["claim_id"] for c in claims if c["source_as_told"]}
    found = known("coverage").backing
    assert (found.total, found.figure, found.comparator, found.source) == tuple(
        map(len, (claims, figure, compared, source))
    )
    assert found.none == len(claims) - len(figure | compared | source)


def test_ids_of_studies_become_names():
    assert "(Nakase 2020), another did (Wu 2022)" in known("osgood_sports").adds


def test_a_heading_stands_in_the_sentence_as_what_it_is():
    assert words.sentence(known("theory_drying")).startswith(
        "The article says, as a theory: cells in a confined area are irritated"
    )
    assert words.sentence(known("mild_bleeding")).startswith("The article says, as a mild effect: bleeding.")
    assert words.sentence(known("coverage")).startswith("The article says: insurance usually does not pay.")


def test_words_of_a_group_that_lay_readers_need_stand_in_the_sentence():
    said = words.sentence(known("osgood_painfree"))
    assert "**lidocaine-only injection, a numbing drug without the sugar**, not just “pain relievers”" in said


def test_another_topic_has_its_own_words():
    """A sham operation is another operation."""
    found = known("knee_better", TOY)
    assert [b.comparison.study.study_id for b in found.behind] == ["ash2004"]
    assert {b.title: b.strong for b in words.chain(found)}["Compared with what"] == "Another operation"
    assert "injection" not in words.sentence(found) + str(words.chain(found))


@pytest.mark.parametrize("one", WITH_TRIALS, ids=lambda c: c.claim_id)
def test_the_article_names_no_trial_and_readers_learn_how_those_behind_a_claim_were_found(one):
    said = show(one).sentence
    assert "It names no trial." in said
    assert ("By its figures" in said, "By its description" in said) == (bool(one.value), not one.value)


@pytest.mark.parametrize("one", SEVERAL, ids=lambda c: c.claim_id)
def test_every_trial_that_fits_is_named_with_the_groups_that_did_not_get_prolotherapy(one):
    counted, compared = box(one, "What was counted"), box(one, "Compared with what")
    for study_id in one.trials:
        name = library().name(library().study(study_id))
        assert name in counted
        (groups,) = [part for part in compared.rstrip(".").split("; ") if part.startswith(f"{name}: ")]
        others = [arm.label for arm in library().arms(study_id) if arm.role != "intervention"]
        assert others
        assert all(label in groups for label in others)


def test_the_knee_trial_that_the_article_describes_has_two_candidates():
    (knee,) = [c for c in WITH_TRIALS if "less swelling" in c.paraphrase]
    assert knee.trials == ("reeves2000knee", "rabago2013")
    assert "matched by description" in box(knee, "What was left out")


def test_a_survey_that_does_not_grade_an_event_is_not_made_to(table):
    ungraded = {h["harm_id"] for h in table("harms") if h["severity"] == "not_graded" and not h["notes"]}
    told = {row.key: row.cells[-1].text for row in survey.render(library()).table.rows}
    assert ungraded & set(told)
    for key in ungraded & set(told):
        assert told[key] == "how bad these were is not said"


def test_a_position_that_only_the_article_tells_has_a_hollow_mark_and_no_filled_one(table):
    (body,) = [p["position_id"] for p in table("positions") if p["position"] == "not_seen"]
    panels = positions.render(library()).chart.panels
    drawn = [mark for panel in panels for marks in panel.marks for mark in marks.marks if mark.key == body]
    assert {mark.shape for mark in drawn} == {"circle-open"}


def test_nothing_to_add_never_stands_at_a_claim_that_a_view_answers(table):
    claims = {c["claim_id"]: c for c in table("claims")}
    for one in library().package.claims:
        row = claims[one.claim_id]
        (left_out,) = [b for b in show(one).chain if b.title == "What was left out"]
        silent = not row["answered_by"] and not row["what_the_evidence_adds"]
        if not found_switched(one):
            assert (left_out.strong == "Nothing to add") == silent, one.claim_id
        assert (left_out.more.view if left_out.more else "") == row["answered_by"], one.claim_id


def found_switched(one):
    return bool(facts(library(), ClaimState(claim=one.claim_id)).switched)


def test_claims_on_safety_cost_positions_and_certainty_are_answered_somewhere(table):
    """The chapters on risks and on how sure one can be are about just these."""
    unanswered = {c["claim_id"] for c in table("claims") if not c["answered_by"]}
    looked_at = {c["claim_id"] for c in table("claims") if c["topic"] in ("safety", "cost", "certainty", "outcomes")}
    assert looked_at & unanswered == set()
    named = {claim for row in table("positions") for claim in row["claim_ids"].split(";") if claim}
    assert named
    assert named & unanswered == set()


def test_a_claim_leads_only_to_views_that_there_are():
    described = json.loads((DATA / "datapackage.json").read_text(encoding="utf-8"))
    (fields,) = [r["schema"]["fields"] for r in described["resources"] if r["name"] == "claims"]
    (named,) = [set(f["constraints"]["enum"]) for f in fields if f["name"] == "answered_by"]
    assert named == set(words.ANSWERED_BY) <= set(VIEW_BY_KEY)


def test_the_link_is_in_the_page():
    shown = payload(library(), VIEW, ClaimState(claim="mild_pain")).fragments["chain"]
    assert '<a href="#risks_harms">What went wrong, and how often</a>' in shown
