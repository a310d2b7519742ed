"""The page's conditions: what the menu of a view is set to when the page is about one condition."""

from pathlib import Path

import pytest

from prolo_dash.chapters.registry import CHAPTER_VIEWS
from prolo_dash.evidence.library import library
from prolo_dash.kit.page_conditions import settings_by_condition

FROZEN = library(Path(__file__).parents[1] / "frozen")


def test_a_menu_of_conditions_is_set_to_the_condition_or_group():
    later = settings_by_condition(FROZEN, CHAPTER_VIEWS["certainty_later"])
    assert later["low_back"] == "condition=low_back"
    assert later["knee_osteoarthritis"] == "condition=knee_osteoarthritis"


def test_a_menu_of_trials_opens_with_a_trial_on_the_condition():
    single = settings_by_condition(FROZEN, CHAPTER_VIEWS["caveat_trial"])
    name, _, value = single["lateral_elbow_tendon"].partition("=")
    assert name == "trial"
    assert FROZEN.comparison_by_id[value].study.condition == "lateral_elbow_tendon"


def test_the_usual_trial_stays_where_it_is_about_the_condition():
    view = CHAPTER_VIEWS["caveat_trial"]
    usual = view.default_state(FROZEN).trial
    condition = FROZEN.comparison_by_id[usual].study.condition
    assert settings_by_condition(FROZEN, view)[condition] == f"trial={usual}"


def test_a_condition_that_a_menu_does_not_offer_is_left_out():
    offered = {c.study.condition for c in FROZEN.comparisons if c.comparison_id in _trials(FROZEN)}
    found = settings_by_condition(FROZEN, CHAPTER_VIEWS["certainty_fragility"])
    assert offered <= found.keys()
    assert "knee_osteoarthritis" not in found


def _trials(library):
    menu = CHAPTER_VIEWS["certainty_fragility"].controls(library)["trial"]
    return {option.value for option in menu.options}


def test_a_claim_that_is_on_the_condition_alone_comes_before_one_on_several():
    """The article names the knee in a list of conditions and, further on, tells of a study on knees."""
    claims = settings_by_condition(FROZEN, CHAPTER_VIEWS["claim"])
    assert claims["knee_osteoarthritis"] == "claim=knee_better"
    assert claims["finger_osteoarthritis"] == "claim=conditions_studied"
    assert "lateral_elbow_tendon" not in claims


@pytest.mark.parametrize("key", ["gain", "sources_words", "certainty_pooling"])
def test_a_view_without_such_a_menu_has_no_settings(key):
    assert settings_by_condition(FROZEN, CHAPTER_VIEWS[key]) == {}
