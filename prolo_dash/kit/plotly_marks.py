"""Marks of rows as Plotly traces. Colours are those of the light theme; a dark page replaces them."""

from collections.abc import Iterable, Sequence
from functools import singledispatch
from html import escape
from typing import Any

from prolo_dash.kit.charts import Bands, Bars, Mark, Marks, Notes, Outline, Outlines, Points, Symbols, fine
from prolo_dash.kit.theme import LIGHT, Fill
from prolo_dash.stats.effects import Estimate

_CLEAR = "rgba(0,0,0,0)"
_RIM = 1.5  # pixels around a band
Trace = dict[str, Any]


def trace(marks: Marks[Mark], bar: int, middles: Sequence[float], small: Sequence[float]) -> tuple[Trace, Trace]:
    """Marks as a trace, and what differs of it on a phone.

    ``middles`` are the middles of rows, in pixels from the top of the plot; ``small`` the same on a phone.
    """
    look, look_on_phone = _look(marks, bar)
    ids = [mark.key for mark in marks.marks for _ in _heights(mark, bar, middles)]
    named = {"ids": ids} if all(ids) else {}
    return look | named | _down(marks, bar, middles), look_on_phone | _down(marks, bar, small)


def _down(marks: Marks[Mark], bar: int, middles: Sequence[float]) -> Trace:
    return {"y": [at for mark in marks.marks for at in _heights(mark, bar, middles)]}


def _heights(mark: Mark, bar: int, middles: Sequence[float]) -> list[float]:
    """The height of each point of a mark, in pixels from the top of the plot."""
    offsets = [down for _, down in _gap(mark.corners)] if isinstance(mark, Outline) else [mark.offset]
    return [round(middles[mark.row] + bar * offset, 1) for offset in offsets]


@singledispatch
def _look(marks: Marks[Any], bar: int) -> tuple[Trace, Trace]:
    """A trace without its y values, and what differs on a phone."""
    raise TypeError(f"no trace is known for {type(marks).__name__}")


@_look.register
def _(marks: Bars, bar: int) -> tuple[Trace, Trace]:
    text = [mark.text for mark in marks.marks]
    intervals = [mark.interval for mark in marks.marks if mark.interval]
    on_light = {"insidetextfont": {"size": 14, "color": LIGHT["on_without"]}}
    return {
        "type": "bar",
        "base": [mark.start for mark in marks.marks],
        "x": [mark.length for mark in marks.marks],
        "width": bar * marks.width,
        "marker": filled(marks.fill),
        "text": text,
        "hovertext": _escaped(mark.hover for mark in marks.marks),
        **(on_light if any(text) and marks.fill.colour == "without" else {}),
        **({"error_x": _limits(intervals, "ink")} if intervals else {}),
        **({"opacity": marks.opacity} if marks.opacity < 1 else {}),
    }, {}


@_look.register
def _(marks: Points, _bar: int) -> tuple[Trace, Trace]:
    shapes = [mark.shape if mark.estimate.has_interval else f"{mark.shape}-open" for mark in marks.marks]
    hover = _escaped(mark.hover for mark in marks.marks)
    colour = LIGHT[marks.colour]
    return {
        "type": "scatter",
        "mode": "markers",
        "x": [mark.estimate.value for mark in marks.marks],
        "marker": {"symbol": shapes, "size": 11, "color": colour, "line": {"width": 2, "color": colour}},
        "error_x": _limits([mark.estimate for mark in marks.marks], marks.colour),
        **({"hovertext": hover} if any(hover) else {"hoverinfo": "skip"}),
    }, {}


@_look.register
def _(marks: Notes, _bar: int) -> tuple[Trace, Trace]:
    colour = LIGHT[marks.colour]
    return {
        "type": "scatter",
        "mode": "text",
        "x": [mark.at for mark in marks.marks],
        "text": [f"\u2002\u200a<b>{text}</b>" for text in _escaped(mark.text for mark in marks.marks)],
        "hoverinfo": "skip",
        **({} if marks.colour == "ink" else {"textfont": {"size": 14, "color": colour}}),
    }, {"textfont": {"size": 12, "color": colour}}


