"""What the chapters that show trials share: labels, what is known of a trial without figures, and sources."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from prolo_dash.evidence.comparison import ArmFigure, Comparison
from prolo_dash.evidence.conditions import Condition
from prolo_dash.evidence.library import Library
from prolo_dash.evidence.records import Contrast, Source, Study
from prolo_dash.evidence.topic import Topic
from prolo_dash.kit.charts import ChartRow
from prolo_dash.kit.controls import Option, Toggles, declare
from prolo_dash.kit.scales import scale_of
from prolo_dash.kit.view import Box, Cell, Instead, KeyEntry, SourceLink
from prolo_dash.kit.wording import (
    COMPLETENESS,
    NOT_REPORTED,
    capitalised,
    count,
    flag_reasons,
    grave_flag,
    listing,
    printed,
    size_words,
    uncapitalised,
    verb,
    warned,
    weeks_words,
)

DOMAIN_OPTIONS = (
    Option("better", "Counted as better"),
    Option("pain", "Pain score"),
    Option("function", "Function score"),
)
_DOMAIN_FIGURES = {
    "better": "counts of people who were better",
    "pain": "pain scores",
    "function": "function scores",
}
DOMAIN_WORDS = {"better": "a count of people who were better", "pain": "a pain score", "function": "a function score"}


def split_key(topic: Topic) -> tuple[KeyEntry, ...]:
    """The parts that a gain is cut into."""
    return (
        KeyEntry(f"also without any {topic.procedure}", "without"),
        KeyEntry(f"also after the {topic.control}", "control", "hatched"),
        KeyEntry(f"further gain after {topic.intervention}", "prolo"),
    )


def _option(condition: Condition, label: str = "", group: str = "") -> Option:
    key, about = condition.condition_id, (condition.condition_id,)
    return Option(key, label or condition.label, condition.symbol, group, condition.also or "", about=about)


def conditions() -> Any:
    """Declare the conditions that a view shows: any of the groups, or one condition that is part of one."""
    return declare(condition_toggles)


def condition_toggles(known: Library) -> Toggles:
    """Boxes for the groups of conditions, and a menu of the conditions that are part of one."""
    parts = tuple((part, group) for group in known.groups for part in known.parts(group))
    return Toggles(
        "Conditions",
        tuple(_option(group) for group in known.groups),
        tuple(_option(part, group=group.label) for part, group in parts),
        tuple((part.condition_id, group.condition_id) for part, group in parts),
    )


def condition_options(known: Library) -> tuple[Option, ...]:
    """A menu of single conditions, each group before its parts; a group without parts is an entry itself."""
    found: list[Option] = []
    for group in known.groups:
        parts = known.parts(group)
        found.append(_option(group, f"{group.label}, all" if parts else "", group.label))
        found.extend(_option(part, group=group.label) for part in parts)
    return tuple(found)


def first_condition(known: Library) -> str:
    """The first entry of that menu."""
    return condition_options(known)[0].value


def comparison_options(
    find: Callable[[Library], tuple[Comparison, ...]],
) -> Callable[[Library], tuple[Option, ...]]:
    """A function that makes a menu of the comparisons that ``find`` finds, grouped by condition."""

    def options(known: Library) -> tuple[Option, ...]:
        return tuple(
            Option(
                c.comparison_id,
                f"{who(known, c)}: {what(c)}",
                group=c.condition.label,
                about=(c.condition.condition_id,),
            )
            for c in find(known)
        )

    return options


def default_comparison(known: Library) -> str:
    """The comparison that views of a single trial open with."""
    return known.default("comparison")


def condition_name(known: Library, study: Study) -> str:
    """A study's condition in plain words."""
    return known.condition_of(study).label


def who(library: Library, comparison: Comparison) -> str:
    """``Topol 2011, 3 months``: enough to tell a comparison from its neighbours."""
    return f"{library.name(comparison.study)}, {weeks_words(comparison.outcome.weeks)}"


def gain_text(figure: ArmFigure, comparison: Comparison) -> str:
    """An arm's gain in the unit of its axis."""
    scale = scale_of(comparison)
    return NOT_REPORTED if figure.gain is None else f"{scale.text(figure.gain)} {scale.unit}"


def what(comparison: Comparison) -> str:
    """What was counted or scored, with the arm where a trial has more than one of a kind."""
    return comparison.outcome.plain_name + arm_note(comparison)


def arm_note(comparison: Comparison) -> str:
    """Which intervention or control arm is meant, in brackets, where the id has to say so."""
    parts = comparison.comparison_id.split(".")
    named = []
    if comparison.intervention.arm.told_apart:
        named.append(comparison.intervention.arm.told_apart)
    if len(parts) > 2 and comparison.control:
        named.append(f"against {comparison.control.arm.label.lower()}")
    return f" ({', '.join(named)})" if named else ""


def chart_row(library: Library, comparison: Comparison) -> ChartRow:
    """The label of a comparison in a chart."""
    title = f"{comparison.condition.symbol} {comparison.condition.label}, {weeks_words(comparison.outcome.weeks)}"
    detail = f"{library.name(comparison.study)}, {size_words(comparison)}, {what(comparison)}"
    return ChartRow(title, detail, grave_flag(comparison))


