"""The state of a class session, without a word of HTTP: what a teacher does, what pupils guess, and what each may see.

A pupil's snapshot holds his own guesses and, of a question, how the class guessed only once its answer is out.
"""

import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from string import ascii_uppercase
from typing import Any, Literal

from prolo_dash.render.withheld import Question

ROUNDS = 2
MOST_DEVICES = 500
MOST_SOCKETS = 5  # of one device
GUESSES_A_SECOND = 10  # of one device
POLLED_WITHIN = 6.0  # seconds, of three polls, in which a device without a socket has to ask to count as connected

ENDED = "The class has ended."
NO_QUESTION = "There is no such question on this page."
OUT_OF_RANGE = "That number can’t be guessed here."
PAUSED = "The class is paused, so nothing can be guessed now."
CLOSED = "This question is closed, so the guess was not counted."
TOO_FAST = "That was too fast. Wait a second, then guess again."
FULL = "This class is full."
TOO_MANY_TABS = "This device has too many tabs open."
ANSWER_IS_OUT = "The answer has been shown, so this can’t be done any more."
EARLIER_FIRST = "This question stands behind another one. Reveal that one first."
NO_MORE_ROUNDS = "There are no more than two rounds."
NO_DEVICE = "This browser keeps no cookies, so its guesses can’t be counted."

# Of the table of guesses. Of a choice, answer and value are letters; the page adds what hands counted.
COLUMNS = ("lesson", "question", "asked", "kind", "answer", "round", "counted", "value", "count")

Status = Literal["open", "closed", "revealed"]
Pace = Literal["follow", "free"]
Settings = Mapping[str, Mapping[str, str]]
Spread = Sequence[Sequence[Mapping[str, int]]]


class Fault(Exception):  # noqa: N818 (it is no error of ours)
    """Something that can't be done now; the message is a sentence that says why."""


class TooFastError(Fault):
    """A device guesses faster than anybody types."""


@dataclass(frozen=True)
class Step:
    """Where the teacher is: the screen, which one it is of how many, and the settings of its views."""

    screen: str
    at: int
    of: int
    settings: Settings

    def as_json(self) -> dict[str, Any]:
        """The step as clients get it."""
        return vars(self)


@dataclass
class Poll:
    """One question: its status, and each device's guess in each round."""

    question: Question
    status: Status = "open"
    round: int = 1
    is_out: bool = False  # the answer was shown, and stays so in another round
    spread: Spread = ()  # how the class guessed, by round; counted at the reveal
    guesses: tuple[dict[str, int], ...] = field(default_factory=lambda: tuple({} for _ in range(ROUNDS)))

    def counted(self) -> Spread:
        """How often each number was guessed, by round."""
        return [
            [{"value": value, "count": count} for value, count in sorted(Counter(of_round.values()).items())]
            for of_round in self.guesses
        ]

    def shown(self) -> dict[str, Any]:
        """What both roles see: nothing of the guesses before the answer is shown."""
        known: dict[str, Any] = {"status": self.status, "round": self.round}
        return known | ({"guesses": self.spread} if self.status == "revealed" else {})


@dataclass
class Device:
    """A browser of a pupil: its sockets, when it last asked without one, and how many guesses it may make at once."""

    sockets: int = 0
    polled: float = float("-inf")
    left: float = GUESSES_A_SECOND
    at: float = 0.0

    def is_connected(self, now: float) -> bool:
        """Whether it still follows."""
        return self.sockets > 0 or now - self.polled < POLLED_WITHIN

    def spend(self, now: float) -> None:
        """Count a guess; TooFastError for one too many."""
        self.left = min(GUESSES_A_SECOND, self.left + (now - self.at) * GUESSES_A_SECOND)
        self.at = now
        if self.left < 1:
            raise TooFastError(TOO_FAST)
        self.left -= 1


