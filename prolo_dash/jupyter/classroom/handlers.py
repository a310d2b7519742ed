"""The addresses of a class session. Everything is in this process, and is gone when the session ends."""

import asyncio
import csv
import io
import json
import re
import secrets
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote

import segno
from jupyter_server.utils import url_path_join
from tornado.routing import PathMatches, Rule
from tornado.web import HTTPError, authenticated
from tornado.websocket import WebSocketClosedError, WebSocketHandler

from prolo_dash.jupyter.classroom.feed import Feed
from prolo_dash.jupyter.classroom.messages import (
    NONSENSE,
    PUPIL_BYTES,
    TEACHER_BYTES,
    NonsenseError,
    act,
    guess,
    parsed,
)
from prolo_dash.jupyter.classroom.rooms import (
    CODE_LENGTH,
    LETTERS,
    MOST_SECONDS,
    PUPIL_PAUSE,
    TEACHER_PAUSE,
    Room,
    Rooms,
    is_secret,
)
from prolo_dash.jupyter.classroom.session import ENDED, NO_DEVICE, Fault, TooFastError
from prolo_dash.jupyter.pages import File, NotALessonError
from prolo_dash.jupyter.routes import PreparedHandler, ScriptRequestHandler
from prolo_dash.render.join import JOIN_POLICY, join_page
from prolo_dash.render.withheld import UP

COOKIE = "prolo-device"
SECRET = "X-Class-Secret"
NOT_THE_TEACHER = "Only the teacher of this class can do that."
NO_LESSON = "A class can’t open this page."
NO_CLASS = "There is no class with this code now. Look at the code once more, or ask your teacher."
A_CODE = "A code has four letters. Look at it once more."
LOCKED = "The answer has not been shown yet."
TOO_LONG = "That message is too long."

CLOSED_ENDED, CLOSED_REFUSED, CLOSED_TOO_MANY = 4410, 4403, 4429  # of a socket
PING_EVERY = 20  # seconds
SAYS_WHO_WITHIN = 10  # seconds in which a socket without a device has to say that it is the teacher's
SLOW_DOWN = 0.2  # seconds for which a socket is not read after a fault, so that nobody gains by flooding

_DEVICE = re.compile(r"[\w-]{22}", re.ASCII)


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
    secret: str = field(default_factory=secrets.token_urlsafe)

    def join_link(self, code: str) -> str:
        """The link for pupils."""
        return f"{self.explainer}join/{code}{self.login}"


def class_routes(prefix: str, classroom: Classroom) -> list[Rule]:
    """The routes of class sessions under a prefix."""
    session = rf"class/([a-zA-Z]{{{CODE_LENGTH}}})/"
    found: list[tuple[str, type[PreparedHandler]]] = [
        ("class", OpenHandler),
        ("join", JoinFormHandler),
        ("join/([^/]*)", JoinHandler),
        (session + r"([^/]+)\.html", PageHandler),
        (session + r"parts/([^/]+)/([\w-]+)", PartsHandler),
        (session + "live", LiveHandler),
        (session + "state", StateHandler),
        (session + "guess", GuessHandler),
        (session + "teach", TeachHandler),
        (session + r"guesses\.csv", GuessesHandler),
    ]
    return [
        Rule(PathMatches(url_path_join(prefix, path)), handler, {"classroom": classroom}) for path, handler in found
    ]


class _RefusedError(Exception):
    """A request that is refused with a status and a sentence."""

    def __init__(self, status: int, sentence: str) -> None:
        super().__init__(sentence)
        self.status, self.sentence = status, sentence


_FAULTS = (_RefusedError, NonsenseError, NotALessonError, Fault)


def _refusal(error: Exception) -> tuple[int, str]:
    """The status and the sentence for one of the faults."""
    match error:
        case _RefusedError():
            return error.status, error.sentence
        case NonsenseError():
            return 400, NONSENSE
        case NotALessonError():
            return 404, NO_LESSON
        case TooFastError():
            return 429, str(error)
        case _:
            return 409, str(error)


class _ClassPageHandler(PreparedHandler):
    """A page for phones."""

    def initialize(self, classroom: Classroom) -> None:
        """Take the sessions."""
        self.classroom = classroom

    def show_join(self, problem: str = "", *, up: str, status: int = 200) -> None:
        """The page with the field for a code."""
        self.set_status(status)
        self.set_header("Content-Security-Policy", f"{JOIN_POLICY}; frame-ancestors 'self'")
        self.set_header("Cache-Control", "no-store")
        self.write(join_page(problem, up=up))


