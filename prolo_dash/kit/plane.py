"""Charts with a scale on both sides: marks, and upright bars that count, alone or in pairs."""

from dataclasses import dataclass
from html import escape
from typing import Any

from prolo_dash.kit.charts import stack
from prolo_dash.kit.theme import LIGHT, TEMPLATE
from prolo_dash.kit.view import Chart


@dataclass(frozen=True)
class Dot:
    """One mark. ``label`` is written above it, empty for none, to the left where there is no room to the right.

    ``colour`` and ``rim`` name tokens of the theme.
    """

    key: str
    x: float
    y: float
    symbol: str
    colour: str
    label: str
    hover: str
    label_left: bool = False
    rim: str = "paper"


def plane(dots: list[Dot], x_title: str, y_title: str, x_ticks: dict[int, str]) -> Chart:
    """Marks over a logarithmic x axis with named ticks and a linear y axis from 0; no figure for no marks."""
    if not dots:
        return stack(())
    trace = {
        "type": "scatter",
        "mode": "markers+text",
        "x": [d.x for d in dots],
        "y": [d.y for d in dots],
        "ids": [d.key for d in dots],
        "text": [escape(d.label, quote=False) for d in dots],
        "textposition": ["top left" if d.label_left else "top center" for d in dots],
        "hovertext": [d.hover for d in dots],
        "marker": {
            "symbol": [d.symbol for d in dots],
            "color": [LIGHT[d.colour] for d in dots],
            "size": 13,
            "opacity": 0.85,
            # A hollow mark has its own colour for a line; a dot in it is as thick as the line.
            "line": {
                "width": [1 if d.rim == "paper" and not d.symbol.endswith(("-open", "-dot")) else 2.5 for d in dots],
                "color": [LIGHT[d.rim] for d in dots],
            },
        },
    }
    layout = _layout(dots, x_title, y_title, x_ticks, 460)
    short = {k: v.replace(" ", "<br>") for k, v in x_ticks.items()}
    narrow = _layout(dots, x_title, y_title, short, 400) | {"margin": {"l": 50, "r": 12, "t": 16, "b": 74}}
    narrow.pop("template")
    return Chart((trace,), layout, narrow, ({"y": trace["y"], "textfont": {"size": 11}},))


def _layout(dots: list[Dot], x_title: str, y_title: str, ticks: dict[int, str], height: int) -> dict[str, Any]:
    return {
        "height": height,
        "template": TEMPLATE,
        "margin": {"l": 70, "r": 40, "t": 16, "b": 60},
        "xaxis": {
            "type": "log",
            "title": {"text": x_title},
            "tickvals": list(ticks),
            "ticktext": list(ticks.values()),
            "tickangle": 0,
            "zeroline": False,
        },
        "yaxis": _counts(max(d.y for d in dots), y_title),
    }


@dataclass(frozen=True)
class Bin:
    """One bar of a histogram: its range, how many, and how many of them are marked."""

    key: str
    low: float
    high: float
    count: int
    significant: int


def histogram(bins: list[Bin], x_title: str, y_title: str) -> Chart:
    """Upright bars, the marked part of each below the rest."""
    middles = [(b.low + b.high) / 2 for b in bins]
    widths = [0.92 * (b.high - b.low) for b in bins]
    marked = [b.significant for b in bins]
    rest = [b.count - b.significant for b in bins]
    ids = {"ids": [b.key for b in bins]}
    traces = (
        _upright(middles, widths, [0] * len(bins), marked, "ink") | ids,
        _upright(middles, widths, marked, rest, "axis") | ids,
    )
    wide = {
        "height": 380,
        "template": TEMPLATE,
        "margin": {"l": 70, "r": 30, "t": 12, "b": 60},
        "meta": {"rises": True},  # told to the page's style; Plotly's own transition loses axes when charts follow fast
        "xaxis": {"title": {"text": x_title}},
        "yaxis": _counts(max(b.count for b in bins), y_title),
    }
    narrow = {"height": 340, "margin": {"l": 50, "r": 10, "t": 12, "b": 60}}
    return Chart(traces, wide, narrow, ({}, {}))


_FEW = 10  # counts up to here have a tick each


@dataclass(frozen=True)
class Pair:
    """Two counts at one place: the first and the second time."""

    key: str
    at: int
    before: int
    after: int


def pairs(counted: list[Pair], span: tuple[int, int], x_title: str, y_title: str) -> Chart:
    """Two upright bars side by side at each place of ``span``; no figure for no counts."""
    if not counted:
        return stack(())
    widths = [0.4] * len(counted)
    floor = [0] * len(counted)
    ids = {"ids": [p.key for p in counted]}
    traces = (
        _upright([p.at - 0.21 for p in counted], widths, floor, [p.before for p in counted], "axis") | ids,
        _upright([p.at + 0.21 for p in counted], widths, floor, [p.after for p in counted], "ink") | ids,
    )
    most = max(max(p.before, p.after) for p in counted)
    wide = {
        "height": 340,
        "template": TEMPLATE,
        "margin": {"l": 70, "r": 30, "t": 12, "b": 60},
        "xaxis": {"title": {"text": x_title}, "range": [span[0] - 0.7, span[1] + 0.7], "dtick": 1},
        "yaxis": _counts(most, y_title) | {"dtick": 1 if most < _FEW else 5},
    }
    narrow = {"height": 300, "margin": {"l": 50, "r": 10, "t": 12, "b": 60}}
    return Chart(traces, wide, narrow, ({}, {}))


def _upright(x: list[float], width: list[float], base: list[int], height: list[int], colour: str) -> dict[str, Any]:
    return {
        "type": "bar",
        "orientation": "v",
        "x": x,
        "width": width,
        "base": base,
        "y": height,
        "marker": {"color": LIGHT[colour], "line": {"width": 0}},
        "hovertext": [str(n) for n in height],
    }


def _counts(most: float, title: str) -> dict[str, Any]:
    return {
        "visible": True,
        "range": [0, 1.08 * most],
        "title": {"text": title, "font": {"size": 14, "color": LIGHT["soft"]}},
        "tickfont": {"size": 14, "color": LIGHT["soft"]},
        "showgrid": False,
    }
