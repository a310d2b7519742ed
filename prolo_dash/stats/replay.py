"""A trial run again and again on a computer under a stated truth; its power; how large a better trial would be.

Group 1 is the group of interest, group 0 what it is compared with; a difference is group 1 minus group 0. Shares and
their differences are proportions (0 to 1); means, differences of means and standard deviations (sd) share the unit of
the scale. A result is called significant when its two-sided p-value is below 0.05.

Draws come from numpy's PCG64: the same seed gives the same result.

Impossible input raises ValueError with one sentence: a number that is not finite, a share outside 0 to 1, a negative
sd, n not whole or below 1 (below 2 for means), repeats not whole or outside 1 to 1,000,000. Docstrings name the rest.
"""

import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from prolo_dash.stats.effects import NO_DIFFERENCE, ROUNDING, require_finite, require_people, require_spread
from prolo_dash.stats.robustness import SIGNIFICANT, Floats, Integers, half_width, not_significant
from prolo_dash.stats.special import gammaln, nctdtr, ndtri, stdtr, stdtrit, xlogy

REPEATS = 1000
MOST_REPEATS = 1_000_000
MOST_TABLES = 4_000_000  # two groups of 2,000 people; the p-values of more would fill the memory of a small server
SEED = 20140  # any number; fixed so that a page says the same on every visit

Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class Replay:
    """What the repeats found.

    `differences` holds the difference seen in each repeat, `significant` whether it would have been called so, and
    `share_significant` (0 to 1) how many were. `power` is the same share by calculation instead of by drawing; under
    no true difference it is the share of false alarms.

    Among the significant repeats: `exaggeration` is the mean size of the difference seen over the size of the true
    one, `wrong_sign` (0 to 1) the share that points the wrong way (the type M and type S errors of Gelman and Carlin
    2014, Perspect Psychol Sci 9:641). None where there is no true difference, or no repeat was significant.
    """

    differences: Floats
    significant: Flags
    share_significant: float
    exaggeration: float | None
    wrong_sign: float | None
    power: float


def replay_counts(p1: float, n1: int, p0: float, n0: int, repeats: int = REPEATS, seed: int = SEED) -> Replay:
    """Repeat a trial that counts people, where the true shares are p1 and p0: binomial draws.

    Significance by Fisher's exact test, two-sided. The power is exact: the probability of every table that the test
    calls significant, added up. Raises ValueError too when there would be more than 4 million different tables.
    """
    _require_shares(p1, p0)
    require_people(n1)
    require_people(n0)
    _require_repeats(repeats)
    if (n1 + 1) * (n0 + 1) > MOST_TABLES:
        raise ValueError(f"Groups of {n1} and {n0} people are too large to replay.")
    draw = np.random.Generator(np.random.PCG64(seed))
    events1, events0 = draw.binomial(n1, p1, repeats), draw.binomial(n0, p0, repeats)
    likely1, likely0 = _likely(int(n1), p1, events1), _likely(int(n0), p0, events0)
    table = _significant_tables(likely1, int(n1), likely0, int(n0))
    power = min(1.0, float(_binomial(likely1, int(n1), p1) @ table @ _binomial(likely0, int(n0), p0)))
    seen = table[events1 - likely1[0], events0 - likely0[0]]
    return _summary(events1 / n1 - events0 / n0, seen, p1 - p0, power)


def replay_means(
    difference: float, sd1: float, n1: int, sd0: float, n0: int, repeats: int = REPEATS, seed: int = SEED
) -> Replay:
    """Repeat a trial that measures people, where the true difference of the means and the sds are as given.

    Values are taken as normal: means are drawn from the normal and variances from the chi-square distribution.
    Significance by Welch's t test. The power is that of a t test with Satterthwaite's (1946) degrees of freedom at
    the true sds, from the noncentral t distribution. That is an approximation: within 0.01 of what drawing finds from
    ten people a group, but too high below that (0.29 for 0.27 with five). Raises ValueError too when both sds are 0.
    """
    require_finite(difference=difference)
    for sd, n in ((sd1, n1), (sd0, n0)):
        require_spread(sd, "standard deviation")
        require_people(n, at_least=2)
    _require_repeats(repeats)
    if sd1 == 0 and sd0 == 0:
        raise ValueError("A replay needs some spread: both standard deviations are 0.")
    se1, se0 = sd1 / math.sqrt(n1), sd0 / math.sqrt(n0)
    se = math.hypot(se1, se0)
    draw = np.random.Generator(np.random.PCG64(seed))
    # In units of the true standard error: no overflow, whatever the unit of the scale.
    true = difference / se
    seen = true + draw.standard_normal(repeats)
    part1 = (se1 / se) ** 2 * draw.chisquare(n1 - 1, repeats) / (n1 - 1)
    part0 = (se0 / se) ** 2 * draw.chisquare(n0 - 1, repeats) / (n0 - 1)
    df = (part1 + part0) ** 2 / (part1**2 / (n1 - 1) + part0**2 / (n0 - 1))
    significant = 2 * stdtr(df, -np.abs(seen) / np.sqrt(part1 + part0)) < SIGNIFICANT
    true_df = 1 / ((se1 / se) ** 4 / (n1 - 1) + (se0 / se) ** 4 / (n0 - 1))
    return _summary(seen * se, significant, difference, _t_power(true, true_df))


