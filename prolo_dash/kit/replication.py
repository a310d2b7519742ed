"""One comparison repeated 1,000 times on a computer: its facts, words and chart."""

from dataclasses import dataclass

import numpy as np

from prolo_dash.evidence.comparison import Comparison
from prolo_dash.evidence.library import Library
from prolo_dash.evidence.replication import REPEATS, replay
from prolo_dash.kit import trial_labels
from prolo_dash.kit.controls import Option
from prolo_dash.kit.plane import Bin, histogram
from prolo_dash.kit.scales import scale_of
from prolo_dash.kit.view import Cell, KeyEntry, Rendering, Row, Table
from prolo_dash.kit.wording import digits_apart, number, plural, verb, weeks_words
from prolo_dash.stats.replay import Replay

TRUTH_OPTIONS = (
    Option("none", "No difference"),
    Option("half", "Half of what the trial found"),
    Option("own", "What the trial found"),
)
_BINS = 24


@dataclass(frozen=True)
class Facts:
    """What the repeats of one comparison found under one truth.

    ``true_difference`` is aligned, a share or points; ``bins`` have the unit of the axis. ``significant``,
    ``by_calculation`` and ``wrong_way`` count repeats, the last of those that are significant. ``exaggeration``: how
    many times the true difference these show on average; None where there is no true difference.
    """

    trial: str
    comparison: Comparison
    truth: str
    true_difference: float
    significant: int
    by_calculation: int
    wrong_way: int
    exaggeration: float | None
    bins: tuple[Bin, ...]


def facts(library: Library, comparison: Comparison, truth: str) -> Facts:
    """Repeat a comparison under a truth."""
    played, true = replay(comparison, truth)
    significant = round(REPEATS * played.share_significant)
    return Facts(
        trial=library.name(comparison.study),
        comparison=comparison,
        truth=truth,
        true_difference=true,
        significant=significant,
        by_calculation=round(REPEATS * played.power),
        wrong_way=round(significant * (played.wrong_sign or 0.0)),
        exaggeration=played.exaggeration,
        bins=_bins(played, scale_of(comparison).factor),
    )


def _bins(played: Replay, factor: float) -> tuple[Bin, ...]:
    values = np.round(factor * played.differences, 9)
    low, high = float(values.min()), float(values.max())
    edges = np.linspace(low, high if high > low else low + 1, _BINS + 1)
    counts, _ = np.histogram(values, edges)
    significant, _ = np.histogram(values[played.significant], edges)
    return tuple(
        Bin(f"bin.{i}", float(edges[i]), float(edges[i + 1]), int(counts[i]), int(significant[i]))
        for i in range(_BINS)
        if counts[i]
    )


def rendering(library: Library, known: Facts) -> Rendering:
    """The spread of results of one comparison under one truth."""
    comparison = known.comparison
    return Rendering(
        sentence=sentence(known),
        chart=histogram(list(known.bins), f"difference seen ({_unit(comparison)})", "repeats of 1,000"),
        table=_table(known),
        alt=_alt(known),
        how_to_read=_HOW_TO_READ,
        sources=trial_labels.source_links(library, [comparison]),
        key=(KeyEntry("would be called significant", "ink"), KeyEntry("would not", "axis")),
        listed_title="Warnings for this trial" if comparison.flags else "",
        listed=trial_labels.warnings(comparison),
    )


_HOW_TO_READ = (
    "The computer runs the trial again 1,000 times, with the same group sizes, in a world where the truth is what you "
    "choose. Each repeat gives another result, by luck alone. The bars count them.",
    "“Significant” means p below 0.05: Fisher's exact test for counts, Welch's t test for scores.",
    "A count of 1,000 repeats has luck in it, too. So it is mostly up to 30 off what was worked out for endless "
    "repeats.",
    "With counts, results come in steps. So the bars jump up and down.",
    "When few repeats are significant, those that are had luck on their side. They show a larger difference than the "
    "truth, on average.",
    "The repeats use a fixed seed for each trial, so the same choice gives the same picture. Another trial with the "
    "same figures has other luck.",
)
_TRUTH = {
    "none": "there is no difference",
    "half": "half of what it found is true",
    "own": "what it found is true",
}


def _unit(comparison: Comparison) -> str:
    return f"per 100 {plural(comparison)}" if comparison.is_share else "points"


def _who(known: Facts) -> str:
    return f"{known.trial}, {weeks_words(known.comparison.outcome.weeks)}"


def sentence(known: Facts) -> str:
    """How many repeats would be called significant, and how far those lead astray."""
    comparison = known.comparison
    assert comparison.control is not None
    sizes = f"{comparison.intervention.result.n} and {comparison.control.result.n}"
    true = scale_of(comparison).signed(known.true_difference)
    amount = "" if known.truth == "none" else f" ({true} {_unit(comparison)})"
    start = (
        f"{_who(known)}, {trial_labels.what(comparison)}, groups of {sizes}. Suppose {_TRUTH[known.truth]}{amount}: "
        f"then **{known.significant:,} of 1,000** repeats would be called significant; by calculation "
        f"{known.by_calculation:,} of each 1,000 in endless repeats."
    )
    if known.truth == "none":
        return f"{start} Each of those would be a false alarm."
    if known.exaggeration is None:
        return start
    wrong = known.wrong_way
    astray = f" Of them, {wrong} {verb(wrong, 'points', 'point')} the wrong way." if wrong else ""
    return f"{start} On average those show **{number(known.exaggeration, 1)} times** the true difference.{astray}"


def _digits(known: Facts) -> int:
    """The decimals that tell the ends of each bar apart."""
    return max(digits_apart(b.low, b.high, scale_of(known.comparison).digits) for b in known.bins)


def _table(known: Facts) -> Table:
    digits = _digits(known)
    rows = tuple(
        Row(
            b.key,
            (
                Cell(f"{number(b.low, digits)} to {number(b.high, digits)}"),
                Cell(str(b.count)),
                Cell(str(b.significant)),
            ),
        )
        for b in known.bins
    )
    columns = (f"Difference seen ({_unit(known.comparison)})", "Repeats", "Called significant")
    return Table("Results of 1,000 repeats on a computer.", columns, rows)


def _alt(known: Facts) -> str:
    top = max(known.bins, key=lambda b: b.count)
    ends = (known.bins[0].low, known.bins[-1].high, top.low, top.high)
    low, high, top_low, top_high = (number(value, _digits(known)) for value in ends)
    return (
        f"If {_TRUTH[known.truth]}, {known.significant:,} of 1,000 repeats of {_who(known)} would be called "
        f"significant. Bars count what the repeats find, from {low} to {high} {_unit(known.comparison)}. The tallest, "
        f"of {top.count}, lies between {top_low} and {top_high}."
    )
