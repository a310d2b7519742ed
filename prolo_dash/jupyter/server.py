"""Serves the explainer to one reader or a class: files that are made once, and answers to what is not prepared.

No kernel is started for reading. What a reader types in is answered by this process itself, in a few milliseconds, by
the same function that answers in a notebook. Every setting of the server stands here.
"""

import asyncio
import gzip
import json
import logging
import signal
import socket
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from mimetypes import guess_type
from pathlib import Path
from typing import Any

import psutil
from tornado.httpserver import HTTPServer
from tornado.web import Application, RequestHandler

from prolo_dash.editions.html import SORRY, answer_to
from prolo_dash.editions.page import STATIC
from prolo_dash.editions.prepared import file_name
from prolo_dash.editions.site import page_files, states_folder
from prolo_dash.evidence.library import library
from prolo_dash.jupyter.preparer import Maker
from prolo_dash.views.chapters import VIEW_BY_KEY

LARGEST_QUESTION = 500_000  # bytes: the largest file that a reader can load, with room to spare
LONGEST_QUEUE = 200  # questions that wait for an answer at once: the last of them about a second, at 3 to 7 ms each
SHARE_OF_MEMORY = 10  # waiting questions may take a tenth of what is free
REST = 3  # seconds in which no states are made after a reader has come: the page starts on the same machine, maybe
SPARED = 60  # seconds after the start in which that holds; then they are made, however many readers come
FOR_EVER = "public, max-age=31536000, immutable"  # addresses change with the content
EACH_TIME = "no-cache"  # asked for each time, and answered with "not modified" if so
BUSY = "Too many readers are asking at once. What is prepared still works; try once more in a moment."

_LOG = logging.getLogger("prolo_dash")


class File(RequestHandler):
    """One file, compressed once for all readers."""

    def initialize(self, content: bytes, packed: bytes, kind: str, cache: str) -> None:
        """Take the file as the application has it."""
        self._content, self._packed, self._kind, self._cache = content, packed, kind, cache

    def get(self, *_: str) -> None:
        """The file, or "not modified"."""
        self.set_header("Content-Type", self._kind)
        self.set_header("Cache-Control", self._cache)
        self.set_header("Vary", "Accept-Encoding")
        if "gzip" in self.request.headers.get("Accept-Encoding", ""):
            self.set_header("Content-Encoding", "gzip")
            self.write(self._packed)
        else:
            self.write(self._content)

    head = get  # link previews and monitors ask so first; tornado sends no body then


class Page(File):
    """A page, which only a reader asks for."""

    def prepare(self) -> None:
        """Tell that one has come, before the page is sent."""
        self.settings["arrived"]()


class Pack(RequestHandler):
    """Prepared states of a view; nothing (204) while they are still being made."""

    def initialize(self, folder: Path) -> None:
        """Take the folder of prepared states."""
        self._folder = folder

    def get(self, name: str) -> None:
        """The file of that name in this edition."""
        path = self._folder / name
        if name not in {file_name(key) for key in VIEW_BY_KEY}:
            self.set_status(404)
        elif not path.exists():
            self.set_header("Cache-Control", "no-store")
            self.set_status(204)
        else:
            self.set_header("Content-Type", "application/octet-stream")
            self.set_header("Cache-Control", FOR_EVER)
            self.write(path.read_bytes())


class Live(RequestHandler):
    """Says that the live part is there."""

    def get(self) -> None:
        """Nothing, in as few bytes as can be."""
        self.set_header("Cache-Control", "no-store")
        self.set_status(204)


class Answer(RequestHandler):
    """Answers a question of the page: a state that is not prepared, or a reader's file. Nothing of it is kept."""

    def initialize(self, desk: "Desk") -> None:
        """Take the desk that answers."""
        self._desk = desk

    async def post(self) -> None:
        """The answer as JSON; a fault is told plainly to the reader and in full to the log."""
        self.set_header("Cache-Control", "no-store")
        self.set_header("Content-Type", "application/json")
        self.write(await self._desk.answer(self.request.body))

    def check_xsrf_cookie(self) -> None:
        """Nothing is changed or kept by an answer, so there is nothing to forge."""


