"""What protects a trial's result: somebody who asks finds the answer, and who judged it."""

import pytest

from prolo_dash.chapters.caveat import single_trial
from prolo_dash.chapters.certainty.protections import VIEW, ProtectionsState, facts, render, sentence
from prolo_dash.chapters.sources import figures
from prolo_dash.evidence.judged import FACTS
from prolo_dash.evidence.library import library
from prolo_dash.kit.protection_words import QUESTION, short_answer


def protections(condition):
    return {one.protection.study.study_id: one.protection for one in facts(library(), condition_of(condition)).trials}


def condition_of(condition):
    return ProtectionsState(condition=condition)


def every_protection():
    return {key: own for group in library().groups for key, own in protections(group.condition_id).items()}


def fact(protection, name):
    return next(known for known in protection.facts if known.fact == name)


def cell(study_id, name, condition):
    (row,) = [row for row in render(library(), condition_of(condition)).table.rows if row.key == study_id]
    return row.cells[1 + FACTS.index(name)]


def test_somebody_finds_who_was_blinded_in_rabago_2013():
    own = protections("knee_osteoarthritis")["rabago2013"]
    assert fact(own, "blinded_participants").answer == "partly"
    assert fact(own, "blinded_assessors").answer == "yes"
    people = cell("rabago2013", "blinded_participants", "knee_osteoarthritis")
    assert people.text == "in part"
    assert "two injection groups" in people.note
    assert "exercise group knew" in people.note
    assert people.url == "https://www.ncbi.nlm.nih.gov/pubmed/23690322"
    assert "injected did not know either" in cell("rabago2013", "blinded_assessors", "knee_osteoarthritis").note


def test_answers_are_those_of_the_file(table):
    by_hand = {}
    for row in table("trial_facts"):
        by_hand.setdefault((row["study_id"], row["fact"]), set()).add(row["answer"])
    found = {(key, known.fact): known for key, own in every_protection().items() for known in own.facts}
    assert by_hand.keys() <= found.keys()
    for key, known in found.items():
        answers = by_hand.get(key, set())
        expected = "not_seen" if not answers else "pages_differ" if len(answers) > 1 else next(iter(answers))
        assert known.answer == expected
    inferred = {(f["study_id"], f["fact"]) for f in table("trial_facts") if f["inferred"] == "yes"}
    said = {(f["study_id"], f["fact"]) for f in table("trial_facts") if f["inferred"] == "no"}
    assert {key for key, known in found.items() if known.inferred} == inferred - said


@pytest.mark.parametrize(
    ("study_id", "condition", "shown"),
    [
        ("nakase2020", "osgood_schlatter", "12.2%"),
        ("keijsers2024", "tendons", "23%"),
        ("yelland2004", "low_back", "told"),
    ],
)
def test_the_share_lost_is_a_number_where_the_page_gives_one_for_all(study_id, condition, shown):
    assert short_answer(fact(protections(condition)[study_id], "lost_percent")) == shown


def test_the_sentence_counts_what_was_not_seen(table):
    seen = {(row["study_id"], row["fact"]) for row in table("trial_facts")}
    for state in VIEW.states(library()):
        known = facts(library(), state)
        trials = {one.protection.study.study_id for one in known.trials}
        assert known.asked == len(FACTS) * len(trials)
        assert known.absent == known.asked - sum(study in trials for study, _ in seen)
        assert sentence(known).startswith(f"**{known.absent} of {known.asked}** facts on ")
        assert f"of **{known.answered('concealment')}** that nobody could foresee the next group" in sentence(known)


def test_cells_of_the_table_tell_the_facts():
    words = {"partly": "in part", "pages_differ": "pages differ", "not_seen": "not seen"}
    for state in VIEW.states(library()):
        known, shown = facts(library(), state), render(library(), state)
        for one, row in zip(known.trials, shown.table.rows, strict=True):
            assert row.key == one.protection.study.study_id
            for own, told in zip(one.protection.facts, row.cells[1:-1], strict=True):
                assert told.text in (words.get(own.answer, own.answer), "told" if own.answer == "yes" else None)
                assert ("Worked out by us." in told.note) == any(s.inferred for s in own.statements)


