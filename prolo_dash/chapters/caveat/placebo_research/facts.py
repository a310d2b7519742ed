"""What is known of the contextual shares of trials and of placebo research."""

from dataclasses import dataclass

from prolo_dash.evidence.benchmarks import SHARE, estimate_of
from prolo_dash.evidence.comparison import Comparison
from prolo_dash.evidence.library import Library, selection
from prolo_dash.evidence.records import Benchmark, Study
from prolo_dash.evidence.topic import Topic
from prolo_dash.kit import trial_labels
from prolo_dash.kit.controls import Option, choice
from prolo_dash.stats.effects import Estimate


@dataclass(frozen=True)
class ShareState:
    """Which trials, which result, and how many benchmarks."""

    conditions: tuple[str, ...] = trial_labels.conditions()
    outcome: str = choice("Result", trial_labels.DOMAIN_OPTIONS, "better")
    benchmarks: str = choice(
        "Placebo research", (Option("main", "The nearest averages"), Option("all", "All averages we found")), "main"
    )


@dataclass(frozen=True)
class Shown:
    """A benchmark that is drawn: who printed it, and its figure with higher = better."""

    name: str
    benchmark: Benchmark
    estimate: Estimate


@dataclass(frozen=True)
class Facts:
    """The comparisons with a share, the trials without one, and the averages of placebo research beside them.

    ``averages`` are shares, ``shams`` standard deviations. ``told`` are the nearest averages that sentences tell.
    ``example`` is the first comparison whose control group gained less, with the name of its trial.
    """

    topic: Topic
    drawn: tuple[Comparison, ...]
    rest: tuple[tuple[Study, tuple[Comparison, ...]], ...]
    averages: tuple[Shown, ...]
    shams: tuple[Shown, ...]
    told: tuple[Benchmark, ...]
    example: tuple[str, Comparison] | None

    @property
    def below(self) -> tuple[float, ...]:
        """The shares below the whole."""
        return tuple(share.value for c in self.drawn if (share := c.share) and share.value < 1)

    @property
    def beyond(self) -> int:
        """Comparisons whose control group gained as much or more."""
        return len(self.drawn) - len(self.below)


def facts(library: Library, state: ShareState) -> Facts:
    """The shares of the chosen trials at their longest follow-up, and the averages beside them."""
    found = selection(library, state.conditions, state.outcome, "latest")
    drawn = tuple(c for own in found.values() for c in own if c.share)
    shares = [b for b in library.package.benchmarks if b.measure == SHARE and b.estimate is not None]
    nearest = [b for b in shares if b.shown == "nearest"]
    shams = [b for b in library.package.benchmarks if b.shown == "sham" and b.estimate is not None]
    example = next((c for c in drawn if c.share and c.share.value < 1), None)
    return Facts(
        topic=library.topic,
        drawn=drawn,
        rest=tuple((study, tuple(own)) for study, own in found.items() if not any(c.share for c in own)),
        averages=_shown(library, shares if state.benchmarks == "all" else nearest),
        shams=_shown(library, shams),
        told=tuple(b for b in nearest if b.told_of),
        example=(library.name(example.study), example) if example else None,
    )


def _shown(library: Library, benchmarks: list[Benchmark]) -> tuple[Shown, ...]:
    return tuple(Shown(library.source(b.source_id).name, b, estimate_of(b)) for b in benchmarks)
