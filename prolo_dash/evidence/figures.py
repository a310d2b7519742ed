"""Every figure of every group as it was printed: rows of results.csv with what they belong to."""

from dataclasses import dataclass
from enum import IntEnum

from prolo_dash.evidence.library import Library
from prolo_dash.evidence.reading import has_figure, with_spread
from prolo_dash.evidence.records import Arm, Flag, Outcome, Result, Study


class Level(IntEnum):
    """How much was seen of a figure."""

    COMPLETE = 0  # a count, or an average with its spread
    ALONE = 1  # an average or share alone
    NOT_REPORTED = 2


@dataclass(frozen=True)
class Figured:
    """One group's figure for one outcome, with the flags that hold for it."""

    study: Study
    outcome: Outcome
    arm: Arm
    result: Result
    flags: tuple[Flag, ...]

    @property
    def key(self) -> str:
        """A unique key."""
        return f"{self.outcome.outcome_id}.{self.arm.arm_id}"

    @property
    def level(self) -> Level:
        """How much was seen of it."""
        if with_spread(self.result):
            return Level.COMPLETE
        return Level.ALONE if has_figure(self.result) else Level.NOT_REPORTED

    @property
    def number(self) -> float | None:
        """The figure alone: an average as it is printed, people counted as a percentage; None where none was seen."""
        r = self.result
        if r.events is not None and r.n is not None:
            return 100 * r.events / r.n
        return 100 * r.mean if r.mean is not None and self.outcome.kind == "responder" else r.mean


def figures(library: Library, studies: tuple[Study, ...]) -> dict[Study, tuple[Figured, ...]]:
    """The figures of each study; one without any has none."""
    known = {study.study_id: study for study in studies}
    outcomes = {o.outcome_id: o for o in library.package.outcomes if o.study_id in known}
    arms = {(arm.study_id, arm.arm_id): arm for arm in library.package.arms}
    found: dict[Study, list[Figured]] = {study: [] for study in studies}
    for result in library.package.results:
        if outcome := outcomes.get(result.outcome_id):
            study = known[outcome.study_id]
            arm = arms[study.study_id, result.arm_id]
            found[study].append(Figured(study, outcome, arm, result, _flags(library, outcome, arm)))
    return {study: tuple(own) for study, own in found.items()}


def _flags(library: Library, outcome: Outcome, arm: Arm) -> tuple[Flag, ...]:
    return tuple(
        flag
        for flag in library.package.flags
        if flag.study_id == outcome.study_id
        and flag.outcome_id in (None, outcome.outcome_id)
        and flag.arm_id in (None, arm.arm_id)
    )
