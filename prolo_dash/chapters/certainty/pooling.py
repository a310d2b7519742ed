"""Pooling, on request: trials of one condition and one kind of outcome taken together, with what that can't tell."""

from dataclasses import dataclass

from prolo_dash.chapters.certainty.pooling_sets import Set, left_out, sets, variance
from prolo_dash.evidence.library import Library
from prolo_dash.kit import trial_labels
from prolo_dash.kit.charts import ChartRow, Panel, notes, points, stack, with_room
from prolo_dash.kit.controls import Option, choice
from prolo_dash.kit.scales import PER_100, STANDARD, Scale, span
from prolo_dash.kit.view import Cell, Chart, KeyEntry, Rendering, Row, Table, View
from prolo_dash.kit.wording import count, flag_reasons, interval, number, told_apart
from prolo_dash.stats.effects import Estimate
from prolo_dash.stats.pooling import leave_one_out

_CLOSE = 0.9  # a Hartung-Knapp factor below this narrows the interval
_UNIT = {PER_100: "per 100 people", STANDARD: "standard deviations"}


def _option(one: Set) -> Option:
    also = f"{one.condition.also}-{one.domain}" if one.condition.also else ""
    return Option(one.key, one.label, also=also)


@dataclass(frozen=True)
class PooledState:
    """Which set of trials is pooled; none until the reader asks."""

    pool: str = choice(
        "Take together",
        lambda known: (
            Option("off", "Nothing"),
            *(_option(s) for s in sets(known).values()),
            Option(
                "all",
                "All conditions (never pooled)",
                needs="All conditions are never pooled: an average over a knee, a back and an elbow describes no one.",
            ),
        ),
        "off",
    )


def normalise(state: PooledState) -> PooledState:
    """Pooling across conditions is off."""
    return PooledState() if state.pool == "all" else state


def render(known: Library, state: PooledState) -> Rendering:
    """One set pooled, or why nothing is."""
    chosen = sets(known).get(state.pool)
    comparisons = [c for c, _ in chosen.members] if chosen else []
    rest = left_out(known, chosen) if chosen else {}
    return Rendering(
        sentence=_sentence(chosen) if chosen else _OFF,
        chart=_chart(known, chosen) if chosen else stack(()),
        table=_table(known, chosen),
        alt=_alt(chosen),
        how_to_read=(*_HOW_TO_READ, *_agreement(chosen)),
        sources=trial_labels.source_links(known, comparisons),
        listed_title=f"Left out of this set: {count(len(rest), 'trial')} without an interval" if rest else "",
        listed=trial_labels.listed(known, rest.items(), ""),
        key=(KeyEntry("one trial", "control"), KeyEntry("taken together", "ink")) if chosen else (),
        unavailable=(("pool", "all"),),
    )


_OFF = (
    "Nothing is pooled until you ask for it. Trials of different conditions are **never pooled here**: an average "
    "over a knee, a back and an elbow describes no one."
)

_HOW_TO_READ = (
    "A set holds two or more trials of one condition and one kind of outcome. Each trial gives one result with an "
    "interval, against the control injection, while the groups were as randomised.",
    "The average is that of a random effects model (REML) with the interval of Hartung and Knapp. With few trials that "
    "interval is mostly very wide, and rightly so.",
    "The prediction interval says where the true difference of one more such trial may lie. If it holds zero, the next "
    "trial may find nothing or harm, whatever the average says.",
    "A reviewer might refuse to pool. Cochrane's review of low back pain did: the trials gave different other care "
    "with the injections.",
    "An interval that runs past 100 in 100 says that so few trials set no limit at all.",
)


def _agreement(chosen: Set | None) -> tuple[str, ...]:
    """A caution where results lie closer together than chance would mostly put them."""
    if chosen is None or chosen.pooled.widening > _CLOSE:
        return ()
    return (
        "The results of this set lie closer together than chance mostly puts them. The interval of Hartung and Knapp "
        "is then too narrow, and so is the prediction interval. The sentence has the plain one too (t interval, with "
        "the standard error of the model).",
    )


def _sentence(chosen: Set) -> str:
    pooled, scale = chosen.pooled, chosen.scale
    unit = _UNIT.get(scale, "points")
    said = f" {chosen.condition.pooling}" if chosen.condition.pooling else ""
    return (
        f"{chosen.label}, {count(pooled.k, 'trial')}: on average **{_text(scale, pooled.estimate)}** {unit} more than "
        f"after the control injection. One more such trial may find {_next(chosen)}. "
        f"{_too_narrow(chosen)}Two or three trials can't settle such an average.{said}"
    )


def _too_narrow(chosen: Set) -> str:
    """What the interval would be if the results lay as far apart as chance makes them, where they lie closer."""
    if chosen.pooled.widening > _CLOSE:
        return ""
    plain = chosen.pooled.plain
    return (
        "These results happen to lie very close together, so both ranges may well be too narrow. The plain interval is "
        f"**{_text(chosen.scale, plain)}**. "
    )


