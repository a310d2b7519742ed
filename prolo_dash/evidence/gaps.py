"""Gaps and doubts of the package: what was not seen, and which printed figures are doubted."""

from prolo_dash.evidence.library import Library
from prolo_dash.evidence.reading import has_figure
from prolo_dash.evidence.records import Flag, Outcome, Position, Study

# Flags that say that a printed figure is in doubt: their reasons differ from trial to trial.
DOUBTS = (
    "inconsistent_interval",
    "doubtful_spread",
    "doubtful_figure",
    "assignment_inferred",
    "sources_disagree",
    "harms_disagree",
)
# Flags that say that a figure was not read where it was first printed, or not in full.
INDIRECT = ("direction_unclear", "secondary_source", "partial_report")


def outcomes_without_figure(library: Library) -> tuple[Outcome, ...]:
    """Outcomes without any group's figure."""
    seen = {result.outcome_id for result in library.package.results if has_figure(result)}
    return tuple(outcome for outcome in library.package.outcomes if outcome.outcome_id not in seen)


def studies_without_size(library: Library) -> tuple[Study, ...]:
    """Studies of treated people with an arm whose size was seen neither at the start nor with a figure."""
    study_of = {o.outcome_id: o.study_id for o in library.package.outcomes}
    sized = {(study_of[r.outcome_id], r.arm_id) for r in library.package.results if r.n is not None}
    sized |= {(arm.study_id, arm.arm_id) for arm in library.package.arms if arm.n_randomised is not None}
    unsized = {arm.study_id for arm in library.package.arms if (arm.study_id, arm.arm_id) not in sized}
    return tuple(study for study in library.trials if study.study_id in unsized)


def positions_without_page(library: Library) -> tuple[Position, ...]:
    """Organisations of which no page with a position was seen."""
    return tuple(position for position in library.package.positions if position.source_id is None)


def flags_of(library: Library, kind: str) -> tuple[Flag, ...]:
    """The flags of one kind."""
    return tuple(flag for flag in library.package.flags if flag.kind == kind)


def doubts(library: Library) -> tuple[Flag, ...]:
    """Each doubt about a printed figure, by kind; the same reason for several figures of a trial once."""
    flags = sorted((f for f in library.package.flags if f.kind in DOUBTS), key=lambda f: DOUBTS.index(f.kind))
    once: dict[tuple[str, str], Flag] = {}
    for flag in flags:
        once.setdefault((flag.study_id, flag.reason), flag)
    return tuple(once.values())
