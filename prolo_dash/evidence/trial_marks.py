"""Five things that help to trust a trial, each answered by one rule from its facts: yes, no, not clear, or not seen."""

from dataclasses import dataclass
from typing import Literal

from prolo_dash.evidence.blinding import CouldTell, could_tell_from_control
from prolo_dash.evidence.judged import Known, protection_of
from prolo_dash.evidence.judged_records import FactName
from prolo_dash.evidence.library import Library, per_library
from prolo_dash.evidence.records import Study

Asked = Literal["randomised", "control", "people_blinded", "assessors_blinded", "few_lost"]
Sign = Literal["yes", "no", "unclear", "not_seen"]

MANY_LOST = 20  # percent; fewer are few
_BY_CHANCE = ("parallel_rct", "crossover")
_HIDDEN: dict[CouldTell, Sign] = {"no": "yes", "yes": "no", "unclear": "unclear", "not_seen": "not_seen"}


@dataclass(frozen=True)
class TrialMark:
    """One question and its answer; ``unclear`` is in part, not told, or told differently by pages."""

    asked: Asked
    sign: Sign


@per_library
def trial_marks(library: Library, study: Study) -> tuple[TrialMark, ...]:
    """The five answers of one trial, always in the same order."""
    known = {fact.fact: fact for fact in protection_of(library, study).facts}
    return (
        TrialMark("randomised", _randomised(study, known)),
        TrialMark("control", "yes" if library.arms(study.study_id, "control") else "no"),
        TrialMark("people_blinded", _HIDDEN[could_tell_from_control(library, study)]),
        TrialMark("assessors_blinded", _sign(known["blinded_assessors"])),
        TrialMark("few_lost", _few_lost(known["lost_percent"])),
    )


def _randomised(study: Study, known: dict[FactName, Known]) -> Sign:
    """Whether a page tells how chance made the groups; no where it did not make them."""
    return _sign(known["randomisation_method"]) if study.design in _BY_CHANCE else "no"


def _sign(known: Known) -> Sign:
    answer = known.answer
    return answer if answer in ("yes", "no", "not_seen") else "unclear"


def _few_lost(known: Known) -> Sign:
    """By the share lost, where a page gives one for all."""
    few = {statement.percent < MANY_LOST for statement in known.statements if statement.percent is not None}
    if len(few) != 1:
        return "unclear" if known.statements else "not_seen"
    return "yes" if few.pop() else "no"
