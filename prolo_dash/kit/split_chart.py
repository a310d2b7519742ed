"""Gains as bars, cut into what the other groups also gained and the rest."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace

from prolo_dash.evidence.comparison import Comparison
from prolo_dash.evidence.library import Library
from prolo_dash.evidence.smallest_changes import SmallestChange
from prolo_dash.kit.charts import Bars, ChartRow, Mark, Marks, Notes, Panel, bars, notes, points, stack, with_room
from prolo_dash.kit.scales import PER_100, Scale, by_scale, span
from prolo_dash.kit.smallest_change_bands import ends, noticed_bands
from prolo_dash.kit.theme import SHAPES, Fill
from prolo_dash.kit.trial_mark_words import marked_row
from prolo_dash.kit.two_gaps import beside_gap
from prolo_dash.kit.view import Chart
from prolo_dash.kit.wording import counted_in
from prolo_dash.stats.effects import Estimate

Label = Callable[[Library, Comparison], ChartRow]


def figure(library: Library, drawn: Iterable[Comparison], show: str, smallest: Mapping[str, SmallestChange]) -> Chart:
    """The chart of one state: ``reported``, ``split`` or ``left``, where the rows of ``smallest`` have a band."""
    panels = (
        _left_panel(library, scale, own, smallest) if show == "left" else panel(library, scale, own, show, marked_row)
        for scale, own in by_scale(drawn)
    )
    return stack(tuple(panels))


def _left_panel(library: Library, scale: Scale, own: list[Comparison], smallest: Mapping[str, SmallestChange]) -> Panel:
    labels = tuple(_label(marked_row(library, c), c, scale, "left") for c in own)
    estimates = [scale.on_axis(c.split.added_by_intervention) for c in own if c.split]
    noticed = noticed_bands([c.comparison_id for c in own], smallest)
    limits = [v for e in estimates for v in (e.value, e.low, e.high) if v is not None] + ends(noticed)
    unit = f"more {scale.unit} {counted_in(own)}" if scale is PER_100 else scale.unit
    axis = span(limits, symmetric=min(limits) < 0)
    return Panel(scale.heading, unit, axis, labels, (*noticed, *_left(own, scale, estimates)))


def panel(library: Library, scale: Scale, own: list[Comparison], show: str, label: Label) -> Panel:
    """The rows of one scale, ``reported`` or ``split``, with what is added to the labels that ``label`` makes."""
    labels = tuple(_label(label(library, c), c, scale, show) for c in own)
    gains = [scale.factor * f.gain for c in own for f in c.arms if f.gain is not None]
    axis = (0.0, 104.0) if scale is PER_100 else span(gains)
    tips = [scale.factor * (c.intervention.gain or 0.0) for c in own]
    axis = with_room(axis, tips, [scale.text(c.intervention.gain or 0.0) for c in own])
    traces = _whole(own, scale) if show == "reported" else _parts(own, scale, axis)
    unit = f"{scale.unit} {counted_in(own)}" if scale is PER_100 else scale.unit
    return Panel(scale.heading, unit, axis, labels, traces)


def _label(row: ChartRow, comparison: Comparison, scale: Scale, show: str) -> ChartRow:
    """A label with other figures of the gap and, where the gain is cut, what the control group gained."""
    control = comparison.control
    if show != "reported" and (other := beside_gap(comparison)):
        row = replace(row, detail=f"{row.detail}; gap {other}")
    if show != "split":
        return row
    if control and control.gain is not None:
        row = replace(row, detail=f"{row.detail}; control: {scale.text(control.gain)}")
    below = any(v is not None and v < 0 for _, v in segments(comparison))
    return replace(row, below=16) if below else row


def _whole(own: list[Comparison], scale: Scale) -> tuple[Marks[Mark], ...]:
    gains = [c.intervention.gain or 0.0 for c in own]
    lengths = [scale.factor * gain for gain in gains]
    y = list(range(len(own)))
    texts = [scale.text(gain) for gain in gains]
    ids = [c.comparison_id for c in own]
    bar = bars(y, [0.0] * len(own), lengths, [""] * len(own), Fill("prolo"), texts, ids=ids)
    return bar, notes(y, [max(x, 0.0) for x in lengths], texts, ids=ids)


def _parts(own: list[Comparison], scale: Scale, axis: tuple[float, float]) -> tuple[Marks[Mark], ...]:
    """Three sets of bars, end to end, the earlier parts on top; a negative part is a thin bar that runs back below."""
    traces: list[Marks[Mark]] = []
    for colour, hatched, index in (("prolo", False, 2), ("control", True, 1), ("without", False, 0)):
        for thin in (False, True):
            part = [
                (y, start, value)
                for y, c in enumerate(own)
                for i, (start, value) in enumerate(segments(c))
                if i == index and value is not None and (value < 0) == thin
            ]
            if part:
                traces.append(_segment(own, scale, part, Fill(colour, hatched), axis, thin))
    if negatives := _negatives(own, scale):
        traces.append(negatives)
    tips = [
        scale.factor * max(0.0, c.intervention.gain or 0.0, c.control.gain or 0.0 if c.control else 0.0) for c in own
    ]
    texts = [scale.text(c.intervention.gain or 0.0) for c in own]
    traces.append(notes(list(range(len(own))), tips, texts, ids=[c.comparison_id for c in own]))
    return tuple(traces)


def _segment(
    own: list[Comparison],
    scale: Scale,
    part: list[tuple[int, float, float]],
    fill: Fill,
    axis: tuple[float, float],
    thin: bool,
) -> Bars:
    texts = ["" if thin else _fitting(scale.text(v), abs(scale.factor * v) / (axis[1] - axis[0])) for _, _, v in part]
    return bars(
        [y for y, _, _ in part],
        [scale.factor * start for _, start, _ in part],
        [scale.factor * value for _, _, value in part],
        texts,
        fill,
        [scale.signed(value) for _, _, value in part],
        offset=0.62 if thin else 0.0,
        width=0.24 if thin else 1.0,
        ids=[own[y].comparison_id for y, _, _ in part],
    )


def _fitting(text: str, share_of_axis: float) -> str:
    """The text if a bar of that share of a phone's width can hold it."""
    return text if share_of_axis > 0.02 + 0.023 * len(text) else ""


