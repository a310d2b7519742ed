"""Only the control injection: what its groups gained, as an article would tell it that leaves the other groups out."""

from dataclasses import dataclass, replace
from functools import cache

from prolo_dash.evidence.comparison import ArmFigure, Comparison
from prolo_dash.evidence.library import Library, selection
from prolo_dash.evidence.records import Study
from prolo_dash.kit import trial_labels
from prolo_dash.kit.charts import ChartRow, Panel, bars, error_bars, notes, stack, with_room
from prolo_dash.kit.controls import choice
from prolo_dash.kit.scales import PER_100, Scale, by_scale, scale_of, span
from prolo_dash.kit.theme import ROLE_LABEL, marker
from prolo_dash.kit.view import Box, Cell, Chart, KeyEntry, Rendering, Row, Table, View, plain
from prolo_dash.kit.wording import (
    NOT_REPORTED,
    count,
    flag_reasons,
    grave_flag,
    per_hundred,
    printed,
    spread,
    trim,
    unit_words,
    warned,
    weeks_words,
)


@dataclass(frozen=True)
class DummyState:
    """Which result."""

    outcome: str = choice("Result", trial_labels.DOMAIN_OPTIONS, "better")


@cache
def shown(known: Library, domain: str) -> tuple[Comparison, ...]:
    """Comparisons with a control injection's gain, at the longest follow-up as randomised; each control group once."""
    found: dict[tuple[str, str], Comparison] = {}
    for own in selection(known, known.conditions, domain, "latest").values():
        for c in own:
            if c.as_randomised and c.control and c.control.gain is not None:
                found.setdefault((c.outcome.outcome_id, c.control.arm.arm_id), c)
    return tuple(found.values())


def _unseen(known: Library, domain: str) -> list[Study]:
    """Trials with a control injection whose figures of this kind were not seen."""
    drawn = {c.study.study_id for c in shown(known, domain)}
    return [s for s in known.trials if s.study_id not in drawn and known.arms(s.study_id, "control")]


def _control(comparison: Comparison) -> ArmFigure:
    assert comparison.control is not None
    return comparison.control


def render(known: Library, state: DummyState) -> Rendering:
    """The control injection groups of every trial, for one kind of result."""
    drawn = [_alone(c) for c in shown(known, state.outcome)]
    unseen = _unseen(known, state.outcome)
    return Rendering(
        sentence=_sentence(drawn, state.outcome),
        chart=_chart(known, drawn),
        table=_table(known, drawn),
        alt=_alt(drawn, state.outcome),
        how_to_read=_HOW_TO_READ,
        sources=trial_labels.source_links(known, drawn),
        key=(KeyEntry(ROLE_LABEL["control"], "control", "hatched"),),
        listed_title=f"Listed, not drawn: {count(len(unseen), 'trial')} without such figures" if unseen else "",
        listed=tuple(_box(known, study) for study in unseen),
    )


_HOW_TO_READ = (
    "Each bar is what one group gained after the control injection: an injection without the sugar. The line on a bar "
    "is its 95% interval, where one can be computed. The other groups of these trials are left out here.",
    "Natural course: many pains ease with time, whatever is done.",
    "Regression to the mean: people join a trial when they feel at their worst. Their ups and downs alone make most of "
    "them feel a bit better later.",
    "Placebo response: hope, care and attention can change how people feel.",
    "Other care went on as well, and some of these injections held a drug that numbs.",
    "Scores are turned so that higher is always better. The table has the figures as printed. Groups that were no "
    "longer as randomised are left out.",
)


def _alone(comparison: Comparison) -> Comparison:
    """The comparison with the warnings that concern its control group."""
    arm = _control(comparison).arm.arm_id
    return replace(comparison, flags=tuple(f for f in comparison.flags if f.arm_id in (None, arm)))


def _sentence(drawn: list[Comparison], domain: str) -> str:
    return (
        f"{_found(drawn, domain)} Three things can do that: the natural course, regression to the mean, and a placebo "
        "response. These figures alone can't tell which."
    )


def _found(drawn: list[Comparison], domain: str) -> str:
    trials = len({c.study.study_id for c in drawn})
    gains = [_control(c).gain or 0.0 for c in drawn]
    if domain == "better":
        return (
            f"In {count(trials, 'trial')}, people improved after the control injection: **{per_hundred(min(gains))} to "
            f"{per_hundred(max(gains))}** of 100 were counted as better."
        )
    better = sum(gain > 0 for gain in gains)
    return (
        f"In **{better}** of {count(len(drawn), 'group')}, the {_SCORE[domain]} was better after the control injection "
        "than at the start."
    )


