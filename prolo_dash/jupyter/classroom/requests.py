"""What the script of a page asks of its class session, by HTTP. What was refused is one sentence."""

import csv
import io
from collections.abc import Callable
from typing import Any

import segno
from tornado.web import HTTPError, authenticated

from prolo_dash.jupyter.classroom.devices import COOKIE, known_device
from prolo_dash.jupyter.classroom.messages import (
    NONSENSE,
    PUPIL_BYTES,
    TEACHER_BYTES,
    NonsenseError,
    act,
    guess,
    parsed,
)
from prolo_dash.jupyter.classroom.rooms import Classroom, Room, is_secret
from prolo_dash.jupyter.classroom.session import COLUMNS, ENDED, NO_DEVICE, Fault, TooFastError
from prolo_dash.jupyter.pages import File, NotForAClassError
from prolo_dash.jupyter.routes import ScriptRequestHandler

SECRET = "X-Class-Secret"
NOT_THE_TEACHER = "Only the teacher of this class can do that."
NO_PAGE = "A class can’t open this page."
LOCKED = "The answer has not been shown yet."
TOO_LONG = "That message is too long."


class RefusedError(Exception):
    """A request that is refused with a status and a sentence."""

    def __init__(self, status: int, sentence: str) -> None:
        super().__init__(sentence)
        self.status, self.sentence = status, sentence


FAULTS = (RefusedError, NonsenseError, NotForAClassError, Fault)


def refusal(error: Exception) -> tuple[int, str]:
    """The status and the sentence for one of the faults."""
    match error:
        case RefusedError():
            return error.status, error.sentence
        case NonsenseError():
            return 400, NONSENSE
        case NotForAClassError():
            return 404, NO_PAGE
        case TooFastError():
            return 429, str(error)
        case _:
            return 409, str(error)


class ClassScriptHandler(ScriptRequestHandler):
    """Addresses that only the pages' script asks; a fault is one sentence."""

    def initialize(self, classroom: Classroom) -> None:
        """Take the sessions."""
        self.classroom = classroom

    async def prepare(self, **more: Any) -> None:
        """Refuse pages of others."""
        await super().prepare(**more)
        if not self.check_origin():
            raise HTTPError(403)

    def _log(self) -> None:
        """Log no refusals: pages are told, and a flood of them must not fill the terminal."""
        if self.get_status() >= 500:
            super()._log()

    @property
    def device(self) -> str | None:
        """The device that asks; None for one that keeps no cookie."""
        return known_device(self.get_cookie(COOKIE))

    def room(self, code: str) -> Room:
        """The session of a code."""
        found = self.classroom.rooms.find(code)
        if found is None:
            raise RefusedError(410, ENDED)
        return found

    def require_secret(self, secret: str, said: Any) -> None:
        """Refuse who is not the teacher."""
        if not is_secret(secret, said):
            raise RefusedError(403, NOT_THE_TEACHER)

    def message(self, most_bytes: int) -> dict[str, Any]:
        """What was sent."""
        if len(self.request.body) > most_bytes:
            raise RefusedError(413, TOO_LONG)
        return parsed(self.request.body, most_bytes)

    def answer(self, work: Callable[[], dict[str, Any] | str | File]) -> None:
        """Send what ``work`` returns, or why it was refused."""
        self.set_header("Cache-Control", "no-store")
        self.set_header("Content-Type", "application/json")
        try:
            found = work()
        except FAULTS as error:
            status, sentence = refusal(error)
            self.set_status(status)
            found = {"error": sentence}
        if isinstance(found, File):
            self.send(found)
        else:
            self.write(found)


class _ServerHandler(ClassScriptHandler):
    """What only the teacher's link of the server allows."""

    def said_by_teacher(self) -> dict[str, Any]:
        """What was sent with the server's secret."""
        message = self.message(PUPIL_BYTES)
        self.require_secret(self.classroom.secret, message.get("secret"))
        return message


