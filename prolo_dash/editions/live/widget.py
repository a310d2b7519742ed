"""The live edition's one widget: it answers a page that asks for a state with the rendering of that state."""

import logging
import re
from functools import cache
from pathlib import Path
from typing import Any

import anywidget
import traitlets

from prolo_dash.editions.html import Payload, chapter_html, loaded, payload_for
from prolo_dash.evidence.library import library
from prolo_dash.views.chapters import CHAPTER_BY_KEY

STATIC = Path(__file__).parent / "voila" / "templates" / "prolo" / "static"
_LOG = logging.getLogger("prolo_dash")

# What every cell of a table repeats; the page's script puts it back, so that an answer stays small.
_REPEATED = re.compile(r' (?:role="(?:row|cell|rowheader)"|data-label="[^"]*")')

SORRY = "This setting could not be shown. The last one stays; the fault has been logged."


@cache
def _front_end() -> str:
    """The page's own view code as one module, ending in what anywidget looks for."""
    parts = [(STATIC / f"{name}.js").read_text(encoding="utf-8") for name in ("form", "table", "view", "anywidget")]
    return re.sub(r"^import .*$", "", "\n".join(parts), flags=re.MULTILINE)


@cache
def _style() -> str:
    return (STATIC / "page.css").read_text(encoding="utf-8")


class ChapterWidget(anywidget.AnyWidget):  # type: ignore[misc]
    """A chapter of the explainer. In a notebook, the value of a cell; in Voilà, the section of the page.

    Its HTML is in the cell's output, readable before any script runs and without a kernel.
    """

    _esm = traitlets.Unicode().tag(sync=True)
    _css = traitlets.Unicode().tag(sync=True)
    html = traitlets.Unicode().tag(sync=True)

    def __init__(self, key: str) -> None:
        """``key`` names a chapter; KeyError if there is none of that name."""
        super().__init__(html=chapter_html(library(), CHAPTER_BY_KEY[key]), _esm=_front_end(), _css=_style())
        self._key = key
        self.on_msg(self._answer)

    def _repr_mimebundle_(self, **kwargs: Any) -> Any:
        bundle = super()._repr_mimebundle_(**kwargs)
        data, metadata = bundle if isinstance(bundle, tuple) else (bundle, {})
        data["text/plain"] = f"prolo_dash chapter: {CHAPTER_BY_KEY[self._key].name}"
        data["text/html"] = str(self.html)
        return data, metadata

    def _answer(self, _widget: Any, content: Any, _buffers: Any) -> None:
        """Answer one question of the page; a fault is told plainly to the reader and in full to the log."""
        ask = content.get("ask") if isinstance(content, dict) else None
        try:
            self.send({"ask": ask, **_answer_to(content)})
        except Exception:
            _LOG.exception("no rendering for %r", content)
            self.send({"ask": ask, "error": SORRY})


def _answer_to(content: dict[str, Any]) -> dict[str, Any]:
    """The rendering of a state, or what a file holds."""
    view = str(content["view"])
    if "file" in content:
        found, problems = loaded(view, str(content["file"]))
        return {"found": found, "problems": problems}
    return as_message(payload_for(library(), view, content["params"]))


def as_message(payload: Payload) -> dict[str, Any]:
    """A payload in the form that the page's script takes."""
    return {
        "view": payload.view,
        "state": payload.state,
        "fragments": {name: _REPEATED.sub("", str(text)) for name, text in payload.fragments.items()},
        "figure": payload.figure,
        "unavailable": payload.unavailable,
        "problems": payload.problems,
        "notice": payload.notice,
    }
