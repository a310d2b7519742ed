"""The few rows that a lesson's chart opens with, so that a class sees all of them on one screen: lesson_rows.csv."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from prolo_dash.evidence.comparison import Comparison
from prolo_dash.evidence.library import Library
from prolo_dash.kit.controls import Option, choice
from prolo_dash.kit.wording import count

FEW, ALL = "few", "all"


def rows_choice() -> Any:
    """Declare the choice between a few rows and all."""
    return choice("Rows", (Option(FEW, "A few, for a class"), Option(ALL, "All")), FEW)


@dataclass(frozen=True)
class Chosen:
    """The comparisons that are shown, of so many, and the name of each trial with why it is among them."""

    shown: tuple[Comparison, ...]
    of: int
    why: tuple[tuple[str, str], ...] = ()

    @property
    def is_part(self) -> bool:
        """Whether some are left out."""
        return len(self.shown) < self.of


def chosen(library: Library, view: str, rows: str, found: Iterable[Comparison]) -> Chosen:
    """Of what a view could show, the rows that lesson_rows.csv names for it; all where it names none of them."""
    everything = tuple(found)
    why = {row.comparison: row.why for row in library.package.lesson_rows if row.view == view}
    few = tuple(c for c in everything if c.comparison_id in why)
    if rows == ALL or not few:
        return Chosen(everything, len(everything))
    reasons = ((library.name(c.study), why[c.comparison_id]) for c in few)
    return Chosen(few, len(everything), tuple(dict.fromkeys(reasons)))


def said(known: Chosen, one: str) -> str:
    """How many of how many rows are shown, and how to see the rest; empty where all are. ``one``: what a row is."""
    if not known.is_part:
        return ""
    return f" Shown: {len(known.shown)} of {count(known.of, one)}, chosen for a class; “All” has the rest."


def reasons(known: Chosen) -> tuple[str, ...]:
    """Why each row is among those that are shown."""
    if not known.is_part:
        return ()
    return (f"Why these rows? {' '.join(f'{trial}: {why}.' for trial, why in known.why)}",)
