"""Charts as Plotly figures: for wide screens, what differs on phones, and still ones for paper and pictures."""

from functools import singledispatch
from html import escape
from typing import Any

from prolo_dash.kit.plotly_figure import PlotlyFigure
from prolo_dash.kit.plotly_icon_array import icon_array
from prolo_dash.kit.plotly_plane import histogram, pairs, plane
from prolo_dash.kit.plotly_rows import row_chart
from prolo_dash.kit.row_sizes import HEADING, LABEL_WIDTH
from prolo_dash.kit.theme import LIGHT
from prolo_dash.kit.view import Chart


@singledispatch
def figure(chart: Chart) -> PlotlyFigure:
    """A chart as a figure."""
    raise TypeError(f"no figure is known for {type(chart).__name__}")


figure.register(row_chart)
figure.register(plane)
figure.register(histogram)
figure.register(pairs)
figure.register(icon_array)


def still(chart: Chart) -> dict[str, Any]:
    """A chart as a Plotly figure that has its labels in it, laid out for wide screens."""
    drawn = figure(chart)
    annotations = [*drawn.layout.get("annotations", ()), *_annotations(drawn)]
    return {"data": drawn.data, "layout": drawn.layout | {"annotations": annotations}}


def _annotations(drawn: PlotlyFigure) -> list[dict[str, Any]]:
    out = []
    for panel in drawn.panels:
        if panel["heading"]:
            place = {"yref": "paper", "y": 1 - (panel["wide"] - HEADING) / drawn.layout["height"], "yanchor": "top"}
            out.append(_text(f"<b>{escape(panel['heading'], quote=False)}</b>", place))
        top = 0
        for row in panel["rows"]:
            out.append(_text(_markup(row), {"yref": panel["axis"], "y": top + row["wide"] / 2}))
            top += row["wide"]
    return out


def _text(text: str, place: dict[str, Any]) -> dict[str, Any]:
    return {"text": text, "x": 0, "xshift": -LABEL_WIDTH} | place


def _markup(row: dict[str, Any]) -> str:
    title, detail, flag = (escape(row[part], quote=False).replace("\n", "<br>") for part in ("title", "detail", "flag"))
    glyphs = " ".join(glyph for glyph, _ in row.get("marks", ()))
    below = ((detail, "soft"), (flag, "flag"), (glyphs, "soft"))
    soft = [f'<span style="color:{LIGHT[c]}">{text}</span>' for text, c in below if text]
    return "<br>".join([f"<b>{title}</b>", *soft])
