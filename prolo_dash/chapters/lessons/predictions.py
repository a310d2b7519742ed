"""Predict, then reveal: the questions of predictions.csv, each with a number for an answer.

Every answer comes from the evidence, and so does every number in a question.
"""

from collections.abc import Iterable

from prolo_dash.chapters.lessons.answers import KINDS
from prolo_dash.evidence.about_records import AskedPrediction
from prolo_dash.evidence.comparison import Comparison
from prolo_dash.evidence.library import Library, per_library
from prolo_dash.kit.predictions import Prediction
from prolo_dash.kit.trial_labels import source_links
from prolo_dash.kit.wording import flag_reasons


@per_library
def predictions(library: Library) -> dict[str, Prediction]:
    """Every prediction by its key, asked with the figures of a library."""
    return {asked.prediction_id: _prediction(library, asked) for asked in library.package.predictions}


def _prediction(library: Library, asked: AskedPrediction) -> Prediction:
    kind = KINDS[asked.kind]
    slots = kind.slots(library, asked)
    low, high = kind.limits(library)
    return Prediction(
        key=asked.prediction_id,
        question=asked.question.format(**slots),
        low=low if asked.low is None else asked.low,
        high=high if asked.high is None else asked.high,
        step=asked.step,
        unit=asked.unit.format(**slots),
        answer=lambda known: kind.answer(known, asked),
        says=lambda known: kind.says(known, asked),
        sources=lambda known: source_links(known, kind.behind(known, asked)),
        doubts=lambda known: _doubts(known, kind.behind(known, asked)),
        why=asked.why,
        colour=kind.colour,
    )


def _doubts(library: Library, behind: Iterable[Comparison]) -> tuple[str, ...]:
    """The warnings of the figures, each once, with the name of its trial."""
    return tuple(dict.fromkeys(f"{library.name(c.study)}: {reason}" for c in behind for reason in flag_reasons(c)))


def before_chapter(library: Library, chapter: str) -> tuple[str, ...]:
    """What a class guesses when the explainer is presented, before the chapter that has the answers."""
    return tuple(asked.prediction_id for asked in library.package.predictions if asked.before_chapter == chapter)
