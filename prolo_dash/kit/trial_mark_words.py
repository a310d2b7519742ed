"""The five marks beside a trial's name, in words and as glyphs: the same in charts, keys and tables."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace

from prolo_dash.evidence.comparison import Comparison
from prolo_dash.evidence.library import Library
from prolo_dash.evidence.records import Study
from prolo_dash.evidence.topic import Topic
from prolo_dash.evidence.trial_marks import MANY_LOST, Asked, Sign, TrialMark, trial_marks
from prolo_dash.kit import trial_labels
from prolo_dash.kit.blinding_words import blinding_rule
from prolo_dash.kit.charts import ChartRow
from prolo_dash.kit.row_mark import RowMark
from prolo_dash.kit.topic_words import indefinite
from prolo_dash.kit.view import Cell, Table
from prolo_dash.kit.wording import capitalised, listing

COLUMN = "How it was made"
NO_MARKS = Cell("")  # of a row that is no trial

_GLYPH: dict[Sign, str] = {"yes": "●", "no": "○", "unclear": "◐", "not_seen": "–"}
_SIGN: dict[Sign, str] = {"yes": "yes", "no": "no", "unclear": "not clear", "not_seen": "not seen"}


def row_marks(library: Library, study: Study) -> tuple[RowMark, ...]:
    """The marks of a trial for the label of its row."""
    return mark_glyphs(library.topic, trial_marks(library, study))


def mark_glyphs(topic: Topic, marks: Iterable[TrialMark]) -> tuple[RowMark, ...]:
    """Marks as glyphs, each with what it says."""
    return tuple(RowMark(_GLYPH[mark.sign], _said(topic, mark)) for mark in marks)


def marked_row(library: Library, comparison: Comparison) -> ChartRow:
    """The label of a comparison in a chart, with the marks of its trial."""
    return replace(trial_labels.chart_row(library, comparison), marks=row_marks(library, comparison.study))


def marks_cell(library: Library, study: Study) -> Cell:
    """How many of the five are answered with yes, and each of them."""
    found = trial_marks(library, study)
    signs = Counter(mark.sign for mark in found)
    counted = listing(f"{signs[sign]} {words}" for sign, words in _SIGN.items() if signs[sign])
    return Cell(counted, "; ".join(_said(library.topic, mark) for mark in found))


def without_marks(table: Table) -> Table:
    """A table without the column of marks, for a sheet that has no key of them."""
    if COLUMN not in table.columns:
        return table
    at = table.columns.index(COLUMN)
    rows = tuple(replace(row, cells=(*row.cells[:at], *row.cells[at + 1 :])) for row in table.rows)
    return replace(table, columns=(*table.columns[:at], *table.columns[at + 1 :]), rows=rows)


def marks_key(topic: Topic) -> str:
    """What the glyphs mean, and what they are about from left to right."""
    glyphs = ", ".join(f"{_GLYPH[sign]} {words}" for sign, words in _SIGN.items())
    return f"Five marks under a trial, from the left: {'; '.join(_asked(topic).values())}. {glyphs}."


def marks_rule(topic: Topic) -> tuple[str, ...]:
    """By which rule each mark is set."""
    return (
        "The five marks under a trial are set by rules. Randomised: a page tells how chance was used; no, where chance "
        f"did not make the groups. {capitalised(topic.control)}: the trial had such a group.",
        f"People could not tell: {blinding_rule(topic)}",
        "Those who measured could not tell: a page says so. Few lost: a page gives one share lost for all, and it is "
        f"below {MANY_LOST} in 100. What pages tell in part, leave open or differ on is not clear.",
    )


def _asked(topic: Topic) -> dict[Asked, str]:
    return {
        "randomised": "randomised, and told how",
        "control": f"compared with {indefinite(topic.control)}",
        "people_blinded": "people could not tell",
        "assessors_blinded": "those who measured could not tell",
        "few_lost": "few lost",
    }


def _said(topic: Topic, mark: TrialMark) -> str:
    return f"{_asked(topic)[mark.asked]}: {_SIGN[mark.sign]}"
