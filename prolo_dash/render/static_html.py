"""HTML of a notebook's cell for where no script runs: on GitHub, in ``nbconvert``, in a notebook not run yet.

Images of charts are added when the notebooks are executed (``tools/execute_notebooks.py``); until then, the alt text
takes their place.
"""

from typing import Any

from markupsafe import Markup

from prolo_dash.chapters.registry import CHAPTER_BY_KEY
from prolo_dash.evidence.library import Library
from prolo_dash.kit.view import Rendering, View
from prolo_dash.render.html import template
from prolo_dash.render.lessons import Call, check_of, prediction_of, view_in_state


def shown_views(library: Library, call: Call) -> list[tuple[View[Any], Rendering]]:
    """The views that a call shows, rendered: none for a check, or a prediction, whose view belongs to its answer."""
    match call.function:
        case "chapter":
            states = [(view, view.default_state(library)) for view in CHAPTER_BY_KEY[call.names[0]].views]
        case "view":
            states = [view_in_state(library, call.names[0], call.settings)]
        case _:
            states = []
    return [(view, view.render(library, view.normalise(state))) for view, state in states]


def static_html(library: Library, call: Call) -> Markup:
    """What a call shows, as HTML without controls and scripts; of a prediction or a check only what is asked."""
    module: Any = template("static.html.j2").module
    if call.function == "predict":
        return Markup(module.question(prediction_of(library, call.names[0]))).strip()
    if call.function == "check":
        return Markup(module.check(check_of(library, call.names[0]))).strip()
    return Markup("\n").join(
        Markup(module.view(view.worded(library.topic), shown)).strip() for view, shown in shown_views(library, call)
    )
