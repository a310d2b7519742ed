"""Limits on connections to the server: as many as the system allows, with timeouts for idle ones."""

import logging
from typing import Any

import tornado.httpserver
from tornado.iostream import IOStream
from tornado.web import Application

try:
    import resource
except ImportError:  # Windows, which has no such limit
    resource = None  # type: ignore[assignment]

IDLE_TIMEOUT = 30  # seconds that a connection is kept without a request
BODY_TIMEOUT = 30  # seconds in which the body of a request must arrive
RESERVED_FILES = 64  # open files that the server needs for other things

_LOG = logging.getLogger("prolo_dash")


def raise_open_files_limit() -> int:
    """Raise this process's limit of open files to the system's; returns it (0 if unknown)."""
    if resource is None:
        return 0
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft != hard:
        try:
            resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
        except (OSError, ValueError):  # macOS reports a hard limit that it does not grant
            return int(soft)
    return int(hard)


class HTTPServer(tornado.httpserver.HTTPServer):
    """Tornado's server with a bound on connections.

    Without it, a process that is out of file descriptors retries accepting, and logs, thousands of times a second.
    """

    def initialize(self, application: Application, max_body_bytes: int, open_files: int) -> None:  # type: ignore[override]
        """``max_body_bytes``: bytes; ``open_files``: the process's limit (0: unknown, so no bound)."""
        super().initialize(
            application,
            idle_connection_timeout=IDLE_TIMEOUT,
            body_timeout=BODY_TIMEOUT,
            max_body_size=max_body_bytes,
            max_buffer_size=max_body_bytes,
        )
        self._most = max(1, open_files - RESERVED_FILES) if open_files > 0 else None
        self._streams: set[IOStream] = set()
        self._is_full = False

    def handle_stream(self, stream: IOStream, address: Any) -> None:
        """Serve a connection, or close it immediately if there are too many."""
        if self._most is not None and len(self._streams) >= self._most:
            self._streams = {known for known in self._streams if not known.closed()}
            self._tell(len(self._streams) >= self._most)
            if self._is_full:
                stream.close()
                return
        self._streams.add(stream)
        super().handle_stream(stream, address)

    def _tell(self, is_full: bool) -> None:
        if is_full and not self._is_full:
            _LOG.warning("%d connections are open, as many as this process may have: others are closed.", self._most)
        self._is_full = is_full
