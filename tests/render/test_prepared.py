"""Prepared states are what the live part would answer, state by state; and they stay small."""

import gzip
import json
from dataclasses import dataclass, replace
from functools import cache
from itertools import accumulate
from typing import Any

import pytest

from prolo_dash.chapters.registry import VIEW_BY_KEY
from prolo_dash.evidence.library import library
from prolo_dash.kit.controls import all_values, encoded, to_query
from prolo_dash.render import html, precompute
from prolo_dash.render.html import FRAGMENTS, Payload, answer_to

MOST_BYTES = 150_000  # of one view

each_view = pytest.mark.parametrize("key", tuple(VIEW_BY_KEY))


@dataclass(frozen=True)
class Packed:
    """The prepared states of a view: how many bytes they take, what a page reads, and what each state was made of."""

    size: int
    known: dict[str, Any]
    payloads: dict[Any, Payload]


@cache
def packed(key):
    payloads = {}

    def kept(known, view, state):
        return payloads.setdefault(state, html.payload(known, view, state))

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(precompute, "payload", kept)
        content = precompute.pack(library(), VIEW_BY_KEY[key])
    return Packed(len(content), json.loads(gzip.decompress(content)), payloads)


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
def test_a_prepared_state_is_what_the_live_part_answers(key, monkeypatch):
    """A setting that can't be combined has the state of the nearest that can; every 16th of these is asked for too.

    Both are made of one rendering of the state; every 16th is rendered anew.
    """
    view, known, payloads = VIEW_BY_KEY[key], packed(key).known, packed(key).payloads
    anew = html.payload

    def again(_, view, state, notice, trials):
        return replace(payloads[view.normalise(state)], notice=notice)

    assert tuple(known["fragments"]) == FRAGMENTS
    kept = list(unpacked(known))
    combinations = list(all_values(view.state, library()))
    for i, (number, state) in enumerate(zip(accumulate(known["index"]), combinations, strict=True)):
        nearest = view.normalise(state)
        assert kept[number]["state"] == to_query(nearest)
        if state == nearest or i % 16 == 0:
            monkeypatch.setattr(html, "payload", again if i % 16 else anew)
            params = {name: encoded(getattr(state, name)) for name, control in view.controls(library()).items()}
            answer = answer_to(library(), {"view": key, "params": params})
            expected = {name: answer[name] for name in ("state", "fragments", "figure", "unavailable")}
            assert kept[number] == json.loads(json.dumps(expected, default=str))


@each_view
def test_controls_and_their_values_stand_in_the_order_of_the_index(key):
    known = packed(key).known
    declared = VIEW_BY_KEY[key].controls(library())
    usual = VIEW_BY_KEY[key].default_state(library())
    for (name, values, default), (own, control) in zip(known["controls"], declared.items(), strict=True):
        assert name == own
        assert values == [encoded(value) for value in control.values()]
        assert default == encoded(getattr(usual, name))


@each_view
def test_all_states_of_a_view_are_a_small_file(key):
    assert packed(key).size < MOST_BYTES
