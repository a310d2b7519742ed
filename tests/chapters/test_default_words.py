"""What each view says before anything is touched, kept as text: a change of words shows in a diff.

The evidence is the frozen one, so new trials change nothing here. After a change that is meant, run
``pytest tests/chapters/test_default_words.py --snapshot-update`` and read the diff of ``__snapshots__/``.
"""

from pathlib import Path

import pytest
from syrupy.assertion import SnapshotAssertion
from syrupy.extensions.single_file import SingleFileSnapshotExtension, WriteMode

from prolo_dash.chapters.registry import VIEW_BY_KEY
from prolo_dash.evidence.library import library
from prolo_dash.kit.view import Rendering, Row

FROZEN = library(Path(__file__).parents[1] / "frozen")
KEPT = Path(__file__).parent / "__snapshots__" / "test_default_words"
FIRST_ROWS = 3


class TextFile(SingleFileSnapshotExtension):
    """A file of plain text for each test."""

    _write_mode = WriteMode.TEXT
    file_extension = "txt"


def row_as_text(row: Row) -> str:
    cells = " | ".join(f"{cell.text} ({cell.note})" if cell.note else cell.text for cell in row.cells)
    return "\n".join([f"- {row.key}: {cells}", *(f"  ! {flag}" for flag in row.flags)])


def as_text(states: int, r: Rendering) -> str:
    """The words of a rendering, a paragraph for each place; the table's first rows stand for all."""
    key = ", ".join(f"{entry.label} ({entry.colour}{', ' + entry.mark if entry.mark else ''})" for entry in r.key)
    table = [f"{r.table.caption} ({len(r.table.rows)} rows)", " | ".join(r.table.columns)]
    places = {
        "States": str(states),
        "Sentence": r.sentence,
        "Alternative text": r.alt,
        "Key": key or "none",
        "Table": "\n".join([*table, *map(row_as_text, r.table.rows[:FIRST_ROWS])]),
    }
    if r.plot:
        places["Plot"] = "\n".join(f"- {row.label}, {row.size}: {' '.join(row.said)}" for row in r.plot.rows)
    return "".join(f"{place}:\n{words}\n\n" for place, words in places.items()).rstrip("\n") + "\n"


@pytest.mark.parametrize("key", VIEW_BY_KEY)
def test_a_view_says_what_it_said(key: str, snapshot: SnapshotAssertion) -> None:
    view = VIEW_BY_KEY[key]
    said = as_text(sum(1 for _ in view.states(FROZEN)), view.render(FROZEN, view.default_state(FROZEN)))
    assert said == snapshot(extension_class=TextFile)


def test_no_view_that_is_gone_has_words_left() -> None:
    assert {path.stem.partition("[")[2].rstrip("]") for path in KEPT.iterdir()} == set(VIEW_BY_KEY)
