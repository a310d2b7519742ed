"""Charts of rows: a label, and bars or points beside it (above it on a narrow screen).

This says what is drawn, not how: colours are tokens of the theme, places are rows and values of an
axis. A panel is a set of rows that share one axis; its rows are 0, 1, 2 … from the top.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import repeat
from typing import Generic, TypeVar

from prolo_dash.kit.row_mark import RowMark
from prolo_dash.kit.theme import Fill
from prolo_dash.kit.view import Chart
from prolo_dash.stats.effects import Estimate


@dataclass(frozen=True)
class ChartRow:
    """The label of one row: strong title, soft detail, warning, and a line of marks.

    ``below`` is room kept under the bar, in pixels.
    """

    title: str
    detail: str
    flag: str = ""
    below: int = 0
    marks: tuple[RowMark, ...] = ()


@dataclass(frozen=True)
class Ticks:
    """Where an axis has ticks, if the drawing script is not to choose.

    ``names`` replace the numbers, ``short`` ones on a phone. ``thousands``: large numbers get commas.
    """

    at: tuple[float, ...] = ()
    names: tuple[str, ...] = ()
    short: tuple[str, ...] = ()
    thousands: bool = False


@dataclass(frozen=True)
class Mark:
    """Something drawn in a row. ``key`` is its table row, ``offset`` how far below the row's middle it is.

    Offsets are in heights of a bar.
    """

    key: str
    row: int
    offset: float


@dataclass(frozen=True)
class Bar(Mark):
    """From ``start``, so long, with a text inside, and with the limits of an estimate if there is one."""

    start: float
    length: float
    text: str
    hover: str
    interval: Estimate | None


@dataclass(frozen=True)
class Point(Mark):
    """An estimate with its interval."""

    estimate: Estimate
    shape: str
    hover: str


@dataclass(frozen=True)
class Note(Mark):
    """A text to the right of a place on the axis."""

    at: float
    text: str


@dataclass(frozen=True)
class Symbol(Mark):
    """A shape of so many pixels at a place on the axis, with or without a text."""

    at: float
    shape: str
    size: float
    text: str
    hover: str


@dataclass(frozen=True)
class Outline(Mark):
    """A line through corners, each a place on the axis and an offset."""

    corners: tuple[tuple[float, float], ...]


@dataclass(frozen=True)
class Band(Mark):
    """A range of the axis, or one place on it, behind the other marks of a row and as high as a bar."""

    low: float
    high: float
    hover: str


AnyMark_co = TypeVar("AnyMark_co", bound=Mark, covariant=True)


@dataclass(frozen=True)
class Marks(Generic[AnyMark_co]):
    """Marks that look alike."""

    marks: tuple[AnyMark_co, ...]

    def in_rows(self, first: int, end: int) -> "Marks[AnyMark_co]":
        """The marks in the rows from ``first`` to before ``end``, which become rows 0, 1, 2 …"""
        kept = (replace(mark, row=mark.row - first) for mark in self.marks if first <= mark.row < end)
        return replace(self, marks=tuple(kept))


@dataclass(frozen=True)
class Bars(Marks[Bar]):
    """Bars of one fill; ``width`` is their height in heights of a bar."""

    fill: Fill
    width: float
    opacity: float


@dataclass(frozen=True)
class Points(Marks[Point]):
    """Estimates of one colour; hollow where there is no interval."""

    colour: str


@dataclass(frozen=True)
class Notes(Marks[Note]):
    """Texts of one colour."""

    colour: str


@dataclass(frozen=True)
class Symbols(Marks[Symbol]):
    """Shapes of one colour, with a rim of so many pixels; ``small`` is their share of that size on a phone.

    Their texts stand to their right, or in their middle.
    """

    colour: str
    rim: float
    rim_colour: str
    text_colour: str
    text_inside: bool
    small: float


@dataclass(frozen=True)
class Outlines(Marks[Outline]):
    """Shapes that are filled, or only drawn."""

    colour: str
    filled: bool


@dataclass(frozen=True)
class Bands(Marks[Band]):
    """Ranges of one colour, whose rim shows those of a single place, too."""

    colour: str
    rim_colour: str


@dataclass(frozen=True)
class Panel:
    """Rows on one axis, whose ends are ``span``."""

    heading: str
    axis_title: str
    span: tuple[float, float]
    rows: tuple[ChartRow, ...]
    marks: tuple[Marks[Mark], ...]
    ticks: Ticks = Ticks()

    def part(self, first: int, end: int) -> "Panel":
        """The panel with only the rows from ``first`` to before ``end``."""
        heading = f"{self.heading}, continued" if self.heading and first else self.heading
        marks = tuple(own for marks in self.marks if (own := marks.in_rows(first, end)).marks)
        return replace(self, heading=heading, rows=self.rows[first:end], marks=marks)


@dataclass(frozen=True)
class RowChart(Chart):
    """Panels below each other. ``bar`` is the height in pixels of a row's bar."""

    panels: tuple[Panel, ...]
    bar: int

    @property
    def is_empty(self) -> bool:
        """Whether it has no mark."""
        return not any(panel.marks for panel in self.panels)


def without_row_marks(chart: Chart) -> Chart:
    """A chart without the small marks under its labels, for a sheet that has no key of them."""
    if not isinstance(chart, RowChart):
        return chart
    rows = (tuple(replace(row, marks=()) for row in panel.rows) for panel in chart.panels)
    return replace(chart, panels=tuple(replace(p, rows=own) for p, own in zip(chart.panels, rows, strict=True)))


