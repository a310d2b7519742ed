"""The explainer as a page that needs no kernel: the notebook's text, each chapter in its default state."""

import hashlib
import json
import re
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader
from markupsafe import Markup

from prolo_dash.editions.html import chapter_html, whole_chapter
from prolo_dash.editions.prepared import file_name
from prolo_dash.editions.rest import begun_html, rest
from prolo_dash.evidence.library import Library
from prolo_dash.views.chapters import CHAPTER_BY_KEY, VIEW_BY_KEY

TEMPLATE = Path(__file__).parent / "live" / "voila" / "templates" / "prolo"
STATIC = TEMPLATE / "static"
_SCRIPTS = ("draw", "address", "form", "table", "view", "packs", "server", "chapters", "site")


def bundle(names: tuple[str, ...]) -> str:
    """Script modules as one, in order; what they import of each other is already there."""
    parts = [(STATIC / f"{name}.js").read_text(encoding="utf-8") for name in names]
    return re.sub(r"^import .*$", "", "\n".join(parts), flags=re.MULTILINE)


@cache
def assets() -> dict[str, tuple[str, bytes]]:
    """What the page needs, by the name the template uses: its address, which changes with its content, and content."""
    content = {
        "page.css": (STATIC / "page.css").read_bytes(),
        "site.js": bundle(_SCRIPTS).encode(),
        "plotly.min.js": (STATIC / "plotly.min.js").read_bytes(),
        "icon.svg": (STATIC / "icon.svg").read_bytes(),
    }
    return {name: (_address(name, body), body) for name, body in content.items()}


def _address(name: str, body: bytes) -> str:
    stem, _, kind = name.rpartition(".")
    return f"static/{stem}.{hashlib.sha256(body).hexdigest()[:12]}.{kind}"


def notebooks_dir() -> Path:
    """The notebooks: beside the package in a checkout, inside it in a wheel."""
    package = Path(__file__).resolve().parents[1]
    inside = package / "notebooks"
    return inside if inside.is_dir() else package.parent / "notebooks"


def rest_file(library: Library) -> tuple[str, bytes]:
    """What follows the page at once: its address, which changes with its content, and content."""
    body = rest(library)
    return _address("rest.json", body), body


def page(library: Library, *, live: bool, packs: dict[str, bytes] | None = None) -> str:
    """The page as HTML.

    ``live``: a server is there that answers what is not prepared. ``packs``: prepared states to put into the page,
    with all else that it needs, so that it is one file; otherwise the page fetches them.
    """
    notebook = json.loads((notebooks_dir() / "explainer.ipynb").read_text(encoding="utf-8"))
    known = assets()
    site: dict[str, Any] = {
        "live": live,
        "packs": packs,
        "addresses": {name: address for name, (address, _) in known.items()},
        "content": {name: body.decode() for name, (_, body) in known.items()} if packs else {},
        "states": json.dumps({key: f"states/{file_name(key)}" for key in VIEW_BY_KEY}),
        "rest": "" if packs else rest_file(library)[0],
    }
    text: str = _template().render(
        nb=_Notebook(notebook, library, whole=packs is not None),
        resources={"base_url": "", "site": site},
        kernel_start=lambda _: "",
        cell_generator=lambda nb, _: nb.cells,
    )
    return text


@cache
def _template() -> Any:
    from nbconvert.filters.markdown_mistune import markdown2html_mistune

    environment = Environment(loader=FileSystemLoader(TEMPLATE), autoescape=True)
    environment.filters["markdown2html"] = lambda text: Markup(markdown2html_mistune(text))
    return environment.get_template("index.html.j2")


class _Notebook:
    """A notebook as the template takes it: chapters stand where the cells that show them stood."""

    def __init__(self, notebook: dict[str, Any], library: Library, *, whole: bool) -> None:
        self.metadata = notebook["metadata"]
        self.cells = [_cell(cell, library, whole=whole) for cell in notebook["cells"]]


def _cell(cell: dict[str, Any], library: Library, *, whole: bool) -> dict[str, Any]:
    source = "".join(cell["source"])
    outputs = []
    if shows := re.fullmatch(r'chapter\("(\w+)"\)', source.strip()):
        chapter = CHAPTER_BY_KEY[shows[1]]
        html = whole_chapter(library, chapter) if whole else chapter_html(chapter.key, begun_html(library, chapter))
        outputs = [
            {"data": {"application/vnd.jupyter.widget-view+json": {"model_id": chapter.key}, "text/html": str(html)}}
        ]
    return {**cell, "source": source, "outputs": outputs}
