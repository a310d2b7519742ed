"""Prepared states are what the live part would answer, state by state; and they stay small."""

import gzip
import json
from itertools import accumulate

import pytest

from prolo_dash.editions.html import FRAGMENTS, answer_to
from prolo_dash.editions.prepared import pack
from prolo_dash.evidence.library import library
from prolo_dash.views.chapters import VIEW_BY_KEY
from prolo_dash.views.controls import all_values, controls_of

MOST_BYTES = 150_000  # of one view

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
    places = [list(accumulate(column))[number] for column in known["columns"]]
    state, *fragments, figure = ([known["texts"][i] for i in known["lists"][place]] for place in places)
    return {
        "state": "&".join(state),
        "fragments": {role: "\n".join(lines) for role, lines in zip(known["fragments"], fragments, strict=True)},
        "figure": json.loads("".join(figure)),
        "unavailable": known["unavailable"][number],
    }


@each_view
def test_a_prepared_state_is_what_the_live_part_answers(key, packed):
    _, known = packed(key)
    assert tuple(known["fragments"]) == FRAGMENTS
    combinations = list(all_values(VIEW_BY_KEY[key].state))
    for number, state in zip(accumulate(known["index"]), combinations, strict=True):
        params = {name: control.encode(getattr(state, name)) for name, control in controls_of(type(state)).items()}
        answer = answer_to(library(), {"view": key, "params": params})
        expected = {name: answer[name] for name in ("state", "fragments", "figure", "unavailable")}
        assert unpacked(known, number) == json.loads(json.dumps(expected, default=str))


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
