"""The sessions of a server: each with its code, its secret, the pages it has opened and those who follow it."""

import asyncio
import hmac
import json
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from prolo_dash.jupyter.classroom.feed import Feed
from prolo_dash.jupyter.classroom.session import POLLED_WITHIN, Fault, Session
from prolo_dash.jupyter.pages import File, NotForAClassError
from prolo_dash.render.withheld import Question, Withheld

LETTERS = "BCDFGHJKMNPQRTWX"  # no vowels, so no words, and none that looks like another one or a digit
CODE_LENGTH = 4
MOST_SESSIONS = 20
MOST_SECONDS = 6 * 3600
TEACHER_PAUSE = 0.1  # seconds between two snapshots to a teacher
PUPIL_PAUSE = 0.05
A_MOMENT = 0.1  # seconds after which a time is over for certain

TOO_MANY = f"{MOST_SESSIONS} classes are open, as many as there can be. End one of them first."

PageOf = Callable[[str], Withheld]  # by the name of its notebook; NotForAClassError if no class can open it


def is_secret(secret: str, said: Any) -> bool:
    """Whether somebody knows a secret, in a time that does not tell how much of it."""
    return isinstance(said, str) and hmac.compare_digest(secret.encode(), said.encode("utf-8", "surrogatepass"))


class Room:
    """A session and its sockets. A guess wakes its own device and the teachers, what a teacher does wakes everybody."""

    def __init__(self, code: str, page: str, page_of: PageOf) -> None:
        """``page``: the name of the page that it begins with; NotForAClassError if no class can open it."""
        self.code = code
        self.secret = secrets.token_urlsafe()
        self._page_of = page_of
        self._withheld: dict[str, Withheld] = {}  # as they were when they were opened: phones have them
        self._pages: dict[str, File] = {}
        self._parts: dict[str, File] = {}
        self.session = Session(page, self.questions_of(page))
        self._pupils: dict[str, set[Feed]] = {}
        self._missed: dict[str, asyncio.TimerHandle] = {}  # by device: tells the teachers once it asks no more
        self._teachers: dict[Feed, Callable[[], None]] = {}  # and what sends each away

    def questions_of(self, page: str) -> tuple[Question, ...]:
        """The questions of a page, which is opened with that."""
        if page not in self._withheld:
            self._withheld[page] = self._page_of(page)
        return self._withheld[page].questions

    def page(self, page: str) -> File | None:
        """The page for phones, once it was opened."""
        if page not in self._pages and page in self._withheld:
            html = self._withheld[page].page.replace("<html ", f'<html data-class="{self.code}" ', 1)
            self._pages[page] = File(f"{page}.html", html.encode())
        return self._pages.get(page)

    def parts(self, page: str, question: str) -> File:
        """What the reveal of a question unlocks."""
        name = f"{page}/{question}.json"
        if name not in self._parts:
            parts = {"parts": self._withheld[page].parts.get(question, {})}
            self._parts[name] = File(name, json.dumps(parts, ensure_ascii=False).encode())
        return self._parts[name]

    def pupil(self, device: str | None) -> str:
        """The snapshot of a device as JSON."""
        return json.dumps(self.session.pupil(device), separators=(",", ":"))

    def teacher(self) -> str:
        """The teacher's snapshot as JSON."""
        return json.dumps(self.session.teacher(), separators=(",", ":"))

    def add_pupil(self, device: str, feed: Feed) -> None:
        """A socket of a device; Fault if it has too many, or the class is full."""
        self.session.arrive(device)
        self._pupils.setdefault(device, set()).add(feed)
        feed.wake()
        self._wake_teachers()

    def remove_pupil(self, device: str, feed: Feed) -> None:
        """A socket of a device was closed."""
        self._pupils[device].discard(feed)
        if not self._pupils[device]:
            del self._pupils[device]
        if not self.session.ended:
            self.session.leave(device)
            self._wake_teachers()

    def add_teacher(self, feed: Feed, send_away: Callable[[], None]) -> None:
        """A socket of the teacher; ``send_away`` closes it."""
        self._teachers[feed] = send_away
        feed.wake()

    def remove_teacher(self, feed: Feed) -> None:
        """A socket of the teacher was closed."""
        self._teachers.pop(feed, None)

    def take_over(self) -> None:
        """From now on another page leads: there is a new secret, and who leads with the old one is sent away."""
        self.secret = secrets.token_urlsafe()
        for send_away in list(self._teachers.values()):
            send_away()

    def poll(self, device: str) -> None:
        """A device asks without a socket; Fault if the class is full."""
        before = self.session.version
        self.session.polled(device)
        if self.session.version != before:  # it is new, or back
            self._wake_teachers()
        if device in self._missed:
            self._missed[device].cancel()
        wait = POLLED_WITHIN + A_MOMENT
        self._missed[device] = asyncio.get_running_loop().call_later(wait, self._miss, device)

    def _miss(self, device: str) -> None:
        del self._missed[device]
        self._wake_teachers()

    def has_guessed(self, device: str) -> None:
        """A device has guessed."""
        for feed in self._pupils.get(device, ()):
            feed.wake()
        self._wake_teachers()

    def has_changed(self) -> None:
        """Something has changed for everybody."""
        for feeds in self._pupils.values():
            for feed in feeds:
                feed.wake()
        self._wake_teachers()

    def _wake_teachers(self) -> None:
        for feed in self._teachers:
            feed.wake()


class Rooms:
    """The open sessions of a server by their codes."""

    def __init__(self, page_of: PageOf) -> None:
        self._page_of = page_of
        self._rooms: dict[str, Room] = {}
        self._ends: dict[str, asyncio.TimerHandle] = {}

    def open(self, page: str) -> Room:
        """A new session, which ends by itself; Fault if there are too many, NotForAClassError as of ``Room``."""
        if len(self._rooms) >= MOST_SESSIONS:
            raise Fault(TOO_MANY)
        room = Room(self._new_code(), page, self._page_of)
        self._rooms[room.code] = room
        self._ends[room.code] = asyncio.get_running_loop().call_later(MOST_SECONDS, self._end, room)
        return room

    def has_page(self, page: str) -> bool:
        """Whether there is a page of that name that a class can open."""
        try:
            self._page_of(page)
        except NotForAClassError:
            return False
        return True

    def all(self) -> list[Room]:
        """The open sessions, the newest first."""
        return list(self._rooms.values())[::-1]

    def find(self, code: str) -> Room | None:
        """The open session of a code, in capitals or not."""
        return self._rooms.get(code.upper())

    def close_if_ended(self, room: Room) -> None:
        """Forget a session that has ended, and tell everybody in it."""
        if room.session.ended and self._rooms.get(room.code) is room:
            del self._rooms[room.code]
            self._ends.pop(room.code).cancel()
            room.has_changed()

    def _end(self, room: Room) -> None:
        room.session.end()
        self.close_if_ended(room)

    def _new_code(self) -> str:
        while (code := "".join(secrets.choice(LETTERS) for _ in range(CODE_LENGTH))) in self._rooms:
            pass
        return code


@dataclass(frozen=True)
class Classroom:
    """What the handlers need: the sessions, the secret that opens one, and the addresses for phones and cookies.

    ``explainer``: the address at which phones reach the explainer; ``login``: the query that logs them in, if any;
    ``base``: the path of the explainer as browsers see it.
    """

    rooms: Rooms
    explainer: str
    login: str
    base: str
    secret: str

    def join_link(self, code: str) -> str:
        """The link for pupils."""
        return f"{self.explainer}join/{code}{self.login}"
