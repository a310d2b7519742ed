"""Tests of a difference and how fragile it is: Fisher's exact test, Welch's t test, the fragility index.

Group 1 is the group of interest, group 0 what it is compared with; an event is the outcome that is counted.

Impossible input raises ValueError with one sentence: counts that are not whole or not 0 <= events <= n, n below 1.
"""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

import numpy as np
import numpy.typing as npt

from prolo_dash.stats.effects import ROUNDING, require_finite, require_people, satterthwaite
from prolo_dash.stats.special import gammaln, stdtr

SIGNIFICANT = 0.05  # called significant when p is below it, as Walsh 2014 does
TIE = 1 + 1e-7  # tables this close in probability count as equally likely, as in R's fisher.test

_AT_ONCE = 64  # tables looked at together on the way to the fragility index

Floats = npt.NDArray[np.float64]
Integers = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Fragility:
    """How many people's outcomes would have to change for a significant result not to be one.

    `index` is None where there is nothing to count, and `reason` says why: the result is not significant to begin with,
    or the group with fewer events has the higher share of them, so that more events there would undo nothing. `p` is
    the two-sided Fisher p-value as found. Otherwise `changed_group` is the group in which people without the event
    get it, `events_after` how many have it there in the end, and `p_after` the p-value then; None with the index.
    """

    index: int | None
    reason: Literal["not_significant", "higher_share"] | None
    p: float
    changed_group: Literal[0, 1] | None = None
    events_after: int | None = None
    p_after: float | None = None


def fragility(events1: int, n1: int, events0: int, n0: int) -> Fragility:
    """Return the fragility index (Walsh 2014, J Clin Epidemiol 67:622).

    In the group with fewer events, people without the event are given it one at a time, group sizes unchanged, until
    the two-sided Fisher p-value is 0.05 or more. The same number of events in both: the group where they are rarer.
    What counts as the event matters: counting the people who did not get better can give another index.

    No index: the result is not significant by this test to begin with (Walsh counts 0), or the group with fewer
    events is so small that they are the more frequent there, and more of them would only widen the difference.
    """
    p = fisher_two_sided(events1, n1, events0, n0)
    if p >= SIGNIFICANT:
        return Fragility(None, "not_significant", p)
    events1, n1, events0, n0 = int(events1), int(n1), int(events0), int(n0)
    group: Literal[0, 1] = 1 if (events1, events1 / n1) < (events0, events0 / n0) else 0
    events, n, other, other_n = (events1, n1, events0, n0) if group == 1 else (events0, n0, events1, n1)
    if events / n > other / other_n:
        return Fragility(None, "higher_share", p)
    # There is such a number: between rarer and more frequent, one event apart, no two results are both significant.
    after = next(_passing(events, n, other, other_n))
    return Fragility(after - events, None, p, group, after, _fisher(after, n, other, other_n))


def fisher_two_sided(events1: int, n1: int, events0: int, n0: int) -> float:
    """Return the two-sided p-value of Fisher's exact test: all tables at most as likely as the one found (Irwin 1935).

    Probabilities within a ten-millionth of each other count as equal, as in R's fisher.test.
    """
    for events, n in ((events1, n1), (events0, n0)):
        require_people(n)
        if not 0 <= events <= n or events % 1 != 0:
            raise ValueError(f"The number with the outcome must be a whole number from 0 to {n}, not {events}.")
    return _fisher(int(events1), int(n1), int(events0), int(n0))


def welch_two_sided(difference: float, se1: float, n1: int, se0: float, n0: int) -> float | None:
    """Return the two-sided p-value of Welch's t test; None without any spread.

    It is below 0.05 exactly where the interval of `mean_difference` leaves out zero.
    """
    require_finite(difference=difference)
    se, df = satterthwaite(se1, n1, se0, n0)
    return 2 * float(stdtr(df, -abs(difference) / se)) if se else None


def half_width(draws: float) -> int:
    """Return how far from its mean a number of events can be, but for 1 chance in 10^18 (Hoeffding 1963)."""
    return math.ceil(math.sqrt(draws * math.log(1e18) / 2))


