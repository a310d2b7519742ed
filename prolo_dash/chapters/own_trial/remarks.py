"""What is odd about a reader's figures: told beside the results, never a reason to refuse them."""

from collections.abc import Iterator

from prolo_dash.evidence.comparison import Comparison
from prolo_dash.kit.wording import number, trim
from prolo_dash.stats.effects import Estimate

_FAR_APART = 3.0  # standard deviations: no trial of the page has so much
# A standard deviation so many times the largest mean; final scores are seldom below zero, so they spread less.
_WIDE = {"change_mean": 5.0, "final_mean": 2.0}
_UNEQUAL = 4.0  # one group's standard deviation so many times another's


def remarks(comparison: Comparison) -> tuple[str, ...]:
    """A sentence or two for each thing that looks like a slip; counts have none."""
    if comparison.is_share:
        return ()
    return (*_directions(comparison), *_spreads(comparison))


def _directions(comparison: Comparison) -> Iterator[str]:
    """Where every group got worse, as far as the figures are what they are said to be."""
    gains = [figure.gain for figure in comparison.arms if figure.gain is not None]
    if not gains or max(gains) >= 0:
        return
    if comparison.outcome.better == "higher":
        yield (
            "All changes are negative. With “higher is better” that means that every group got worse. On many scales, "
            "as most of pain, lower is better."
        )
    else:
        yield (
            "All changes are positive. With “lower is better” that means that every group got worse. Some papers print "
            "a fall as a positive number."
        )


def _spreads(comparison: Comparison) -> Iterator[str]:
    sds = [figure.sd for figure in comparison.arms if figure.sd is not None]
    largest = max(abs(figure.result.mean or 0.0) for figure in comparison.arms)
    as_errors = comparison.intervention.result.se is not None
    wide = _WIDE[comparison.outcome.kind]
    apart = max((abs(g.value) for g in _standardised(comparison)), default=0.0)
    if apart > _FAR_APART:
        read = "" if as_errors else " It looks like this when a standard error is read as a standard deviation."
        groups = "The groups" if len(comparison.arms) == 2 else "Two groups"
        yield f"{groups} lie {number(apart, 1)} standard deviations apart. Trials hardly ever find so much.{read}"
    if as_errors and max(sds) > wide * largest:
        yield (
            f"From these standard errors, the largest standard deviation is {trim(round(max(sds), 2))}: more than "
            f"{wide:g} times the largest mean. It looks like this when a standard deviation is read as a standard "
            "error."
        )
    if max(sds) > _UNEQUAL * min(sds):
        yield f"One group’s spread is {number(max(sds) / min(sds), 1)} times another’s. That is rare in a trial."


def _standardised(comparison: Comparison) -> Iterator[Estimate]:
    """How far the prolotherapy group lies from each other group, in standard deviations."""
    for versus in (comparison.control, comparison.untreated):
        if versus and (g := comparison.standardised(versus)):
            yield g
