"""Figures: every figure of every group as it was printed, and where it was read."""

from collections import Counter
from dataclasses import dataclass

from prolo_dash.evidence.conditions import Condition
from prolo_dash.evidence.figures import Figured, Level, figures
from prolo_dash.evidence.judged import protection_of
from prolo_dash.evidence.library import Library
from prolo_dash.evidence.records import Study
from prolo_dash.kit import trial_labels
from prolo_dash.kit.charts import Bars, ChartRow, Panel, bars, stack
from prolo_dash.kit.controls import Option, choice
from prolo_dash.kit.figure_words import figure_printed, warning_labels, when_measured
from prolo_dash.kit.protection_words import protection_strong, seen_words
from prolo_dash.kit.references import links
from prolo_dash.kit.theme import Fill
from prolo_dash.kit.topic_words import role_name
from prolo_dash.kit.view import Box, Cell, Chart, Rendering, Row, Table, View
from prolo_dash.kit.wording import NOT_REPORTED, count, verb, warned


@dataclass(frozen=True)
class FiguresState:
    """Which condition."""

    condition: str = choice(
        "Condition",
        lambda known: (*trial_labels.condition_options(known), Option("all", "All conditions")),
        trial_labels.first_condition,
        style="menu",
    )


@dataclass(frozen=True)
class Facts:
    """Every figure of the trials of a condition; None stands for all conditions."""

    condition: Condition | None
    figures: dict[Study, tuple[Figured, ...]]

    @property
    def all(self) -> tuple[Figured, ...]:
        """The figures of all trials."""
        return tuple(figure for own in self.figures.values() for figure in own)

    @property
    def bare(self) -> tuple[Study, ...]:
        """Trials without any figure."""
        return tuple(study for study, own in self.figures.items() if not own)


def facts(library: Library, state: FiguresState) -> Facts:
    """The figures of every trial of a condition, or of all."""
    if state.condition == "all":
        return Facts(None, figures(library, library.trials))
    studies = library.trials_on([state.condition])
    return Facts(library.conditions[state.condition], figures(library, studies))


def render(library: Library, state: FiguresState) -> Rendering:
    """Every figure of the chosen condition."""
    found = facts(library, state)
    bare = found.bare
    return Rendering(
        sentence=_sentence(found),
        chart=_chart(library, found),
        table=_table(library, found),
        alt=_alt(found),
        how_to_read=_HOW_TO_READ,
        sources=links(library, (study.source_id for study in found.figures)),
        listed_title=f"Listed, not drawn: {count(len(bare), 'trial')} without any figure" if bare else "",
        listed=tuple(_bare(library, study) for study in bare),
    )


_HOW_TO_READ = (
    "Each piece of a bar is one figure: one group, one thing that was counted, one time. A full piece is a count, or "
    "an average with its spread. A hollow one is an average or a share alone. A thin line is a figure that "
    "was not reported where we looked.",
    "Figures stand as they are printed, sign and all. For some scales, a fall means that people got better.",
    "What a paper says of one group against another stands in the chapter on the gain.",
    "Choose all conditions and download the table: you then have every figure of the groups in one file.",
)


def _bare(library: Library, study: Study) -> Box:
    """A trial of which no group and no outcome is in the data."""
    name = f"{library.condition_of(study).symbol} {library.name(study)}"
    return Box(
        name,
        trial_labels.condition_name(library, study),
        f"{trial_labels.size_of(study)}We saw no figure of its groups at "
        f"all.{warned(library.study_flags(study.study_id))}",
    )


def _counts(own: tuple[Figured, ...]) -> tuple[int, int, int]:
    """How many figures were seen, how many of them are complete, and how many were not reported."""
    levels = Counter(figure.level for figure in own)
    return len(own) - levels[Level.NOT_REPORTED], levels[Level.COMPLETE], levels[Level.NOT_REPORTED]


def _sentence(found: Facts) -> str:
    seen, complete, missing = _counts(found.all)
    where = found.condition.in_words if found.condition else "all conditions"
    more = (
        f" For **{missing}** more, {verb(missing, 'the figure was', 'the figures were')} {NOT_REPORTED}."
        if missing
        else ""
    )
    return (
        f"For {where}, {count(seen, 'figure')} of {count(len(found.figures), 'trial')} {verb(seen, 'was', 'were')} "
        f"read. **{complete}** of them {verb(complete, 'is a count', 'are counts')} or came with a spread.{more}"
    )


