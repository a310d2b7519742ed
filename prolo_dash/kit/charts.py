"""Charts of rows: a label, and bars or points beside it (above it on a narrow screen).

Rows stand at y = 0, 1, 2 … from the top of their panel. A panel is a set of rows that share one scale.
"""

from dataclasses import dataclass, replace
from functools import lru_cache
from html import escape
from typing import Any

from wcwidth import wrap

from prolo_dash.kit.theme import LIGHT, TEMPLATE
from prolo_dash.kit.view import Chart
from prolo_dash.stats.effects import Estimate

LABEL_WIDTH = 300  # pixels left of the plot, wide screens
_TITLE_CHARS, _CHARS = 33, 37  # a line of the label, strong and plain
_PHONE_CHARS = 38  # an axis title or heading on a phone
_LINE = 18
AXIS, HEAD, NO_HEAD = 52, 34, 6  # what a panel takes above and below its rows
_EMPTY = 10  # the least height that Plotly takes


@dataclass(frozen=True)
class ChartRow:
    """The label of one row: strong title, soft detail, warning. ``below`` is room kept under the bar, in pixels."""

    title: str
    detail: str
    flag: str = ""
    below: int = 0


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
            return max(self.bar + 18 + 2 * row.below, _LINE * _lines(row) + 16)
        return _LINE * _lines(row) + self.bar + 20 + row.below

    def middles(self, panel: Panel) -> list[float]:
        """Where each row's bar stands: pixels from the top of the panel's plot."""
        heights = [self.row_height(row) for row in panel.rows]
        below = [sum(heights[: i + 1]) for i in range(len(heights))]
        rows = zip(below, heights, panel.rows, strict=True)
        return [end - (h / 2 if self.wide else 10 + row.below + self.bar / 2) for end, h, row in rows]

    def plot(self, panel: Panel) -> int:
        """Height of a panel's plot."""
        return sum(self.row_height(row) for row in panel.rows)

    def height(self, panel: Panel) -> int:
        """Height of a panel with its heading and axis."""
        lines = 1 if self.wide else len(wrap(panel.axis_title, _PHONE_CHARS))
        return _head(panel) + self.plot(panel) + AXIS + _LINE * (max(1, lines) - 1)


def _head(panel: Panel) -> int:
    return HEAD if panel.heading else NO_HEAD


def stack(panels: tuple[Panel, ...], bar: int = 28) -> Chart:
    """One figure of panels below each other. ``bar`` is the height in pixels of what stands in a row."""
    wide, narrow = _Size(True, bar), _Size(False, bar)
    placed = [(i, panel, trace) for i, panel in enumerate(panels) for trace in panel.traces]
    data = [
        {k: v for k, v in trace.items() if k != "offsets"}
        | {"xaxis": f"x{_suffix(i)}", "yaxis": f"y{_suffix(i)}"}
        | _in_pixels(trace, wide, panel)
        for i, panel, trace in placed
    ]
    return Chart(
        data=tuple(data),
        layout=_layout(panels, wide),
        narrow=_layout(panels, narrow),
        narrow_data=tuple(_narrowed(trace, narrow, panel) for _, panel, trace in placed),
    )


def _suffix(index: int) -> str:
    return "" if index == 0 else str(index + 1)


def _in_pixels(trace: dict[str, Any], size: _Size, panel: Panel) -> dict[str, Any]:
    """Rows become pixels; offsets and widths, given in bar heights, too."""
    middles = size.middles(panel)
    y = [round(middles[row] + size.bar * off, 1) for row, off in zip(trace["y"], trace["offsets"], strict=True)]
    return {"y": y} | ({"width": size.bar * trace["width"]} if "width" in trace else {})


def _narrowed(trace: dict[str, Any], narrow: _Size, panel: Panel) -> dict[str, Any]:
    """What differs of a trace on a phone: its rows, and smaller numbers."""
    small = {"textfont": {"size": 12, "color": LIGHT["ink"]}} if trace.get("mode") == "text" else {}
    return {"y": _in_pixels(trace, narrow, panel)["y"]} | small


@lru_cache(maxsize=4096)
def _lines(row: ChartRow) -> int:
    soft = sum(len(wrap(part, _CHARS)) for part in (row.detail, row.flag))
    return len(wrap(row.title, _TITLE_CHARS)) + soft


