"""Rows with a bar for each group that is meant, and its interval: what the charts of lessons are made of.

A class has to see all of a chart on one screen. So rows of unlike scores share a panel, and the numbers stand beside
the bars. Where a row has several bars, they are drawn on a scale of its own. A single bar would then be as long as the
axis, whatever was gained: it is drawn as a part of the range of its score, and left out where that was not seen.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from prolo_dash.evidence.comparison import ArmFigure, Comparison
from prolo_dash.evidence.library import Library
from prolo_dash.kit.charts import ChartRow, Mark, Marks, Panel, Ticks, bars, notes, stack, with_room
from prolo_dash.kit.scales import PER_100, Scale, by_scale, scale_of, span
from prolo_dash.kit.theme import ROLE_COLOUR, Fill
from prolo_dash.kit.view import Chart
from prolo_dash.kit.wording import grave_flag, plural, trim, weeks_words
from prolo_dash.stats.effects import Estimate

GroupsOf = Callable[[Comparison], tuple[ArmFigure, ...]]
_BAR, _MOST_BARS = 28, 54  # pixels of a row's bars: of one or two, and of more
_SLIM_BAR, _MANY_ROWS = 16, 4  # so that as many rows fit a projector
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
    out_of: str = ""  # what follows its number

    @property
    def text(self) -> str:
        """The number beside it."""
        return f"{self.scale.text(self.gain.value)}{self.out_of}"

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
    one_scale, most = len(by_scale(shown)) == 1, max(len(groups(c)) for c in shown)
    placed = _places if one_scale else _as_parts if most == 1 else _on_own_scale
    places = [p for row, c in enumerate(shown) for p in placed(row, row_key(c), c, groups(c))]
    marks = tuple(mark for role in ROLE_COLOUR for mark in _marks(role, places))
    lows = [p.drawn.value if p.drawn.low is None else p.drawn.low for p in places]
    ends, texts = [p.end for p in places], [p.text for p in places]
    scale = scale_of(shown[0])
    is_of_hundred = placed is _as_parts or (one_scale and scale is PER_100)
    axis = with_room((0.0, 104.0) if is_of_hundred and min(lows) >= 0 else span([*lows, *ends]), ends, texts)
    heading, title, ticks = _axis(scale, shown) if one_scale else _AS_PARTS if placed is _as_parts else _OWN
    panel = Panel(heading, title, axis, tuple(label(c) for c in shown), marks, ticks)
    return stack((panel,), _bar(most, len(shown)))


def _bar(groups: int, rows: int) -> int:
    """The height of a row's bars, by the groups in it and the rows of the chart."""
    if groups == 1 and rows >= _MANY_ROWS:
        return _SLIM_BAR
    return _BAR if groups <= 2 else _MOST_BARS


def _axis(scale: Scale, shown: tuple[Comparison, ...]) -> tuple[str, str, Ticks]:
    """Heading, title and ticks; the title names what is counted where that is one thing and so fits a line."""
    counted = {plural(comparison) for comparison in shown} if scale is PER_100 else set()
    title = f"{scale.unit} {counted.pop()}" if len(counted) == 1 else scale.unit
    return scale.heading, title, Ticks()


_OWN = ("", "gained; each row has its own scale", Ticks((0.0,), ("0",), ("0",)))
_AS_PARTS = ("", "gained, as percent of its scale", Ticks())


def _places(row: int, key: str, comparison: Comparison, figures: tuple[ArmFigure, ...]) -> list[_Place]:
    """The bars of a row, on the axis of its scale."""
    scale = scale_of(comparison)
    found = [(f, scale.on_axis(e), e) for f in figures if (e := f.gain_estimate)]
    step = 1 / max(len(found), 1)
    return [
        _Place(row, key, (i + 0.5) * step - 0.5, 0.9 * step, figure, scale, gain, on_axis)
        for i, (figure, on_axis, gain) in enumerate(found)
    ]


def _on_own_scale(row: int, key: str, comparison: Comparison, figures: tuple[ArmFigure, ...]) -> list[_Place]:
    """The bars of a row, of which the longest with its interval takes the whole axis."""
    places = _places(row, key, comparison, figures)
    held = [abs(v) for p in places for v in (p.drawn.value, p.drawn.low, p.drawn.high) if v is not None]
    factor = _LONGEST / max(held) if any(held) else 1.0
    return [replace(p, drawn=p.drawn.scaled(factor)) for p in places]


def _as_parts(row: int, key: str, comparison: Comparison, figures: tuple[ArmFigure, ...]) -> list[_Place]:
    """The bars of a row as percent of the range of its score; of no length where that was not seen.

    Some scores are printed as percent better than at the start, which is no part of a range.
    """
    places = _places(row, key, comparison, figures)
    least, most = comparison.outcome.scale_min, comparison.outcome.scale_max
    if least is None or most is None:
        percent = "%" if comparison.outcome.scale == "percent" else ""
        return [replace(p, drawn=Estimate(0.0), out_of=percent) for p in places]
    share = _LONGEST / (most - least)
    return [replace(p, drawn=p.drawn.scaled(share), out_of=f" of {trim(most - least)}") for p in places]


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
        numbers = [p.text for p in mine]
        traces += [bar, notes(rows, [p.end for p in mine], numbers, ids=ids, offsets=offsets)]
    return traces
