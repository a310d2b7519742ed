"""Deferred content: charts and the ends of long lists, in one file for each chapter, loaded after the page.

The page holds every heading and sentence, and the beginning of every table, so it can be read at once and hardly grows
with the evidence. A chapter's deferred content is loaded when the reader comes near it.
"""

import json
from dataclasses import replace
from functools import cache
from typing import Any

from prolo_dash.evidence.library import Library
from prolo_dash.kit.view import Box, Chapter, Rendering, SourceLink, View
from prolo_dash.render.html import FRAGMENTS, Payload, as_message, payload
from prolo_dash.render.precompute import edition

MAX_ROWS = 25  # of a table, or entries of a list, in the page itself
_LATER = "A script brings the other {}."


def shortened(rendering: Rendering) -> Rendering:
    """The rendering with at most ``MAX_ROWS`` rows, listed boxes and sources, and a note about the others.

    A table that is the target of links stays complete.
    """
    table, listed, sources = rendering.table, rendering.listed, rendering.sources
    if len(table.rows) > MAX_ROWS and not table.anchors:
        caption = f"{table.caption} The first {MAX_ROWS} of {len(table.rows)} rows. {_LATER.format('rows')}"
        table = replace(table, caption=caption, rows=table.rows[:MAX_ROWS])
    if len(listed) > MAX_ROWS:
        listed = (*listed[:MAX_ROWS], Box("", "", _LATER.format(len(listed) - MAX_ROWS)))
    if len(sources) > MAX_ROWS:
        sources = (*sources[:MAX_ROWS], SourceLink(_LATER.format(len(sources) - MAX_ROWS), None, ""))
    return replace(rendering, table=table, listed=listed, sources=sources)


def deferred_address(chapter_key: str) -> str:
    """The address of a chapter's deferred content, relative to ``data-files``; a new edition has new addresses."""
    return f"static/{chapter_key}.{edition()}.json"


@cache
def deferred_content(library: Library, chapter: Chapter) -> bytes:
    """The deferred content of a chapter as JSON: for each view, what its section in the page lacks."""
    follows = {view.key: _missing(library, view) for view in chapter.views}
    return json.dumps(follows, ensure_ascii=False, separators=(",", ":")).encode()


def _missing(library: Library, view: View[Any]) -> dict[str, Any]:
    whole: Payload = payload(library, view, view.default_state(library))
    begin = payload(library, view, view.default_state(library), shorten=shortened)
    message = as_message(whole)
    message["fragments"] = {
        role: message["fragments"][role] for role in FRAGMENTS if whole.fragments[role] != begin.fragments[role]
    }
    return message
