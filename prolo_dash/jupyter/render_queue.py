"""A queue of readers' requests, answered one at a time in a worker thread, so that files are served meanwhile.

The queue is bounded by time: a request that would wait too long is refused. Quick requests go before slow ones, so that
a few large replays do not keep everybody else waiting; the time of a kind of request is estimated from the last ones.
"""

import asyncio
import heapq
import itertools
import time
from collections.abc import Callable, Hashable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import TypeVar

Answer = TypeVar("Answer")

_NEWEST_WEIGHT = 0.3  # of the newest time in the exponential average for a kind of request


class QueueFullError(Exception):
    """A request has waited too long, or there is no memory for another one."""


@dataclass(order=True)
class _Turn:
    expected: float
    number: int
    come: "asyncio.Future[None]" = field(compare=False)


class RenderQueue:
    """A worker thread and the requests that wait for it."""

    def __init__(self, longest_wait: float, max_bytes: int) -> None:
        """``longest_wait``: seconds that a request waits for its turn; ``max_bytes``: of all that wait at once."""
        self._longest_wait, self._most_bytes = longest_wait, max_bytes
        self._worker = ThreadPoolExecutor(max_workers=1)
        self._waiting: list[_Turn] = []
        self._waiting_bytes = 0
        self._busy = False
        self._numbers = itertools.count()
        self._seconds: dict[Hashable, float] = {}

    async def answer(self, kind: Hashable, size: int, work: Callable[[], Answer]) -> Answer:
        """What ``work`` returns, or raises. ``kind``: requests that take about as long; ``size``: bytes of this one.

        QueueFullError if its turn does not come in time. Cancelling it while it waits removes it from the queue.
        """
        if self._waiting_bytes + size > self._most_bytes:
            raise QueueFullError
        self._waiting_bytes += size
        try:
            await self._turn(kind)
        finally:
            self._waiting_bytes -= size
        return await asyncio.shield(asyncio.ensure_future(self._work(kind, work)))

    async def _turn(self, kind: Hashable) -> None:
        if not self._busy:
            self._busy = True
            return
        turn = _Turn(self._seconds.get(kind, 0.0), next(self._numbers), asyncio.get_running_loop().create_future())
        heapq.heappush(self._waiting, turn)
        try:
            await asyncio.wait_for(asyncio.shield(turn.come), self._longest_wait)
        except TimeoutError:
            self._leave(turn)
            raise QueueFullError from None
        except asyncio.CancelledError:
            self._leave(turn)
            raise

    def _leave(self, turn: _Turn) -> None:
        if turn.come.done():  # its turn has just come: pass it on
            self._next()
        else:
            turn.come.cancel()

    async def _work(self, kind: Hashable, work: Callable[[], Answer]) -> Answer:
        start = time.perf_counter()
        try:
            return await asyncio.get_running_loop().run_in_executor(self._worker, work)
        finally:
            took = time.perf_counter() - start
            self._seconds[kind] = took + (1 - _NEWEST_WEIGHT) * (self._seconds.get(kind, took) - took)
            self._next()

    def _next(self) -> None:
        while self._waiting:
            turn = heapq.heappop(self._waiting)
            if not turn.come.done():
                turn.come.set_result(None)
                return
        self._busy = False
