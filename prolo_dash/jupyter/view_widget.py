"""A view as a widget: a trait for each of its controls, and what it says as a sentence, a figure and a table.

The traits and the chart never disagree: setting a trait, in Python or by a click, updates all displays of the widget.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import TYPE_CHECKING, Any

import traitlets

from prolo_dash.evidence.library import library
from prolo_dash.jupyter.control_trait import ControlTrait
from prolo_dash.jupyter.voila_files import pack_of
from prolo_dash.jupyter.widget import LOG, PartWidget
from prolo_dash.kit.controls import encoded, to_query
from prolo_dash.kit.plotly import still
from prolo_dash.kit.view import Rendering, View, plain
from prolo_dash.render.html import answer_to, as_message, payload
from prolo_dash.render.lessons import Call, Setting, view_in_state, view_part

if TYPE_CHECKING:
    import pandas
    import plotly.graph_objects

NO_PANDAS = "A table needs pandas, which is not installed here: pip install pandas."


class ViewWidget(PartWidget):
    """A view of the explainer; its class, with a trait for each control, is made by ``view_widget``.

    When the state is changed from Python, the page gets a message ``{"show": …}`` in the form of an answer.
    """

    state = traitlets.Unicode(read_only=True, help="The settings in their URL form.").tag(sync=True)
    _view: View[Any]  # of the class

    def __init__(self, settings: dict[str, Setting]) -> None:
        """A widget that shows the state of its view that settings name; errors as of ``view_in_state``."""
        self._mute_depth = 1  # while positive, the page gets no messages
        self._settling = False
        key = self._view.key
        _, state = view_in_state(library(), key, settings)
        super().__init__(
            Call("view", (key,), settings),
            str(view_part(library(), key, settings, pack_of(key))),
            f"prolo_dash view: {key}",
            **vars(state),
        )
        self._settle()
        self._mute_depth = 0
        self._called_for = self.state

    @property
    def sentence(self) -> str:
        """The view's sentence (one or a few)."""
        return plain(self._rendering().sentence)

    def figure(self) -> "plotly.graph_objects.Figure":
        """The chart, as laid out for wide screens."""
        from plotly.graph_objects import Figure

        drawn = still(self._rendering().chart)
        return Figure(data=list(drawn["data"]), layout=drawn["layout"])

    def table(self) -> "pandas.DataFrame":
        """The table, with columns for notes and warnings. ImportError, with a sentence, if pandas is missing."""
        try:
            import pandas
        except ImportError:
            raise ImportError(NO_PANDAS) from None
        table = self._rendering().table
        return pandas.DataFrame(
            [
                [
                    *(cell.text for cell in row.cells),
                    "; ".join(cell.note for cell in row.cells if cell.note),
                    "; ".join(row.flags),
                ]
                for row in table.rows
            ],
            index=pandas.Index([row.key for row in table.rows], name="row"),
            columns=[*table.columns, "As printed, and notes", "Warnings"],
        )

    def call(self) -> Call:
        """The call that shows the present state: the one that made the widget, unless it has been changed."""
        if self.state == self._called_for:
            return super().call()
        return Call("view", (self._view.key,), _settings(self._view, self._state()))

    def _repr_mimebundle_(self, **kwargs: Any) -> Any:
        self.html = str(view_part(library(), self._view.key, self.call().settings, pack_of(self._view.key)))
        return super()._repr_mimebundle_(**kwargs)

    def _state(self, **other: Any) -> Any:
        """The state of the traits, with some values replaced."""
        held = {name: getattr(self, name) for name in self._view.controls(library())}
        return self._view.state(**(held | other))

    def _rendering(self) -> Rendering:
        return self._view.render(library(), self._state())

    def _fit(self, proposal: Any) -> Any:
        """The value nearest to a proposed one that can be shown with the others."""
        name = proposal.trait.name
        return getattr(self._view.normalise(self._state(**{name: proposal.value})), name)

    def _settle(self, _change: Any = None) -> None:
        """After a change, adjust the other traits to it, then publish the state once."""
        if self._settling:
            return
        self._settling = True
        try:
            for name, value in vars(self._view.normalise(self._state())).items():
                setattr(self, name, value)
        finally:
            self._settling = False
        state = self._state()
        if to_query(state) == self.state:
            return
        self.set_trait("state", to_query(state))
        if not self._mute_depth:
            self.send({"show": as_message(payload(library(), self._view, state))})

    def _answer(self, request: Any) -> dict[str, Any]:
        """The answer to a page; a request for a state of this view sets the traits, which notifies their observers.

        Without ``params`` a page asks for the present state: it may have been loaded after the last change.
        """
        if "file" in request or request["view"] != self._view.key:
            return answer_to(library(), request)
        if "params" not in request:
            return as_message(payload(library(), self._view, self._state()))
        state, problems = self._view.read(library(), request["params"])
        with self._muted():
            try:
                with self.hold_trait_notifications():
                    for name, value in vars(state).items():
                        setattr(self, name, value)
            except Exception:
                LOG.exception("an observer failed")  # in the notebook's own code; the reader still gets the state
        return as_message(payload(library(), self._view, self._state(), " ".join(problems)))

    @contextmanager
    def _muted(self) -> Iterator[None]:
        """Send no messages meanwhile: the answer that follows tells the page the final state."""
        self._mute_depth += 1
        try:
            yield
        finally:
            self._mute_depth -= 1


@cache
def _class_of(view_key: str) -> type[ViewWidget]:
    view, usual = view_in_state(library(), view_key, {})
    settings = {
        name: ControlTrait(control, getattr(usual, name)).tag(sync=True)
        for name, control in view.controls(library()).items()
    }
    held: dict[str, Any] = {
        "__doc__": f"The view “{view_key}”: {view.worded(library().topic).question}",
        "_view": view,
        "_fit": traitlets.validate(*settings)(ViewWidget._fit),
        "_settle": traitlets.observe(*settings)(ViewWidget._settle),
        **settings,
    }
    return type("ViewWidget", (ViewWidget,), held)


def view_widget(key: str, settings: dict[str, Setting]) -> ViewWidget:
    """The widget of a view in the state that settings name; errors as of ``view_in_state``."""
    return _class_of(key)(settings)


def _settings(view: View[Any], state: Any) -> dict[str, Setting]:
    """The settings of a state that differ from the defaults, in URL form."""
    usual = vars(view.normalise(view.default_state(library())))
    return {name: encoded(value) for name, value in vars(state).items() if value != usual[name]}
