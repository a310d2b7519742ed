"""Rows with a bar for each group that is meant, and its interval: what the charts of lessons are made of.

A class has to see all of a chart on one screen. So rows of unlike scores share a panel. In it each has its own scale,
and the numbers stand beside the bars.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from prolo_dash.evidence.comparison import ArmFigure, Comparison
from prolo_dash.evidence.library import Library
from prolo_dash.kit.charts import ChartRow, Mark, Marks, Panel, Ticks, bars, notes, stack, with_room
from prolo_dash.kit.scales import PER_100, Scale, by_scale, scale_of, span
from prolo_dash.kit.theme import ROLE_COLOUR, Fill
from prolo_dash.kit.view import Chart
from prolo_dash.kit.wording import grave_flag, weeks_words
from prolo_dash.stats.effects import Estimate

GroupsOf = Callable[[Comparison], tuple[ArmFigure, ...]]
_BAR = {1: 28, 2: 28}  # pixels of a row's bars, by the groups in it
_MOST_BARS = 54
_LONGEST = 100.0  # of a row on a scale of its own


@dataclass(frozen=True)
class _Place:
    """A bar: its row and table row, offset and width in heights of a row, group, gain, and gain on the axis."""

    row: int
    key: str
    offset: float
    width: float
    figure: ArmFigure
    scale: Scale
    gain: Estimate
    drawn: Estimate

    @property
    def end(self) -> float:
        """Where its number stands."""
        return max(self.drawn.value, self.drawn.high or 0.0, 0.0)


def row_label(library: Library, comparison: Comparison) -> ChartRow:
    """The label of a row: condition and time, trial and what was counted, and the gravest warning."""
    title = f"{comparison.condition.symbol} {comparison.condition.label}, {weeks_words(comparison.outcome.weeks)}"
    detail = f"{library.name(comparison.study)}, {comparison.outcome.plain_name}"
    return ChartRow(title, detail, grave_flag(comparison))


def group_bars(
    drawn: Iterable[Comparison],
    groups: GroupsOf,
    label: Callable[[Comparison], ChartRow],
    row_key: Callable[[Comparison], str] = lambda comparison: comparison.comparison_id,
) -> Chart:
    """A row for each comparison, with a bar for each of its groups that has a gain."""
    shown = tuple(drawn)
    if not shown:
        return stack(())
    one_scale = len(by_scale(shown)) == 1
    places = [p for row, c in enumerate(shown) for p in _places(row, row_key(c), c, groups(c), own_scale=not one_scale)]
    marks = tuple(mark for role in ROLE_COLOUR for mark in _marks(role, places))
    lows = [p.drawn.value if p.drawn.low is None else p.drawn.low for p in places]
    ends, texts = [p.end for p in places], [p.scale.text(p.gain.value) for p in places]
    scale = scale_of(shown[0])
    axis = with_room((0.0, 104.0) if one_scale and scale is PER_100 else span([*lows, *ends]), ends, texts)
    heading, title, ticks = _axis(scale) if one_scale else _OWN
    panel = Panel(heading, title, axis, tuple(label(c) for c in shown), marks, ticks)
    return stack((panel,), _BAR.get(max(len(groups(c)) for c in shown), _MOST_BARS))


def _axis(scale: Scale) -> tuple[str, str, Ticks]:
    return scale.heading, f"{scale.unit} people" if scale is PER_100 else scale.unit, Ticks()


_OWN = ("", "gained; each row has its own scale", Ticks((0.0,), ("0",), ("0",)))


def _places(
    row: int, key: str, comparison: Comparison, figures: tuple[ArmFigure, ...], *, own_scale: bool
) -> list[_Place]:
    """The bars of a row; on a scale of its own, the longest of them with its interval takes the whole axis."""
    scale = scale_of(comparison)
    found = [(f, scale.on_axis(e), e) for f in figures if (e := f.gain_estimate)]
    held = [abs(v) for _, e, _ in found for v in (e.value, e.low, e.high) if v is not None]
    factor = _LONGEST / max(held) if own_scale and any(held) else 1.0
    step = 1 / max(len(found), 1)
    return [
        _Place(row, key, (i + 0.5) * step - 0.5, 0.9 * step, figure, scale, gain, on_axis.scaled(factor))
        for i, (figure, on_axis, gain) in enumerate(found)
    ]


def _marks(role: str, places: list[_Place]) -> list[Marks[Mark]]:
    """The bars of one kind of group with their numbers, those of one height together."""
    traces: list[Marks[Mark]] = []
    for width in sorted({p.width for p in places if p.figure.arm.role == role}):
        mine = [p for p in places if p.width == width and p.figure.arm.role == role]
        rows, offsets, ids = [p.row for p in mine], [p.offset for p in mine], [p.key for p in mine]
        bar = bars(
            rows,
            [0.0] * len(mine),
            [p.drawn.value for p in mine],
            [""] * len(mine),
            Fill(ROLE_COLOUR[role], hatched=role == "control"),
            [f"{p.figure.arm.label}: {p.scale.interval(p.gain)}" for p in mine],
            width=width,
            ids=ids,
            offsets=offsets,
            intervals=[p.drawn for p in mine],
        )
        numbers = [p.scale.text(p.gain.value) for p in mine]
        traces += [bar, notes(rows, [p.end for p in mine], numbers, ids=ids, offsets=offsets)]
    return traces
