"""Reading notebooks: what their cells show, and why a notebook can't be shown without a kernel.

A cell that shows a part of the explainer records its call in its output. A page is made from these outputs; the source
is only compared with them, so that a cell that was changed and not run again is never shown in its old form.
"""

import json
import re
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any
from urllib.parse import quote

from prolo_dash.evidence.library import Library
from prolo_dash.render.lessons import FUNCTIONS, MIME, Call, call_of, view_in_state

EXPLAINER = "explainer"
OUR_TEMPLATE = "prolo"
_NAME = rf"(?:{'|'.join(sorted((*FUNCTIONS, 'digest')))})"
_IMPORT = re.compile(rf"from prolo_dash\.explainer import {_NAME}(?:, *{_NAME})*")
_DIGEST = re.compile(r"""print\(digest\((?:"[\w-]*"|'[\w-]*')?\)\)""")


class NotPreparedError(Exception):
    """A notebook can't be shown without a kernel; the message names the cell that needs one."""


@dataclass(frozen=True)
class Notebook:
    """A notebook file as it was read, and the library that its cells show."""

    name: str
    content: dict[str, Any]
    library: Library

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
        """The heading of its first cell, or else its name."""
        first = source_of(self.cells[0]) if self.cells else ""
        return first.split("\n", 1)[0].removeprefix("# ") if first.startswith("# ") else self.name

    @cached_property
    def obstacle(self) -> str:
        """Why it can't be shown without a kernel, as "cell 3 runs code of its own"; empty if it can."""
        if self._for_voila("template") not in ("", OUR_TEMPLATE):
            return "it asks for another template"
        reasons = ((number, _obstacle(cell, self.library)) for number, cell in enumerate(self.cells, 1))
        return next((f"cell {number} {reason}" for number, reason in reasons if reason), "")

    @property
    def theme(self) -> str:
        """The theme set in its metadata; empty if there is none."""
        return str(self._for_voila("theme"))

    def _for_voila(self, name: str) -> Any:
        found = self.metadata.get("voila")
        return found.get(name, "") if isinstance(found, dict) else ""

    @property
    def address(self) -> str:
        """The address of its page relative to the explainer's: prepared, or made by Voilà with a kernel."""
        name = quote(self.name)
        return f"voila/render/{name}.ipynb" if self.obstacle else f"{name}.html"


def source_of(cell: dict[str, Any]) -> str:
    """The source of a cell, which a notebook may store in lines."""
    return "".join(cell["source"])


def shown_by(cell: dict[str, Any]) -> Call | None:
    """The call recorded in a cell's output; None if the output is not exactly one part of the explainer."""
    try:
        (output,) = cell["outputs"]
        said: Any = output["data"][MIME]
        call = Call.from_json(said)
    except (KeyError, TypeError, ValueError):
        return None
    names_are_right = len(call.names) in (1, 2) and all(isinstance(name, str) for name in call.names)
    return call if names_are_right and isinstance(call.settings, dict) else None


def _obstacle(cell: dict[str, Any], library: Library) -> str:
    source = source_of(cell).strip()
    if cell["cell_type"] == "markdown" and not cell.get("attachments"):
        return ""
    if cell["cell_type"] != "code":
        return "is neither plain text nor code" if source else ""
    if not source or _IMPORT.fullmatch(source) or _DIGEST.fullmatch(source):
        return "was changed after it was run" if shown_by(cell) else ""
    if not (call := call_of(source)):
        return "runs code of its own"
    if _same(shown_by(cell), call, library):
        return ""
    return "was changed after it was run" if cell.get("outputs") else "has not been run"


def _same(shown: Call | None, wanted: Call, library: Library) -> bool:
    """Whether two calls show the same; a setting may be given or left at its default."""
    if shown is None or (shown.function, shown.names) != (wanted.function, wanted.names):
        return False
    if wanted.view is None:
        return True
    try:
        was, now = (view_in_state(library, wanted.view, call.settings) for call in (shown, wanted))
        return was == now
    except (KeyError, TypeError, ValueError):
        return False


def notebooks_dir() -> Path:
    """The notebooks: beside the package in a checkout, inside it in a wheel."""
    package = Path(__file__).resolve().parents[1]
    inside = package / "notebooks"
    return inside if inside.is_dir() else package.parent / "notebooks"


def read_notebook(path: Path, library: Library) -> Notebook:
    """A notebook file; ValueError if it is none, OSError if it can't be read."""
    try:
        content = json.loads(path.read_text(encoding="utf-8-sig"))
    except RecursionError:
        raise ValueError(f"{path.name} is no notebook.") from None
    if not _is_notebook(content):
        raise ValueError(f"{path.name} is no notebook.")
    return Notebook(path.stem, content, library)


def _is_notebook(content: Any) -> bool:
    return (
        isinstance(content, dict)
        and isinstance(content.get("metadata"), dict)
        and isinstance(content.get("cells"), list)
        and all(_is_cell(cell) for cell in content["cells"])
    )


def _is_cell(cell: Any) -> bool:
    if not isinstance(cell, dict) or not isinstance(cell.get("cell_type"), str):
        return False
    source, metadata = cell.get("source"), cell.get("metadata")
    lines = [source] if isinstance(source, str) else source
    return (
        isinstance(lines, list)
        and all(isinstance(line, str) for line in lines)
        and isinstance(metadata, dict)
        and isinstance(metadata.get("tags", []), list)
        and isinstance(cell.get("outputs", []), list)
    )


def notebook_files(folder: Path) -> list[Path]:
    """The notebook files of a folder sorted by name, without hidden ones, which editors leave behind."""
    return sorted(folder.glob("[!.]*.ipynb"))


def read_folder(folder: Path, library: Library) -> dict[str, Notebook]:
    """The notebooks of a folder by name; those that can't be read, perhaps half written, are left out."""
    found = {}
    for path in notebook_files(folder):
        with suppress(OSError, ValueError):
            found[path.stem] = read_notebook(path, library)
    return found
