"""How much of a trial could be read, and how many people it compared."""

from prolo_dash.evidence.comparison import Completeness
from prolo_dash.evidence.library import Library
from prolo_dash.evidence.records import Study


def best_seen(library: Library, study: Study) -> Completeness:
    """The most complete comparison of a study."""
    own = library.comparisons_of(study)
    compared = [c.completeness_against(versus) for c in own for versus in c.comparators]
    return max((*compared, *(c.completeness for c in own)), default=Completeness.NOT_SEEN)


def people_compared(library: Library, study: Study) -> int | None:
    """How many were in the intervention and control groups; None without such groups or their sizes."""
    arms = library.arms(study.study_id)
    compared = [arm for arm in arms if arm.role in ("intervention", "control")]
    if not any(arm.role == "control" for arm in arms):
        return None
    if len(compared) == len(arms):
        return study.n_analysed or study.n_randomised
    sizes = [arm.n_randomised for arm in compared]
    return sum(n for n in sizes if n) if all(sizes) else None
