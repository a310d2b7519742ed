"""What could not be verified: gaps and doubts, counted from the data."""

from collections import Counter
from dataclasses import dataclass

from prolo_dash.chapters.sources.reading import has_figure, is_registered, name_of, second_hand
from prolo_dash.evidence.library import Library
from prolo_dash.evidence.records import Flag, Study
from prolo_dash.kit import trial_labels
from prolo_dash.kit.charts import stack
from prolo_dash.kit.references import article
from prolo_dash.kit.view import Box, Cell, Rendering, Row, SourceLink, Table
from prolo_dash.kit.wording import FLAG_LABEL, count, listing

# Flags that say that a printed figure is in doubt, or was not read where it was first printed.
_DOUBTS = (
    "inconsistent_interval",
    "doubtful_spread",
    "doubtful_figure",
    "assignment_inferred",
    "sources_disagree",
    "harms_disagree",
    "direction_unclear",
    "secondary_source",
    "partial_report",
)
_TOLD = _DOUBTS[:6]  # their reasons differ from trial to trial and are listed


@dataclass(frozen=True)
class Gap:
    """One kind of gap: what is missing, how often, and where."""

    key: str
    what: str
    many: int
    of_what: tuple[str, ...]  # what is counted, for one and, where that has no s, for several
    where: str


def render(library: Library) -> Rendering:
    """Every gap and every doubt."""
    gaps = (*_gaps_of_trials(library), *_gaps_of_sources(library), *_doubts(library))
    reasons = _reasons(library)
    found = tuple(
        Row(f"gap-{g.key}", (Cell(g.what), Cell(count(g.many, *g.of_what), sort=g.many), Cell(g.where))) for g in gaps
    )
    return Rendering(
        sentence=_sentence(library, len(reasons)),
        chart=stack(()),
        table=Table("What we could not verify.", ("What", "How many", "Where"), found),
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
        listed_title=f"{count(len(reasons), 'doubt')} about printed figures, with the reason for each",
        listed=reasons,
    )


def _cells(gap: Gap) -> tuple[Cell, ...]:
    return Cell(gap.what), Cell(count(gap.many, *gap.of_what), sort=gap.many), Cell(gap.where)


def _sentence(library: Library, doubts: int) -> str:
    outcomes, without = len(library.package.outcomes), len(_without_figure(library))
    return (
        f"For **{without}** of {outcomes} outcomes, no figure of a group was reported where we looked. Of "
        f"{len(library.trials)} studies of people treated, **{len(_without_size(library))}** have a group "
        f"whose size we did not see. We have **{doubts}** doubts about figures that are in print, each with its reason."
    )


def _without_figure(library: Library) -> list[str]:
    """Ids of the studies of outcomes without any group's figure, one an outcome."""
    seen = {result.outcome_id for result in library.package.results if has_figure(result)}
    return [o.study_id for o in library.package.outcomes if o.outcome_id not in seen]


def _without_size(library: Library) -> list[Study]:
    """Studies of people treated with a group whose size was seen neither at the start nor beside a figure."""
    study_of = {o.outcome_id: o.study_id for o in library.package.outcomes}
    sized = {(study_of[r.outcome_id], r.arm_id) for r in library.package.results if r.n is not None}
    sized |= {(arm.study_id, arm.arm_id) for arm in library.package.arms if arm.n_randomised is not None}
    unsized = {arm.study_id for arm in library.package.arms if (arm.study_id, arm.arm_id) not in sized}
    return [study for study in library.trials if study.study_id in unsized]


def _names(library: Library, study_ids: list[str]) -> str:
    """The studies by name, each once, with how often it was meant."""
    times = Counter(study_ids)
    return listing(_called(library, i) + (f" ({n})" if n > 1 else "") for i, n in times.items()) or "none"


def _called(library: Library, study_id: str) -> str:
    """The name of a study, with its condition where another study is called the same."""
    study = library.study(study_id)
    name = library.name(study)
    return f"{name} on {trial_labels.condition_name(library, study).lower()}" if library.has_namesake(study) else name


def _gaps_of_trials(library: Library) -> tuple[Gap, ...]:
    unsized, without = _without_size(library), _without_figure(library)
    return (
        Gap(
            "size",
            "Size of a group not seen",
            len(unsized),
            ("study", "studies"),
            _names(library, [s.study_id for s in unsized]),
        ),
        Gap("figure", "No figure of any group seen", len(without), ("outcome",), _names(library, without)),
    )


def _gaps_of_sources(library: Library) -> tuple[Gap, ...]:
    sources = library.package.sources
    second = second_hand(library)
    unsourced = [p.organisation for p in library.package.positions if p.source_id is None]
    lacking = (
        ("title", "Title not checked", [s for s in sources if not s.title_checked]),
        ("number", "No DOI or PubMed number seen", [s for s in sources if not is_registered(s)]),
        ("year", "Year not seen", [s for s in sources if s.year is None]),
        ("second_hand", "Position read at second hand", [s for s in sources if s.source_id in second]),
    )
    where = {"second_hand": listing(name_of(library, s) for s in lacking[-1][2]) or "none"}
    return (
        *(
            Gap(key, what, len(own), ("source",), where.get(key, "named in the list of sources"))
            for key, what, own in lacking
        ),
        Gap("position", "No page with a position seen", len(unsourced), ("organisation",), listing(unsourced)),
    )


def _doubts(library: Library) -> tuple[Gap, ...]:
    return tuple(
        Gap(kind, FLAG_LABEL[kind].capitalize(), len(own), ("warning",), _names(library, own))
        for kind in _DOUBTS
        if (own := [flag.study_id for flag in library.package.flags if flag.kind == kind])
    )


def _reasons(library: Library) -> tuple[Box, ...]:
    """The reason of each doubt about a printed figure; the same reason for several figures of a trial once."""
    flags = sorted((f for f in library.package.flags if f.kind in _TOLD), key=lambda f: _TOLD.index(f.kind))
    once: dict[tuple[str, str], Flag] = {(f.study_id, f.reason): f for f in reversed(flags)}
    return tuple(_box(library, flag) for flag in reversed(once.values()))


def _box(library: Library, flag: Flag) -> Box:
    study = library.study(flag.study_id)
    return Box(library.name(study), trial_labels.condition_name(library, study), flag.reason)
