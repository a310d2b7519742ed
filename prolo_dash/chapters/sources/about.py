"""About: how each number is made, what could not be verified, how to cite it, and which versions made this page."""

import platform
from calendar import month_name
from dataclasses import dataclass
from datetime import date
from importlib.metadata import version

from prolo_dash import __author__, __version__
from prolo_dash.chapters.sources import methods, unverified
from prolo_dash.evidence.library import Library
from prolo_dash.kit.charts import stack
from prolo_dash.kit.controls import Option, choice
from prolo_dash.kit.references import article
from prolo_dash.kit.view import Cell, Rendering, Row, SourceLink, Table, View
from prolo_dash.kit.wording import count, verb


@dataclass(frozen=True)
class AboutState:
    """What is asked."""

    topic: str = choice(
        "Show",
        (
            Option("methods", "How each number is made"),
            Option("found", "How trials were found, and which are not here"),
            Option("unverified", "What we could not verify"),
            Option("cite", "How to cite this"),
            Option("versions", "Versions"),
        ),
        "methods",
    )


def render(library: Library, state: AboutState) -> Rendering:
    """One topic. None of them has figures, so nothing is drawn."""
    topics = {
        "methods": methods.render,
        "found": _found,
        "unverified": unverified.render,
        "cite": _cite,
        "versions": _versions,
    }
    return topics[state.topic](library)


def _day(iso: str) -> str:
    """``24 November 2026``."""
    day = date.fromisoformat(iso)
    return f"{day.day} {month_name[day.month]} {day.year}"


_KIND = {
    "searched": ("searched", "found"),
    "named_only": ("named by others, no figure read", "not here"),
    "out_of_scope": ("not what the article speaks of", "not here"),
    "kept_out": ("kept out for a doubt", "not here"),
}


def _found(library: Library) -> Rendering:
    """Which searches were made, up to which day, and which trials are known of and not here."""
    searches = library.package.searches
    made = [s for s in searches if s.kind == "searched"]
    absent = {kind: sum(s.many for s in searches if s.kind == kind) for kind in _KIND}
    told = tuple(
        Row(
            f"search-{s.search_id}",
            (
                Cell(s.what, url=s.url or ""),
                Cell(_KIND[s.kind][0], _day(s.until)),
                Cell(f"{s.many} {_KIND[s.kind][1]}", sort=s.many),
                Cell(s.notes or ""),
            ),
        )
        for s in searches
    )
    last = max((s.until for s in made), default=library.package.edition.day)
    sums = " + ".join(str(s.many) for s in made)
    return Rendering(
        sentence=(
            f"**{sums}** studies, of which {len(library.trials)} are of people treated, were found by "
            f"{count(len(made), 'search', 'searches')}, the last up to "
            f"**{_day(last)}**. Of **{absent['named_only']}** more we know only the names. "
            f"**{absent['out_of_scope']}** are on what the article does not speak of, and **{absent['kept_out']}** "
            f"{verb(absent['kept_out'], 'was', 'were')} kept out. There may be others."
        ),
        chart=stack(()),
        table=Table("How trials were found, and which are not here.", ("What", "How", "How many", "Notes"), told),
        alt="No chart: a list of searches, and of trials that are known of and not here.",
        how_to_read=(
            "We looked in public pages. A trial that no such page names is not here, and a trial that was never "
            "published can hardly be.",
        ),
        sources=(SourceLink("The file searches.csv of this page's data", None, "each search and its last day"),),
    )


def _cite(library: Library) -> Rendering:
    """How to name the page, its data, and a figure of it."""
    data = library.package.edition
    told = (
        ("page", "The page", f"{__author__}: prolo_dash, version {__version__}", ""),
        ("data", "The data", f"prolotherapy-evidence, version {data.version}, {_day(data.day)}", ""),
        ("figure", "A figure", "The trial that printed it, then this page as the place where you read it", ""),
        ("code_licence", "Licence of the code", "BSD 3-Clause", "https://opensource.org/license/bsd-3-clause"),
        ("data_licence", "Licence of the data", "CC0 1.0", "https://creativecommons.org/publicdomain/zero/1.0/"),
    )
    found = tuple(Row(f"cite-{key}", (Cell(what), Cell(text, url=url))) for key, what, text, url in told)
    return Rendering(
        sentence=(
            f"The data are of **{_day(data.day)}**, version {data.version}. A figure belongs to the trial that printed "
            "it: a reader of your text can only check it there."
        ),
        chart=stack(()),
        table=Table("How to name this page, its data and its figures.", ("What", "How"), found),
        alt="No chart: a list of what to name when this page is cited.",
        how_to_read=(
            "The list of figures above names the trial and the place in its paper for each figure.",
            "The code may be used by anybody who keeps its licence with it. The data are free for any use.",
        ),
        sources=(
            article(library),
            SourceLink("The file datapackage.json of this page's data", None, "version and date"),
        ),
    )


def _versions(library: Library) -> Rendering:
    """What made this page."""
    told = (
        ("prolo_dash", __version__, "this page"),
        ("data", library.package.edition.version, f"the figures, {_day(library.package.edition.day)}"),
        ("Python", platform.python_version(), "runs the page"),
        ("numpy", version("numpy"), "arithmetic"),
        ("scipy", version("scipy"), "curves of chance"),
        ("plotly", version("plotly"), "charts"),
        ("voila", version("voila"), "serves the page"),
    )
    found = tuple(Row(f"version-{name.lower()}", (Cell(name), Cell(number), Cell(use))) for name, number, use in told)
    return Rendering(
        sentence="These are the versions of the programs and the data that this page was made with.",
        chart=stack(()),
        table=Table("Versions of programs and data.", ("What", "Version", "What for"), found),
        alt="No chart: a list of versions.",
        how_to_read=("With the same versions, every number of this page comes out the same.",),
        sources=(SourceLink("The installed programs and datapackage.json", None, "asked when the page was made"),),
    )


VIEW = View(
    key="sources_about",
    question="How are the numbers made, how were trials found, and what could we not verify?",
    state=AboutState,
    render=render,
    for_class="Which of these gaps could change what you think of a trial? Which of them could not?",
    reference=True,
)
