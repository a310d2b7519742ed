"""Charts of rows: a label, and bars or points beside it (above it on a narrow screen).

Rows stand at y = 0, 1, 2 … from the top of their panel. A panel is a set of rows that share one scale.
"""

import textwrap
from dataclasses import dataclass
from html import escape
from typing import Any

from prolo_dash.stats.effects import Estimate
from prolo_dash.views.theme import LIGHT, layout, row_axis, value_axis
from prolo_dash.views.view import Figure

LABEL_WIDTH = 300  # pixels left of the plot, wide screens
_WIDE_CHARS, _NARROW_CHARS = 40, 46
_LINE = 18
_AXIS, _HEAD = 52, 34


@dataclass(frozen=True)
class ChartRow:
    """The label of one row: strong title, soft detail, warning."""

    title: str
    detail: str
    flag: str = ""


@dataclass(frozen=True)
class Panel:
    """Rows on one scale. Traces use y = 0 … rows - 1."""

    heading: str
    axis_title: str
    span: tuple[float, float]
    rows: tuple[ChartRow, ...]
    traces: tuple[dict[str, Any], ...]


@dataclass(frozen=True)
class _Size:
    """How rows are laid out on one kind of screen, in pixels."""

    wide: bool
    bar: int

    def row_height(self, row: ChartRow) -> int:
        """Room for the label beside the bar (wide) or above it."""
        if self.wide:
            return max(self.bar + 18, _LINE * _lines(row, _WIDE_CHARS) + 16)
        return _LINE * _lines(row, _NARROW_CHARS) + self.bar + 20

    def middles(self, panel: Panel) -> list[float]:
        """Where each row's bar stands: pixels from the top of the panel's plot."""
        heights = [self.row_height(row) for row in panel.rows]
        below = [sum(heights[: i + 1]) for i in range(len(heights))]
        return [end - (h / 2 if self.wide else 10 + self.bar / 2) for end, h in zip(below, heights, strict=True)]

    def plot(self, panel: Panel) -> int:
        """Height of a panel's plot."""
        return sum(self.row_height(row) for row in panel.rows)

    def height(self, panel: Panel) -> int:
        """Height of a panel with its heading and axis."""
        return _head(panel) + self.plot(panel) + _AXIS


def _head(panel: Panel) -> int:
    return _HEAD if panel.heading else 6


def stack(panels: tuple[Panel, ...], bar: int = 28) -> Figure:
    """One figure of panels below each other. ``bar`` is the height in pixels of what stands in a row."""
    wide, narrow = _Size(True, bar), _Size(False, bar)
    placed = [(i, panel, trace) for i, panel in enumerate(panels) for trace in panel.traces]
    data = [
        {k: v for k, v in trace.items() if k != "offsets"}
        | {"xaxis": f"x{_suffix(i)}", "yaxis": f"y{_suffix(i)}"}
        | _in_pixels(trace, wide, panel)
        for i, panel, trace in placed
    ]
    return Figure(
        data=tuple(data),
        layout=_layout(panels, wide),
        narrow=_layout(panels, narrow),
        narrow_data=tuple({"y": _in_pixels(trace, narrow, panel)["y"]} for _, panel, trace in placed),
    )


def _suffix(index: int) -> str:
    return "" if index == 0 else str(index + 1)


def _in_pixels(trace: dict[str, Any], size: _Size, panel: Panel) -> dict[str, Any]:
    """Rows become pixels; offsets and widths, given in bar heights, too."""
    middles = size.middles(panel)
    y = [round(middles[row] + size.bar * off, 1) for row, off in zip(trace["y"], trace["offsets"], strict=True)]
    return {"y": y} | ({"width": size.bar * trace["width"]} if "width" in trace else {})


def _lines(row: ChartRow, chars: int) -> int:
    return sum(len(_wrap(part, chars)) for part in (row.title, row.detail, row.flag) if part)


def _wrap(text: str, chars: int) -> list[str]:
    return textwrap.wrap(text, chars) or [""]