class Session:
    """A class session. Methods raise Fault, with a sentence, for what can't be done, and then change nothing."""

    def __init__(self, page: str, questions: Iterable[Question], now: Callable[[], float] = time.monotonic) -> None:
        """``page``: the name of the page; ``now``: seconds on a clock that never goes back."""
        self.version = 0
        self.pace: Pace = "follow"
        self.paused = False
        self.step: Step | None = None
        self.ended = False
        self._now = now
        self._polls: dict[str, dict[str, Poll]] = {}
        self._devices: dict[str, Device] = {}
        self._turn_to(page, questions)

    # Devices

    def arrive(self, device: str) -> None:
        """A device opens a socket."""
        known = self._known(device)
        if known.sockets >= MOST_SOCKETS:
            raise Fault(TOO_MANY_TABS)
        known.sockets += 1
        self._changed()

    def leave(self, device: str) -> None:
        """A device closes a socket."""
        self._devices[device].sockets -= 1
        self._changed()

    def polled(self, device: str) -> None:
        """A device asks without a socket."""
        known, now = self._known(device), self._now()
        if not known.is_connected(now):
            self._changed()
        known.polled = now

    def _known(self, device: str) -> Device:
        """A device that is let in. In a full class it takes the place of one that has left without a guess."""
        if device not in self._devices:
            if len(self._devices) >= MOST_DEVICES:
                self._make_room()
            self._devices[device] = Device()
            self._changed()
        return self._devices[device]

    def _make_room(self) -> None:
        has_guessed = {device for poll in self._all_polls() for of_round in poll.guesses for device in of_round}
        now = self._now()
        for name, device in self._devices.items():
            if name not in has_guessed and not device.is_connected(now):
                del self._devices[name]
                return
        raise Fault(FULL)

    # What pupils do

    def guess(self, device: str, key: str, value: int | None) -> None:
        """A device guesses, or takes its guess back (None); a later guess replaces an earlier one of the same round."""
        self._known(device).spend(self._now())
        poll = self._poll(key)
        if not self._is_reached(poll):
            raise Fault(NO_QUESTION)
        if self.paused:
            raise Fault(PAUSED)
        if poll.status != "open":
            raise Fault(CLOSED)
        guesses = poll.guesses[poll.round - 1]
        if value is None:
            guesses.pop(device, None)
        elif poll.question.takes(value):
            guesses[device] = value
        else:
            raise Fault(OUT_OF_RANGE)
        self._changed()

    # What the teacher does

    def move(self, page: str, questions: Iterable[Question], step: Step) -> None:
        """The teacher is at another screen, perhaps of another page; what was guessed in the first one is kept."""
        self._turn_to(page, questions)
        self.step = step
        self._changed()

    def set_pace(self, pace: Pace) -> None:
        """Whether pupils follow the teacher or read on by themselves."""
        self.pace = pace
        self._changed()

    def pause(self, paused: bool) -> None:
        """Interrupt guessing, or go on."""
        self.paused = paused
        self._changed()

    def open(self, key: str) -> None:
        """Take guesses for a question."""
        self._set_status(key, "open")

    def close(self, key: str) -> None:
        """Take no more guesses for a question."""
        self._set_status(key, "closed")

    def _set_status(self, key: str, status: Status) -> None:
        poll = self._poll(key)
        if poll.status == "revealed":
            raise Fault(ANSWER_IS_OUT)
        poll.status = status
        self._changed()

    def reveal(self, key: str) -> None:
        """Show the answer of a question, and how the class guessed."""
        poll = self._poll(key)
        if not self._is_reached(poll):
            raise Fault(EARLIER_FIRST)
        poll.status, poll.is_out, poll.spread = "revealed", True, poll.counted()
        self._changed()

    def again(self, key: str) -> None:
        """Open the second round of a question; the guesses of the first are kept."""
        poll = self._poll(key)
        if poll.round == ROUNDS:
            raise Fault(NO_MORE_ROUNDS)
        poll.round += 1
        poll.status = "open"
        self._changed()

    def clear(self, key: str) -> None:
        """Forget the guesses of a question, and begin with its first round."""
        poll = self._poll(key)
        if poll.is_out:
            raise Fault(ANSWER_IS_OUT)
        self._polls[self.page][key] = Poll(poll.question, poll.status)
        self._changed()

    def end(self) -> None:
        """End the session and forget everything."""
        self.ended = True
        self._polls.clear()
        self._devices.clear()
        self.version += 1

    # What each may see

    @property
    def connected(self) -> int:
        """How many devices follow now."""
        now = self._now()
        return sum(device.is_connected(now) for device in self._devices.values())

    def is_unlocked(self, page: str, key: str) -> bool:
        """Whether a phone may have what stands behind a question."""
        poll = self._polls.get(page, {}).get(key)
        return poll is not None and poll.is_out

    def pupil(self, device: str | None) -> dict[str, Any]:
        """The snapshot for a device, or for one that keeps no cookie (None)."""
        if self.ended:
            return ended("pupil")
        reached = [poll for poll in self._polls[self.page].values() if self._is_reached(poll)]
        mine = {poll.question.key: [guesses.get(device or "") for guesses in poll.guesses] for poll in reached}
        questions = {poll.question.key: poll.shown() | {"mine": mine[poll.question.key]} for poll in reached}
        return self._shared("pupil") | {"questions": questions}

    def teacher(self) -> dict[str, Any]:
        """The snapshot for the teacher."""
        if self.ended:
            return ended("teacher")
        return self._shared("teacher") | {
            "devices": len(self._devices),
            "connected": self.connected,
            "questions": {
                key: poll.shown() | {"guessed": [len(guesses) for guesses in poll.guesses]}
                for key, poll in self._polls[self.page].items()
            },
        }

    def rows(self) -> Iterator[tuple[int | str, ...]]:
        """What was guessed, as rows of ``COLUMNS``."""
        for page, polls in self._polls.items():
            for key, poll in polls.items():
                asked = poll.question
                known = (page, key, asked.words, asked.kind, _said(asked.kind, asked.answer))
                for number, counts in enumerate(poll.counted(), 1):
                    for one in counts:
                        yield (*known, number, "phones", _said(asked.kind, one["value"]), one["count"])

    def _shared(self, role: str) -> dict[str, Any]:
        return {
            "role": role,
            "version": self.version,
            "page": self.page,
            "pace": self.pace,
            "paused": self.paused,
            "step": self.step and self.step.as_json(),
            "ended": False,
        }

    def _turn_to(self, page: str, questions: Iterable[Question]) -> None:
        self.page = page
        self._polls.setdefault(page, {one.key: Poll(one) for one in questions})

    def _poll(self, key: str) -> Poll:
        if self.ended:
            raise Fault(ENDED)
        try:
            return self._polls[self.page][key]
        except KeyError:
            raise Fault(NO_QUESTION) from None

    def _is_reached(self, poll: Poll) -> bool:
        """Whether the answers of all questions before it are out."""
        return all(self._polls[self.page][key].is_out for key in poll.question.behind)

    def _all_polls(self) -> Iterator[Poll]:
        return (poll for polls in self._polls.values() for poll in polls.values())

    def _changed(self) -> None:
        self.version += 1


def ended(role: str) -> dict[str, Any]:
    """The last snapshot."""
    return {"role": role, "ended": True, "why": ENDED}


def _said(kind: str, value: int | None) -> int | str:
    """A guess as people say it: of options the letter, as on the page."""
    if value is None:
        return ""
    return ascii_uppercase[value] if kind == "choice" else value
