"""The smallest change that people notice, in words: the same wherever a score is shown."""

from collections.abc import Iterable

from prolo_dash.evidence.library import Library
from prolo_dash.evidence.smallest_changes import Side, SmallestChange
from prolo_dash.kit import references
from prolo_dash.kit.view import SourceLink
from prolo_dash.kit.wording import trim
from prolo_dash.stats.effects import Estimate

NAME = "smallest change that people notice"
UNKNOWN = f"We know of no {NAME} for this score and its range."
WITHIN_PEOPLE = (
    "The smallest change that people are said to notice comes mostly from other studies. It was worked out within "
    "people, and at times from the spread of scores alone. A gap below it does not mean that nobody noticed, and one "
    "above it does not mean that all did."
)

_LIES: dict[Side, str] = {
    "against": "as much the other way",
    "below": "less",
    "within": "about that",
    "above": "more",
}


def felt_words(smallest: SmallestChange | None, estimate: Estimate, what: str = "this") -> str:
    """A sentence that says on which side of the smallest change a score's gain or gap and its interval lie."""
    if smallest is None:
        return UNKNOWN
    return f"People are said to notice about {range_words(smallest)}: {what} is {lies_words(smallest, estimate)}."


def lies_words(smallest: SmallestChange, estimate: Estimate) -> str:
    """``less; the interval goes from less to more``; of a bare value, its own side alone."""
    lies = _LIES[smallest.side(estimate.value)]
    if not estimate.has_interval:
        return lies
    low, high = smallest.sides(estimate)
    if low == high:
        return f"{lies}, by its whole interval"
    return f"{lies}; the interval goes from {_LIES[low]} to {_LIES[high]}"


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
