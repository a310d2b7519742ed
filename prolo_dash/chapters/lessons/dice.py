"""Two dice: those with a high throw are chosen and throw again, which is pure regression to the mean."""

from collections import Counter
from dataclasses import dataclass
from fractions import Fraction

from prolo_dash.chapters.lessons.typed_throws import Unread, typed_throws
from prolo_dash.evidence.library import Library
from prolo_dash.kit.controls import entry, steps
from prolo_dash.kit.plane import Pair, pairs
from prolo_dash.kit.view import Cell, KeyEntry, Rendering, Row, SourceLink, Table, View
from prolo_dash.kit.wording import count, number
from prolo_dash.stats.dice import HIGHEST, LOWEST, Chosen, Expected, expected, throw_twice

_DIGITS = 1
_OWN = "Those chosen in your class"


@dataclass(frozen=True)
class DiceState:
    """What a real class threw; or how many throw, who is chosen, and the number of the class."""

    first: str = entry("First sums, as 10 11 12", "", group=_OWN)
    second: str = entry("Second sums, in that order", "", group=_OWN)
    people: int = steps("How many throw two dice", 10, 100, 10, 30)
    cut_off: int = steps("Chosen are those with at least", 8, 11, 1, 10, "points")
    again: int = steps("Throw again: class number", 1, 20, 1, 1)


@dataclass(frozen=True)
class Facts:
    """What those chosen threw, and what is to be expected of them. ``people``: of how many; None for a real class."""

    people: int | None
    cut_off: int
    thrown: Chosen
    expected: Expected

    @property
    def chosen(self) -> int:
        """How many had enough points."""
        return len(self.thrown.first)

    @property
    def half_way(self) -> bool:
        """Whether they still have to throw again."""
        return self.chosen > len(self.thrown.second)

    @property
    def lower(self) -> int:
        """How many of them had fewer points the second time."""
        return sum(b < a for a, b in zip(self.thrown.first, self.thrown.second, strict=True))

    @property
    def first_mean(self) -> Fraction:
        """The average points of the first throw, if anyone was chosen."""
        return Fraction(sum(self.thrown.first), self.chosen)

    @property
    def second_mean(self) -> Fraction:
        """The average points of the second throw, if there was one."""
        return Fraction(sum(self.thrown.second), self.chosen)

    @property
    def counted(self) -> list[Pair]:
        """People by points, first and second throw."""
        first, second = Counter(self.thrown.first), Counter(self.thrown.second)
        points = [p for p in range(LOWEST, HIGHEST + 1) if first[p] or second[p]]
        return [Pair(f"points.{p}", p, first[p], second[p]) for p in points]


def facts(library: Library, state: DiceState) -> Facts | Unread:
    """One class throws twice: the one that was typed in, or else one of the computer's."""
    typed = typed_throws(state.first, state.second, state.cut_off)
    if isinstance(typed, Unread):
        return typed
    thrown = typed or throw_twice(state.people, state.cut_off, state.again)
    return Facts(None if typed else state.people, state.cut_off, thrown, expected(state.cut_off))


def render(library: Library, state: DiceState) -> Rendering:
    """The first and the second throw of those chosen, in one class."""
    known = facts(library, state)
    return _unread(known) if isinstance(known, Unread) else _told(known)


def _told(known: Facts) -> Rendering:
    return Rendering(
        sentence=_sentence(known),
        chart=pairs(known.counted, (LOWEST, HIGHEST), "points on two dice", "people"),
        table=_table(known.counted),
        alt=_alt(known),
        how_to_read=_how_to_read(known),
        sources=(_SOURCE,),
        key=(KeyEntry("first throw of those chosen", "axis"), KeyEntry("second throw of the same people", "ink")),
    )


def _unread(known: Unread) -> Rendering:
    return Rendering(
        sentence="The sums typed in **can't be read** yet. The words under the field say what fits.",
        chart=pairs([], (LOWEST, HIGHEST), "points on two dice", "people"),
        table=_table([]),
        alt="No bars: what was typed in can't be read yet.",
        how_to_read=(),
        sources=(_SOURCE,),
        problems=((known.field, known.sentence),),
    )


_SOURCE = SourceLink(
    "Testing Treatments interactive. Teaching tip: understanding regression to the mean",
    "https://en.testingtreatments.org/teaching-tip-understanding-regression-mean-preparation-teaching-ebm/",
    "the game with two dice; the throws shown here are the computer's, or those typed in",
)


def _how_to_read(known: Facts) -> tuple[str, ...]:
    exact, cut_off = known.expected, known.cut_off
    ways = exact.chosen * 36
    return (
        "Read the points as pain. People who feel at their worst go to a doctor, or join a trial. Here, those with "
        f"{cut_off} points or more do.",
        f"Two dice can fall in 36 ways. {ways} of them give {cut_off} points or more, on average "
        f"{_mean(exact.first)} points. All 36 give {_mean(exact.second)} points on average. The second throw does not "
        "know the first, so that is what to expect from it.",
        "The computer's throws use a fixed seed, so the same choice gives the same picture. A small class can stray "
        "far from the average. Type in the sums of your own class to see them in their place.",
        "Pain is not a dice game: some people stay in pain. But where pain goes up and down, this happens too.",
    )


def _sentence(known: Facts) -> str:
    exact, chosen = known.expected, known.chosen
    if not chosen:
        return f"{known.people} people threw two dice; **none** had {known.cut_off} points or more. Throw again."
    who = "In your class" if known.people is None else f"{known.people} people threw two dice;"
    start = (
        f"{who} **{chosen}** had {known.cut_off} points or more. At first they had **{_mean(known.first_mean)}** points"
    )
    if known.half_way:
        return f"{start} on average. They have not thrown again yet."
    fewer = f" {known.lower} of these {chosen} had fewer points than before." if chosen > 1 else ""
    return (
        f"{start} on average; when they threw again, **{_mean(known.second_mean)}**.{fewer} By "
        f"calculation, it is {_mean(exact.first)} at first and {_mean(exact.second)} again: dice remember nothing."
    )


def _mean(value: Fraction) -> str:
    return number(float(value), _DIGITS)


def _table(counted: list[Pair]) -> Table:
    table_rows = tuple(
        Row(pair.key, (Cell(f"{pair.at} points"), Cell(str(pair.before)), Cell(str(pair.after)))) for pair in counted
    )
    return Table("People by points, those chosen only.", ("Points", "First throw", "Second throw"), table_rows)


def _alt(known: Facts) -> str:
    if not known.chosen:
        return "No bars: nobody was chosen."
    thrown = known.thrown
    start = f"{count(known.chosen, 'person', 'people')} had {_mean(known.first_mean)} points on average at first"
    first = f"Bars count them by points: first throws from {min(thrown.first)} to {max(thrown.first)}"
    if known.half_way:
        return f"{start}. {first}."
    second = f"second throws from {min(thrown.second)} to {max(thrown.second)}"
    return f"{start} and {_mean(known.second_mean)} again. {first}, {second}."


VIEW = View(
    key="lesson_dice",
    question="Who had a high throw: what will they throw next?",
    state=DiceState,
    render=render,
    facts=facts,
    for_class="Say the points were pain, and each got a pill between the throws. What would people say of the pill?",
)
