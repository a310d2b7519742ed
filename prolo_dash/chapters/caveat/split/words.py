"""The split of gains in words: the finding sentence, the table, the alt text, and how to read the chart."""

from prolo_dash.chapters.caveat.split.facts import Facts
from prolo_dash.evidence.benchmarks import ThreeParts
from prolo_dash.evidence.comparison import Comparison
from prolo_dash.evidence.library import Library
from prolo_dash.kit import trial_labels
from prolo_dash.kit.contextual_share import share_percent, why_no_interval
from prolo_dash.kit.placebo_words import NOT_PLACEBO
from prolo_dash.kit.scales import scale_of
from prolo_dash.kit.smallest_change_bands import BAND_KEY
from prolo_dash.kit.smallest_change_words import BANDS_READ, lies_words, noticed_cell, rows_words
from prolo_dash.kit.smallest_change_words import COLUMN as NOTICED
from prolo_dash.kit.trial_mark_words import COLUMN, marks_cell, marks_rule
from prolo_dash.kit.two_gaps import beside_gap, why_two
from prolo_dash.kit.view import Cell, KeyEntry, Row, Table, plain
from prolo_dash.kit.wording import (
    NOTHING_CHOSEN,
    absent,
    capitalised,
    count,
    flag_reasons,
    listing,
    none_of,
    number,
    per_hundred,
    switched_note,
    weeks_words,
)


def sentence(known: Facts) -> str:
    """What was gained, or what is left of it."""
    if not known.drawn:
        return none_of(known.chosen, "this result for both groups") if known.chosen else NOTHING_CHOSEN
    not_placebo = f" {NOT_PLACEBO}" if known.state.show == "split" else ""
    return _found(known) + switched_note(known.drawn) + not_placebo + absent(known.missing, compared=True)


def aside(known: Facts) -> str:
    """Beside a split, how placebo research measured one; beside what is left of scores, what people notice."""
    if not known.drawn:
        return ""
    if known.state.show == "split" and known.three_parts:
        return _measured(known.three_parts)
    if known.state.show == "left" and not known.counts:
        return rows_words(len(known.drawn), len(known.smallest), known.sides, known.sure)
    return ""


def _measured(parts: ThreeParts) -> str:
    return (
        f"Some trials {parts.told_of} measured this ({parts.name}). Of every 100 points gained, "
        f"{per_hundred(parts.untreated)} came untreated, {per_hundred(parts.placebo)} more with placebo and "
        f"{per_hundred(parts.treatment)} more with the treatment that they tested."
    )


def _found(known: Facts) -> str:
    return {"reported": _reported, "split": _split, "left": _left}[known.state.show](known)


def _split(known: Facts) -> str:
    topic = known.topic
    three = known.with_untreated
    last = (
        f"**{three}** of these also followed people who got {topic.untreated}."
        if three
        else f"None of these followed people who got {topic.untreated}."
    )
    if not known.shares:
        return f"{_lead(known)} no {topic.intervention} group gained. {last}"
    if known.counts:
        found = f"for every 100 counted as better after {topic.intervention}, {_range_100(known)}"
        return f"{_lead(known)} {found}. {last}"
    below = [share for share in known.shares if share < 1]
    if not below:
        as_much = f"the {topic.control} groups gained as much as the {topic.intervention} groups"
        return f"{_lead(known)} {as_much}. {last}"
    where = f"the {topic.control} group" if len(below) == 1 else f"{len(below)} {topic.control} groups"
    return (
        f"{_lead(known)} {where} gained {_range_percent(below)} of what the {topic.intervention} group gained. "
        f"{_example(known)}{_ahead(known.control_as_good)}{last}"
    )


def _lead(known: Facts) -> str:
    n = len(known.drawn)
    return "In the one comparison shown," if n == 1 else f"In the {n} comparisons shown,"


def _range_100(known: Facts) -> str:
    found = _strong_range(per_hundred(min(known.shares)), per_hundred(max(known.shares)))
    return f"{found} were better after the {known.topic.control}, in groups of the same size"


def _strong_range(low: str, high: str) -> str:
    return f"**{low}**" if low == high else f"**{low} to {high}**"


def _range_percent(shares: list[float]) -> str:
    low, high = per_hundred(min(shares)), per_hundred(max(shares))
    return f"**{low}%**" if low == high else f"**between {low}% and {high}%**"


def _example(known: Facts) -> str:
    if known.example is None:
        return ""
    trial, c = known.example
    scale = scale_of(c)
    assert c.control is not None
    gains = [scale.text(f.gain or 0.0) for f in (c.control, c.intervention)]
    return f"(In {trial}, {weeks_words(c.outcome.weeks)}: {gains[0]} and {gains[1]} {scale.unit}.) "


def _ahead(n: int) -> str:
    return f"In {count(n, 'other')} the control group gained as much or more. " if n else ""


def _reported(known: Facts) -> str:
    gains = known.gains
    if known.counts:
        found = _strong_range(per_hundred(min(gains)), per_hundred(max(gains)))
        after = f"were counted as better after {known.topic.intervention}, whatever the cause"
        return f"{_lead(known)} {found} of 100 {after}."
    better = sum(1 for gain in gains if gain > 0)
    if len(known.drawn) == 1:
        return f"{_lead(known)} **{better}** had a better score than at the start, whatever the cause."
    return (
        f"In **{better}** of the {len(known.drawn)} comparisons shown, the score was better after "
        f"{known.topic.intervention} than at the start, whatever the cause. The scales differ, so each has its own "
        "axis."
    )


def _left(known: Facts) -> str:
    return f"{_left_over(known)} {_uncertain(known)}"