@_look.register
def _(marks: Symbols, _bar: int) -> tuple[Trace, Trace]:
    sizes = [mark.size for mark in marks.marks]
    marker = {
        "symbol": [mark.shape for mark in marks.marks],
        "color": LIGHT[marks.colour],
        **({"line": {"width": marks.rim, "color": LIGHT[marks.rim_colour]}} if marks.rim else {}),
        **({"opacity": 1.0} if len(set(sizes)) > 1 else {}),  # Plotly fades marks whose sizes differ
    }
    look = {
        "type": "scatter",
        "mode": "markers",
        "x": [mark.at for mark in marks.marks],
        "hovertext": _escaped(mark.hover for mark in marks.marks),
        "marker": marker | {"size": _one_or_all(sizes)},
    }
    small: Trace = {"marker": marker | {"size": _one_or_all([marks.small * size for size in sizes])}}
    if marks.text_inside:
        small["textfont"] = {"size": 12, "color": LIGHT[marks.text_colour]}
    return look | _written(marks), small if marks.small < 1 else {}


@_look.register
def _(marks: Outlines, _bar: int) -> tuple[Trace, Trace]:
    colour = LIGHT[marks.colour]
    return {
        "type": "scatter",
        "mode": "lines",
        "x": [x for mark in marks.marks for x, _ in _gap(mark.corners)],
        "line": {"width": 1.5, "color": colour},
        "hoverinfo": "skip",
        **({"fill": "toself", "fillcolor": colour} if marks.filled else {"fill": "none"}),
    }, {}


@_look.register
def _(marks: Bands, bar: int) -> tuple[Trace, Trace]:
    return {
        "type": "bar",
        "base": [mark.low for mark in marks.marks],
        "x": [fine(mark.high - mark.low) for mark in marks.marks],
        "width": bar,
        "marker": filled(Fill(marks.colour, rim=_RIM, rim_colour=marks.rim_colour)),
        "hovertext": _escaped(mark.hover for mark in marks.marks),
    }, {}


def _gap(corners: tuple[tuple[float, float], ...]) -> tuple[tuple[float | None, float], ...]:
    """Corners, and a gap before the next shape's."""
    return (*corners, (None, 0.0))


def _written(marks: Symbols) -> Trace:
    """The texts of symbols."""
    texts = _escaped(mark.text for mark in marks.marks)
    if not any(texts):
        return {}
    font = {"mode": "markers+text", "textfont": {"size": 14, "color": LIGHT[marks.text_colour]}}
    if marks.text_inside:
        return font | {"text": [text.replace(" ", "<br>") for text in texts], "textposition": "middle center"}
    return font | {"text": [f"\u2002{text}" if text else "" for text in texts]}


def _one_or_all(sizes: list[float]) -> float | list[float]:
    return sizes[0] if len(set(sizes)) == 1 else sizes


def _escaped(texts: Iterable[str]) -> list[str]:
    return [escape(text, quote=False) for text in texts]


def filled(fill: Fill) -> Trace:
    """The marker of bars."""
    colours = LIGHT[fill.colour] if isinstance(fill.colour, str) else [LIGHT[colour] for colour in fill.colour]
    line = {"width": fill.rim} | ({"color": LIGHT[fill.rim_colour] if fill.rim_colour else colours} if fill.rim else {})
    out: Trace = {"color": _CLEAR if fill.hollow else colours, "line": line}
    if fill.hatched:
        pattern = {"shape": "/", "fgcolor": LIGHT["control_hatch"], "bgcolor": colours, "size": 8, "solidity": 0.35}
        out["pattern"] = pattern
    return out


def _limits(estimates: list[Estimate], colour: str) -> Trace:
    """The intervals of a trace; nothing is drawn where there is none."""
    return {
        "type": "data",
        "symmetric": False,
        "array": [0 if e.high is None else fine(e.high - e.value) for e in estimates],
        "arrayminus": [0 if e.low is None else fine(e.value - e.low) for e in estimates],
        "color": LIGHT[colour],
        "thickness": 2,
        "width": 0,
    }
