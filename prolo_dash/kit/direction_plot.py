"""The spec of an effect direction plot: a row for each condition, a mark for each trial, and words beside it.

The plot is that of the SWiM guideline (Campbell et al. 2020, BMJ 368:l6890); Hilton Boon and Thomson 2021 (Res Synth
Methods 12:29) say how to draw it.
"""

import math
from dataclasses import dataclass
from typing import Literal

from prolo_dash.evidence.records import Direction
from prolo_dash.kit.row_mark import RowMark

Fill = Literal["filled", "half", "hollow", "dashed"]

_LEAST, _MOST = 6.0, 13.0  # pixels from the centre of a mark to its edge
_PIXELS = 0.95  # for the root of one person: the area of a mark grows with its people


@dataclass(frozen=True)
class PlotMark:
    """One trial's mark. ``colour`` names a token of the theme, ``label`` says in words what is drawn.

    ``study`` is the id of the trial and ``name`` what its link is called; a mark of the key has neither.
    """

    direction: Direction
    colour: str
    fill: Fill
    people: int | None
    label: str
    study: str = ""
    name: str = ""

    @property
    def radius(self) -> float:
        """Pixels from the centre to the edge; a trial of unknown size is drawn as the smallest."""
        return round(min(_MOST, max(_LEAST, _PIXELS * math.sqrt(self.people or 0))), 1)


@dataclass(frozen=True)
class PlotCell:
    """The marks of one kind of outcome, and how many point which way, in words."""

    marks: tuple[PlotMark, ...]
    counted: str


@dataclass(frozen=True)
class PlotTrial:
    """A trial that carries the answer: its mark, what it found of how many, how it was made, and its warnings."""

    name: str
    mark: PlotMark
    text: str
    made: tuple[RowMark, ...]
    flags: tuple[str, ...]


@dataclass(frozen=True)
class PlotLine:
    """A line beside the marks, with a warning that belongs to it."""

    text: str
    flag: str = ""


@dataclass(frozen=True)
class PlotRow:
    """One condition: its marks by kind of outcome, what was found, what is left, what reviews say, and doubts.

    ``summary`` names what is folded away where there are several rows. A single row has no ``found``, for the view's
    sentence says it. It alone says why marks and sentence count differently (``counted_note``), names the trials that
    are ``carrying`` the answer, the largest first, with a ``made_key`` to how they were made, and says beside the
    doubts what their number does not mean.
    """

    key: str
    symbol: str
    label: str
    size: str
    cells: tuple[PlotCell, ...]
    found: str
    summary: str
    counted_note: str
    carrying_title: str
    carrying: tuple[PlotTrial, ...]
    made_key: str
    left_title: str
    left: tuple[PlotLine, ...]
    reviews: str
    doubts_title: str
    doubts: tuple[str, ...]
    doubts_note: str

    @property
    def said(self) -> tuple[str, ...]:
        """All that stands beside the marks, in sentences."""
        carrying = (f"{self.carrying_title}: {'; '.join(trial.text.rstrip('.') for trial in self.carrying)}.",)
        left = (f"{self.left_title.rstrip('.')}: {'; '.join(line.text.rstrip('.') for line in self.left)}.",)
        doubts = ": ".join(part for part in (self.doubts_title, "; ".join(self.doubts)) if part) + "."
        return (
            *((self.found,) if self.found else ()),
            *(carrying if self.carrying else ()),
            *(left if self.left else (self.left_title,)),
            self.reviews,
            doubts,
            *((self.doubts_note,) if self.doubts_note else ()),
        )


@dataclass(frozen=True)
class KeyLine:
    """What one feature of a mark says: ``Result`` is its direction, each with a sample."""

    title: str
    marks: tuple[PlotMark, ...]


@dataclass(frozen=True)
class DirectionPlot:
    """The plot: a column for each kind of outcome, a row for each condition, and a key of what a mark shows."""

    columns: tuple[str, ...]
    said: str
    rows: tuple[PlotRow, ...]
    key: tuple[KeyLine, ...]

    @property
    def carrying(self) -> tuple[str, ...]:
        """The names of the trials that carry the answers."""
        return tuple(trial.name for row in self.rows for trial in row.carrying)