def _next(chosen: Set) -> str:
    """What the prediction interval says."""
    low, high = chosen.pooled.prediction.low, chosen.pooled.prediction.high
    if low is None or high is None:
        return "**what these found**, as far as they can tell, for all found the same"
    if chosen.scale is PER_100 and low <= -100 and high >= 100:
        return "**anything at all**"
    found = f"**{_digits(chosen.scale, low)} to {_digits(chosen.scale, high)}**"
    if chosen.pooled.prediction == chosen.pooled.estimate:
        return f"the same range, {found}, as far as these trials can tell"
    return f"anything from {found}"


def _digits(scale: Scale, value: float) -> str:
    return told_apart(value, scale.digits)


def _text(scale: Scale, e: Estimate) -> str:
    return interval(e, scale.digits)


def _lines(known: Library, chosen: Set) -> list[tuple[str, ChartRow, Estimate, bool]]:
    """(key, label, estimate, is an average): each trial, the average, its prediction, and each trial left out."""
    weights = chosen.pooled.weights
    lines = [
        (
            c.comparison_id,
            ChartRow(trial_labels.who(known, c), f"{trial_labels.what(c)}, weight {number(100 * w)}%"),
            e,
            False,
        )
        for (c, e), w in zip(chosen.members, weights, strict=True)
    ]
    pooled = chosen.pooled
    detail = f"I² {number(100 * pooled.i2)}%, tau² {pooled.tau2:.3g}"
    lines.append(("average", ChartRow("Average of these trials", detail), pooled.estimate, True))
    lines.append(("prediction", ChartRow("One more such trial", "prediction interval"), pooled.prediction, True))
    return lines + _left_out(known, chosen)


def _left_out(known: Library, chosen: Set) -> list[tuple[str, ChartRow, Estimate, bool]]:
    names = [trial_labels.who(known, c) for c, _ in chosen.members]
    ids = [c.comparison_id for c, _ in chosen.members]
    if len(names) == 2:
        kept = [chosen.members[1][1], chosen.members[0][1]]
        detail = "only one trial is left"
    else:
        without = leave_one_out([e.value for _, e in chosen.members], [variance(e) for _, e in chosen.members])
        kept = [p.estimate for p in without]
        detail = "average of the others"
    return [
        (f"without.{i}", ChartRow(f"Without {name}", detail), e, True)
        for i, name, e in zip(ids, names, kept, strict=True)
    ]


def _chart(known: Library, chosen: Set) -> Chart:
    lines = _lines(known, chosen)
    texts = [_text(chosen.scale, e) for _, _, e, _ in lines]
    ends = [e.high if e.high is not None else e.value for _, _, e, _ in lines]
    held = [v for _, _, e, _ in lines for v in (e.low, e.high) if v is not None]
    traces = [_marks(lines, averaged) for averaged in (False, True)]
    ids = {"ids": [key for key, *_ in lines]}
    label = notes(list(range(len(lines))), ends, texts) | ids
    title = f"difference in {_UNIT.get(chosen.scale, 'points')}; right of 0 = prolotherapy better"
    axis = with_room(span(held), ends, texts)
    return stack((Panel("", title, axis, tuple(row for _, row, _, _ in lines), (*traces, label)),))


def _marks(lines: list[tuple[str, ChartRow, Estimate, bool]], averaged: bool) -> dict[str, object]:
    mine = [(y, key, e) for y, (key, _, e, average) in enumerate(lines) if average is averaged]
    symbols = ["diamond" if averaged else "circle"] * len(mine)
    zero = [0.0] * len(mine)
    trace = points([y for y, *_ in mine], [e for *_, e in mine], symbols, "ink" if averaged else "control", [], zero)
    return trace | {"ids": [key for _, key, _ in mine], "hoverinfo": "skip"}


def _table(known: Library, chosen: Set | None) -> Table:
    columns = ("Row", "What it is", "Difference with 95% interval")
    if chosen is None:
        return Table("Nothing is pooled.", columns, ())
    flags = {c.comparison_id: flag_reasons(c) for c, _ in chosen.members}
    return Table(
        f"{chosen.label}, against the control injection, higher = better for prolotherapy.",
        columns,
        tuple(
            Row(key, (Cell(row.title), Cell(row.detail), Cell(_text(chosen.scale, e))), flags.get(key, ()))
            for key, row, e, _ in _lines(known, chosen)
        ),
    )


def _alt(chosen: Set | None) -> str:
    if chosen is None:
        return "No marks: nothing is pooled."
    pooled = chosen.pooled
    return (
        f"Differences of {count(pooled.k, 'trial')} with intervals, their average "
        f"{_text(chosen.scale, pooled.estimate)}, its prediction interval, and the same with each trial left out."
    )


VIEW = View(
    key="certainty_pooling",
    question="Can the trials be taken together?",
    state=PooledState,
    render=render,
    for_class="Two trials, one average. What would you want to know about the trials before you believe it?",
    normalise=normalise,
)
