"""Pooling, on request: trials of one condition and one kind of outcome taken together, with what that can't tell."""

from dataclasses import dataclass

from prolo_dash.evidence.comparison import Comparison
from prolo_dash.evidence.library import Library
from prolo_dash.evidence.pooling import PoolingSet, left_out, main_beside, pooling_sets
from prolo_dash.evidence.records import Domain, Study
from prolo_dash.evidence.topic import Topic
from prolo_dash.kit import trial_labels
from prolo_dash.kit.charts import ChartRow, Panel, Points, notes, points, stack, with_room
from prolo_dash.kit.controls import Option, choice
from prolo_dash.kit.scales import PER_100, STANDARD, UNCERTAIN, Scale, scale_of, span
from prolo_dash.kit.view import Cell, Chart, KeyEntry, Rendering, Row, Table, View
from prolo_dash.kit.wording import count, flag_reasons, interval, number, told_apart, weeks_words
from prolo_dash.stats.effects import Estimate
from prolo_dash.stats.pooling import Pooled

_CLOSE = 0.9  # a Hartung-Knapp factor below this narrows the interval
_UNIT = {PER_100: "per 100 people", STANDARD: "standard deviations"}
_DOMAIN: dict[Domain, str] = {"better": "counted as better", "pain": "pain score", "function": "function score"}


def _sets(library: Library) -> dict[str, PoolingSet]:
    return pooling_sets(library, scale_of)


def _label(one: PoolingSet) -> str:
    return f"{one.condition.label}: {_DOMAIN[one.domain]}"


def _option(one: PoolingSet) -> Option:
    also = f"{one.condition.also}-{one.domain}" if one.condition.also else ""
    return Option(one.key, _label(one), also=also)


def _no_average(topic: Topic) -> str:
    """Why conditions are never pooled."""
    return f"an average over {topic.mixed_conditions} describes no one."


def _options(library: Library) -> tuple[Option, ...]:
    return (
        Option("off", "Nothing"),
        *map(_option, _sets(library).values()),
        Option(
            "all",
            "All conditions (never pooled)",
            needs=f"All conditions are never pooled: {_no_average(library.topic)}",
        ),
    )


@dataclass(frozen=True)
class PoolingState:
    """Which set of trials is pooled; none until the reader asks."""

    pool: str = choice("Take together", _options, "off")


def normalise(state: PoolingState) -> PoolingState:
    """Pooling across conditions is off."""
    return PoolingState() if state.pool == "all" else state


@dataclass(frozen=True)
class PooledTrial:
    """One trial of the set: its difference, its weight (0 to 1), and the average without it.

    ``main`` is its main result of the same kind and time, where the set has another one; None where it has that.
    """

    name: str
    comparison: Comparison
    difference: Estimate
    weight: float
    without: Estimate
    main: Comparison | None


@dataclass(frozen=True)
class PooledSet:
    """A set taken together, and the trials of its condition and kind of outcome that could not be."""

    members: PoolingSet
    trials: tuple[PooledTrial, ...]
    pooled: Pooled
    left_out: tuple[tuple[Study, list[Comparison]], ...]

    @property
    def too_close(self) -> bool:
        """Whether results differ less than chance alone would mostly make them."""
        return self.pooled.widening <= _CLOSE


@dataclass(frozen=True)
class Facts:
    """The set that is pooled; None until the reader asks."""

    topic: Topic
    chosen: PooledSet | None


def facts(library: Library, state: PoolingState) -> Facts:
    """The chosen set, pooled."""
    chosen = _sets(library).get(state.pool)
    return Facts(library.topic, _pooled(library, chosen) if chosen else None)


def _pooled(library: Library, chosen: PoolingSet) -> PooledSet:
    pooled = chosen.pooled
    trials = tuple(
        PooledTrial(
            library.name(comparison.study), comparison, difference, weight, without, main_beside(library, comparison)
        )
        for (comparison, difference), weight, without in zip(
            chosen.members, pooled.weights, chosen.without_each, strict=True
        )
    )
    return PooledSet(chosen, trials, pooled, tuple(left_out(library, chosen).items()))


