"""Play it again: one trial repeated 1,000 times on a computer, under a truth that the reader supposes."""

from dataclasses import dataclass
from functools import cache
from zlib import crc32

import numpy as np

from prolo_dash.evidence.comparison import Comparison, Completeness
from prolo_dash.evidence.library import Library
from prolo_dash.kit import trial_labels
from prolo_dash.kit.controls import Option, choice
from prolo_dash.kit.plane import Bin, histogram
from prolo_dash.kit.scales import Scale, scale_of
from prolo_dash.kit.view import Cell, KeyEntry, Rendering, Row, Table, View
from prolo_dash.kit.wording import digits_apart, number, plural, verb
from prolo_dash.stats.replay import Replay, replay_counts, replay_means

REPEATS = 1000
_BINS = 24
TRUTHS = {"none": 0.0, "half": 0.5, "own": 1.0}
TRUTH_OPTIONS = (
    Option("none", "No difference"),
    Option("half", "Half of what the trial found"),
    Option("own", "What the trial found"),
)


@cache
def playable(known: Library) -> tuple[Comparison, ...]:
    """Randomised comparisons with a control injection whose groups are known in full, by condition."""
    found = [
        c
        for c in known.comparisons
        if c.control
        and c.as_randomised
        and c.outcome.domain in ("better", "pain", "function")
        and c.completeness is Completeness.COMPLETE
        and _computed(c)
    ]
    return tuple(sorted(found, key=lambda c: c.condition.position))


def _computed(comparison: Comparison) -> bool:
    assert comparison.control is not None
    difference = comparison.difference(comparison.control)
    return difference is not None and difference.basis != "as printed"


@dataclass(frozen=True)
class AgainState:
    """Which trial, and what is supposed to be true."""

    trial: str = choice(
        "Trial", trial_labels.comparison_options(playable), trial_labels.default_comparison, style="menu"
    )
    truth: str = choice("Suppose the truth is", TRUTH_OPTIONS, "half")


def replay(comparison: Comparison, factor: float) -> tuple[Replay, float]:
    """The replay of a comparison, and its true difference (aligned, share or points)."""
    prolo, control = comparison.intervention, comparison.control
    assert control is not None
    seed = crc32(comparison.comparison_id.encode())  # luck of its own for each trial, the same on every visit
    if prolo.counts and control.counts:
        (a, m), (b, n) = prolo.counts, control.counts
        true = factor * (a / m - b / n)
        return replay_counts(b / n + true, m, b / n, n, REPEATS, seed), true
    difference = comparison.difference(control)
    assert difference is not None
    assert prolo.sd is not None
    assert control.sd is not None
    assert prolo.result.n
    assert control.result.n
    true = factor * difference.estimate.value
    return replay_means(true, prolo.sd, prolo.result.n, control.sd, control.result.n, REPEATS, seed), true


def render(known: Library, state: AgainState) -> Rendering:
    """The spread of results of one trial under one truth."""
    comparison = known.comparison_by_id[state.trial]
    scale = scale_of(comparison)
    played, true = replay(comparison, TRUTHS[state.truth])
    bins = _bins(played, scale)
    return Rendering(
        sentence=_sentence(known, comparison, state.truth, played, true, scale),
        chart=histogram(bins, f"difference seen ({_unit(comparison, scale)})", "repeats of 1,000"),
        table=_table(bins, comparison, scale),
        alt=_alt(known, comparison, state.truth, bins, played, scale),
        how_to_read=_HOW_TO_READ,
        sources=trial_labels.source_links(known, [comparison]),
        key=(KeyEntry("would be called significant", "ink"), KeyEntry("would not", "axis")),
        listed_title="Warnings for this trial" if comparison.flags else "",
        listed=trial_labels.warnings(comparison),
    )


_HOW_TO_READ = (
    "The computer runs the trial again 1,000 times, with the same group sizes, in a world where the truth is what you "
    "choose. Each repeat gives another result, by luck alone. The bars count them.",
    "“Significant” means p below 0.05: Fisher's exact test for counts, Welch's t test for scores.",
    "With counts, results come in steps. So the bars jump up and down.",
    "When few repeats are significant, those that are had luck on their side. They show a larger difference than the "
    "truth, on average.",
    "The repeats use a fixed seed for each trial, so the same choice gives the same picture. Another trial with the "
    "same figures has other luck.",
)


