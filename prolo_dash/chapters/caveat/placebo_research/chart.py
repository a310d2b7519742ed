"""Shares of trials, averages of placebo research, and shams against no treatment, below each other."""

from dataclasses import replace

from prolo_dash.chapters.caveat.placebo_research.facts import Facts, Shown
from prolo_dash.evidence.library import Library
from prolo_dash.kit.charts import ChartRow, Mark, Marks, Note, Panel, notes, points, stack, with_room
from prolo_dash.kit.contextual_share import share_percent
from prolo_dash.kit.theme import SHAPES
from prolo_dash.kit.trial_mark_words import marked_row
from prolo_dash.kit.view import Chart
from prolo_dash.kit.wording import interval
from prolo_dash.stats.effects import Estimate

_LONGEST = 1.5  # the axes end at 150%; larger values are cut there, and the table has them in full
_AXIS = "control group's gain, in % of the whole"


def chart(library: Library, known: Facts) -> Chart:
    """The panels that have rows; both panels of shares keep one axis."""
    shares = [panel for panel in (_trials(library, known), _averages(known)) if panel.rows]
    widest = max((_widened(panel)[1] for panel in shares), default=0.0)
    same = [replace(panel, span=(0.0, widest)) for panel in shares]
    shams = [replace(panel, span=_widened(panel)) for panel in (_shams(known),) if panel.rows]
    return stack((*same, *shams))


def _trials(library: Library, known: Facts) -> Panel:
    own = [share for c in known.drawn if (share := c.share)]
    symbols = [SHAPES[c.condition.symbol] for c in known.drawn]
    traces = _points(own, symbols, "control", [c.comparison_id for c in known.drawn])
    labels = tuple(marked_row(library, c) for c in known.drawn)
    return Panel(f"Trials of {known.topic.intervention}", _AXIS, (0.0, 150.0), labels, traces)


def _averages(known: Facts) -> Panel:
    return _research("Averages of placebo research", _AXIS, (0.0, 150.0), known.averages)


def _shams(known: Facts) -> Panel:
    return _research("A sham against no treatment", "standard deviations", (0.0, 0.6), known.shams, percent=False)


def _research(
    heading: str, axis: str, span: tuple[float, float], shown: tuple[Shown, ...], percent: bool = True
) -> Panel:
    ids = [one.benchmark.benchmark_id for one in shown]
    traces = _points([one.estimate for one in shown], ["x"] * len(shown), "ink", ids, percent)
    return Panel(heading, axis, span, tuple(_label(one) for one in shown), traces)


def _label(one: Shown) -> ChartRow:
    trials = f", {one.benchmark.n_trials} trials" if one.benchmark.n_trials else ""
    return ChartRow(one.name, f"{one.benchmark.population}{trials}")


def _widened(panel: Panel) -> tuple[float, float]:
    written = [mark for marks in panel.marks for mark in marks.marks if isinstance(mark, Note)]
    return with_room(
        panel.span, [note.at for note in written], [f"  {note.text}" for note in written]
    )  # and a gap before it


def _cut(estimate: Estimate) -> Estimate:
    if estimate.value > _LONGEST:
        return Estimate(_LONGEST)
    if estimate.high is None or estimate.high <= _LONGEST:
        return estimate
    return Estimate(estimate.value, estimate.low, _LONGEST)


def _points(
    estimates: list[Estimate], symbols: list[str], colour: str, ids: list[str], percent: bool = True
) -> tuple[Marks[Mark], ...]:
    """Marks with their value in digits; a share beyond the axis is a mark at its end, with an arrow."""
    y = list(range(len(estimates)))
    shown = [_cut(e).scaled(100) for e in estimates] if percent else estimates
    texts = [share_percent(e) if percent else interval(e, 2) for e in estimates]
    marks = points(y, shown, symbols, colour, texts, [0.0] * len(y), ids=ids)
    ends = [e.value if e.high is None else e.high for e in shown]
    digits = [f"→ {text}" if percent and _cut(e) != e else text for e, text in zip(estimates, texts, strict=True)]
    return marks, notes(y, ends, digits, ids=ids)