def most_waiting(free: int) -> int:
    """How many questions may wait at once where ``free`` bytes of memory are free: each may be of the largest size."""
    return max(1, min(LONGEST_QUEUE, free // SHARE_OF_MEMORY // LARGEST_QUESTION))


class Desk:
    """One question after another, in a thread of its own, so that files are served meanwhile."""

    def __init__(self, most: int) -> None:
        """At most ``most`` questions wait at once."""
        self._worker = ThreadPoolExecutor(max_workers=1)
        self._most, self._waiting = most, 0

    async def answer(self, body: bytes) -> bytes:
        """The answer to one question."""
        if self._waiting >= self._most:
            return _as_json({"error": BUSY})
        self._waiting += 1
        try:
            return await asyncio.get_running_loop().run_in_executor(self._worker, _answer, body)
        finally:
            self._waiting -= 1


def _answer(body: bytes) -> bytes:
    try:
        return _as_json(answer_to(library(), json.loads(body)))
    except Exception:
        _LOG.exception("a question could not be answered")  # without the question: what is typed in is kept nowhere
        return _as_json({"error": SORRY})


def _as_json(answer: dict[str, Any]) -> bytes:
    return json.dumps(answer, ensure_ascii=False, separators=(",", ":")).encode()


def application(folder: Path, share: str, most: int, arrived: Callable[[], None]) -> Application:
    """The routes: the page (``share`` as there) and its files, prepared states from ``folder``, and answers.

    ``most``: as of the desk; ``arrived``: called when a reader opens a page.
    """
    routes: list[Any] = []
    for name, content in page_files(library(), live=True, share=share).items():
        address = "/(?:index.html)?" if name == "index.html" else f"/{name}"
        kind, cache = (Page, EACH_TIME) if name.endswith(".html") else (File, FOR_EVER)
        routes.append((address, kind, _file(name, content, cache)))
    routes += [
        (r"/states/([\w.]+)", Pack, {"folder": folder}),
        (r"/live", Live),
        (r"/answer", Answer, {"desk": Desk(most)}),
    ]
    return Application(routes, default_handler_class=NotHere, arrived=arrived)


def _file(name: str, content: bytes, cache: str) -> dict[str, Any]:
    kind = guess_type(name)[0] or "application/octet-stream"
    text = "; charset=utf-8" if kind.startswith("text/") or "javascript" in kind else ""
    return {"content": content, "packed": gzip.compress(content, mtime=0), "kind": kind + text, "cache": cache}


class NotHere(RequestHandler):
    """An address that does not exist: a sentence and the way back."""

    def prepare(self) -> None:
        """Answer every method alike."""
        self.set_status(404)
        self.finish(
            '<!DOCTYPE html><html lang="en"><title>No such page</title><p>There is no such page. '
            '<a href="/">Back to the explainer</a></p></html>'
        )


def serve(address: str, port: int, *, waiting: int | None = None, share: str = "", more: str = "") -> int:
    """Serve until interrupted; 1 with a sentence if that can't start.

    ``waiting``: how many questions may wait at once (None: what the memory allows), ``share``: where others in the
    network reach the page, ``more``: what is said once it is ready.
    """
    if not (STATIC / "plotly.min.js").exists():
        print(
            "plotly.js is missing among the page's files: install the package first (pip install -e .).",
            file=sys.stderr,
        )
        return 1
    if not _free(address, port):
        print(f"Port {port} on {address} is taken or not allowed: choose another with --port.", file=sys.stderr)
        return 1
    most = waiting or most_waiting(psutil.virtual_memory().available)
    if most < LONGEST_QUEUE:
        print(f"At most {most:,} questions of readers wait at once (--waiting changes that).")
    folder = states_folder()
    maker = Maker(folder, REST, SPARED)
    routes = application(folder, share, most, maker.rest)
    ready = f"The explainer is ready at {share or f'http://{address}:{port}'} (Ctrl+C stops it){more}"
    asyncio.run(_serve(address, port, routes, maker, ready))
    return 0


def _free(address: str, port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((address, port))
        except (OSError, OverflowError):
            return False
    return True


async def _serve(address: str, port: int, routes: Application, maker: Maker, ready: str) -> None:
    server = HTTPServer(routes, max_buffer_size=LARGEST_QUESTION, max_body_size=LARGEST_QUESTION)
    server.listen(port, address)
    await maker.start()
    stop = asyncio.Event()
    for wish in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(wish, stop.set)
    print(ready, flush=True)
    await stop.wait()
    await maker.stop()