def stack(panels: tuple[Panel, ...], bar: int = 28) -> RowChart:
    """One chart of panels below each other. ``bar`` is the height in pixels of a row's bar."""
    return RowChart(panels, bar)


def bars(
    rows: Sequence[int],
    base: Sequence[float],
    length: Sequence[float],
    text: Sequence[str],
    fill: Fill,
    hover: Sequence[str],
    offset: float = 0.0,
    width: float = 1.0,
    *,
    ids: Iterable[str] = (),
    offsets: Sequence[float] = (),
    intervals: Sequence[Estimate] = (),
    opacity: float = 1.0,
) -> Bars:
    """Horizontal bars, one a row, with their text inside, and with the limits of ``intervals``."""
    own = zip(
        _keys(ids, rows),
        rows,
        offsets or repeat(offset, len(rows)),
        base,
        length,
        text,
        hover,
        intervals or repeat(None, len(rows)),
        strict=True,
    )
    return Bars(tuple(Bar(*one) for one in own), fill, width, opacity)


def notes(
    rows: Sequence[int],
    at: Sequence[float],
    text: Sequence[str],
    offset: float = 0.0,
    *,
    ids: Iterable[str] = (),
    offsets: Sequence[float] = (),
    colour: str = "ink",
) -> Notes:
    """Text to the right of a point on the scale."""
    own = zip(_keys(ids, rows), rows, offsets or repeat(offset, len(rows)), at, text, strict=True)
    return Notes(tuple(Note(*one) for one in own), colour)


def points(
    rows: Sequence[int],
    estimates: Sequence[Estimate],
    symbols: Sequence[str],
    colour: str,
    hover: Sequence[str],
    offsets: Sequence[float],
    *,
    ids: Iterable[str] = (),
) -> Points:
    """Estimates with their intervals; hollow where there is no interval."""
    own = zip(_keys(ids, rows), rows, offsets, estimates, symbols, hover or repeat("", len(rows)), strict=True)
    return Points(tuple(Point(*one) for one in own), colour)


def symbols(
    rows: Sequence[int],
    at: Sequence[float],
    shapes: Sequence[str],
    hover: Sequence[str],
    *,
    size: float | Sequence[float],
    ids: Iterable[str] = (),
    offsets: Sequence[float] = (),
    text: Sequence[str] = (),
    colour: str = "ink",
    rim: float = 0.0,
    rim_colour: str = "",
    text_colour: str = "ink",
    text_inside: bool = False,
    small: float = 1.0,
) -> Symbols:
    """Shapes at places on the axis, of one size in pixels or each of its own, with a rim of their own colour if any."""
    own = zip(
        _keys(ids, rows),
        rows,
        offsets or repeat(0.0, len(rows)),
        at,
        shapes,
        repeat(size, len(rows)) if isinstance(size, float | int) else size,
        text or repeat("", len(rows)),
        hover,
        strict=True,
    )
    marks = tuple(Symbol(*one) for one in own)
    return Symbols(marks, colour, rim, rim_colour or colour, text_colour, text_inside, small)


def outlines(
    row: int, shapes: Iterable[tuple[tuple[float, float], ...]], colour: str, key: str, *, filled: bool
) -> Outlines:
    """Shapes of one row, each given by its corners: places on the axis and offsets."""
    return Outlines(tuple(Outline(key, row, 0.0, corners) for corners in shapes), colour, filled)


def bands(
    rows: Sequence[int], ranges: Sequence[tuple[float, float]], hover: Sequence[str], *, ids: Iterable[str] = ()
) -> Bands:
    """Ranges of the axis, one a row, each from its low to its high end."""
    own = zip(_keys(ids, rows), rows, ranges, hover, strict=True)
    return Bands(tuple(Band(key, row, 0.0, *ends, said) for key, row, ends, said in own), "band", "axis")


def _keys(ids: Iterable[str], rows: Sequence[int]) -> Iterable[str]:
    return ids or repeat("", len(rows))


def fine(value: float) -> float:
    """A number to four decimals, which is finer than any screen, or to three digits where it is small."""
    return round(value, 4) if abs(value) >= 0.1 else float(f"{value:.3g}")


_PHONE = 250  # pixels of a plot on the smallest phone; 30 more stand to the right of it
_DIGIT = 7.7


def with_room(axis: tuple[float, float], ends: Sequence[float], texts: Sequence[str]) -> tuple[float, float]:
    """The axis, extended to the right until every text beyond its end fits on a phone."""
    low, high = axis
    for end, text in zip(ends, texts, strict=True):
        taken = min(0.8, max(0.0, (_DIGIT * len(text) + 14 - 30) / _PHONE))
        high = max(high, low + (end - low) / (1 - taken))
    return low, high


def named_places(
    chart: RowChart, places: Sequence[dict[float, str]], short: Sequence[dict[float, str]] = ()
) -> RowChart:
    """The chart with words in the place of numbers on the axis of each panel; ``short`` ones on a phone."""
    names = zip(places, short or places, strict=True)
    ticks = [Ticks(tuple(wide), tuple(wide.values()), tuple(narrow.values())) for wide, narrow in names]
    named = [replace(panel, ticks=own) for panel, own in zip(chart.panels, ticks, strict=False)]
    return replace(chart, panels=(*named, *chart.panels[len(named) :]))
