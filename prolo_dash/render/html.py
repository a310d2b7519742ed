"""Renderings as HTML fragments, the same for every output that is a page."""

import json
import re
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass, replace
from functools import cache, lru_cache
from itertools import groupby
from typing import Any
from urllib.parse import urlsplit

from jinja2 import Environment, PackageLoader, StrictUndefined, Template
from markupsafe import Markup

from prolo_dash.chapters.registry import VIEW_BY_KEY
from prolo_dash.evidence.library import Library
from prolo_dash.evidence.trial_choice import ALL_TRIALS, TrialChoice, with_trials_of
from prolo_dash.kit import trial_choice_words
from prolo_dash.kit.charts import fine
from prolo_dash.kit.controls import Control, Entry, Option, to_query
from prolo_dash.kit.page_conditions import settings_by_condition
from prolo_dash.kit.plotly import figure
from prolo_dash.kit.theme import DARK, LIGHT
from prolo_dash.kit.trial_labels import condition_options, condition_toggles
from prolo_dash.kit.view import Rendering, View, strong_parts
from prolo_dash.kit.wording import NOTHING_CHOSEN, listing
from prolo_dash.render.citation import citation
from prolo_dash.render.links import Links, linked, named
from prolo_dash.render.terms import Glossary
from prolo_dash.render.trial_links import CONTROL, TrialNames, trial_address, with_trials
from prolo_dash.render.trial_links import VIEW as TRIAL

# Attributes that every table cell repeats; responses omit them, and the page's script restores them (table.js).
_REPEATED = re.compile(r' (?:role="(?:row|cell|rowheader)"|data-label="[^"]*")')

SORRY = "This setting could not be shown. The last one stays; the fault has been logged."

FRAGMENTS = (
    "sentence",
    "instead",
    "all_trials",
    "aside",
    "key",
    "plot",
    "alt",
    "chain",
    "table",
    "listed",
    "reading",
    "sources",
)


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
        """The figure, unavailable options and problems as JSON that is safe inside a script element."""
        known = {"figure": self.figure, "unavailable": self.unavailable, "problems": self.problems}
        text = json.dumps(known, ensure_ascii=False)
        return Markup(text.replace("<", "\\u003c"))


@cache
def template(name: str = "view.html.j2") -> Template:
    """A template of this package, with the filters that templates use."""
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
    environment.filters["named"] = named
    environment.filters["trial_address"] = trial_address
    environment.filters["fieldsets"] = _fieldsets
    environment.filters["unavailable_reasons"] = _unavailable_reasons
    environment.filters["domain"] = _domain
    environment.filters["plain_number"] = lambda number: f"{number:.12g}"
    environment.filters["short_address"] = _short_address
    return environment.get_template(name)


def _domain(url: str) -> str:
    """The domain of a link; an IP address would mean nothing to a reader."""
    domain = urlsplit(url).netloc
    return "the page" if re.fullmatch(r"[\d.:]+", domain) else domain


def _short_address(url: str) -> str:
    """An address as it is printed: complete if it is a short one, such as a DOI, else only its domain."""
    parts = urlsplit(url)
    return parts.netloc + (parts.path if parts.netloc in ("doi.org", "pubmed.ncbi.nlm.nih.gov") else "")


def _groups(options: tuple[Option, ...]) -> list[tuple[str, list[Option]]]:
    return [(group, list(members)) for group, members in groupby(options, key=lambda option: option.group)]


def _fieldsets(declared: dict[str, Control]) -> list[tuple[str, list[tuple[str, Control]]]]:
    """Controls in order, with text fields grouped under their headings."""
    return [(heading, list(members)) for heading, members in groupby(declared.items(), key=_heading)]


def _unavailable_reasons(options: tuple[Option, ...], name: str, unavailable: tuple[tuple[str, str], ...]) -> str:
    """What a control's unavailable options are for. The page's script keeps this up to date (form.js)."""
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
    trials: TrialChoice = ALL_TRIALS,
) -> Payload:
    """Render one state of one view; ``shorten`` may leave out deferred content.

    A view that counts trials says what it finds for the chosen ``trials``, and beside it what it finds for all.
    """
    shown = view.normalise(state)
    rendering = shorten(
        _default_rendering(library, view) if state == view.default_state(library) else view.render(library, shown)
    )
    if view.counts_trials and trials != ALL_TRIALS:
        only = view.render(with_trials_of(library, trials), shown)
        rendering = _beside_all(trial_choice_words.said(library, trials), only, rendering)
    module: Any = template().module
    links = _links(
        library,
        shown=getattr(shown, CONTROL) if view.key == TRIAL else "",
        with_terms=not rendering.table.anchors,
    )
    return Payload(
        view=view.key,
        settings=vars(shown),
        state=to_query(shown),
        fragments={name: Markup(getattr(module, name)(rendering, links)).strip() for name in FRAGMENTS},
        figure=with_trials(_rounded(vars(figure(rendering.chart))), links.trials),
        unavailable=rendering.unavailable,
        problems=rendering.problems,
        notice=notice,
    )


