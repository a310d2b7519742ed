"""Icon arrays as Plotly figures: each grid has axes of its own, and its words are an annotation."""

import textwrap
from html import escape
from typing import Any

from prolo_dash.kit.icon_array import SIDE, Group, IconArray
from prolo_dash.kit.plotly_figure import PlotlyFigure, suffix
from prolo_dash.kit.plotly_marks import filled
from prolo_dash.kit.theme import LIGHT, TEMPLATE, Fill

_CHARS = 20  # of a line beside a grid on a phone
_LINE = 18
_WIDE, _NARROW = 250, 166  # pixels of a grid
_GAP = 24
_COLUMN, _STEP = 0.3, 0.35  # width of a grid's place and distance to the next, as shares of the chart


def icon_array(chart: IconArray) -> PlotlyFigure:
    """Grids side by side; on a narrow screen below each other, with their words to the right."""
    groups = chart.groups
    return PlotlyFigure(
        data=tuple(trace for i, group in enumerate(groups) for trace in _traces(group, suffix(i))),
        layout=_layout(groups, wide=True) | {"template": TEMPLATE},
        narrow=_layout(groups, wide=False) | {"meta": {"parts": len(groups)}},  # of equal height, for the page's script
        narrow_data=tuple({} for _ in groups for _ in range(2)),
    )


def _traces(group: Group, axis: str) -> tuple[dict[str, Any], dict[str, Any]]:
    """Outlines, not markers: Plotly draws marks of one id only once, and all squares are of one table row."""
    fill = filled(Fill(group.colour, group.hatched))
    solid = {"fill": "toself", "fillcolor": fill["color"], "line": {"width": 0}}
    if group.hatched:
        solid["fillpattern"] = fill["pattern"]
    hollow = {"fill": "none", "line": {"width": 1.5, "color": LIGHT[group.colour]}}
    return (
        _squares(group.key, range(group.filled), axis) | solid,
        _squares(group.key, range(group.filled, SIDE * SIDE), axis) | hollow,
    )


def _squares(key: str, places: range, axis: str) -> dict[str, Any]:
    x: list[float | None] = []
    y: list[float | None] = []
    for place in places:
        row, column = divmod(place, SIDE)
        left, right, top, foot = column + 0.1, column + 0.9, row + 0.1, row + 0.9
        x += [left, right, right, left, left, None]
        y += [top, top, foot, foot, top, None]
    return {
        "type": "scatter",
        "mode": "lines",
        "x": x,
        "y": y,
        "ids": [key] * len(x),
        "xaxis": f"x{axis}",
        "yaxis": f"y{axis}",
        "hoverinfo": "skip",
    }


def _lines(group: Group) -> list[str]:
    own = [escape(line, quote=False) for note in group.notes for line in textwrap.wrap(note, _CHARS)]
    soft = f'<span style="color:{LIGHT["soft"]}">{"<br>".join(own)}</span>'
    counts = f"{group.filled} filled: better", f"{SIDE * SIDE - group.filled} hollow: not better"
    title = (f"<b>{escape(line, quote=False)}</b>" for line in textwrap.wrap(group.title, _CHARS))
    return [*title, *counts, soft]


def _height(group: Group) -> int:
    return _LINE * (len(_lines(group)) + _lines(group)[-1].count("<br>")) + 10


def _layout(groups: tuple[Group, ...], wide: bool) -> dict[str, Any]:
    head = max(_height(group) for group in groups) if wide else 0
    block = _WIDE if wide else _NARROW
    step = max(block, *(_height(group) for group in groups)) + _GAP
    total = head + block + 8 if wide else step * len(groups)
    out: dict[str, Any] = {"height": total, "margin": {"l": 0, "r": 0, "t": 0, "b": 0}, "annotations": []}
    for i, group in enumerate(groups):
        own = suffix(i)
        top = head if wide else i * step
        across = [round(i * _STEP, 3), round(i * _STEP + _COLUMN, 3)] if wide else [0, 0.4]
        down = [round(max(0.0, 1 - (top + block) / total), 5), round(1 - top / total, 5)]
        out[f"xaxis{own}"] = _axis([0, SIDE], across, f"y{own}", "left")
        out[f"yaxis{own}"] = _axis([SIDE, 0], down, f"x{own}", "top") | {"scaleanchor": f"x{own}"}
        out["annotations"].append(_label(group, own, head))
    return out


def _axis(span: list[int], domain: list[float], anchor: str, toward: str) -> dict[str, Any]:
    """Squares stay square: the axis shrinks rather than stretches."""
    fixed = {"visible": False, "fixedrange": True, "constrain": "domain", "constraintoward": toward}
    return {"range": span, "domain": domain, "anchor": anchor} | fixed


def _label(group: Group, axis: str, head: int) -> dict[str, Any]:
    """The words of a grid: ``head`` pixels above it, or to its right where there is no room above."""
    if not head:
        return {"x": SIDE, "xshift": 14, "yanchor": "top", "yshift": 0}
    place = {"xref": f"x{axis}", "yref": f"y{axis}", "x": 0, "y": 0, "yanchor": "top", "yshift": head}
    return {"text": "<br>".join(_lines(group))} | place
