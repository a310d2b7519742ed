"""How little would undo a finding: Fisher's exact test and the fragility index.

Group 1 is the group of interest, group 0 what it is compared with; an event is the outcome that is counted.

Impossible input raises ValueError with one sentence: counts that are not whole or not 0 <= events <= n, n below 1.
"""

from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

import numpy as np
import numpy.typing as npt

from prolo_dash.stats.effects import ROUNDING, require_people
from prolo_dash.stats.special import gammaln

SIGNIFICANT = 0.05  # called significant when p is below it, as Walsh 2014 does
TIE = 1 + 1e-7  # tables this close in probability count as equally likely, as in R's fisher.test

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Fragility:
    """How many people's outcomes would have to change for a significant result not to be one.

    `index` is None where there is nothing to count, and `reason` says why in one sentence (else it is empty). `p` is
    the two-sided Fisher p-value as found. Otherwise `changed_group` is the group in which people without the event
    get it, `events_after` how many have it there in the end, and `p_after` the p-value then; None with the index.
    """

    index: int | None
    reason: str
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
        return Fragility(None, "The result is not significant to begin with.", p)
    events1, n1, events0, n0 = int(events1), int(n1), int(events0), int(n0)
    group: Literal[0, 1] = 1 if (events1, events1 / n1) < (events0, events0 / n0) else 0
    events, n, other, other_n = (events1, n1, events0, n0) if group == 1 else (events0, n0, events1, n1)
    if events / n > other / other_n:
        reason = "The group with fewer events has the higher share of them, so more events there would undo nothing."
        return Fragility(None, reason, p)
    # There is such a number: between rarer and more frequent, one event apart, no two results are both significant.
    after, p_after = next(
        (more, later) for more in range(events + 1, n + 1) if (later := _fisher(more, n, other, other_n)) >= SIGNIFICANT
    )
    return Fragility(after - events, "", p, group, after, p_after)


def fisher_two_sided(events1: int, n1: int, events0: int, n0: int) -> float:
    """Return the two-sided p-value of Fisher's exact test: all tables at most as likely as the one found (Irwin 1935).

    Probabilities within a ten-millionth of each other count as equal, as in R's fisher.test.
    """
    for events, n in ((events1, n1), (events0, n0)):
        require_people(n)
        if not 0 <= events <= n or events % 1 != 0:
            raise ValueError(f"The number with the outcome must be a whole number from 0 to {n}, not {events}.")
    return _fisher(int(events1), int(n1), int(events0), int(n0))


def fisher_given_total(total: int, n1: int, n0: int) -> tuple[int, Floats]:
    """Return all two-sided p-values for a total number of events, which must be whole numbers that make sense.

    The first number is the lowest possible number of events in group 1; the p-values belong to that, one more, ...
    """
    low, high = max(0, total - n0), min(n1, total)
    factorials = _log_factorials(max(n1, n0))
    x = np.arange(low, high + 1)
    log = -(factorials[x] + factorials[n1 - x] + factorials[total - x] + factorials[n0 - total + x])
    likely = np.exp(log - log.max())
    likely /= likely.sum()
    rank = np.sort(likely)
    below = np.searchsorted(rank, likely * TIE, side="right") - 1
    p = np.minimum(np.cumsum(rank)[below], 1.0)
    # 1 in 20 is 0.05 and not significant, though it may come out as 0.04999999999999999.
    return low, np.where(np.isclose(p, SIGNIFICANT, rtol=ROUNDING, atol=0.0), SIGNIFICANT, p)


def _fisher(events1: int, n1: int, events0: int, n0: int) -> float:
    low, p = fisher_given_total(events1 + events0, n1, n0)
    return float(p[events1 - low])


@lru_cache(maxsize=8)
def _log_factorials(n: int) -> Floats:
    """Logarithms of 0!, 1!, ..., n!."""
    return np.asarray(gammaln(np.arange(n + 1) + 1.0), dtype=np.float64)
