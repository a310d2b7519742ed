"""What protects each result, what reviews concluded, what was registered: somebody who asks finds the answer."""

import re
from dataclasses import replace
from functools import cache

import pytest

from prolo_dash.chapters.caveat import single_trial
from prolo_dash.chapters.certainty import later_trials, protections, published_reviews, registrations
from prolo_dash.chapters.sources import figures
from prolo_dash.evidence.judged import FACTS, contradicting, facts_of, judgements_of
from prolo_dash.evidence.library import library
from prolo_dash.kit.protection_words import QUESTION

VIEWS = {
    m.VIEW.key: m.VIEW for m in (protections, published_reviews, registrations, later_trials, figures, single_trial)
}


@cache
def show(key, **changed):
    view = VIEWS[key]
    return view.render(library(), replace(view.default_state(library()), **changed))


def row(rendering, key):
    (found,) = [row for row in rendering.table.rows if row.key == key]
    return dict(zip(rendering.table.columns, found.cells, strict=True))


def marks(rendering):
    """What is drawn: for each row's key, the words of its marks."""
    drawn = {}
    for trace in rendering.chart.data:
        for key, text in zip(trace["ids"], trace.get("text", ()), strict=False):
            drawn.setdefault(key, []).append(text.replace("<br>", " "))
    return drawn


def every(key, control):
    view = VIEWS[key]
    return [show(key, **{control: getattr(state, control)}) for state in view.states(library())]


def test_somebody_finds_who_was_blinded_in_rabago_2013():
    told = row(show("certainty_protects", condition="knee_osteoarthritis"), "rabago2013")
    people, measured = told["People blinded"], told["Those who measured blinded"]
    assert people.text == "in part"
    assert "two injection groups" in people.note
    assert "exercise group knew" in people.note
    assert measured.text == "yes"
    assert "injected did not know either" in measured.note
    assert people.url == "https://www.ncbi.nlm.nih.gov/pubmed/23690322"


def test_somebody_finds_what_the_newest_review_of_plantar_fascia_says_and_how_sure_it_is():
    rendering = show("certainty_reviews", condition="tendons")
    (box,) = [box for box in rendering.chain if box.title == "Heel pain (plantar fascia): newest review"]
    assert box.strong == "Fong 2023"
    assert "Less pain after dextrose than after saline (certainty low)." in box.text
    assert "Less pain after steroid than after dextrose (certainty moderate)." in box.text
    assert "Of the same year: Chutumstid 2023 and Ahadi 2023." in box.text
    told = row(rendering, "fong2023_pain.plantar_fascia")
    assert told["Pooled, as printed"].text == "WMD −41.72 (−62.36 to −21.08)"
    assert told["How sure it is"].text == "low (GRADE)"
    assert any("hard to believe" in listed.text for listed in rendering.listed)
    assert rendering.listed_open


def test_somebody_finds_trials_that_were_registered_and_never_published():
    rendering = show("certainty_registered", show="unpublished")
    told = row(rendering, "mayo_knee")
    assert told["Registered as"].text == "NCT05160532"
    assert "48 of the 160" in told["When and how many"].text
    assert told["What was found"].text.startswith("No publication seen")
    assert "not in any number of this page" in rendering.sentence
    assert f"**{len(rendering.table.rows)}** registered trials" in rendering.sentence


def test_later_trials_name_those_that_were_never_published(table):
    silent = [r["registry_id"] for r in table("registrations") if r["kind"] == "unpublished"]
    named = " ".join(one.sentence for one in every("certainty_later", "condition"))
    assert [registry_id for registry_id in silent if registry_id not in named] == []


@pytest.mark.parametrize(
    ("condition", "trial_name", "words"),
    [
        ("osgood_schlatter", "Topol 2011", {"10 of 10": "prolotherapy clinics", "high risk of bias": "Cairns 2018"}),
        ("low_back", "Yelland 2004", {"7 of 10": "PEDro", "11 of 11": "author of both the trial and the review"}),
    ],
)
def test_judgements_that_contradict_each_other_stand_side_by_side_with_who_made_them(condition, trial_name, words):
    chain = show("certainty_protects", condition=condition).chain
    boxes = {box.strong: box.text for box in chain if box.title == trial_name}
    assert set(boxes) == set(words)
    for strong, said in words.items():
        assert said in boxes[strong]


