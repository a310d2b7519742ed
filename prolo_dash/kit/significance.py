"""The test of a difference in words, and what to say where test and interval disagree."""

from prolo_dash.evidence.comparison import Comparison
from prolo_dash.evidence.significance import SignificanceTest
from prolo_dash.kit.scales import scale_of
from prolo_dash.kit.wording import p_words

WHY_TWO = (
    "A test and an interval are two sums on the same figures. For counts they are Fisher's exact test and Newcombe's "
    "interval. The test is the more cautious one in small trials. So near the border one may say yes and the other no."
)
TEST = {"fisher": "Fisher's exact test", "welch": "Welch's t test"}


def significance_words(found: SignificanceTest) -> str:
    """``Fisher's exact test, p = 0.060``."""
    return f"{TEST[found.test]}, {p_words(found.p)}"


def contradiction(comparison: Comparison, found: SignificanceTest) -> str:
    """A sentence on an interval that disagrees with the test; empty where the two agree."""
    if not found.contradicted:
        return ""
    lies = "leaves out zero" if found.difference.excludes_zero else "holds zero"
    shown = scale_of(comparison).interval(found.difference)
    return f"Its 95% interval, {shown}, {lies}, though: near the border the two can differ."