class ClassesHandler(_ServerHandler):
    """The classes that can be taken back by a teacher whose page was closed."""

    @authenticated
    def post(self) -> None:
        """Code, page and number of phones of each; no secret."""
        self.answer(self._classes)

    def _classes(self) -> dict[str, Any]:
        self.said_by_teacher()
        known = ((room.code, room.session) for room in self.classroom.rooms.all())
        return {"classes": [{"code": code, "page": one.page, "connected": one.connected} for code, one in known]}


class OpenHandler(_ServerHandler):
    """Opens a session for a page, or hands on the one of a code: the page that led it until now is sent away."""

    @authenticated
    def post(self) -> None:
        """The code, the secret, the link and the page of the session."""
        self.answer(self._open)

    def _open(self) -> dict[str, Any]:
        match self.said_by_teacher():
            case {"code": str(code)}:
                room = self.room(code)
                room.take_over()
            case {"page": str(page)}:
                room = self.classroom.rooms.open(page)
                self.set_status(201)
            case _:
                raise NonsenseError
        link = self.classroom.join_link(room.code)
        qr = segno.make(link, micro=False).svg_data_uri(scale=8)
        return {"code": room.code, "secret": room.secret, "join": link, "qr": qr, "page": room.session.page}


class PartsHandler(ClassScriptHandler):
    """What the reveal of a question unlocks."""

    @authenticated
    def get(self, code: str, page: str, question: str) -> None:
        """The content of its templates by their numbers."""
        self.answer(lambda: self._parts(self.room(code), page, question))

    def _parts(self, room: Room, page: str, question: str) -> File:
        if not room.session.is_unlocked(page, question):
            raise RefusedError(403, LOCKED)
        return room.parts(page, question)


class StateHandler(ClassScriptHandler):
    """Snapshots for those whose sockets are blocked."""

    @authenticated
    def get(self, code: str) -> None:
        """The snapshot of a device, or of the teacher if the secret comes with it."""
        self.answer(lambda: self._state(self.room(code)))

    def _state(self, room: Room) -> str:
        if SECRET in self.request.headers:
            self.require_secret(room.secret, self.request.headers[SECRET])
            return room.teacher()
        if self.device:
            room.poll(self.device)
        return room.pupil(self.device)


class GuessHandler(ClassScriptHandler):
    """Guesses of those whose sockets are blocked."""

    @authenticated
    def post(self, code: str) -> None:
        """The device's snapshot after its guess."""
        self.answer(lambda: self._guess(self.room(code)))

    def _guess(self, room: Room) -> dict[str, Any]:
        said = self.message(PUPIL_BYTES)
        if self.device is None:
            raise RefusedError(403, NO_DEVICE)
        guess(room.session, self.device, said)
        room.has_guessed(self.device)
        return {"snapshot": room.session.pupil(self.device)}


class TeachHandler(ClassScriptHandler):
    """What a teacher does whose sockets are blocked."""

    @authenticated
    def post(self, code: str) -> None:
        """The teacher's snapshot after it."""
        self.answer(lambda: self._teach(self.room(code)))

    def _teach(self, room: Room) -> str:
        self.require_secret(room.secret, self.request.headers.get(SECRET))
        act(room.session, self.message(TEACHER_BYTES), room.questions_of)
        room.has_changed()
        self.classroom.rooms.close_if_ended(room)
        return room.teacher()


class GuessesHandler(ClassScriptHandler):
    """The guesses of a class as a table."""

    @authenticated
    def get(self, code: str) -> None:
        """How many guessed what, without a word about who."""
        self.answer(lambda: self._table(self.room(code)))

    def _table(self, room: Room) -> str:
        self.require_secret(room.secret, self.request.headers.get(SECRET))
        self.set_header("Content-Type", "text/csv; charset=utf-8")
        self.set_header("Content-Disposition", 'attachment; filename="guesses.csv"')
        text = io.StringIO("\ufeff", newline="")  # a byte order mark: without it, Excel misreads UTF-8
        text.seek(0, io.SEEK_END)
        table = csv.writer(text)
        table.writerow(COLUMNS)
        table.writerows(room.session.rows())
        return text.getvalue()
