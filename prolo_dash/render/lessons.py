"""What a lesson's notebook shows: views in a given state, predictions with the answer behind them, and checks."""

import ast
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from markupsafe import Markup

from prolo_dash.chapters.lessons.checks import Check, checks
from prolo_dash.chapters.lessons.predictions import predictions
from prolo_dash.chapters.registry import VIEW_BY_KEY
from prolo_dash.evidence.library import Library
from prolo_dash.kit.controls import offered, taken
from prolo_dash.kit.predictions import GAP, HANDS, Prediction, bin_label, bins
from prolo_dash.kit.view import View
from prolo_dash.render.html import chapter_html, payload, template, view_html

Setting = str | int | Sequence[str]
MIME = "application/vnd.prolo-dash+json"  # an output of this type holds the call that made it


class UnknownNameError(KeyError):
    """There is no view, chapter, prediction or check of that name; the message says which there are."""


class UnknownSettingError(ValueError):
    """A view does not have that setting, or does not offer that; the message says what there is."""


FUNCTIONS = ("chapter", "view", "predict", "check")
CALL_ERRORS = (UnknownNameError, UnknownSettingError)


@dataclass(frozen=True)
class Call:
    """What a cell shows: the function it calls, one of ``FUNCTIONS``, its names and its settings."""

    function: str
    names: tuple[str, ...]
    settings: dict[str, Setting]

    @property
    def view(self) -> str | None:
        """The view that it shows, or that stands behind its question; None for a chapter and for a check."""
        return self.names[-1] if self.function in ("view", "predict") else None

    def as_json(self) -> dict[str, Any]:
        """The call as it is stored in an output."""
        return {"call": self.function, "names": list(self.names), "settings": dict(self.settings)}

    @classmethod
    def from_json(cls, said: dict[str, Any]) -> "Call":
        """The call stored in an output."""
        return cls(said["call"], tuple(said["names"]), said["settings"])


def call_of(source: str) -> Call | None:
    """The call that a cell consists of; None for a cell that shows something else."""
    try:
        expression = ast.parse(source.strip(), mode="eval").body
    except (SyntaxError, ValueError, RecursionError, MemoryError):  # the last two: nested too deep
        return None
    if not isinstance(expression, ast.Call) or not isinstance(expression.func, ast.Name):
        return None
    if expression.func.id not in FUNCTIONS:
        return None
    try:
        names = tuple(ast.literal_eval(argument) for argument in expression.args)
        settings = {str(word.arg): ast.literal_eval(word.value) for word in expression.keywords}
    except (ValueError, TypeError, RecursionError):  # a name or a setting that is not a literal
        return None
    if len(names) not in (1, 2) or not all(isinstance(name, str) for name in names):
        return None
    return Call(expression.func.id, names, settings)


def calls_in(notebook: dict[str, Any]) -> Iterable[Call]:
    """What a notebook shows, in order."""
    sources = ("".join(cell["source"]) for cell in notebook["cells"] if cell["cell_type"] == "code")
    return (call for source in sources if (call := call_of(source)))


def view_in_state(library: Library, key: str, settings: dict[str, Setting]) -> tuple[View[Any], Any]:
    """A view and the state that settings name: in their URL form, or as lists if several options may be on.

    KeyError for an unknown view, ValueError for a setting that it does not have or offer; both say what there is.
    """
    if key not in VIEW_BY_KEY:
        raise UnknownNameError(f"There is no view “{key}”. There are: {', '.join(VIEW_BY_KEY)}.")
    view = VIEW_BY_KEY[key]
    declared = view.controls(library)
    values = {}
    for name, value in settings.items():
        if name not in declared:
            has = ", ".join(declared) or "none"
            raise UnknownSettingError(f"The view “{key}” has no setting “{name}”. Its settings: {has}.")
        try:
            values[name] = taken(declared[name], value)
        except ValueError:
            raise UnknownSettingError(
                f"“{value}” is not on offer for “{name}” of the view “{key}”. On offer: {offered(declared[name])}."
            ) from None
    return view, view.normalise(replace(view.default_state(library), **values))


def prediction_of(library: Library, key: str) -> Prediction:
    """A prediction; KeyError, which says what there is, for an unknown one."""
    known = predictions(library)
    if key not in known:
        raise UnknownNameError(f"There is no prediction “{key}”. There are: {', '.join(known)}.")
    return known[key]


def check_of(library: Library, key: str) -> Check:
    """A check; KeyError, which says what there is, for an unknown one."""
    known = checks(library)
    if key not in known:
        raise UnknownNameError(f"There is no check “{key}”. There are: {', '.join(known)}.")
    return known[key]


def check_part(library: Library, key: str) -> Markup:
    """The HTML of a check, with why each answer is right or wrong in an inert template; errors as of ``check_of``."""
    return Markup(template("check.html.j2").render(asked=check_of(library, key)))


def view_part(library: Library, key: str, settings: dict[str, Setting], pack: str = "") -> Markup:
    """The HTML of a view in the state that settings name; errors as of ``view_in_state``.

    ``pack``: the address of its prepared states.
    """
    view, state = view_in_state(library, key, settings)
    return chapter_html(library, key, [view_html(library, view, payload(library, view, state), pack=pack)])


def prediction_part(library: Library, key: str, view_key: str, settings: dict[str, Setting], pack: str = "") -> Markup:
    """The HTML of a prediction and, in an inert template after it, its answer with a view that shows it."""
    return prediction_html(library, key, view_part(library, view_key, settings, pack))


def prediction_html(library: Library, key: str, shows: str = "") -> Markup:
    """The HTML of a prediction, with its answer and ``shows`` (HTML) in an inert template after it."""
    asked = prediction_of(library, key)
    text: str = template("predict.html.j2").render(
        asked=asked,
        limits=bin_label(asked.low, asked.high),
        ranges=[bin_label(*one) for one in bins(asked)],
        known=json.dumps({"words": GAP, "hands": HANDS, "bins": bins(asked)}, ensure_ascii=False),
        answer=asked.answer(library),
        says=asked.says(library),
        cited={"sources": asked.sources(library)},
        doubts=asked.doubts(library),
        shows=shows,
    )
    return Markup(text)
