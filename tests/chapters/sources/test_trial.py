"""What is known of one trial, against rows of the frozen evidence that were read by eye."""

from pathlib import Path

import pytest

from prolo_dash.chapters.registry import VIEW_BY_KEY
from prolo_dash.chapters.sources.trial.facts import TrialState, facts
from prolo_dash.evidence.library import library
from prolo_dash.render.trial_links import CONTROL, VIEW

FROZEN = library(Path(__file__).parents[2] / "frozen")
TRIAL = VIEW_BY_KEY["trial"]


def shown(study):
    return TRIAL.render(FROZEN, TrialState(study=study))


def listed(study, title):
    return [box for box in shown(study).listed if box.title.startswith(title)]


def test_there_is_a_state_for_each_trial_and_none_for_a_survey(frozen_table):
    trials = [row["study_id"] for row in frozen_table("studies") if row["design"] != "survey"]
    states = [state.study for state in TRIAL.states(FROZEN)]
    assert sorted(states) == sorted(trials)
    assert len(states) == 48  # 49 rows, one of them a survey of practitioners


def test_it_opens_with_the_trial_of_the_comparison_that_the_page_opens_with(frozen_table):
    (opens,) = (row["value"] for row in frozen_table("defaults") if row["default_id"] == "comparison")
    assert opens.startswith(f"{TRIAL.default_state(FROZEN).study}_")


def test_links_lead_to_this_view_by_its_control():
    assert (VIEW, list(TRIAL.controls(FROZEN))) == (TRIAL.key, [CONTROL])


def test_the_sentence_says_who_was_treated_compared_with_what_and_what_it_states():
    """Topol 2011: 65 knees; lidocaine and usual care; NPPS better than after lidocaine, p = 0.004."""
    said = shown("topol2011").sentence
    assert said.startswith("**Topol 2011** treated 65 knees for Osgood-Schlatter disease.")
    assert "with a control injection and no injection" in said
    assert said.endswith("**told as better than after a control injection (p = 0.004)**.")


def test_a_trial_without_a_second_group_has_nothing_to_compare_with():
    assert "nothing to compare with" in shown("topol2005").sentence
    assert facts(FROZEN, TrialState(study="topol2005")).main is None


def test_every_figure_and_every_statement_of_the_trial_is_a_row_with_its_source(frozen_table):
    own = {row["outcome_id"] for row in frozen_table("outcomes") if row["study_id"] == "rabago2013"}
    figures = [row for row in frozen_table("results") if row["outcome_id"] in own]
    contrasts = [row for row in frozen_table("contrasts") if row["outcome_id"] in own]
    rows = {row.key: row for row in shown("rabago2013").table.rows}
    assert set(rows) == {f"{row['outcome_id']}.{row['arm_id']}" for row in figures} | {
        f"{row['outcome_id']}.{row['arm_id']}.{row['versus_arm_id']}" for row in contrasts
    }
    assert all(row.cells[5].text and row.cells[5].url for row in rows.values())
    gain = rows["rabago2013_womac_52w.dextrose"]  # table 4: 15.32 (3.32), 26 people
    assert [cell.text for cell in gain.cells[1:6]] == [
        "1 year",
        "Dextrose injections",
        "15.32 (SE 3.32)",
        "26",
        "table 4",
    ]


def test_every_warning_stands_there_in_full_with_what_it_is_about(frozen_table):
    reasons = {row["reason"] for row in frozen_table("flags") if row["study_id"] == "rabago2013"}
    warned = {box.text: box for box in listed("rabago2013", "Warning: ")}
    assert reasons <= set(warned)
    assert warned["This group knew that it got no injection."].strong == "exercise at home"
    assert warned["Of 90 people, 13 were no longer counted at week 52."].strong == "the whole trial"


@pytest.mark.parametrize("study", ["topol2005", "rabago2013_le"])
def test_warnings_that_follow_from_the_figures_are_there_too(study):
    labels = [box.title for box in listed(study, "Warning: ")]
    wanted = {"topol2005": "Warning: no comparison group", "rabago2013_le": "Warning: group sizes not seen"}
    assert wanted[study] in labels


def test_facts_that_were_seen_stand_with_their_words_and_the_others_are_named(frozen_table):
    seen = {row["fact"] for row in frozen_table("trial_facts") if row["study_id"] == "rabago2013_le"}
    assert seen == {"blinded_assessors", "registered_prospectively", "funding"}
    boxes = {box.title: box for box in shown("rabago2013_le").listed}
    assert boxes["Registered before the start"].strong == "no"
    assert "first received 25 Oct 2011" in boxes["Registered before the start"].text
    assert len(boxes["Not seen where we looked"].strong.split("; ")) == 5  # of eight


def test_what_was_registered_and_what_became_of_it_is_told():
    """The elbow trial: registered after its start; a planned group with platelet-rich plasma is not in the paper."""
    (box,) = [box for box in shown("rabago2013_le").chain if box.title == "Registered"]
    assert box.strong == "NCT01476605"
    assert [entry.strong for entry in listed("rabago2013_le", "Registered as NCT01476605")] == [
        "registered after the start",
        "a planned group is not in the paper",
    ]


def test_others_judgements_stand_with_who_made_them(frozen_table):
    own = [
        row for row in frozen_table("trial_quality") if row["study_id"] == "topol2011" and row["domain"] == "overall"
    ]
    texts = [box.text for box in listed("topol2011", "Judged by others")]
    assert own
    assert all(any(row["judged_by"] in text for text in texts) for row in own)


def test_what_the_article_says_of_it_is_told(frozen_table):
    told = [row["paraphrase"] for row in frozen_table("claims") if "rabago2013" in row["trial_ids"].split(";")]
    boxes = listed("rabago2013", "The article")
    assert len(boxes) == len(told) > 0
    assert all(box.text.rstrip(".") == words.rstrip(".") for box, words in zip(boxes, told, strict=True))
