"""Which comparisons can be repeated on a computer, and what the repeats of one give under a supposed truth."""

from zlib import crc32

from prolo_dash.evidence.comparison import Comparison, Completeness
from prolo_dash.evidence.library import Library, per_library
from prolo_dash.stats.replay import Replay, replay_counts, replay_means

REPEATS = 1000
# What is supposed to be true -> the share of the difference found that is.
TRUTHS = {"none": 0.0, "half": 0.5, "own": 1.0}


@per_library
def replayable(library: Library) -> tuple[Comparison, ...]:
    """Randomised comparisons with the control whose groups are known in full, by condition."""
    found = [
        c
        for c in library.comparisons
        if c.control
        and c.as_randomised
        and c.outcome.domain in ("better", "pain", "function")
        and c.completeness is Completeness.COMPLETE
        and _computed(c)
    ]
    return tuple(sorted(found, key=lambda c: c.condition.position))


def _computed(comparison: Comparison) -> bool:
    assert comparison.control is not None
    difference = comparison.difference(comparison.control)
    return difference is not None and difference.basis != "as printed"


def replay(comparison: Comparison, truth: str) -> tuple[Replay, float]:
    """The repeats of a comparison, and the true difference behind them (aligned; a share or points)."""
    treated, control = comparison.intervention, comparison.control
    assert control is not None
    seed = crc32(comparison.comparison_id.encode())  # luck of its own for each trial, the same on every visit
    if treated.counts and control.counts:
        (a, m), (b, n) = treated.counts, control.counts
        true = TRUTHS[truth] * (a / m - b / n)
        return replay_counts(b / n + true, m, b / n, n, REPEATS, seed), true
    difference = comparison.difference(control)
    assert difference is not None
    assert treated.sd is not None
    assert control.sd is not None
    assert treated.result.n
    assert control.result.n
    true = TRUTHS[truth] * difference.estimate.value
    return replay_means(true, treated.sd, treated.result.n, control.sd, control.result.n, REPEATS, seed), true
