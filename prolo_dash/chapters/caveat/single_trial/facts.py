"""What is known of one trial, and of its gain if part of that would have come anyway."""

from dataclasses import dataclass

from prolo_dash.evidence.benchmarks import broadest
from prolo_dash.evidence.claims import same_as_randomised
from prolo_dash.evidence.comparison import ArmFigure, Comparison
from prolo_dash.evidence.library import Library, per_library, selection
from prolo_dash.evidence.records import Benchmark
from prolo_dash.evidence.smallest_changes import SmallestChange, smallest_change
from prolo_dash.evidence.topic import Topic
from prolo_dash.kit import trial_labels
from prolo_dash.kit.controls import choice, steps


@per_library
def readable(library: Library) -> tuple[Comparison, ...]:
    """Comparisons with the intervention's gain: those the chapters show, at both times, each once."""
    chosen = [
        comparison
        for domain in ("better", "pain", "function")
        for time in ("latest", "early")
        for own in selection(library, library.conditions, domain, time).values()
        for comparison in own
        if comparison.intervention.gain is not None
    ]
    order = {c.comparison_id: i for i, c in enumerate(library.comparisons)}
    return tuple(sorted(set(chosen), key=lambda c: (c.condition.position, order[c.comparison_id])))


@dataclass(frozen=True)
class TrialState:
    """Which comparison is read, and how much of its gain is supposed to have come anyway (percent)."""

    trial: str = choice(
        "Trial", trial_labels.comparison_options(readable), trial_labels.default_comparison, style="menu"
    )
    suppose: int = steps("Suppose this much of the gain would have come anyway", 0, 100, 5, 50, "%")


@dataclass(frozen=True)
class Facts:
    """A comparison and its gain, cut at ``percent``: what would have come ``anyway``, and what would be ``left``.

    ``beside`` are the same measures as randomised, where these groups are not. ``averages`` are the shares that
    control groups reached in placebo research. ``smallest`` is the smallest change that people notice on the score.
    """

    topic: Topic
    trial: str
    comparison: Comparison
    percent: int
    gain: float
    beside: tuple[Comparison, ...]
    averages: tuple[Benchmark, ...]
    smallest: SmallestChange | None

    @property
    def anyway(self) -> float:
        """The part of the gain that is supposed to have come anyway."""
        return self.gain * self.percent / 100

    @property
    def left(self) -> float:
        """The rest of the gain."""
        return self.gain * (100 - self.percent) / 100

    @property
    def others(self) -> tuple[ArmFigure, ...]:
        """The other groups with a gain."""
        return tuple(f for f in self.comparison.comparators if f.gain is not None)


def facts(library: Library, state: TrialState) -> Facts:
    """One comparison under one supposition."""
    comparison = library.comparison_by_id[state.trial]
    same = () if comparison.as_randomised else same_as_randomised(library, comparison)
    return Facts(
        topic=library.topic,
        trial=library.name(comparison.study),
        comparison=comparison,
        percent=state.suppose,
        gain=comparison.intervention.gain or 0.0,
        beside=tuple(c for c in same if c.control),
        averages=broadest(library),
        smallest=smallest_change(library, comparison),
    )