def test_judges_contradict_each_other_only_where_two_of_them_judged_the_same_trial(table):
    for study in library().trials:
        apart = contradicting(judgements_of(library(), study.study_id))
        assert len({judgement.judged_by for judgement in apart}) == len(apart) != 1


def test_what_was_not_seen_is_drawn_as_large_as_a_no():
    rendering = show("certainty_protects", condition="low_back")
    assert all(len(words) == len(FACTS) for words in marks(rendering).values())
    assert {"no", "not seen"} <= {word for words in marks(rendering).values() for word in words}
    sizes = {
        word: size
        for trace in rendering.chart.data
        for word, size in zip(trace["text"], trace["marker"]["size"], strict=True)
    }
    assert sizes["not<br>seen"] == sizes["no"] == sizes["yes"]
    told = row(rendering, "ongley1987")
    assert (told[QUESTION["concealment"]].text, told[QUESTION["funding"]].text) == ("no", "not seen")


def test_marks_and_cells_of_the_grid_say_what_the_file_says(table):
    by_hand = {}
    for fact in table("trial_facts"):
        by_hand.setdefault((fact["study_id"], fact["fact"]), set()).add(fact["answer"])
    words = {"yes": {"yes", "told"}, "partly": {"in part"}, "no": {"no"}, "unclear": {"unclear"}}
    shown = 0
    for group in library().groups:
        for told in show("certainty_protects", condition=group.condition_id).table.rows:
            for fact, cell in zip(FACTS, told.cells[1:-1], strict=True):
                answers = by_hand.get((told.key, fact), set())
                expected = words[next(iter(answers))] if len(answers) == 1 else {"pages differ"}
                assert cell.text in (expected if answers else {"not seen"})
                shown += bool(answers)
    assert shown == len(by_hand)


def test_two_pages_that_differ_are_not_made_into_one_answer():
    told = row(show("certainty_protects", condition="low_back"), "yelland2004")["People blinded"]
    assert told.text == "pages differ"
    assert "triple-blinded for injection status" in told.note
    assert "Blind subjects: No" in told.note


def test_what_is_worked_out_by_us_is_hollow_and_says_so(table):
    inferred = {(f["study_id"], f["fact"]) for f in table("trial_facts") if f["inferred"] == "yes"}
    assert inferred
    met = set()
    for rendering in every("certainty_protects", "condition"):
        for told in rendering.table.rows:
            cells = zip(FACTS, told.cells[1:-1], strict=True)
            met |= {(told.key, fact) for fact, cell in cells if "Worked out by us." in cell.note}
        for trace in rendering.chart.data:
            hollow = [symbol.endswith("-open") for symbol in trace["marker"]["symbol"]]
            assert len(set(hollow)) == 1
    assert met == inferred


def test_the_sentence_counts_the_facts_that_were_not_seen():
    for rendering in every("certainty_protects", "condition"):
        absent = sum(word == "not seen" for words in marks(rendering).values() for word in words)
        assert f"**{absent} of {len(FACTS) * len(rendering.table.rows)}** facts" in rendering.sentence


def test_every_judgement_is_told_with_who_made_it(table):
    said = " ".join(
        f"{box.title}: {box.strong} {box.text}"
        for rendering in every("certainty_protects", "condition")
        for box in (*rendering.chain, *rendering.listed)
    )
    for judgement in table("trial_quality"):
        assert judgement["judged_by"] in said
        assert judgement["domain"] == "overall" or judgement["domain"] in said
        assert (judgement["note"] or "") in said
        assert (judgement["ties"] or "") in said


