"""Checks: the questions of checks.csv, with answers to choose from."""

from collections.abc import Iterable
from dataclasses import dataclass

from prolo_dash.evidence.about_records import AskedCheck, CheckTime
from prolo_dash.evidence.library import Library, per_library


@dataclass(frozen=True)
class Answer:
    """An answer on offer, its letter, and why it is right or wrong."""

    letter: str
    text: str
    why: str
    is_right: bool


@dataclass(frozen=True)
class Check:
    """A question with its answers, one of them right. Two of one ``pair`` ask the same before a lesson and after it."""

    key: str
    lesson: str
    pair: str
    time: CheckTime
    question: str
    answers: tuple[Answer, ...]

    @property
    def right(self) -> Answer:
        """The right answer."""
        return next(answer for answer in self.answers if answer.is_right)


@per_library
def checks(library: Library) -> dict[str, Check]:
    """Every check by its key."""
    return {asked.check_id: _check(asked) for asked in library.package.checks}


def _check(asked: AskedCheck) -> Check:
    return Check(asked.check_id, asked.lesson, asked.pair, asked.time, asked.question, tuple(_answers(asked)))


def _answers(asked: AskedCheck) -> Iterable[Answer]:
    for letter in ("a", "b", "c", "d"):
        if text := getattr(asked, f"answer_{letter}"):
            yield Answer(letter.upper(), text, getattr(asked, f"why_{letter}"), letter == asked.correct)