_SCORE = {"pain": "pain score", "function": "function score"}


def _chart(known: Library, drawn: list[Comparison]) -> Chart:
    return stack(tuple(_panel(known, scale, own) for scale, own in by_scale(drawn)))


def _panel(known: Library, scale: Scale, own: list[Comparison]) -> Panel:
    found = [e for c in own if (e := _control(c).gain_estimate)]
    estimates = [scale.on_axis(e) for e in found]
    ends = [max(e.value, e.high or 0.0, 0.0) for e in estimates]
    lows = [e.value if e.low is None else e.low for e in estimates]
    texts = [scale.text(e.value) for e in found]
    y = list(range(len(own)))
    ids = {"ids": [_key(c) for c in own]}
    bar = bars(
        y,
        [0.0] * len(y),
        [e.value for e in estimates],
        [""] * len(y),
        marker("control", hatched=True),
        [scale.interval(e) for e in found],
        width=0.9,
    )
    traces = (bar | ids | {"error_x": error_bars(estimates, "ink")}, notes(y, ends, texts) | ids)
    axis = with_room((0.0, 104.0) if scale is PER_100 else span([*lows, *ends]), ends, texts)
    unit = f"{scale.unit} people" if scale is PER_100 else scale.unit
    return Panel(scale.heading, unit, axis, tuple(_label(known, c) for c in own), traces)


def _key(comparison: Comparison) -> str:
    return f"{comparison.outcome.outcome_id}.{_control(comparison).arm.arm_id}"


def _label(known: Library, comparison: Comparison) -> ChartRow:
    when = weeks_words(comparison.outcome.weeks)
    detail = f"{known.name(comparison.study)}, {comparison.outcome.plain_name}, {_control(comparison).arm.label}"
    title = f"{comparison.condition.symbol} {comparison.condition.label}, {when}"
    return ChartRow(title, detail, grave_flag(comparison))


def _table(known: Library, drawn: list[Comparison]) -> Table:
    columns = ("Trial", "Time", "What was counted", "Control injection", "At the start", "At the end", "Gain")
    caption = "What the control injection groups gained, higher = better. Intervals are 95% intervals."
    return Table(caption, columns, tuple(_row(known, c) for c in drawn))


def _row(known: Library, comparison: Comparison) -> Row:
    figure, scale = _control(comparison), scale_of(comparison)
    start, end = _start_and_end(figure)
    n = figure.result.n
    estimate = figure.gain_estimate
    assert estimate is not None
    cells = (
        Cell(known.name(comparison.study), comparison.condition.label),
        Cell(weeks_words(comparison.outcome.weeks)),
        Cell(comparison.outcome.plain_name),
        Cell(figure.arm.label, unit_words(comparison, n) if n else "size not seen"),
        Cell(start),
        Cell(end),
        Cell(scale.interval(estimate), scale.unit),
    )
    return Row(_key(comparison), cells, flag_reasons(comparison))


def _start_and_end(figure: ArmFigure) -> tuple[str, str]:
    """As printed. A count begins with nobody better; a printed change has neither."""
    if figure.kind == "responder":
        return "not counted", printed(figure)
    if figure.kind == "final_mean" and figure.baseline and figure.baseline.mean is not None:
        assert figure.result.mean is not None
        return trim(figure.baseline.mean), f"{trim(figure.result.mean)}{spread(figure)}"
    return NOT_REPORTED, f"a change of {printed(figure)}"


def _box(known: Library, study: Study) -> Box:
    text = "We saw no such figure of its control injection group." + warned(known.study_flags(study.study_id))
    return Box(
        f"{known.condition_of(study).symbol} {known.name(study)}", trial_labels.condition_name(known, study), text
    )


def _alt(drawn: list[Comparison], domain: str) -> str:
    return f"{plain(_found(drawn, domain))} The chart has a bar for each of {count(len(drawn), 'row')}."


VIEW = View(
    key="lesson_dummy",
    question="Only the control injection: why did these people improve?",
    state=DummyState,
    render=render,
    for_class="An article shows you this chart and says that the injection is good. What would you ask for first?",
)
