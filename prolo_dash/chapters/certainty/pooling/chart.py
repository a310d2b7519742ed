"""The chart of a pooled set: each trial, the average, one more such trial, and the average without each."""

from prolo_dash.chapters.certainty.pooling.facts import Facts
from prolo_dash.chapters.certainty.pooling.lines import Line, lines
from prolo_dash.chapters.certainty.pooling.words import unit
from prolo_dash.evidence.library import Library
from prolo_dash.kit.charts import Panel, Points, notes, points, stack, with_room
from prolo_dash.kit.scales import span
from prolo_dash.kit.smallest_change_bands import ends, noticed_bands
from prolo_dash.kit.view import Chart


def chart(library: Library, known: Facts) -> Chart:
    """The marks of each row, with the smallest change that people notice; empty where nothing is pooled."""
    chosen = known.chosen
    if chosen is None:
        return stack(())
    rows = lines(library, chosen)
    texts = [chosen.scale.told(row.estimate) for row in rows]
    tips = [e.high if e.high is not None else e.value for e in (row.estimate for row in rows)]
    keys = [row.key for row in rows]
    noticed = noticed_bands(keys, dict.fromkeys(keys, chosen.smallest) if chosen.smallest else {})
    held = [v for row in rows for v in (row.estimate.low, row.estimate.high) if v is not None] + ends(noticed)
    traces = [_marks(rows, averaged) for averaged in (False, True)]
    label = notes(list(range(len(rows))), tips, texts, ids=keys)
    title = f"difference in {unit(chosen)}; right of 0 = {library.topic.intervention} better"
    axis = with_room(span(held), tips, texts)
    return stack((Panel("", title, axis, tuple(row.label for row in rows), (*noticed, *traces, label)),))


def _marks(rows: list[Line], averaged: bool) -> Points:
    mine = [(y, line) for y, line in enumerate(rows) if line.averaged is averaged]
    shape, colour = ("diamond", "ink") if averaged else ("circle", "control")
    y, ids = [y for y, _ in mine], [line.key for _, line in mine]
    estimates = [line.estimate for _, line in mine]
    return points(y, estimates, [shape] * len(y), colour, [], [0.0] * len(y), ids=ids)
