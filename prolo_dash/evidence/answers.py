"""What is known of one condition, in one place: directions, what is left after the control, reviews, and doubts."""

from collections.abc import Iterable
from dataclasses import dataclass

from prolo_dash.evidence.blinding import CouldTell, could_tell_from_control
from prolo_dash.evidence.comparison import Comparison, Difference
from prolo_dash.evidence.completeness import people_compared
from prolo_dash.evidence.conditions import Condition
from prolo_dash.evidence.directions import DirectionMark, direction_marks, stated_direction
from prolo_dash.evidence.doubts import Doubt, doubts
from prolo_dash.evidence.judged import reviews_of
from prolo_dash.evidence.judged_records import Review
from prolo_dash.evidence.library import Library
from prolo_dash.evidence.records import Direction, Study
from prolo_dash.evidence.smallest_changes import SmallestChange, smallest_change
from prolo_dash.evidence.trial_marks import TrialMark, trial_marks
from prolo_dash.evidence.verdicts import Verdict, verdicts


@dataclass(frozen=True)
class LeftAfterControl:
    """What one trial leaves after the control, with its interval, and the smallest change that people notice."""

    trial: str
    comparison: Comparison
    difference: Difference
    smallest: SmallestChange | None
    stated: Direction  # by the trial, of this result

    @property
    def states_more_than_interval(self) -> bool:
        """Whether the trial states a difference although the interval holds zero."""
        estimate = self.difference.estimate
        return self.stated in ("favours_intervention", "favours_comparator") and not estimate.excludes_zero


@dataclass(frozen=True)
class CarryingTrial:
    """A trial that states a result against the control, how many people it compared, and how it was made."""

    verdict: Verdict
    people: int | None
    could_tell: CouldTell
    marks: tuple[TrialMark, ...]


@dataclass(frozen=True)
class ConditionAnswer:
    """All that one condition's row shows.

    ``told`` are the verdicts against the control, oldest first, ``carrying`` the trials behind them, the largest
    first, and ``silent`` the trials with a control that state none; ``reviews`` are the results of the newest
    published review, ``other_reviews`` how many others there are.
    """

    condition: Condition
    trials: tuple[Study, ...]
    marks: tuple[DirectionMark, ...]
    told: tuple[Verdict, ...]
    carrying: tuple[CarryingTrial, ...]
    silent: tuple[Study, ...]
    left: tuple[LeftAfterControl, ...]
    reviews: tuple[Review, ...]
    other_reviews: int
    doubts: tuple[Doubt, ...]

    @property
    def people(self) -> int:
        """How many are in all trials; those of unknown size are not counted."""
        return sum(study.n_randomised or study.n_analysed or 0 for study in self.trials)

    @property
    def unmarked(self) -> tuple[Study, ...]:
        """Trials of which no result was compared with another group as randomised, so that they have no mark."""
        marked = {mark.study for mark in self.marks}
        return tuple(study for study in self.trials if study not in marked)


def condition_answer(library: Library, condition: Condition) -> ConditionAnswer:
    """What is known of one condition."""
    key = condition.condition_id
    trials = library.trials_on([key])
    told, silent = verdicts(library, key)
    results = reviews_of(library, key)
    newest = [result for result in results if result.citation == results[0].citation]
    return ConditionAnswer(
        condition=condition,
        trials=trials,
        marks=tuple(mark for study in trials for mark in direction_marks(library, study)),
        told=tuple(told),
        carrying=_carrying(library, told),
        silent=tuple(silent),
        left=tuple(left for study in trials for left in _left(library, study)),
        reviews=tuple(newest),
        other_reviews=len({result.citation for result in results}) - bool(newest),
        doubts=doubts(library, condition),
    )


def _carrying(library: Library, told: Iterable[Verdict]) -> tuple[CarryingTrial, ...]:
    found = (
        CarryingTrial(
            verdict=verdict,
            people=people_compared(library, verdict.study),
            could_tell=could_tell_from_control(library, verdict.study),
            marks=trial_marks(library, verdict.study),
        )
        for verdict in told
    )
    return tuple(sorted(found, key=lambda trial: -(trial.people or 0)))


def _left(library: Library, study: Study) -> list[LeftAfterControl]:
    """The difference from the control with an interval, as randomised.

    Of several: the trial's main outcome, then the one at the longest follow-up; those that tie are all told.
    """
    found = [
        (comparison, difference)
        for comparison in library.comparisons_of(study)
        if comparison.control and comparison.as_randomised and comparison.outcome.domain != "other"
        for difference in [comparison.difference(comparison.control)]
        if difference and difference.estimate.has_interval
    ]
    first = max((_rank(comparison) for comparison, _ in found), default=None)
    return [
        LeftAfterControl(
            trial=library.name(study),
            comparison=comparison,
            difference=difference,
            smallest=smallest_change(library, comparison),
            stated=stated_direction(comparison, difference.versus),
        )
        for comparison, difference in found
        if _rank(comparison) == first
    ]


def _rank(comparison: Comparison) -> tuple[bool, float]:
    return comparison.outcome.primary == "yes", comparison.outcome.weeks or 0
