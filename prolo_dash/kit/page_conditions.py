"""The conditions that a reader chooses once for a page, and what each view then shows."""

from typing import Any

from prolo_dash.evidence.conditions import Condition
from prolo_dash.evidence.library import Library
from prolo_dash.kit.controls import Choice
from prolo_dash.kit.view import View


def settings_by_condition(library: Library, view: View[Any]) -> dict[str, str]:
    """What a view's own menu is set to when a page is about one condition or group alone: ``name=value`` by its id.

    A menu of conditions follows as it is; one of trials or claims opens with the first that is on that condition, or
    on the fewest others beside it. Conditions that the menu has nothing on are left out. A view without such a menu
    has none.
    """
    for name, menu in view.controls(library).items():
        if isinstance(menu, Choice) and any(option.about for option in menu.options):
            found = ((c.condition_id, _setting(library, menu, c)) for c in library.conditions.values())
            return {key: f"{name}={value}" for key, value in found if value}
    return {}


def _setting(library: Library, menu: Choice, condition: Condition) -> str:
    """The usual value of a menu if it is about a condition, else the one that is most about it; empty where none is."""
    about = {one.condition_id for one in (condition, *library.parts(condition))}
    values = [option.value for option in menu.options]
    if condition.condition_id in values:
        return condition.condition_id
    fitting = sorted((o for o in menu.options if about & set(o.about)), key=lambda option: len(option.about))
    return menu.default if menu.default in (o.value for o in fitting) else next((o.value for o in fitting), "")
