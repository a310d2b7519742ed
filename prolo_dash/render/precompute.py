"""Prepared states: every state of a view precomputed in one small file, so that a page can show it without a server.

The states of a view have much in common. So each line of HTML and each piece of a figure is stored once (``texts``),
each sequence of these once (``lists``), and a state is a few indices. All states of the explainer take half a megabyte.
"""

import hashlib
import json
import re
from collections.abc import Iterable
from functools import cache, partial
from itertools import pairwise
from pathlib import Path
from typing import Any

from prolo_dash.evidence.library import Library
from prolo_dash.evidence.package import data_dir
from prolo_dash.kit.controls import Control, Toggles, all_values, encoded
from prolo_dash.kit.view import View
from prolo_dash.render.gzipped import gzipped
from prolo_dash.render.html import FRAGMENTS, as_message, payload

_PIECES = re.compile(r"(?<=[\]}],)")  # a figure is cut after each array and each object


class _StringTable:
    """Keeps each text and each sequence of texts once, and gives them numbers."""

    def __init__(self) -> None:
        self.texts: dict[str, int] = {}
        self.lists: dict[tuple[int, ...], int] = {}

    def intern(self, parts: list[str]) -> int:
        numbers = tuple(self.texts.setdefault(part, len(self.texts)) for part in parts)
        return self.lists.setdefault(numbers, len(self.lists))

    def as_json(self, columns: list[tuple[int, ...]]) -> dict[str, Any]:
        """What was kept, in an order that makes a small file: like beside like, for gzip looks back 32 kB at most.

        ``columns`` holds numbers of sequences; in what is returned they are the new ones, as steps.
        """
        texts = sorted(self.texts)
        text_at = {self.texts[text]: i for i, text in enumerate(texts)}
        list_at = {old: i for i, old in enumerate(dict.fromkeys(number for column in columns for number in column))}
        lists = list(self.lists)
        return {
            "columns": [_deltas(list_at[number] for number in column) for column in columns],
            "lists": [[text_at[number] for number in lists[old]] for old in list_at],
            "texts": texts,
        }


def _deltas(numbers: Iterable[int]) -> list[int]:
    """How far each number is from the one before; a page adds them up again."""
    return [number - before for before, number in pairwise((0, *numbers))]


def pack(library: Library, view: View[Any]) -> bytes:
    """All states of a view as gzipped JSON.

    ``columns`` hold, state by state, which of ``lists`` has the pieces of the URL form, of each fragment and of the
    figure, ``unavailable`` what can't be chosen; ``index`` says for every combination of ``controls`` (the last one
    changes fastest) which state is shown for it. Numbers in ``columns`` and ``index`` are steps from the one before.
    """
    table = _StringTable()
    declared = view.controls(library)
    # What differs by switches shares most lines.
    states = sorted(view.states(library), key=partial(_without_toggles, declared))
    number = {state: i for i, state in enumerate(states)}
    entries, unavailable = [], []
    for state in states:
        message = as_message(payload(library, view, state))
        entries.append(_row(table, message))
        unavailable.append(message["unavailable"])
    known = {
        "fragments": FRAGMENTS,
        "controls": [
            [name, [encoded(value) for value in control.values()], encoded(control.default)]
            for name, control in declared.items()
        ],
        "index": _deltas(number[view.normalise(state)] for state in all_values(view.state, library)),
        "unavailable": unavailable,
        **table.as_json(list(zip(*entries, strict=True))),
    }
    text = json.dumps(known, ensure_ascii=False, separators=(",", ":"))
    return gzipped(text.encode())


def _without_toggles(declared: dict[str, Control], state: Any) -> list[str]:
    return [encoded(getattr(state, name)) for name, control in declared.items() if not isinstance(control, Toggles)]


def _row(table: _StringTable, message: dict[str, Any]) -> list[int]:
    figure = json.dumps(message["figure"], ensure_ascii=False, separators=(",", ":"))
    fragments = [message["fragments"][role].split("\n") for role in FRAGMENTS]
    return [table.intern(parts) for parts in (message["state"].split("&"), *fragments, _PIECES.split(figure))]


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


def pack_address(view_key: str) -> str:
    """Where a page finds a view's prepared states, seen from its ``data-files``."""
    return f"states/{file_name(view_key)}"
