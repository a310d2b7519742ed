"""The live edition's one kind of widget: it answers a page that asks for a state with the rendering of that state."""

import logging
from functools import cache
from typing import Any

import anywidget
import traitlets

from prolo_dash.editions.html import SORRY, answer_to
from prolo_dash.editions.page import STATIC
from prolo_dash.evidence.library import library
from prolo_dash.jupyter.voila_files import chapter_part
from prolo_dash.views.chapters import CHAPTER_BY_KEY

_LOG = logging.getLogger("prolo_dash")


@cache
def _front_end() -> str:
    """The page's own script, which has what anywidget looks for."""
    return (STATIC / "prolo.js").read_text(encoding="utf-8")


@cache
def _style() -> str:
    return (STATIC / "prolo.css").read_text(encoding="utf-8")


class PartWidget(anywidget.AnyWidget):  # type: ignore[misc]
    """A part of a page. In a notebook, the value of a cell; in Voilà, the place of the page where the cell stands.

    Its HTML is in the cell's output, readable before any script runs and without a kernel.
    """

    _esm = traitlets.Unicode().tag(sync=True)
    _css = traitlets.Unicode().tag(sync=True)
    html = traitlets.Unicode().tag(sync=True)

    def __init__(self, html: str, text: str) -> None:
        """``text`` stands for the part where there is no HTML."""
        super().__init__(html=html, _esm=_front_end(), _css=_style())
        self._text = text
        self.on_msg(self._answer)

    def _repr_mimebundle_(self, **kwargs: Any) -> Any:
        found = super()._repr_mimebundle_(**kwargs)
        data, metadata = found if isinstance(found, tuple) else (found, {})
        data["text/plain"] = self._text
        data["text/html"] = str(self.html)
        return data, metadata

    def _answer(self, _widget: Any, content: Any, _buffers: Any) -> None:
        """Answer one question of the page; a fault is told plainly to the reader and in full to the log."""
        ask = content.get("ask") if isinstance(content, dict) else None
        try:
            self.send({"ask": ask, **answer_to(library(), content)})
        except Exception:
            _LOG.exception("a question could not be answered")  # without it: what is typed in is kept nowhere
            self.send({"ask": ask, "error": SORRY})


class ChapterWidget(PartWidget):
    """A chapter of the explainer."""

    def __init__(self, key: str) -> None:
        """``key`` names a chapter; KeyError if there is none of that name."""
        chapter = CHAPTER_BY_KEY[key]
        super().__init__(str(chapter_part(library(), chapter)), f"prolo_dash chapter: {chapter.name}")
