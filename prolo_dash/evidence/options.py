"""Other options: which trials compared one with the intervention, and what they report."""

from collections import Counter
from dataclasses import dataclass

from prolo_dash.evidence.comparison import Comparison
from prolo_dash.evidence.conditions import Treatment
from prolo_dash.evidence.library import Library
from prolo_dash.evidence.records import Arm, Contrast, Direction, Role, Study


@dataclass(frozen=True)
class Tested:
    """One trial that compared another option with the intervention, and its statement if we saw one."""

    study: Study
    stated: tuple[Comparison, Contrast] | None
    added: bool  # the intervention group got the option too

    @property
    def direction(self) -> Direction:
        """What was found."""
        return self.stated[1].direction if self.stated else "not_stated"


@dataclass(frozen=True)
class TestedOption:
    """Another option, and the trials of it, each once."""

    treatment: Treatment
    trials: tuple[Tested, ...]

    @property
    def found(self) -> Counter[Direction]:
        """How many trials found what."""
        return Counter(trial.direction for trial in self.trials)


def tested_options(library: Library) -> tuple[TestedOption, ...]:
    """Every other option: those the article names first, then by how many trials there are."""
    roles: tuple[Role, ...] = ("untreated", "other")
    known = {treatment.treatment_id: treatment for treatment in library.package.treatments}
    found: dict[Treatment, dict[Study, Tested]] = {}
    for study in library.trials:
        for arm in (arm for role in roles for arm in library.arms(study.study_id, role)):
            found.setdefault(known[arm.treatment_id], {}).setdefault(study, _tested(library, study, arm))
    ordered = sorted(found, key=lambda option: (not option.named_by_article, -len(found[option])))
    return tuple(TestedOption(option, tuple(found[option].values())) for option in ordered)


def _tested(library: Library, study: Study, arm: Arm) -> Tested:
    """What the paper says: its main outcome, else its longest follow-up, while the groups were as randomised.

    The intervention instead of the option goes before the intervention on top of it, where a trial has both.
    """
    treated = library.arms(study.study_id, "intervention")
    alone = [a.arm_id for a in treated if a.beside_id != arm.treatment_id] or [a.arm_id for a in treated]
    stated = [
        (comparison, contrast)
        for comparison in library.comparisons_of(study)
        if comparison.as_randomised and comparison.intervention.arm.arm_id in alone
        for versus in comparison.comparators
        if versus.arm.arm_id == arm.arm_id
        for contrast in [comparison.contrast(versus)]
        if contrast and contrast.direction != "not_stated"
    ]
    last = max(stated, key=lambda s: (s[0].outcome.primary == "yes", s[0].outcome.weeks or 0), default=None)
    return Tested(study, last, all(a.beside_id == arm.treatment_id for a in treated))
