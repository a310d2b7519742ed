"""What looks odd about a reader's figures: remarks under the results, never a reason to refuse them."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from prolo_dash.evidence.comparison import Comparison
from prolo_dash.kit.wording import number, trim
from prolo_dash.stats.effects import Estimate

_FAR_APART = 3.0  # standard deviations: more than in any trial of the page
# Largest plausible ratio of a standard deviation to the largest mean; final scores are seldom below zero.
_WIDE = {"change_mean": 5.0, "final_mean": 2.0}
_UNEQUAL = 4.0  # one group's standard deviation so many times another's


@dataclass(frozen=True)
class AllWorse:
    """Every group got worse, as far as the figures are what they are said to be."""

    better: Literal["higher", "lower"]


@dataclass(frozen=True)
class FarApart:
    """Two groups lie so many standard deviations apart. ``of_errors``: standard errors were typed."""

    deviations: float
    groups: int
    of_errors: bool


@dataclass(frozen=True)
class WideSpread:
    """Standard errors from which a standard deviation follows that is over ``times`` the largest mean."""

    deviation: float
    times: float


@dataclass(frozen=True)
class UnequalSpread:
    """One group's spread is so many times another's."""

    times: float


Remark = AllWorse | FarApart | WideSpread | UnequalSpread


def remarks(comparison: Comparison) -> tuple[Remark, ...]:
    """Everything that looks like a mistake; counts have no remarks."""
    if comparison.is_share:
        return ()
    return (*_directions(comparison), *_spreads(comparison))


def _directions(comparison: Comparison) -> Iterator[Remark]:
    gains = [figure.gain for figure in comparison.arms if figure.gain is not None]
    if gains and max(gains) < 0:
        yield AllWorse(comparison.outcome.better)


def _spreads(comparison: Comparison) -> Iterator[Remark]:
    sds = [figure.sd for figure in comparison.arms if figure.sd is not None]
    largest = max(abs(figure.result.mean or 0.0) for figure in comparison.arms)
    as_errors = comparison.intervention.result.se is not None
    wide = _WIDE[comparison.outcome.kind]
    apart = max((abs(g.value) for g in _standardised(comparison)), default=0.0)
    if apart > _FAR_APART:
        yield FarApart(apart, len(comparison.arms), as_errors)
    if as_errors and max(sds) > wide * largest:
        yield WideSpread(max(sds), wide)
    if max(sds) > _UNEQUAL * min(sds):
        yield UnequalSpread(max(sds) / min(sds))


def _standardised(comparison: Comparison) -> Iterator[Estimate]:
    """How far the intervention group lies from each other group, in standard deviations."""
    for versus in (comparison.control, comparison.untreated):
        if versus and (g := comparison.standardised(versus)):
            yield g


def remark_words(remark: Remark) -> str:
    """A remark in a sentence or two."""
    match remark:
        case AllWorse(better="higher"):
            return (
                "All changes are negative. With “higher is better” that means that every group got worse. On many "
                "scales, as most of pain, lower is better."
            )
        case AllWorse():
            return (
                "All changes are positive. With “lower is better” that means that every group got worse. Some papers "
                "print a fall as a positive number."
            )
        case FarApart():
            groups = "The groups" if remark.groups == 2 else "Two groups"
            slip = "It looks like this when a standard error is read as a standard deviation."
            read = "" if remark.of_errors else f" {slip}"
            apart = number(remark.deviations, 1)
            return f"{groups} lie {apart} standard deviations apart. Trials hardly ever find so much.{read}"
        case WideSpread():
            return (
                "From these standard errors, the largest standard deviation is "
                f"{trim(round(remark.deviation, 2))}: more than {remark.times:g} times the largest mean. It looks like "
                "this when a standard deviation is read as a standard error."
            )
        case UnequalSpread():
            return f"One group’s spread is {number(remark.times, 1)} times another’s. That is rare in a trial."