def sample_size_counts(p0: float, difference: float, power: float = 0.8, *, corrected: bool = True) -> int:
    """Return the people per group that a trial needs to call a true difference from p0 to p0 + difference significant.

    Two-sided 5%, groups of equal size. n by the normal approximation (Fleiss 1981), then with the continuity
    correction of Fleiss, Tytun and Ury 1980 (Biometrics 36:343), n/4 (1 + sqrt(1 + 4 / (n |difference|)))^2, which
    makes it the size for Fisher's exact test, the one `replay_counts` uses. `corrected=False` leaves it out; that is
    the size most calculators print. Raises ValueError when p0 + difference is not a share, the difference is 0, or
    the power is not above 0.05 and below 1.
    """
    require_finite(difference=difference)
    p1 = p0 + difference
    if abs(p1 - round(p1)) < ROUNDING:
        p1 = float(round(p1))
    _require_shares(p0, p1)
    _require_goal(difference, power)
    middle = (p1 + p0) / 2
    spread = float(ndtri(1 - SIGNIFICANT / 2)) * math.sqrt(2 * middle * (1 - middle))
    spread += float(ndtri(power)) * math.sqrt(p1 * (1 - p1) + p0 * (1 - p0))
    n = (spread / difference) ** 2
    if corrected:
        n = n / 4 * (1 + math.sqrt(1 + 4 / (n * abs(difference)))) ** 2
    return math.ceil(n)


def _likely(n: int, p: float, drawn: Integers) -> Integers:
    """Numbers of events, one after another: those that were drawn, and all but those that come 1 time in 10^18."""
    half = half_width(n)
    low, high = max(0, math.floor(n * p) - half), min(n, math.ceil(n * p) + half)
    return np.arange(min(low, int(drawn.min())), max(high, int(drawn.max())) + 1)


def _significant_tables(events1: Integers, n1: int, events0: Integers, n0: int) -> Flags:
    """Whether Fisher's test calls events1 of n1 against events0 of n0 significant, for each pair of them."""
    first = int(events1[0] + events0[0])
    totals = np.arange(first, int(events1[-1] + events0[-1]) + 1)
    fewest, most = not_significant(totals, n1, n0)
    at = np.add.outer(events1, events0) - first
    return np.asarray((events1[:, None] < fewest[at]) | (events1[:, None] > most[at]), dtype=np.bool_)


def _binomial(events: Integers, n: int, p: float) -> Floats:
    """Probability of each number of events."""
    ways = gammaln(n + 1) - gammaln(events + 1) - gammaln(n - events + 1)
    return np.asarray(np.exp(ways + xlogy(events, p) + xlogy(n - events, 1 - p)), dtype=np.float64)


def _t_power(true: float, df: float) -> float:
    """Power of a two-sided t test whose statistic has this noncentrality."""
    critical = float(stdtrit(df, 1 - SIGNIFICANT / 2))
    missed, far_side = nctdtr(df, abs(true), critical), nctdtr(df, abs(true), -critical)
    # scipy answers nan for some probabilities below 1e-13: those count as 0.
    return float(1 - np.nan_to_num(missed) + np.nan_to_num(far_side))


def _summary(differences: Floats, significant: Flags, truth: float, power: float) -> Replay:
    found = differences[significant]
    exaggeration = wrong_sign = None
    if abs(truth) > NO_DIFFERENCE and found.size:
        exaggeration = float(np.abs(found).mean() / abs(truth))
        wrong_sign = float((found * truth < 0).mean())
    differences.setflags(write=False)
    significant.setflags(write=False)
    return Replay(differences, significant, float(significant.mean()), exaggeration, wrong_sign, power)


def _require_shares(*shares: float) -> None:
    for share in shares:
        if not 0 <= share <= 1:
            raise ValueError(f"A share lies between 0 and 1, not at {share}.")


def _require_repeats(repeats: int) -> None:
    if not 1 <= repeats <= MOST_REPEATS or repeats % 1 != 0:
        raise ValueError(f"The number of repeats must be a whole number from 1 to {MOST_REPEATS:,}, not {repeats}.")


def _require_goal(difference: float, power: float) -> None:
    if abs(difference) < NO_DIFFERENCE:
        raise ValueError("No trial is large enough to find a difference of 0.")
    if not SIGNIFICANT < power < 1:
        raise ValueError(f"The power must be above {SIGNIFICANT} and below 1, not {power}.")
