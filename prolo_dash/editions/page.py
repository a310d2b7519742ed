"""Notebooks as pages that need no kernel: a notebook's text, and each chapter, view or prediction that it shows."""

import base64
import hashlib
import json
import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader
from markupsafe import Markup

from prolo_dash.editions import formulae
from prolo_dash.editions.chapters import FIRST, SECOND, begun_chapter, whole_chapter
from prolo_dash.editions.lessons import Call, prediction_part, view_part
from prolo_dash.editions.notebooks import Notebook, NotPreparedError, shown_by, source_of
from prolo_dash.editions.prepared import file_name
from prolo_dash.editions.rest import rest
from prolo_dash.evidence.library import Library
from prolo_dash.views.chapters import CHAPTER_BY_KEY, CHAPTERS, VIEW_BY_KEY

TEMPLATE = Path(__file__).parent / "voila" / "templates" / "prolo"
STATIC = TEMPLATE / "static"
QR = "lean-qr.js"
# In the order that each finds what it uses of the others. The first are those of a view, in notebooks too.
VIEW_SCRIPTS = ("place", "rows", "draw", "address", "form", "table", "share", "view", "predict")
_PRESENTING = ("cuts", "notes", "keys", "present")
_SCRIPTS = (*VIEW_SCRIPTS, "chapters", *_PRESENTING, "packs", "server", "site")


def bundle(names: tuple[str, ...]) -> str:
    """Script modules as one, in order; what they import of each other is already there."""
    parts = [(STATIC / f"{name}.js").read_text(encoding="utf-8") for name in names]
    return re.sub(r"^import .*$", "", "\n".join(parts), flags=re.MULTILINE)


@cache
def assets() -> dict[str, tuple[str, bytes]]:
    """What the page needs, by the name the template uses: its address, which changes with its content, and content."""
    content = {
        "page.css": (STATIC / "page.css").read_bytes() + (STATIC / "present.css").read_bytes(),
        "site.js": bundle(_SCRIPTS).encode(),
        "plotly.min.js": (STATIC / "plotly.min.js").read_bytes(),
        "icon.svg": (STATIC / "icon.svg").read_bytes(),
    }
    if (STATIC / QR).exists():  # it is left out where npm could not be reached when the package was built
        content[QR] = (STATIC / QR).read_bytes()
    return {name: (_address(name, body), body) for name, body in content.items()}


def _address(name: str, body: bytes) -> str:
    stem, _, kind = name.rpartition(".")
    return f"static/{stem}.{hashlib.sha256(body).hexdigest()[:12]}.{kind}"


def rest_files(library: Library) -> dict[str, tuple[str, bytes]]:
    """What follows the page, by chapter: its address, which changes with its content, and content."""
    files = {chapter.key: rest(library, chapter) for chapter in CHAPTERS if chapter is not FIRST}
    return {key: (_address(f"{key}.json", body), body) for key, body in files.items()}


def _sharing(share: str, *, one_file: bool) -> str:
    """What the page's script needs for sharing, as JSON: where the file is that draws QR codes, and ``share``."""
    address, body = assets().get(QR, ("", b""))
    qr = f"data:text/javascript;base64,{base64.b64encode(body).decode()}" if one_file and body else address
    return json.dumps({"qr": qr, "address": share})


def page(
    library: Library,
    notebook: Notebook,
    *,
    live: bool,
    packs: dict[str, bytes] | None = None,
    share: str = "",
    lessons: Iterable[Notebook] = (),
) -> str:
    """The page of a notebook as HTML; NotPreparedError for one that needs a kernel.

    ``live``: a server is there that answers what is not prepared. ``packs``: prepared states to put into the page,
    with all else that it needs, so that it is one file; otherwise the page fetches them. ``share``: the address that
    others in the network reach the page at, where the one it is opened at may not be theirs. ``lessons``: what it
    links to at its top.
    """
    if notebook.obstacle:
        raise NotPreparedError(f"{notebook.name}.ipynb: {notebook.obstacle}")
    known = assets()
    shown = [call for cell in notebook.cells if (call := shown_by(cell))]
    chapters = {call.names[0] for call in shown if call.function == "chapter"}
    follows = {} if packs else {key: file for key, file in rest_files(library).items() if key in chapters}
    site: dict[str, Any] = {
        "live": live,
        "packs": packs,
        "addresses": {name: address for name, (address, _) in known.items()},
        "content": {name: body.decode() for name, (_, body) in known.items()} if packs else {},
        "share": _sharing(share, one_file=bool(packs)),
        "lessons": [{"address": lesson.address, "name": lesson.title} for lesson in lessons],
        "states": json.dumps({key: f"states/{file_name(key)}" for key in VIEW_BY_KEY}),
        "rest": {view.key: address for key, (address, _) in follows.items() for view in CHAPTER_BY_KEY[key].views},
        "soon": follows[SECOND.key][0] if SECOND.key in follows else "",
    }
    try:
        nb = _Shown(notebook, library, whole=packs is not None)
    except (KeyError, ValueError) as error:  # it shows something that there was, and is not any more
        raise NotPreparedError(f"{notebook.name}.ipynb: {error.args[0]}") from None
    text: str = _template().render(
        nb=nb,
        resources={"base_url": "", "site": site, "formulae": formulae},
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


class _Shown:
    """A notebook as the template takes it: what a cell has shown stands in its place."""

    def __init__(self, notebook: Notebook, library: Library, *, whole: bool) -> None:
        self.metadata = notebook.metadata
        self.cells = [_cell(cell, library, whole=whole) for cell in notebook.cells]


def _cell(cell: dict[str, Any], library: Library, *, whole: bool) -> dict[str, Any]:
    outputs = cell.get("outputs", [])
    if call := shown_by(cell):
        data = {
            "application/vnd.jupyter.widget-view+json": {"model_id": call.names[0]},
            "text/html": _html(library, call, whole=whole),
        }
        outputs = [{"data": data}]
    return {**cell, "source": source_of(cell), "outputs": outputs}


def _html(library: Library, call: Call, *, whole: bool) -> str:
    match call.function:
        case "chapter" if whole:
            return str(whole_chapter(library, CHAPTER_BY_KEY[call.names[0]]))
        case "chapter":
            return str(begun_chapter(library, CHAPTER_BY_KEY[call.names[0]]))
        case "view":
            return str(view_part(library, call.names[0], call.settings))
        case _:
            return str(prediction_part(library, call.names[0], call.names[1], call.settings))
