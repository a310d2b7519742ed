"""Pages made from notebooks without a kernel: a notebook's text, and each part of the explainer that it shows."""

import base64
import hashlib
import json
from collections.abc import Callable, Iterable
from functools import cache, partial
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader
from markupsafe import Markup

from prolo_dash.chapters.registry import CHAPTER_BY_KEY, CHAPTERS
from prolo_dash.evidence.library import Library
from prolo_dash.render import formulae
from prolo_dash.render.chapters import FIRST, SECOND, PackOf, shortened_chapter, whole_chapter
from prolo_dash.render.citation import citation
from prolo_dash.render.deferred import deferred_address, deferred_content
from prolo_dash.render.html import page_controls_html
from prolo_dash.render.lessons import Call, check_part, prediction_part, view_part
from prolo_dash.render.notebooks import Notebook, NotPreparedError, shown_by, source_of
from prolo_dash.render.precompute import edition, pack_address

TEMPLATE = Path(__file__).parent / "voila" / "templates" / "prolo"
STATIC = TEMPLATE / "static"
QR, GUNZIP = "lean-qr.js", "gunzip.js"
SCRIPT, CLASSROOM = "prolo.js", "classroom.js"  # classroom.js has what prolo.js has, and class sessions
_ASSETS = ("prolo.css", SCRIPT, CLASSROOM, "plotly.min.js", QR, GUNZIP, "icon.svg")


@cache
def assets() -> dict[str, tuple[str, bytes]]:
    """The page's static files by the name the template uses: address, which changes with the content, and content."""
    content = {name: (STATIC / name).read_bytes() for name in _ASSETS}
    return {name: (_address(name, body), body) for name, body in content.items()}


def packed_assets() -> dict[str, bytes]:
    """The static files that were gzipped when the package was built, by address."""
    files = {assets()[name][0]: STATIC / f"{name}.gz" for name in _ASSETS}
    return {address: path.read_bytes() for address, path in files.items() if path.exists()}


def _address(name: str, body: bytes) -> str:
    stem, _, kind = name.rpartition(".")
    return f"static/{stem}.{hashlib.sha256(body).hexdigest()[:12]}.{kind}"


def deferred_files(library: Library) -> dict[str, bytes]:
    """The files with deferred content, by address."""
    return {
        deferred_address(chapter.key): deferred_content(library, chapter)
        for chapter in CHAPTERS
        if chapter is not FIRST
    }


def _sharing(share: str, *, one_file: bool, up: str) -> str:
    """The configuration of the page's script, as JSON.

    The addresses of the scripts for QR codes and decompression, ``share``, and whether each view has a page for
    embedding.
    """
    files = {name: _inside(assets()[file], one_file, up) for name, file in (("qr", QR), ("gunzip", GUNZIP))}
    return json.dumps(files | {"address": share, "embeds": not one_file and not up})


def _inside(file: tuple[str, bytes], one_file: bool, up: str) -> str:
    """The address of a script; for a page in one file, a data URL."""
    address, body = file
    return f"data:text/javascript;base64,{base64.b64encode(body).decode()}" if one_file else f"{up}{address}"


def page(
    library: Library,
    notebook: Notebook,
    *,
    live: bool,
    packs: dict[str, bytes] | None = None,
    share: str = "",
    theme: str = "",
    lessons: Iterable[Notebook] = (),
    whole: str = "",
    up: str = "",
    for_class: bool = False,
) -> str:
    """The page of a notebook as HTML; NotPreparedError for one that needs a kernel.

    ``live``: whether a server answers requests for states that are not prepared. ``packs``: prepared states to include
    in the page with everything else that it needs, so that it is one file; otherwise the page fetches them. ``share``:
    the address at which others in the network reach the page, if it may differ from the one it is opened at.
    ``theme``: "light" or "dark" instead of the reader's system setting. ``lessons``: those it links to at its top.
    ``whole``: for an embedded page, the address of its view in the explainer. ``up``: for a page of a class, the way
    from its address to the explainer's; such a page has no deferred files and no link to the explainer. ``for_class``:
    whether its script takes part in class sessions.
    """
    if notebook.obstacle:
        raise NotPreparedError(f"{notebook.name}.ipynb: {notebook.obstacle}")
    known = assets()
    one_file = packs is not None
    in_page = one_file or bool(up)  # no deferred files
    shown = [call for cell in notebook.cells if (call := shown_by(cell))]
    site: dict[str, Any] = {
        "host": "http" if live else "static",
        "edition": edition(),
        "packs": packs,
        "addresses": {name: f"{up}{address}" for name, (address, _) in known.items()},
        "script": CLASSROOM if for_class else SCRIPT,
        "content": {name: body.decode() for name, (_, body) in known.items()} if one_file else {},
        "share": _sharing(share, one_file=one_file, up=up),
        "theme": notebook.theme or theme,
        "lessons": [{"address": lesson.address, "name": lesson.title} for lesson in lessons],
        "whole": whole,
        "up": up,
        "soon": deferred_address(SECOND.key) if Call("chapter", (SECOND.key,), {}) in shown and not in_page else "",
    }
    pack_of: PackOf = "#states-{}".format if one_file else pack_address
    try:
        nb = _Shown(notebook, partial(_html, library, pack_of=pack_of, in_page=in_page))
    except (KeyError, TypeError, ValueError) as error:  # it shows something that no longer exists
        raise NotPreparedError(f"{notebook.name}.ipynb: {error.args[0]}") from None
    text: str = _template().render(
        nb=nb,
        resources={
            "base_url": "",
            "site": site,
            "formulae": formulae,
            "citation": citation(library),
            "glossary": library.package.glossary,
            "page_controls": page_controls_html(library, live=live),
        },
        kernel_start=lambda _: "",
        cell_generator=lambda nb, _: nb.cells,
    )
    return text


@cache
def _template() -> Any:
    from nbconvert.filters.ansi import ansi2html
    from nbconvert.filters.markdown_mistune import markdown2html_mistune

    environment = Environment(loader=FileSystemLoader(TEMPLATE), autoescape=True)
    environment.filters["ansi2html"] = lambda text: Markup(ansi2html(text))  # type: ignore[no-untyped-call]
    environment.filters["markdown2html"] = lambda text: Markup(markdown2html_mistune(text))
    return environment.get_template("index.html.j2")


class _Shown:
    """A notebook as the template expects it, its outputs replaced by present HTML."""

    def __init__(self, notebook: Notebook, html_of: Callable[[Call], Markup]) -> None:
        self.metadata = notebook.metadata
        self.cells = [_cell(cell, html_of) for cell in notebook.cells]


def _cell(cell: dict[str, Any], html_of: Callable[[Call], Markup]) -> dict[str, Any]:
    outputs = cell.get("outputs", [])
    if call := shown_by(cell):
        data = {
            "application/vnd.jupyter.widget-view+json": {"model_id": call.names[0]},
            "text/html": str(html_of(call)),
        }
        outputs = [{"data": data}]
    return {**cell, "source": source_of(cell), "outputs": outputs}


def _html(library: Library, call: Call, *, pack_of: PackOf, in_page: bool) -> Markup:
    match call.function:
        case "chapter":
            chapter = CHAPTER_BY_KEY[call.names[0]]
            if in_page:
                return whole_chapter(library, chapter, pack_of)
            return shortened_chapter(library, chapter, deferred_address(chapter.key), pack_of)
        case "view":
            (key,) = call.names
            return view_part(library, key, call.settings, pack_of(key))
        case "check":
            return check_part(library, call.names[0])
        case _:
            key, view_key = call.names
            return prediction_part(library, key, view_key, call.settings, pack_of(view_key))
