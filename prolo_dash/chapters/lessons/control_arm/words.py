"""Control groups alone in words, as an article would tell them that leaves the other groups out."""

from prolo_dash.chapters.lessons.chosen_rows import reasons, said
from prolo_dash.chapters.lessons.control_arm.facts import Facts, control_of
from prolo_dash.evidence.comparison import ArmFigure, Comparison
from prolo_dash.evidence.library import Library
from prolo_dash.evidence.topic import Topic
from prolo_dash.kit import trial_labels
from prolo_dash.kit.scales import scale_of
from prolo_dash.kit.topic_words import role_name
from prolo_dash.kit.view import Box, Cell, KeyEntry, Row, Table, plain
from prolo_dash.kit.wording import (
    NOT_REPORTED,
    capitalised,
    count,
    flag_reasons,
    per_hundred,
    printed,
    spread,
    trim,
    unit_words,
    warned,
    weeks_words,
)


def how_to_read(known: Facts) -> tuple[str, ...]:
    """What a bar is, and what can make people feel better."""
    topic = known.topic
    return (
        f"Each bar is what one group gained after the {topic.control}: {topic.control_in_full}. The line on a bar is "
        "its 95% interval, where one can be computed. The other groups of these trials are left out here.",
        "Natural course: many pains ease with time, whatever is done.",
        "Regression to the mean: people join a trial when they feel at their worst. Their ups and downs alone make "
        "most of them feel a bit better later.",
        "Placebo response: hope, care and attention can change how people feel.",
        f"Other care went on as well, such as exercise, and {topic.control_doubt}.",
        "Answers meant to please: people who were cared for like to say that it helped.",
        "Where scores differ, a bar is the part of the whole scale that was gained: 20 of 100 points, and 2 of 10, are "
        "equally long. A row without a bar has a scale whose ends we did not see. Scores are turned so that higher is "
        "always better. The table has the figures as printed. Groups that were no longer as randomised are left out.",
        *reasons(known.chosen),
    )


def sentence(known: Facts) -> str:
    """How many got better, and what can do that."""
    if not known.drawn:
        return _found(known)
    return (
        f"{_found(known)} Many things can do that: the natural course, regression to the mean, a placebo response, "
        f"other care, or answers meant to please. These figures alone can't tell which.{said(known.chosen, 'group')}"
    )


def _found(known: Facts) -> str:
    name, gains = known.topic.control, known.gains
    if not gains:
        return f"No figure of a {name} group was seen for this result."
    if known.domain == "better":
        return (
            f"In {count(known.trials, 'trial')}, people improved after the {name}: **{per_hundred(min(gains))} to "
            f"{per_hundred(max(gains))}** of 100 were counted as better."
        )
    better = sum(gain > 0 for gain in gains)
    return (
        f"In **{better}** of {count(len(gains), 'group')}, the {_SCORE[known.domain]} was better after the {name} than "
        "at the start."
    )


_SCORE = {"pain": "pain score", "function": "function score"}


def key(topic: Topic) -> tuple[KeyEntry, ...]:
    """What the bars are."""
    return (KeyEntry(role_name(topic, "control"), "control", "hatched"),)


def row_key(comparison: Comparison) -> str:
    """The key of a control group's row."""
    return f"{comparison.outcome.outcome_id}.{control_of(comparison).arm.arm_id}"


def table(library: Library, known: Facts) -> Table:
    """The figures of each group."""
    name = known.topic.control
    columns = ("Trial", "Time", "What was counted", capitalised(name), "At the start", "At the end", "Gain")
    caption = f"What the {name} groups gained, higher = better. Intervals are 95% intervals."
    return Table(caption, columns, tuple(_row(library, c) for c in known.drawn))


def _row(library: Library, comparison: Comparison) -> Row:
    figure, scale = control_of(comparison), scale_of(comparison)
    start, end = _start_and_end(figure)
    n = figure.result.n
    estimate = figure.gain_estimate
    assert estimate is not None
    cells = (
        Cell(library.name(comparison.study), comparison.condition.label),
        Cell(weeks_words(comparison.outcome.weeks)),
        Cell(comparison.outcome.plain_name),
        Cell(figure.arm.label, unit_words(comparison, n) if n else "size not seen"),
        Cell(start),
        Cell(end),
        Cell(scale.interval(estimate), scale.unit),
    )
    return Row(row_key(comparison), cells, flag_reasons(comparison))


def _start_and_end(figure: ArmFigure) -> tuple[str, str]:
    """As printed. A count begins with nobody better; a printed change has neither."""
    if figure.kind == "responder":
        return "not counted", printed(figure)
    if figure.kind == "final_mean" and figure.baseline and figure.baseline.mean is not None:
        assert figure.result.mean is not None
        return trim(figure.baseline.mean), f"{trim(figure.result.mean)}{spread(figure)}"
    return NOT_REPORTED, f"a change of {printed(figure)}"


def listed(library: Library, known: Facts) -> tuple[Box, ...]:
    """The trials whose control group has no such figure."""
    return tuple(
        Box(
            f"{library.condition_of(study).symbol} {library.name(study)}",
            trial_labels.condition_name(library, study),
            f"We saw no such figure of its {known.topic.control} group." + warned(library.study_flags(study.study_id)),
        )
        for study in known.unseen
    )


def alt(known: Facts) -> str:
    """The chart in words."""
    return f"{plain(_found(known))} The chart has a bar for each of {count(len(known.drawn), 'row')}."
