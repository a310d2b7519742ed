"""The smallest change that people are said to notice, and on which side of it a difference lies."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from prolo_dash.evidence.comparison import Comparison
from prolo_dash.evidence.library import Library
from prolo_dash.evidence.records import Threshold
from prolo_dash.stats.effects import Estimate

Side = Literal["against", "below", "within", "above"]


@dataclass(frozen=True)
class SmallestChange:
    """What was published for one score: the lowest and the highest value in its points, and the rows they are from."""

    low: float
    high: float
    thresholds: tuple[Threshold, ...]

    def side(self, value: float) -> Side:
        """Where a change lies: below all published values, above all, or within what they leave open.

        ``against`` is a change the other way that is as large as the lowest of them.
        """
        if value <= -self.low:
            return "against"
        if value < self.low:
            return "below"
        return "above" if value >= self.high else "within"

    def sides(self, estimate: Estimate) -> tuple[Side, Side]:
        """Where the two ends of an interval lie; of a bare value, where it lies itself."""
        low = estimate.value if estimate.low is None else estimate.low
        high = estimate.value if estimate.high is None else estimate.high
        return self.side(low), self.side(high)

    def is_sure(self, estimate: Estimate) -> bool:
        """Whether an estimate has an interval, and all of it lies on one side."""
        low, high = self.sides(estimate)
        return estimate.has_interval and low == high


def smallest_change(library: Library, comparison: Comparison) -> SmallestChange | None:
    """What was published for the score and condition of a comparison; None for counts, or where nothing was seen."""
    found = tuple(t for t in library.package.thresholds if t.mcid is not None and _fits(t, comparison))
    if comparison.is_share or not found:
        return None
    values = [value for t in found for value in (t.mcid, t.mcid_high) if value is not None]
    return SmallestChange(min(values), max(values), found)


def smallest_changes(library: Library, comparisons: Iterable[Comparison]) -> dict[str, SmallestChange]:
    """What was published for the scores of comparisons, by their ids; those that have nothing are left out."""
    return {c.comparison_id: found for c in comparisons if (found := smallest_change(library, c))}


def _fits(threshold: Threshold, comparison: Comparison) -> bool:
    """Whether it is for this condition and instrument, on the same range where the name alone does not tell it."""
    outcome = comparison.outcome
    if comparison.condition.condition_id not in threshold.shown_for:
        return False
    if outcome.instrument not in threshold.measured_with:
        return False
    ranges = (threshold.scale_min, threshold.scale_max), (outcome.scale_min, outcome.scale_max)
    return ranges[0] == ranges[1] or (None in ranges[1] and outcome.instrument == threshold.instrument)
