"""The evidence behind a claim of the article, and how well its claims are backed as a whole."""

from collections.abc import Iterable
from dataclasses import dataclass

from prolo_dash.evidence.comparison import Comparison
from prolo_dash.evidence.library import Library
from prolo_dash.evidence.records import Claim


@dataclass(frozen=True)
class Behind:
    """A trial behind a claim: its comparison, and the same measure as randomised where these groups are not."""

    trial: str
    comparison: Comparison
    as_randomised: Comparison | None


@dataclass(frozen=True)
class Backing:
    """How many claims come with a figure, say compared with what, name a source, or do none of these."""

    total: int
    figure: int
    comparator: int
    source: int
    none: int


def behind(library: Library, claim: Claim) -> tuple[Behind, ...]:
    """The first comparison of each outcome behind the claim."""
    found = [next(c for c in library.comparisons if c.outcome.outcome_id == o) for o in claim.outcomes]
    return tuple(Behind(library.name(c.study), c, _as_randomised(library, c)) for c in found)


def _as_randomised(library: Library, comparison: Comparison) -> Comparison | None:
    if comparison.as_randomised:
        return None
    return next(iter(same_as_randomised(library, comparison)), None)


def same_as_randomised(library: Library, comparison: Comparison) -> tuple[Comparison, ...]:
    """The comparisons of the same trial by the same measure whose groups are as randomised."""
    return tuple(
        c
        for c in library.comparisons_of(comparison.study)
        if c.as_randomised and c.outcome.instrument == comparison.outcome.instrument
    )


def says_compared_with(claim: Claim) -> bool:
    """Whether the article says, even if loosely, what it was compared with."""
    return claim.comparator_as_told not in (None, "none")


def backing(claims: Iterable[Claim]) -> Backing:
    """Counts of claims by what they come with."""
    come_with = [(bool(c.value), says_compared_with(c), bool(c.source_as_told)) for c in claims]
    figure, comparator, source = (sum(column) for column in zip(*come_with, strict=True)) if come_with else (0, 0, 0)
    none = sum(not any(one) for one in come_with)
    return Backing(len(come_with), figure, comparator, source, none)
