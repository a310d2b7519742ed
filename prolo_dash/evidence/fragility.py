"""How fragile a comparison of two counts is: the outcomes that would have to change, by group."""

from dataclasses import dataclass

from prolo_dash.evidence.comparison import ArmFigure, Comparison
from prolo_dash.evidence.library import Library, per_library
from prolo_dash.evidence.records import Role
from prolo_dash.stats.robustness import Fragility, fragility


@dataclass(frozen=True)
class FragileGroup:
    """One of the two groups: how many were counted as better of how many, and how many would have to change."""

    arm_id: str
    role: Role
    better: int
    n: int
    to_change: int


@per_library
def countable(library: Library) -> tuple[Comparison, ...]:
    """Comparisons with counts in both the intervention and the control group, by condition."""
    found = [c for c in library.comparisons if c.intervention.counts and c.control and c.control.counts]
    return tuple(sorted(found, key=lambda c: c.condition.position))


def fragility_of(comparison: Comparison) -> Fragility:
    """The fragility index of a comparison with counts in both groups."""
    assert comparison.control
    return fragility(*_counts(comparison.intervention), *_counts(comparison.control))


def fragile_groups(comparison: Comparison, found: Fragility) -> tuple[FragileGroup, FragileGroup]:
    """The groups that the index counts in, the intervention first."""
    assert comparison.control
    treated, control = comparison.intervention, comparison.control
    return _group(treated, found.index or 0 if found.changed_group == 1 else 0), _group(
        control, found.index or 0 if found.changed_group == 0 else 0
    )


def _group(figure: ArmFigure, to_change: int) -> FragileGroup:
    return FragileGroup(figure.arm.arm_id, figure.arm.role, *_counts(figure), to_change)


def _counts(figure: ArmFigure) -> tuple[int, int]:
    assert figure.counts
    return figure.counts
