"""Kernels of live notebooks: no more than fit into memory, and none left running when its reader has gone."""

from typing import Any

import psutil
from jupyter_server.services.kernels.kernelmanager import AsyncMappingKernelManager
from tornado.web import HTTPError
from traitlets import Integer, default

KERNEL_BYTES = 120_000_000  # memory of a kernel that has drawn every chapter, with a margin
SHARE_OF_MEMORY = 2  # kernels may take half of the memory that is free when the server starts
MAX_KERNELS = 100

FULL = "Too many live notebooks are open. Try again in a few minutes; the explainer itself needs no kernel."

# A kernel without a page is shut down, even a busy one: nobody will see its result. A kernel whose page is open is kept
# (``--MappingKernelManager.cull_connected=True`` shuts it down, too, and the page says so).
CULLING = {"cull_idle_timeout": 300, "cull_interval": 30, "cull_busy": True}  # seconds


def most_kernels(free: int) -> int:
    """How many kernels may run at once with ``free`` bytes of free memory."""
    return max(1, min(MAX_KERNELS, free // SHARE_OF_MEMORY // KERNEL_BYTES))


class BoundedKernelManager(AsyncMappingKernelManager):  # type: ignore[misc]
    """Voilà's kernel manager with a limit. (Voilà itself starts a kernel for every visitor.)"""

    most_kernels = Integer(
        config=True, help="How many kernels may run at once (default: what half of the free memory holds, at most 100)."
    )

    @default("most_kernels")
    def _what_memory_holds(self) -> int:
        return most_kernels(psutil.virtual_memory().available)

    def __init__(self, **kwargs: Any) -> None:
        """Arguments as of every kernel manager."""
        super().__init__(**kwargs)
        self._starting = 0

    async def start_kernel(self, **kwargs: Any) -> str:
        """Start a kernel and return its id; HTTPError 503 if the limit is reached."""
        if len(self) + self._starting >= self.most_kernels:
            raise HTTPError(503, FULL, reason="Too many live notebooks are open")
        self._starting += 1
        try:
            return str(await super().start_kernel(**kwargs))
        finally:
            self._starting -= 1
