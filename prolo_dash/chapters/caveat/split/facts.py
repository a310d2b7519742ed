"""What is known of the gains of trials and of what is left after their controls."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from prolo_dash.evidence.benchmarks import ThreeParts, three_parts
from prolo_dash.evidence.comparison import Comparison
from prolo_dash.evidence.conditions import Condition
from prolo_dash.evidence.directions import DOMAINS
from prolo_dash.evidence.library import Library, selection, without_rows
from prolo_dash.evidence.records import Study
from prolo_dash.evidence.smallest_changes import Side, SmallestChange, smallest_changes
from prolo_dash.evidence.topic import Topic
from prolo_dash.kit import trial_labels
from prolo_dash.kit.controls import Option, choice
from prolo_dash.stats.effects import Estimate


@dataclass(frozen=True)
class CaveatState:
    """Which trials, which kind of result, and how much of the split is drawn."""

    conditions: tuple[str, ...] = trial_labels.conditions()
    outcome: str = choice("Result", trial_labels.DOMAIN_OPTIONS, "better")
    show: str = choice(
        "Show",
        (
            Option("reported", "As reported"),
            Option("split", "Split by comparison group"),
            Option("left", "Only what is left"),
        ),
        "split",
    )


@dataclass(frozen=True)
class Facts:
    """The comparisons that can be split, the trials that can't, and the conditions of which nothing is drawn.

    ``chosen`` counts trials. ``missing`` is empty but for counts. ``units`` are what
    trials of the library count in place of people. ``example`` is the first comparison whose control
    group gained less than the other, with the name of its trial. ``three_parts`` is what placebo research measured.
    ``smallest`` has the smallest change that people notice on a comparison's score, by its id, and is empty but where
    only what is left is drawn. ``elsewhere`` counts the trials that have other outcomes where nothing is drawn.
    """

    topic: Topic
    state: CaveatState
    chosen: int
    drawn: tuple[Comparison, ...]
    rest: tuple[tuple[Study, tuple[Comparison, ...]], ...]
    missing: tuple[Condition, ...]
    units: tuple[str, ...]
    example: tuple[str, Comparison] | None
    three_parts: ThreeParts | None
    smallest: Mapping[str, SmallestChange]
    elsewhere: Mapping[str, int]

    @property
    def counts(self) -> bool:
        """Whether people counted as better are shown, not scores."""
        return self.drawn[0].is_share

    @cached_property
    def gains(self) -> tuple[float, ...]:
        """What the intervention groups gained: shares of people, or points."""
        return tuple(c.intervention.gain for c in self.drawn if c.intervention.gain is not None)

    @cached_property
    def shares(self) -> tuple[float, ...]:
        """Of the gains, the shares that the control groups gained too, where there was a gain."""
        return tuple(share.value for c in self.drawn if (share := c.share))

    @property
    def control_as_good(self) -> int:
        """Comparisons whose control group gained as much or more, and so have no share below the whole."""
        return sum(1 for c in self.drawn if c.share is None or c.share.value >= 1)

    @property
    def with_untreated(self) -> int:
        """Comparisons with the gain of an untreated group."""
        return sum(1 for c in self.drawn if c.split and c.split.untreated)

    @cached_property
    def left(self) -> tuple[Estimate, ...]:
        """What is left of each gain after the control group's."""
        return tuple(c.split.added_by_intervention for c in self.drawn if c.split)

    @property
    def sides(self) -> tuple[Side, ...]:
        """On which side of its smallest change each rest lies, where the score has one."""
        return tuple(smallest.side(rest.value) for smallest, rest in self._held_against)

    @property
    def sure(self) -> int:
        """How many of these lie on their side with the whole interval."""
        return sum(smallest.is_sure(rest) for smallest, rest in self._held_against)

    @property
    def _held_against(self) -> list[tuple[SmallestChange, Estimate]]:
        rests = {c.comparison_id: rest for c, rest in zip(self.drawn, self.left, strict=True)}
        return [(smallest, rests[key]) for key, smallest in self.smallest.items()]


def facts(library: Library, state: CaveatState) -> Facts:
    """The trials of the chosen conditions at their longest follow-up."""
    found = selection(library, state.conditions, state.outcome, "latest")
    drawn = tuple(c for own in found.values() for c in own if c.split)
    example = next((c for c in drawn if c.share and c.share.value < 1), None)
    return Facts(
        topic=library.topic,
        state=state,
        chosen=len(found),
        drawn=drawn,
        rest=tuple((study, tuple(own)) for study, own in found.items() if not any(c.split for c in own)),
        missing=without_rows(library, state.conditions, drawn) if state.outcome == "better" else (),
        units=tuple(dict.fromkeys(c.study.unit for c in library.comparisons if c.split and c.study.unit != "person")),
        example=(library.name(example.study), example) if example else None,
        three_parts=three_parts(library),
        smallest=smallest_changes(library, drawn) if state.show == "left" else {},
        elsewhere={} if drawn else _elsewhere(library, state),
    )


def _elsewhere(library: Library, state: CaveatState) -> dict[str, int]:
    """How many of the chosen trials have other outcomes that can be split, by these."""
    others = [domain for domain in DOMAINS if domain != state.outcome]
    found = {domain: selection(library, state.conditions, domain, "latest") for domain in others}
    return {domain: sum(any(c.split for c in own) for own in chosen.values()) for domain, chosen in found.items()}
