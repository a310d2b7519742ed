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

_PIECES = re.compile(r"(?<=[\]}],)")  # a figure's JSON is split after each array and each object


class _StringTable:
    """Interns texts and sequences of texts: stores each once, under a number."""

    def __init__(self) -> None:
        self.texts: dict[str, int] = {}
        self.lists: dict[tuple[int, ...], int] = {}

    def intern(self, parts: list[str]) -> int:
        numbers = tuple(self.texts.setdefault(part, len(self.texts)) for part in parts)
        return self.lists.setdefault(numbers, len(self.lists))

    def as_json(self, columns: list[tuple[int, ...]]) -> dict[str, Any]:
        """The tables, ordered for compression: similar texts side by side, because gzip looks back 32 kB at most.

        ``columns`` hold numbers of sequences; they are returned renumbered and delta-encoded.
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
    """Delta encoding: the difference of each number from the one before."""
    return [number - before for before, number in pairwise((0, *numbers))]


def pack(library: Library, view: View[Any]) -> bytes:
    """All states of a view as gzipped JSON.

    ``columns`` give for each state the indices into ``lists`` of its URL form, of each fragment and of its figure,
    ``unavailable`` the options that can't be chosen; ``index`` maps every combination of ``controls`` (the last one
    varies fastest) to a state. ``columns`` and ``index`` are delta-encoded.
    """
    table = _StringTable()
    declared = view.controls(library)
    # States that differ only in toggles share most lines, so they are neighbours.
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
    """A hash of the code and the data that prepared states are made from."""
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
    """The address of a view's prepared states, relative to a page's ``data-files``."""
    return f"states/{file_name(view_key)}"
