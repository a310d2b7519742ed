"""Sources: every publication and page behind the figures, what was read in it, what could not be verified."""

from dataclasses import dataclass

from prolo_dash.chapters.sources.source_words import KINDS, lack_words, read_words
from prolo_dash.evidence.library import Library
from prolo_dash.evidence.reading import SourceReading, is_registered, readings, under_several_names
from prolo_dash.evidence.records import Source
from prolo_dash.evidence.topic import Topic
from prolo_dash.kit import trial_labels
from prolo_dash.kit.charts import ChartRow, Panel, named_places, stack, symbols
from prolo_dash.kit.controls import Option, choice
from prolo_dash.kit.references import article
from prolo_dash.kit.view import Cell, Chart, KeyEntry, Rendering, Row, SourceLink, Table, View
from prolo_dash.kit.wording import count, listing, verb

# The first year of each span of the chart but the first, which is for sources without a year, and its name.
_SPANS = {
    0: "no<br>year",
    1: "before<br>2000",
    2000: "2000<br>to 04",
    2005: "2005<br>to 09",
    2010: "2010<br>to 14",
    2015: "2015<br>to 19",
    2020: "2020<br>on",
}
_ACROSS, _PITCH = 6, 0.155  # marks side by side in a span, and their distance in widths of it
_BAR, _DOWN = 50, 0.2  # height of a row in pixels, and the distance of two lines of marks in heights


@dataclass(frozen=True)
class SourcesState:
    """Which kind of source."""

    kind: str = choice(
        "Kind of source",
        (Option("all", "All kinds"), *(Option(key, many) for key, (_, many) in KINDS.items())),
        "all",
    )


@dataclass(frozen=True)
class ListedSource:
    """One source, what it is called, what was read in it, and whether it seems to stand here under other names too."""

    source: Source
    name: str
    reading: SourceReading
    double: bool

    @property
    def registered(self) -> bool:
        """Whether a DOI or a PubMed number was seen."""
        return is_registered(self.source)


@dataclass(frozen=True)
class Facts:
    """Sources of the chosen kinds: by kind, the newest first, those without a year last.

    ``publications`` counts what has more than one name once; ``studies`` are behind these sources; ``several_names``
    are publications of the whole package that stand here more than once.
    """

    topic: Topic
    kinds: tuple[str, ...]
    sources: tuple[ListedSource, ...]
    publications: int
    studies: int
    several_names: tuple[str, ...]

    @property
    def registered(self) -> int:
        """How many have a DOI or a PubMed number."""
        return sum(listed.registered for listed in self.sources)

    def of_kind(self, kind: str) -> tuple[ListedSource, ...]:
        """Those of one kind."""
        return tuple(listed for listed in self.sources if listed.source.kind == kind)


def facts(library: Library, state: SourcesState) -> Facts:
    """Every source of the chosen kinds."""
    kinds = tuple(KINDS) if state.kind == "all" else (state.kind,)
    chosen = _sorted(library, kinds)
    groups = under_several_names(library)
    double = {source for group in groups for source in group}
    again = sum(max(0, len(set(chosen).intersection(group)) - 1) for group in groups)
    ids = {source.source_id for source in chosen}
    read = readings(library)
    return Facts(
        topic=library.topic,
        kinds=kinds,
        sources=tuple(ListedSource(s, s.name, read[s.source_id], s in double) for s in chosen),
        publications=len(chosen) - again,
        studies=sum(study.source_id in ids for study in library.package.studies),
        several_names=tuple(first.name for first, *_ in groups),
    )


def _sorted(library: Library, kinds: tuple[str, ...]) -> list[Source]:
    chosen = [s for s in library.package.sources if s.kind in kinds]
    return sorted(chosen, key=lambda s: (kinds.index(s.kind), -(s.year or 0), s.name))


def render(library: Library, state: SourcesState) -> Rendering:
    """Every source of the chosen kinds."""
    found = facts(library, state)
    return Rendering(
        sentence=_sentence(found),
        chart=_chart(found),
        table=_table(found),
        alt=_alt(found),
        how_to_read=_how_to_read(found),
        sources=(_PACKAGE, article(library)),
        key=(KeyEntry("filled: with a DOI or PubMed number; hollow: seen on a page only", "ink"),),
    )


_PACKAGE = SourceLink(
    "The file sources.csv of this page's data, with every page on which a source was read",
    None,
    "the table here has the same sources, one a row",
)


