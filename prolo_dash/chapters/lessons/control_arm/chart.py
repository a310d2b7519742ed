"""A bar for each control group, with its interval."""

from prolo_dash.chapters.lessons.control_arm.facts import Facts, control_of
from prolo_dash.chapters.lessons.control_arm.words import row_key
from prolo_dash.chapters.lessons.group_bars import group_bars, row_label
from prolo_dash.evidence.library import Library
from prolo_dash.kit.view import Chart


def chart(library: Library, known: Facts) -> Chart:
    """The groups, by the scale they share."""
    return group_bars(known.drawn, lambda c: (control_of(c),), lambda c: row_label(library, c), row_key)
