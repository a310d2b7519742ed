"""The throws of a real class, as its teacher types them: sums of two dice, apart by spaces or commas."""

import re
from dataclasses import dataclass

from prolo_dash.kit.controls import shorten
from prolo_dash.kit.wording import count, verb
from prolo_dash.stats.dice import HIGHEST, LOWEST, Chosen

MOST = 100  # of a class


@dataclass(frozen=True)
class Unread:
    """Why typed throws can't be read: the field, and a sentence."""

    field: str
    sentence: str


def typed_throws(first: str, second: str, cut_off: int) -> Chosen | Unread | None:
    """The throws of those chosen; an empty second throw is still to come. None where nothing is typed."""
    if not first.strip() and not second.strip():
        return None
    for field, text in (("first", first), ("second", second)):
        if wrong := _wrong(text):
            return Unread(field, wrong)
    before, after = _sums(first), _sums(second)
    if low := next((sum_ for sum_ in before if sum_ < cut_off), None):
        return Unread("first", f"{low} is too few: only those with {cut_off} points or more are chosen.")
    if after and len(before) != len(after):
        sums = f"{count(len(before), 'first sum')} and {count(len(after), 'second one')}"
        return Unread("second", f"There {verb(len(before), 'is', 'are')} {sums}. Each person has one of both.")
    return Chosen(before, after)


def _parts(text: str) -> list[str]:
    return re.split(r"[\s,;]+", text.strip(" \t\n,;")) if text.strip(" \t\n,;") else []


def _sums(text: str) -> tuple[int, ...]:
    return tuple(int(part) for part in _parts(text))


def _wrong(text: str) -> str:
    """What can't be a sum of two dice, in a sentence; empty if all can."""
    parts = _parts(text)
    for part in parts:
        if not re.fullmatch(r"[0-9]{1,2}", part) or not LOWEST <= int(part) <= HIGHEST:
            return f"“{shorten(part, 12)}” is no sum of two dice: write whole numbers from {LOWEST} to {HIGHEST}."
    return f"These are {len(parts)} sums: {MOST} at most fit." if len(parts) > MOST else ""