def _chart(library: Library, found: Facts) -> Chart:
    drawn = {study: sorted(own, key=lambda f: f.level) for study, own in found.figures.items() if own}
    full, hollow, line = Fill("ink", rim=1.5, rim_colour="paper"), Fill("ink", hollow=True, rim=1.5), Fill("axis")
    traces = (
        _pieces(drawn, Level.COMPLETE, full, 1.0),
        _pieces(drawn, Level.ALONE, hollow, 1.0),
        _pieces(drawn, Level.NOT_REPORTED, line, 0.12),
    )
    most = max((len(own) for own in drawn.values()), default=1)
    labels = tuple(_label(library, study, tuple(own)) for study, own in drawn.items())
    return stack((Panel("", "figures", (0.0, float(most)), labels, traces),), bar=18)


def _pieces(drawn: dict[Study, list[Figured]], level: Level, fill: Fill, width: float) -> Bars:
    """The pieces of one kind: a bar of length 1 for each figure, one after the other in its trial's row."""
    places = [
        (y, x, figure) for y, own in enumerate(drawn.values()) for x, figure in enumerate(own) if figure.level == level
    ]
    y = [y for y, _, _ in places]
    hover = [
        f"{f.outcome.plain_name}, {when_measured(f.outcome)}, {f.arm.label}: {figure_printed(f)}" for _, _, f in places
    ]
    starts, ids = [float(x) for _, x, _ in places], [figure.key for *_, figure in places]
    return bars(y, starts, [1.0] * len(y), [""] * len(y), fill, hover, width=width, ids=ids)


def _label(library: Library, study: Study, own: tuple[Figured, ...]) -> ChartRow:
    seen, complete, _ = _counts(own)
    part = f"{seen} of {len(own)} figures seen, {complete} with counts or spread"
    detail = part if seen else f"none of {len(own)} figures seen"
    return ChartRow(f"{library.condition_of(study).symbol} {library.name(study)}", detail)


_COLUMNS = (
    "Trial",
    "What was counted",
    "Time",
    "Group",
    "As printed",
    "Size",
    "Where in the source",
    "What protects it",
    "Warnings",
)


def _table(library: Library, found: Facts) -> Table:
    table_rows = tuple(_row(library, figure) for figure in found.all)
    return Table("Every figure of every group, as printed.", _COLUMNS, table_rows)


def _row(library: Library, figure: Figured) -> Row:
    link = trial_labels.source_link(library.source(figure.study.source_id))
    protection = protection_of(library, figure.study)
    seen = figure.level != Level.NOT_REPORTED
    cells = (
        Cell(library.name(figure.study), trial_labels.condition_name(library, figure.study)),
        Cell(figure.outcome.plain_name, figure.outcome.instrument),
        Cell(when_measured(figure.outcome), sort=figure.outcome.weeks),
        Cell(figure.arm.label, role_name(library.topic, figure.arm.role)),
        Cell(figure_printed(figure), figure.outcome.unit if seen else "", sort=figure.number),
        Cell(str(figure.result.n or NOT_REPORTED), sort=figure.result.n),
        Cell(figure.outcome.where_in_source, (figure.result.notes or "") if seen else "", link.url or ""),
        Cell(protection_strong(protection), seen_words(protection)),
        Cell(warning_labels(figure.flags)),
    )
    return Row(figure.key, cells)


def _alt(found: Facts) -> str:
    seen, complete, missing = _counts(found.all)
    return (
        f"Bars of figures for {count(len(found.figures), 'trial')}, a piece for each. With counts or spread: "
        f"{complete}; alone: {seen - complete}; not reported where we looked: {missing}."
    )


VIEW = View(
    key="sources_figures",
    question="Which figure was read where?",
    state=FiguresState,
    render=render,
    facts=facts,
    for_class="Choose one figure and find it in its source. Does the paper print what stands here?",
    reference=True,
)
