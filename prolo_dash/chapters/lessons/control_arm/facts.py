"""What is known of control groups alone: their gains, at the longest follow-up as randomised."""

from dataclasses import dataclass, replace

from prolo_dash.chapters.lessons.chosen_rows import Chosen, chosen, rows_choice
from prolo_dash.evidence.comparison import ArmFigure, Comparison
from prolo_dash.evidence.library import Library, per_library, selection
from prolo_dash.evidence.records import Study
from prolo_dash.evidence.topic import Topic
from prolo_dash.kit import trial_labels
from prolo_dash.kit.controls import choice


@dataclass(frozen=True)
class ControlArmState:
    """Which result, and how many of the groups."""

    outcome: str = choice("Result", trial_labels.DOMAIN_OPTIONS, "better")
    rows: str = rows_choice()


@dataclass(frozen=True)
class Facts:
    """Comparisons with the warnings that concern their control group, and trials whose control figures weren't seen.

    Of a few rows, ``unseen`` tells nothing: those that are left out were seen.
    """

    topic: Topic
    domain: str
    chosen: Chosen
    drawn: tuple[Comparison, ...]
    unseen: tuple[Study, ...]

    @property
    def trials(self) -> int:
        """How many trials the groups are of."""
        return len({c.study.study_id for c in self.drawn})

    @property
    def gains(self) -> tuple[float, ...]:
        """What the groups gained: shares of people, or points."""
        return tuple(control_of(c).gain or 0.0 for c in self.drawn)


def facts(library: Library, state: ControlArmState) -> Facts:
    """The control groups of a few trials or of all, for one kind of result."""
    found = controlled(library, state.outcome)
    known = chosen(library, "lesson_dummy", state.rows, found)
    seen = {c.study.study_id for c in found}
    unseen = [s for s in library.trials if s.study_id not in seen and library.arms(s.study_id, "control")]
    drawn = tuple(_alone(c) for c in known.shown)
    return Facts(library.topic, state.outcome, known, drawn, () if known.is_part else tuple(unseen))


@per_library
def controlled(library: Library, domain: str) -> tuple[Comparison, ...]:
    """Comparisons with a control group's gain, at the longest follow-up as randomised; each control group once."""
    found: dict[tuple[str, str], Comparison] = {}
    for own in selection(library, library.conditions, domain, "latest").values():
        for c in own:
            if c.as_randomised and c.control and c.control.gain is not None:
                found.setdefault((c.outcome.outcome_id, c.control.arm.arm_id), c)
    return tuple(found.values())


def control_of(comparison: Comparison) -> ArmFigure:
    """The control group, which is there."""
    assert comparison.control is not None
    return comparison.control


def _alone(comparison: Comparison) -> Comparison:
    """The comparison with the warnings that concern its control group."""
    arm = control_of(comparison).arm.arm_id
    return replace(comparison, flags=tuple(f for f in comparison.flags if f.arm_id in (None, arm)))
