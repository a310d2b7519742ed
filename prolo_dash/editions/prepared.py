"""Prepared states: every state of a view in one small file, so that a page can show it without asking anybody.

States of a view repeat each other. So each line of HTML and each piece of a figure is kept once (``texts``), each
sequence of these once (``lists``), and a state is a few numbers. All 5,000 states take less than plotly.js.
"""

import gzip
import hashlib
import json
import re
from functools import cache, partial
from pathlib import Path
from typing import Any

from prolo_dash.editions.html import FRAGMENTS, as_message, payload
from prolo_dash.evidence.library import Library
from prolo_dash.evidence.package import data_dir
from prolo_dash.views.controls import Toggles, all_values, controls_of
from prolo_dash.views.view import View

_PIECES = re.compile(r"(?<=[\]}],)")  # a figure is cut after each array and each object


class _Book:
    """Keeps each text and each sequence of texts once, and gives them numbers."""

    def __init__(self) -> None:
        self.texts: dict[str, int] = {}
        self.lists: dict[tuple[int, ...], int] = {}

    def number(self, parts: list[str]) -> int:
        numbers = tuple(self.texts.setdefault(part, len(self.texts)) for part in parts)
        return self.lists.setdefault(numbers, len(self.lists))


def pack(library: Library, view: View[Any]) -> bytes:
    """All states of a view as gzipped JSON.

    ``states`` holds for each state the numbers of its URL form, its fragments and its figure, and what can't be chosen;
    ``index`` says for every combination of ``controls`` (the last one changes fastest) which state is shown for it.
    """
    book = _Book()
    declared: dict[str, Any] = controls_of(view.state)
    # What differs only by its switches shares most lines, and gzip looks back no further than 32 kB.
    states = sorted(view.states(), key=partial(_but_switches, declared))
    number = {state: i for i, state in enumerate(states)}
    known = {
        "fragments": FRAGMENTS,
        "controls": [
            [name, [control.encode(value) for value in control.values()], control.encode(getattr(view.state(), name))]
            for name, control in declared.items()
        ],
        "index": [number[view.normalise(state)] for state in all_values(view.state)],
        "states": [_entry(book, as_message(payload(library, view, state))) for state in states],
        "lists": list(book.lists),
        "texts": list(book.texts),
    }
    text = json.dumps(known, ensure_ascii=False, separators=(",", ":"))
    return gzip.compress(text.encode(), compresslevel=9, mtime=0)


def _but_switches(declared: dict[str, Any], state: Any) -> list[str]:
    settings = declared.items()
    return [str(c.encode(getattr(state, name))) for name, c in settings if not isinstance(c, Toggles)]


def _entry(book: _Book, message: dict[str, Any]) -> list[Any]:
    figure = json.dumps(message["figure"], ensure_ascii=False, separators=(",", ":"))
    return [
        book.number(message["state"].split("&")),
        [book.number(message["fragments"][role].split("\n")) for role in FRAGMENTS],
        book.number(_PIECES.split(figure)),
        message["unavailable"],
    ]


@cache
def edition() -> str:
    """A short name for what the prepared states were made from: it changes with the code and with the data."""
    package = Path(__file__).resolve().parents[1]
    code = [path for path in package.rglob("*") if path.suffix in {".py", ".j2"}]
    found = hashlib.sha256()
    for path in sorted([*code, *data_dir().glob("*.*")]):
        found.update(path.name.encode() + path.read_bytes())
    return found.hexdigest()[:12]


def file_name(view_key: str) -> str:
    """The name of a view's file of prepared states; a new edition has new names, so old copies are never shown."""
    return f"{view_key}.{edition()}.gz"
