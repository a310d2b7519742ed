"""Facts of harms, prices, positions and reasons against it, beside the CSV files that they are made from."""

import re
from pathlib import Path

import pytest

from prolo_dash.chapters.risks import costs, reported_harms
from prolo_dash.chapters.risks.choices import alternatives, contraindications
from prolo_dash.chapters.risks.choices import positions as position_view
from prolo_dash.chapters.risks.choices import view as choices
from prolo_dash.chapters.risks.harm_effects import survey as survey_view
from prolo_dash.chapters.risks.harm_effects import view as harm_effects
from prolo_dash.evidence.harms import counted_in, events_per_100, named_effects, reported_by_trials, survey_of
from prolo_dash.evidence.library import library
from prolo_dash.evidence.positions import bodies, payers, told_by_article
from prolo_dash.evidence.prices import PriceRange, article_price, course_prices, other_prices, session_price

ROOT = Path(__file__).parents[2]
FROZEN = library(ROOT / "frozen")
TOY = library(ROOT / "topics" / "knee_operation")


def test_effects_stand_beside_the_reports_that_name_their_claim(frozen_table):
    found = {effect.claim.claim_id: effect for effect in named_effects(FROZEN)}
    told = [c for c in frozen_table("claims") if c["effect"]]
    assert list(found) == [c["claim_id"] for c in told]
    assert [effect.is_mild for effect in found.values()] == [c["effect_as_told"] == "mild" for c in told]
    for claim_id, effect in found.items():
        harms = {h["harm_id"] for h in frozen_table("harms") if claim_id in h["claim_ids"].split(";")}
        pages = [r["harm_report_id"] for r in frozen_table("harm_reports") if claim_id in r["claim_ids"].split(";")]
        assert {h.harm_id for h in (*effect.trials, *effect.survey)} == harms
        assert [r.harm_report_id for r in effect.pages] == pages


def test_the_survey_s_nerve_damage_and_what_stayed_of_it():
    (nerve,) = harm_effects.facts(FROZEN, harm_effects.HarmsState(source="article")).reported
    assert [(h.counts, h.events) for h in nerve.survey] == [("event", 54), ("grade", 5)]


def test_kinds_and_the_rest_add_up_to_all_reports(frozen_table):
    found = survey_view.facts(FROZEN)
    rows = [h for h in frozen_table("harms") if h["study_id"] == "dagenais2006" and h["events"]]
    kinds = sum(int(h["events"]) for h in rows if h["counts"] == "event")
    assert (found.total, found.of_kinds, found.of_no_kind) == (472, kinds, 472 - kinds)
    assert [h.events for h in found.grades_of_all] == [69]
    assert [h.counts for h in found.counts] == ["total", *["event"] * (len(rows) - 3), "grade", "grade"]


def test_a_rate_needs_a_count_and_people():
    reports = {harm.harm_id: events_per_100(harm) for harm in reported_by_trials(FROZEN)}
    none_of_24 = reports["scarpone2008_any"]
    assert none_of_24.value == 0
    assert none_of_24.high == pytest.approx(100 * 3.8415 / (24 + 3.8415), abs=0.01)
    assert reports["topol2011_any"] is None
    assert reports["rabago2013_pain"] is None


def test_how_many_low_back_trials_report_harm(frozen_table):
    found = harm_effects.facts(FROZEN, harm_effects.HarmsState(source="article")).none_serious
    parts = ("low_back_pain", "sacroiliac_joint")
    low_back = {s["study_id"] for s in frozen_table("studies") if s["condition"] in parts}
    assert (found.condition.condition_id, found.trials) == ("low_back", len(low_back - {"dagenais2006"}))
    assert found.reporting == 0


def test_a_package_without_a_survey_has_no_counts_of_one():
    assert survey_of(TOY) is None
    assert survey_view.facts(TOY).counts == ()
    assert counted_in(FROZEN, survey_of(FROZEN))


def test_100_are_cut_by_the_printed_counts():
    found = reported_harms.facts(FROZEN, reported_harms.RisksState(trial="topol2011_asymptomatic_13w.dextrose"))
    assert [(g.role, g.better) for g in found.groups] == [("intervention", 67), ("control", 23), ("untreated", 14)]
    assert found.difference.value == pytest.approx(14 / 21 - 5 / 22)
    assert found.as_randomised is None
    later = reported_harms.facts(FROZEN, reported_harms.RisksState(trial="topol2011_asymptomatic_52w.dextrose"))
    assert later.as_randomised.outcome.outcome_id == "topol2011_asymptomatic_13w"


