"""Intervals have two ordered limits, contain their estimate, and fit the spread that is printed with it."""

from collections.abc import Iterator
from math import sqrt

from prolo_dash.evidence.rules.base import (
    Findings,
    Problem,
    Row,
    Rule,
    Tables,
    flagged,
    for_each,
    for_each_outcome,
    number,
    numbers,
    or_flag,
    with_outcome,
)
from prolo_dash.stats.special import stdtrit

WAY_OUT = or_flag("inconsistent_interval")
LEEWAY = 1.25  # for rounded figures, and for intervals from a model
NORMAL = 1.96


def _of_trials(tables: Tables) -> Iterator[Problem]:
    excused = flagged(tables, "inconsistent_interval")
    for name, column in (("results", "mean"), ("contrasts", "estimate")):
        for row, outcome in with_outcome(tables, name):
            if not excused(outcome):
                for where, wrong, right in _ends(row, column, WAY_OUT):
                    yield tables[name].problem(row, where, wrong, right)


def _of_benchmark(row: Row) -> Findings:
    yield from _ends(row, "estimate", "")


def _ends(row: Row, column: str, way_out: str) -> Findings:
    low, high, middle = number(row["ci_low"]), number(row["ci_high"]), number(row[column])
    if low is None and high is None:
        return
    if low is None or high is None:
        missing = "ci_low" if low is None else "ci_high"
        yield missing, "an interval has two limits and this one is empty", "write both or none"
    elif low > high:
        wrong = f"the lower limit {row['ci_low']} is above the upper limit {row['ci_high']}"
        yield "ci_low", wrong, "correct the limits" + way_out
    elif middle is not None and not low <= middle <= high:
        wrong = f"{row[column]} lies outside its interval {row['ci_low']} to {row['ci_high']}"
        yield column, wrong, "correct the figures" + way_out


def _beside_spread(row: Row, outcome: Row) -> Findings:
    limits = numbers(row, "ci_low", "ci_high")
    if limits is None:
        return
    low, high = limits
    interval = f"the interval {row['ci_low']} to {row['ci_high']}"
    if outcome["kind"] == "responder":
        if not 0 <= low <= high <= 1:
            yield "ci_low", f"{interval} is not one of a proportion", "write 0.46 for 46 in 100" + WAY_OUT
        counts = numbers(row, "n", "events")
        if counts and counts[0] and not low <= counts[1] / counts[0] <= high:
            wrong = f"{row['events']} of {row['n']} lies outside {interval}"
            yield "events", wrong, "correct the figures" + WAY_OUT
        return
    n = number(row["n"])
    error = _error(row, n)
    if error:
        widest = float(stdtrit(n - 1, 0.975)) if n and n > 1 else NORMAL
        if not NORMAL / LEEWAY <= (high - low) / 2 / error <= widest * LEEWAY:
            wrong = f"{interval} does not fit the {'se' if row['se'] else 'sd'} beside it"
            yield "ci_low", wrong, "correct the figures" + WAY_OUT


def _error(row: Row, n: float | None) -> float | None:
    se, sd = number(row["se"]), number(row["sd"])
    if se is not None:
        return se
    return sd / sqrt(n) if sd is not None and n else None


RULES = (
    Rule(
        "An interval of a trial has two limits around its estimate.",
        ("results", "contrasts", "outcomes", "flags"),
        _of_trials,
    ),
    Rule(
        "An interval of a benchmark has two limits around its estimate.",
        ("benchmarks",),
        for_each("benchmarks", _of_benchmark),
    ),
    Rule(
        "An interval fits the counts or the spread printed with it.",
        ("results", "outcomes", "flags"),
        for_each_outcome("results", _beside_spread, excuses=("inconsistent_interval", "doubtful_spread")),
    ),
)
