"""Functions for notebooks: ``chapter``, ``view``, ``predict`` and ``check`` show widgets, ``digest`` returns text."""

import json

from prolo_dash.evidence.library import library
from prolo_dash.jupyter.view_widget import ViewWidget, view_widget
from prolo_dash.jupyter.widget import ChapterWidget, CheckWidget, PredictionWidget
from prolo_dash.render import digest as _digest
from prolo_dash.render.lessons import CALL_ERRORS, Setting, calls_in
from prolo_dash.render.notebooks import notebooks_dir
from prolo_dash.start import explain_evidence_errors


@explain_evidence_errors(CALL_ERRORS)
def chapter(key: str) -> ChapterWidget:
    """A chapter of the explainer by its key in ``chapters/registry.py``, such as ``gain``; KeyError if unknown."""
    return ChapterWidget(key)


@explain_evidence_errors(CALL_ERRORS)
def view(key: str, **settings: Setting) -> ViewWidget:
    """One view as a widget with a trait for each control: ``view("gain", show="groups", conditions=["low_back"])``.

    KeyError for an unknown view, ValueError for a setting that it does not have or offer; the messages list what there
    is. Settings may also be written as in a link: ``conditions="low_back.tendons"``.
    """
    return view_widget(key, settings)


@explain_evidence_errors(CALL_ERRORS)
def predict(key: str, view_key: str, **settings: Setting) -> PredictionWidget:
    """A prediction by its key in ``chapters/lessons/predictions.py``, followed by the view that shows the answer.

    Errors as of ``view``.
    """
    return PredictionWidget(key, view_key, settings)


@explain_evidence_errors(CALL_ERRORS)
def check(key: str) -> CheckWidget:
    """A question with answers to choose from, by its key in ``checks.csv``; KeyError if unknown."""
    return CheckWidget(key)


@explain_evidence_errors(CALL_ERRORS)
def digest(lesson: str = "") -> str:
    """Every view of the explainer, or of the lesson with that notebook name, as plain text."""
    if not lesson:
        return _digest.digest(library())
    notebook = json.loads((notebooks_dir() / f"{lesson}.ipynb").read_text(encoding="utf-8"))
    return _digest.lesson_digest(library(), calls_in(notebook))
