"""What a page gets of views that count trials, when a reader has chosen which."""

import re
from pathlib import Path

import pytest

from prolo_dash.chapters.registry import VIEW_BY_KEY
from prolo_dash.evidence.library import library
from prolo_dash.evidence.trial_choice import ONLY
from prolo_dash.render.html import answer_to

FROZEN = library(Path(__file__).parents[1] / "frozen")
COUNTING = [key for key, view in VIEW_BY_KEY.items() if view.counts_trials]
OTHERS = [key for key, view in VIEW_BY_KEY.items() if not view.counts_trials]
BACK = {"conditions": "low_back_pain"}


def answer(key, params=None, **page):
    return answer_to(FROZEN, {"view": key, "params": params or {}, "page": page})


def said(key, params=None, **page):
    fragments = answer(key, params, **page)["fragments"]
    return fragments["sentence"], fragments["all_trials"]


def test_what_is_found_for_some_stands_beside_what_is_found_for_all():
    some, every = said("answer", BACK, trials="blinded")
    assert some.startswith(
        "<strong>Only trials where people could not tell:</strong> On low back pain we saw 2 trials."
    )
    assert every.startswith("<strong>All trials:</strong> On low back pain we saw 5 trials.")
    assert said("answer", BACK)[1] == ""


def test_a_trial_left_out_is_named_in_all_that_can_be_taken_from_the_page():
    found = answer("answer", BACK, without="ongley1987")
    for part in ("sentence", "alt", "table"):
        assert "Without" in found["fragments"][part]
        assert "Ongley 1987" in found["fragments"][part]
    assert "4 trials" in found["fragments"]["sentence"]


def test_trials_of_the_answer_that_are_not_counted_are_named():
    """Of Klein 1993 and Yelland 2004 no page says that people could not tell; Dechow and Ongley had that."""
    assert said("answer", BACK, trials="blinded")[1].count("Not counted above") == 1
    named = said("answer", BACK, trials="blinded")[1].partition("Not counted above: ")[2]
    assert re.sub("<[^>]+>", "", named) == "Yelland 2004 and Klein 1993."
    assert "Not counted above" not in said("gain", BACK, trials="blinded")[1]


@pytest.mark.parametrize("key", ["answer", "gain", "caveat", "certainty"])
def test_where_a_condition_has_no_such_trial_nobody_is_asked_to_choose_one(key):
    """No page says of a trial on heel pain that people could not tell."""
    shown = answer(key, {"conditions": "plantar_fascia"}, trials="blinded")["fragments"]
    assert "None of the trials shown here is one of these." in shown["sentence"]
    assert "No condition is chosen" not in "".join(shown.values())


def test_where_a_choice_changes_nothing_that_is_said():
    """Every trial on backs had a control injection."""
    some, every = said("answer", BACK, trials="controlled")
    assert some.endswith(said("answer", BACK)[0])
    assert every == "<strong>All trials:</strong> the same."


@pytest.mark.parametrize("key", OTHERS)
def test_a_view_that_does_not_count_trials_shows_all(key):
    assert answer(key, trials="blinded", without="ongley1987") == answer(key)


@pytest.mark.parametrize("key", COUNTING)
def test_every_view_that_counts_can_do_without_any_trial(key):
    for study in FROZEN.trials:
        assert answer(key, without=study.study_id)["fragments"]["sentence"]
    everyone = ".".join(study.study_id for study in FROZEN.trials)
    assert answer(key, without=everyone)["fragments"]["sentence"]


@pytest.mark.parametrize("only", ONLY)
@pytest.mark.parametrize("key", COUNTING)
def test_every_setting_of_a_view_can_be_asked_for_some_trials(key, only):
    view = VIEW_BY_KEY[key]
    states = list(view.states(FROZEN))
    for state in states[:: max(1, len(states) // 60)]:
        params = {name: ".".join(v) or "none" if isinstance(v, tuple) else str(v) for name, v in vars(state).items()}
        found = answer(key, params, trials=only)
        assert found["notice"] == ""
        assert found["fragments"]["sentence"]


@pytest.mark.parametrize(
    ("page", "sentence"),
    [
        ({"trials": "famous"}, "The link asks for trials of a kind that this page does not tell apart."),
        ({"without": "nobody2000"}, "A trial that the link leaves out is not on this page."),
    ],
)
def test_what_a_link_asks_for_and_is_not_there_is_said(page, sentence):
    found = answer("answer", BACK, **page)
    assert found["notice"] == sentence
    assert found["fragments"]["sentence"] == said("answer", BACK)[0]
