"""What the prepared part of the server answers: one list of routes for the application and for the server extension.

No kernel is started for reading. What a reader types in is answered by the server's own process, in a few milliseconds,
by the same function that answers in a notebook.
"""

import asyncio
import json
import logging
import traceback
from dataclasses import dataclass
from typing import Any

import psutil
from jupyter_server.base.handlers import JupyterHandler
from jupyter_server.utils import url_path_join
from tornado.httputil import HTTPServerRequest
from tornado.routing import Matcher, PathMatches, Rule
from tornado.web import HTTPError, RequestHandler, authenticated

from prolo_dash.editions.html import SORRY, answer_to
from prolo_dash.editions.prepared import edition, file_name
from prolo_dash.editions.states import kept_state
from prolo_dash.evidence.library import Library
from prolo_dash.jupyter.pages import FOR_EVER, Pages
from prolo_dash.jupyter.preparer import Preparer
from prolo_dash.jupyter.render_queue import QueueFullError, RenderQueue
from prolo_dash.views.chapters import VIEW_BY_KEY
from prolo_dash.views.controls import Choice, controls_of

LARGEST_QUESTION = 500_000  # bytes: the largest file that a reader can load, with room to spare
LONGEST_WAIT = 4.0  # seconds that a question waits for its turn
SHARE_OF_MEMORY = 10  # waiting questions may take a tenth of what is free

BUSY = "Too many readers are asking at once. What is prepared still works; try once more in a moment."
NONSENSE = "This page asked for something that the explainer does not have. Reload the page."
FOREIGN = "Only the explainer's own pages may ask here."

_LOG = logging.getLogger("prolo_dash")


@dataclass(frozen=True)
class Prepared:
    """What the routes need: pages, who prepares states, the queue of questions, what is known."""

    pages: Pages
    preparer: Preparer
    queue: RenderQueue
    library: Library
    show_tracebacks: bool = False


def prepared(pages: Pages, library: Library, *, longest_wait: float, show_tracebacks: bool) -> Prepared:
    """The prepared part of a server. ``longest_wait``: seconds that a question waits for its turn."""
    most_bytes = psutil.virtual_memory().available // SHARE_OF_MEMORY
    return Prepared(pages, Preparer(), RenderQueue(longest_wait, most_bytes), library, show_tracebacks)


def routes(prefix: str, part: Prepared) -> list[Rule]:
    """The routes under a prefix, as ``/class/``. Addresses that are not prepared are left to who comes after them."""
    states = url_path_join(prefix, r"states/([\w.]+)")
    return [
        Rule(_HasFile(prefix, part.pages), FileHandler, {"part": part}),
        Rule(PathMatches(states), StatesHandler, {"part": part}),
        Rule(PathMatches(url_path_join(prefix, "live")), LiveHandler),
        Rule(PathMatches(url_path_join(prefix, "answer")), AnswerHandler, {"part": part}),
    ]


class _HasFile(Matcher):
    """Matches the addresses of files that are there now: a notebook that was changed may not be prepared any more."""

    def __init__(self, prefix: str, pages: Pages) -> None:
        self._prefix, self._pages = prefix, pages

    def match(self, request: HTTPServerRequest) -> dict[str, Any] | None:
        if not request.path.startswith(self._prefix):
            return None
        address = request.path.removeprefix(self._prefix)
        self._pages.refresh()
        return {"path_args": [address]} if self._pages.find(address) else None


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
        if file is None:
            raise HTTPError(404)
        if file.is_page:
            self._part.preparer.rest()
            self.set_header("Content-Security-Policy", file.policy)
        self.set_header("Content-Type", file.kind)
        self.set_header("Cache-Control", file.cache)
        self.set_header("Vary", "Accept-Encoding")
        if "gzip" in self.request.headers.get("Accept-Encoding", ""):
            self.set_header("Content-Encoding", "gzip")
            self.write(file.packed)
        else:
            self.write(file.content)

    head = get  # link previews and monitors ask so first; tornado sends no body then


class ForScripts(PreparedHandler):
    """What only the page's script asks for: who may not have it gets a status, and is not sent to a login."""

    def get_login_url(self) -> str:
        """No login page is sent to a script."""
        raise HTTPError(403)

    def write_error(self, status_code: int, **_: Any) -> None:
        """The status says it all."""
        self.finish()


class StatesHandler(ForScripts):
    """Prepared states of a view; nothing (204) while they are still being made."""

    def initialize(self, part: Prepared) -> None:
        """Take the prepared part of the server."""
        self._part = part

    @authenticated
    def get(self, name: str) -> None:
        """The file of that name in this edition."""
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


class LiveHandler(ForScripts):
    """Says that the live part is there, and in which edition: a page of another one is to be loaded again."""

    @authenticated
    def get(self) -> None:
        """Nothing, in as few bytes as can be."""
        self.set_header("X-Prolo-Edition", edition())
        self.set_header("Cache-Control", "no-store")
        self.set_status(204)


class AnswerHandler(ForScripts):
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
            self._refuse(403, FOREIGN)
            return
        try:
            question = json.loads(self.request.body)
            work = self._part.queue.answer(_kind(question), len(self.request.body), lambda: self._answer(question))
            self._answering = asyncio.ensure_future(work)
            self.write(await self._answering)
        except asyncio.CancelledError:  # the reader has left
            return
        except QueueFullError:
            self.set_header("Retry-After", "2")
            self._refuse(503, BUSY)
        except (KeyError, TypeError, ValueError, AttributeError):
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


def _kind(question: Any) -> tuple[str, ...]:
    """Questions that take about as long: of one view, with the same choices (what is typed in is none)."""
    view = VIEW_BY_KEY[question["view"]]
    if "file" in question:
        return (view.key, "file")
    choices = [name for name, control in controls_of(view.state).items() if isinstance(control, Choice)]
    return (view.key, *(f"{name}={question['params'].get(name)}" for name in choices))


class NotFoundHandler(RequestHandler):
    """An address that does not exist: a sentence and the way back."""

    def prepare(self) -> None:
        """Answer every method alike."""
        self.set_status(404)
        self.finish(
            '<!DOCTYPE html><html lang="en"><title>No such page</title><p>There is no such page. '
            f'<a href="{self.settings["base_url"]}">Back to the explainer</a></p></html>'
        )
