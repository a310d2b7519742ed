"""One trial of which only final scores are known: the groups side by side and how they differ, without a split."""

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
from prolo_dash.kit import trial_labels
from prolo_dash.kit.charts import stack
from prolo_dash.kit.scales import scale_of
from prolo_dash.kit.view import Rendering, Table
from prolo_dash.kit.wording import capitalised
from prolo_dash.stats.effects import Estimate, mean_interval


@dataclass(frozen=True)
class Facts:
    """Final scores of each group, and how far the intervention group is ahead of each other group."""

    topic: Topic
    comparison: Comparison
    groups: tuple[GroupLine, ...]
    differences: tuple[DifferenceLine, ...]

    @property
    def lines(self) -> tuple[Line, ...]:
        """Groups, then differences."""
        return (*self.groups, *self.differences)

    @property
    def words(self) -> tuple[tuple[str, str], ...]:
        """Title and detail of each line."""
        return tuple(line_words(self.topic, line, _difference_words) for line in self.lines)


def facts(own: Library, comparison: Comparison) -> Facts:
    """Final scores of each group, and the differences between groups."""
    others = (figure for figure in (comparison.control, comparison.untreated) if figure)
    return Facts(
        own.topic,
        comparison,
        tuple(GroupLine(figure, _final(figure)) for figure in comparison.arms),
        tuple(
            DifferenceLine(f"prolo.{versus.arm.role}", "intervention", versus.arm.role, difference.estimate)
            for versus in others
            if (difference := comparison.difference(versus))
        ),
    )


def _final(figure: ArmFigure) -> Estimate:
    r = figure.result
    assert r.mean is not None
    assert r.n is not None
    assert figure.se is not None
    return mean_interval(r.mean, figure.se, r.n)


def _difference_words(topic: Topic, line: DifferenceLine) -> tuple[str, str]:
    versus = "control" if line.versus == "control" else topic.untreated
    return f"{capitalised(topic.intervention)} against {versus}", f"above zero: better after {topic.intervention}"


def rendering(own: Library, found: Facts) -> Rendering:
    """Final scores and differences of one comparison."""
    comparison, lines, words = found.comparison, found.lines, found.words
    return Rendering(
        sentence=_sentence(own, found),
        chart=stack((lines_panel("Final scores and differences", "points", comparison, lines, words),)),
        table=Table(
            "Final scores of the groups, and their differences, with 95% intervals.",
            ("Row", "Value (points)", "What it is"),
            line_rows(comparison, lines, words),
        ),
        alt=f"Marks with intervals: {spoken(comparison, lines, words)}.",
        how_to_read=_how_to_read(found.topic),
        sources=(),
        chain=measures(found.topic, comparison),
    )


def _how_to_read(topic: Topic) -> tuple[str, ...]:
    return (
        "A final score alone does not tell what a group gained. So there is no gain to split, and no contextual share.",
        f"Differences are turned so that above zero means better after {topic.intervention}. Groups may have begun "
        "unequal; what they had at the start is not in these figures.",
        "Each mean has a 95% interval by Student's method, each difference one by Welch's.",
    )


def _sentence(own: Library, found: Facts) -> str:
    comparison, topic, scale = found.comparison, found.topic, scale_of(found.comparison)
    scores = {line.role: scale.text(line.estimate.value) for line in found.groups}
    difference = found.differences[0].estimate
    beside = f" With {topic.untreated} it was **{scores['untreated']}**." if "untreated" in scores else ""
    return (
        f"{trial_labels.who(own, comparison)}, {trial_labels.what(comparison)}: **{scores['intervention']}** points "
        f"after {topic.intervention}, **{scores['control']}** after the {topic.control}.{beside} Turned so that above "
        f"zero means better after {topic.intervention}, the difference is "
        f"**{scale.interval(difference)}**.{chance(difference)}"
    )
