"""Renderings as HTML: the same fragments for every edition that is a page."""

import json
import re
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass
from functools import cache, lru_cache
from itertools import groupby
from typing import Any
from urllib.parse import urlsplit

from jinja2 import Environment, PackageLoader, StrictUndefined, Template
from markupsafe import Markup

from prolo_dash.chapters.registry import VIEW_BY_KEY
from prolo_dash.evidence.library import Library
from prolo_dash.kit.charts import fine
from prolo_dash.kit.controls import Control, Entry, Option, to_query
from prolo_dash.kit.plotly import figure
from prolo_dash.kit.theme import DARK, LIGHT
from prolo_dash.kit.view import Rendering, View, strong_parts
from prolo_dash.render.cited import cited
from prolo_dash.render.terms import linked

# What every cell of a table repeats; the page's script puts it back, so that an answer stays small.
_REPEATED = re.compile(r' (?:role="(?:row|cell|rowheader)"|data-label="[^"]*")')

SORRY = "This setting could not be shown. The last one stays; the fault has been logged."

FRAGMENTS = ("sentence", "key", "alt", "chain", "table", "listed", "reading", "sources")


@dataclass(frozen=True)
class Payload:
    """One state of one view, ready for a page.

    ``settings`` are the values of its controls, ``state`` their URL form, ``fragments`` HTML by role, ``figure`` a
    Plotly figure with the labels of its rows, ``unavailable`` the (control, option) pairs that can't be chosen now,
    ``problems`` the (control, sentence) pairs of what can't be read, ``notice`` a sentence about parameters not
    understood.
    """

    view: str
    settings: dict[str, Any]
    state: str
    fragments: dict[str, Markup]
    figure: dict[str, Any]
    unavailable: tuple[tuple[str, str], ...]
    problems: tuple[tuple[str, str], ...] = ()
    notice: str = ""

    @property
    def figure_json(self) -> Markup:
        """The figure, and what can't be chosen or read, as JSON that is safe inside a script element."""
        known = {"figure": self.figure, "unavailable": self.unavailable, "problems": self.problems}
        text = json.dumps(known, ensure_ascii=False)
        return Markup(text.replace("<", "\\u003c"))


