"""The gain chapter's charts: bars of each group, or a forest of differences."""

from dataclasses import replace

from prolo_dash.chapters.gain.facts import Facts
from prolo_dash.chapters.gain.reading import Gain, GainState, by_axis, differences_of, gain_of
from prolo_dash.evidence.comparison import Comparison, Difference
from prolo_dash.evidence.library import Library
from prolo_dash.kit.charts import (
    ChartRow,
    Mark,
    Marks,
    Notes,
    Panel,
    Points,
    bars,
    notes,
    points,
    stack,
    with_room,
)
from prolo_dash.kit.scales import PER_100, Scale, span
from prolo_dash.kit.smallest_change_bands import ends, noticed_bands
from prolo_dash.kit.theme import ROLE_COLOUR, ROLE_SHAPE, Fill
from prolo_dash.kit.trial_mark_words import marked_row
from prolo_dash.kit.two_gaps import beside_difference
from prolo_dash.kit.view import Chart
from prolo_dash.kit.wording import counted_in
from prolo_dash.stats.effects import Estimate


def chart(library: Library, known: Facts) -> Chart:
    """The chart of one state."""
    panel = _forest if known.state.show == "difference" else _bars
    most = max((len(c.arms) for c in known.drawn), default=1) if known.state.show == "groups" else 1
    panels = tuple(panel(library, known, scale, own) for scale, own in by_axis(known.drawn, known.state))
    return stack(panels, bar={1: 28, 2: 40, 3: 54}.get(most, 66))


def _bars(library: Library, known: Facts, scale: Scale, own: list[Comparison]) -> Panel:
    state = known.state
    gain = gain_of(state)
    traces: list[Marks[Mark]] = []
    held: list[float] = []
    lows: list[float] = []
    texts: list[str] = []
    for role in ROLE_COLOUR:
        found = _bar_cells(own, role, gain, state)
        if not found:
            continue
        values = [scale.on_axis(e) for *_, e in found]
        held += [max(e.value, e.high or e.value) for e in values]
        lows += [e.value if e.low is None else e.low for e in values]
        texts += [scale.text(e.value) for *_, e in found]
        traces += _bar_traces(own, role, scale, found, values)
    axis = with_room((0.0, 104.0) if scale is PER_100 else span([*lows, *held]), held, texts)
    unit = f"{scale.unit} {counted_in(own)}" if scale is PER_100 else scale.unit
    return Panel(scale.heading, unit, axis, tuple(marked_row(library, c) for c in own), tuple(traces))


Placed = tuple[int, float, float, Estimate]  # row, offset and width in bar heights, gain


def _bar_cells(own: list[Comparison], role: str, gain: Gain, state: GainState) -> list[Placed]:
    out: list[Placed] = []
    for y, comparison in enumerate(own):
        arms = comparison.arms if state.show == "groups" else (comparison.intervention,)
        shown = [(f, e) for f in arms if (e := gain(comparison, f))]
        for i, (figure, estimate) in enumerate(shown):
            if figure.arm.role == role:
                out.append((y, (i + 0.5) / len(shown) - 0.5, 0.9 / len(shown), estimate))
    return out


def _bar_traces(
    own: list[Comparison], role: str, scale: Scale, found: list[Placed], values: list[Estimate]
) -> list[Marks[Mark]]:
    traces: list[Marks[Mark]] = []
    for width in sorted({w for _, _, w, _ in found}):
        part = [(p, e) for p, e in zip(found, values, strict=True) if p[2] == width]
        y = [p[0] for p, _ in part]
        offsets = [p[1] for p, _ in part]
        texts = [scale.interval(p[3]) for p, _ in part]
        ids = [own[row].comparison_id for row in y]
        fill = Fill(ROLE_COLOUR[role], role == "control")
        bar = bars(
            y,
            [0.0] * len(y),
            [e.value for _, e in part],
            [""] * len(y),
            fill,
            texts,
            width=width,
            ids=ids,
            offsets=offsets,
            intervals=[e for _, e in part],
        )
        ends = [max(e.value, e.high or 0.0, 0.0) for _, e in part]
        label = notes(y, ends, [scale.text(p[3].value) for p, _ in part], ids=ids, offsets=offsets)
        traces += [bar, label]
    return traces


def _forest(library: Library, known: Facts, scale: Scale, own: list[Comparison]) -> Panel:
    found = [
        (y, c, d, (i + 0.5) / len(differences_of(c, known.state)) - 0.5)
        for y, c in enumerate(own)
        for i, d in enumerate(differences_of(c, known.state))
    ]
    estimates = [scale.on_axis(d.estimate) for _, _, d, _ in found]
    tips = [max(e.value, e.high or e.value) for e in estimates]
    texts = [scale.difference(d.estimate) for _, _, d, _ in found]
    traces = [
        trace
        for role in ROLE_COLOUR
        if (mine := [v for v in found if v[2].versus.arm.role == role])
        for trace in _marks(mine, role, scale)
    ]
    noticed = noticed_bands([c.comparison_id for c in own], known.smallest)
    held = [v for e in estimates for v in (e.value, e.low, e.high) if v is not None]
    held += ends(noticed)
    return Panel(
        scale.heading,
        _difference_title(scale, library.topic.intervention, counted_in(own)),
        with_room(span(held), tips, texts),
        tuple(_forest_label(library, c, known.state) for c in own),
        (*noticed, *traces),
    )


def _forest_label(library: Library, comparison: Comparison, state: GainState) -> ChartRow:
    """The label of a row, with the gap by the gains where the difference is another."""
    row = marked_row(library, comparison)
    beside = "" if state.scale == "sd" else beside_difference(comparison)
    return replace(row, detail=f"{row.detail}; {beside}") if beside else row


Found = tuple[int, Comparison, Difference, float]  # row, comparison, difference, offset in bar heights


def _marks(mine: list[Found], role: str, scale: Scale) -> tuple[Points, Notes]:
    """The differences against one kind of group, and their numbers."""
    rows_, offsets = [v[0] for v in mine], [v[3] for v in mine]
    estimates = [scale.on_axis(d.estimate) for _, _, d, _ in mine]
    texts = [scale.difference(d.estimate) for _, _, d, _ in mine]
    hover = [f"against {d.versus.arm.label}: {text}" for (_, _, d, _), text in zip(mine, texts, strict=True)]
    symbols = [ROLE_SHAPE[role]] * len(mine)
    ids = [c.comparison_id for _, c, _, _ in mine]
    marks = points(rows_, estimates, symbols, ROLE_COLOUR[role], hover, offsets, ids=ids)
    ends = [max(e.value, e.high or e.value) for e in estimates]
    return marks, notes(rows_, ends, texts, ids=ids, offsets=offsets)


def _difference_title(scale: Scale, intervention: str, counted: str) -> str:
    if scale is PER_100:
        return f"more counted as better after {intervention}, per 100 {counted}"
    return f"difference in {scale.unit}; right of 0 = {intervention} better"
