"""Pages with a single view, to be embedded in other sites. They need only static files."""

from collections.abc import Iterator

from prolo_dash.chapters.registry import CHAPTER_VIEWS
from prolo_dash.evidence.library import Library
from prolo_dash.render.lessons import MIME, Call
from prolo_dash.render.notebooks import Notebook
from prolo_dash.render.page import page

_START, _END = "embed_", ".html"
_MAY_BE = {f"{_START}{key}{_END}": key for key, view in CHAPTER_VIEWS.items() if view.loader is None}


def embedded_page(library: Library, address: str) -> str | None:
    """The page at an address, as ``embed_gain.html``; None if no view has it. Views with text fields have none."""
    key = _MAY_BE.get(address)
    if key is None:
        return None
    output = {"data": {MIME: Call("view", (key,), {}).as_json()}}
    shown = {"cell_type": "code", "source": f'view("{key}")', "metadata": {}, "outputs": [output]}
    content = {"metadata": {"title": CHAPTER_VIEWS[key].worded(library.topic).question}, "cells": [shown]}
    return page(library, Notebook(f"{_START}{key}", content, library), live=False, whole=f"./#{key}")


def embedded_pages(library: Library) -> Iterator[tuple[str, bytes]]:
    """All such pages by address."""
    return ((address, (embedded_page(library, address) or "").encode()) for address in _MAY_BE)