def test_two_pages_that_differ_are_not_made_into_one_answer():
    assert fact(protections("low_back")["yelland2004"], "blinded_participants").answer == "pages_differ"
    told = cell("yelland2004", "blinded_participants", "low_back")
    assert "triple-blinded for injection status" in told.note
    assert "Blind subjects: No" in told.note


def test_what_was_not_seen_is_drawn_as_large_as_a_no():
    rendering = render(library(), condition_of("low_back"))
    drawn = [mark for panel in rendering.chart.panels for marks in panel.marks for mark in marks.marks]
    sizes = {mark.text: mark.size for mark in drawn}
    assert sizes["not seen"] == sizes["no"] == sizes["yes"]
    assert cell("ongley1987", "concealment", "low_back").text == "no"
    assert cell("ongley1987", "funding", "low_back").text == "not seen"


@pytest.mark.parametrize(
    ("condition", "study_id", "words"),
    [
        ("osgood_schlatter", "topol2011", {"10 of 10": "prolotherapy clinics", "high risk of bias": "Cairns 2018"}),
        ("low_back", "yelland2004", {"7 of 10": "PEDro", "11 of 11": "author of both the trial and the review"}),
    ],
)
def test_judgements_that_contradict_each_other_stand_side_by_side_with_who_made_them(condition, study_id, words):
    own = protections(condition)[study_id]
    assert len(own.contradicting) == len(words)
    boxes = {b.strong: b.text for b in render(library(), condition_of(condition)).chain if b.title == own.trial}
    assert boxes.keys() == words.keys()
    for strong, said in words.items():
        assert said in boxes[strong]
    assert f"contradict each other on {own.trial}" in sentence(facts(library(), condition_of(condition)))


def test_judges_contradict_each_other_only_where_two_of_them_judged_the_same_trial():
    for own in every_protection().values():
        judges = {judgement.judged_by for judgement in own.contradicting}
        assert len(judges) == len(own.contradicting) != 1


def test_every_judgement_is_told_with_who_made_it(table):
    renderings = [render(library(), state) for state in VIEW.states(library())]
    said = " ".join(f"{b.title}: {b.strong} {b.text}" for r in renderings for b in (*r.chain, *r.listed))
    for judgement in table("trial_quality"):
        assert judgement["judged_by"] in said
        assert judgement["domain"] == "overall" or judgement["domain"] in said
        assert judgement["note"] in said
        assert judgement["ties"] in said


def test_what_was_taken_over_and_not_read_again_says_so(table):
    taken_over = {(j["study_id"], j["judged_by"]) for j in table("trial_quality") if j["taken_over"] == "yes"}
    assert taken_over
    told = set()
    for state in VIEW.states(library()):
        rendering = render(library(), state)
        boxes = [b for b in (*rendering.chain, *rendering.listed) if "not read again" in b.text]
        told |= {
            (one.protection.study.study_id, judge)
            for one in facts(library(), state).trials
            for b in boxes
            for judge in {j.judged_by for j in one.protection.judgements}
            if b.title == one.protection.trial and f"by {judge}" in b.text
        }
    assert told == taken_over


def test_the_same_facts_stand_where_a_trial_is_read_alone_and_beside_its_figures(table):
    study_of = {o["outcome_id"]: o["study_id"] for o in table("outcomes")}
    known = every_protection()
    for state in {s.trial: s for s in single_trial.VIEW.states(library())}.values():
        own = known[study_of[state.trial.split(".")[0]]]
        boxes = {box.title: box for box in single_trial.VIEW.render(library(), state).listed}
        assert boxes["What protects the result"].strong == f"{own.seen} of {len(FACTS)} facts seen"
        assert ("Judged by others" in boxes["What protects the result"].text) == bool(own.overall)
    state = figures.VIEW.default_state(library())
    rows = figures.VIEW.render(library(), type(state)(condition="all")).table.rows
    (row,) = [row for row in rows if row.key == "rabago2013_womac_52w.dextrose"]
    assert any(f"{QUESTION['blinded_participants'].lower()}: in part" in cell.note.lower() for cell in row.cells)


def test_no_trial_has_a_lone_flag_for_its_risk_of_bias(table):
    assert [flag for flag in table("flags") if flag["kind"] == "risk_of_bias"] == []
