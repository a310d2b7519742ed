"""What was read in each source, what could not be verified of it, and which sources are one publication."""

from collections import Counter
from dataclasses import dataclass
from enum import StrEnum
from itertools import combinations

from prolo_dash.evidence.library import Library, per_library
from prolo_dash.evidence.records import Result, Source

# Tables whose rows name the source that they were read in.
SOURCED = (
    "benchmarks",
    "thresholds",
    "positions",
    "prices",
    "contraindications",
    "harm_reports",
    "mechanisms",
    "history",
)


class Lack(StrEnum):
    """What can't be verified of a source."""

    NUMBER = "number"
    TITLE = "title"
    YEAR = "year"
    SECOND_HAND = "second_hand"
    SECONDARY_SOURCE = "secondary_source"
    PARTIAL_REPORT = "partial_report"


@dataclass(frozen=True)
class SourceReading:
    """How many studies, figures, contrasts, trial facts and rows of other tables were read in one source."""

    held: Counter[str]
    lacks: tuple[Lack, ...]


def has_figure(result: Result) -> bool:
    """Whether a figure was seen at all for this group and outcome."""
    return result.events is not None or result.mean is not None


def with_spread(result: Result) -> bool:
    """Whether the figure is a count, or an average or share with its spread or interval."""
    spread = (result.sd, result.se, result.ci_low)
    return result.events is not None or (result.mean is not None and any(v is not None for v in spread))


def is_registered(source: Source) -> bool:
    """Whether a DOI or a PubMed number was seen."""
    return bool(source.doi or source.pmid)


def second_hand(library: Library) -> set[str]:
    """Sources of positions that were not read where the organisation itself gives them."""
    return {p.source_id for p in library.package.positions if p.source_id and p.second_hand}


@per_library
def readings(library: Library) -> dict[str, SourceReading]:
    """What was read in each source, by its id."""
    held, flagged, second = _held(library), _flagged(library), second_hand(library)
    return {
        source.source_id: SourceReading(
            held.get(source.source_id, Counter()),
            tuple(_lacks(source, flagged.get(source.source_id, set()), source.source_id in second)),
        )
        for source in library.package.sources
    }


def _lacks(source: Source, flags: set[str], read_at_second_hand: bool) -> list[Lack]:
    found = {
        Lack.NUMBER: not is_registered(source),
        Lack.TITLE: not source.title_checked,
        Lack.YEAR: source.year is None,
        Lack.SECOND_HAND: read_at_second_hand,
        Lack.SECONDARY_SOURCE: "secondary_source" in flags,
        Lack.PARTIAL_REPORT: "partial_report" in flags,
    }
    return [lack for lack, lacking in found.items() if lacking]


def _source_of(library: Library) -> dict[str, str]:
    return {study.study_id: study.source_id for study in library.package.studies}


def _flagged(library: Library) -> dict[str, set[str]]:
    """The kinds of flags on studies of each source."""
    source_of = _source_of(library)
    flagged: dict[str, set[str]] = {}
    for flag in library.package.flags:
        flagged.setdefault(source_of[flag.study_id], set()).add(flag.kind)
    return flagged


def _held(library: Library) -> dict[str, Counter[str]]:
    """How many rows of which kind stand in the data for each source."""
    package, source_of = library.package, _source_of(library)
    study_of = {outcome.outcome_id: source_of[outcome.study_id] for outcome in package.outcomes}
    held: dict[str, Counter[str]] = {}

    def hold(source_id: str | None, what: str) -> None:
        if source_id:
            held.setdefault(source_id, Counter())[what] += 1

    for study in package.studies:
        hold(study.source_id, "studies")
    for result in filter(has_figure, package.results):
        hold(study_of[result.outcome_id], "figures")
    for contrast in package.contrasts:
        hold(study_of[contrast.outcome_id], "contrasts")
    for harm in package.harms:
        hold(source_of[harm.study_id], "harm_reports")
    for fact in package.trial_facts:
        hold(source_of[fact.study_id], "trial_facts")
    for table in SOURCED:
        for row in getattr(package, table):
            hold(row.source_id, table)
    return held


@per_library
def under_several_names(library: Library) -> tuple[tuple[Source, ...], ...]:
    """Sources that seem to be one publication under several names, for each such publication."""
    groups = {source: [source] for source in library.package.sources}
    for one, two in combinations(groups, 2):
        known, other = groups[one], groups[two]
        if known is not other and _same(one, two):
            known += other
            groups |= dict.fromkeys(other, known)
    distinct = {id(group): tuple(group) for group in groups.values()}
    return tuple(group for group in distinct.values() if len(group) > 1)


def _same(one: Source, two: Source) -> bool:
    """Same DOI, same PubMed number, or of one kind and one read only on pages where the other was read."""
    if one.doi and two.doi and one.doi.lower() == two.doi.lower():
        return True
    if one.pmid and one.pmid == two.pmid:
        return True
    pages = set(one.seen_at.split()), set(two.seen_at.split())
    return one.kind == two.kind and (pages[0] <= pages[1] or pages[1] <= pages[0])