def render(library: Library, state: PoolingState) -> Rendering:
    """One set pooled, or why nothing is."""
    known = facts(library, state)
    chosen, topic = known.chosen, known.topic
    comparisons = chosen.members.comparisons if chosen else []
    rest = chosen.left_out if chosen else ()
    return Rendering(
        sentence=sentence(known),
        chart=_chart(topic, chosen) if chosen else stack(()),
        table=_table(topic, chosen),
        alt=_alt(chosen),
        how_to_read=(*_how_to_read(topic), *_agreement(chosen)),
        sources=trial_labels.source_links(library, comparisons),
        listed_title=f"Left out of this set: {count(len(rest), 'trial')} without an interval" if rest else "",
        listed=trial_labels.listed(library, rest, ""),
        key=(KeyEntry("one trial", "control"), KeyEntry("taken together", "ink")) if chosen else (),
        unavailable=(("pool", "all"),),
    )


def _how_to_read(topic: Topic) -> tuple[str, ...]:
    return (
        "A set holds two or more trials of one condition and one kind of outcome. Each trial gives one result with an "
        f"interval, against the {topic.control}, while the groups were as randomised.",
        "A trial with several results stands here with the one that most others of the set have too. The results of "
        "one trial differ, for they ask about other things.",
        "The average is that of a random effects model (REML). Two intervals can be defended: that of Hartung and "
        "Knapp, and the plain one (t interval, with the standard error of the model). The wider one is shown. With few "
        "trials it is mostly very wide, and rightly so.",
        "The prediction interval says where the true difference of one more such trial may lie. If it holds zero, the "
        "next trial may find nothing or harm, whatever the average says.",
        f"A reviewer might refuse to pool. {topic.pooling_refused}",
        f"Where an interval is wider than the whole scale, we say “{UNCERTAIN}”. A difference of counts "
        "lies between −100 and 100 per 100, so there that means a width over 200. The table has the figures beside it.",
    )


def _agreement(chosen: PooledSet | None) -> tuple[str, ...]:
    """A caution where results differ less than chance alone would mostly make them."""
    if chosen is None or not chosen.too_close:
        return ()
    return (
        "The results of this set lie closer together than chance mostly puts them. The interval of Hartung and Knapp "
        "is then too narrow, so the plain one is shown.",
    )


def _scale(chosen: PooledSet) -> Scale:
    return STANDARD if chosen.members.standardised else scale_of(chosen.members.comparisons[0])


def _unit(chosen: PooledSet) -> str:
    return _UNIT.get(_scale(chosen), "points")


def sentence(known: Facts) -> str:
    """The average, what one more trial may find, and how little that settles; or that nothing is pooled."""
    chosen = known.chosen
    if chosen is None:
        return (
            "Nothing is pooled until you ask for it. Trials of different conditions are **never pooled here**: "
            f"{_no_average(known.topic)}"
        )
    condition = chosen.members.condition
    said = f" {condition.pooling}" if condition.pooling else ""
    return (
        f"{_label(chosen.members)}, {count(chosen.pooled.k, 'trial')}: {_average(chosen, known.topic)} One more such "
        f"trial may find {_next(chosen)}. {_narrower(chosen)}Two or three trials can't settle such an average.{said}"
    )


def _average(chosen: PooledSet, topic: Topic) -> str:
    average = chosen.pooled.wider
    if _scale(chosen).tells_nothing(average):
        return f"how they differ from the {topic.control} on average is **{UNCERTAIN}**."
    return f"on average **{_text(chosen, average)}** {_unit(chosen)} more than after the {topic.control}."


def _narrower(chosen: PooledSet) -> str:
    """The narrower interval, where the results differ less than chance mostly makes them."""
    if not chosen.too_close:
        return ""
    return (
        "The usual sum gives a narrower range, "
        f"{_range(chosen, chosen.pooled.estimate)}, only since these results happen to lie very close together. "
    )


def _range(chosen: PooledSet, e: Estimate) -> str:
    """The ends of an interval."""
    if e.low is None or e.high is None:
        return "with no width at all"
    digits = _scale(chosen).digits
    return f"{told_apart(e.low, digits)} to {told_apart(e.high, digits)}"


def _next(chosen: PooledSet) -> str:
    """What the prediction interval says."""
    prediction = chosen.pooled.wider_prediction
    if _scale(chosen).tells_nothing(prediction):
        return "**anything at all**"
    found = f"**{_range(chosen, prediction)}**"
    if prediction == chosen.pooled.wider:
        return f"the same range, {found}, as far as these trials can tell"
    return f"anything from {found}"


