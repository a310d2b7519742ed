"""Gains in words: the finding sentence, the table, the alt text, the key, and how to read the chart."""

from prolo_dash.chapters.gain.facts import Facts
from prolo_dash.chapters.gain.reading import axis_of, differences_of, gain_of, is_in_points
from prolo_dash.evidence.comparison import Comparison, Completeness, Difference
from prolo_dash.evidence.library import Library
from prolo_dash.evidence.smallest_changes import SmallestChange
from prolo_dash.evidence.topic import Topic
from prolo_dash.kit import trial_labels
from prolo_dash.kit.scales import Scale
from prolo_dash.kit.smallest_change_bands import BAND_KEY
from prolo_dash.kit.smallest_change_words import BANDS_READ, NAME, lies_words, noticed_cell, rows_words
from prolo_dash.kit.smallest_change_words import COLUMN as NOTICED
from prolo_dash.kit.theme import ROLE_COLOUR, ROLE_FILL, ROLE_SHAPE
from prolo_dash.kit.topic_words import role_name
from prolo_dash.kit.trial_mark_words import COLUMN, marks_cell, marks_rule
from prolo_dash.kit.two_gaps import gap_by_gains, why_two
from prolo_dash.kit.view import Cell, KeyEntry, Row, Table, plain
from prolo_dash.kit.wording import (
    COMPLETENESS,
    NOT_REPORTED,
    NOTHING_CHOSEN,
    absent,
    count,
    flag_reasons,
    none_of,
    per_hundred,
    switched_note,
    uncapitalised,
    verb,
)
from prolo_dash.stats.effects import Estimate


def how_to_read(known: Facts) -> tuple[str, ...]:
    """What bars and marks mean."""
    read = {"gain": _read_gain, "groups": _read_groups, "difference": _read_difference}[known.state.show]
    return read(known.topic) + (BANDS_READ if known.smallest else ()) + _READ_ALL + marks_rule(known.topic)


def _read_gain(topic: Topic) -> tuple[str, ...]:
    return (
        f"Each bar is what people gained after {topic.intervention}, whatever the cause: the way a popular article "
        "tells it.",
        "The line on a bar is its 95% interval, where one can be computed.",
        "Most of these trials also had other groups. Choose “All groups” to see them.",
    )


def _read_groups(topic: Topic) -> tuple[str, ...]:
    return (
        f"Each row is one result: {topic.intervention} on top, then the groups it was compared with, if there were "
        "any.",
    )


def _read_difference(topic: Topic) -> tuple[str, ...]:
    return (
        f"Each mark is {topic.intervention} minus one other group; to the right of zero, {topic.intervention} did "
        "better.",
        "The line is a 95% interval. A hollow mark has none: the figures seen do not allow one.",
        f"Shape and colour say which group {topic.intervention} was compared with.",
    )


_READ_ALL = (
    "Counts: every count of people who were better is shown. Scores: one score a trial, its main one or the first.",
    "Some trials count knees or elbows, not people. Joints of one person are alike, so those intervals are probably "
    "too narrow.",
    "Scores are turned so that higher is always better. The table has the figures as printed.",
    "Standardised means divided by the spread between people, so that scales can be set side by side.",
)


def key(known: Facts) -> tuple[KeyEntry, ...]:
    """What the chart's colours and shapes mean."""
    difference = known.state.show == "difference"
    against, marks = ("against ", ROLE_SHAPE) if difference else ("", ROLE_FILL)
    groups = tuple(
        KeyEntry(against + role_name(known.topic, role), ROLE_COLOUR[role], marks[role])
        for role in ROLE_COLOUR
        if role in known.roles
    )
    return (*groups, BAND_KEY) if known.smallest else groups


def sentence(known: Facts) -> str:
    """How much people gained, or how the groups differ."""
    if not known.chosen:
        return NOTHING_CHOSEN
    if not known.drawn:
        return none_of(known.chosen, "this")
    compared = known.state.show == "difference"
    return _found(known) + switched_note(known.drawn) + absent(known.missing, compared=compared)


def aside(known: Facts) -> str:
    """Where differences in points lie by what people notice; empty where none is shown."""
    if not known.drawn or not is_in_points(known.state):
        return ""
    return rows_words(len(known.drawn), len(known.smallest), known.sides, known.sure)


def _found(known: Facts) -> str:
    return {"gain": _say_gain, "groups": _say_groups, "difference": _say_difference}[known.state.show](known)


def _say_gain(known: Facts) -> str:
    alone, name = known.uncontrolled, known.topic.intervention
    tail = f" **{count(alone, 'study', 'studies')}** had no comparison group." if alone else ""
    if known.state.outcome == "better":
        return (
            f"In {count(known.studies, 'study', 'studies')}, **{_hundreds(known.gains)}** of 100 were counted as "
            f"better after {name}, whatever the cause.{tail}"
        )
    better = sum(1 for gain in known.gains if gain > 0)
    if len(known.drawn) == 1:
        was = "was" if better else "was not"
        return f"In the one {name} group shown, the score {was} better than at the start, whatever the cause.{tail}"
    return (
        f"In **{better}** of {len(known.drawn)} {name} groups, the score was better than at the start, whatever the "
        f"cause.{tail}"
    )


def _hundreds(shares: tuple[float, ...]) -> str:
    low, high = per_hundred(min(shares)), per_hundred(max(shares))
    return low if low == high else f"{low} to {high}"


