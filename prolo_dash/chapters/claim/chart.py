"""Bars that count the article's claims by what they come with."""

from prolo_dash.chapters.claim.words import backing_rows
from prolo_dash.evidence.claims import Backing
from prolo_dash.kit.charts import ChartRow, Panel, bars, notes, stack
from prolo_dash.kit.theme import Fill
from prolo_dash.kit.view import Chart


def chart(backing: Backing) -> Chart:
    """A bar for each thing that a claim may come with."""
    rows, total = backing_rows(backing), backing.total
    y = list(range(len(rows)))
    values = [float(n) for *_, n in rows]
    texts = [f"{n} of {total}" for *_, n in rows]
    ids = [key for key, *_ in rows]
    fill = Fill("ink")
    traces = (
        bars(y, [0.0] * len(y), values, [""] * len(y), fill, texts, ids=ids),
        notes(y, values, texts, ids=ids),
    )
    labels = tuple(ChartRow(label, detail) for _, label, detail, _ in rows)
    return stack((Panel("", f"claims, of {total} in the article", (0.0, total * 1.16), labels, traces),))
