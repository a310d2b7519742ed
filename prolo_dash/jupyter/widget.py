"""The widgets of a notebook: what a cell shows, and the answers to requests for other states."""

import logging
from functools import cache
from typing import Any

import anywidget
import traitlets

from prolo_dash.chapters.registry import CHAPTER_BY_KEY
from prolo_dash.evidence.library import library
from prolo_dash.jupyter.voila_files import chapter_part, in_voila, pack_of
from prolo_dash.render.html import SORRY, answer_to
from prolo_dash.render.lessons import MIME, Call, Setting, UnknownNameError, check_part, prediction_part
from prolo_dash.render.page import STATIC
from prolo_dash.render.static_html import static_html

LOG = logging.getLogger("prolo_dash")
# Files that a notebook's page requests from the kernel if Jupyter does not serve them.
_FILES = ("plotly.min.js", "lean-qr.js")


@cache
def _front_end() -> str:
    """The page's script, which is an anywidget module, too."""
    return (STATIC / "prolo.js").read_text(encoding="utf-8")


@cache
def _style() -> str:
    return (STATIC / "prolo.css").read_text(encoding="utf-8")


class PartWidget(anywidget.AnyWidget):  # type: ignore[misc]
    """A part of the explainer, shown as the value of a notebook's cell.

    Its HTML is in the cell's output, readable before any script runs and without a kernel: in Voilà with controls, to
    which the page's script attaches, elsewhere without them.
    """

    _esm = traitlets.Unicode().tag(sync=True)
    _css = traitlets.Unicode().tag(sync=True)
    html = traitlets.Unicode().tag(sync=True)

    def __init__(self, call: Call, html: str, text: str, **values: Any) -> None:
        """``call`` made it; ``html`` has controls, ``text`` is the plain-text fallback, ``values`` are of traits."""
        self._call, self._text = call, text
        super().__init__(html=html, _esm=_front_end(), _css=_style(), **values)
        self.on_msg(self._on_message)

    def call(self) -> Call:
        """The call that reproduces the present state."""
        return self._call

    def _repr_mimebundle_(self, **kwargs: Any) -> Any:
        found = super()._repr_mimebundle_(**kwargs)
        data, metadata = found if isinstance(found, tuple) else (found, {})
        call = self.call()
        data["text/plain"] = self._text
        data["text/html"] = str(self.html) if in_voila() else str(static_html(library(), call))
        data[MIME] = call.as_json()
        return data, metadata

    def _on_message(self, _widget: Any, content: Any, _buffers: Any) -> None:
        """Answer a request; for a fault, a plain sentence to the reader and the traceback in the log."""
        ask = content.get("ask") if isinstance(content, dict) else None
        try:
            if ask is not None and content.get("file") in _FILES and "view" not in content:
                self._send_file(ask, content["file"])
            else:
                self.send({"ask": ask, **self._answer(content)})
        except Exception:
            LOG.exception("a request could not be answered")  # without the request: what a reader types is not stored
            self.send({"ask": ask, "error": SORRY})

    def _answer(self, request: Any) -> dict[str, Any]:
        return answer_to(library(), request)

    def _send_file(self, ask: Any, name: str) -> None:
        path = STATIC / name
        if path.exists():
            self.send({"ask": ask, "file": name}, [path.read_bytes()])
        else:
            self.send({"ask": ask, "error": f"This copy of prolo_dash has no {name}."})


class ChapterWidget(PartWidget):
    """A chapter of the explainer."""

    def __init__(self, key: str) -> None:
        """``key`` names a chapter; UnknownNameError if there is none of that name."""
        if key not in CHAPTER_BY_KEY:
            raise UnknownNameError(f"There is no chapter “{key}”. There are: {', '.join(CHAPTER_BY_KEY)}.")
        chapter = CHAPTER_BY_KEY[key]
        html = str(chapter_part(library(), chapter))
        super().__init__(Call("chapter", (key,), {}), html, f"prolo_dash chapter: {chapter.name}")


class CheckWidget(PartWidget):
    """A question with answers to choose from."""

    def __init__(self, key: str) -> None:
        """``key`` names a check; UnknownNameError if there is none of that name."""
        super().__init__(Call("check", (key,), {}), str(check_part(library(), key)), f"prolo_dash check: {key}")


class PredictionWidget(PartWidget):
    """A prediction, followed by the view that shows its answer."""

    def __init__(self, key: str, view_key: str, settings: dict[str, Setting]) -> None:
        """``key`` names a prediction, ``view_key`` and ``settings`` the view; errors as of ``view_in_state``."""
        html = str(prediction_part(library(), key, view_key, settings, pack_of(view_key)))
        super().__init__(Call("predict", (key, view_key), settings), html, f"prolo_dash prediction: {key}")
