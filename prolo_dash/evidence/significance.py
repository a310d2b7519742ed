"""The test that goes with a difference, and whether its interval agrees."""

from dataclasses import dataclass
from typing import Literal

from prolo_dash.evidence.comparison import ArmFigure, Comparison
from prolo_dash.stats.effects import Estimate
from prolo_dash.stats.robustness import SIGNIFICANT, fisher_two_sided, welch_two_sided


@dataclass(frozen=True)
class SignificanceTest:
    """The p-value of a difference, the test that it comes from, and the difference itself."""

    test: Literal["fisher", "welch"]
    p: float
    difference: Estimate

    @property
    def significant(self) -> bool:
        """Whether the test calls the difference significant."""
        return self.p < SIGNIFICANT

    @property
    def contradicted(self) -> bool:
        """Whether the interval of two counts says otherwise; Welch's test and interval always agree."""
        return self.test == "fisher" and self.difference.excludes_zero != self.significant


def significance_test(comparison: Comparison, versus: ArmFigure) -> SignificanceTest | None:
    """Fisher's test of two counts, else Welch's of two means; None where the figures allow neither."""
    one, difference = comparison.intervention, comparison.difference(versus)
    if difference is None:
        return None
    if one.counts and versus.counts:
        return SignificanceTest("fisher", fisher_two_sided(*one.counts, *versus.counts), difference.estimate)
    if one.se is None or versus.se is None or not one.result.n or not versus.result.n:
        return None
    p = welch_two_sided(difference.estimate.value, one.se, one.result.n, versus.se, versus.result.n)
    return None if p is None else SignificanceTest("welch", p, difference.estimate)
