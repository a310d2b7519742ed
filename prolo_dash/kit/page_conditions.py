"""The conditions that a reader chooses once for a page, and what each view then shows."""

from typing import Any

from prolo_dash.evidence.conditions import Condition
from prolo_dash.evidence.library import Library
from prolo_dash.kit.controls import Choice
from prolo_dash.kit.view import View


def settings_by_condition(library: Library, view: View[Any]) -> dict[str, str]:
    """What a view's own menu is set to when a page is about one condition or group alone: ``name=value`` by its id.

    A menu of conditions follows as it is; a menu of trials opens with the first trial on that condition. Conditions
    that the menu does not offer are left out. A view without such a menu has none.
    """
    controls = view.controls(library)
    for name in ("condition", "trial"):
        menu = controls.get(name)
        if isinstance(menu, Choice):
            found = ((c.condition_id, _setting(library, menu, c)) for c in library.conditions.values())
            return {key: f"{name}={value}" for key, value in found if value}
    return {}


def _setting(library: Library, menu: Choice, condition: Condition) -> str:
    """The usual value of a menu if it is about a condition, else its first that is; empty where none is."""
    about = {one.condition_id for one in (condition, *library.parts(condition))}
    values = [option.value for option in menu.options]
    if condition.condition_id in values:
        return condition.condition_id
    fitting = [v for v in values if v in library.comparison_by_id and _condition_id(library, v) in about]
    return menu.default if menu.default in fitting else next(iter(fitting), "")


def _condition_id(library: Library, comparison_id: str) -> str:
    return library.comparison_by_id[comparison_id].condition.condition_id
