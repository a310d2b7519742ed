"""The test that goes with a difference, and what to say where its verdict is not that of the interval."""

from dataclasses import dataclass

from prolo_dash.evidence.comparison import ArmFigure, Comparison
from prolo_dash.kit.scales import scale_of
from prolo_dash.kit.wording import p_words, zero_is_outside
from prolo_dash.stats.robustness import SIGNIFICANT, fisher_two_sided, welch_two_sided

WHY_TWO = (
    "A test and an interval are two sums on the same figures. For counts they are Fisher's exact test and Newcombe's "
    "interval. The test is the more cautious one in small trials. So near the border one may say yes and the other no."
)


@dataclass(frozen=True)
class Tested:
    """A p-value, whose it is, and where the interval says otherwise, a sentence about that."""

    test: str
    p: float
    but: str

    @property
    def words(self) -> str:
        """``Fisher's exact test, p = 0.060``."""
        return f"{self.test}, {p_words(self.p)}"


def tested(comparison: Comparison, versus: ArmFigure) -> Tested | None:
    """Fisher's test of two counts, else Welch's of two means; None where the figures allow neither."""
    one, difference = comparison.intervention, comparison.difference(versus)
    if difference is None:
        return None
    if one.counts and versus.counts:
        p = fisher_two_sided(*one.counts, *versus.counts)
        outside = zero_is_outside(difference.estimate)
        shown = scale_of(comparison).interval(difference.estimate)
        but = ""
        if outside != (p < SIGNIFICANT):
            lies = "leaves out zero" if outside else "holds zero"
            but = f"Its 95% interval, {shown}, {lies}, though: near the border the two can differ."
        return Tested("Fisher's exact test", p, but)
    if one.se is None or versus.se is None or not one.result.n or not versus.result.n:
        return None
    welch = welch_two_sided(difference.estimate.value, one.se, one.result.n, versus.se, versus.result.n)
    return None if welch is None else Tested("Welch's t test", welch, "")
