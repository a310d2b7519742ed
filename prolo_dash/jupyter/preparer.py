"""Makes prepared states in a background process, and pauses while a reader's page starts."""

import asyncio
import logging
import sys
from contextlib import suppress

import psutil

from prolo_dash.render.state_cache import missing_states

REST = 3  # seconds of a pause after a request for a page, which may be starting on the same machine
CONSIDERATE_FOR = 60  # seconds after the start during which it pauses; then it goes on, however many readers come
RETRY_AFTER = 600  # seconds until it retries what could not be made or cached

_LOG = logging.getLogger("prolo_dash")


class StatePreparer:
    """A background process that makes missing states; meanwhile the server answers requests for them.

    A low priority alone does not keep it out of a browser's way: Linux applies it only within a session (autogroup).
    """

    def __init__(self, rest: float = REST, spared: float = CONSIDERATE_FOR) -> None:
        """Seconds: of a pause (``rest``), and after the start during which it pauses (``spared``)."""
        self._rest, self._spared = rest, spared
        self._process: asyncio.subprocess.Process | None = None
        self._spared_until = self._not_before = 0.0
        self._resume_timer: asyncio.TimerHandle | None = None

    async def start(self) -> None:
        """Start the process if states are missing and it is not running; a failure is logged in one sentence."""
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
        """Pause for a moment, because a reader has opened a page."""
        if not self.is_running or asyncio.get_running_loop().time() > self._spared_until:
            return
        if self._resume_timer:
            self._resume_timer.cancel()
        self._signal("suspend")
        self._resume_timer = asyncio.get_running_loop().call_later(self._rest, self._signal, "resume")

    def stop(self) -> None:
        """Terminate the process."""
        if self._resume_timer:
            self._resume_timer.cancel()
        self._signal("terminate")
        self._signal("resume")  # a suspended process handles no other signal

    @property
    def is_running(self) -> bool:
        """Whether its process is running or suspended."""
        return self._process is not None and self._process.returncode is None

    def _signal(self, wish: str) -> None:
        if self._process and self.is_running:
            with suppress(psutil.NoSuchProcess):
                getattr(psutil.Process(self._process.pid), wish)()
