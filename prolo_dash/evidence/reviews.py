"""What published reviews concluded on each condition, next to what the package's own trials report."""

from dataclasses import dataclass

from prolo_dash.evidence.conditions import Condition
from prolo_dash.evidence.judged import reviews_of
from prolo_dash.evidence.judged_records import ACROSS, Review
from prolo_dash.evidence.library import Library
from prolo_dash.evidence.verdicts import Stated, verdicts


@dataclass(frozen=True)
class ReviewedCondition:
    """Results of reviews on one condition, the newest first; how many trials we have on it, and what these report.

    ``key`` is the condition's id, or ``ACROSS`` for reviews across conditions, which have no ``condition``.
    """

    key: str
    condition: Condition | None
    results: tuple[Review, ...]
    trials: int
    stated: tuple[Stated, ...]

    @property
    def newest(self) -> tuple[Review, ...]:
        """The results of the newest review."""
        return tuple(result for result in self.results if result.citation == self.results[0].citation)

    @property
    def same_year(self) -> tuple[str, ...]:
        """Other reviews of the newest one's year."""
        year = self.results[0].year
        return tuple(dict.fromkeys(r.citation for r in self.results if r.year == year and r not in self.newest))

    def row_key(self, result: Review) -> str:
        """A unique key: a review of two conditions has two rows."""
        return f"{result.review_id}.{self.key}"


def reviewed_conditions(library: Library, chosen: str) -> tuple[ReviewedCondition, ...]:
    """The single conditions that are chosen, or reviews across conditions."""
    if chosen == ACROSS:
        return (ReviewedCondition(ACROSS, None, tuple(reviews_of(library, ACROSS)), 0, ()),)
    return tuple(_reviewed(library, condition) for condition in library.single(chosen))


def _reviewed(library: Library, condition: Condition) -> ReviewedCondition:
    key = condition.condition_id
    told, _ = verdicts(library, key)
    return ReviewedCondition(
        key=key,
        condition=condition,
        results=tuple(reviews_of(library, key)),
        trials=sum(study.condition == key for study in library.trials),
        stated=tuple(verdict.direction for verdict in told),
    )


def most_reviewed(library: Library) -> str:
    """The group of conditions that most results of reviews are about."""
    groups = [group.condition_id for group in library.groups]
    return max(groups, key=lambda group: sum(len(reviews_of(library, c.condition_id)) for c in library.single(group)))
