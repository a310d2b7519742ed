"""The rows that chart and table of a pooled set have in common."""

from dataclasses import dataclass

from prolo_dash.chapters.certainty.pooling.facts import PooledSet, PooledTrial
from prolo_dash.evidence.library import Library
from prolo_dash.kit import trial_labels
from prolo_dash.kit.charts import ChartRow
from prolo_dash.kit.scales import scale_of
from prolo_dash.kit.trial_mark_words import NO_MARKS, marks_cell, row_marks
from prolo_dash.kit.view import Cell
from prolo_dash.kit.wording import flag_reasons, number, weeks_words
from prolo_dash.stats.effects import Estimate


@dataclass(frozen=True)
class Line:
    """A row of chart and table: one trial, or an average of several; ``made`` is how the trial was."""

    key: str
    label: ChartRow
    estimate: Estimate
    averaged: bool
    made: Cell = NO_MARKS
    flags: tuple[str, ...] = ()


def lines(library: Library, chosen: PooledSet) -> list[Line]:
    """Each trial, the average, its prediction, and the average without each trial."""
    pooled = chosen.pooled
    detail = f"I² {number(100 * pooled.i2)}%, tau² {pooled.tau2:.3g}"
    return [
        *(_trial_line(library, trial) for trial in chosen.trials),
        Line("average", ChartRow("Average of these trials", detail), pooled.wider, True),
        Line("prediction", ChartRow("One more such trial", "prediction interval"), pooled.wider_prediction, True),
        *(_without(trial, len(chosen.trials)) for trial in chosen.trials),
    ]


def _who(trial: PooledTrial) -> str:
    return f"{trial.name}, {weeks_words(trial.comparison.outcome.weeks)}"


def _trial_line(library: Library, trial: PooledTrial) -> Line:
    comparison = trial.comparison
    detail = f"{trial_labels.what(comparison)}, weight {number(100 * trial.weight)}%{_elsewhere(trial)}"
    label = ChartRow(_who(trial), detail, marks=row_marks(library, comparison.study))
    made = marks_cell(library, comparison.study)
    return Line(comparison.comparison_id, label, trial.difference, False, made, flag_reasons(comparison))


def _elsewhere(trial: PooledTrial) -> str:
    """The trial's main result of the same kind, where another one stands in the set."""
    main = trial.main
    if main is None or main.control is None or (difference := main.difference(main.control)) is None:
        return ""
    scale = scale_of(main)
    return f"; elsewhere on the page its main one, {trial_labels.what(main)}: {scale.difference(difference.estimate)}"


def _without(trial: PooledTrial, trials: int) -> Line:
    detail = "only one trial is left" if trials == 2 else "average of the others"
    label = ChartRow(f"Without {_who(trial)}", detail)
    return Line(f"without.{trial.comparison.comparison_id}", label, trial.without, True)
