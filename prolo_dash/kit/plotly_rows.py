"""Charts of rows as Plotly figures. Labels of rows are not in it: the browser writes them as text."""

from itertools import accumulate
from typing import Any

from prolo_dash.kit.charts import ChartRow, Panel, RowChart, Ticks
from prolo_dash.kit.plotly_figure import LEAST, PlotlyFigure, suffix
from prolo_dash.kit.plotly_marks import trace
from prolo_dash.kit.row_sizes import LABEL_WIDTH, Size, head, label_lines
from prolo_dash.kit.theme import TEMPLATE


def row_chart(chart: RowChart) -> PlotlyFigure:
    """Panels below each other."""
    wide, narrow = Size(True, chart.bar), Size(False, chart.bar)
    placed = [
        (suffix(i), marks, middles, small_middles)
        for i, panel in enumerate(chart.panels)
        for middles, small_middles in [(wide.middles(panel), narrow.middles(panel))]
        for marks in panel.marks
    ]
    drawn = [trace(marks, chart.bar, middles, small_middles) for _, marks, middles, small_middles in placed]
    return PlotlyFigure(
        data=tuple(
            own | {"xaxis": f"x{axis}", "yaxis": f"y{axis}"} for (own, _), (axis, *_) in zip(drawn, placed, strict=True)
        ),
        layout=_layout(chart.panels, wide) | {"template": TEMPLATE},
        narrow=_layout(chart.panels, narrow),
        narrow_data=tuple(small for _, small in drawn),
        panels=_labels(chart.panels, wide, narrow),
    )


def _starts(panels: tuple[Panel, ...], size: Size) -> list[int]:
    """Where panels begin, and where the last one ends: pixels from the upper edge."""
    return [0, *accumulate(size.height(panel) for panel in panels)]


def _layout(panels: tuple[Panel, ...], size: Size) -> dict[str, Any]:
    """The layout for a wide screen; for a narrow one, what differs."""
    *starts, end = _starts(panels, size)
    total = max(LEAST, end)
    out: dict[str, Any] = {
        "height": total,
        "margin": {"l": LABEL_WIDTH if size.wide else 8, "r": 30, "t": 0, "b": 0},
    }
    for i, (panel, start) in enumerate(zip(panels, starts, strict=True)):
        top, plot = start + head(panel), size.plot(panel)
        domain = [round(max(0.0, 1 - (top + plot) / total), 5), round(1 - top / total, 5)]
        out[f"yaxis{suffix(i)}"] = {"range": [plot, 0], "domain": domain, "anchor": f"x{suffix(i)}"}
        title = {"title": {"text": "<br>".join(size.axis_title(panel))}}
        axis = {"range": list(panel.span), "anchor": f"y{suffix(i)}"}
        out[f"xaxis{suffix(i)}"] = axis | title | _ticks(panel.ticks, size)
    return out


def _ticks(ticks: Ticks, size: Size) -> dict[str, Any]:
    out: dict[str, Any] = {"tickmode": "array", "tickvals": list(ticks.at)} if ticks.at else {}
    if ticks.names:
        names = ticks.names if size.wide else ticks.short
        out |= {"ticktext": list(names), "ticks": "", "zeroline": False, "tickangle": 0}
    return out | ({"tickformat": ","} if ticks.thousands else {})


def _labels(panels: tuple[Panel, ...], wide: Size, narrow: Size) -> tuple[dict[str, Any], ...]:
    """What the page's script needs of panels: labels, headings, and where their rows begin."""
    starts = zip(_starts(panels, wide), _starts(panels, narrow), strict=True)
    return tuple(
        {
            "rows": [_label(row, wide, narrow) for row in panel.rows],
            "axis": f"y{suffix(i)}",
            "heading": panel.heading,
            "wide": start + head(panel),
            "narrow": small_start + head(panel),
        }
        | ({"columns": _columns(panel.ticks)} if panel.ticks.names else {})
        for i, (panel, (start, small_start)) in enumerate(zip(panels, starts, strict=False))
    )


def _columns(ticks: Ticks) -> dict[str, Any]:
    """Names of places on the axis, which stand above the rows, too: their lines, on a wide screen and on a phone."""
    wide, narrow = ([name.split("<br>") for name in names] for names in (ticks.names, ticks.short))
    return {"at": list(ticks.at), "wide": wide, "narrow": narrow}


def _label(row: ChartRow, wide: Size, narrow: Size) -> dict[str, Any]:
    """The lines of a label, as a still one has them, the row's height, and on a phone the label's foot."""
    title, detail, flag = ("\n".join(lines) for lines in label_lines(row))
    sizes = {"wide": wide.row(row), "narrow": narrow.row(row), "foot": narrow.label_foot(row)}
    marks = {"marks": [[mark.glyph, mark.said] for mark in row.marks]} if row.marks else {}
    return {"title": title, "detail": detail, "flag": flag} | marks | sizes
