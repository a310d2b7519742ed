"""Prepared states are what the live part would answer, state by state; and they stay small."""

import gzip
import json
from itertools import accumulate

import pytest

from prolo_dash.chapters.registry import VIEW_BY_KEY
from prolo_dash.evidence.library import library
from prolo_dash.kit.controls import all_values, encoded, to_query
from prolo_dash.render.html import FRAGMENTS, answer_to
from prolo_dash.render.precompute import pack

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


def unpacked(known):
    """All states as a page reads them, written down here a second time."""
    for number, places in enumerate(zip(*map(accumulate, known["columns"]), strict=True)):
        state, *fragments, figure = ([known["texts"][i] for i in known["lists"][place]] for place in places)
        yield {
            "state": "&".join(state),
            "fragments": {role: "\n".join(lines) for role, lines in zip(known["fragments"], fragments, strict=True)},
            "figure": json.loads("".join(figure)),
            "unavailable": known["unavailable"][number],
        }


@each_view
def test_a_prepared_state_is_what_the_live_part_answers(key, packed):
    """A setting that can't be combined has the state of the nearest that can; every 16th of these is asked for too."""
    view, (_, known) = VIEW_BY_KEY[key], packed(key)
    assert tuple(known["fragments"]) == FRAGMENTS
    kept = list(unpacked(known))
    combinations = list(all_values(view.state, library()))
    for i, (number, state) in enumerate(zip(accumulate(known["index"]), combinations, strict=True)):
        nearest = view.normalise(state)
        assert kept[number]["state"] == to_query(nearest)
        if state == nearest or i % 16 == 0:
            params = {name: encoded(getattr(state, name)) for name, control in view.controls(library()).items()}
            answer = answer_to(library(), {"view": key, "params": params})
            expected = {name: answer[name] for name in ("state", "fragments", "figure", "unavailable")}
            assert kept[number] == json.loads(json.dumps(expected, default=str))


@each_view
def test_controls_and_their_values_stand_in_the_order_of_the_index(key, packed):
    _, known = packed(key)
    declared = VIEW_BY_KEY[key].controls(library())
    usual = VIEW_BY_KEY[key].default_state(library())
    for (name, values, default), (own, control) in zip(known["controls"], declared.items(), strict=True):
        assert name == own
        assert values == [encoded(value) for value in control.values()]
        assert default == encoded(getattr(usual, name))


@each_view
def test_all_states_of_a_view_are_a_small_file(key, packed):
    size, _ = packed(key)
    assert size < MOST_BYTES
