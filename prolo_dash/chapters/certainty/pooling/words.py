"""A pooled set in words: the finding sentence, the table, the alt text, the key, and how to read the chart."""

from prolo_dash.chapters.certainty.pooling.facts import Facts, PooledSet, no_average, set_label
from prolo_dash.chapters.certainty.pooling.lines import Line, lines
from prolo_dash.evidence.library import Library
from prolo_dash.evidence.topic import Topic
from prolo_dash.kit.scales import PER_100, STANDARD, UNCERTAIN
from prolo_dash.kit.smallest_change_bands import BAND_KEY
from prolo_dash.kit.smallest_change_words import BANDS_READ, felt_words, lies_words, noticed_cell
from prolo_dash.kit.smallest_change_words import COLUMN as NOTICED
from prolo_dash.kit.trial_mark_words import COLUMN, marks_rule
from prolo_dash.kit.view import Cell, KeyEntry, Row, Table
from prolo_dash.kit.wording import count, interval, told_apart
from prolo_dash.stats.effects import Estimate

_UNIT = {PER_100: "per 100 people", STANDARD: "standard deviations"}


def how_to_read(known: Facts) -> tuple[str, ...]:
    """What a set is, what its intervals say, and why a reviewer might refuse to pool."""
    topic, chosen = known.topic, known.chosen
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
        *marks_rule(topic),
        *(_AGREEMENT if chosen and chosen.too_close else ()),
        *(BANDS_READ if chosen and chosen.smallest else ()),
    )


_AGREEMENT = (
    "The results of this set lie closer together than chance mostly puts them. The interval of Hartung and Knapp "
    "is then too narrow, so the plain one is shown.",
)


def unit(chosen: PooledSet) -> str:
    """The unit of a set's differences, in words."""
    return _UNIT.get(chosen.scale, "points")


def sentence(known: Facts) -> str:
    """The average, what one more trial may find, and how little that settles; or that nothing is pooled."""
    chosen = known.chosen
    if chosen is None:
        return (
            "Nothing is pooled until you ask for it. Trials of different conditions are **never pooled here**: "
            f"{no_average(known.topic)}"
        )
    condition, trials = chosen.members.condition, count(chosen.pooled.k, "trial")
    said = f" {condition.pooling}" if condition.pooling else ""
    return (
        f"{set_label(chosen.members)}, {trials}: {_average(chosen, known.topic)} One more such "
        f"trial may find {_next(chosen)}. {_narrower(chosen)}Two or three trials can't settle such an average.{said}"
    )


def _average(chosen: PooledSet, topic: Topic) -> str:
    average = chosen.pooled.wider
    if chosen.scale.tells_nothing(average):
        return f"how they differ from the {topic.control} on average is **{UNCERTAIN}**."
    return f"on average **{_interval_text(chosen, average)}** {unit(chosen)} more than after the {topic.control}."


def aside(known: Facts) -> str:
    """Whether the average is enough to notice; empty where the scale is none of points."""
    chosen = known.chosen
    if chosen is None or chosen.scale in _UNIT:
        return ""
    return felt_words(chosen.smallest, chosen.pooled.wider, "the average")


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
    digits = chosen.scale.digits
    return f"{told_apart(e.low, digits)} to {told_apart(e.high, digits)}"


def _next(chosen: PooledSet) -> str:
    """What the prediction interval says."""
    prediction = chosen.pooled.wider_prediction
    if chosen.scale.tells_nothing(prediction):
        return "**anything at all**"
    found = f"**{_range(chosen, prediction)}**"
    if prediction == chosen.pooled.wider:
        return f"the same range, {found}, as far as these trials can tell"
    return f"anything from {found}"


def _interval_text(chosen: PooledSet, e: Estimate) -> str:
    return interval(e, chosen.scale.digits)


def key(known: Facts) -> tuple[KeyEntry, ...]:
    """What the chart's marks are."""
    chosen = known.chosen
    if chosen is None:
        return ()
    band = (BAND_KEY,) if chosen.smallest else ()
    return (KeyEntry("one trial", "control"), KeyEntry("taken together", "ink"), *band)


def table(library: Library, known: Facts) -> Table:
    """Each trial, the average, and the average without each."""
    chosen = known.chosen
    noticed = (NOTICED,) if chosen and chosen.smallest else ()
    columns = ("Row", "What it is", "Difference with 95% interval", *noticed, COLUMN)
    if chosen is None:
        return Table("Nothing is pooled.", columns, ())
    control, intervention = known.topic.control, known.topic.intervention
    return Table(
        f"{set_label(chosen.members)}, against the {control}, higher = better for {intervention}.",
        columns,
        tuple(_row(library, chosen, line) for line in lines(library, chosen)),
    )


def _row(library: Library, chosen: PooledSet, line: Line) -> Row:
    smallest = chosen.smallest
    noticed = [noticed_cell(library, smallest, (lies_words(smallest, line.estimate),))] if smallest else []
    cells = (Cell(line.label.title), Cell(line.label.detail), _cell(chosen, line.estimate), *noticed, line.made)
    return Row(line.key, cells, line.flags)


def _cell(chosen: PooledSet, e: Estimate) -> Cell:
    """What the difference tells, with its figures where that is nothing."""
    told, figures = chosen.scale.told(e), _interval_text(chosen, e)
    return Cell(told, figures if told == UNCERTAIN else "")


def alt(known: Facts) -> str:
    """The chart in words."""
    chosen = known.chosen
    if chosen is None:
        return "No marks: nothing is pooled."
    pooled = chosen.pooled
    return (
        f"Differences of {count(pooled.k, 'trial')} with intervals, their average {chosen.scale.told(pooled.wider)}, "
        "and that of one more such trial. Then come the same with each trial left out."
    )
