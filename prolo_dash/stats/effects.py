"""Effects of one comparison with 95% intervals: proportions, ratios, numbers needed, means.

Group 1 is the group of interest, group 0 what it is compared with; a difference is group 1 minus group 0.
Means, standard deviations (sd), standard errors (se) and their results share the unit of the scale measured.
Where a standard error is 0 an estimate carries no interval: a width of 0 would claim certainty.

Impossible input raises ValueError with one sentence: a number that is not finite, counts that are not whole or
not 0 <= events <= n, n below 1 (below 2 where a spread is needed), a negative sd or se. Docstrings name the rest.
"""

import math
from dataclasses import dataclass

from prolo_dash.stats.special import gammaln, ndtri, stdtrit

Z95 = float(ndtri(0.975))
MAX_EXPONENT = 700.0  # exp() of more overflows a float; a limit that far out says nothing
NO_DIFFERENCE = 1e-12  # a risk difference closer to 0 is rounding noise, not an effect
ROUNDING = 1e-9
SIDES = {True: "NNTB", False: "NNTH"}


@dataclass(frozen=True)
class Estimate:
    """A value with its 95% interval, or without one where the data allow none.

    Raises ValueError when only one limit is given, or the limits do not enclose the value.
    """

    value: float
    low: float | None = None
    high: float | None = None

    def __post_init__(self) -> None:
        require_finite(value=self.value, low=self.low, high=self.high)
        if self.low is None or self.high is None:
            if self.low is not self.high:
                raise ValueError("An interval needs both limits, or none.")
            return
        if self.low > self.high:
            raise ValueError(f"The lower limit {self.low} is above the upper limit {self.high}.")
        slack = ROUNDING * max(1.0, abs(self.value))
        if not self.low - slack <= self.value <= self.high + slack:
            raise ValueError(f"The value {self.value} lies outside its interval {self.low} to {self.high}.")

    @property
    def has_interval(self) -> bool:
        """Whether the uncertainty is known."""
        return self.low is not None

    @property
    def excludes_zero(self) -> bool:
        """Whether the interval is known and leaves out no difference."""
        return self.low is not None and self.high is not None and (self.low > 0 or self.high < 0)

    def scaled(self, factor: float) -> "Estimate":
        """Return the estimate in another unit; a negative factor swaps the limits."""
        if self.low is None or self.high is None:
            return Estimate(self.value * factor)
        low, high = sorted((self.low * factor, self.high * factor))
        return Estimate(self.value * factor, low, high)

    def negated(self) -> "Estimate":
        """Return the estimate seen from the other side (group 0 minus group 1)."""
        return self.scaled(-1.0)


@dataclass(frozen=True)
class NeededLimit:
    """One end of the interval of a number needed: people (may be infinite), and on which side it lies."""

    benefit: bool
    value: float


@dataclass(frozen=True)
class NumberNeeded:
    """How many people one more (or one fewer) good outcome takes, as Altman 1998 writes it.

    `value` and the limits are in people and not rounded. The first limit is the stronger effect on the side of
    the value; the second is the weaker effect, or the other side where the interval spans no difference.
    """

    benefit: bool
    value: float
    limits: tuple[NeededLimit, NeededLimit] | None = None

    @property
    def whole(self) -> int:
        """The value in whole people, rounded up as is the convention: part of a person cannot be treated."""
        return _round(self.value, up=True)

    @property
    def text(self) -> str:
        """The conventional wording: NNTB 3 (2 to 7), or NNTB 10 (NNTB 4 to infinity to NNTH 20).

        Limits are rounded outwards: the printed interval is never narrower than the computed one.
        """
        head = f"{SIDES[self.benefit]} {self.whole}"
        if self.limits is None:
            return head
        near, far = self.limits
        strongest = _round(near.value, up=False)
        if near.benefit != far.benefit:
            near_side, far_side = SIDES[near.benefit], SIDES[far.benefit]
            return f"{head} ({near_side} {strongest} to infinity to {far_side} {_round(far.value, up=False)})"
        return f"{head} ({strongest} to {'infinity' if math.isinf(far.value) else _round(far.value, up=True)})"


def wilson(events: int, n: int) -> Estimate:
    """Return the proportion (0 to 1) with the score interval, no continuity correction (Wilson 1927)."""
    _require_counts((events, n))
    return Estimate(events / n, *_wilson_limits(events, n))


