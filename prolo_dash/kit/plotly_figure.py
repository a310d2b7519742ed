"""What a chart becomes for plotly.js."""

from dataclasses import dataclass
from typing import Any

from prolo_dash.kit.theme import TEMPLATE

LEAST = 10  # the least height that Plotly takes


@dataclass(frozen=True)
class PlotlyFigure:
    """A Plotly figure, laid out for wide screens.

    ``narrow`` (layout keys) and ``narrow_data`` (one a trace) are what differs under 640 px. ``panels`` are the labels
    of rows with the height of each row in pixels, and of each panel the heading, where its rows begin, and the names of
    its columns if it has any.
    """

    data: tuple[dict[str, Any], ...]
    layout: dict[str, Any]
    narrow: dict[str, Any]
    narrow_data: tuple[dict[str, Any], ...]
    panels: tuple[dict[str, Any], ...] = ()


def suffix(index: int) -> str:
    """What the names of an axis end with in Plotly."""
    return "" if index == 0 else str(index + 1)


_NO_MARGIN = {"l": 0, "r": 0, "t": 0, "b": 0}
EMPTY = PlotlyFigure((), {"height": LEAST, "margin": _NO_MARGIN, "template": TEMPLATE}, {"height": LEAST}, ())