def _passing(events: int, n: int, other: int, other_n: int) -> Iterator[int]:
    """Numbers of events above the one found, the next first, that Fisher's test no longer calls different."""
    more = _not_hopeless(np.arange(events + 1, n + 1), n, other, other_n)
    for start in range(0, len(more), _AT_ONCE):
        some = more[start : start + _AT_ONCE]
        fewest, most = not_significant(some + other, n, other_n)
        yield from (int(number) for number in some[(fewest <= some) & (some <= most)])


def _not_hopeless(more: Integers, n: int, other: int, other_n: int) -> Integers:
    """Those whose p-value may reach 0.05: it is at most the probability of the table times the number of tables."""
    people, totals = n + other_n, more + other
    factorials = _log_factorials(people)
    all_ways = factorials[people] - factorials[totals] - factorials[people - totals]
    log = factorials[n] + factorials[other_n] + _log_ways(more, totals, n, other_n) - all_ways
    tables = 2 * _half_width(totals, n, other_n) + 2
    return np.asarray(more[log >= math.log(SIGNIFICANT / tables) - ROUNDING * people], dtype=np.int64)


def not_significant(totals: Integers, n1: int, n0: int) -> tuple[Integers, Integers]:
    """Return, for each total number of events, the fewest and the most in group 1 that Fisher's test lets pass.

    Outside of these the test calls the difference significant. Tables beyond `half_width` are left out of the sums:
    there are many of them, and they change nothing.
    """
    half = _half_width(totals, n1, n0)
    fewest, most = np.maximum(0, totals - n0), np.minimum(n1, totals)
    first = np.clip(totals * n1 // (n1 + n0) - half, fewest, most)
    x = first[:, None] + np.arange(min(2 * half + 2, int((most - fewest).max()) + 1))
    inside = x <= most[:, None]
    log = _log_ways(np.minimum(x, most[:, None]), totals[:, None], n1, n0)
    likely = np.where(inside, np.exp(log - log.max(axis=1, keepdims=True)), 0.0)
    rank = np.sort(likely, axis=1)
    below = np.cumsum(rank, axis=1)
    passes = below >= SIGNIFICANT * (1 - ROUNDING) * below[:, -1:]
    # A table as likely as the first one in rank that passes, or likelier, passes too.
    bound = np.take_along_axis(rank, passes.argmax(axis=1)[:, None], axis=1)
    passed = likely * TIE >= bound
    width = x.shape[1]
    return first + passed.argmax(axis=1), first + width - 1 - passed[:, ::-1].argmax(axis=1)


def _half_width(totals: Integers, n1: int, n0: int) -> int:
    """How far from the middle a table can be that is not left out: any margin counts as the number of draws."""
    without_return = n1 * (n0 + 1) / (n1 + n0)  # Serfling 1974: fewer draws are enough, as they are without replacement
    return half_width(min(without_return, float(totals.max()), n1 + n0 - float(totals.min())))


def _fisher(events1: int, n1: int, events0: int, n0: int) -> float:
    total = events1 + events0
    low = max(0, total - n0)
    log = _log_ways(np.arange(low, min(n1, total) + 1), total, n1, n0)
    likely = np.exp(log - log.max())
    rank = np.sort(likely)
    p = rank[: np.searchsorted(rank, likely[events1 - low] * TIE, side="right")].sum() / rank.sum()
    # 1 in 20 is 0.05 and not significant, though it may come out as 0.04999999999999999.
    return SIGNIFICANT if math.isclose(p, SIGNIFICANT, rel_tol=ROUNDING) else min(float(p), 1.0)


def _log_ways(x: Integers, total: int | Integers, n1: int, n0: int) -> Floats:
    """Logarithms of how many ways lead to x events in group 1 of a total, but for a constant of that total."""
    factorials = _log_factorials(max(n1, n0))
    # In pairs, so that the groups can be swapped to the last bit.
    return -((factorials[x] + factorials[n1 - x]) + (factorials[total - x] + factorials[n0 - total + x]))


@lru_cache(maxsize=8)
def _log_factorials(n: int) -> Floats:
    """Logarithms of 0!, 1!, ..., n!."""
    return np.asarray(gammaln(np.arange(n + 1) + 1.0), dtype=np.float64)
