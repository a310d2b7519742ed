"""What is known of the groups of trials that have a control group: their gains, as randomised."""

from dataclasses import dataclass

from prolo_dash.chapters.lessons.chosen_rows import Chosen, chosen, rows_choice
from prolo_dash.chapters.lessons.control_arm.facts import control_of, controlled
from prolo_dash.evidence.comparison import ArmFigure, Comparison
from prolo_dash.evidence.library import Library
from prolo_dash.evidence.records import Role
from prolo_dash.evidence.topic import Topic
from prolo_dash.kit import trial_labels
from prolo_dash.kit.controls import choice


@dataclass(frozen=True)
class GroupsState:
    """Which result, and how many of the rows."""

    outcome: str = choice("Result", trial_labels.DOMAIN_OPTIONS, "pain")
    rows: str = rows_choice()


@dataclass(frozen=True)
class ApartState:
    """Which result."""

    outcome: str = choice("Result", trial_labels.DOMAIN_OPTIONS, "pain")


@dataclass(frozen=True)
class Facts:
    """The comparisons that are drawn; each has the gains of the groups with these roles."""

    topic: Topic
    chosen: Chosen
    roles: tuple[Role, ...]

    @property
    def drawn(self) -> tuple[Comparison, ...]:
        """The comparisons that are drawn."""
        return self.chosen.shown

    def groups_of(self, comparison: Comparison) -> tuple[ArmFigure, ...]:
        """The groups of a comparison that are drawn."""
        return tuple(figure for figure in comparison.arms if figure.arm.role in self.roles)

    @property
    def ahead(self) -> int:
        """In how many of them the intervention group gained more than the control group."""
        return sum((c.intervention.gain or 0.0) > (control_of(c).gain or 0.0) for c in self.drawn)

    @property
    def control_gained(self) -> int:
        """In how many of them the control group gained, too."""
        return sum((control_of(c).gain or 0.0) > 0 for c in self.drawn)

    @property
    def untreated_ahead(self) -> int:
        """In how many of them the untreated group gained more than the control group."""
        pairs = [(c.untreated.gain, control_of(c).gain) for c in self.drawn if c.untreated]
        return sum((without or 0.0) > (control or 0.0) for without, control in pairs)


def compared(library: Library, domain: str) -> tuple[Comparison, ...]:
    """The comparisons with gains of the intervention and of the control group, each control group once."""
    return tuple(c for c in controlled(library, domain) if c.intervention.gain is not None)


def with_untreated(library: Library, domain: str) -> tuple[Comparison, ...]:
    """Those of them whose untreated group has a gain, too."""
    return tuple(c for c in compared(library, domain) if c.untreated and c.untreated.gain is not None)


def group_facts(library: Library, state: GroupsState) -> Facts:
    """The groups of a few trials or of all, for one kind of result."""
    known = chosen(library, "lesson_groups", state.rows, compared(library, state.outcome))
    return Facts(library.topic, known, ("intervention", "control"))


def apart_facts(library: Library, state: ApartState) -> Facts:
    """The groups of the trials that have an untreated group, too."""
    found = with_untreated(library, state.outcome)
    return Facts(library.topic, Chosen(found, len(found)), ("intervention", "control", "untreated"))
