"""Shares of trials and of placebo research in words."""

from prolo_dash.chapters.caveat.placebo_research.facts import Facts, Shown
from prolo_dash.evidence.benchmarks import SHARE, by_population
from prolo_dash.evidence.comparison import Comparison
from prolo_dash.evidence.library import Library
from prolo_dash.evidence.records import Benchmark
from prolo_dash.kit import trial_labels
from prolo_dash.kit.contextual_share import share_percent, why_no_interval
from prolo_dash.kit.placebo_words import NOT_PLACEBO
from prolo_dash.kit.scales import scale_of
from prolo_dash.kit.trial_mark_words import COLUMN, NO_MARKS, marks_cell, marks_rule
from prolo_dash.kit.view import Cell, KeyEntry, Row, Table, plain
from prolo_dash.kit.wording import (
    count,
    flag_reasons,
    interval,
    listing,
    per_hundred,
    plural,
    switched_note,
    verb,
    weeks_words,
)


def how_to_read(known: Facts) -> tuple[str, ...]:
    """What a contextual share is, and what it is not."""
    return (
        "The contextual share is the control group's gain divided by the gain after "
        f"{known.topic.intervention}. At 75%, the control group gained three quarters as much. It can pass 100%.",
        "It is not the share of a placebo effect: natural course and regression to the mean are inside it.",
        "Averages of placebo research come from other treatments and other people. They are a rough guide, not a "
        "correction.",
        *([_SHAMS] if known.shams else []),
        "An arrow marks what lies beyond 150%. It is drawn at 150%; the digits beside it are the true ones.",
        *marks_rule(known.topic),
    )


_SHAMS = (
    "The last panel is from randomised trials too. It shows how much better people did with a sham needle or another "
    "dummy than without treatment. The unit is one standard deviation."
)


def sentence(known: Facts) -> str:
    """The shares of the trials, and what placebo research found elsewhere."""
    return f"{_trials(known)} {_research(known)}"


def _trials(known: Facts) -> str:
    if not known.drawn:
        return _NO_SHARE
    return f"{_found(known, _example(known))}{switched_note(known.drawn)} {NOT_PLACEBO}"


_NO_SHARE = "No trial chosen here has a share for this result."


def _research(known: Facts) -> str:
    caution = "Such a share alone does not tell whether a treatment works."
    told = by_population(known.told)
    if not told:
        return caution
    parts = [f"{_span(own)} {of}" for of, own in told.items()]
    return f"In placebo research, averages {listing(parts)}. {caution}"


def _span(averages: list[Benchmark]) -> str:
    low, high = _percent(averages[0]), _percent(averages[-1])
    return f"are **{low}**" if low == high else f"run from **{low} to {high}**"


def _percent(benchmark: Benchmark) -> str:
    return f"{per_hundred(benchmark.estimate or 0.0)}%"


def _found(known: Facts, example: str = "") -> str:
    """What the control groups gained, with an ``example`` in brackets."""
    topic, below = known.topic, known.below
    parts = []
    if below:
        low, high = per_hundred(min(below)), per_hundred(max(below))
        span = f"**{low}%**" if low == high else f"**{low}% to {high}%**"
        gained = f"the {topic.control} group gained {span} of the whole gain"
        parts.append(f"In {count(len(below), 'comparison')}, {gained}{example}.")
    if known.beyond:
        parts.append(f"In {known.beyond} it gained as much as the {topic.intervention} group or more.")
    return " ".join(parts)


def _example(known: Facts) -> str:
    """The two gains behind a share, as "23 and 67 of 100 knees"."""
    if known.example is None:
        return ""
    trial, c = known.example
    assert c.control is not None
    scale = scale_of(c)
    control, treated = (scale.text(f.gain or 0.0) for f in (c.control, c.intervention))
    unit = f"of 100 {plural(c)}" if c.is_share else scale.unit
    return f" (in {trial}, {weeks_words(c.outcome.weeks)}, {control} and {treated} {unit})"


def key(known: Facts) -> tuple[KeyEntry, ...]:
    """What the chart's colours mean."""
    topic = known.topic
    return (
        KeyEntry(f"trials of {topic.intervention}, {topic.control}", "control"),
        KeyEntry("placebo research", "ink"),
    )


def table(library: Library, known: Facts) -> Table:
    """Every share with what it comes from."""
    return Table(
        "Contextual shares with 95% intervals where they can be computed or were printed.",
        ("Where", "Share or effect", "From what", COLUMN),
        (*(_trial_row(library, c) for c in known.drawn), *map(_benchmark_row, (*known.averages, *known.shams))),
    )


def _trial_row(library: Library, comparison: Comparison) -> Row:
    assert comparison.share is not None
    groups = [f for f in (comparison.intervention, comparison.control) if f]
    gains = "; ".join(f"{f.arm.label}: {trial_labels.gain_text(f, comparison)}" for f in groups)
    cells = (
        Cell(trial_labels.who(library, comparison), trial_labels.what(comparison)),
        Cell(share_percent(comparison.share), why_no_interval(comparison)),
        Cell(gains),
        marks_cell(library, comparison.study),
    )
    return Row(comparison.comparison_id, cells, flag_reasons(comparison))


def _benchmark_row(one: Shown) -> Row:
    is_share = one.benchmark.measure == SHARE
    text = share_percent(one.estimate) if is_share else f"{interval(one.estimate, 2)} standard deviations"
    where = Cell(one.name, one.benchmark.population)
    return Row(one.benchmark.benchmark_id, (where, Cell(text), Cell(one.benchmark.notes or ""), NO_MARKS))


def alt(known: Facts) -> str:
    """The chart in words."""
    found = plain(_found(known) + switched_note(known.drawn)) if known.drawn else _NO_SHARE
    if not known.averages:
        return f"{found} Each is a point, with an interval where there is one."
    shares = sorted((one.benchmark for one in known.averages), key=lambda b: b.estimate or 0.0)
    n = len(shares)
    return (
        f"{found} {count(n, 'average')} of placebo research {verb(n, 'stands', 'stand')} beside them, from "
        f"{_percent(shares[0])} to {_percent(shares[-1])}. Each is a point, with an interval where there is one."
    )