def test_prices_are_those_of_the_intervention(frozen_table):
    assert article_price(FROZEN) == 150
    assert session_price(FROZEN) == PriceRange(150, 600)
    courses = {c.source_id: (c.price, c.sessions) for c in course_prices(FROZEN)}
    assert courses == {
        "biologyinsights": (PriceRange(750, 3600), (3, 6)),
        "pscharlotte": (PriceRange(600, 3600), (4, 6)),
    }
    (plasma,) = other_prices(FROZEN)
    assert (plasma.treatment.treatment_id, plasma.price) == ("plasma", PriceRange(500, 1500))


def test_a_course_is_procedures_times_sessions():
    found = costs.facts(FROZEN, costs.CostState(injections=2, sessions=3, price="article"))
    assert found.at_article_price == 2 * 3 * 150
    assert found.at_session_price == PriceRange(450, 1800)
    assert found.insurance.claim_id == "coverage"


def test_a_topic_without_session_prices_tells_the_article_s_alone():
    found = costs.facts(TOY, costs.CostState(injections=1, sessions=2, price="pages"))
    assert (found.at_article_price, found.at_session_price) == (6000, None)
    said = costs.render(TOY, costs.CostState(injections=1, sessions=2, price="pages")).sentence
    assert said.startswith("At the article's price of about 3,000 USD an operation, 1 operation in each of 2 sessions")


def test_payers_are_no_bodies(frozen_table):
    kinds = {p["position_id"]: p["kind"] for p in frozen_table("positions")}
    assert {p.position_id for p in bodies(FROZEN)} == {i for i, kind in kinds.items() if kind == "body"}
    assert {p.position_id for p in payers(FROZEN).all} == {i for i, kind in kinds.items() if kind == "payer"}
    assert [p.position_id for p in payers(FROZEN).paid] == ["va"]


def test_one_guideline_is_told_by_the_article_as_two_voices():
    found = position_view.facts(FROZEN)
    told = [(t.claim.claim_id, t.position) for t in found.as_told["acr_af"]]
    assert told == [("acr_position", "does_not_recommend"), ("af_try", "allows")]
    assert found.silent == sum(p.position == "no_statement" for p in found.bodies)
    nobody = next(p for p in FROZEN.package.positions if p.position_id == "nice")
    assert told_by_article(FROZEN, nobody) == ()


def test_pages_that_word_a_reason_differently_are_counted_together(frozen_table):
    found = contraindications.facts(FROZEN)
    first = found.reasons[0]
    assert first.name == "a bleeding disorder or a blood thinner"
    assert set(first.pages) == {"safemindz", "scottsdale", "clark_faq", "uw_consent"}
    assert len(found.unseen) == sum(not c["reason"] for c in frozen_table("contraindications")) == 2
    assert found.article_lacks_its_list
    assert len(found.against) == 1


def test_options_that_the_article_names_come_first(frozen_table):
    found = alternatives.facts(FROZEN)
    assert [option.treatment.treatment_id for option in found.named] == ["exercise"]
    treated = {s["study_id"] for s in frozen_table("studies") if s["design"] != "survey"}
    arms = [a for a in frozen_table("arms") if a["role"] in ("untreated", "other") and a["study_id"] in treated]
    for option in found.options:
        own = {a["study_id"] for a in arms if a["treatment_id"] == option.treatment.treatment_id}
        assert {trial.study.study_id for trial in option.trials} == own
        assert sum(option.found.values()) == len(own)


def test_questions_are_about_the_topic():
    asked = choices.questions(TOY).asked
    assert any("sham operation" in question for question in asked)
    assert not any("injection" in question for question in asked)


@pytest.mark.parametrize(
    "view", [reported_harms.VIEW, harm_effects.VIEW, costs.VIEW, choices.VIEW], ids=lambda view: view.key
)
def test_another_topic_is_told_in_its_own_words(view, texts):
    for state in view.states(TOY):
        told = " ".join(text for _, text in texts(view.render(TOY, state)))
        assert not re.search("prolotherap|inject|needle", told, re.IGNORECASE), state
