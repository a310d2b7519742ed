"""Whether people could tell which group of a trial they were in: one rule for all that the page says of it."""

from collections.abc import Iterable
from typing import Literal

from prolo_dash.evidence.judged import Known, protection_of
from prolo_dash.evidence.library import Library
from prolo_dash.evidence.records import Arm, Study

# No by the pages seen, not clear by them, yes by them, or nothing was seen.
CouldTell = Literal["no", "unclear", "yes", "not_seen"]


def could_tell(library: Library, study: Study, arms: Iterable[Arm]) -> CouldTell:
    """Whether people could tell which of these arms of a trial they were in.

    What a page says of a part of the trial is not clear, unless it names all of these arms.
    """
    known = next(fact for fact in protection_of(library, study).facts if fact.fact == "blinded_participants")
    match known.answer:
        case "yes":
            return "no"
        case "no":
            return "yes"
        case "not_seen":
            return "not_seen"
        case "partly" if _names_all(known, arms):
            return "no"
        case _:
            return "unclear"


def could_tell_from_control(library: Library, study: Study) -> CouldTell:
    """Whether people could tell the intervention from the control; any of the arms where a trial had no control."""
    arms = library.arms(study.study_id)
    compared = [arm for arm in arms if arm.role in ("intervention", "control")]
    return could_tell(library, study, compared if library.arms(study.study_id, "control") else arms)


def _names_all(known: Known, arms: Iterable[Arm]) -> bool:
    asked = {arm.arm_id for arm in arms}
    return all(asked <= set(statement.arms) for statement in known.statements)
