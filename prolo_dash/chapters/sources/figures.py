"""Figures: every figure of every group as it was printed, and where it was read."""

from dataclasses import dataclass
from typing import Any

from prolo_dash.evidence.comparison import ArmFigure
from prolo_dash.evidence.library import Library
from prolo_dash.evidence.reading import has_figure, with_spread
from prolo_dash.evidence.records import Arm, Outcome, Result, Study
from prolo_dash.kit import trial_labels
from prolo_dash.kit.charts import ChartRow, Panel, bars, stack
from prolo_dash.kit.controls import Option, choice
from prolo_dash.kit.protection_words import protection_strong, seen_words
from prolo_dash.kit.theme import LIGHT, ROLE_LABEL
from prolo_dash.kit.view import Box, Cell, Chart, Rendering, Row, Table, View
from prolo_dash.kit.wording import FLAG_LABEL, NOT_REPORTED, count, printed, verb, warned, weeks_words


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
class Figured:
    """One group's figure for one outcome: a row of results.csv with what it belongs to."""

    study: Study
    outcome: Outcome
    arm: Arm
    result: Result

    @property
    def key(self) -> str:
        """A name that no other figure has."""
        return f"{self.outcome.outcome_id}.{self.arm.arm_id}"

    @property
    def level(self) -> int:
        """0: a count, or an average with its spread. 1: an average or share alone. 2: nothing reported."""
        if with_spread(self.result):
            return 0
        return 1 if has_figure(self.result) else 2

    @property
    def shown(self) -> str:
        """The figure as it is printed, without that of another time."""
        return printed(ArmFigure(self.arm, self.result, self.outcome.sign, self.outcome.kind, None))

    @property
    def number(self) -> float | None:
        """The figure alone: an average as it is printed, people counted as a percentage; None where none was seen."""
        r = self.result
        if r.events is not None and r.n is not None:
            return 100 * r.events / r.n
        return 100 * r.mean if r.mean is not None and self.outcome.kind == "responder" else r.mean

    @property
    def when(self) -> str:
        """The time in words."""
        return "at the start" if self.outcome.weeks == 0 else weeks_words(self.outcome.weeks)


def figures(library: Library, condition: str) -> dict[Study, list[Figured]]:
    """The figures of every trial of a condition, or of all; a trial without any has an empty list."""
    chosen = library.trials if condition == "all" else library.trials_on([condition])
    studies = {study.study_id: study for study in chosen}
    outcomes = {o.outcome_id: o for o in library.package.outcomes if o.study_id in studies}
    arms = {(arm.study_id, arm.arm_id): arm for arm in library.package.arms}
    found: dict[Study, list[Figured]] = {study: [] for study in chosen}
    for result in library.package.results:
        if outcome := outcomes.get(result.outcome_id):
            study = studies[outcome.study_id]
            found[study].append(Figured(study, outcome, arms[study.study_id, result.arm_id], result))
    return found