class JoinFormHandler(_ClassPageHandler):
    """The page with one field for the code."""

    @authenticated
    def get(self) -> None:
        """The page, or the way to the class of a code."""
        code = self.get_query_argument("code", "").strip().upper()
        if not code:
            self.show_join(up="")
        elif len(code) == CODE_LENGTH and set(code) <= set(LETTERS):
            self.redirect(f"join/{code}")
        else:
            self.show_join(A_CODE, up="", status=404)

    head = get  # as of pages


class JoinHandler(_ClassPageHandler):
    """The link for pupils."""

    @authenticated
    def get(self, code: str) -> None:
        """Lead to the page that the class is at."""
        room = self.classroom.rooms.find(code)
        if room is None:
            self.show_join(NO_CLASS, up="../", status=404)
        else:
            self.redirect(f"../class/{room.code}/{quote(room.session.page)}.html")

    head = get


class PageHandler(_ClassPageHandler):
    """A lesson for a phone. It gives each browser a device of its own; one that has it already keeps it."""

    @authenticated
    def get(self, code: str, page: str) -> None:
        """The page without what is behind its questions."""
        room = self.classroom.rooms.find(code)
        path = f"{self.classroom.base}class/{code.upper()}"
        if room is None:
            self.clear_cookie(COOKIE, path=path)
            self.show_join(ENDED, up=UP, status=410)
            return
        file = room.page(page)
        if file is None or code != room.code:
            self.redirect(f"../{room.code}/{quote(room.session.page)}.html")
            return
        if not _DEVICE.fullmatch(self.get_cookie(COOKIE, "") or ""):
            device = secrets.token_urlsafe(16)
            self.set_cookie(COOKIE, device, path=path, max_age=MOST_SECONDS, httponly=True, samesite="Lax")
        self.set_header("Content-Security-Policy", f"{file.policy}; frame-ancestors 'self'")
        self.set_header("Cache-Control", "no-store")
        self.send(file)

    head = get


class _ClassScriptHandler(ScriptRequestHandler):
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
        known = self.get_cookie(COOKIE, "") or ""
        return known if _DEVICE.fullmatch(known) else None

    def room(self, code: str) -> Room:
        """The session of a code."""
        found = self.classroom.rooms.find(code)
        if found is None:
            raise _RefusedError(410, ENDED)
        return found

    def require_secret(self, secret: str, said: Any) -> None:
        """Refuse who is not the teacher."""
        if not is_secret(secret, said):
            raise _RefusedError(403, NOT_THE_TEACHER)

    def message(self, most_bytes: int) -> dict[str, Any]:
        """What was sent."""
        if len(self.request.body) > most_bytes:
            raise _RefusedError(413, TOO_LONG)
        return parsed(self.request.body, most_bytes)

    def answer(self, work: Callable[[], dict[str, Any] | str | File]) -> None:
        """Send what ``work`` returns, or why it was refused."""
        self.set_header("Cache-Control", "no-store")
        self.set_header("Content-Type", "application/json")
        try:
            found = work()
        except _FAULTS as error:
            status, sentence = _refusal(error)
            self.set_status(status)
            found = {"error": sentence}
        if isinstance(found, File):
            self.send(found)
        else:
            self.write(found)


class OpenHandler(_ClassScriptHandler):
    """Opens a session."""

    @authenticated
    def post(self) -> None:
        """The code, the secret and the link of a new session."""
        self.answer(self._open)

    def _open(self) -> dict[str, Any]:
        message = self.message(PUPIL_BYTES)
        self.require_secret(self.classroom.secret, message.get("secret"))
        page = message.get("page")
        if not isinstance(page, str):
            raise NonsenseError
        room = self.classroom.rooms.open(page)
        link = self.classroom.join_link(room.code)
        self.set_status(201)
        qr = segno.make(link, micro=False).svg_data_uri(scale=8)
        return {"code": room.code, "secret": room.secret, "join": link, "qr": qr}


class PartsHandler(_ClassScriptHandler):
    """What the reveal of a question unlocks."""

    @authenticated
    def get(self, code: str, page: str, question: str) -> None:
        """The content of its templates by their numbers."""
        self.answer(lambda: self._parts(self.room(code), page, question))

    def _parts(self, room: Room, page: str, question: str) -> File:
        if not room.session.is_unlocked(page, question):
            raise _RefusedError(403, LOCKED)
        return room.parts(page, question)


class StateHandler(_ClassScriptHandler):
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


