"""Run every notebook and store its outputs as they are committed: the same bytes on every run.

Without a kernel, a notebook shows the HTML of its outputs, so each chart is added to it as an image, and the reference
to a widget is removed.
"""

import base64
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import nbformat
from chart_pictures import WIDTH, Painter, painter
from nbclient import NotebookClient

from prolo_dash.evidence.library import library
from prolo_dash.render.lessons import MIME, Call
from prolo_dash.render.static_html import shown_views

NOTEBOOKS = Path(__file__).parents[1] / "notebooks"
_WIDGET = "application/vnd.jupyter.widget-view+json"


def executed(path: Path, artist: Painter) -> Any:
    """A notebook with fresh outputs."""
    source = json.loads(path.read_text(encoding="utf-8"))
    for number, cell in enumerate(source["cells"]):
        cell.setdefault("id", f"cell-{number:02d}")  # nbformat would generate another one on every run
    notebook = nbformat.reads(json.dumps(source), as_version=4)
    NotebookClient(notebook, kernel_name="python3", store_widget_state=False, coalesce_streams=True).execute()
    for cell in notebook.cells:
        cell.metadata.pop("execution", None)
        for output in cell.get("outputs", ()):
            if output.get("name") == "stderr":  # IPython only prints errors of displaying a value
                raise SystemExit(f"{path.name}: {output['text']}")
            _still(output.get("data", {}), artist)
    notebook.metadata.pop("widgets", None)
    notebook.metadata.language_info.pop("version", None)  # it differs between machines
    return notebook


def _still(data: dict[str, Any], artist: Painter) -> None:
    """Make an output complete without a kernel."""
    data.pop(_WIDGET, None)
    if MIME in data:
        views = shown_views(library(), Call.from_json(data[MIME]))
        pictures = (_img(artist.picture(rendering)) for _, rendering in views if not rendering.chart.is_empty)
        data["text/html"] = _with_pictures(data["text/html"], pictures)


def _img(picture: bytes) -> str:
    return f'<img src="data:image/png;base64,{base64.b64encode(picture).decode()}" width="{WIDTH}" alt='


def _with_pictures(html: str, pictures: Iterator[str]) -> str:
    """HTML with a picture in each place of one, in order."""
    return re.sub("<img alt=", lambda _: next(pictures), html)


def main() -> None:
    with painter() as artist:
        for path in sorted(NOTEBOOKS.glob("*.ipynb")):
            nbformat.write(executed(path, artist), path)
            print(path.name)


if __name__ == "__main__":
    main()
