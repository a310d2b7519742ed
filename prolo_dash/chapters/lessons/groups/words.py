"""Group beside group in words."""

from prolo_dash.chapters.lessons.chosen_rows import reasons, said
from prolo_dash.chapters.lessons.groups.facts import Facts
from prolo_dash.evidence.comparison import Comparison
from prolo_dash.evidence.library import Library
from prolo_dash.kit import trial_labels
from prolo_dash.kit.scales import scale_of
from prolo_dash.kit.theme import ROLE_COLOUR, ROLE_FILL
from prolo_dash.kit.topic_words import role_name
from prolo_dash.kit.view import KeyEntry, Row, Table, plain
from prolo_dash.kit.wording import capitalised, count, flag_reasons

_NONE = "No trial here has such figures for these groups."


def sentence(known: Facts) -> str:
    """In how many trials the intervention group gained more, and that the control group gained too."""
    return _found(known) + said(known.chosen, "row") if known.drawn else _NONE


def _found(known: Facts) -> str:
    topic, rows = known.topic, len(known.drawn)
    if rows == 1:
        more = "more" if known.ahead else "no more"
        return f"In the one row shown, the {topic.intervention} group gained **{more}** than the {topic.control} group."
    return (
        f"In **{known.ahead}** of {count(rows, 'row')} the {topic.intervention} group gained more than the "
        f"{topic.control} group. In **{known.control_gained}** the {topic.control} group gained, too."
    )


def sentence_apart(known: Facts) -> str:
    """What the group gained that got neither, and what else sets it apart."""
    if not known.drawn:
        return _NONE
    topic, rows = known.topic, len(known.drawn)
    return (
        f"In {count(rows, 'row')} there is also a group with {topic.untreated_in_full}. In **{known.untreated_ahead}** "
        f"it gained more than the {topic.control} group. It knew what it did not get, and it may have had other care. "
        "So it differs in more than one thing."
    )


def how_to_read(known: Facts) -> tuple[str, ...]:
    """What a row and its bars are."""
    return (
        f"Each row is one result of one trial, {known.topic.intervention} on top.",
        "The line on a bar is its 95% interval, where one can be computed. Where scores differ, each row has a scale "
        "of its own: compare bars within a row, not between rows.",
        "Scores are turned so that higher is always better. The table has the figures as printed.",
        *reasons(known.chosen),
    )


def key(known: Facts) -> tuple[KeyEntry, ...]:
    """What the colours of the bars mean."""
    roles = known.roles if known.drawn else ()
    return tuple(KeyEntry(role_name(known.topic, role), ROLE_COLOUR[role], ROLE_FILL[role]) for role in roles)


def table(library: Library, known: Facts) -> Table:
    """The figures of each group."""
    columns = (*trial_labels.TRIAL_COLUMNS, *(capitalised(role_name(known.topic, role)) for role in known.roles))
    caption = "What each group gained, higher = better; printed figures under each. Intervals are 95% intervals."
    return Table(caption, columns, tuple(_row(library, known, c) for c in known.drawn))


def _row(library: Library, known: Facts, comparison: Comparison) -> Row:
    scale = scale_of(comparison)
    groups = (
        trial_labels.arm_cell(f, scale.interval(e)) for f in known.groups_of(comparison) if (e := f.gain_estimate)
    )
    cells = (*trial_labels.trial_cells(library, comparison), *groups)
    return Row(comparison.comparison_id, cells, flag_reasons(comparison))


def alt(known: Facts) -> str:
    """The chart in words."""
    if not known.drawn:
        return "No bars: no trial has such figures."
    bars = sum(len(known.groups_of(c)) for c in known.drawn)
    return f"{plain(_found(known))} The chart has {count(bars, 'bar')} in {count(len(known.drawn), 'row')}."
