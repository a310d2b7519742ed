"""Snapshots to one socket. Only the newest is sent: a slow reader misses those in between, and nothing piles up."""

import asyncio
from collections.abc import Awaitable, Callable

from tornado.websocket import WebSocketClosedError


class Feed:
    """Sends a snapshot whenever it is woken, at most one at a time and with a pause after each."""

    def __init__(self, snapshot: Callable[[], str], send: Callable[[str], Awaitable[None]], pause: float) -> None:
        """``snapshot`` makes the newest; ``send`` returns once the network has taken it; ``pause``: seconds."""
        self._snapshot, self._send, self._pause = snapshot, send, pause
        self._is_stale = False
        self._sending: asyncio.Task[None] | None = None

    def wake(self) -> None:
        """There is something new."""
        self._is_stale = True
        if self._sending is None:
            self._sending = asyncio.get_running_loop().create_task(self._run())

    async def _run(self) -> None:
        try:
            while self._is_stale:
                self._is_stale = False
                await self._send(self._snapshot())
                await asyncio.sleep(self._pause)
        except WebSocketClosedError:
            pass
        finally:
            self._sending = None
