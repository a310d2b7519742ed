"""What trials report of the intervention against the control, in the order of their years."""

from dataclasses import dataclass
from typing import Literal

from prolo_dash.evidence.comparison import Comparison
from prolo_dash.evidence.library import Library
from prolo_dash.evidence.records import Contrast, Study

Stated = Literal["favours_intervention", "no_difference", "favours_comparator"]


@dataclass(frozen=True)
class Verdict:
    """What one trial reports against the control: for its main outcome, else for its longest follow-up.

    ``elsewhere`` counts the statements on other outcomes that go another way, ``statements`` all of them;
    ``worse_elsewhere``: one of them says that the intervention did worse, which the verdict does not;
    ``main_not_seen``: the outcome shown is not the trial's main one, though it names one.
    """

    study: Study
    trial: str
    year: int
    comparison: Comparison
    contrast: Contrast
    direction: Stated
    elsewhere: int
    worse_elsewhere: bool
    statements: int
    main_not_seen: bool


def verdicts(library: Library, condition: str) -> tuple[list[Verdict], list[Study]]:
    """The verdict of each trial of a condition with a control, oldest first, and the trials that state none."""
    controlled = [s for s in library.trials_on([condition]) if library.arms(s.study_id, "control")]
    found = {s.study_id: verdict_of(library, s) for s in controlled}
    told = sorted((v for v in found.values() if v), key=lambda v: (v.year, v.study.study_id))
    return told, [s for s in controlled if found[s.study_id] is None]


def verdict_of(library: Library, study: Study) -> Verdict | None:
    """What one trial states against the control as randomised; None where it had none, or states nothing."""
    stated = [
        (comparison, contrast, contrast.direction)
        for comparison in library.comparisons_of(study)
        if comparison.control and comparison.as_randomised
        for contrast in [comparison.contrast(comparison.control)]
        if contrast and contrast.direction != "not_stated"
    ]
    if not stated:
        return None
    main, contrast, direction = max(
        stated, key=lambda found: (found[0].outcome.primary == "yes", found[0].outcome.weeks or 0)
    )
    return Verdict(
        study=study,
        trial=library.name(study),
        year=library.source(study.source_id).year or 0,
        comparison=main,
        contrast=contrast,
        direction=direction,
        elsewhere=sum(way != direction for *_, way in stated),
        worse_elsewhere=direction != "favours_comparator" and any(way == "favours_comparator" for *_, way in stated),
        statements=len(stated),
        main_not_seen=main.outcome.primary != "yes" and _names_main(library, study),
    )


def _names_main(library: Library, study: Study) -> bool:
    own = [outcome for outcome in library.package.outcomes if outcome.study_id == study.study_id]
    return any(outcome.primary == "yes" for outcome in own)
