"""About: how each number is made, what could not be verified, how to cite it, and which versions made this page."""

import platform
from calendar import month_name
from dataclasses import dataclass
from datetime import date
from importlib.metadata import version

from prolo_dash import __author__, __version__
from prolo_dash.chapters.sources.about import methods, unverified
from prolo_dash.evidence.about_records import Search
from prolo_dash.evidence.library import Library
from prolo_dash.evidence.package import Edition
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


@dataclass(frozen=True)
class Searches:
    """Which searches were made and what they found, and which trials are known of and not here."""

    trials: int
    all: tuple[Search, ...]
    last_day: str

    @property
    def made(self) -> tuple[Search, ...]:
        """Searches for trials."""
        return tuple(search for search in self.all if search.kind == "searched")

    def absent(self, kind: str) -> int:
        """How many trials are not here for one reason."""
        return sum(search.many for search in self.all if search.kind == kind)


@dataclass(frozen=True)
class Versions:
    """The data that are shown, and the programs that made the page."""

    edition: Edition
    programs: dict[str, str]


Facts = tuple[str, ...] | Searches | unverified.Facts | Versions


def facts(library: Library, state: AboutState) -> Facts:
    """What is known of one topic; of methods, their keys."""
    match state.topic:
        case "methods":
            return methods.facts(library)
        case "found":
            return searches(library)
        case "unverified":
            return unverified.facts(library)
    return versions(library)


def searches(library: Library) -> Searches:
    """How trials were found."""
    own = library.package.searches
    last = max((s.until for s in own if s.kind == "searched"), default=library.package.edition.day)
    return Searches(len(library.trials), own, last)


def versions(library: Library) -> Versions:
    """What this page was made of."""
    programs = {"prolo_dash": __version__, "Python": platform.python_version()}
    return Versions(library.package.edition, programs | {name: version(name) for name in _USED})


def render(library: Library, state: AboutState) -> Rendering:
    """One topic. None of them has figures, so nothing is drawn."""
    match state.topic:
        case "methods":
            return methods.render(library)
        case "found":
            return _found(searches(library))
        case "unverified":
            return unverified.render(library)
        case "cite":
            return _cite(library, versions(library))
    return _versions(versions(library))


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


def _search_row(search: Search) -> Row:
    how, many = _KIND[search.kind]
    cells = (
        Cell(search.what, url=search.url or ""),
        Cell(how, _day(search.until)),
        Cell(f"{search.many} {many}", sort=search.many),
        Cell(search.notes or ""),
    )
    return Row(f"search-{search.search_id}", cells)


def _found(found: Searches) -> Rendering:
    """Which searches were made, up to which day, and which trials are known of and not here."""
    columns = ("What", "How", "How many", "Notes")
    return Rendering(
        sentence=_found_sentence(found),
        chart=stack(()),
        table=Table("How trials were found, and which are not here.", columns, tuple(map(_search_row, found.all))),
        alt="No chart: a list of searches, and of trials that are known of and not here.",
        how_to_read=(
            "We looked in public pages. A trial that no such page names is not here, and a trial that was never "
            "published can hardly be.",
        ),
        sources=(SourceLink("The file searches.csv of this page's data", None, "each search and its last day"),),
    )


def _found_sentence(found: Searches) -> str:
    sums = " + ".join(str(search.many) for search in found.made) or "0"
    kept_out = found.absent("kept_out")
    return (
        f"**{sums}** studies, of which {found.trials} are of people treated, were found by "
        f"{count(len(found.made), 'search', 'searches')}, the last up to **{_day(found.last_day)}**. Of "
        f"**{found.absent('named_only')}** more we know only the names. **{found.absent('out_of_scope')}** are on what "
        f"the article does not speak of, and **{kept_out}** {verb(kept_out, 'was', 'were')} kept out. There may be "
        "others."
    )


def _cite(library: Library, found: Versions) -> Rendering:
    """How to name the page, its data, and a figure of it."""
    data = found.edition
    told = (
        ("page", "The page", f"{__author__}: prolo_dash, version {found.programs['prolo_dash']}", ""),
        ("data", "The data", f"{data.name}, version {data.version}, {_day(data.day)}", ""),
        ("figure", "A figure", "The trial that printed it, then this page as the place where you read it", ""),
        ("code_licence", "Licence of the code", "BSD 3-Clause", "https://opensource.org/license/bsd-3-clause"),
        ("data_licence", "Licence of the data", "CC0 1.0", "https://creativecommons.org/publicdomain/zero/1.0/"),
    )
    own_rows = tuple(Row(f"cite-{key}", (Cell(what), Cell(text, url=url))) for key, what, text, url in told)
    return Rendering(
        sentence=(
            f"The data are of **{_day(data.day)}**, version {data.version}. A figure belongs to the trial that printed "
            "it: a reader of your text can only check it there."
        ),
        chart=stack(()),
        table=Table("How to name this page, its data and its figures.", ("What", "How"), own_rows),
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


# Programs that are used, and what for.
_USED = {
    "numpy": "arithmetic",
    "scipy": "curves of chance",
    "plotly": "charts",
    "voila": "serves the page",
}


def _versions(found: Versions) -> Rendering:
    """What made this page."""
    used = {"prolo_dash": "this page", "Python": "runs the page"} | _USED
    told = [(name, number, used[name]) for name, number in found.programs.items()]
    told.insert(1, ("data", found.edition.version, f"the figures, {_day(found.edition.day)}"))
    own_rows = tuple(
        Row(f"version-{name.lower()}", (Cell(name), Cell(number), Cell(use))) for name, number, use in told
    )
    return Rendering(
        sentence="These are the versions of the programs and the data that this page was made with.",
        chart=stack(()),
        table=Table("Versions of programs and data.", ("What", "Version", "What for"), own_rows),
        alt="No chart: a list of versions.",
        how_to_read=("With the same versions, every number of this page comes out the same.",),
        sources=(SourceLink("The installed programs and datapackage.json", None, "asked when the page was made"),),
    )


VIEW = View(
    key="sources_about",
    question="How are the numbers made, how were trials found, and what could we not verify?",
    state=AboutState,
    render=render,
    facts=facts,
    for_class="Which of these gaps could change what you think of a trial? Which of them could not?",
    reference=True,
)
