"""A guess before the answer: its limits, and how far a guess or a class was off.

A page has no kernel when a guess is typed, so what it may say is prepared here as sentences with slots; its script only
fills them in.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from prolo_dash.evidence.library import Library
from prolo_dash.kit.view import SourceLink
from prolo_dash.kit.wording import MINUS, count


@dataclass(frozen=True)
class Prediction:
    """A question, what may be guessed (``low`` to ``high`` in steps of ``step``, in ``unit``), and its answer.

    ``says`` is the answer as a statement with trial, time and size; ``sources`` are where its figures were read, and
    ``doubts`` the warnings that they have; ``why`` is what to ask after it; ``colour`` is the token of the group that
    it is about.
    """

    key: str
    question: str
    low: int
    high: int
    step: int
    unit: str
    answer: Callable[[Library], int]
    says: Callable[[Library], str]
    sources: Callable[[Library], tuple[SourceLink, ...]]
    doubts: Callable[[Library], tuple[str, ...]]
    why: str
    colour: str = "ink"


# Slots in braces. A page's script fills the same sentences (frontend/src/guesses.js; a test holds both equal).
GAP = {
    "more": "You said {guess}. It was {answer}: {by} more than you thought.",
    "fewer": "You said {guess}. It was {answer}: {by} fewer than you thought.",
    "same": "You said {guess}, and {answer} it was.",
    "class": "It was {answer}. Of {hands}, {right} went up for {bin}, where it lies; {above} for more and {below} for "
    "less.",
    "nobody": "It was {answer}. No hands were counted.",
}
HANDS = ("hand", "hands")


def whole(value: int) -> str:
    """A whole number as it is written in a sentence: thousands apart, a true minus sign."""
    return f"{value:,}".replace("-", MINUS)


def gap(prediction: Prediction, guess: int, answer: int) -> str:
    """How far a guess was off; ValueError for one that can't be made."""
    if not prediction.low <= guess <= prediction.high:
        raise ValueError(f"A guess lies between {prediction.low} and {prediction.high}, not at {guess}.")
    kind = "same" if guess == answer else "more" if answer > guess else "fewer"
    return GAP[kind].format(guess=whole(guess), answer=whole(answer), by=whole(abs(answer - guess)))


def bins(prediction: Prediction) -> tuple[tuple[int, int], ...]:
    """Five or six ranges for a show of hands, from low to high; the last one holds what is left over."""
    length = prediction.high - prediction.low
    width = next(w for w in _WIDTHS if length // w <= _MOST_BINS)
    starts = range(prediction.low, prediction.high, width)
    return tuple((low, prediction.high if low + width >= prediction.high else low + width - 1) for low in starts)


_WIDTHS = (1, 2, 5, 10, 20, 50, 100, 200)
_MOST_BINS = 6


def bin_label(low: int, high: int) -> str:
    """``20 to 39``, or the number alone."""
    return whole(low) if low == high else f"{whole(low)} to {whole(high)}"


def class_gap(prediction: Prediction, tally: Mapping[int, int], answer: int) -> str:
    """How a class guessed: ``tally`` holds hands by the number of the range in ``bins``.

    An answer outside all ranges counts with the nearest one.
    """
    ranges = bins(prediction)
    at = max((i for i, (low, _) in enumerate(ranges) if low <= answer), default=0)
    hands = sum(tally.values())
    if not hands:
        return GAP["nobody"].format(answer=whole(answer))
    return GAP["class"].format(
        answer=whole(answer),
        hands=count(hands, *HANDS),
        bin=bin_label(*ranges[at]),
        right=tally.get(at, 0),
        above=sum(n for i, n in tally.items() if i > at),
        below=sum(n for i, n in tally.items() if i < at),
    )
