"""Prepared states are what the live part would answer, state by state; and they stay small."""

import gzip
import json

import pytest

from prolo_dash.editions.html import FRAGMENTS, answer_to
from prolo_dash.editions.prepared import pack
from prolo_dash.evidence.library import library
from prolo_dash.views.chapters import VIEW_BY_KEY
from prolo_dash.views.controls import all_values, controls_of

MOST_BYTES = 300_000  # of one view

each_view = pytest.mark.parametrize("key", tuple(VIEW_BY_KEY))


@pytest.fixture(scope="module")
def packed():
    found = {}

    def get(key):
        if key not in found:
            content = pack(library(), VIEW_BY_KEY[key])
            found[key] = len(content), json.loads(gzip.decompress(content))
        return found[key]

    return get


def unpacked(known, number):
    """A state as a page reads it, written down here a second time."""
    state, fragments, figure, unavailable = known["states"][number]
    text = lambda place, joint: joint.join(known["texts"][i] for i in known["lists"][place])  # noqa: E731
    return {
        "state": text(state, "&"),
        "fragments": {role: text(place, "\n") for role, place in zip(known["fragments"], fragments, strict=True)},
        "figure": json.loads(text(figure, "")),
        "unavailable": unavailable,
    }


@each_view
def test_a_prepared_state_is_what_the_live_part_answers(key, packed):
    _, known = packed(key)
    assert tuple(known["fragments"]) == FRAGMENTS
    combinations = list(all_values(VIEW_BY_KEY[key].state))
    assert len(known["index"]) == len(combinations)
    for place, state in enumerate(combinations):
        params = {name: control.encode(getattr(state, name)) for name, control in controls_of(type(state)).items()}
        answer = answer_to(library(), {"view": key, "params": params})
        expected = {name: answer[name] for name in ("state", "fragments", "figure", "unavailable")}
        assert unpacked(known, known["index"][place]) == json.loads(json.dumps(expected, default=str))


@each_view
def test_controls_and_their_values_stand_in_the_order_of_the_index(key, packed):
    _, known = packed(key)
    declared = controls_of(VIEW_BY_KEY[key].state)
    usual = VIEW_BY_KEY[key].state()
    for (name, values, default), (own, control) in zip(known["controls"], declared.items(), strict=True):
        assert name == own
        assert values == [control.encode(value) for value in control.values()]
        assert default == control.encode(getattr(usual, name))


@each_view
def test_all_states_of_a_view_are_a_small_file(key, packed):
    size, _ = packed(key)
    assert size < MOST_BYTES
