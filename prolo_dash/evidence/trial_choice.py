"""Which trials a reader wants to be counted: all, only those made in one way, or all but some."""

from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Literal, get_args

from prolo_dash.evidence.blinding import could_tell_from_control
from prolo_dash.evidence.library import Library
from prolo_dash.evidence.records import Study

Only = Literal["all", "controlled", "blinded"]
ONLY: tuple[Only, ...] = get_args(Only)


@dataclass(frozen=True)
class TrialChoice:
    """``only`` says how trials must have been made, ``without`` which are left out by their ids."""

    only: Only = "all"
    without: frozenset[str] = frozenset()

    def counts(self, library: Library, study: Study) -> bool:
        """Whether a trial is among those chosen."""
        if study.study_id in self.without:
            return False
        match self.only:
            case "controlled":
                return bool(library.arms(study.study_id, "control"))
            case "blinded":
                return bool(library.arms(study.study_id, "control")) and could_tell_from_control(library, study) == "no"
            case _:
                return True


ALL_TRIALS = TrialChoice()


@lru_cache(maxsize=16)
def with_trials_of(library: Library, choice: TrialChoice) -> Library:
    """The library as if nothing but the chosen trials were known; surveys stay."""
    if choice == ALL_TRIALS:
        return library
    trials = {study.study_id for study in library.trials}
    left_out = trials - {study.study_id for study in library.trials if choice.counts(library, study)}
    known = library.package
    return Library(
        replace(
            known,
            studies=tuple(study for study in known.studies if study.study_id not in left_out),
            outcomes=tuple(outcome for outcome in known.outcomes if outcome.study_id not in left_out),
        )
    )
