"""A single figure of one group in words: as it is printed, when it was measured, and what warnings hold for it."""

from collections.abc import Iterable

from prolo_dash.evidence.comparison import ArmFigure
from prolo_dash.evidence.figures import Figured
from prolo_dash.evidence.records import Flag, Outcome
from prolo_dash.kit.wording import FLAG_LABEL, printed, weeks_words


def figure_printed(figure: Figured) -> str:
    """The figure as it is printed, without that of another time."""
    return printed(ArmFigure(figure.arm, figure.result, figure.outcome.sign, figure.outcome.kind, None))


def when_measured(outcome: Outcome) -> str:
    """The time in words."""
    return "at the start" if outcome.weeks == 0 else weeks_words(outcome.weeks)


def warning_labels(flags: Iterable[Flag]) -> str:
    """The labels of flags, gravest first; ``none`` where there are none."""
    kinds = {flag.kind for flag in flags}
    return "; ".join(label for kind, label in FLAG_LABEL.items() if kind in kinds) or "none"
