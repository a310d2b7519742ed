"""The claim: which trials stand behind it, how they were found, and what is told of harms and positions beside it."""

import pytest

from prolo_dash.chapters.claim import claims
from prolo_dash.chapters.risks import positions, survey
from prolo_dash.evidence.library import library

WITH_TRIALS = [c for c in library().package.claims if c.outcomes]
SEVERAL = [c for c in WITH_TRIALS if len(c.outcomes) > 1]


def show(one):
    return claims.render(library(), claims.ClaimState(claim=one.claim_id))


def box(one, title):
    (text,) = [b.text for b in show(one).chain if b.title == title]
    return text


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
    traces = [t for t in positions.render(library()).chart.data if body in t["ids"]]
    assert [t["marker"]["symbol"] for t in traces] == ["circle-open"]