def _say_groups(known: Facts) -> str:
    pairs, topic, rows = known.pairs, known.topic, len(known.drawn)
    start = f"{count(rows, 'row')} of {count(known.studies, 'study', 'studies')} {verb(rows, 'is', 'are')} shown."
    if not pairs:
        none = "It has no" if rows == 1 else "None of them has"
        return f"{start} {none} figures for a {topic.control} group."
    if known.state.outcome == "better":
        return (
            f"{start} In the {len(pairs)} with figures of a {topic.control} group, "
            f"**{_hundreds(tuple(treated for treated, _ in pairs))}** of 100 were better after {topic.intervention} "
            f"and **{_hundreds(tuple(control for _, control in pairs))}** after the {topic.control}."
        )
    gained = sum(1 for _, control in pairs if control > 0)
    ahead = sum(1 for treated, control in pairs if treated > control)
    return (
        f"{start} For {count(len(pairs), 'comparison')} there are figures of a {topic.control} group: it gained too "
        f"in **{gained}**, and the {topic.intervention} group gained more in **{ahead}**."
    )


def _say_difference(known: Facts) -> str:
    found = known.differences
    sure = [d.estimate for d in found if d.estimate.has_interval]
    if not sure:
        return f"{count(len(found), 'difference')} shown. The uncertainty cannot be computed from the figures seen."
    better = sum(1 for e in sure if e.low is not None and e.low > 0)
    worse = sum(1 for e in sure if e.high is not None and e.high < 0)
    rest = len(found) - len(sure)
    tail = f" For {count(rest, 'other')}, the uncertainty cannot be computed." if rest else ""
    zero = len(sure) - better - worse
    return (
        f"{count(len(found), 'difference')} {verb(len(found), 'is', 'are')} shown, from "
        f"{count(known.studies, 'study', 'studies')}. **{len(sure)}** {verb(len(sure), 'has', 'have')} an interval. "
        f"**{better}** of these {verb(better, 'lies', 'lie')} above zero: there {known.topic.intervention} did better. "
        f"**{worse}** {verb(worse, 'lies', 'lie')} below, and **{zero}** {verb(zero, 'holds', 'hold')} zero.{tail}"
    )


def table(library: Library, known: Facts) -> Table:
    """The figures of each group, and the differences."""
    after = f"After {known.topic.intervention}"
    noticed = (NOTICED,) if is_in_points(known.state) else ()
    columns = (*trial_labels.TRIAL_COLUMNS, after, "Other groups", "Difference", *noticed, "What could be read", COLUMN)
    caption = "Figures of each group, higher = better; printed figures under each. Intervals are 95% intervals."
    return Table(caption, columns, tuple(_row(library, c, known) for c in known.drawn))


def _row(library: Library, comparison: Comparison, known: Facts) -> Row:
    state = known.state
    scale, gain = axis_of(comparison, state), gain_of(state)
    others = [f"{f.arm.label}: {_shown(scale, gain(comparison, f))}" for f in comparison.comparators]
    printed = [trial_labels.arm_cell(f, "").note for f in comparison.comparators]
    found = differences_of(comparison, state)
    differences = [f"{scale.difference(d.estimate)} against {uncapitalised(d.versus.arm.label)}" for d in found]
    bases = dict.fromkeys(_BASIS[d.basis] for d in found)
    beside = [said for d in found if d.versus == comparison.control and (said := gap_by_gains(comparison))]
    cells = (
        *trial_labels.trial_cells(library, comparison),
        trial_labels.arm_cell(comparison.intervention, _shown(scale, gain(comparison, comparison.intervention))),
        Cell("; ".join(others) or "no comparison group", "; ".join(printed)),
        Cell("; ".join(differences) or _no_difference(comparison), "; ".join((*bases, *beside))),
        *([_noticed_cell(library, found, known.smallest.get(comparison.comparison_id))] if is_in_points(state) else []),
        Cell(COMPLETENESS[comparison.completeness]),
        marks_cell(library, comparison.study),
    )
    doubts = flag_reasons(comparison) + why_two(library.topic, comparison)
    return Row(comparison.comparison_id, cells, doubts)


def _noticed_cell(library: Library, found: list[Difference], smallest: SmallestChange | None) -> Cell:
    """What was published for a score, and on which side of it each difference and its interval lie."""
    groups = ((uncapitalised(d.versus.arm.label), d.estimate) for d in found)
    sides = (f"against {group}: {lies_words(smallest, estimate)}" for group, estimate in groups) if smallest else ()
    return noticed_cell(library, smallest, sides)


_BASIS = {
    "counts": "worked out from the counts",
    "gains": "worked out from the gains",
    "final scores": "worked out from the final scores",
    "as printed": "as the paper prints it",
    "standardised": "Hedges g",
}


def _shown(scale: Scale, estimate: Estimate | None) -> str:
    return scale.interval(estimate) if estimate else NOT_REPORTED


def _no_difference(comparison: Comparison) -> str:
    pairs = ((v, comparison.contrast(v)) for v in comparison.comparators)
    said = [trial_labels.statement(c, uncapitalised(v.arm.label)) for v, c in pairs if c]
    if said:
        return "; ".join(said)
    return "none" if comparison.completeness is Completeness.NO_COMPARATOR else NOT_REPORTED


def alt(known: Facts) -> str:
    """The chart in words."""
    if not known.drawn:
        return "No bars: no trial chosen here has such figures."
    boxes = f", and a box in {count(len(known.smallest), 'row')}: the {NAME}" if known.smallest else ""
    chart = {
        "gain": f"The chart has {count(len(known.drawn), 'bar')}, by condition.",
        "groups": "The chart has a bar for each group, by condition.",
        "difference": f"The chart has a mark for each, by condition, on both sides of zero{boxes}.",
    }[known.state.show]
    return f"{plain(_found(known) + switched_note(known.drawn))} {chart}"