def instead(trials: Mapping[str, int]) -> tuple[Instead, ...]:
    """What is offered where an outcome has nothing to draw: the others, with how many trials each has figures of."""
    return tuple(
        Instead(f"{count(n, 'trial')} {verb(n, 'has', 'have')} {_DOMAIN_FIGURES[domain]}: show them", "outcome", domain)
        for domain, n in trials.items()
        if n
    )


def trial_cells(library: Library, comparison: Comparison) -> tuple[Cell, ...]:
    """The first cells of every trial table: trial, condition and time, what was counted, size."""
    return (
        Cell(library.name(comparison.study), comparison.condition.label),
        Cell(weeks_words(comparison.outcome.weeks)),
        Cell(what(comparison)),
        Cell(size_words(comparison)),
    )


TRIAL_COLUMNS = ("Trial", "Time", "What was counted", "Size")


def arm_cell(figure: ArmFigure | None, shown: str) -> Cell:
    """An arm's aligned figure, with what the paper prints and the arm's own name under it."""
    if figure is None:
        return Cell("no such group")
    return Cell(shown, f"{figure.arm.label}: {printed(figure)}")


def listed(library: Library, studies: Iterable[tuple[Study, Sequence[Comparison]]], domain: str) -> tuple[Box, ...]:
    """Trials that the chart can't draw, with what is known of each."""
    return tuple(
        Box(
            f"{library.condition_of(study).symbol} {library.name(study)}",
            condition_name(library, study),
            _known(library, study, own, domain) + warned(library.study_flags(study.study_id)),
        )
        for study, own in studies
    )


def _known(library: Library, study: Study, own: Sequence[Comparison], domain: str) -> str:
    if not own:
        measured = {c.outcome.domain for c in library.comparisons_of(study)} - {"other"}
        other = listing(DOMAIN_WORDS[d] for d in ("better", "pain", "function") if d in measured)
        other = f" It has {other}." if other else " We saw no figure of it at all."
        return f"{size_of(study)}We saw no result of this kind at this time.{other}"
    return size_of(study) + " ".join(dict.fromkeys(what_is_known(c) for c in own))


def size_of(study: Study) -> str:
    """``76 people. ``, or nothing where the size was not seen."""
    n = study.n_randomised or study.n_analysed
    if n is None:
        return ""
    unit = "person" if study.unit == "person" else study.unit
    words = f"{n} people" if unit == "person" else f"{n} {unit}s"
    return f"{words}. "


def what_is_known(comparison: Comparison) -> str:
    """A comparison in a sentence or two: figures if any, then what the paper says of the groups."""
    time = weeks_words(comparison.outcome.weeks)
    start = f"{capitalised(what(comparison))}, {time}:"
    figures = [f"{f.arm.label}: {printed(f)}" for f in comparison.arms if f.gain is not None]
    said = [_with_difference(comparison, c, v) for v in comparison.comparators if (c := comparison.contrast(v))]
    parts = [*figures, *said] or [COMPLETENESS[comparison.completeness]]
    return f"{start} {'; '.join(parts)}."


def _with_difference(comparison: Comparison, contrast: Contrast, versus: ArmFigure) -> str:
    """What the paper says against one group, with the difference it prints."""
    said, difference = statement(contrast, uncapitalised(versus.arm.label)), comparison.difference(versus)
    if difference is None or difference.basis != "as printed":
        return said
    scale = scale_of(comparison)
    return f"{said}; the difference is {scale.difference(difference.estimate, scale.unit)}"


_DIRECTION = {
    "favours_intervention": "told as better than after",
    "favours_comparator": "told as worse than after",
    "no_difference": "no clear difference from",
    "not_stated": "not told how it did against",
}


def statement(contrast: Contrast, versus: str) -> str:
    """What the paper says of the intervention against one group, which is named in words."""
    words = f"{_DIRECTION[contrast.direction]} {versus}"
    if contrast.p:
        words += f" (p {contrast.p})" if contrast.p[0] in "<>" else f" (p = {contrast.p})"
    return words


def warnings(comparison: Comparison) -> tuple[Box, ...]:
    """The reason of each flag of a comparison, as a list."""
    return tuple(Box("", "", reason) for reason in flag_reasons(comparison))


def source_links(library: Library, comparisons: Iterable[Comparison]) -> tuple[SourceLink, ...]:
    """The sources of what is shown, each once, with where in them the figures stand."""
    places: dict[str, dict[str, None]] = {}
    for comparison in comparisons:
        places.setdefault(comparison.study.source_id, {})[comparison.outcome.where_in_source] = None
    return tuple(source_link(library.source(key), "; ".join(where)) for key, where in places.items())


def source_link(source: Source, note: str = "") -> SourceLink:
    """A source with its address: DOI, else PubMed, else the first page where it was read."""
    url: str | None
    if source.doi:
        url = f"https://doi.org/{source.doi}"
    elif source.pmid:
        url = f"https://pubmed.ncbi.nlm.nih.gov/{source.pmid}/"
    else:
        url = source.seen_at.split(" ")[0] or None
    title = f"{source.title}. " if source.title_checked else ""
    return SourceLink(f"{title}{source.citation}", url, note)
