"""The routes of prepared pages, shared by the application and the server extension.

No kernel is started for reading. What a reader types in is computed in the server's own process, in a few milliseconds,
by the same function as in a notebook.
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
from prolo_dash.jupyter.pages import CACHE_FOREVER, File, Pages
from prolo_dash.jupyter.preparer import StatePreparer
from prolo_dash.jupyter.render_queue import QueueFullError, RenderQueue
from prolo_dash.kit.controls import Choice
from prolo_dash.render.html import SORRY, answer_to
from prolo_dash.render.precompute import edition, file_name
from prolo_dash.render.state_cache import cache_folder, cached_state

MAX_REQUEST_BYTES = 500_000  # the largest file that a reader can load, with a margin
MAX_SETTINGS = 100  # in one request; a view has about 30
MAX_WAIT = 4.0  # seconds that a request waits for its turn
SHARE_OF_MEMORY = 10  # waiting requests may take a tenth of the free memory

BUSY = "Too many readers are asking at once. What is prepared still works; try once more in a moment."
NONSENSE = "This page asked for something that the explainer does not have. Reload the page."
# For a sandboxed frame, the files of its own page are cross-origin. This exposes nothing behind a login.
ALLOW_FRAMES = ("Access-Control-Allow-Origin", "*")
FOREIGN_ORIGIN = "Only the explainer's own pages may ask here."

_LOG = logging.getLogger("prolo_dash")


@dataclass(frozen=True)
class Services:
    """What the handlers need: pages, the preparer of states, the queue of requests, the library."""

    pages: Pages
    preparer: StatePreparer
    queue: RenderQueue
    library: Library
    show_tracebacks: bool = False


def services_for(pages: Pages, library: Library, *, longest_wait: float, show_tracebacks: bool) -> Services:
    """The services of a server. ``longest_wait``: seconds that a request waits for its turn."""
    max_bytes = psutil.virtual_memory().available // SHARE_OF_MEMORY
    return Services(pages, StatePreparer(), RenderQueue(longest_wait, max_bytes), library, show_tracebacks)


def routes(prefix: str, services: Services) -> list[Rule]:
    """The routes under a prefix, such as ``/class/``. Other addresses are left to later rules."""
    states = url_path_join(prefix, r"states/([\w.]+)")
    return [
        Rule(PrefixMatcher(prefix, services.pages, _file_at), FileHandler, {"services": services}),
        Rule(PathMatches(states), StatesHandler, {"services": services}),
        Rule(PathMatches(url_path_join(prefix, "live")), LiveHandler),
        Rule(PathMatches(url_path_join(prefix, "answer")), AnswerHandler, {"services": services}),
    ]


class PrefixMatcher(Matcher):
    """Matches addresses under a prefix by what is there now: a changed notebook may no longer be prepared.

    ``found`` returns the handler's argument for an address relative to the prefix; None leaves it to later rules.
    """

    def __init__(self, prefix: str, pages: Pages, found: Callable[[Pages, str], str | None]) -> None:
        self._prefix, self._pages, self._found = prefix, pages, found

    def match(self, request: HTTPServerRequest) -> dict[str, Any] | None:
        """The handler's arguments, if the request matches."""
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
    """Requires a login if the server has one. Without logins it sets no cookie; Jupyter would set one for 30 days."""

    async def prepare(self, **_: Any) -> None:
        """Authenticate the reader, if the server has logins."""
        if self.identity_provider.auth_enabled:
            await super().prepare()
        else:
            self.current_user = self._jupyter_current_user = "reader"

    def check_xsrf_cookie(self) -> None:
        """Not needed: what changes anything checks where it comes from.

        (JupyterHub would require a token even for a script that a page loads as a module.)
        """

    def check_origin(self, origin_to_satisfy_tornado: str = "") -> bool:
        """Whether a request comes from a page of this server; an origin that is no address is not."""
        try:
            return bool(super().check_origin(origin_to_satisfy_tornado))
        except ValueError:
            return False

    def write_error(self, status_code: int, **_: Any) -> None:
        """Answer with a sentence, because Jupyter's own error page needs templates that are not installed here."""
        self.set_header("Content-Type", "text/plain; charset=utf-8")
        self.finish(f"{status_code}: {self._reason}. This address does not answer that.")

    def set_default_headers(self) -> None:
        """The headers of every response."""
        super().set_default_headers()
        self.set_header("Referrer-Policy", "same-origin")
        self.clear_header("Server")

    def send(self, file: File) -> None:
        """A file, compressed for those who take that."""
        self.set_header("Content-Type", file.kind)
        self.set_header("Vary", "Accept-Encoding")
        if "gzip" in self.request.headers.get("Accept-Encoding", ""):
            self.set_header("Content-Encoding", "gzip")
            self.write(file.packed)
        else:
            self.write(file.content)


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
        if file.is_page:  # no CORS header: a reader's own notebook may be among the pages
            self._services.preparer.rest()
            framed_by = "'self'" if self.identity_provider.auth_enabled else "*"
            self.set_header("Content-Security-Policy", f"{file.policy}; frame-ancestors {framed_by}")
        else:
            self.set_header(*ALLOW_FRAMES)
        self.set_header("Cache-Control", file.cache)
        self.send(file)

    head = get  # used by link previews and monitors; tornado then sends no body


