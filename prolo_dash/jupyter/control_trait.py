"""A control of a view as a trait of its widget."""

from typing import Any

import traitlets

from prolo_dash.kit.controls import Control, offered, taken


class ControlTrait(traitlets.TraitType):  # type: ignore[misc]
    """The value of a control; TraitError, with the options on offer, for an invalid one."""

    def __init__(self, control: Control, usual: Any) -> None:
        super().__init__(default_value=usual, help=control.label)
        self.control = control

    def validate(self, _obj: Any, value: Any) -> Any:
        """The value in the view's own type, from that type, its URL form or a list."""
        try:
            return taken(self.control, value)
        except ValueError:
            raise traitlets.TraitError(
                f"“{value}” is not on offer for “{self.name}”. On offer: {offered(self.control)}."
            ) from None
