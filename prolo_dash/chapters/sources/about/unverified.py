"""What could not be verified: gaps and doubts, counted from the data."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from prolo_dash.evidence.gaps import (
    DOUBTS,
    INDIRECT,
    doubts,
    flags_of,
    outcomes_without_figure,
    positions_without_page,
    studies_without_size,
)
from prolo_dash.evidence.library import Library
from prolo_dash.evidence.reading import Lack, readings
from prolo_dash.evidence.records import Flag, Outcome, Position, Source, Study
from prolo_dash.kit import trial_labels
from prolo_dash.kit.charts import stack
from prolo_dash.kit.references import article
from prolo_dash.kit.view import Box, Cell, Rendering, Row, SourceLink, Table
from prolo_dash.kit.wording import FLAG_LABEL, capitalised, count, listing


@dataclass(frozen=True)
class Facts:
    """What was not seen of trials, sources and positions; flags by kind; and each doubt about a printed figure once."""

    outcomes: int
    trials: int
    unsized: tuple[Study, ...]
    without_figure: tuple[Outcome, ...]
    lacking: dict[Lack, tuple[Source, ...]]
    without_page: tuple[Position, ...]
    flags: dict[str, tuple[Flag, ...]]
    doubts: tuple[Flag, ...]


def facts(library: Library) -> Facts:
    """Every gap and every doubt."""
    read = readings(library)
    return Facts(
        outcomes=len(library.package.outcomes),
        trials=len(library.trials),
        unsized=studies_without_size(library),
        without_figure=outcomes_without_figure(library),
        lacking={
            lack: tuple(s for s in library.package.sources if lack in read[s.source_id].lacks) for lack in _LACKING
        },
        without_page=positions_without_page(library),
        flags={kind: flags_of(library, kind) for kind in (*DOUBTS, *INDIRECT)},
        doubts=doubts(library),
    )


# What sources may lack: the key of the row, and its words.
_LACKING = {
    Lack.TITLE: "Title not checked",
    Lack.NUMBER: "No DOI or PubMed number seen",
    Lack.YEAR: "Year not seen",
    Lack.SECOND_HAND: "Position read at second hand",
}


def render(library: Library) -> Rendering:
    """Every gap and every doubt."""
    found = facts(library)
    return Rendering(
        sentence=_sentence(found),
        chart=stack(()),
        table=Table("What we could not verify.", ("What", "How many", "Where"), _rows(library, found)),
        alt="No chart: a list of gaps and doubts, each with how many there are and where.",
        how_to_read=(
            "We read public pages: abstracts, tables and reviews, seldom a full paper. A figure that we did not see "
            "may well be in print.",
            "A doubt is no verdict on a trial. Some doubts are about the page that we read, not about the paper.",
        ),
        sources=(
            article(library),
            SourceLink("The file flags.csv of this page's data", None, "each doubt with its reason"),
        ),
        listed_title=f"{count(len(found.doubts), 'doubt')} about printed figures, with the reason for each",
        listed=tuple(_box(library, flag) for flag in found.doubts),
    )


def _sentence(found: Facts) -> str:
    return (
        f"For **{len(found.without_figure)}** of {found.outcomes} outcomes, no figure of a group was reported where we "
        f"looked. Of {found.trials} studies of people treated, **{len(found.unsized)}** have a group "
        f"whose size we did not see. We have **{len(found.doubts)}** doubts about figures that are in print, each with "
        "its reason."
    )


def _rows(library: Library, found: Facts) -> tuple[Row, ...]:
    unsized = _names(library, (study.study_id for study in found.unsized))
    figureless = _names(library, (outcome.study_id for outcome in found.without_figure))
    organisations = listing(position.organisation for position in found.without_page)
    return (
        _row("size", "Size of a group not seen", len(found.unsized), ("study", "studies"), unsized),
        _row("figure", "No figure of any group seen", len(found.without_figure), ("outcome",), figureless),
        *(_of_sources(library, lack, found.lacking[lack]) for lack in _LACKING),
        _row("position", "No page with a position seen", len(found.without_page), ("organisation",), organisations),
        *(_of_flags(library, kind, own) for kind, own in found.flags.items() if own),
    )


def _row(key: str, what: str, many: int, counted: tuple[str, ...], where: str) -> Row:
    return Row(f"gap-{key}", (Cell(what), Cell(count(many, *counted), sort=many), Cell(where)))


def _of_sources(library: Library, lack: Lack, own: tuple[Source, ...]) -> Row:
    where = "named in the list of sources"
    if lack is Lack.SECOND_HAND:
        where = listing(source.name for source in own) or "none"
    return _row(lack, _LACKING[lack], len(own), ("source",), where)


def _of_flags(library: Library, kind: str, own: tuple[Flag, ...]) -> Row:
    where = _names(library, (flag.study_id for flag in own))
    return _row(kind, capitalised(FLAG_LABEL[kind]), len(own), ("warning",), where)


def _names(library: Library, study_ids: Iterable[str]) -> str:
    """The studies by name, each once, with how often it was meant."""
    times = Counter(study_ids)
    return listing(_called(library, i) + (f" ({n})" if n > 1 else "") for i, n in times.items()) or "none"


def _called(library: Library, study_id: str) -> str:
    """The name of a study, with its condition where another study is called the same."""
    study = library.study(study_id)
    name = library.name(study)
    return f"{name} on {library.condition_of(study).in_words}" if library.has_namesake(study) else name


def _box(library: Library, flag: Flag) -> Box:
    study = library.study(flag.study_id)
    return Box(library.name(study), trial_labels.condition_name(library, study), flag.reason)
