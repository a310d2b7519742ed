"""A control of a view as a trait of its widget."""

from typing import Any

import traitlets

from prolo_dash.kit.controls import Control, offered, taken


class ControlTrait(traitlets.TraitType):  # type: ignore[misc]
    """What a control is set to; TraitError, which says what is on offer, for anything else."""

    def __init__(self, control: Control, usual: Any) -> None:
        super().__init__(default_value=usual, help=control.label)
        self.control = control

    def validate(self, _obj: Any, value: Any) -> Any:
        """The value as the view takes it, from its own form, its URL form or a list."""
        try:
            return taken(self.control, value)
        except ValueError:
            raise traitlets.TraitError(
                f"“{value}” is not on offer for “{self.name}”. On offer: {offered(self.control)}."
            ) from None
