"""Reasons to doubt what the trials of one condition found: each by one rule, which the page tells."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from prolo_dash.evidence.blinding import could_tell_from_control
from prolo_dash.evidence.completeness import people_compared
from prolo_dash.evidence.conditions import Condition
from prolo_dash.evidence.judged import registrations
from prolo_dash.evidence.library import Library
from prolo_dash.evidence.records import Study
from prolo_dash.evidence.verdicts import verdicts
from prolo_dash.stats.replay import sample_size_counts

# The size that "few people" is measured by: one trial that finds this difference, of this share after the control.
DIFFERENCE, CONTROL_SHARE = 0.15, 0.4
ENOUGH_PEOPLE = 2 * sample_size_counts(CONTROL_SHARE, DIFFERENCE)


class Reason(StrEnum):
    """Why a finding may not hold, in the order in which it is told."""

    NO_CONTROL = "no_control"
    DISAGREE = "disagree"
    FEW_PEOPLE = "few_people"
    COULD_TELL = "could_tell"
    NOT_INERT = "not_inert"
    NOT_AS_RANDOMISED = "not_as_randomised"
    RESULTS_MISSING = "results_missing"
    UNPUBLISHED = "unpublished"


@dataclass(frozen=True)
class Doubt:
    """One reason, with what was counted for it: ``many`` of ``of``, where it is a part of something.

    ``trials`` are the names of those counted, where a few are meant.
    """

    reason: Reason
    many: int
    of: int = 0
    trials: tuple[str, ...] = ()


def doubts(library: Library, condition: Condition) -> tuple[Doubt, ...]:
    """Every reason that holds for a condition, in the order of ``Reason``."""
    trials = library.trials_on([condition.condition_id])
    controlled = [s for s in trials if library.arms(s.study_id, "control")]
    found = (
        *(_of_controlled(library, condition, controlled) if controlled else [Doubt(Reason.NO_CONTROL, 0, len(trials))]),
        _not_as_randomised(library, trials),
        _unpublished(library, condition),
    )
    order = list(Reason)
    return tuple(sorted((d for d in found if d), key=lambda doubt: order.index(doubt.reason)))


def _of_controlled(library: Library, condition: Condition, trials: Sequence[Study]) -> list[Doubt | None]:
    return [
        _disagree(library, condition),
        _few_people(library, trials),
        _could_tell(library, trials),
        _not_inert(library, trials),
        _missing(library, trials),
    ]


def _disagree(library: Library, condition: Condition) -> Doubt | None:
    """Trials against the control report different directions."""
    told, _ = verdicts(library, condition.condition_id)
    ways = {verdict.direction for verdict in told}
    return Doubt(Reason.DISAGREE, len(ways), len(told)) if len(ways) > 1 else None


def _few_people(library: Library, trials: Sequence[Study]) -> Doubt | None:
    """All trials against the control together have fewer people than one trial of sufficient size.

    A trial of unknown size adds nothing; where no size was seen there is nothing to count.
    """
    people = sum(people_compared(library, study) or 0 for study in trials)
    return Doubt(Reason.FEW_PEOPLE, people, ENOUGH_PEOPLE) if 0 < people < ENOUGH_PEOPLE else None


def _could_tell(library: Library, trials: Sequence[Study]) -> Doubt | None:
    """Of fewer than half of the trials against the control a page says that people could not tell."""
    blinded = sum(could_tell_from_control(library, study) == "no" for study in trials)
    return Doubt(Reason.COULD_TELL, blinded, len(trials)) if 2 * blinded < len(trials) else None


def _not_inert(library: Library, trials: Sequence[Study]) -> Doubt | None:
    """The control of a trial may act by itself."""
    flagged = {flag.study_id for flag in library.package.flags if flag.kind == "active_control"}
    return _flagged(library, Reason.NOT_INERT, flagged, trials)


def _not_as_randomised(library: Library, trials: Sequence[Study]) -> Doubt | None:
    """A trial has figures of groups that are not, or may not be, those that chance made."""
    kinds = ("not_as_randomised", "not_randomised", "randomisation_unclear")
    flagged = {flag.study_id for flag in library.package.flags if flag.kind in kinds}
    return _flagged(library, Reason.NOT_AS_RANDOMISED, flagged, trials)


def _flagged(library: Library, reason: Reason, flagged: set[str], trials: Sequence[Study]) -> Doubt | None:
    names = tuple(library.name(study) for study in trials if study.study_id in flagged)
    return Doubt(reason, len(names), len(trials), names) if names else None


def _missing(library: Library, trials: Sequence[Study]) -> Doubt | None:
    """Of fewer than half of the trials against the control a difference with an interval was seen."""
    full = sum(_has_interval(library, study) for study in trials)
    return Doubt(Reason.RESULTS_MISSING, full, len(trials)) if 2 * full < len(trials) else None


def _has_interval(library: Library, study: Study) -> bool:
    differences = [c.difference(c.control) for c in library.comparisons_of(study) if c.control and c.as_randomised]
    return any(found and found.estimate.has_interval for found in differences)


def _unpublished(library: Library, condition: Condition) -> Doubt | None:
    """A trial was registered that may have results, and no paper of it was seen."""
    plans = registrations(library, ("unpublished",), condition.condition_id)
    silent = [plan for plan in plans if plan.may_have_results]
    return Doubt(Reason.UNPUBLISHED, len(silent)) if silent else None
