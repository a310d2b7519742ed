"""What a notebook calls: ``chapter``, ``view`` and ``predict`` show something, ``digest`` says all of it as text."""

import json

from prolo_dash.editions import digest as _digest
from prolo_dash.editions.lessons import Setting, calls_in, prediction_part, view_part
from prolo_dash.editions.page import notebooks_dir
from prolo_dash.evidence.library import library
from prolo_dash.jupyter.voila_files import pack_of
from prolo_dash.jupyter.widget import ChapterWidget, PartWidget


def chapter(key: str) -> ChapterWidget:
    """A chapter of the explainer by its key in ``views/chapters.py``, as ``gain``; KeyError for another name."""
    return ChapterWidget(key)


def view(key: str, **settings: Setting) -> PartWidget:
    """One view with settings as a link has them: ``view("gain", show="groups", conditions="low_back.tendons")``.

    KeyError for an unknown view, ValueError for a setting it does not have or offer; each says what there is.
    """
    return PartWidget(str(view_part(library(), key, settings, pack_of(key))), f"prolo_dash view: {key}")


def predict(key: str, view_key: str, **settings: Setting) -> PartWidget:
    """A prediction by its key in ``views/predictions.py``, and behind it the view that shows the answer.

    Errors as of ``view``.
    """
    part = prediction_part(library(), key, view_key, settings, pack_of(view_key))
    return PartWidget(str(part), f"prolo_dash prediction: {key}")


def digest(lesson: str = "") -> str:
    """What every view of the explainer, or of a lesson by the name of its notebook, says, as plain text."""
    if not lesson:
        return _digest.digest(library())
    notebook = json.loads((notebooks_dir() / f"{lesson}.ipynb").read_text(encoding="utf-8"))
    return _digest.lesson_digest(library(), calls_in(notebook))