class ScriptRequestHandler(PreparedHandler):
    """Addresses that only the page's script requests: without a login they answer 403 instead of redirecting."""

    def get_login_url(self) -> str:
        """Refuse instead of redirecting a script to the login page."""
        raise HTTPError(403)

    def write_error(self, status_code: int, **_: Any) -> None:
        """Send only the status."""
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
            asyncio.get_running_loop().create_task(self._services.preparer.start())  # it is missing or damaged
            self.set_header("Cache-Control", "no-store")
            self.set_status(204)
        else:
            self.set_header("Content-Type", "application/octet-stream")
            self.set_header("Cache-Control", CACHE_FOREVER)
            self.write(content)


class CachedFileHandler(ScriptRequestHandler):
    """The same files at plain Voilà's addresses, for live notebooks; Voilà's own handler would not require a login."""

    @authenticated
    def get(self, address: str) -> None:
        """The file at an address relative to the cache folder."""
        try:
            content = (cache_folder() / address).read_bytes()
        except OSError:
            raise HTTPError(404) from None
        self.set_header("Content-Type", "application/octet-stream")
        self.set_header("Cache-Control", CACHE_FOREVER)
        self.write(content)


def cached_files(server_root: str) -> Rule:
    """The route of cached files at plain Voilà's addresses."""
    place = url_path_join(server_root, r"voila/templates/prolo/static/((?:states|static)/[\w.]+)")
    return Rule(PathMatches(place), CachedFileHandler)


class LiveHandler(ScriptRequestHandler):
    """Confirms the connection, with the server's edition: a page of another edition asks to be reloaded."""

    @authenticated
    def get(self) -> None:
        """An empty response."""
        self.set_header("X-Prolo-Edition", edition())
        self.set_header("Cache-Control", "no-store")
        self.set_status(204)


class AnswerHandler(ScriptRequestHandler):
    """Answers the page's requests: a state that is not prepared, or a reader's file. It stores nothing."""

    def initialize(self, services: Services) -> None:
        """Take the prepared part of the server."""
        self._services = services
        self._answering: asyncio.Task[bytes] | None = None

    @authenticated
    async def post(self) -> None:
        """The answer as JSON; for a fault, a plain sentence to the reader and the traceback in the log."""
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
        except Exception:  # logged without the request: what a reader types is not stored
            _LOG.exception("A request could not be answered.")
            self._refuse(500, f"{SORRY}\n{traceback.format_exc()}" if self._services.show_tracebacks else SORRY)

    def on_connection_close(self) -> None:
        """Cancel a request whose reader has left."""
        if self._answering:
            self._answering.cancel()

    def _answer(self, request: Any) -> bytes:
        answer = answer_to(self._services.library, request)
        return json.dumps(answer, ensure_ascii=False, separators=(",", ":")).encode()

    def _refuse(self, status: int, sentence: str) -> None:
        self.set_status(status)
        self.write({"error": sentence})


def _parsed_request(body: bytes) -> Any:
    """A request from its JSON; ValueError if it is too large or has more settings than any view."""
    request = json.loads(body) if len(body) <= MAX_REQUEST_BYTES else None
    if not isinstance(request, dict) or len(request.get("params") or ()) > MAX_SETTINGS:
        raise ValueError
    return request


def _kind(library: Library, request: dict[str, Any]) -> tuple[str, ...]:
    """The kind of a request, for estimating its time: its view and choices, and nothing else that a reader sends."""
    view = VIEW_BY_KEY[request["view"]]
    if "file" in request:
        return (view.key, "file")
    params = request["params"]
    choices = {name: control for name, control in view.controls(library).items() if isinstance(control, Choice)}
    return (view.key, *(f"{name}={params[name]}" for name, one in choices.items() if params.get(name) in one.values()))
