"""A kernel client for Voilà that works around a hang: a cell could wait for its reply for ever.

A cell with an output widget (``interact`` makes one) sends to its kernel while it waits for the kernel's reply. About
one reply in ten then went unnoticed, because sending clears the socket's edge-triggered signal of incoming messages:
see https://github.com/jupyter/nbclient/issues/312.
"""

from queue import Empty
from typing import Any

from jupyter_client.asynchronous.client import AsyncKernelClient
from jupyter_client.channels import AsyncZMQSocketChannel
from traitlets import Type

POLL_INTERVAL = 0.5  # seconds


class PolledChannel(AsyncZMQSocketChannel):
    """A channel that polls for messages instead of relying on the socket's signal."""

    async def get_msg(self, timeout: float | None = None) -> dict[str, Any]:  # type: ignore[override]
        """The next message. ``timeout``: seconds after which ``queue.Empty`` is raised; None: never."""
        while timeout is None:
            try:
                return await super().get_msg(POLL_INTERVAL)
            except Empty:
                continue
        return await super().get_msg(timeout)


class PolledKernelClient(AsyncKernelClient):
    """A kernel client that polls for replies."""

    shell_channel_class = Type(PolledChannel)
