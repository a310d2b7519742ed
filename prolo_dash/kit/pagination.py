"""A chart of rows that is taller than a sheet of paper, in parts: cut between rows, each part with its own axis."""

from dataclasses import replace

from prolo_dash.kit.charts import Panel, RowChart
from prolo_dash.kit.row_sizes import Size
from prolo_dash.kit.view import Chart


def parts(chart: Chart, tallest: float, later: float) -> tuple[Chart, ...]:
    """A chart as it is on a wide screen, in parts: the first of at most ``tallest`` pixels, the others of ``later``.

    What has no rows stays whole, and so does a row that is taller than that.
    """
    if not isinstance(chart, RowChart):
        return (chart,)
    size = Size(wide=True, bar=chart.bar)
    if sum(map(size.height, chart.panels)) <= tallest:
        return (chart,)
    return tuple(replace(chart, panels=tuple(panels)) for panels in _cut(chart.panels, size, tallest, later))


def _cut(panels: tuple[Panel, ...], size: Size, tallest: float, later: float) -> list[list[Panel]]:
    """As many rows in each part as it has room for."""
    done: list[list[Panel]] = [[]]
    for panel in panels:
        first = 0
        while first < len(panel.rows):
            room = (tallest if len(done) == 1 else later) - sum(map(size.height, done[-1])) - size.around(panel)
            end = first + _fitting([size.row(row) for row in panel.rows[first:]], room)
            if end == first and done[-1]:
                done.append([])
                continue
            end = max(end, first + 1)
            done[-1].append(panel.part(first, end))
            first = end
    return done


def _fitting(heights: list[int], room: float) -> int:
    """How many rows, from the first, are no higher together than the room."""
    return sum(sum(heights[: i + 1]) <= room for i in range(len(heights)))