@cache
def template(name: str = "view.html.j2") -> Template:
    """A template of this folder, with what all of them may call."""
    environment = Environment(
        loader=PackageLoader("prolo_dash.render"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals["strong_parts"] = strong_parts
    environment.filters["groups"] = _groups
    environment.filters["linked"] = linked
    environment.filters["fieldsets"] = _fieldsets
    environment.filters["barred"] = _barred
    environment.filters["host"] = _host
    environment.filters["plain_number"] = lambda number: f"{number:.12g}"
    environment.filters["short_address"] = _short_address
    return environment.get_template(name)


def _host(url: str) -> str:
    """Where a link leads; a bare number says nothing to a reader."""
    host = urlsplit(url).netloc
    return "the page" if re.fullmatch(r"[\d.:]+", host) else host


def _short_address(url: str) -> str:
    """An address as paper has room for it: whole where it is made to be short, else where it leads."""
    parts = urlsplit(url)
    return parts.netloc + (parts.path if parts.netloc in ("doi.org", "pubmed.ncbi.nlm.nih.gov") else "")


def _groups(options: tuple[Option, ...]) -> list[tuple[str, list[Option]]]:
    return [(group, list(members)) for group, members in groupby(options, key=lambda option: option.group)]


def _fieldsets(declared: dict[str, Control]) -> list[tuple[str, list[tuple[str, Control]]]]:
    """Controls in order; those that a reader types into stand together under their headings."""
    return [(heading, list(members)) for heading, members in groupby(declared.items(), key=_heading)]


def _barred(options: tuple[Option, ...], name: str, unavailable: tuple[tuple[str, str], ...]) -> str:
    """What the options of a control are for that can't be chosen now; the page's script keeps it in step (form.js)."""
    needs = (option.needs for option in options if (name, option.value) in unavailable)
    return " ".join(dict.fromkeys(filter(None, needs)))


def _heading(named: tuple[str, Control]) -> str:
    return named[1].group if isinstance(named[1], Entry) else ""


def payload(
    library: Library,
    view: View[Any],
    state: Any,
    notice: str = "",
    shorten: Callable[[Rendering], Rendering] = lambda rendering: rendering,
) -> Payload:
    """Render one state of one view; ``shorten`` may leave out what is sent on its own."""
    shown = view.normalise(state)
    rendering = shorten(
        _opening(library, view) if state == view.default_state(library) else view.render(library, shown)
    )
    module: Any = template().module
    terms = () if rendering.table.anchors else library.package.glossary
    return Payload(
        view=view.key,
        settings=vars(shown),
        state=to_query(shown),
        fragments={name: Markup(getattr(module, name)(rendering, terms)).strip() for name in FRAGMENTS},
        figure=_rounded(vars(figure(rendering.chart))),
        unavailable=rendering.unavailable,
        problems=rendering.problems,
        notice=notice,
    )


@lru_cache(maxsize=64)
def _opening(library: Library, view: View[Any]) -> Rendering:
    """What a page opens with: rendered once for the page, what follows it, and its prepared states."""
    return view.render(library, view.normalise(view.default_state(library)))


def _rounded(value: Any) -> Any:
    """Numbers of a figure as fine as a screen shows them: half the bytes."""
    if isinstance(value, float):
        return fine(value)
    if isinstance(value, dict):
        return {key: _rounded(inner) for key, inner in value.items()}
    return [_rounded(inner) for inner in value] if isinstance(value, list | tuple) else value


def payload_for(library: Library, view_key: str, params: dict[str, str]) -> Payload:
    """Render the state that URL parameters ask for; KeyError for an unknown view.

    Parameters that are not understood take their defaults and are told in ``notice``.
    """
    view = VIEW_BY_KEY[view_key]
    state, problems = view.read(library, params)
    return payload(library, view, state, " ".join(problems))


def loaded(library: Library, view_key: str, text: str) -> tuple[tuple[tuple[str, str], ...], tuple[str, ...]]:
    """What a reader's file holds for a view: (name, state in URL form) pairs, and a sentence for each problem.

    KeyError for an unknown view, ValueError for one that takes no file.
    """
    view = VIEW_BY_KEY[view_key]
    if view.loader is None:
        raise ValueError(f"{view_key} takes no file.")
    found, problems = view.loader.read(library, text)
    return tuple((name, to_query(state)) for name, state in found), problems


def view_html(library: Library, view: View[Any], shown: Payload, *, pack: str = "", follows: str = "") -> Markup:
    """The section of a view in the state that is shown.

    ``pack``: where its prepared states are; ``follows``: the file that brings its figure, which then is left out.
    """
    module: Any = template().module
    return Markup(module.view(view.worded(library.topic), view.controls(library), shown.settings, shown, pack, follows))


def chapter_html(library: Library, key: str, sections: Iterable[Markup], *, later: bool = False) -> Markup:
    """The sections of a chapter in one element for the page's script; ``later``: not on the first screens."""
    dark = json.dumps({light: DARK[name] for name, light in LIGHT.items()})
    cite = json.dumps(asdict(cited(library)))
    return Markup('<div class="prolo chapter{}" data-chapter="{}" data-dark="{}" data-cited="{}">{}</div>').format(
        " later" if later else "", key, dark, cite, Markup("\n").join(sections)
    )


def answer_to(library: Library, question: dict[str, Any]) -> dict[str, Any]:
    """The answer to a page that asks for a state (``view`` and ``params``) or sends a file (``view`` and ``file``).

    KeyError, TypeError or ValueError for a question that makes no sense.
    """
    view = str(question["view"])
    if "file" in question:
        found, problems = loaded(library, view, str(question["file"]))
        return {"found": found, "problems": problems}
    return as_message(payload_for(library, view, question["params"]))


def as_message(payload: Payload) -> dict[str, Any]:
    """A payload in the form that the page's script takes."""
    return {
        "view": payload.view,
        "state": payload.state,
        "fragments": {name: _REPEATED.sub("", str(text)) for name, text in payload.fragments.items()},
        "figure": payload.figure,
        "unavailable": payload.unavailable,
        "problems": payload.problems,
        "notice": payload.notice,
    }