def risk_difference(events1: int, n1: int, events0: int, n0: int) -> Estimate:
    """Return p1 - p0 (-1 to 1) with the hybrid score interval, method 10 (Newcombe 1998, Stat Med 17:873)."""
    _require_counts((events1, n1), (events0, n0))
    p1, p0 = events1 / n1, events0 / n0
    (low1, high1), (low0, high0) = _wilson_limits(events1, n1), _wilson_limits(events0, n0)
    below, above = math.hypot(p1 - low1, high0 - p0), math.hypot(high1 - p1, p0 - low0)
    return Estimate(p1 - p0, p1 - p0 - below, p1 - p0 + above)


def risk_ratio(events1: int, n1: int, events0: int, n0: int) -> Estimate | None:
    """Return p1 / p0 with the log-scale Wald interval (Katz 1978); no 0.5 is ever added to a cell.

    None when group 0 has no event (undefined). 0 without interval when only group 1 has none. 1 without interval
    when everyone in both groups has the event, where the formula's standard error is 0.
    """
    _require_counts((events1, n1), (events0, n0))
    if events0 == 0:
        return None
    ratio = (events1 / n1) / (events0 / n0)
    if ratio == 0:
        return Estimate(0.0)
    return log_interval(ratio, math.sqrt((n1 - events1) / (events1 * n1) + (n0 - events0) / (events0 * n0)))


def odds_ratio(events1: int, n1: int, events0: int, n0: int) -> Estimate | None:
    """Return the odds of group 1 over those of group 0 with Woolf's (1955) interval; no 0.5 is ever added.

    None when the denominator is 0, as when group 0 has no event; 0 without interval when only the numerator is 0.
    """
    _require_counts((events1, n1), (events0, n0))
    others1, others0 = n1 - events1, n0 - events0
    if others1 == 0 or events0 == 0:
        return None
    ratio = (events1 * others0) / (others1 * events0)
    if ratio == 0:
        return Estimate(0.0)
    return log_interval(ratio, math.sqrt(1 / events1 + 1 / others1 + 1 / events0 + 1 / others0))


def number_needed(difference: Estimate) -> NumberNeeded | None:
    """Return the inverse of a risk difference (proportion units, higher = better) and of its limits (Altman 1998).

    None when there is no difference. A limit of exactly no difference becomes infinity.
    Raises ValueError when the difference or a limit lies outside -1 to 1 (percentages given for proportions).
    """
    for part in (difference.value, difference.low, difference.high):
        if part is not None and abs(part) > 1 + ROUNDING:
            raise ValueError(f"A risk difference lies between -1 and 1, not at {part}.")
    if abs(difference.value) < NO_DIFFERENCE:
        return None
    benefit = difference.value > 0
    if difference.low is None or difference.high is None:
        return NumberNeeded(benefit, 1 / abs(difference.value))
    strong, weak = (difference.high, difference.low) if benefit else (difference.low, difference.high)
    limits = (_needed_limit(strong, benefit), _needed_limit(weak, benefit))
    return NumberNeeded(benefit, 1 / abs(difference.value), limits)


def standard_error(sd: float, n: int) -> float:
    """Return the standard error of a mean: sd / sqrt(n)."""
    _require_groups("standard deviation", (sd, n))
    return sd / math.sqrt(n)


def standard_deviation(se: float, n: int) -> float:
    """Return the standard deviation behind the standard error of a mean: se * sqrt(n)."""
    _require_groups("standard error", (se, n))
    return se * math.sqrt(n)


def standard_error_from_interval(low: float, high: float, n: int) -> float:
    """Return the standard error behind a printed 95% t interval of one mean, n - 1 df (ValueError: low above high)."""
    require_finite(low=low, high=high)
    require_people(n, at_least=2)
    if low > high:
        raise ValueError(f"The lower limit {low} is above the upper limit {high}.")
    return (high - low) / (2 * float(stdtrit(n - 1, 0.975)))


def mean_interval(mean: float, se: float, n: int) -> Estimate:
    """Return a mean with its t interval, n - 1 degrees of freedom (Student 1908)."""
    require_finite(mean=mean)
    _require_groups("standard error", (se, n))
    return _around(mean, se, n - 1)


def mean_difference(mean1: float, se1: float, n1: int, mean0: float, se0: float, n0: int) -> Estimate:
    """Return mean1 - mean0 by Welch's method."""
    require_finite(mean1=mean1, mean0=mean0)
    return _around(mean1 - mean0, *satterthwaite(se1, n1, se0, n0))


