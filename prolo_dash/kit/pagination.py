"""A chart of rows that is taller than a sheet of paper, in parts: cut between rows, each part with its own axis."""

from dataclasses import dataclass
from typing import Any

from prolo_dash.kit.charts import AXIS, HEAD, LABEL_WIDTH, NO_HEAD
from prolo_dash.kit.view import Chart

PlotlyFigure = dict[str, Any]  # data and layout, as plotly.js takes them


@dataclass(frozen=True)
class _Panel:
    """A panel as it stands in a wide layout: the end of its axes' names, its heading, the edges of its rows."""

    suffix: str
    heading: dict[str, Any] | None
    labels: tuple[dict[str, Any], ...]
    edges: tuple[float, ...]

    @property
    def around(self) -> int:
        """What it takes beside its rows."""
        return (HEAD if self.heading else NO_HEAD) + AXIS


@dataclass(frozen=True)
class _Slice:
    """Some rows of a panel, from ``first`` to before ``end``."""

    panel: _Panel
    first: int
    end: int

    @property
    def top(self) -> float:
        """Where its rows begin, in the panel's pixels."""
        return self.panel.edges[self.first]

    @property
    def rows_height(self) -> float:
        """How high its rows are together."""
        return self.panel.edges[self.end] - self.top

    @property
    def height(self) -> float:
        """How high it is with its heading and its axis."""
        return self.panel.around + self.rows_height

    def holds(self, y: float) -> bool:
        """Whether something at this height of the panel belongs to its rows."""
        return self.top <= y < self.panel.edges[self.end]


def parts(figure: Chart, tallest: float, later: float) -> tuple[PlotlyFigure, ...]:
    """A figure as it is on a wide screen, in parts: the first of at most ``tallest`` pixels, the others of ``later``.

    What has no rows stays whole, and so does a row that is taller than that.
    """
    if figure.layout["height"] <= tallest or not _has_rows(figure.layout):
        return ({"data": figure.data, "layout": figure.layout},)
    return tuple(_part(figure, slices) for slices in _cut(_panels(figure.layout), tallest, later))


def _has_rows(layout: dict[str, Any]) -> bool:
    """Whether ``charts.stack`` made this layout: it writes labels and headings to the left of the plot."""
    shifts = {annotation.get("xshift") for annotation in layout.get("annotations", ())}
    return shifts == {-LABEL_WIDTH}


def _panels(layout: dict[str, Any]) -> list[_Panel]:
    """The panels of a layout that ``charts.stack`` made: each heading comes before the labels of its rows."""
    headings: dict[str, dict[str, Any]] = {}
    labels: dict[str, list[dict[str, Any]]] = {}
    heading = None
    for annotation in layout["annotations"]:
        if annotation["yref"] == "paper":
            heading = annotation
            continue
        labels.setdefault(annotation["yref"], []).append(annotation)
        if heading:
            headings[annotation["yref"]], heading = heading, None
    return [_Panel(y[1:], headings.get(y), tuple(own), _edges(own)) for y, own in labels.items()]


def _edges(labels: list[dict[str, Any]]) -> tuple[float, ...]:
    """Where rows meet: a label stands in the middle of its row, and the first row begins at 0."""
    edges = [0.0]
    for label in labels:
        edges.append(2 * label["y"] - edges[-1])
    return tuple(edges)


def _cut(panels: list[_Panel], tallest: float, later: float) -> list[list[_Slice]]:
    """As many rows in each part as it has room for."""
    done: list[list[_Slice]] = [[]]
    for panel in panels:
        first = 0
        while first < len(panel.labels):
            room = (tallest if len(done) == 1 else later) - sum(s.height for s in done[-1]) - panel.around
            end = first
            while end < len(panel.labels) and panel.edges[end + 1] - panel.edges[first] <= room:
                end += 1
            if end == first and done[-1]:
                done.append([])
                continue
            end = max(end, first + 1)
            done[-1].append(_Slice(panel, first, end))
            first = end
    return done


def _part(figure: Chart, slices: list[_Slice]) -> PlotlyFigure:
    total = sum(s.height for s in slices)
    layout = {k: v for k, v in figure.layout.items() if not k.startswith(("xaxis", "yaxis"))}
    layout |= {"height": total, "annotations": []}
    top = 0.0
    for s in slices:
        suffix, plot = s.panel.suffix, top + s.panel.around - AXIS
        span = {"range": [s.top + s.rows_height, s.top]}
        domain = {"domain": [max(0.0, 1 - (plot + s.rows_height) / total), 1 - plot / total]}
        layout[f"xaxis{suffix}"] = figure.layout[f"xaxis{suffix}"]
        layout[f"yaxis{suffix}"] = figure.layout[f"yaxis{suffix}"] | span | domain
        if s.panel.heading:
            layout["annotations"].append(_heading(s, 1 - (top + 6) / total))
        layout["annotations"] += s.panel.labels[s.first : s.end]
        top += s.height
    here = {f"y{s.panel.suffix}": s for s in slices}
    return {
        "data": [_of_rows(trace, here[trace["yaxis"]]) for trace in figure.data if trace["yaxis"] in here],
        "layout": layout,
    }


def _heading(s: _Slice, y: float) -> dict[str, Any]:
    heading = dict(s.panel.heading or {})
    text = heading["text"].replace("</b>", ", continued</b>") if s.first else heading["text"]
    return heading | {"text": text, "y": y}


def _of_rows(trace: dict[str, Any], s: _Slice) -> dict[str, Any]:
    kept = [i for i, y in enumerate(trace["y"]) if s.holds(y)]
    picked: dict[str, Any] = _picked(trace, kept, len(trace["y"]))
    return picked


def _picked(value: Any, kept: list[int], among: int) -> Any:
    """Of every list that has an entry for each point, the entries of the points that are kept."""
    if isinstance(value, dict):
        return {key: _picked(inner, kept, among) for key, inner in value.items()}
    if isinstance(value, list | tuple) and len(value) == among:
        return [value[i] for i in kept]
    return value