def _text(chosen: PooledSet, e: Estimate) -> str:
    return interval(e, _scale(chosen).digits)


@dataclass(frozen=True)
class Line:
    """A row of chart and table: one trial, or an average of several."""

    key: str
    label: ChartRow
    estimate: Estimate
    averaged: bool
    flags: tuple[str, ...] = ()


def _lines(chosen: PooledSet) -> list[Line]:
    """Each trial, the average, its prediction, and the average without each trial."""
    pooled = chosen.pooled
    detail = f"I² {number(100 * pooled.i2)}%, tau² {pooled.tau2:.3g}"
    return [
        *map(_trial_line, chosen.trials),
        Line("average", ChartRow("Average of these trials", detail), pooled.wider, True),
        Line("prediction", ChartRow("One more such trial", "prediction interval"), pooled.wider_prediction, True),
        *(_without(trial, len(chosen.trials)) for trial in chosen.trials),
    ]


def _who(trial: PooledTrial) -> str:
    return f"{trial.name}, {weeks_words(trial.comparison.outcome.weeks)}"


def _trial_line(trial: PooledTrial) -> Line:
    comparison = trial.comparison
    detail = f"{trial_labels.what(comparison)}, weight {number(100 * trial.weight)}%{_elsewhere(trial)}"
    label = ChartRow(_who(trial), detail)
    return Line(comparison.comparison_id, label, trial.difference, False, flag_reasons(comparison))


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


def _chart(topic: Topic, chosen: PooledSet) -> Chart:
    lines = _lines(chosen)
    texts = [_scale(chosen).told(line.estimate) for line in lines]
    ends = [e.high if e.high is not None else e.value for e in (line.estimate for line in lines)]
    held = [v for line in lines for v in (line.estimate.low, line.estimate.high) if v is not None]
    traces = [_marks(lines, averaged) for averaged in (False, True)]
    label = notes(list(range(len(lines))), ends, texts, ids=[line.key for line in lines])
    title = f"difference in {_unit(chosen)}; right of 0 = {topic.intervention} better"
    axis = with_room(span(held), ends, texts)
    return stack((Panel("", title, axis, tuple(line.label for line in lines), (*traces, label)),))


def _marks(lines: list[Line], averaged: bool) -> Points:
    mine = [(y, line) for y, line in enumerate(lines) if line.averaged is averaged]
    shape, colour = ("diamond", "ink") if averaged else ("circle", "control")
    y, ids = [y for y, _ in mine], [line.key for _, line in mine]
    estimates = [line.estimate for _, line in mine]
    return points(y, estimates, [shape] * len(y), colour, [], [0.0] * len(y), ids=ids)


def _table(topic: Topic, chosen: PooledSet | None) -> Table:
    columns = ("Row", "What it is", "Difference with 95% interval")
    if chosen is None:
        return Table("Nothing is pooled.", columns, ())
    return Table(
        f"{_label(chosen.members)}, against the {topic.control}, higher = better for {topic.intervention}.",
        columns,
        tuple(
            Row(
                line.key,
                (Cell(line.label.title), Cell(line.label.detail), _cell(chosen, line.estimate)),
                line.flags,
            )
            for line in _lines(chosen)
        ),
    )


def _cell(chosen: PooledSet, e: Estimate) -> Cell:
    """What the difference tells, with its figures where that is nothing."""
    told, figures = _scale(chosen).told(e), _text(chosen, e)
    return Cell(told, figures if told == UNCERTAIN else "")


def _alt(chosen: PooledSet | None) -> str:
    if chosen is None:
        return "No marks: nothing is pooled."
    pooled = chosen.pooled
    return (
        f"Differences of {count(pooled.k, 'trial')} with intervals, their average {_scale(chosen).told(pooled.wider)}, "
        "and that of one more such trial. Then come the same with each trial left out."
    )


VIEW = View(
    key="certainty_pooling",
    question="Can the trials be taken together?",
    state=PoolingState,
    render=render,
    for_class="Two trials, one average. What would you want to know about the trials before you believe it?",
    normalise=normalise,
    facts=facts,
    counts_trials=True,
)
