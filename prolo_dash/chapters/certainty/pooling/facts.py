"""What is known of the sets of trials that can be taken together, and of the chosen one."""

from dataclasses import dataclass

from prolo_dash.evidence.comparison import Comparison
from prolo_dash.evidence.library import Library
from prolo_dash.evidence.pooling import PoolingSet, left_out, main_beside, pooling_sets
from prolo_dash.evidence.records import Domain, Study
from prolo_dash.evidence.smallest_changes import SmallestChange, smallest_changes
from prolo_dash.evidence.topic import Topic
from prolo_dash.kit.controls import Option, choice
from prolo_dash.kit.scales import STANDARD, Scale, scale_of
from prolo_dash.stats.effects import Estimate
from prolo_dash.stats.pooling import Pooled

_CLOSE = 0.9  # a Hartung-Knapp factor below this narrows the interval
_DOMAIN: dict[Domain, str] = {"better": "counted as better", "pain": "pain score", "function": "function score"}


def sets(library: Library) -> dict[str, PoolingSet]:
    """The sets that can be taken together, by key."""
    return pooling_sets(library, scale_of)


def set_label(one: PoolingSet) -> str:
    """``Low back pain: pain score``."""
    return f"{one.condition.label}: {_DOMAIN[one.domain]}"


def _option(one: PoolingSet) -> Option:
    also = f"{one.condition.also}-{one.domain}" if one.condition.also else ""
    return Option(one.key, set_label(one), also=also)


def no_average(topic: Topic) -> str:
    """Why conditions are never pooled."""
    return f"an average over {topic.mixed_conditions} describes no one."


def _options(library: Library) -> tuple[Option, ...]:
    return (
        Option("off", "Nothing"),
        *map(_option, sets(library).values()),
        Option(
            "all",
            "All conditions (never pooled)",
            needs=f"All conditions are never pooled: {no_average(library.topic)}",
        ),
    )


@dataclass(frozen=True)
class PoolingState:
    """Which set of trials is pooled; none until the reader asks."""

    pool: str = choice("Take together", _options, "off")


def normalise(state: PoolingState) -> PoolingState:
    """Pooling across conditions is off."""
    return PoolingState() if state.pool == "all" else state


@dataclass(frozen=True)
class PooledTrial:
    """One trial of the set: its difference, its weight (0 to 1), and the average without it.

    ``main`` is its main result of the same kind and time, where the set has another one; None where it has that.
    """

    name: str
    comparison: Comparison
    difference: Estimate
    weight: float
    without: Estimate
    main: Comparison | None


@dataclass(frozen=True)
class PooledSet:
    """A set taken together, and the trials of its condition and kind of outcome that could not be.

    ``smallest`` is the smallest change that people notice, where all scores of the set are the same.
    """

    members: PoolingSet
    trials: tuple[PooledTrial, ...]
    pooled: Pooled
    smallest: SmallestChange | None
    left_out: tuple[tuple[Study, list[Comparison]], ...]

    @property
    def scale(self) -> Scale:
        """The scale of its differences."""
        return STANDARD if self.members.standardised else scale_of(self.members.comparisons[0])

    @property
    def too_close(self) -> bool:
        """Whether results differ less than chance alone would mostly make them."""
        return self.pooled.widening <= _CLOSE


@dataclass(frozen=True)
class Facts:
    """The set that is pooled; None until the reader asks."""

    topic: Topic
    chosen: PooledSet | None


def facts(library: Library, state: PoolingState) -> Facts:
    """The chosen set, pooled."""
    chosen = sets(library).get(state.pool)
    return Facts(library.topic, _pooled(library, chosen) if chosen else None)


def _pooled(library: Library, chosen: PoolingSet) -> PooledSet:
    pooled = chosen.pooled
    trials = tuple(
        PooledTrial(
            library.name(comparison.study), comparison, difference, weight, without, main_beside(library, comparison)
        )
        for (comparison, difference), weight, without in zip(
            chosen.members, pooled.weights, chosen.without_each, strict=True
        )
    )
    return PooledSet(chosen, trials, pooled, _smallest(library, chosen), tuple(left_out(library, chosen).items()))


def _smallest(library: Library, chosen: PoolingSet) -> SmallestChange | None:
    """What was published for the score of the set, if it is one for all its trials, in its points."""
    found = smallest_changes(library, chosen.comparisons)
    same = set(found.values())
    return same.pop() if len(same) == 1 and len(found) == len(chosen.members) and not chosen.standardised else None
