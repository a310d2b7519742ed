"""What was read in each source, what could not be verified of it, and which have more than one name here."""

import re
from collections import Counter
from dataclasses import dataclass
from functools import cache
from itertools import combinations

from prolo_dash.evidence.library import Library
from prolo_dash.evidence.records import Result, Source
from prolo_dash.kit.references import page_name
from prolo_dash.kit.wording import FLAG_LABEL, count

# Kind of source -> its name for one of them, and for all.
KINDS = {
    "rct": ("trial", "Trials"),
    "observational": ("study without random groups", "Studies without random groups"),
    "systematic_review": ("review of trials", "Reviews of trials"),
    "meta_research": ("placebo and methods research", "Placebo and methods research"),
    "guideline": ("guideline", "Guidelines"),
    "organisation": ("insurer or other body", "Insurers and other bodies"),
    "article": ("article or web page", "Articles and web pages"),
}

# What a table that names its source holds: for one row, and for several.
_HOLDS = {
    "benchmarks": ("figure of placebo research", "figures of placebo research"),
    "thresholds": ("figure of the smallest change people notice", "figures of the smallest change people notice"),
    "positions": ("position", "positions"),
    "prices": ("price", "prices"),
    "contraindications": ("reason against it", "reasons against it"),
    "harm_reports": ("report of harm", "reports of harm"),
    "mechanisms": ("theory", "theories"),
    "history": ("fact of its history", "facts of its history"),
}


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


def name_of(library: Library, source: Source) -> str:
    """How a source is called in a list of sources: never empty, without what is told in brackets."""
    return re.sub(r"\s*\([^)]*\)?$", "", page_name(library, source.source_id)) or source.title


@dataclass(frozen=True)
class Reading:
    """What stands in the data of each source, counted once for all of them."""

    library: Library
    held: dict[str, Counter[str]]
    flagged: dict[str, set[str]]
    second_hand: set[str]

    def what(self, source: Source) -> str:
        """What was read in a source, in words."""
        own = self.held.get(source.source_id, Counter())
        parts = []
        if own["studies"]:
            studies = count(own["studies"], "study", "studies")
            parts.append(f"{count(own['figures'], 'figure')} of {studies}" if own["figures"] else studies)
        if own["contrasts"]:
            parts.append(count(own["contrasts"], "comparison of two groups", "comparisons of two groups"))
        if own["trial_facts"]:
            parts.append(f"{count(own['trial_facts'], 'statement')} on what protects the result")
        parts += [count(own[table], *words) for table, words in _HOLDS.items() if own[table]]
        return "; ".join(parts) or "no figure is filed under it"

    def lacks(self, source: Source) -> tuple[str, ...]:
        """What could not be verified of a source."""
        kinds = self.flagged.get(source.source_id, set())
        doubts = (
            (not is_registered(source), "no DOI or PubMed number seen"),
            (not source.title_checked, "title not checked"),
            (source.year is None, "year not seen"),
            (source.source_id in self.second_hand, "position read at second hand"),
            *((kind in kinds, FLAG_LABEL[kind]) for kind in ("secondary_source", "partial_report")),
        )
        return tuple(words for lacking, words in doubts if lacking)


@cache
def reading(library: Library) -> Reading:
    """Count what each source holds."""
    package = library.package
    held: dict[str, Counter[str]] = {}
    flagged: dict[str, set[str]] = {}
    source_of = {study.study_id: study.source_id for study in package.studies}
    study_of = {outcome.outcome_id: source_of[outcome.study_id] for outcome in package.outcomes}

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
    for table in _HOLDS:
        for row in getattr(package, table):
            hold(row.source_id, table)
    for flag in package.flags:
        flagged.setdefault(source_of[flag.study_id], set()).add(flag.kind)
    return Reading(library, held, flagged, second_hand(library))


def second_hand(library: Library) -> set[str]:
    """Sources of positions that were not read where the organisation itself gives them, as the notes say."""
    return {p.source_id for p in library.package.positions if p.source_id and "secondary" in (p.notes or "").lower()}


@cache
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
