"""What the prepared part of the server answers: one list of routes for the application and for the server extension.

No kernel is started for reading. What a reader types in is answered by the server's own process, in a few milliseconds,
by the same function that answers in a notebook.
"""

import asyncio
import json
import logging
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import psutil
from jupyter_server.base.handlers import JupyterHandler
from jupyter_server.utils import url_path_join
from tornado.escape import url_unescape
from tornado.httputil import HTTPServerRequest
from tornado.routing import Matcher, PathMatches, Rule
from tornado.web import HTTPError, authenticated

from prolo_dash.chapters.registry import VIEW_BY_KEY
from prolo_dash.evidence.library import Library
from prolo_dash.jupyter.pages import FOR_EVER, Pages
from prolo_dash.jupyter.preparer import StatePreparer
from prolo_dash.jupyter.render_queue import QueueFullError, RenderQueue
from prolo_dash.kit.controls import Choice
from prolo_dash.render.html import SORRY, answer_to
from prolo_dash.render.precompute import edition, file_name
from prolo_dash.render.states import kept_folder, kept_state

LARGEST_QUESTION = 500_000  # bytes: the largest file that a reader can load, with room to spare
MOST_SETTINGS = 100  # of one question; a view has some 30
LONGEST_WAIT = 4.0  # seconds that a question waits for its turn
SHARE_OF_MEMORY = 10  # waiting questions may take a tenth of what is free

BUSY = "Too many readers are asking at once. What is prepared still works; try once more in a moment."
NONSENSE = "This page asked for something that the explainer does not have. Reload the page."
# To a sandboxed frame the files of its own page are another site's. Who has logged in is told nothing by this.
FOR_FRAMES = ("Access-Control-Allow-Origin", "*")
FOREIGN_ORIGIN = "Only the explainer's own pages may ask here."

_LOG = logging.getLogger("prolo_dash")


@dataclass(frozen=True)
class Prepared:
    """What the routes need: pages, who prepares states, the queue of questions, what is known."""

    pages: Pages
    preparer: StatePreparer
    queue: RenderQueue
    library: Library
    show_tracebacks: bool = False


def prepared(pages: Pages, library: Library, *, longest_wait: float, show_tracebacks: bool) -> Prepared:
    """The prepared part of a server. ``longest_wait``: seconds that a question waits for its turn."""
    most_bytes = psutil.virtual_memory().available // SHARE_OF_MEMORY
    return Prepared(pages, StatePreparer(), RenderQueue(longest_wait, most_bytes), library, show_tracebacks)


def routes(prefix: str, part: Prepared) -> list[Rule]:
    """The routes under a prefix, as ``/class/``. Addresses that are not prepared are left to who comes after them."""
    states = url_path_join(prefix, r"states/([\w.]+)")
    return [
        Rule(PrefixMatcher(prefix, part.pages, _file_at), FileHandler, {"part": part}),
        Rule(PathMatches(states), StatesHandler, {"part": part}),
        Rule(PathMatches(url_path_join(prefix, "live")), LiveHandler),
        Rule(PathMatches(url_path_join(prefix, "answer")), AnswerHandler, {"part": part}),
    ]


class PrefixMatcher(Matcher):
    """Matches addresses under a prefix by what stands there now: a notebook that was changed may not be prepared.

    ``found`` says of an address, seen from the prefix, what is to be handed to the handler; None leaves it to others.
    """

    def __init__(self, prefix: str, pages: Pages, found: Callable[[Pages, str], str | None]) -> None:
        self._prefix, self._pages, self._found = prefix, pages, found

    def match(self, request: HTTPServerRequest) -> dict[str, Any] | None:
        """What tornado hands to the handler, if the request is for it."""
        try:
            path = str(url_unescape(request.path, plus=False))
        except UnicodeDecodeError:
            return None
        if not path.startswith(self._prefix):
            return None
        self._pages.refresh()
        found = self._found(self._pages, path.removeprefix(self._prefix))
        return None if found is None else {"path_args": [found.encode()]}


def _file_at(pages: Pages, address: str) -> str | None:
    return address if pages.find(address) else None


def unprepared_at(pages: Pages, address: str) -> str | None:
    """The name of the notebook at an address of a page, if it needs a kernel."""
    return pages.unprepared(address) or None


class PreparedHandler(JupyterHandler):  # type: ignore[misc]
    """Asks for a login where the server has one. Who needs none gets no cookie, which Jupyter would set for 30 days."""

    async def prepare(self, **_: Any) -> None:
        """Let in who may come in."""
        if self.identity_provider.auth_enabled:
            await super().prepare()
        else:
            self.current_user = self._jupyter_current_user = "reader"

    def check_xsrf_cookie(self) -> None:
        """Nothing is changed or kept by what is asked here, so there is nothing to forge.

        (JupyterHub wants a token even for a script that a page loads as a module.)
        """

    def write_error(self, status_code: int, **_: Any) -> None:
        """A sentence; Jupyter's own page for it needs what is not here."""
        self.set_header("Content-Type", "text/plain; charset=utf-8")
        self.finish(f"{status_code}: {self._reason}. This address does not answer that.")

    def set_default_headers(self) -> None:
        """What every answer says."""
        super().set_default_headers()
        self.set_header("Referrer-Policy", "same-origin")
        self.clear_header("Server")