def test_every_review_is_told_with_its_figures_and_its_doubts(table):
    renderings = every("certainty_reviews", "condition")
    rows = {told.key.split(".")[0]: told for one in renderings for told in one.table.rows}
    outside = " ".join(box.text for one in renderings for box in one.listed)
    for review in table("reviews"):
        if not review["conditions"]:
            assert review["conclusion"] in outside
            assert review["printed"] in outside
            continue
        told = rows[review["review_id"]]
        text = " ".join(part for cell in told.cells for part in (cell.text, cell.note))
        assert review["conclusion"] in text
        assert review["printed"].replace("-", "−") in text.replace("-", "−")
        assert review["doubt"] == "" or review["doubt"] in told.flags


def test_reviews_stand_newest_first_beside_our_own_data():
    for rendering in every("certainty_reviews", "condition"):
        years: dict[str, list[float]] = {}
        for told in rendering.table.rows:
            years.setdefault(told.key.partition(".")[2], []).append(told.cells[0].sort or 0)
        assert all(own == sorted(own, reverse=True) for own in years.values())
    boxes = {box.title: box for box in show("certainty_reviews", condition="low_back").chain}
    said = "Our own data: 5 trials; 4 report a result against a control injection: 2 better than the control injection"
    assert said in boxes["Low back pain: newest review"].text


def test_pooled_values_are_turned_so_that_right_is_better(table):
    smds = {r["review_id"]: r for r in table("reviews") if r["measure"] == "smd" and r["conditions"]}
    met = set()
    for rendering in every("certainty_reviews", "condition"):
        for trace in (t for t in rendering.chart.data if "error_x" in t):
            for key, value in zip(trace["ids"], trace["x"], strict=True):
                review = smds[key.split(".")[0]]
                met.add(review["review_id"])
                assert value == float(review["estimate"]) * int(review["sign"])
                better = {"favours_intervention": value > 0, "favours_comparator": value < 0}
                assert better.get(review["finding"], True)
    assert met == set(smds)


def test_reviews_on_the_jaw_are_counted_and_not_drawn(table):
    outside = [r for r in table("reviews") if not r["conditions"]]
    for rendering in every("certainty_reviews", "condition"):
        assert f"{len(outside)} reviews on what the article does not speak of" in rendering.how_to_read[-1]
        assert not {told.key.split(".")[0] for told in rendering.table.rows} & {r["review_id"] for r in outside}


def test_every_registration_is_told_once_and_says_where_its_address_was_made_from_a_number(table):
    rows = [told for rendering in every("certainty_registered", "show") for told in rendering.table.rows]
    assert sorted(told.key for told in rows) == sorted(r["registration_id"] for r in table("registrations"))
    rebuilt = {r["registration_id"] for r in table("registrations") if r["rebuilt"] == "yes"}
    assert {told.key for told in rows if any("not opened" in flag for flag in told.flags)} == rebuilt


def test_retractions_were_looked_for_and_the_day_is_said():
    sentence = show("certainty_registered", show="doubts").sentence
    assert re.search(r"[Ll]ooked for on \d+ \w+ \d{4}: No retraction was found", sentence)
    assert "does not show that there are none" in sentence


def test_the_same_facts_stand_where_a_trial_is_read_alone_and_beside_its_figures(table):
    named = {o["outcome_id"]: o["study_id"] for o in table("outcomes")}
    for state in {s.trial: s for s in VIEWS["caveat_trial"].states(library())}.values():
        study = library().study(named[state.trial.split(".")[0]])
        boxes = {box.title: box for box in VIEWS["caveat_trial"].render(library(), state).listed}
        seen = sum(bool(known.statements) for known in facts_of(library(), study.study_id))
        assert boxes["What protects the result"].strong == f"{seen} of {len(FACTS)} facts seen"
        judged = [j for j in judgements_of(library(), study.study_id) if j.domain == "overall"]
        assert ("Judged by others" in boxes["What protects the result"].text) == bool(judged)
    told = row(show("sources_figures", condition="all"), "rabago2013_womac_52w.dextrose")
    assert "people blinded: in part" in told["What protects it"].note.lower()


def test_no_trial_has_a_lone_flag_for_its_risk_of_bias(table):
    assert [flag for flag in table("flags") if flag["kind"] == "risk_of_bias"] == []
