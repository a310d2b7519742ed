"""The smallest change that people notice, in words: the same wherever a score is shown."""

from collections.abc import Iterable, Sequence

from prolo_dash.evidence.library import Library
from prolo_dash.evidence.smallest_changes import Side, SmallestChange
from prolo_dash.kit import references
from prolo_dash.kit.protection_words import NOT_SEEN
from prolo_dash.kit.view import Cell, SourceLink
from prolo_dash.kit.wording import capitalised, listing, trim, verb
from prolo_dash.stats.effects import Estimate

NAME = "smallest change that people notice"
UNKNOWN = f"We know of no {NAME} for this score and its range."
WITHIN_PEOPLE = (
    "The smallest change that people are said to notice comes mostly from other studies. It was worked out within "
    "people, and at times from the spread of scores alone. A gap below it does not mean that nobody noticed, and one "
    "above it does not mean that all did."
)
BANDS_READ = (
    f"The box in a row is the {NAME}, as published for that score and condition. It spans all that was published, and "
    "is a line where that is a single value. A difference as large as its highest value lies above it.",
    WITHIN_PEOPLE,
)

_LIES: dict[Side, str] = {
    "against": "as much the other way",
    "below": "less",
    "within": "about as much",
    "above": "more",
}


def felt_words(smallest: SmallestChange | None, estimate: Estimate, what: str = "this") -> str:
    """A sentence that says on which side of the smallest change a score's gain or gap and its interval lie."""
    if smallest is None:
        return UNKNOWN
    return f"People are said to notice about {range_words(smallest)}: {what} is {lies_words(smallest, estimate)}."


def lies_words(smallest: SmallestChange, estimate: Estimate) -> str:
    """``less, but by its interval it could be more``; of a bare value, its own side alone."""
    lies = _LIES[smallest.side(estimate.value)]
    if not estimate.has_interval:
        return lies
    low, high = smallest.sides(estimate)
    if low == high:
        return f"{lies}, over its whole interval"
    others = listing((_LIES[side] for side in (low, high) if _LIES[side] != lies), "or")
    return f"{lies}, but by its interval it could be {others}"


_PLACES: dict[Side, str] = {
    "above": "above it",
    "within": "within it",
    "below": "below it",
    "against": "as far the other way",
}


def rows_words(rows: int, seen: int, sides: Sequence[Side], sure: int) -> str:
    """Where the differences of ``rows`` lie, of which ``seen`` have such a change.

    Of the differences, ``sure`` lie on their side with the whole interval.
    """
    if not seen:
        return f"We know of no {NAME} for {verb(rows, 'this score', 'these scores')}."
    where = f"In {seen} of {rows} rows" if rows > 1 else "Here"
    rest = f"; in {rows - seen} we know of none" if seen < rows else ""
    return f"{where} the score has a {NAME}{rest}. {_sides_words(sides)} {_sure_words(len(sides), sure)}"


def _sides_words(sides: Sequence[Side]) -> str:
    if len(sides) == 1:
        return f"The one difference there lies {_PLACES[sides[0]]}."
    counts = {place: sides.count(side) for side, place in _PLACES.items() if side in sides}
    told = listing(f"{n} {verb(n, 'lies', 'lie')} {place}" for place, n in counts.items())
    return f"Of the {len(sides)} differences there, {told}."


COLUMN = capitalised(NAME)


def noticed_cell(library: Library, smallest: SmallestChange | None, sides: Iterable[str]) -> Cell:
    """What was published for a score, on which sides of it its differences lie, and by whom it was."""
    if smallest is None:
        return Cell(NOT_SEEN)
    return Cell(". ".join(map(capitalised, (range_words(smallest), *sides))), source_names(library, smallest))


def _sure_words(differences: int, sure: int) -> str:
    if differences == 1:
        return "Its whole interval does." if sure else "Its interval does not, or was not seen."
    return f"The whole interval does so in {sure} of them." if sure else "No whole interval does so."


def range_words(smallest: SmallestChange) -> str:
    """``9 to 12``, or the value alone where there is one."""
    ends = dict.fromkeys(map(trim, (smallest.low, smallest.high)))
    return " to ".join(ends)


def source_names(library: Library, smallest: SmallestChange) -> str:
    """Who published it: ``Challoumas 2023; Ostelo 2008``."""
    return "; ".join(dict.fromkeys(library.source(t.source_id).name for t in smallest.thresholds))


def source_links(library: Library, found: Iterable[SmallestChange]) -> tuple[SourceLink, ...]:
    """Where smallest changes were published, each source once."""
    return references.links(library, (t.source_id for smallest in found for t in smallest.thresholds), NAME)
