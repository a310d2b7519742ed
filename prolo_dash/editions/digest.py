"""The explainer as plain text: what every view says in its default state. nbval compares it strictly."""

from prolo_dash.evidence.library import Library
from prolo_dash.views.chapters import CHAPTERS
from prolo_dash.views.view import Rendering, plain


def digest(library: Library) -> str:
    """Every view's question, sentence and table rows, one a line."""
    lines = []
    for chapter in CHAPTERS:
        for view in chapter.views:
            lines += [f"[{view.key}] {view.question}", *_said(view.render(library, view.state())), ""]
    return "\n".join(lines).rstrip()


def _said(rendering: Rendering) -> list[str]:
    rows = [" | ".join(cell.text for cell in row.cells if cell.text) for row in rendering.table.rows]
    return [plain(rendering.sentence), *(f"- {row}" for row in rows)]
