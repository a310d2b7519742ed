"""The groups of a reader's own trial and how they differ: a row of estimates each, in a chart and in a table."""

from collections.abc import Callable
from dataclasses import dataclass

from prolo_dash.evidence.comparison import ArmFigure, Comparison
from prolo_dash.evidence.records import Role
from prolo_dash.evidence.topic import Topic
from prolo_dash.kit.charts import ChartRow, Panel, points
from prolo_dash.kit.scales import scale_of, span
from prolo_dash.kit.theme import ROLE_COLOUR, SHAPES
from prolo_dash.kit.topic_words import role_name
from prolo_dash.kit.view import Cell, Row
from prolo_dash.kit.wording import printed
from prolo_dash.stats.effects import Estimate


@dataclass(frozen=True)
class GroupLine:
    """What one group had."""

    figure: ArmFigure
    estimate: Estimate

    @property
    def key(self) -> str:
        """A unique key."""
        return self.role

    @property
    def role(self) -> Role:
        """The group's role."""
        return self.figure.arm.role


@dataclass(frozen=True)
class DifferenceLine:
    """How far the group of one role is ahead of the group of another."""

    key: str
    role: Role
    versus: Role
    estimate: Estimate


Line = GroupLine | DifferenceLine
DifferenceWords = Callable[[Topic, DifferenceLine], tuple[str, str]]  # a title and a detail


def chance(difference: Estimate) -> str:
    """A sentence where an interval holds zero; empty where it does not."""
    if not difference.has_interval or difference.excludes_zero:
        return ""
    return " The range holds zero: chance alone may explain it."


def line_words(topic: Topic, line: Line, difference: DifferenceWords) -> tuple[str, str]:
    """The title of a row and what it is."""
    if isinstance(line, DifferenceLine):
        return difference(topic, line)
    return line.figure.arm.label, f"{role_name(topic, line.role)}: {printed(line.figure)}"


def lines_panel(
    heading: str, unit: str, comparison: Comparison, lines: tuple[Line, ...], words: tuple[tuple[str, str], ...]
) -> Panel:
    """Marks with their intervals, a row each."""
    scale = scale_of(comparison)
    drawn = [scale.on_axis(line.estimate) for line in lines]
    limits = [v for e in drawn for v in (e.value, e.low, e.high) if v is not None]
    labels = tuple(ChartRow(title, detail) for title, detail in words)
    shape = SHAPES[comparison.condition.symbol]
    traces = tuple(
        points([y], [drawn[y]], [shape], ROLE_COLOUR[line.role], [scale.interval(line.estimate)], [0.0], ids=[line.key])
        for y, line in enumerate(lines)
    )
    return Panel(heading, unit, span(limits), labels, traces)


def line_rows(comparison: Comparison, lines: tuple[Line, ...], words: tuple[tuple[str, str], ...]) -> tuple[Row, ...]:
    """The same rows in a table."""
    scale = scale_of(comparison)
    return tuple(
        Row(line.key, (Cell(title), Cell(scale.interval(line.estimate)), Cell(detail)))
        for line, (title, detail) in zip(lines, words, strict=True)
    )


def spoken(comparison: Comparison, lines: tuple[Line, ...], words: tuple[tuple[str, str], ...]) -> str:
    """The same rows in one sentence without its full stop."""
    scale = scale_of(comparison)
    told = zip(lines, words, strict=True)
    return "; ".join(f"{title} {scale.interval(line.estimate)}" for line, (title, _) in told)
