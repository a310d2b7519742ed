"""Two dice: those with a high throw are chosen and throw again. That is regression to the mean, and nothing else."""

from collections import Counter
from dataclasses import dataclass
from fractions import Fraction

from prolo_dash.evidence.library import Library
from prolo_dash.kit.controls import steps
from prolo_dash.kit.plane import Pair, pairs
from prolo_dash.kit.view import Cell, KeyEntry, Rendering, Row, SourceLink, Table, View
from prolo_dash.kit.wording import count, number
from prolo_dash.stats.dice import HIGHEST, LOWEST, Chosen, expected, throw_twice

_DIGITS = 1


@dataclass(frozen=True)
class DiceState:
    """How many throw, who is chosen, and which of all the classes."""

    people: int = steps("How many throw two dice", 10, 100, 10, 30)
    cut_off: int = steps("Chosen are those with at least", 8, 11, 1, 10, "points")
    again: int = steps("Throw again: class number", 1, 20, 1, 1)


def render(known: Library, state: DiceState) -> Rendering:
    """The first and the second throw of those chosen, in one class."""
    thrown = throw_twice(state.people, state.cut_off, state.again)
    counted = _counted(thrown)
    return Rendering(
        sentence=_sentence(state, thrown),
        chart=pairs(counted, (LOWEST, HIGHEST), "points on two dice", "people"),
        table=_table(counted),
        alt=_alt(thrown),
        how_to_read=_how_to_read(state.cut_off),
        sources=(_SOURCE,),
        key=(KeyEntry("first throw of those chosen", "axis"), KeyEntry("second throw of the same people", "ink")),
    )


_SOURCE = SourceLink(
    "Testing Treatments interactive. Teaching tip: understanding regression to the mean",
    "https://en.testingtreatments.org/teaching-tip-understanding-regression-mean-preparation-teaching-ebm/",
    "the game with two dice; the throws shown here are the computer's",
)


def _how_to_read(cut_off: int) -> tuple[str, ...]:
    exact = expected(cut_off)
    ways = exact.chosen * 36
    return (
        "Read the points as pain. People who feel at their worst go to a doctor, or join a trial. Here, those with "
        f"{cut_off} points or more do.",
        f"Two dice can fall in 36 ways. {ways} of them give {cut_off} points or more, on average "
        f"{_mean(exact.first)} points. All 36 give {_mean(exact.second)} points on average. The second throw does not "
        "know the first, so that is what to expect from it.",
        "The throws use a fixed seed, so the same choice gives the same picture. A small class can stray far from the "
        "average.",
        "Pain is not a dice game: some people stay in pain. But where pain goes up and down, this happens too.",
    )


def _counted(thrown: Chosen) -> list[Pair]:
    first, second = Counter(thrown.first), Counter(thrown.second)
    points = [p for p in range(LOWEST, HIGHEST + 1) if first[p] or second[p]]
    return [Pair(f"points.{p}", p, first[p], second[p]) for p in points]


def _sentence(state: DiceState, thrown: Chosen) -> str:
    exact, chosen = expected(state.cut_off), len(thrown.first)
    if not chosen:
        return f"{state.people} people threw two dice; **none** had {state.cut_off} points or more. Throw again."
    before, after = Fraction(sum(thrown.first), chosen), Fraction(sum(thrown.second), chosen)
    lower = sum(b < a for a, b in zip(thrown.first, thrown.second, strict=True))
    fewer = f" {lower} of these {chosen} had fewer points than before." if chosen > 1 else ""
    return (
        f"{state.people} people threw two dice; **{chosen}** had {state.cut_off} points or more. At first they had "
        f"**{_mean(before)}** points on average; when they threw again, **{_mean(after)}**.{fewer} Nothing was done to "
        f"anybody in between. By calculation, it is {_mean(exact.first)} at first and {_mean(exact.second)} again."
    )


def _mean(value: Fraction) -> str:
    return number(float(value), _DIGITS)


def _table(counted: list[Pair]) -> Table:
    table_rows = tuple(
        Row(pair.key, (Cell(f"{pair.at} points"), Cell(str(pair.before)), Cell(str(pair.after)))) for pair in counted
    )
    return Table("People by points, those chosen only.", ("Points", "First throw", "Second throw"), table_rows)


def _alt(thrown: Chosen) -> str:
    if not thrown.first:
        return "No bars: nobody was chosen."
    chosen = len(thrown.first)
    before, after = (_mean(Fraction(sum(points), chosen)) for points in (thrown.first, thrown.second))
    return (
        f"{count(chosen, 'person', 'people')} had {before} points on average at first and {after} again. Bars count "
        f"them by points: first throws from {min(thrown.first)} to {max(thrown.first)}, second throws from "
        f"{min(thrown.second)} to {max(thrown.second)}."
    )


VIEW = View(
    key="lesson_dice",
    question="Who had a high throw: what will they throw next?",
    state=DiceState,
    render=render,
    for_class="Say the points were pain, and each got a pill between the throws. What would people say of the pill?",
)
