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
from prolo_dash.jupyter.pages import CACHE_FOREVER, Pages
from prolo_dash.jupyter.preparer import StatePreparer
from prolo_dash.jupyter.render_queue import QueueFullError, RenderQueue
from prolo_dash.kit.controls import Choice
from prolo_dash.render.html import SORRY, answer_to
from prolo_dash.render.precompute import edition, file_name
from prolo_dash.render.state_cache import cache_folder, cached_state

MAX_REQUEST_BYTES = 500_000  # bytes: the largest file that a reader can load, with room to spare
MAX_SETTINGS = 100  # of one request; a view has some 30
MAX_WAIT = 4.0  # seconds that a request waits for its turn
SHARE_OF_MEMORY = 10  # waiting requests may take a tenth of what is free

BUSY = "Too many readers are asking at once. What is prepared still works; try once more in a moment."
NONSENSE = "This page asked for something that the explainer does not have. Reload the page."
# To a sandboxed frame the files of its own page are another site's. Who has logged in is told nothing by this.
ALLOW_FRAMES = ("Access-Control-Allow-Origin", "*")
FOREIGN_ORIGIN = "Only the explainer's own pages may ask here."

_LOG = logging.getLogger("prolo_dash")


@dataclass(frozen=True)
class Services:
    """What the routes need: pages, who prepares states, the queue of requests, what is known."""

    pages: Pages
    preparer: StatePreparer
    queue: RenderQueue
    library: Library
    show_tracebacks: bool = False


def services_for(pages: Pages, library: Library, *, longest_wait: float, show_tracebacks: bool) -> Services:
    """The prepared part of a server. ``longest_wait``: seconds that a request waits for its turn."""
    max_bytes = psutil.virtual_memory().available // SHARE_OF_MEMORY
    return Services(pages, StatePreparer(), RenderQueue(longest_wait, max_bytes), library, show_tracebacks)


def routes(prefix: str, services: Services) -> list[Rule]:
    """The routes under a prefix, as ``/class/``. Addresses that are not prepared are left to who comes after them."""
    states = url_path_join(prefix, r"states/([\w.]+)")
    return [
        Rule(PrefixMatcher(prefix, services.pages, _file_at), FileHandler, {"services": services}),
        Rule(PathMatches(states), StatesHandler, {"services": services}),
        Rule(PathMatches(url_path_join(prefix, "live")), LiveHandler),
        Rule(PathMatches(url_path_join(prefix, "answer")), AnswerHandler, {"services": services}),
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

    def initialize(self, services: Services) -> None:
        """Take the prepared part of the server."""
        self._services = services

    @authenticated
    def get(self, address: str) -> None:
        """The file, or "not modified"."""
        file = self._services.pages.find(address)
        if file is None or (file.is_embedded and self.identity_provider.auth_enabled):
            raise HTTPError(404)
        if file.is_page:  # not for other sites' scripts to read: a notebook of one's own may be among them
            self._services.preparer.rest()
            framed_by = "'self'" if self.identity_provider.auth_enabled else "*"
            self.set_header("Content-Security-Policy", f"{file.policy}; frame-ancestors {framed_by}")
        else:
            self.set_header(*ALLOW_FRAMES)
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

    def initialize(self, services: Services) -> None:
        """Take the prepared part of the server."""
        self._services = services

    @authenticated
    def get(self, name: str) -> None:
        """The file of that name in this edition."""
        self.set_header(*ALLOW_FRAMES)
        if name not in {file_name(key) for key in VIEW_BY_KEY}:
            raise HTTPError(404)
        content = cached_state(name)
        if content is None:
            asyncio.get_running_loop().create_task(self._services.preparer.start())  # it was deleted, or is damaged
            self.set_header("Cache-Control", "no-store")
            self.set_status(204)
        else:
            self.set_header("Content-Type", "application/octet-stream")
            self.set_header("Cache-Control", CACHE_FOREVER)
            self.write(content)


class CachedFileHandler(ScriptRequestHandler):
    """The same files where plain Voilà has them, for live notebooks; Voilà itself would ask nobody for a login."""

    @authenticated
    def get(self, address: str) -> None:
        """The file at that address, seen from the folder where such files are kept."""
        try:
            content = (cache_folder() / address).read_bytes()
        except OSError:
            raise HTTPError(404) from None
        self.set_header("Content-Type", "application/octet-stream")
        self.set_header("Cache-Control", CACHE_FOREVER)
        self.write(content)


def cached_files(server_root: str) -> Rule:
    """The route of files that are kept where plain Voilà finds them."""
    place = url_path_join(server_root, r"voila/templates/prolo/static/((?:states|static)/[\w.]+)")
    return Rule(PathMatches(place), CachedFileHandler)


class LiveHandler(ScriptRequestHandler):
    """Says that the live part is there, and in which edition: a page of another one is to be loaded again."""

    @authenticated
    def get(self) -> None:
        """Nothing, in as few bytes as can be."""
        self.set_header("X-Prolo-Edition", edition())
        self.set_header("Cache-Control", "no-store")
        self.set_status(204)


class AnswerHandler(ScriptRequestHandler):
    """Answers a request of the page: a state that is not prepared, or a reader's file. Nothing of it is kept."""

    def initialize(self, services: Services) -> None:
        """Take the prepared part of the server."""
        self._services = services
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
            request = _parsed_request(self.request.body)
            kind = _kind(self._services.library, request)
            work = self._services.queue.answer(kind, len(self.request.body), lambda: self._answer(request))
            self._answering = asyncio.ensure_future(work)
            self.write(await self._answering)
        except asyncio.CancelledError:  # the reader has left
            return
        except QueueFullError:
            self.set_header("Retry-After", "2")
            self._refuse(503, BUSY)
        except (KeyError, TypeError, ValueError, AttributeError, RecursionError):
            self._refuse(400, NONSENSE)
        except Exception:  # told without the request: what is typed in is kept nowhere
            _LOG.exception("A request could not be answered.")
            self._refuse(500, f"{SORRY}\n{traceback.format_exc()}" if self._services.show_tracebacks else SORRY)

    def on_connection_close(self) -> None:
        """A request whose reader has left needs no answer."""
        if self._answering:
            self._answering.cancel()

    def _answer(self, request: Any) -> bytes:
        answer = answer_to(self._services.library, request)
        return json.dumps(answer, ensure_ascii=False, separators=(",", ":")).encode()

    def _refuse(self, status: int, sentence: str) -> None:
        self.set_status(status)
        self.write({"error": sentence})


def _parsed_request(body: bytes) -> Any:
    """What a page asks; ValueError for what is too large or has more settings than any view."""
    request = json.loads(body) if len(body) <= MAX_REQUEST_BYTES else None
    if not isinstance(request, dict) or len(request.get("params") or ()) > MAX_SETTINGS:
        raise ValueError
    return request


def _kind(library: Library, request: dict[str, Any]) -> tuple[str, ...]:
    """Requests that take about as long: of one view, with the same choices. What else a reader sends is not kept."""
    view = VIEW_BY_KEY[request["view"]]
    if "file" in request:
        return (view.key, "file")
    params = request["params"]
    choices = {name: control for name, control in view.controls(library).items() if isinstance(control, Choice)}
    return (view.key, *(f"{name}={params[name]}" for name, one in choices.items() if params.get(name) in one.values()))
