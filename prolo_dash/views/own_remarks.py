"""What is odd about a reader's figures: told beside the results, never a reason to refuse them."""

from collections.abc import Iterator

from prolo_dash.evidence.comparison import Comparison
from prolo_dash.views.wording import number, trim

_FAR_APART = 3.0  # standard deviations: no trial of the page has so much
_WIDE = 5.0  # a standard deviation so many times the largest mean of a change
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
    as_errors = comparison.prolo.result.se is not None
    g = comparison.standardised(comparison.control) if comparison.control else None
    if g and abs(g.value) > _FAR_APART:
        read = "" if as_errors else " It looks like this when a standard error is read as a standard deviation."
        apart = f"{number(abs(g.value), 1)} standard deviations apart"
        yield f"The groups lie {apart}. Trials hardly ever find so much.{read}"
    if as_errors and comparison.outcome.kind == "change_mean" and max(sds) > _WIDE * largest:
        yield (
            f"From these standard errors, the largest standard deviation is {trim(round(max(sds), 2))}: more than "
            f"{_WIDE:g} times the largest mean. It looks like this when a standard deviation is read as a standard "
            "error."
        )
    if max(sds) > _UNEQUAL * min(sds):
        yield f"One group’s spread is {number(max(sds) / min(sds), 1)} times another’s. That is rare in a trial."