def satterthwaite(se1: float, n1: int, se0: float, n0: int) -> tuple[float, float]:
    """Return the standard error of a difference of means, and its degrees of freedom (Satterthwaite 1946)."""
    _require_groups("standard error", (se1, n1), (se0, n0))
    se = math.hypot(se1, se0)
    if se == 0:
        return 0.0, n1 + n0 - 2
    # Shares of the variance instead of squared variances: no overflow, whatever the unit.
    part1, part0 = (se1 / se) ** 2, (se0 / se) ** 2
    return se, 1 / (part1**2 / (n1 - 1) + part0**2 / (n0 - 1))


def hedges_g(mean1: float, sd1: float, n1: int, mean0: float, sd0: float, n0: int) -> Estimate:
    """Return the standardised mean difference (pooled sd units) with a normal interval; ValueError when both sds are 0.

    Exact small-sample factor (Hedges 1981); variance as in metafor's escalc(measure="SMD", vtype="LS").
    """
    require_finite(mean1=mean1, mean0=mean0)
    _require_groups("standard deviation", (sd1, n1), (sd0, n0))
    df = n1 + n0 - 2
    pooled = math.hypot(sd1 * math.sqrt((n1 - 1) / df), sd0 * math.sqrt((n0 - 1) / df))
    if pooled == 0:
        raise ValueError("A standardised difference needs some spread: both standard deviations are 0.")
    factor = math.exp(float(gammaln(df / 2)) - float(gammaln((df - 1) / 2))) / math.sqrt(df / 2)
    g = factor * (mean1 - mean0) / pooled
    half = Z95 * math.sqrt(1 / n1 + 1 / n0 + g**2 / (2 * (n1 + n0)))
    return Estimate(g, g - half, g + half)


def log_interval(ratio: float, log_se: float) -> Estimate:
    """Return a ratio with the Wald interval of its logarithm; without one where that is undefined or overflows."""
    if ratio <= 0 or log_se == 0:
        return Estimate(ratio)
    centre, half = math.log(ratio), Z95 * log_se
    if centre + half > MAX_EXPONENT:
        return Estimate(ratio)
    return Estimate(ratio, math.exp(centre - half), math.exp(centre + half))


def require_finite(**numbers: float | None) -> None:
    """Raise ValueError, naming the argument, unless every number is finite; None (not known) passes."""
    for name, number in numbers.items():
        if number is not None and not math.isfinite(number):
            raise ValueError(f"The {name} must be a finite number, not {number}.")


def require_people(n: int, at_least: int = 1) -> None:
    """Raise ValueError unless n is a whole number of people, and enough of them."""
    if n < at_least or n % 1 != 0:
        raise ValueError(f"The number of people must be a whole number of at least {at_least}, not {n}.")


def require_spread(spread: float, name: str) -> None:
    """Raise ValueError unless the standard error or deviation is finite and not negative."""
    if not 0 <= spread < math.inf:
        raise ValueError(f"The {name} must be 0 or more, not {spread}.")


def _require_groups(name: str, *groups: tuple[float, int]) -> None:
    for spread, n in groups:
        require_spread(spread, name)
        require_people(n, at_least=2)


def _require_counts(*groups: tuple[int, int]) -> None:
    for events, n in groups:
        require_people(n)
        if not 0 <= events <= n or events % 1 != 0:
            raise ValueError(f"The number with the outcome must be a whole number from 0 to {n}, not {events}.")


def _wilson_limits(events: int, n: int) -> tuple[float, float]:
    share = events / n
    shrink = 1 + Z95**2 / n
    centre = (share + Z95**2 / (2 * n)) / shrink
    half = Z95 * math.sqrt(share * (1 - share) / n + Z95**2 / (4 * n**2)) / shrink
    # Exact at the ends, where rounding would leave the limit slightly off 0 or 1.
    return 0.0 if events == 0 else centre - half, 1.0 if events == n else centre + half


def _around(value: float, se: float, df: float) -> Estimate:
    if se == 0:
        return Estimate(value)
    half = float(stdtrit(df, 0.975)) * se
    return Estimate(value, value - half, value + half)


def _needed_limit(difference: float, benefit: bool) -> NeededLimit:
    if abs(difference) < NO_DIFFERENCE:
        return NeededLimit(benefit, math.inf)
    return NeededLimit(difference > 0, 1 / abs(difference))


def _round(people: float, up: bool) -> int:
    # 1 / (0.3 - 0.2) is 10.000000000000002 to a computer and must not become 11.
    nearest = round(people)
    if math.isclose(people, nearest, rel_tol=ROUNDING):
        return nearest
    return math.ceil(people) if up else math.floor(people)
