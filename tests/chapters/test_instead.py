"""Where a choice leaves nothing to draw, the outcomes that have figures are offered, with how many trials have them."""

from dataclasses import replace
from pathlib import Path

import pytest

from prolo_dash.chapters.registry import VIEW_BY_KEY
from prolo_dash.evidence.library import library
from prolo_dash.render.html import answer_to

FROZEN = library(Path(__file__).parents[1] / "frozen")
KNEE = ("knee_osteoarthritis",)
offering = pytest.mark.parametrize("key", ["gain", "caveat"])


def render(key, **settings):
    view = VIEW_BY_KEY[key]
    return view.render(FROZEN, view.normalise(replace(view.default_state(FROZEN), **settings)))


@offering
def test_each_outcome_is_offered_with_as_many_trials_as_it_then_draws(key):
    offered = render(key, conditions=KNEE).instead
    assert [one.value for one in offered] == ["pain", "function"]
    for one in offered:
        shown = render(key, conditions=KNEE, outcome=one.value)
        drawn = {FROZEN.comparison_by_id[row.key].study.study_id for row in shown.table.rows}
        plural = "trials have" if len(drawn) > 1 else "trial has"
        assert one.text == f"{len(drawn)} {plural} {one.value} scores: show them"


@offering
def test_nothing_is_offered_where_something_is_drawn_or_nothing_is_chosen(key):
    assert render(key).instead == ()
    assert render(key, conditions=()).instead == ()


def test_an_offer_is_a_button():
    said = answer_to(FROZEN, {"view": "gain", "params": {"conditions": KNEE[0]}})["fragments"]["instead"]
    assert said.count('<button type="button" data-set="outcome" value="pain">') == 1
