"""Notebooks as pages: what their cells show, and why one can't be shown without a kernel.

A cell that shows a part of the explainer says so in its output. A page is made from these outputs; the source is only
compared with them, so that a cell which was changed and not run again is never shown as it was.
"""

import ast
import json
import re
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from prolo_dash.editions.lessons import MIME, Call, call_of

EXPLAINER = "explainer"
_IMPORT = re.compile(r"from prolo_dash\.explainer import [\w, ]+")


class NotPreparedError(Exception):
    """A notebook can't be shown without a kernel; the message says which of its cells is why."""


@dataclass(frozen=True)
class Notebook:
    """A notebook file as it was when it was read."""

    name: str
    content: dict[str, Any]

    @property
    def metadata(self) -> dict[str, Any]:
        """The notebook's metadata."""
        found: dict[str, Any] = self.content.get("metadata", {})
        return found

    @property
    def cells(self) -> list[dict[str, Any]]:
        """The notebook's cells, as they are stored."""
        found: list[dict[str, Any]] = self.content.get("cells", [])
        return found

    @property
    def is_lesson(self) -> bool:
        """Whether it is a lesson for a class."""
        return bool(self.metadata.get("lesson"))

    @property
    def title(self) -> str:
        """What it calls itself in its first cell, or else its name."""
        first = source_of(self.cells[0]) if self.cells else ""
        return first.split("\n", 1)[0].removeprefix("# ") if first.startswith("# ") else self.name

    @cached_property
    def obstacle(self) -> str:
        """Why it can't be shown without a kernel, as "cell 3 runs code of its own"; empty if it can."""
        reasons = ((number, _obstacle(cell)) for number, cell in enumerate(self.cells, 1))
        return next((f"cell {number} {reason}" for number, reason in reasons if reason), "")

    @property
    def address(self) -> str:
        """Where its page is, from the explainer's: prepared, or made by Voilà with a kernel."""
        return f"voila/render/{self.name}.ipynb" if self.obstacle else f"{self.name}.html"


def source_of(cell: dict[str, Any]) -> str:
    """The source of a cell, which a notebook may store in lines."""
    return "".join(cell["source"])


def shown_by(cell: dict[str, Any]) -> Call | None:
    """What a cell has shown, by its output; None if that is no part of the explainer, or not that alone."""
    outputs = cell.get("outputs", [])
    said: Any = outputs[0].get("data", {}).get(MIME) if len(outputs) == 1 else None
    try:
        return Call.from_json(said)
    except (KeyError, TypeError):
        return None


def _obstacle(cell: dict[str, Any]) -> str:
    source = source_of(cell).strip()
    if not source or (cell["cell_type"] == "markdown" and not cell.get("attachments")):
        return ""
    if cell["cell_type"] != "code":
        return "is neither plain text nor code"
    if _IMPORT.fullmatch(source) or _says_digest(source):
        return ""
    if not (call := call_of(source)):
        return "runs code of its own"
    if _as_text(shown_by(cell)) == _as_text(call):
        return ""
    return "was changed after it was run" if cell.get("outputs") else "has not been run"


def _as_text(call: Call | None) -> str:
    """A call in a form that can be compared: what came from a file has lists where a source may have tuples."""
    return json.dumps(call and call.as_json(), sort_keys=True)


def _says_digest(source: str) -> bool:
    """Whether a cell prints what the notebook says, as text that nbval compares: ``print(digest())``."""
    try:
        statement = ast.parse(source, mode="eval").body
    except SyntaxError:
        return False
    return ast.unparse(statement).startswith("print(digest(") and isinstance(statement, ast.Call)


def notebooks_dir() -> Path:
    """The notebooks: beside the package in a checkout, inside it in a wheel."""
    package = Path(__file__).resolve().parents[1]
    inside = package / "notebooks"
    return inside if inside.is_dir() else package.parent / "notebooks"


def read_notebook(path: Path) -> Notebook:
    """A notebook file; ValueError if it is none."""
    content = json.loads(path.read_text(encoding="utf-8"))
    if not isinstance(content, dict) or not isinstance(content.get("cells"), list):
        raise ValueError(f"{path.name} is no notebook.")
    return Notebook(path.stem, content)


def read_folder(folder: Path) -> dict[str, Notebook]:
    """The notebooks of a folder by name; files that are no notebooks are left out."""
    found = {}
    for path in sorted(folder.glob("*.ipynb")):
        try:
            found[path.stem] = read_notebook(path)
        except (
            OSError,
            ValueError,
        ):  # half written, or something else under that name: Voilà says what it thinks of it
            continue
    return found