def render(library: Library, state: FiguresState) -> Rendering:
    """Every figure of the chosen condition."""
    found = figures(library, state.condition)
    bare = [study for study, own in found.items() if not own]
    return Rendering(
        sentence=_sentence(library, found, state.condition),
        chart=_chart(library, found),
        table=_table(library, found),
        alt=_alt(found),
        how_to_read=_HOW_TO_READ,
        sources=tuple(trial_labels.source_link(library.source(i)) for i in dict.fromkeys(s.source_id for s in found)),
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


def _counts(own: list[Figured]) -> tuple[int, int, int]:
    """How many figures there are, how many of them are complete, and how many were not reported."""
    missing = sum(f.level == 2 for f in own)
    return len(own) - missing, sum(f.level == 0 for f in own), missing


def _every(found: dict[Study, list[Figured]]) -> list[Figured]:
    return [figure for own in found.values() for figure in own]


def _sentence(library: Library, found: dict[Study, list[Figured]], condition: str) -> str:
    seen, complete, missing = _counts(_every(found))
    where = "all conditions" if condition == "all" else library.conditions[condition].in_words
    more = (
        f" For **{missing}** more, {verb(missing, 'the figure was', 'the figures were')} {NOT_REPORTED}."
        if missing
        else ""
    )
    return (
        f"For {where}, {count(seen, 'figure')} of {count(len(found), 'trial')} {verb(seen, 'was', 'were')} read. "
        f"**{complete}** of them {verb(complete, 'is a count', 'are counts')} or came with a spread.{more}"
    )


def _chart(library: Library, found: dict[Study, list[Figured]]) -> Chart:
    drawn = {study: sorted(own, key=lambda f: f.level) for study, own in found.items() if own}
    hollow: dict[str, Any] = {"color": "rgba(0,0,0,0)", "line": {"width": 1.5, "color": LIGHT["ink"]}}
    full: dict[str, Any] = {"color": LIGHT["ink"], "line": {"width": 1.5, "color": LIGHT["paper"]}}
    line: dict[str, Any] = {"color": LIGHT["axis"], "line": {"width": 0}}
    traces = (_pieces(drawn, 0, full, 1.0), _pieces(drawn, 1, hollow, 1.0), _pieces(drawn, 2, line, 0.12))
    most = max((len(own) for own in drawn.values()), default=1)
    labels = tuple(_label(library, study, own) for study, own in drawn.items())
    return stack((Panel("", "figures", (0.0, float(most)), labels, traces),), bar=18)


def _pieces(drawn: dict[Study, list[Figured]], level: int, fill: dict[str, Any], width: float) -> dict[str, Any]:
    """The pieces of one kind: a bar of length 1 for each figure, one after the other in its trial's row."""
    places = [
        (y, x, figure) for y, own in enumerate(drawn.values()) for x, figure in enumerate(own) if figure.level == level
    ]
    y = [y for y, _, _ in places]
    hover = [f"{f.outcome.plain_name}, {f.when}, {f.arm.label}: {f.shown}" for _, _, f in places]
    trace = bars(y, [float(x) for _, x, _ in places], [1.0] * len(y), [""] * len(y), fill, hover, width=width)
    return trace | {"ids": [figure.key for *_, figure in places]}


def _label(library: Library, study: Study, own: list[Figured]) -> ChartRow:
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


def _table(library: Library, found: dict[Study, list[Figured]]) -> Table:
    table_rows = tuple(_row(library, figure) for figure in _every(found))
    return Table("Every figure of every group, as printed.", _COLUMNS, table_rows)


def _row(library: Library, figure: Figured) -> Row:
    link = trial_labels.source_link(library.source(figure.study.source_id))
    seen = has_figure(figure.result)
    cells = (
        Cell(library.name(figure.study), trial_labels.condition_name(library, figure.study), link.url or ""),
        Cell(figure.outcome.plain_name, figure.outcome.instrument),
        Cell(figure.when, sort=figure.outcome.weeks),
        Cell(figure.arm.label, ROLE_LABEL[figure.arm.role]),
        Cell(figure.shown, figure.outcome.unit if seen else "", sort=figure.number),
        Cell(str(figure.result.n or NOT_REPORTED), sort=figure.result.n),
        Cell(figure.outcome.where_in_source, (figure.result.notes or "") if seen else ""),
        Cell(protection_strong(library, figure.study), seen_words(library, figure.study)),
        Cell("; ".join(_warnings(library, figure)) or "none"),
    )
    return Row(figure.key, cells)


def _warnings(library: Library, figure: Figured) -> list[str]:
    """The labels of the flags that hold for a figure, gravest first."""
    kinds = {
        flag.kind
        for flag in library.package.flags
        if flag.study_id == figure.study.study_id
        and flag.outcome_id in (None, figure.outcome.outcome_id)
        and flag.arm_id in (None, figure.arm.arm_id)
    }
    return [label for kind, label in FLAG_LABEL.items() if kind in kinds]


def _alt(found: dict[Study, list[Figured]]) -> str:
    seen, complete, missing = _counts(_every(found))
    return (
        f"Bars of figures for {count(len(found), 'trial')}, a piece for each. With counts or spread: {complete}; "
        f"alone: {seen - complete}; not reported where we looked: {missing}."
    )


VIEW = View(
    key="sources_figures",
    question="Which figure was read where?",
    state=FiguresState,
    render=render,
    for_class="Choose one figure and find it in its source. Does the paper print what stands here?",
    reference=True,
)