def _unit(comparison: Comparison, scale: Scale) -> str:
    if not comparison.is_share:
        return "points"
    return f"per 100 {plural(comparison)}"


def _bins(played: Replay, scale: Scale) -> list[Bin]:
    values = np.round(scale.factor * played.differences, 9)
    low, high = float(values.min()), float(values.max())
    edges = np.linspace(low, high if high > low else low + 1, _BINS + 1)
    counts, _ = np.histogram(values, edges)
    significant, _ = np.histogram(values[played.significant], edges)
    return [
        Bin(f"bin.{i}", float(edges[i]), float(edges[i + 1]), int(counts[i]), int(significant[i]))
        for i in range(_BINS)
        if counts[i]
    ]


_WORDS = {
    "none": "there is no difference",
    "half": "half of what it found is true",
    "own": "what it found is true",
}


def _sentence(known: Library, comparison: Comparison, truth: str, played: Replay, true: float, scale: Scale) -> str:
    control = comparison.control
    assert control is not None
    sizes = f"{comparison.intervention.result.n} and {control.result.n}"
    amount = "" if truth == "none" else f" ({scale.signed(true)} {_unit(comparison, scale)})"
    found = round(REPEATS * played.share_significant)
    start = (
        f"{trial_labels.who(known, comparison)}, {trial_labels.what(comparison)}, groups of {sizes}. Suppose "
        f"{_WORDS[truth]}{amount}: "
        f"then **{_significant(played)} of 1,000** repeats would be called significant; by calculation "
        f"{round(1000 * played.power):,}."
    )
    if truth == "none":
        return f"{start} Each of those would be a false alarm."
    if played.exaggeration is None:
        return start
    wrong = round(found * (played.wrong_sign or 0.0))
    astray = f" Of them, {wrong} {verb(wrong, 'points', 'point')} the wrong way." if wrong else ""
    return f"{start} On average those show **{number(played.exaggeration, 1)} times** the true difference.{astray}"


def _digits(bins: list[Bin], scale: Scale) -> int:
    """The decimals that tell the ends of each bar apart."""
    return max(digits_apart(b.low, b.high, scale.digits) for b in bins)


def _table(bins: list[Bin], comparison: Comparison, scale: Scale) -> Table:
    unit = _unit(comparison, scale)
    digits = _digits(bins, scale)
    table_rows = tuple(
        Row(
            b.key,
            (
                Cell(f"{number(b.low, digits)} to {number(b.high, digits)}"),
                Cell(str(b.count)),
                Cell(str(b.significant)),
            ),
        )
        for b in bins
    )
    columns = (f"Difference seen ({unit})", "Repeats", "Called significant")
    return Table("Results of 1,000 repeats on a computer.", columns, table_rows)


def _alt(known: Library, comparison: Comparison, truth: str, bins: list[Bin], played: Replay, scale: Scale) -> str:
    top = max(bins, key=lambda b: b.count)
    digits = _digits(bins, scale)
    low, high, top_low, top_high = (number(v, digits) for v in (bins[0].low, bins[-1].high, top.low, top.high))
    return (
        f"If {_WORDS[truth]}, {_significant(played)} of 1,000 repeats of {trial_labels.who(known, comparison)} "
        f"would be called "
        f"significant. Bars count what the repeats find, from {low} to {high} {_unit(comparison, scale)}. The tallest, "
        f"of {top.count}, lies between {top_low} and {top_high}."
    )


def _significant(played: Replay) -> str:
    return f"{round(REPEATS * played.share_significant):,}"


VIEW = View(
    key="certainty_replay",
    question="Play it again: what if luck had fallen otherwise?",
    state=AgainState,
    render=render,
    for_class="Before you look: how many of 1,000 repeats of this trial would find a difference if half of it is true?",
)