class GuessHandler(_ClassScriptHandler):
    """Guesses of those whose sockets are blocked."""

    @authenticated
    def post(self, code: str) -> None:
        """The device's snapshot after its guess."""
        self.answer(lambda: self._guess(self.room(code)))

    def _guess(self, room: Room) -> dict[str, Any]:
        said = self.message(PUPIL_BYTES)
        if self.device is None:
            raise _RefusedError(403, NO_DEVICE)
        guess(room.session, self.device, said)
        room.has_guessed(self.device)
        return {"snapshot": room.session.pupil(self.device)}


class TeachHandler(_ClassScriptHandler):
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


class GuessesHandler(_ClassScriptHandler):
    """The guesses of a class as a table."""

    @authenticated
    def get(self, code: str) -> None:
        """How many guessed what, without a word about who."""
        self.answer(lambda: self._table(self.room(code)))

    def _table(self, room: Room) -> str:
        self.require_secret(room.secret, self.request.headers.get(SECRET))
        self.set_header("Content-Type", "text/csv; charset=utf-8")
        self.set_header("Content-Disposition", 'attachment; filename="guesses.csv"')
        text = io.StringIO()
        table = csv.writer(text)
        table.writerow(("lesson", "question", "kind", "round", "value", "count"))
        table.writerows(room.session.rows())
        return text.getvalue()


class LiveHandler(_ClassScriptHandler, WebSocketHandler):
    """The socket of a phone, or of a teacher who says the secret first."""

    ping_interval = PING_EVERY
    ping_timeout = PING_EVERY
    max_message_size = TEACHER_BYTES

    get = authenticated(WebSocketHandler.get)  # type: ignore[assignment]

    def initialize(self, classroom: Classroom) -> None:
        """Take the sessions; whose socket it is comes out when it is open."""
        super().initialize(classroom)
        self._room: Room | None = None
        self._known: str | None = None
        self._is_teacher = False
        self._leave: Callable[[], None] = lambda: None

    def open(self, code: str) -> None:
        """Let the device in; without one, wait for the secret."""
        self._known = self.device
        self._room = room = self.classroom.rooms.find(code)
        if room is None:
            self.close(CLOSED_ENDED, ENDED)
            return
        self.set_nodelay(True)
        if self._known:
            self._let_in(room, self._known)
        else:
            asyncio.get_running_loop().call_later(SAYS_WHO_WITHIN, self._refuse_strangers)

    def _let_in(self, room: Room, device: str) -> None:
        feed = Feed(lambda: room.pupil(device), self._send, PUPIL_PAUSE)
        try:
            room.add_pupil(device, feed)
        except Fault as fault:
            self.close(CLOSED_TOO_MANY, str(fault))
            return
        self._leave = lambda: room.remove_pupil(device, feed)

    def _refuse_strangers(self) -> None:
        if not self._is_teacher:
            self.close(CLOSED_REFUSED, NO_DEVICE)

    async def on_message(self, message: str | bytes) -> None:
        """Do what it says; while this takes, nothing more is read."""
        room = self._room
        if room is None or room.session.ended:
            return
        try:
            self._do(room, message)
        except _FAULTS as error:
            await self._say_why(error)

    def _do(self, room: Room, text: str | bytes) -> None:
        message = parsed(text, TEACHER_BYTES if self._is_teacher else PUPIL_BYTES)
        if "secret" in message:
            self._let_teach(room, message["secret"])
        elif self._is_teacher:
            act(room.session, message, room.questions_of)
            room.has_changed()
            self.classroom.rooms.close_if_ended(room)
        elif self._known:
            guess(room.session, self._known, message.get("guess"))
            room.has_guessed(self._known)
        else:
            self.close(CLOSED_REFUSED, NO_DEVICE)

    def _let_teach(self, room: Room, said: Any) -> None:
        if not is_secret(room.secret, said):
            self.close(CLOSED_REFUSED, NOT_THE_TEACHER)
        elif not self._is_teacher:
            self._leave()
            self._is_teacher = True
            feed = Feed(room.teacher, self._send, TEACHER_PAUSE)
            self._leave = lambda: room.remove_teacher(feed)
            room.add_teacher(feed)

    async def _say_why(self, error: Exception) -> None:
        with suppress(WebSocketClosedError):
            await self.write_message(json.dumps({"error": _refusal(error)[1]}))
        await asyncio.sleep(SLOW_DOWN)

    async def _send(self, snapshot: str) -> None:
        await self.write_message(snapshot)
        if self._room and self._room.session.ended:
            self.close(CLOSED_ENDED, ENDED)

    def on_close(self) -> None:
        """Let the device go."""
        self._leave()