class FileHandler(PreparedHandler):
    """A page, or a file that pages need."""

    def initialize(self, part: Prepared) -> None:
        """Take the prepared part of the server."""
        self._part = part

    @authenticated
    def get(self, address: str) -> None:
        """The file, or "not modified"."""
        file = self._part.pages.find(address)
        if file is None or (file.is_embedded and self.identity_provider.auth_enabled):
            raise HTTPError(404)
        if file.is_page:  # not for other sites' scripts to read: a notebook of one's own may be among them
            self._part.preparer.rest()
            framed_by = "'self'" if self.identity_provider.auth_enabled else "*"
            self.set_header("Content-Security-Policy", f"{file.policy}; frame-ancestors {framed_by}")
        else:
            self.set_header(*FOR_FRAMES)
        self.set_header("Content-Type", file.kind)
        self.set_header("Cache-Control", file.cache)
        self.set_header("Vary", "Accept-Encoding")
        if "gzip" in self.request.headers.get("Accept-Encoding", ""):
            self.set_header("Content-Encoding", "gzip")
            self.write(file.packed)
        else:
            self.write(file.content)

    head = get  # link previews and monitors ask so first; tornado sends no body then


class ScriptRequestHandler(PreparedHandler):
    """What only the page's script asks for: who may not have it gets a status, and is not sent to a login."""

    def get_login_url(self) -> str:
        """No login page is sent to a script."""
        raise HTTPError(403)

    def write_error(self, status_code: int, **_: Any) -> None:
        """The status says it all."""
        self.finish()


class StatesHandler(ScriptRequestHandler):
    """Prepared states of a view; nothing (204) while they are still being made."""

    def initialize(self, part: Prepared) -> None:
        """Take the prepared part of the server."""
        self._part = part

    @authenticated
    def get(self, name: str) -> None:
        """The file of that name in this edition."""
        self.set_header(*FOR_FRAMES)
        if name not in {file_name(key) for key in VIEW_BY_KEY}:
            raise HTTPError(404)
        content = kept_state(name)
        if content is None:
            asyncio.get_running_loop().create_task(self._part.preparer.start())  # it was deleted, or is damaged
            self.set_header("Cache-Control", "no-store")
            self.set_status(204)
        else:
            self.set_header("Content-Type", "application/octet-stream")
            self.set_header("Cache-Control", FOR_EVER)
            self.write(content)


class KeptFileHandler(ScriptRequestHandler):
    """The same files where plain Voilà has them, for live notebooks; Voilà itself would ask nobody for a login."""

    @authenticated
    def get(self, address: str) -> None:
        """The file at that address, seen from the folder where such files are kept."""
        try:
            content = (kept_folder() / address).read_bytes()
        except OSError:
            raise HTTPError(404) from None
        self.set_header("Content-Type", "application/octet-stream")
        self.set_header("Cache-Control", FOR_EVER)
        self.write(content)


def kept_files(server_root: str) -> Rule:
    """The route of files that are kept where plain Voilà finds them."""
    place = url_path_join(server_root, r"voila/templates/prolo/static/((?:states|static)/[\w.]+)")
    return Rule(PathMatches(place), KeptFileHandler)


class LiveHandler(ScriptRequestHandler):
    """Says that the live part is there, and in which edition: a page of another one is to be loaded again."""

    @authenticated
    def get(self) -> None:
        """Nothing, in as few bytes as can be."""
        self.set_header("X-Prolo-Edition", edition())
        self.set_header("Cache-Control", "no-store")
        self.set_status(204)


class AnswerHandler(ScriptRequestHandler):
    """Answers a question of the page: a state that is not prepared, or a reader's file. Nothing of it is kept."""

    def initialize(self, part: Prepared) -> None:
        """Take the prepared part of the server."""
        self._part = part
        self._answering: asyncio.Task[bytes] | None = None

    @authenticated
    async def post(self) -> None:
        """The answer as JSON; a fault is told plainly to the reader and in full to the log."""
        self.set_header("Cache-Control", "no-store")
        self.set_header("Content-Type", "application/json")
        if not self.check_origin():
            self._refuse(403, FOREIGN_ORIGIN)
            return
        try:
            question = _question(self.request.body)
            kind = _kind(self._part.library, question)
            work = self._part.queue.answer(kind, len(self.request.body), lambda: self._answer(question))
            self._answering = asyncio.ensure_future(work)
            self.write(await self._answering)
        except asyncio.CancelledError:  # the reader has left
            return
        except QueueFullError:
            self.set_header("Retry-After", "2")
            self._refuse(503, BUSY)
        except (KeyError, TypeError, ValueError, AttributeError, RecursionError):
            self._refuse(400, NONSENSE)
        except Exception:  # told without the question: what is typed in is kept nowhere
            _LOG.exception("A question could not be answered.")
            self._refuse(500, f"{SORRY}\n{traceback.format_exc()}" if self._part.show_tracebacks else SORRY)

    def on_connection_close(self) -> None:
        """A question whose reader has left needs no answer."""
        if self._answering:
            self._answering.cancel()

    def _answer(self, question: Any) -> bytes:
        answer = answer_to(self._part.library, question)
        return json.dumps(answer, ensure_ascii=False, separators=(",", ":")).encode()

    def _refuse(self, status: int, sentence: str) -> None:
        self.set_status(status)
        self.write({"error": sentence})


def _question(body: bytes) -> Any:
    """What a page asks; ValueError for what is too large or has more settings than any view."""
    question = json.loads(body) if len(body) <= LARGEST_QUESTION else None
    if not isinstance(question, dict) or len(question.get("params") or ()) > MOST_SETTINGS:
        raise ValueError
    return question


def _kind(library: Library, question: dict[str, Any]) -> tuple[str, ...]:
    """Questions that take about as long: of one view, with the same choices. What else a reader sends is not kept."""
    view = VIEW_BY_KEY[question["view"]]
    if "file" in question:
        return (view.key, "file")
    params = question["params"]
    choices = {name: control for name, control in view.controls(library).items() if isinstance(control, Choice)}
    return (view.key, *(f"{name}={params[name]}" for name, one in choices.items() if params.get(name) in one.values()))
