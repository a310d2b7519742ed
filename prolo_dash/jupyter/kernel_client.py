"""What Voilà runs a notebook's cells with, mended where a cell could wait for ever.

A cell with an output widget (``interact`` makes one) sends to its kernel while it waits for the kernel's reply. About
one reply in ten then arrived unnoticed, for sending takes away the socket's only sign that something has come: see
https://github.com/jupyter/nbclient/issues/312.
"""

from queue import Empty
from typing import Any

from jupyter_client.asynchronous.client import AsyncKernelClient
from jupyter_client.channels import AsyncZMQSocketChannel
from traitlets import Type

POLL_INTERVAL = 0.5  # seconds


class PolledChannel(AsyncZMQSocketChannel):
    """A channel that looks for messages again and again, whether or not it was told that one has come."""

    async def get_msg(self, timeout: float | None = None) -> dict[str, Any]:  # type: ignore[override]
        """The next message. ``timeout``: seconds after which ``queue.Empty`` is raised; None: never."""
        while timeout is None:
            try:
                return await super().get_msg(POLL_INTERVAL)
            except Empty:
                continue
        return await super().get_msg(timeout)


class PolledKernelClient(AsyncKernelClient):
    """A kernel's client whose replies are looked for."""

    shell_channel_class = Type(PolledChannel)