def _layout(panels: tuple[Panel, ...], size: _Size) -> dict[str, Any]:
    margin = {"l": LABEL_WIDTH if size.wide else 8, "r": 30, "t": 0, "b": 0, "pad": 0}
    total = sum(size.height(panel) for panel in panels)
    out = layout(total, margin=margin, annotations=[])
    done = 0
    for i, panel in enumerate(panels):
        suffix, plot = _suffix(i), size.plot(panel)
        top = done + _head(panel)
        domain = [max(0.0, 1 - (top + plot) / total), 1 - top / total]
        out[f"yaxis{suffix}"] = row_axis(0, plot, domain=domain, anchor=f"x{suffix}")
        out[f"xaxis{suffix}"] = value_axis(panel.axis_title, panel.span, anchor=f"y{suffix}")
        if panel.heading:
            out["annotations"].append(_heading(panel.heading, 1 - (done + 6) / total, size))
        middles = zip(panel.rows, size.middles(panel), strict=True)
        out["annotations"] += [_label(row, y, f"y{suffix}", size) for row, y in middles]
        done += size.height(panel)
    return out


def _heading(text: str, y: float, size: _Size) -> dict[str, Any]:
    shift = -LABEL_WIDTH if size.wide else 0
    return _note(f"<b>{escape(text)}</b>", 15, xref="paper", x=0, xshift=shift, yref="paper", y=y, yanchor="top")


def _label(row: ChartRow, y: float, axis: str, size: _Size) -> dict[str, Any]:
    chars = _WIDE_CHARS if size.wide else _NARROW_CHARS
    lines = [f"<b>{escape(line)}</b>" for line in _wrap(row.title, chars)]
    lines += [_coloured(line, "soft") for line in _wrap(row.detail, chars) if line]
    lines += [_coloured(line, "flag") for line in _wrap(row.flag, chars) if line]
    place: dict[str, Any] = {"xref": "paper", "x": 0, "yref": axis, "y": y}
    if size.wide:
        place |= {"xshift": -LABEL_WIDTH, "yanchor": "middle"}
    else:
        place |= {"yanchor": "bottom", "yshift": size.bar / 2 + 1}
    return _note("<br>".join(lines), 14, **place)


def _coloured(text: str, colour: str) -> str:
    return f'<span style="color:{LIGHT[colour]}">{escape(text)}</span>'


def _note(text: str, size: int, **place: Any) -> dict[str, Any]:
    font = {"size": size, "color": LIGHT["ink"]}
    return {"text": text, "showarrow": False, "align": "left", "xanchor": "left", "font": font} | place


def bars(
    rows: list[int],
    base: list[float],
    length: list[float],
    text: list[str],
    fill: dict[str, Any],
    hover: list[str],
    offset: float = 0.0,
    width: float = 1.0,
) -> dict[str, Any]:
    """Horizontal bars, one a row, with their text inside."""
    return {
        "type": "bar",
        "orientation": "h",
        "y": rows,
        "offsets": [offset] * len(rows),
        "base": base,
        "x": length,
        "width": width,
        "marker": fill,
        "text": text,
        "textposition": "inside",
        "insidetextanchor": "end",
        "textangle": 0,
        "constraintext": "none",
        "textfont": {"size": 14, "color": LIGHT["on_mark"]},
        "hovertext": hover,
        "hoverinfo": "text",
        "cliponaxis": False,
    }


def notes(rows: list[int], at: list[float], text: list[str], offset: float = 0.0) -> dict[str, Any]:
    """Text to the right of a point on the scale."""
    return {
        "type": "scatter",
        "mode": "text",
        "y": rows,
        "offsets": [offset] * len(rows),
        "x": at,
        "text": text,
        "textposition": "middle right",
        "textfont": {"size": 14, "color": LIGHT["ink"]},
        "hoverinfo": "skip",
        "cliponaxis": False,
    }


def points(
    rows: list[int],
    estimates: list[Estimate],
    symbols: list[str],
    colour: str,
    hover: list[str],
    offsets: list[float],
) -> dict[str, Any]:
    """Estimates with their intervals; hollow where there is no interval."""
    shapes = [s if e.has_interval else f"{s}-open" for s, e in zip(symbols, estimates, strict=True)]
    return {
        "type": "scatter",
        "mode": "markers",
        "y": rows,
        "offsets": offsets,
        "x": [e.value for e in estimates],
        "marker": {"symbol": shapes, "size": 11, "color": LIGHT[colour], "line": {"width": 2, "color": LIGHT[colour]}},
        "error_x": {
            "type": "data",
            "symmetric": False,
            "array": [0 if e.high is None else e.high - e.value for e in estimates],
            "arrayminus": [0 if e.low is None else e.value - e.low for e in estimates],
            "color": LIGHT[colour],
            "thickness": 2,
            "width": 0,
        },
        "hovertext": hover,
        "hoverinfo": "text",
        "cliponaxis": False,
    }