def _layout(panels: tuple[Panel, ...], size: _Size) -> dict[str, Any]:
    """The whole layout for a wide screen; for a narrow one, what differs (annotations matched by position)."""
    total = max(_EMPTY, sum(size.height(panel) for panel in panels))
    left = LABEL_WIDTH if size.wide else 8
    out: dict[str, Any] = {"height": total, "margin": {"l": left, "r": 30, "t": 0, "b": 0}, "annotations": []}
    if size.wide:
        out["template"] = TEMPLATE
    done = 0
    for i, panel in enumerate(panels):
        suffix, plot = _suffix(i), size.plot(panel)
        top = done + _head(panel)
        domain = [round(max(0.0, 1 - (top + plot) / total), 5), round(1 - top / total, 5)]
        out[f"yaxis{suffix}"] = {"range": [plot, 0], "domain": domain, "anchor": f"x{suffix}"}
        title = "<br>".join(wrap(panel.axis_title, 90 if size.wide else _PHONE_CHARS))
        out[f"xaxis{suffix}"] = {"range": list(panel.span), "anchor": f"y{suffix}", "title": {"text": title}}
        if panel.heading:
            out["annotations"].append(_heading(panel.heading, round(1 - (done + 6) / total, 5), size))
        middles = zip(panel.rows, size.middles(panel), strict=True)
        out["annotations"] += [_label(row, y, f"y{suffix}", size) for row, y in middles]
        done += size.height(panel)
    return out


def _heading(text: str, y: float, size: _Size) -> dict[str, Any]:
    if not size.wide:
        return {"y": y, "xshift": 0}
    return {
        "text": f"<b>{escape(text, quote=False)}</b>",
        "x": 0,
        "xshift": -LABEL_WIDTH,
        "yref": "paper",
        "y": y,
        "yanchor": "top",
    }


def _label(row: ChartRow, y: float, axis: str, size: _Size) -> dict[str, Any]:
    if not size.wide:
        return {"y": y, "xshift": 0, "yanchor": "bottom", "yshift": size.bar / 2 + 1, "bgcolor": LIGHT["paper"]}
    lines = [f"<b>{escape(line, quote=False)}</b>" for line in wrap(row.title, _TITLE_CHARS)]
    for text, colour in ((row.detail, "soft"), (row.flag, "flag")):
        if wrapped := wrap(text, _CHARS):
            inner = "<br>".join(escape(line, quote=False) for line in wrapped)
            lines.append(f'<span style="color:{LIGHT[colour]}">{inner}</span>')
    return {"text": "<br>".join(lines), "x": 0, "xshift": -LABEL_WIDTH, "yref": axis, "y": y}


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
    on_light = {"insidetextfont": {"size": 14, "color": LIGHT["on_without"]}}
    return (on_light if any(text) and fill["color"] == LIGHT["without"] else {}) | {
        "type": "bar",
        "y": rows,
        "offsets": [offset] * len(rows),
        "base": base,
        "x": length,
        "width": width,
        "marker": fill,
        "text": text,
        "hovertext": [escape(words, quote=False) for words in hover],
    }


def notes(rows: list[int], at: list[float], text: list[str], offset: float = 0.0) -> dict[str, Any]:
    """Text to the right of a point on the scale."""
    return {
        "type": "scatter",
        "mode": "text",
        "y": rows,
        "offsets": [offset] * len(rows),
        "x": at,
        "text": [f"\u2002\u200a<b>{escape(words, quote=False)}</b>" for words in text],
        "hoverinfo": "skip",
    }


def fine(value: float) -> float:
    """A number to four decimals, which is finer than any screen, or to three digits where it is small."""
    return round(value, 4) if abs(value) >= 0.1 else float(f"{value:.3g}")


def error_bars(estimates: list[Estimate], colour: str) -> dict[str, Any]:
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


_PHONE = 250  # pixels of a plot on the smallest phone; 30 more stand to the right of it
_DIGIT = 7.7


def with_room(axis: tuple[float, float], ends: list[float], texts: list[str]) -> tuple[float, float]:
    """The axis, widened to the right until every text written after its end fits on a phone."""
    low, high = axis
    for end, text in zip(ends, texts, strict=True):
        taken = min(0.8, max(0.0, (_DIGIT * len(_shown(text)) + 14 - 30) / _PHONE))
        high = max(high, low + (end - low) / (1 - taken))
    return low, high


def _shown(text: str) -> str:
    return text.replace("<b>", "").replace("</b>", "")


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
        "error_x": error_bars(estimates, colour),
        "hovertext": [escape(words, quote=False) for words in hover],
    }


def named_places(figure: Chart, places: tuple[dict[float, str], ...]) -> Chart:
    """The figure with words in the place of numbers on the axis of each panel."""
    return replace(figure, layout=_named(figure.layout, places), narrow=_named(figure.narrow, places))


def _named(layout: dict[str, Any], places: tuple[dict[float, str], ...]) -> dict[str, Any]:
    out = dict(layout)
    for i, named in enumerate(places):
        ticks = {"tickmode": "array", "tickvals": list(named), "ticktext": list(named.values()), "ticks": ""}
        out[f"xaxis{_suffix(i)}"] = out[f"xaxis{_suffix(i)}"] | ticks | {"zeroline": False, "tickangle": 0}
    return out
