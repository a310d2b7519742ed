"""No group is told by hue alone: another colour comes with another shape, fill or rim, in the chart and in the key."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import combinations
from typing import Any

import pytest

from prolo_dash.chapters.registry import VIEW_BY_KEY
from prolo_dash.evidence.library import library
from prolo_dash.kit import plotly
from prolo_dash.kit.plotly_figure import PlotlyFigure
from prolo_dash.kit.theme import LIGHT

CHANGED: dict[str, dict[str, str]] = {"certainty": {}, "gain": {"show": "difference"}}


def looks(figure: PlotlyFigure) -> Iterator[tuple[str, tuple[str, bool, str]]]:
    """Each mark's colour; and its shape, whether it has a dot, and the colour of its rim."""
    for trace in figure.data:
        if "marker" not in trace or "symbol" not in trace["marker"]:
            continue
        marker: dict[str, Any] = trace["marker"]
        many = len(marker["symbol"])
        colours, rims = (
            [value] * many if isinstance(value, str) else value for value in (marker["color"], marker["line"]["color"])
        )
        for symbol, colour, rim in zip(marker["symbol"], colours, rims, strict=True):
            yield colour, (symbol, symbol.endswith("-dot"), "" if rim == colour else rim)


@pytest.mark.parametrize("key", CHANGED)
def test_groups_of_two_colours_never_look_alike_without_them(key: str) -> None:
    view = VIEW_BY_KEY[key]
    rendering = view.render(library(), replace(view.default_state(library()), **CHANGED[key]))
    seen: dict[str, set[tuple[str, bool, str]]] = {}
    for colour, look in looks(plotly.figure(rendering.chart)):
        seen.setdefault(colour, set()).add(look)
    assert len(seen) > 1
    for one, two in combinations(seen, 2):
        assert seen[one] & seen[two] == set(), (one, two)
    marks = [entry.mark for entry in rendering.key]
    assert len(set(marks)) == len(marks) == len(seen)
    assert {LIGHT[entry.colour] for entry in rendering.key} == set(seen)


def test_the_label_under_the_pointer_says_what_a_trial_was_compared_with() -> None:
    view = VIEW_BY_KEY["certainty"]
    rendering = view.render(library(), view.default_state(library()))
    (trace,) = plotly.figure(rendering.chart).data
    said = [entry.label for entry in rendering.key]
    assert all(text.endswith(tuple(said)) for text in trace["hovertext"])


def test_squares_that_would_change_have_a_cross_and_no_fill() -> None:
    view = VIEW_BY_KEY["certainty_fragility"]
    changed = [
        t
        for t in plotly.figure(view.render(library(), view.default_state(library())).chart).data
        if t.get("line", {}).get("color") == LIGHT["flag"]
    ]
    assert changed
    for trace in changed:
        first = trace["x"][: trace["x"].index(None)]
        assert trace["fill"] == "none"
        assert len(first) > 5  # the four corners of a square, back to the first, and on across