def _how_to_read(found: Facts) -> tuple[str, ...]:
    return (
        "Each mark is one source. A DOI or a PubMed number is a fixed address: with it, anybody can find the paper "
        "again. Within its span of years, the place of a mark means nothing.",
        "Most of them were read as abstracts, tables or reviews, seldom as a full paper. Where no figure "
        "is filed under a source, it was read as background, or as a page that prints the figures of another paper.",
        *_several_names(found.several_names),
    )


def _several_names(several: tuple[str, ...]) -> tuple[str, ...]:
    """Which publications stand here more than once, if any."""
    if not several:
        return ()
    return (
        f"{count(len(several), 'publication')} {verb(len(several), 'seems', 'seem')} to stand here under more than one "
        f"name: {listing(several)}. Entries of one publication share a DOI "
        "or PubMed number, or were read on the same pages. We keep all of them, since their figures were read apart.",
    )


def _sentence(found: Facts) -> str:
    many, registered = len(found.sources), found.registered
    names = (
        f", **{found.publications}** if what has more than one name is counted once"
        if found.publications < many
        else ""
    )
    behind = f" **{found.studies}** studies of {found.topic.intervention} are among them." if found.studies else ""
    return (
        f"{count(many, 'source')} {verb(many, 'is', 'are')} shown{names}. **{registered}** "
        f"{verb(registered, 'has', 'have')} a DOI or a PubMed number; the others were seen on a page only.{behind}"
    )


def _span(source: Source) -> int:
    """The span of years that a source belongs to."""
    return sum(1 for start in _SPANS if start <= (source.year or 0)) - 1


def _chart(found: Facts) -> Chart:
    cells: dict[tuple[int, int], list[ListedSource]] = {}
    for listed in found.sources:
        cells.setdefault((found.kinds.index(listed.source.kind), _span(listed.source)), []).append(listed)
    marks = [
        (listed, row, span + _PITCH * (i % _ACROSS - (_ACROSS - 1) / 2), _DOWN * (i // _ACROSS - _middle(len(own))))
        for (row, span), own in cells.items()
        for i, listed in enumerate(own)
    ]
    dots = symbols(
        [row for _, row, _, _ in marks],
        [x for _, _, x, _ in marks],
        ["circle" if listed.registered else "circle-open" for listed, *_ in marks],
        [f"{listed.name}, {listed.source.year or 'year not seen'}" for listed, *_ in marks],
        size=7,
        ids=[listed.source.source_id for listed, *_ in marks],
        offsets=[offset for *_, offset in marks],
        rim=1.5,
    )
    labels = tuple(_label(kind, found.of_kind(kind)) for kind in found.kinds)
    figure = stack((Panel("", "", (-0.5, len(_SPANS) - 0.5), labels, (dots,)),), bar=_BAR)
    return named_places(figure, ({float(i): name for i, name in enumerate(_SPANS.values())},))


def _middle(marks: int) -> float:
    return ((marks - 1) // _ACROSS) / 2


def _label(kind: str, own: tuple[ListedSource, ...]) -> ChartRow:
    registered = sum(listed.registered for listed in own)
    return ChartRow(KINDS[kind][1], f"{registered} of {len(own)} with a DOI or PubMed number")


_COLUMNS = ("Source", "Kind", "Year", "What was read from it", "What could not be verified")


def _table(found: Facts) -> Table:
    return Table("Sources, by kind, the newest first.", _COLUMNS, tuple(map(_row, found.sources)))


def _row(listed: ListedSource) -> Row:
    source, link = listed.source, trial_labels.source_link(listed.source)
    named = listed.name in link.citation.removesuffix(source.citation)
    cells = (
        Cell(listed.name, source.citation if named else link.citation, link.url or ""),
        Cell(KINDS[source.kind][0]),
        Cell(str(source.year or "not seen"), sort=source.year),
        Cell(read_words(listed.reading), "seems to stand here under another name too" if listed.double else ""),
        Cell(lack_words(listed.reading)),
    )
    return Row(source.source_id, cells)


def _alt(found: Facts) -> str:
    parts = "; ".join(f"{KINDS[kind][1].lower()}: {len(found.of_kind(kind))}" for kind in found.kinds)
    return f"One mark for each of {count(len(found.sources), 'source')}, by kind and by year. {parts.capitalize()}."


VIEW = View(
    key="sources",
    question="Where does it all come from?",
    state=SourcesState,
    render=render,
    facts=facts,
    for_class="Pick a source that was seen on a page only. How could you find out whether it says what is told here?",
    reference=True,
)
