"""Charts with a scale on both sides as Plotly figures. They stretch to the height that a screen has."""

from html import escape
from typing import Any

from prolo_dash.kit.plane import Histogram, Pairs, Plane
from prolo_dash.kit.plotly_figure import EMPTY, PlotlyFigure
from prolo_dash.kit.theme import LIGHT, TEMPLATE

_STRETCHES = {"stretches": True}  # read by the page's script
_FEW = 10  # counts up to here have a tick each


def plane(chart: Plane) -> PlotlyFigure:
    """Marks over two axes; no figure for no marks."""
    dots = chart.dots
    if not dots:
        return EMPTY
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
    layout = _layout(chart, chart.x_ticks, 460) | {"template": TEMPLATE, "meta": _STRETCHES}
    short = {k: v.replace(" ", "<br>") for k, v in chart.x_ticks.items()}
    narrow = _layout(chart, short, 400) | {"margin": {"l": 50, "r": 12, "t": 16, "b": 74}}
    return PlotlyFigure((trace,), layout, narrow, ({"y": trace["y"], "textfont": {"size": 11}},))


def _layout(chart: Plane, ticks: dict[int, str], height: int) -> dict[str, Any]:
    return {
        "height": height,
        "margin": {"l": 70, "r": 40, "t": 16, "b": 60},
        "xaxis": {
            "type": "log",
            "title": {"text": chart.x_title},
            "tickvals": list(ticks),
            "ticktext": list(ticks.values()),
            "tickangle": 0,
            "zeroline": False,
        },
        "yaxis": _counts(max(d.y for d in chart.dots), chart.y_title),
    }


def histogram(chart: Histogram) -> PlotlyFigure:
    """Upright bars, the marked part of each below the rest."""
    bins = chart.bins
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
        "meta": _STRETCHES | {"rises": True},  # in the page's style; Plotly's own transition loses axes of fast charts
        "xaxis": {"title": {"text": chart.x_title}},
        "yaxis": _counts(max(b.count for b in bins), chart.y_title),
    }
    narrow = {"height": 340, "margin": {"l": 50, "r": 10, "t": 12, "b": 60}}
    return PlotlyFigure(traces, wide, narrow, ({}, {}))


def pairs(chart: Pairs) -> PlotlyFigure:
    """Two upright bars at each place, the second one slender before the first; no figure for no counts."""
    counted = chart.counted
    if not counted:
        return EMPTY
    low, high = chart.span
    places, floor = [float(p.at) for p in counted], [0] * len(counted)
    ids = {"ids": [p.key for p in counted]}
    traces = (
        _upright(places, [0.8] * len(counted), floor, [p.before for p in counted], "axis") | ids,
        _upright(places, [0.3] * len(counted), floor, [p.after for p in counted], "ink") | ids,
    )
    most = max(max(p.before, p.after) for p in counted)
    wide = {
        "height": 340,
        "template": TEMPLATE,
        "margin": {"l": 70, "r": 30, "t": 12, "b": 60},
        "meta": _STRETCHES,
        "xaxis": {"title": {"text": chart.x_title}, "range": [low - 0.7, high + 0.7], "dtick": 1},
        "yaxis": _counts(most, chart.y_title) | {"dtick": 1 if most < _FEW else 5},
    }
    narrow = {"height": 300, "margin": {"l": 50, "r": 10, "t": 12, "b": 60}}
    return PlotlyFigure(traces, wide, narrow, ({}, {}))


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
