"""Makes the prepared states beside the server, and rests while a reader's page starts."""

import asyncio
import logging
import sys
from contextlib import suppress

import psutil

from prolo_dash.render.state_cache import missing_states

REST = 3  # seconds in which no states are made after a reader has come: the page starts on the same machine, maybe
CONSIDERATE_FOR = 60  # seconds after the start in which that holds; then they are made, however many readers come
RETRY_AFTER = 600  # seconds until what could not be made or kept is tried once more

_LOG = logging.getLogger("prolo_dash")


class StatePreparer:
    """A process of its own that makes what is missing; meanwhile the server answers for it.

    A low priority alone does not keep it out of a browser's way: Linux weighs that within one session only.
    """

    def __init__(self, rest: float = REST, spared: float = CONSIDERATE_FOR) -> None:
        """Seconds: of a ``rest``, and after the start in which it rests."""
        self._rest, self._spared = rest, spared
        self._process: asyncio.subprocess.Process | None = None
        self._spared_until = self._not_before = 0.0
        self._resume_timer: asyncio.TimerHandle | None = None

    async def start(self) -> None:
        """Begin, if a state is missing and nobody makes it yet; a fault is told in the log, in one sentence."""
        now = asyncio.get_running_loop().time()
        if self.is_running or now < self._not_before or not missing_states():
            return
        self._spared_until, self._not_before = now + self._spared, now + RETRY_AFTER
        self._process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "prolo_dash.render.state_cache", stderr=asyncio.subprocess.PIPE
        )
        _, said = await self._process.communicate()
        if self._process.returncode and self._process.returncode > 0:
            last = said.decode(errors="replace").strip().rpartition("\n")[2]
            _LOG.warning("Settings are answered by the server, for they could not be prepared: %s", last)

    def rest(self) -> None:
        """A reader has come: stand still for a moment."""
        if not self.is_running or asyncio.get_running_loop().time() > self._spared_until:
            return
        if self._resume_timer:
            self._resume_timer.cancel()
        self._signal("suspend")
        self._resume_timer = asyncio.get_running_loop().call_later(self._rest, self._signal, "resume")

    def stop(self) -> None:
        """End it, finished or not."""
        if self._resume_timer:
            self._resume_timer.cancel()
        self._signal("terminate")
        self._signal("resume")  # what stands still hears nothing else

    @property
    def is_running(self) -> bool:
        """Whether its process runs, or stands still."""
        return self._process is not None and self._process.returncode is None

    def _signal(self, wish: str) -> None:
        if self._process and self.is_running:
            with suppress(psutil.NoSuchProcess):
                getattr(psutil.Process(self._process.pid), wish)()
