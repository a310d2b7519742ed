"""What is known of the trials of one condition, and which of it a class wants to see."""

from dataclasses import dataclass
from functools import cache
from typing import Literal, get_args

from prolo_dash.evidence.comparison import Comparison
from prolo_dash.evidence.judged import Known, Protection, protection_of
from prolo_dash.evidence.judged_records import FactName
from prolo_dash.evidence.library import Library
from prolo_dash.evidence.records import Arm, Role, Study
from prolo_dash.kit.controls import Option, Toggles, choice, declare

FactKey = Literal["people", "compared", "could_tell", "measured", "lost", "registered", "judged"]
KEYS: tuple[FactKey, ...] = get_args(FactKey)
LABELS: dict[FactKey, str] = {
    "people": "Who took part",
    "compared": "Compared with what",
    "could_tell": "People did not know what they got",
    "measured": "Who measured did not know it either",
    "lost": "How many were lost",
    "registered": "The plan was told before the start",
    "judged": "What others judged",
}
FACT: dict[FactKey, FactName] = {
    "could_tell": "blinded_participants",
    "measured": "blinded_assessors",
    "lost": "lost_percent",
    "registered": "registered_prospectively",
}
_OTHERS: tuple[Role, ...] = ("control", "untreated", "other")


@cache
def trials(library: Library) -> tuple[Study, ...]:
    """The trials on the condition of the comparison that single-trial views open with."""
    opened: Comparison = library.comparison_by_id[library.default("comparison")]
    return library.trials_on([opened.condition.condition_id])


def _options(library: Library) -> tuple[Option, ...]:
    return tuple(Option(study.study_id, library.name(study)) for study in trials(library))


@dataclass(frozen=True)
class JudgedState:
    """Which trial, and which facts on it are shown."""

    trial: str = choice("Trial", _options, lambda known: trials(known)[0].study_id)
    facts: tuple[str, ...] = declare(
        lambda known: Toggles("Facts that you want to see", tuple(Option(key, LABELS[key]) for key in KEYS))
    )


@dataclass(frozen=True)
class Facts:
    """One trial, its other groups, what protects its result, and which facts are shown."""

    trial: str
    study: Study
    others: tuple[Arm, ...]
    protection: Protection
    shown: tuple[FactKey, ...]

    def known(self, key: FactKey) -> Known:
        """What was seen of one of the facts that pages tell."""
        return next(known for known in self.protection.facts if known.fact == FACT[key])


def facts(library: Library, state: JudgedState) -> Facts:
    """What is known of one trial."""
    study = library.study(state.trial)
    return Facts(
        trial=library.name(study),
        study=study,
        others=tuple(arm for role in _OTHERS for arm in library.arms(study.study_id, role)),
        protection=protection_of(library, study),
        shown=tuple(key for key in KEYS if key in state.facts),
    )
