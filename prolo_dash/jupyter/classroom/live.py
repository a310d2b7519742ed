"""The socket of a phone, or of a teacher who says the secret first."""

import asyncio
import json
from collections.abc import Callable
from contextlib import suppress
from typing import Any

from tornado.web import authenticated
from tornado.websocket import WebSocketClosedError, WebSocketHandler

from prolo_dash.jupyter.classroom.feed import Feed
from prolo_dash.jupyter.classroom.messages import PUPIL_BYTES, TEACHER_BYTES, act, guess, parsed
from prolo_dash.jupyter.classroom.requests import FAULTS, NOT_THE_TEACHER, ClassScriptHandler, refusal
from prolo_dash.jupyter.classroom.rooms import PUPIL_PAUSE, TEACHER_PAUSE, Classroom, Room, is_secret
from prolo_dash.jupyter.classroom.session import ENDED, NO_DEVICE, Fault

CLOSED_ENDED, CLOSED_REFUSED, CLOSED_TOO_MANY = 4410, 4403, 4429  # of a socket
PING_EVERY = 20  # seconds
SAYS_WHO_WITHIN = 10  # seconds in which a socket without a device has to say that it is the teacher's
SLOW_DOWN = 0.2  # seconds for which a socket is not read after a fault, so that nobody gains by flooding


class LiveHandler(ClassScriptHandler, WebSocketHandler):
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
        except FAULTS as error:
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
            room.add_teacher(feed, lambda: self.close(CLOSED_REFUSED, NOT_THE_TEACHER))

    async def _say_why(self, error: Exception) -> None:
        with suppress(WebSocketClosedError):
            await self.write_message(json.dumps({"error": refusal(error)[1]}))
        await asyncio.sleep(SLOW_DOWN)

    async def _send(self, snapshot: str) -> None:
        await self.write_message(snapshot)
        if self._room and self._room.session.ended:
            self.close(CLOSED_ENDED, ENDED)

    def on_close(self) -> None:
        """Let the device go."""
        self._leave()