def _beside_all(said: str, only: Rendering, every: Rendering) -> Rendering:
    """What is found for some trials, named so wherever it can be taken from the page, beside the sentence on all."""
    found = every.sentence if only.sentence != every.sentence else "the same."
    if only.sentence == NOTHING_CHOSEN != every.sentence:
        only = replace(only, sentence=_NONE_OF_THESE, alt=_NONE_OF_THESE)
    return replace(
        only,
        sentence=f"**{said}:** {only.sentence}",
        all_trials=f"**{trial_choice_words.ALL_SAID}:** {found}{_not_counted(only, every)}",
        alt=f"{said}. {only.alt}",
        table=replace(only.table, caption=f"{said}. {only.table.caption}"),
    )


_NONE_OF_THESE = "None of the trials shown here is one of these."


def _not_counted(only: Rendering, every: Rendering) -> str:
    """Which trials carry the answer for all and not the one for some."""
    kept = set(only.plot.carrying) if only.plot else set()
    names = [name for name in every.plot.carrying if name not in kept] if every.plot else []
    return f" Not counted above: {listing(names)}." if names else ""


@lru_cache(maxsize=256)
def _links(library: Library, *, shown: str, with_terms: bool) -> Links:
    """The links of a view; ``shown`` is the trial that it is about. The glossary's own table has none into itself."""
    return Links(TrialNames(library, shown), Glossary(library.package.glossary if with_terms else ()))


@lru_cache(maxsize=64)
def _default_rendering(library: Library, view: View[Any]) -> Rendering:
    """The default state, rendered once for the page, its deferred content and its prepared states."""
    return view.render(library, view.normalise(view.default_state(library)))


def _rounded(value: Any) -> Any:
    """Numbers of a figure rounded to what a screen can show: half the bytes."""
    if isinstance(value, float):
        return fine(value)
    if isinstance(value, dict):
        return {key: _rounded(inner) for key, inner in value.items()}
    return [_rounded(inner) for inner in value] if isinstance(value, list | tuple) else value


def payload_for(library: Library, view_key: str, params: dict[str, str], page: dict[str, str] | None = None) -> Payload:
    """Render the state that URL parameters ask for; KeyError for an unknown view.

    ``page`` are the settings of the whole page: which trials count. Parameters that are not understood take their
    defaults and are named in ``notice``.
    """
    view = VIEW_BY_KEY[view_key]
    state, problems = view.read(library, params)
    trials, unknown = trial_choice_words.read(library, page or {})
    return payload(library, view, state, " ".join((*problems, *unknown)), trials=trials)


def read_file(library: Library, view_key: str, text: str) -> tuple[tuple[tuple[str, str], ...], tuple[str, ...]]:
    """The trials in a reader's file as (name, state in URL form) pairs, and a sentence for each problem.

    KeyError for an unknown view, ValueError for one that takes no file.
    """
    view = VIEW_BY_KEY[view_key]
    if view.loader is None:
        raise ValueError(f"{view_key} takes no file.")
    found, problems = view.loader.read(library, text)
    return tuple((name, to_query(state)) for name, state in found), problems


def view_html(
    library: Library, view: View[Any], shown: Payload, *, pack: str = "", follows: str = "", folded: bool = False
) -> Markup:
    """The section of a view in the state that is shown.

    ``pack``: the address of its prepared states; ``follows``: the file with its figure, which is then left out here;
    ``folded``: only question and answer are seen at first.
    """
    module: Any = template().module
    by_condition = settings_by_condition(library, view)
    place = {
        "pack": pack,
        "follows": follows,
        "folded": folded,
        "by_condition": json.dumps(by_condition, separators=(",", ":")) if by_condition else "",
    }
    return Markup(module.view(view.worded(library.topic), view.controls(library), shown.settings, shown, place))


def page_controls_html(library: Library, *, live: bool) -> Markup:
    """The bar with the conditions that a whole page is about and, where something ``live`` answers, the trials."""
    module: Any = template().module
    trials = trial_choice_words.options(library.topic) if live else ()
    return Markup(module.page_controls(condition_toggles(library), condition_options(library), trials))


def chapter_html(library: Library, key: str, sections: Iterable[Markup], *, later: bool = False) -> Markup:
    """The sections of a chapter in one element for the page's script; ``later``: not on the first screens."""
    dark = json.dumps({light: DARK[name] for name, light in LIGHT.items()})
    cite = json.dumps(asdict(citation(library)))
    return Markup('<div class="prolo chapter{}" data-chapter="{}" data-dark="{}" data-cited="{}">{}</div>').format(
        " later" if later else "", key, dark, cite, Markup("\n").join(sections)
    )


def answer_to(library: Library, request: dict[str, Any]) -> dict[str, Any]:
    """The answer to a page that requests a state (``view``, ``params``, ``page``) or sends a file (``view``, ``file``).

    KeyError, TypeError or ValueError for an invalid request.
    """
    view = str(request["view"])
    if "file" in request:
        found, problems = read_file(library, view, str(request["file"]))
        return {"found": found, "problems": problems}
    return as_message(payload_for(library, view, request["params"], request.get("page")))


def as_message(payload: Payload) -> dict[str, Any]:
    """A payload in the form that the page's script expects."""
    return {
        "view": payload.view,
        "state": payload.state,
        "fragments": {name: _REPEATED.sub("", str(text)) for name, text in payload.fragments.items()},
        "figure": payload.figure,
        "unavailable": payload.unavailable,
        "problems": payload.problems,
        "notice": payload.notice,
    }
