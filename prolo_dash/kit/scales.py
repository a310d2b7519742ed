"""On which scale figures are drawn: which comparisons share an axis, and how a value is written on it."""

import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from functools import partial

from prolo_dash.evidence.comparison import ArmFigure, Comparison
from prolo_dash.evidence.own import OWN
from prolo_dash.kit.wording import capitalised, interval, signed, told_apart, trim
from prolo_dash.stats.effects import Estimate

UNCERTAIN = "too uncertain to say"


@dataclass(frozen=True)
class Scale:
    """One axis. ``factor`` turns a gain into the unit of the axis; ``digits`` are the decimals written."""

    heading: str
    unit: str
    factor: float = 1
    digits: int = 0
    marks: tuple[float, ...] = (0,)  # no value is rounded to this
    reach: float = math.inf  # the largest gain there can be, in the unit of the axis

    def text(self, value: float) -> str:
        """A value in the unit of the axis."""
        return told_apart(self.factor * value, self.digits, *self.marks)

    def signed(self, value: float) -> str:
        """A difference in the unit of the axis."""
        return signed(self.factor * value, self.digits)

    def interval(self, estimate: Estimate) -> str:
        """A value with its interval in the unit of the axis."""
        return interval(estimate, self.digits, self.factor, self.marks)

    def tells_nothing(self, difference: Estimate) -> bool:
        """Whether the interval of a difference, in the unit of the axis, is wider than from -reach to reach."""
        low, high = difference.low, difference.high
        return low is not None and high is not None and high - low > 2 * self.reach

    def told(self, difference: Estimate) -> str:
        """A difference in the unit of the axis with its interval, or that the interval is wider than the scale."""
        return UNCERTAIN if self.tells_nothing(difference) else interval(difference, self.digits, marks=self.marks)

    def difference(self, estimate: Estimate, unit: str = "") -> str:
        """A difference with its interval and its unit, or that the interval is wider than the scale."""
        told = self.told(self.on_axis(estimate))
        return told if told == UNCERTAIN else f"{told} {unit}".rstrip()

    def on_axis(self, estimate: Estimate) -> Estimate:
        """The estimate in the unit of the axis."""
        return estimate.scaled(self.factor)


PER_100 = Scale("", "counted as better, per 100", factor=100, marks=(-100, 0, 100), reach=100)
STANDARD = Scale("", "standard deviations, higher = better", digits=2)

# The axes that the column ``scale`` of outcomes.csv names.
_NAMED = {
    "percent": Scale("Percent better than at the start", "percent gained"),
    "seconds": Scale("Time needed, in seconds", "seconds gained", digits=1),
}
_SMALL = Scale("Scale not stated, printed scores under 10", "points gained", digits=1)
_LARGE = Scale("Scale not stated, printed scores over 10", "points gained", digits=1)
_OWN = Scale("", "points gained", digits=1)
_HUNDRED = 100  # the range of many scores, and of others that authors rescale to 100


def scale_of(comparison: Comparison) -> Scale:
    """The axis of a comparison's own printed scale."""
    if comparison.is_share:
        return PER_100
    outcome = comparison.outcome
    if outcome.instrument == OWN:
        return replace(_OWN, digits=_digits_for(max(_printed_values(comparison), default=0)))
    if outcome.scale == "own":
        return Scale(capitalised(outcome.plain_name), "points gained", digits=1)
    if outcome.scale:
        return _NAMED[outcome.scale]
    if outcome.scale_max is not None:
        return _of_range(outcome.scale_min or 0, outcome.scale_max)
    return _LARGE if max(_printed_values(comparison), default=0) > 10 else _SMALL


def gained_unit(comparison: Comparison) -> str:
    """What a score gained, in a sentence: percent or points."""
    return "percent gained" if comparison.outcome.scale == "percent" else "points gained"


def _of_range(least: float, most: float) -> Scale:
    heading = "Scores with a range of 100" if most == _HUNDRED else f"Scores from {trim(least)} to {trim(most)}"
    return Scale(heading, f"points gained, of {trim(most)}", digits=1, reach=most - least)


def _digits_for(largest: float) -> int:
    """Decimals that leave two digits of scores of this size."""
    return 1 if largest >= 1 or largest == 0 else 1 - math.floor(math.log10(largest))


def _printed_values(comparison: Comparison) -> Iterable[float]:
    for figure in comparison.arms:
        for result in (figure.result, figure.baseline):
            if result is not None and result.mean is not None:
                yield abs(result.mean)


def by_scale(comparisons: Iterable[Comparison]) -> list[tuple[Scale, list[Comparison]]]:
    """Comparisons grouped by the axis they can share, in a fixed order."""
    grouped: dict[Scale, list[Comparison]] = {}
    for comparison in comparisons:
        grouped.setdefault(scale_of(comparison), []).append(comparison)
    return sorted(grouped.items(), key=lambda item: _place(item[0], item[1][0]))


def _place(scale: Scale, comparison: Comparison) -> tuple[int, float, str]:
    """Counts first, then scores of a known range, the widest first, then the others."""
    outcome = comparison.outcome
    if scale is PER_100 or outcome.instrument == OWN:
        return 0, 0, ""
    if outcome.scale:
        return 2, ("own", "seconds", "percent").index(outcome.scale), scale.heading
    if outcome.scale_max is not None:
        return 1, -outcome.scale_max, scale.heading
    return 3, scale is _LARGE, ""


def span(values: Iterable[float], symmetric: bool = False) -> tuple[float, float]:
    """An axis range that holds 0 and every value, with a little room."""
    held = [0.0, *values]
    low, high = min(held), max(held)
    if symmetric:
        low, high = -max(-low, high), max(-low, high)
    room = 0.06 * (high - low or 1)
    return (low - room if low < 0 else 0.0), high + room


def standard_gain(comparison: Comparison) -> Callable[[ArmFigure], float | None]:
    """A function from an arm to its gain in standard deviations, pooled over the arms that print n and spread."""
    spreads = [(f.sd, f.result.n) for f in comparison.arms if f.sd is not None and f.result.n]
    if not spreads or comparison.intervention.sd is None:
        return lambda _: None
    pooled = (sum(sd * sd * (n - 1) for sd, n in spreads) / sum(n - 1 for _, n in spreads)) ** 0.5
    return partial(_divided, pooled)


def _divided(sd: float, figure: ArmFigure) -> float | None:
    return None if figure.gain is None or figure.sd is None else figure.gain / sd
