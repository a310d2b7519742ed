"""What would you need to know? Boxes of facts on one trial, closed until they are asked for."""

from dataclasses import replace
from pathlib import Path

import pytest

from prolo_dash.chapters.registry import VIEW_BY_KEY
from prolo_dash.evidence.library import library

FROZEN = library(Path(__file__).parents[2] / "frozen")
VIEW = VIEW_BY_KEY["lesson_judge"]
EVERY = VIEW.default_state(FROZEN)


def boxes(**settings):
    return {box.title: box for box in VIEW.render(FROZEN, replace(EVERY, **settings)).chain}


def test_the_trials_are_those_on_one_condition(table):
    """Three on Osgood-Schlatter, which the comparison is of that single-trial views open with."""
    assert [option.label for option in VIEW.controls(FROZEN)["trial"].options] == [
        "Topol 2011",
        "Nakase 2020",
        "Wu 2022",
    ]


def test_a_box_is_closed_until_it_is_asked_for():
    shut = boxes(facts=())
    assert {(box.strong, box.text) for box in shut.values()} == {("?", "")}
    one = boxes(facts=("compared",))
    assert one["Compared with what"].strong == "Lidocaine-only injection (done the same way)"
    assert [box.strong for title, box in one.items() if title != "Compared with what"] == ["?"] * (len(one) - 1)


@pytest.mark.parametrize(
    ("trial", "title", "strong"),
    [
        ("topol2011", "Who took part", "65 knees"),
        ("topol2011", "People did not know what they got", "In part"),
        ("topol2011", "How many were lost", "0%"),
        ("topol2011", "The plan was told before the start", "No"),
        ("topol2011", "What others judged", "High risk of bias (Cairns 2018); 10 of 10 (Hauser 2016)"),
        ("nakase2020", "How many were lost", "12.2%"),
        ("nakase2020", "The plan was told before the start", "Not seen"),
        ("wu2022", "People did not know what they got", "Unclear"),
    ],
)
def test_a_box_says_what_the_files_have(trial, title, strong):
    assert boxes(trial=trial)[title].strong == strong


def test_a_judgement_says_what_it_means_where_it_stands():
    assert boxes()["What others judged"].text.startswith("Risk of bias: how easily the way a trial was made can push")


def test_what_is_not_seen_is_counted_only_if_it_was_asked_for():
    sentence = VIEW.render(FROZEN, replace(EVERY, trial="wu2022")).sentence
    assert "**7 of 7** facts are shown. Of these, **3** were not seen where we looked." in sentence
    few = VIEW.render(FROZEN, replace(EVERY, trial="wu2022", facts=("people", "lost"))).sentence
    assert "**2 of 7** facts are shown. Of these, **1** was not seen" in few
    assert "no fact is shown yet" in VIEW.render(FROZEN, replace(EVERY, facts=())).sentence