def _negatives(own: list[Comparison], scale: Scale) -> Notes | None:
    """The numbers of the thin bars, to their right."""
    found = [(y, start, v) for y, c in enumerate(own) for start, v in segments(c) if v is not None and v < 0]
    if not found:
        return None
    at = [scale.factor * max(start, 0.0) for _, start, _ in found]
    ids = [own[y].comparison_id for y, *_ in found]
    return notes([y for y, *_ in found], at, [scale.text(v) for *_, v in found], offset=0.72, ids=ids)


def segments(comparison: Comparison) -> tuple[tuple[float, float | None], ...]:
    """(start, length) of the three parts: untreated, control, intervention."""
    split = comparison.split
    assert split is not None
    without = split.untreated.value if split.untreated else None
    control = (without or 0.0) + split.added_by_control.value
    return (
        (0.0, without),
        (without or 0.0, split.added_by_control.value),
        (control, split.added_by_intervention.value),
    )


def _left(own: list[Comparison], scale: Scale, estimates: list[Estimate]) -> tuple[Marks[Mark], ...]:
    y = list(range(len(own)))
    ids = [c.comparison_id for c in own]
    hover = [scale.difference(c.split.added_by_intervention) for c in own if c.split]
    values, none = [e.value for e in estimates], [""] * len(own)
    bar = bars(y, [0.0] * len(own), values, none, Fill("prolo"), hover, ids=ids, opacity=0.55)
    symbols = [SHAPES[c.condition.symbol] for c in own]
    return bar, points(y, estimates, symbols, "ink", hover, [0.0] * len(y), ids=ids)
