"""What is known of the gains of the chosen trials, and of the differences between their groups."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from prolo_dash.chapters.gain.reading import GainState, difference_of, differences_of, gain_of, is_in_points, normalise
from prolo_dash.evidence.comparison import Comparison, Difference
from prolo_dash.evidence.conditions import Condition
from prolo_dash.evidence.directions import DOMAINS
from prolo_dash.evidence.library import Library, selection, without_rows
from prolo_dash.evidence.records import Role, Study
from prolo_dash.evidence.smallest_changes import Side, SmallestChange, smallest_changes
from prolo_dash.evidence.topic import Topic


@dataclass(frozen=True)
class Facts:
    """The comparisons that can be drawn, the trials that can't, and the conditions of which nothing is drawn.

    ``chosen`` counts trials. ``missing`` is empty but for counts. ``smallest`` has the smallest change that
    people notice on a comparison's score, by its id, and is empty but for differences in points. ``elsewhere`` counts
    the trials that have other outcomes where nothing is drawn.
    """

    topic: Topic
    state: GainState
    chosen: int
    drawn: tuple[Comparison, ...]
    rest: tuple[tuple[Study, tuple[Comparison, ...]], ...]
    missing: tuple[Condition, ...]
    smallest: Mapping[str, SmallestChange]
    elsewhere: Mapping[str, int]

    @property
    def studies(self) -> int:
        """How many trials the drawn comparisons are of."""
        return len({c.study.study_id for c in self.drawn})

    @property
    def uncontrolled(self) -> int:
        """How many of these trials had no other group."""
        return len({c.study.study_id for c in self.drawn if not c.comparators})

    @property
    def gains(self) -> tuple[float, ...]:
        """What the intervention groups gained: shares of people, or points."""
        return tuple(c.intervention.gain for c in self.drawn if c.intervention.gain is not None)

    @property
    def pairs(self) -> tuple[tuple[float, float], ...]:
        """The gains of intervention and control, where both were seen."""
        return tuple(
            (c.intervention.gain, c.control.gain)
            for c in self.drawn
            if c.control and c.intervention.gain is not None and c.control.gain is not None
        )

    @cached_property
    def differences(self) -> tuple[Difference, ...]:
        """Every difference that was seen, on the chosen scale."""
        return tuple(d for c in self.drawn for d in differences_of(c, self.state))

    @property
    def sides(self) -> tuple[Side, ...]:
        """On which side of its smallest change each difference lies, where the score has one."""
        return tuple(
            smallest.side(d.estimate.value)
            for c in self.drawn
            if (smallest := self.smallest.get(c.comparison_id))
            for d in differences_of(c, self.state)
        )

    @property
    def sure(self) -> int:
        """How many of these differences lie on their side with the whole interval."""
        return sum(
            smallest.is_sure(d.estimate)
            for c in self.drawn
            if (smallest := self.smallest.get(c.comparison_id))
            for d in differences_of(c, self.state)
        )

    @property
    def roles(self) -> frozenset[Role]:
        """The roles of the groups that are drawn; for differences, of the comparators."""
        if self.state.show == "difference":
            return frozenset(d.versus.arm.role for d in self.differences)
        shown = [f for c in self.drawn for f in c.arms if f is c.intervention or self._beside(f.gain)]
        return frozenset(f.arm.role for f in shown)

    def _beside(self, gain: float | None) -> bool:
        return self.state.show == "groups" and gain is not None


def facts(library: Library, state: GainState) -> Facts:
    """The trials of the chosen conditions, with what can be drawn of them."""
    found = selection(library, state.conditions, state.outcome, state.time)
    drawn = _drawn(found, state)
    kept = {c.study.study_id for c in drawn}
    return Facts(
        topic=library.topic,
        state=state,
        chosen=len(found),
        drawn=drawn,
        rest=tuple((study, tuple(own)) for study, own in found.items() if study.study_id not in kept),
        missing=without_rows(library, state.conditions, drawn) if state.outcome == "better" else (),
        smallest=smallest_changes(library, drawn) if is_in_points(state) else {},
        elsewhere={} if drawn else _elsewhere(library, state),
    )


def _drawn(found: Mapping[Study, list[Comparison]], state: GainState) -> tuple[Comparison, ...]:
    return tuple(c for own in found.values() for c in own if _drawable(c, state))


def _elsewhere(library: Library, state: GainState) -> dict[str, int]:
    """How many of the chosen trials have other outcomes that can be drawn, by these."""
    others = [normalise(replace(state, outcome=domain)) for domain in DOMAINS if domain != state.outcome]
    drawn = {
        other.outcome: _drawn(selection(library, other.conditions, other.outcome, other.time), other)
        for other in others
    }
    return {domain: len({c.study.study_id for c in own}) for domain, own in drawn.items()}


def _drawable(comparison: Comparison, state: GainState) -> bool:
    if state.show == "difference":
        return any(difference_of(comparison, versus, state) for versus in comparison.comparators)
    return gain_of(state)(comparison, comparison.intervention) is not None
