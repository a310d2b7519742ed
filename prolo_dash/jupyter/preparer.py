"""Makes the prepared states beside the server, and rests while a reader's page starts."""

import asyncio
import signal
import sys
from pathlib import Path

from prolo_dash.editions.prepared import file_name
from prolo_dash.views.chapters import VIEW_BY_KEY


class Maker:
    """A process of its own that makes what is missing; meanwhile the server answers for it.

    A low priority alone does not keep it out of a browser's way: Linux weighs that within one session only.
    """

    def __init__(self, folder: Path, rest: float, spared: float) -> None:
        """``folder``: where the states are kept; seconds: of a ``rest``, and after the start in which it rests."""
        self._folder, self._rest, self._spared = folder, rest, spared
        self._process: asyncio.subprocess.Process | None = None
        self._spared_until = 0.0
        self._goes_on: asyncio.TimerHandle | None = None

    async def start(self) -> None:
        """Begin, if a state is missing."""
        if all((self._folder / file_name(key)).exists() for key in VIEW_BY_KEY):
            return
        self._spared_until = asyncio.get_running_loop().time() + self._spared
        self._process = await asyncio.create_subprocess_exec(sys.executable, "-m", "prolo_dash.editions.site")

    def rest(self) -> None:
        """A reader has come: stand still for a moment."""
        loop = asyncio.get_running_loop()
        if loop.time() > self._spared_until:
            return
        if self._goes_on:
            self._goes_on.cancel()
        self._tell(signal.SIGSTOP)
        self._goes_on = loop.call_later(self._rest, self._tell, signal.SIGCONT)

    async def stop(self) -> None:
        """End it, finished or not."""
        self._tell(signal.SIGTERM)
        self._tell(signal.SIGCONT)  # what stands still hears nothing else
        if self._process:
            await self._process.wait()

    def _tell(self, wish: signal.Signals) -> None:
        if self._process and self._process.returncode is None:
            self._process.send_signal(wish)
