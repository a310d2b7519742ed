"""One trial as a split, its groups and its differences, each with its interval."""

from dataclasses import dataclass

from prolo_dash.chapters.own_trial.lines import (
    DifferenceLine,
    GroupLine,
    Line,
    chance,
    line_rows,
    line_words,
    lines_panel,
    spoken,
)
from prolo_dash.chapters.own_trial.measures import measures
from prolo_dash.evidence.comparison import ArmFigure, Comparison
from prolo_dash.evidence.library import Library
from prolo_dash.evidence.topic import Topic
from prolo_dash.kit import split_chart, trial_labels
from prolo_dash.kit.charts import stack
from prolo_dash.kit.placebo_words import NOT_PLACEBO
from prolo_dash.kit.scales import PER_100, scale_of
from prolo_dash.kit.significance import WHY_TWO
from prolo_dash.kit.view import Cell, Chart, Rendering, Row, Table
from prolo_dash.kit.wording import capitalised, plural
from prolo_dash.stats.shares import Split


@dataclass(frozen=True)
class Facts:
    """A comparison whose gain can be split, its parts, and the groups and differences with their intervals."""

    topic: Topic
    comparison: Comparison
    split: Split
    lines: tuple[Line, ...]

    @property
    def words(self) -> tuple[tuple[str, str], ...]:
        """Title and detail of each line."""
        return tuple(line_words(self.topic, line, _difference_words) for line in self.lines)


def facts(own: Library, comparison: Comparison) -> Facts:
    """The split of a comparison that has figures for intervention and control."""
    split = comparison.split
    assert split is not None
    lines: list[Line] = [_group(figure) for figure in comparison.arms]
    if split.untreated:
        lines.append(DifferenceLine("control.minus", "control", "untreated", split.added_by_control))
    lines.append(DifferenceLine("prolo.minus", "intervention", "control", split.added_by_intervention))
    return Facts(own.topic, comparison, split, tuple(lines))


def _group(figure: ArmFigure) -> GroupLine:
    assert figure.gain_estimate is not None
    return GroupLine(figure, figure.gain_estimate)


def _difference_words(topic: Topic, line: DifferenceLine) -> tuple[str, str]:
    if line.role == "control":
        return f"Control minus {topic.untreated}", f"further gain after the {topic.control}"
    return f"{capitalised(topic.intervention)} minus control", f"further gain after {topic.intervention}"


def rendering(own: Library, found: Facts) -> Rendering:
    """The split of one comparison."""
    comparison = found.comparison
    return Rendering(
        sentence=_sentence(own, found),
        chart=_chart(own, found),
        table=_table(own, found),
        alt=_alt(found),
        how_to_read=(*_how_to_read(found.topic), *((WHY_TWO,) if comparison.is_share else ())),
        sources=(),
        key=trial_labels.split_key(found.topic)[0 if comparison.untreated else 1 :],
        chain=measures(found.topic, comparison),
    )


def _how_to_read(topic: Topic) -> tuple[str, ...]:
    return (
        f"The first bar is the gain after {topic.intervention}, cut as in “The caveat”. A negative part is a thin bar "
        "below, which runs back.",
        "Numbers are rounded, so parts may not add up to the last digit.",
        "Below are the groups and how they differ, each with its 95% interval. It is Wilson's for a share and "
        "Newcombe's for how two shares differ. For scores it is Student's and Welch's.",
    )


def _sentence(own: Library, found: Facts) -> str:
    comparison, topic, scale = found.comparison, found.topic, scale_of(found.comparison)
    control, third, left = comparison.control, comparison.untreated, found.split.added_by_intervention
    assert control is not None
    first, second = scale.text(comparison.intervention.gain or 0.0), scale.text(control.gain or 0.0)
    words = f" of 100 {plural(comparison)} were better" if comparison.is_share else " points gained"
    beside = f" With {topic.untreated} it was **{scale.text(third.gain or 0.0)}**." if third else ""
    return (
        f"{trial_labels.who(own, comparison)}, {trial_labels.what(comparison)}: **{first}**{words} after "
        f"{topic.intervention}, **{second}** after the {topic.control}.{beside} The difference between the "
        f"{topic.procedures} is **{scale.interval(left)}**.{chance(left)} {NOT_PLACEBO}"
    )


def _chart(own: Library, found: Facts) -> Chart:
    comparison, scale = found.comparison, scale_of(found.comparison)
    unit = f"{scale.unit} {plural(comparison)}" if scale is PER_100 else scale.unit
    panel = lines_panel("Groups and differences", unit, comparison, found.lines, found.words)
    return stack((split_chart.panel(own, scale, [comparison], "split", trial_labels.chart_row), panel))


def _table(own: Library, found: Facts) -> Table:
    comparison, scale, split = found.comparison, scale_of(found.comparison), found.split
    parts = (split.untreated, split.added_by_control, split.added_by_intervention)
    whole = " + ".join(scale.text(part.value) for part in parts if part)
    first = Row(
        comparison.comparison_id,
        (
            Cell("The gain, cut in parts", trial_labels.who(own, comparison)),
            Cell(f"{scale.text(comparison.intervention.gain or 0.0)} = {whole}"),
            Cell(""),
        ),
    )
    rest = line_rows(comparison, found.lines, found.words)
    columns = ("Row", f"Value ({scale.unit})", "What it is")
    return Table("The trial's groups and differences, with 95% intervals.", columns, (first, *rest))


def _alt(found: Facts) -> str:
    parts = spoken(found.comparison, found.lines, found.words)
    return f"A bar of the gain after {found.topic.intervention}, cut in parts, and marks with intervals: {parts}."
