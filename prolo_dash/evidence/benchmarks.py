"""Averages from placebo research, aligned so that higher = better, and grouped."""

from collections.abc import Iterable
from dataclasses import dataclass

from prolo_dash.evidence.library import Library
from prolo_dash.evidence.records import Benchmark
from prolo_dash.stats.effects import Estimate

SHARE = "proportion_contextual_effect"
_SHAM = "smd_vs_no_treatment"
_UNTREATED, _PLACEBO = "share_of_change_no_treatment", "share_of_change_placebo_minus_no_treatment"


@dataclass(frozen=True)
class ThreeParts:
    """A gain in three parts, from trials with three arms: without treatment, with placebo, with the treatment.

    ``told_of`` says of what, in the words of a sentence; ``name`` who printed it.
    """

    name: str
    told_of: str
    untreated: float
    placebo: float

    @property
    def treatment(self) -> float:
        """What came on top with the treatment."""
        return 1 - self.untreated - self.placebo


def estimate_of(benchmark: Benchmark) -> Estimate:
    """A benchmark with its interval; a sham against no treatment is aligned so that higher = better."""
    assert benchmark.estimate is not None
    printed = Estimate(benchmark.estimate, benchmark.ci_low, benchmark.ci_high)
    return printed.negated() if benchmark.measure == _SHAM else printed


def three_parts(library: Library) -> ThreeParts | None:
    """The gain in three parts that the page quotes; None where the package has none."""
    parts = {b.measure: b for b in library.package.benchmarks if b.shown == "three_parts"}
    untreated, placebo = parts.get(_UNTREATED), parts.get(_PLACEBO)
    if untreated is None or placebo is None or untreated.estimate is None or placebo.estimate is None:
        return None
    name = library.source(untreated.source_id).name
    return ThreeParts(name, untreated.told_of or "", untreated.estimate, placebo.estimate)


def by_population(benchmarks: Iterable[Benchmark]) -> dict[str, list[Benchmark]]:
    """Benchmarks that sentences quote, by population in file order, each group from low to high."""
    grouped: dict[str, list[Benchmark]] = {}
    for benchmark in benchmarks:
        if benchmark.told_of:
            grouped.setdefault(benchmark.told_of, []).append(benchmark)
    return {of: sorted(own, key=lambda b: b.estimate or 0.0) for of, own in grouped.items()}


def broadest(library: Library) -> tuple[Benchmark, ...]:
    """For each population that sentences mention, the share over the most trials, in file order."""
    shares = [b for b in library.package.benchmarks if b.shown == "nearest" and b.estimate is not None]
    return tuple(max(own, key=lambda b: b.n_trials or 0) for own in by_population(shares).values())