def _left_over(known: Facts) -> str:
    values = [e.value for e in known.left]
    if known.counts:
        found = _strong_range(number(100 * min(values)), number(100 * max(values)))
        return f"{_lead(known)} {found} more of 100 were counted as better than after the {known.topic.control}."
    ahead = sum(1 for value in values if value > 0)
    was_ahead = f"{known.topic.intervention} was ahead of its control"
    if len(values) == 1:
        return f"{_lead(known)} {was_ahead} in **{ahead}**."
    return f"In **{ahead}** of the {len(values)} comparisons shown, {was_ahead}."


def _uncertain(known: Facts) -> str:
    with_interval = sum(e.has_interval for e in known.left)
    if with_interval == 0:
        return "The uncertainty cannot be computed from the figures seen."
    clear = sum(e.excludes_zero for e in known.left)
    rest = len(known.left) - with_interval
    tail = f" For {count(rest, 'other')}, the uncertainty cannot be computed." if rest else ""
    return f"An interval can be computed for {with_interval}; {clear} of these are wholly above or below zero.{tail}"


def key(known: Facts) -> tuple[KeyEntry, ...]:
    """What the chart's colours mean."""
    topic = known.topic
    if not known.drawn:
        return ()
    if known.state.show == "split":
        return trial_labels.split_key(topic)
    if known.state.show == "reported":
        return (KeyEntry(f"after {topic.intervention}, whatever the cause", "prolo"),)
    further = f"further gain after {topic.intervention}, with its 95% interval where one can be computed"
    return (KeyEntry(further, "prolo"), *([BAND_KEY] if known.smallest else []))


def how_to_read(known: Facts) -> tuple[str, ...]:
    """What the parts of a bar are, and what they are not."""
    topic = known.topic
    return (
        f"Each bar is one comparison of one trial. Its parts add up to what people gained after {topic.intervention}.",
        f"The blue hatched part is what the {topic.control} group gained too. That part holds the natural course of "
        "the illness, regression to the mean, other care, and the response to being treated. It is not “the placebo "
        "effect”.",
        f"Where a trial also followed a group without {topic.procedures}, the grey part is what that group gained. "
        "Only then can the first parts be told apart.",
        "A part can be negative: a group then gained less than the one before it. It is drawn as a thin bar below, "
        "which runs back.",
        "Counts: every count of people who were better is shown. Scores: one score a trial, its main one or the first.",
        *_not_people(known.units),
        "Times are the longest follow-up with figures. Groups that were no longer as randomised have the randomised "
        "figures beside them.",
        *(BANDS_READ if known.smallest else ()),
        *marks_rule(topic),
    )


def _not_people(units: tuple[str, ...]) -> tuple[str, ...]:
    if not units:
        return ()
    counted = [f"{unit}s" for unit in units]
    return (
        f"Some trials count {listing(counted, 'or')}, not people. {capitalised(listing(counted))} of one person are "
        "alike, so those intervals are probably too narrow.",
    )


def table(library: Library, known: Facts) -> Table:
    """The gains of each group, and what is left."""
    topic = known.topic
    columns = (
        *trial_labels.TRIAL_COLUMNS,
        f"After {topic.intervention}",
        f"After {topic.control}",
        f"After {topic.untreated}",
        f"Further gain after {topic.control}",
        f"Further gain after {topic.intervention}",
        "Control gain as share of the whole",
        *((NOTICED,) if known.smallest else ()),
        COLUMN,
    )
    caption = "Gains of each group, higher = better. Intervals are 95% intervals."
    return Table(caption, columns, tuple(_row(library, c, known) for c in known.drawn))


def _row(library: Library, comparison: Comparison, known: Facts) -> Row:
    scale = scale_of(comparison)
    split = comparison.split
    assert split is not None
    share = comparison.share
    gains = [
        trial_labels.arm_cell(f, "" if f is None or f.gain is None else scale.text(f.gain))
        for f in (comparison.intervention, comparison.control, comparison.untreated)
    ]
    cells = (
        *trial_labels.trial_cells(library, comparison),
        *gains,
        Cell(scale.difference(split.added_by_control), scale.unit) if split.untreated else Cell("not known"),
        Cell(
            scale.difference(split.added_by_intervention), "; ".join(filter(None, (scale.unit, beside_gap(comparison))))
        ),
        Cell(share_percent(share), why_no_interval(comparison))
        if share
        else Cell(f"undefined: no gain after {library.topic.intervention}"),
        *([_noticed_cell(library, comparison, known)] if known.smallest else []),
        marks_cell(library, comparison.study),
    )
    doubts = flag_reasons(comparison) + why_two(library.topic, comparison)
    return Row(comparison.comparison_id, cells, doubts)


def _noticed_cell(library: Library, comparison: Comparison, known: Facts) -> Cell:
    """What was published for a score, and on which side of it what is left and its interval lie."""
    smallest, split = known.smallest.get(comparison.comparison_id), comparison.split
    sides = (lies_words(smallest, split.added_by_intervention),) if smallest and split else ()
    return noticed_cell(library, smallest, sides)


def alt(known: Facts) -> str:
    """The chart in words."""
    if not known.drawn:
        return "No bars: no trial chosen here has figures for both groups."
    chart = {
        "reported": f"A bar for each shows what people gained after {known.topic.intervention}.",
        "split": "Each bar is cut into what other groups gained too and the rest.",
        "left": f"A mark for each shows what {known.topic.intervention} groups gained beyond the "
        f"{known.topic.control}.",
    }[known.state.show]
    return f"{plain(_found(known) + switched_note(known.drawn))} {chart}"
