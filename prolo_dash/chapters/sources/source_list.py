"""Sources: every publication and page behind the figures, what was read in it, what could not be verified."""

from dataclasses import dataclass

from prolo_dash.chapters.sources.reading import KINDS, Reading, is_registered, name_of, reading, under_several_names
from prolo_dash.evidence.library import Library
from prolo_dash.evidence.records import Source
from prolo_dash.kit import trial_labels
from prolo_dash.kit.charts import ChartRow, Panel, named_places, stack
from prolo_dash.kit.controls import Option, choice
from prolo_dash.kit.references import article
from prolo_dash.kit.theme import LIGHT
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


def render(library: Library, state: SourcesState) -> Rendering:
    """Every source of the chosen kinds."""
    kinds = tuple(KINDS) if state.kind == "all" else (state.kind,)
    chosen = _sorted(library, kinds)
    return Rendering(
        sentence=_sentence(library, chosen),
        chart=_chart(library, chosen, kinds),
        table=_table(library, chosen),
        alt=_alt(chosen, kinds),
        how_to_read=_how_to_read(library),
        sources=(_PACKAGE, article(library)),
        key=(KeyEntry("filled: with a DOI or PubMed number; hollow: seen on a page only", "ink"),),
    )


_PACKAGE = SourceLink(
    "The file sources.csv of this page's data, with every page on which a source was read",
    None,
    "the table here has the same sources, one a row",
)


def _sorted(library: Library, kinds: tuple[str, ...]) -> list[Source]:
    """By kind, the newest first, those without a year last."""
    chosen = [s for s in library.package.sources if s.kind in kinds]
    return sorted(chosen, key=lambda s: (kinds.index(s.kind), -(s.year or 0), name_of(library, s)))


def _how_to_read(library: Library) -> tuple[str, ...]:
    return (
        "Each mark is one source. A DOI or a PubMed number is a fixed address: with it, anybody can find the paper "
        "again. Within its span of years, the place of a mark means nothing.",
        "Most of them were read as abstracts, tables or reviews, seldom as a full paper. Where no figure "
        "is filed under a source, it was read as background, or as a page that prints the figures of another paper.",
        *_several_names(library),
    )


def _several_names(library: Library) -> tuple[str, ...]:
    """Which publications stand here more than once, if any."""
    several = under_several_names(library)
    if not several:
        return ()
    return (
        f"{count(len(several), 'publication')} {verb(len(several), 'seems', 'seem')} to stand here under more than one "
        f"name: {listing(name_of(library, first) for first, *_ in several)}. Entries of one publication share a DOI "
        "or PubMed number, or were read on the same pages. We keep all of them, since their figures were read apart.",
    )


def _sentence(library: Library, chosen: list[Source]) -> str:
    listed = set(chosen)
    double = sum(max(0, len(listed.intersection(names)) - 1) for names in under_several_names(library))
    registered = sum(map(is_registered, chosen))
    ids = {source.source_id for source in chosen}
    studies = sum(1 for study in library.package.studies if study.source_id in ids)
    names = f", **{len(chosen) - double}** if what has more than one name is counted once" if double else ""
    behind = f" **{studies}** studies of prolotherapy are among them." if studies else ""
    return (
        f"{count(len(chosen), 'source')} {verb(len(chosen), 'is', 'are')} shown{names}. **{registered}** "
        f"{verb(registered, 'has', 'have')} a DOI or a PubMed number; the others were seen on a page only.{behind}"
    )


def _span(source: Source) -> int:
    """Which span of years a source stands in."""
    return sum(1 for start in _SPANS if start <= (source.year or 0)) - 1


def _chart(library: Library, chosen: list[Source], kinds: tuple[str, ...]) -> Chart:
    cells: dict[tuple[int, int], list[Source]] = {}
    for source in chosen:
        cells.setdefault((kinds.index(source.kind), _span(source)), []).append(source)
    marks = [
        (source, row, span + _PITCH * (i % _ACROSS - (_ACROSS - 1) / 2), _DOWN * (i // _ACROSS - _middle(len(own))))
        for (row, span), own in cells.items()
        for i, source in enumerate(own)
    ]
    trace = {
        "type": "scatter",
        "mode": "markers",
        "x": [x for _, _, x, _ in marks],
        "y": [row for _, row, _, _ in marks],
        "offsets": [offset for *_, offset in marks],
        "ids": [source.source_id for source, *_ in marks],
        "hovertext": [f"{name_of(library, s)}, {s.year or 'year not seen'}" for s, *_ in marks],
        "marker": {
            "symbol": ["circle" if is_registered(source) else "circle-open" for source, *_ in marks],
            "size": 7,
            "color": LIGHT["ink"],
            "line": {"width": 1.5, "color": LIGHT["ink"]},
        },
    }
    labels = tuple(_label(kind, [s for s in chosen if s.kind == kind]) for kind in kinds)
    figure = stack((Panel("", "", (-0.5, len(_SPANS) - 0.5), labels, (trace,)),), bar=_BAR)
    return named_places(figure, ({float(i): name for i, name in enumerate(_SPANS.values())},))


def _middle(marks: int) -> float:
    return ((marks - 1) // _ACROSS) / 2


def _label(kind: str, own: list[Source]) -> ChartRow:
    return ChartRow(KINDS[kind][1], f"{sum(map(is_registered, own))} of {len(own)} with a DOI or PubMed number")


_COLUMNS = ("Source", "Kind", "Year", "What was read from it", "What could not be verified")


def _table(library: Library, chosen: list[Source]) -> Table:
    double = {source.source_id for names in under_several_names(library) for source in names}
    table_rows = tuple(_row(library, source, reading(library), source.source_id in double) for source in chosen)
    return Table("Sources, by kind, the newest first.", _COLUMNS, table_rows)


def _row(library: Library, source: Source, counted: Reading, double: bool) -> Row:
    link, called = trial_labels.source_link(source), name_of(library, source)
    note = source.citation if called in link.citation.removesuffix(source.citation) else link.citation
    cells = (
        Cell(called, note, link.url or ""),
        Cell(KINDS[source.kind][0]),
        Cell(str(source.year or "not seen"), sort=source.year),
        Cell(counted.what(source), "seems to stand here under another name too" if double else ""),
        Cell("; ".join(counted.lacks(source)) or "nothing to note"),
    )
    return Row(source.source_id, cells)


def _alt(chosen: list[Source], kinds: tuple[str, ...]) -> str:
    parts = "; ".join(f"{KINDS[kind][1].lower()}: {sum(s.kind == kind for s in chosen)}" for kind in kinds)
    return f"One mark for each of {count(len(chosen), 'source')}, by kind and by year. {parts.capitalize()}."


VIEW = View(
    key="sources",
    question="Where does it all come from?",
    state=SourcesState,
    render=render,
    for_class="Pick a source that was seen on a page only. How could you find out whether it says what is told here?",
    reference=True,
)
