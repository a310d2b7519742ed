"""One trial in words: the finding sentence, the chain of what was done, the table, and how to read the chart."""

from dataclasses import replace

from prolo_dash.chapters.caveat.single_trial.facts import Facts
from prolo_dash.evidence.comparison import ArmFigure, Comparison
from prolo_dash.evidence.records import Benchmark
from prolo_dash.kit import trial_labels
from prolo_dash.kit.placebo_words import NOT_PLACEBO
from prolo_dash.kit.scales import Scale, gained_unit, scale_of
from prolo_dash.kit.smallest_change_words import WITHIN_PEOPLE, felt_words
from prolo_dash.kit.theme import ROLE_COLOUR, ROLE_FILL
from prolo_dash.kit.topic_words import role_name
from prolo_dash.kit.view import Box, Cell, KeyEntry, Row, Table
from prolo_dash.kit.wording import (
    NOT_REPORTED,
    listing,
    per_hundred,
    plural,
    printed,
    size_words,
    uncapitalised,
    weeks_words,
)


def fine_scale(comparison: Comparison) -> Scale:
    """The comparison's scale, with a decimal so that the two parts add up."""
    scale = scale_of(comparison)
    return replace(scale, digits=max(scale.digits, 1))


def how_to_read(known: Facts) -> tuple[str, ...]:
    """What is supposed, and what the averages of placebo research are."""
    return (
        f"The first bar is what this trial's people gained after {known.topic.intervention}, cut at the share you "
        "suppose would have come anyway. The supposition is yours; the trial does not tell it.",
        "Numbers are rounded, so parts may not add up to the last digit.",
        "The bars below are the trial's own other groups, where we saw their figures. They are the better guide.",
        *([WITHIN_PEOPLE] if known.smallest else []),
        *([_averages(known.averages)] if known.averages else []),
    )


def _averages(averages: tuple[Benchmark, ...]) -> str:
    first, *more = (_average(b) for b in averages)
    reached = listing([f"{first[0]} of the gain {first[1]}", *(f"{figure} {of}" for figure, of in more)])
    hold = {1: "It holds", 2: "Both hold"}.get(len(averages), "All hold")
    return (
        f"For comparison, as averages over many trials: control groups reached {reached}. {hold} natural course and "
        "regression to the mean too."
    )


def _average(b: Benchmark) -> tuple[str, str]:
    """The share, and of what with its interval."""
    interval = ""
    if b.ci_low is not None and b.ci_high is not None:
        interval = f" ({per_hundred(b.ci_low)} to {per_hundred(b.ci_high)})"
    return f"{per_hundred(b.estimate or 0.0)}%", f"{b.told_of}{interval}"


def sentence(known: Facts) -> str:
    """The gain, what would be left of it, and what the trial's own control group gained."""
    return f"{_supposed(known)} {_own_control(known)}{_not_as_randomised(known)}{_noticed(known)}"


def _noticed(known: Facts) -> str:
    """Whether people notice a change of a score as large as this gain."""
    gain = known.comparison.intervention.gain_estimate
    if known.comparison.is_share or gain is None:
        return ""
    return f" {felt_words(known.smallest, gain, 'the gain')}"


def _supposed(known: Facts) -> str:
    c, scale = known.comparison, fine_scale(known.comparison)
    unit = f"of 100 {plural(c)}" if c.is_share else gained_unit(c)
    start = (
        f"{_who(known)}, {trial_labels.what(c)}: **{scale.text(known.gain)}** {unit} after {known.topic.intervention}."
    )
    if known.gain <= 0:
        return f"{start} There was no gain to share out."
    return (
        f"{start} Suppose **{known.percent}%** of that would have come anyway: then **{scale.text(known.anyway)}** "
        f"would have come anyway and **{scale.text(known.left)}** would be left."
    )


def _who(known: Facts) -> str:
    return f"{known.trial}, {weeks_words(known.comparison.outcome.weeks)}"


def _own_control(known: Facts) -> str:
    control, name = known.comparison.control, known.topic.control
    if control is None:
        return f"This study had no {name} group to check that with."
    if control.gain is None:
        return f"What the {name} group gained was {uncapitalised(printed(control))}."
    return f"The trial's own {name} group had **{fine_scale(known.comparison).text(control.gain)}**. {NOT_PLACEBO}"


def _not_as_randomised(known: Facts) -> str:
    if known.comparison.as_randomised:
        return ""
    beside = [f"{weeks_words(c.outcome.weeks)}: {'; '.join(printed(f) for f in c.arms)}" for c in known.beside]
    return f" These groups are **not as randomised**. As randomised, at {', '.join(beside)}."


def total_text(known: Facts) -> str:
    """What is written beside the first bar."""
    scale = fine_scale(known.comparison)
    return f"{scale.text(known.gain)}, left: {scale.text(known.left)}"


def key(known: Facts) -> tuple[KeyEntry, ...]:
    """What the chart's colours mean."""
    topic = known.topic
    roles = dict.fromkeys(f.arm.role for f in known.others)
    others = tuple(KeyEntry(role_name(topic, r), ROLE_COLOUR[r], ROLE_FILL[r]) for r in roles)
    return (KeyEntry(f"left of the gain after {topic.intervention}", "prolo"), *others)


def table(known: Facts) -> Table:
    """The groups as printed, and their gains."""
    c, scale = known.comparison, fine_scale(known.comparison)
    cut = f"{scale.text(known.anyway)} supposed to come anyway, {scale.text(known.left)} left"
    rows = (
        Row(f"{c.comparison_id}.intervention", _cells(known, scale, c.intervention, cut)),
        *(Row(f"{c.comparison_id}.{f.arm.arm_id}", _cells(known, scale, f, "")) for f in known.others),
    )
    columns = ("Group", "As printed", f"Gain ({scale.unit})", f"At {known.percent}%")
    return Table("The groups of this trial. Intervals are 95% intervals.", columns, rows)


def _cells(known: Facts, scale: Scale, figure: ArmFigure, cut: str) -> tuple[Cell, ...]:
    estimate = figure.gain_estimate
    return (
        Cell(figure.arm.label, role_name(known.topic, figure.arm.role)),
        Cell(printed(figure)),
        Cell(scale.interval(estimate) if estimate else NOT_REPORTED),
        Cell(cut),
    )


def chain(known: Facts) -> tuple[Box, ...]:
    """Who was treated, what was counted, compared with what, and who knew."""
    c, study = known.comparison, known.comparison.study
    compared = [f.arm.label for f in c.comparators]
    where = f", {study.country}" if study.country else ""
    counted = f"{c.outcome.name}, {weeks_words(c.outcome.weeks)}"
    return (
        Box("Who", size_words(c), f"{study.population}{where}"),
        Box("What was counted", trial_labels.what(c), counted),
        Box("Compared with", compared[0] if compared else "Nothing", "; ".join(compared[1:])),
        Box("Who knew", _design(study.design), study.blinding or "Blinding not reported where we looked."),
    )


def _design(design: str) -> str:
    return {"parallel_rct": "Randomised trial", "crossover": "Randomised, groups swapped"}.get(design, "Not randomised")


def alt(known: Facts) -> str:
    """The chart in words."""
    scale = scale_of(known.comparison)
    groups = (known.comparison.intervention, *known.others)
    parts = "; ".join(f"{f.arm.label} {scale.text(f.gain or 0.0)}" for f in groups)
    return f"Bars of the gain of each group of {_who(known)}: {parts}. The first bar is cut at {known.percent}%."
