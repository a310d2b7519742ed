"""Regression to the mean with two dice: everybody throws, and those with a high score throw again.

The second throw is independent of the first, so the mean of those chosen falls back to that of all throws.
"""

from dataclasses import dataclass
from fractions import Fraction
from itertools import product

import numpy as np

LOWEST, HIGHEST = 2, 12  # points on two dice
MOST_PEOPLE = 1000


@dataclass(frozen=True)
class Expected:
    """What happens on average: the share that is chosen, and the mean of their first and of their second throw."""

    chosen: Fraction
    first: Fraction
    second: Fraction


@dataclass(frozen=True)
class Chosen:
    """The first and the second throws of those chosen, person by person."""

    first: tuple[int, ...]
    second: tuple[int, ...]


def expected(cut_off: int) -> Expected:
    """Those with `cut_off` points or more are chosen: exact, from the 36 ways that two dice can fall.

    Raises ValueError for a cut-off that two dice do not have.
    """
    _require_points(cut_off)
    ways = [a + b for a, b in product(range(1, 7), repeat=2)]
    high = [points for points in ways if points >= cut_off]
    return Expected(Fraction(len(high), len(ways)), _mean(high), _mean(ways))


def throw_twice(people: int, cut_off: int, number: int) -> Chosen:
    """A class throws, and those with `cut_off` points or more throw once more.

    `number` seeds the class: the same number gives the same throws, and a larger class has the throws of the
    smaller one and some more. Raises ValueError for a cut-off that two dice do not have, people not whole or outside
    1 to 1,000, or a number that is not whole or below 0.
    """
    _require_points(cut_off)
    if people % 1 or not 1 <= people <= MOST_PEOPLE:
        raise ValueError(f"A class has 1 to {MOST_PEOPLE:,} people, not {people}.")
    if number % 1 or number < 0:
        raise ValueError(f"A class has a whole number from 0, not {number}.")
    draw = np.random.Generator(np.random.PCG64(int(number)))
    throws = draw.integers(1, 7, (MOST_PEOPLE, 2, 2)).sum(axis=2)[: int(people)]  # person, throw
    chosen = throws[throws[:, 0] >= cut_off]
    return Chosen(tuple(chosen[:, 0].tolist()), tuple(chosen[:, 1].tolist()))


def _mean(points: list[int]) -> Fraction:
    return Fraction(sum(points), len(points))


def _require_points(cut_off: int) -> None:
    if cut_off % 1 or not LOWEST <= cut_off <= HIGHEST:
        raise ValueError(f"Two dice show {LOWEST} to {HIGHEST} points, not {cut_off}.")
