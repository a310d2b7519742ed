"""The real page in a real browser: one server and one browser for all tests, and a window for each.

A window that its test has given back is opened again for another one, for a new one compiles every script anew (two
seconds). What a window shows is compared with what Python renders for the same state, so no test repeats the wording.
"""

import importlib
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import psutil
import pytest
from playwright.sync_api import Browser, Locator, Playwright, Request, TimeoutError, WebSocket, sync_playwright

from prolo_dash.chapters.registry import VIEW_BY_KEY
from prolo_dash.evidence.library import library
from prolo_dash.kit import plotly
from prolo_dash.kit.controls import from_params, to_query
from prolo_dash.kit.view import Rendering, plain
from prolo_dash.render.browser import FLAGS
from prolo_dash.render.page import deferred_files
from prolo_dash.render.precompute import pack_address
from prolo_dash.render.site import packs

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT / "tools"))
find_browser = importlib.import_module("find_browser")
screenshot = importlib.import_module("screenshot")

PATIENCE = 15_000  # ms for the page to answer
# Only the server's address leads anywhere. A Playwright route could do that too, but it switches the cache off.
ALONE = "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1"

_SHOWN = """(section) => {
  const part = (role) => section.querySelector(`[data-role="${role}"]`);
  return {
    state: section.dataset.state,
    sentence: part("sentence").textContent.replace(/\\s+/g, " ").trim(),
    rows: [...part("table").querySelectorAll("tr[data-row]")].map(
      (row) => [row.dataset.row, row.textContent.replace(/\\s+/g, "")]),
    marks: (part("chart").data ?? []).flatMap((trace) => trace.ids ?? []),
  };
}"""
# The script runs, and the charts on the screen are drawn.
_STANDS = """() => ["live", "off"].includes(document.documentElement.dataset.kernel)
  && [...document.querySelectorAll("section[data-view]")].every((section) => {
    const { top, bottom } = section.getBoundingClientRect();
    return section.dataset.ready === "true" || bottom < 0 || top > innerHeight;
  })"""
OPEN_VIEWS = "document.querySelectorAll('[data-folded=true] > .unfold > button').forEach((button) => button.click())"
_HAS_STATES = """() => [...document.querySelectorAll("section[data-view]")].every(
  (section) => section.dataset.states === "ready")"""
ON_SCREEN = "() => new Promise((done) => requestAnimationFrame(() => setTimeout(() => setTimeout(done))))"
_SETTLED = """([view, state, display]) => {
  const section = document.querySelectorAll(`section[data-view="${view}"]`)[display];
  if (!section) return false;
  const { ready, state: shown } = section.dataset;
  return ready === "true" && shown === state && !section.querySelector(".to-come");
}"""


# Windows are used again, but an address that a test opens is opened as in a new tab: by somebody who has made no guess,
# or, where the referrer says so, every guess.
_GUESSED = "guessed"
_NEW_TAB = """((made, guessed) => {
  const isOpened = performance.getEntriesByType("navigation")[0]?.type === "navigate";
  if (!isOpened || !location.protocol.startsWith("http")) return;
  if (document.referrer && !document.referrer.endsWith(guessed)) return;
  sessionStorage.clear();
  const here = Object.fromEntries(made.map((key) => [`${location.pathname} ${key}`, []]));
  if (document.referrer) sessionStorage.setItem("prolo-guesses-made", JSON.stringify(here));
})"""


@dataclass(frozen=True)
class Shown:
    """What a view shows: its state's URL form, its sentence, its table's rows (key, words), its chart's marks."""

    state: str
    sentence: str
    rows: list[tuple[str, str]]
    marks: list[str]


def rgb(colour: str) -> str:
    """A colour as browsers tell it."""
    return f"rgb({', '.join(str(int(colour[i : i + 2], 16)) for i in (1, 3, 5))})"


@cache
def _rendered(view: str, params: tuple[tuple[str, str], ...]) -> tuple[str, Rendering]:
    state, _ = from_params(VIEW_BY_KEY[view].state, library(), dict(params))
    shown = VIEW_BY_KEY[view].normalise(state)
    return to_query(shown), VIEW_BY_KEY[view].render(library(), shown)


def wanted(view: str, params: dict[str, str]) -> Shown:
    """What a page must show for a state that is given by its URL parameters."""
    state, rendering = _rendered(view, tuple(params.items()))
    words = [[*(cell.text + cell.note for cell in row.cells), *row.flags] for row in rendering.table.rows]
    return Shown(
        state=state,
        sentence=" ".join(plain(rendering.sentence).split()),
        rows=[(row.key, "".join("".join(said).split())) for row, said in zip(rendering.table.rows, words, strict=True)],
        marks=[mark for trace in plotly.figure(rendering.chart).data for mark in trace.get("ids", ())],
    )


class Window:
    """A browser window with the explainer in it, and a record of what it asked for and complained of."""

    def __init__(self, browser: Browser, scripts: bool = True):
        self.context = browser.new_context(java_script_enabled=scripts)
        self.context.set_default_timeout(PATIENCE)
        made = [asked.prediction_id for asked in library().package.predictions]
        self.context.add_init_script(f"{_NEW_TAB}({json.dumps(made)}, {json.dumps(_GUESSED)})")
        self.context.on("request", self._request)
        self.page = self.context.new_page()
        self.page.on("pageerror", lambda error: self.troubles.append(str(error)))
        self.page.on("console", lambda message: message.type == "error" and self.troubles.append(message.text))
        self.page.on("websocket", self._listen)

    def begin(self, server: Any, width: int = 1280, height: int = 900, dark: bool = False) -> None:
        """Nothing has been asked for yet, by a reader with this screen."""
        self.server = server
        self.forgiven = ""  # what a test that breaks something on purpose lets the browser complain of
        self.troubles: list[str] = []
        self.requests: list[Request] = []
        self.sockets: list[WebSocket] = []
        self.frames: list[str | bytes] = []
        self.page.set_viewport_size({"width": width, "height": height})
        self.page.emulate_media(color_scheme="dark" if dark else "light", reduced_motion="reduce")

    def give_back(self) -> None:
        """Leave the page, and take back what a test has changed of the window."""
        for page in self.context.pages:
            if page is not self.page:
                page.close()
        self.page.unroute_all(behavior="ignoreErrors")
        self.page.goto("about:blank")
        self.context.set_offline(False)
        self.context.clear_permissions()
        self.page.emulate_media(media="null", contrast="null", forced_colors="null")

    def _request(self, request: Request) -> None:
        self.requests.append(request)

    def _listen(self, socket: WebSocket) -> None:
        self.sockets.append(socket)
        socket.on("framesent", self._frame)
        socket.on("framereceived", self._frame)

    def _frame(self, frame: str | bytes) -> None:
        self.frames.append(frame)

    def go(self, path: str = "", guessed: bool = False) -> None:
        """Open an address as in a new tab, or as in one in which all guesses were made."""
        referer = self.server.address + _GUESSED if guessed else None
        self.page.goto(self.server.address + path, referer=referer)

    def wait_ready(self) -> None:
        """Wait until the page can be used, and what is on the screen is drawn."""
        if "present=" in self.page.url:
            self.page.wait_for_selector(".bar .at:not(:empty)")
        else:
            self.page.wait_for_function(_STANDS)

    def open_views(self) -> None:
        """Open the views that come folded, as a reader does one by one."""
        self.page.evaluate(OPEN_VIEWS)
        self.wait_ready()

    def wait_whole(self) -> None:
        """Wait until every chart of the page is drawn."""
        self.page.wait_for_function(screenshot.READY, timeout=4 * PATIENCE)

    def view(self, key: str, display: int = 0) -> Locator:
        """A view; a notebook may display it more than once."""
        return self.page.locator(f'section[data-view="{key}"]').nth(display)

    def part(self, key: str, role: str, display: int = 0) -> Locator:
        return self.view(key, display).locator(f'[data-role="{role}"]')

    def input(self, key: str, name: str, value: str | None = None, display: int = 0) -> Locator:
        """The native input of a control, or of one of its options; conditions are those of the page, if it has them."""
        named = f'[name="{name}"]' + (f'[value="{value}"]' if value is not None else "")
        bar = self.page.locator('[data-role="page-controls"]')
        if name == "conditions" and bar.is_visible():
            return bar.locator(named)
        return self.view(key, display).locator(named)

    def shown(self, key: str, display: int = 0) -> Shown:
        seen = self.view(key, display).evaluate(_SHOWN)
        return Shown(**seen | {"rows": [tuple(row) for row in seen["rows"]]})

    def must_show(self, key: str, display: int = 0, **params: str) -> None:
        """Wait for the state that the parameters name; sentence, table and chart must be what Python renders."""
        rendered = wanted(key, params)
        with suppress(TimeoutError):
            self.page.wait_for_function(_SETTLED, arg=[key, rendered.state, display])
            self.page.evaluate(ON_SCREEN)
        assert self.shown(key, display) == rendered

    def must_have_states(self) -> None:
        """Use the page, and wait until the prepared states of every view are in it."""
        self.page.keyboard.press("Shift")
        self.page.wait_for_function(_HAS_STATES, timeout=90_000)

    def unfold(self) -> None:
        self.page.evaluate("document.querySelectorAll('details').forEach((details) => { details.open = true; })")

    def wait_until(self, holds: Callable[[], bool], seconds: float = 10) -> bool:
        """Whether something outside the page comes true in time; what the page tells meanwhile is heard."""
        return screenshot.waited(lambda: self.page.evaluate("() => true") and holds(), seconds)

    def kernel(self) -> str:
        """The name of the kernel behind the page."""
        return self.page.locator("body").get_attribute("data-kernel") or ""

    def kernels(self) -> dict[str, psutil.Process]:
        """The processes of the server's kernels that are alive, by name."""
        found = {}
        for child in psutil.Process(self.server.pid).children(recursive=True):
            with suppress(psutil.NoSuchProcess):
                line = " ".join(child.cmdline())  # empty for a process that has ended
                if "ipykernel_launcher" in line:
                    found[line.partition("kernel-")[2].partition(".json")[0]] = child
        return found

    def strangers(self) -> list[str]:
        """What was asked of other hosts."""
        asked = [*(request.url for request in self.requests), *(socket.url for socket in self.sockets)]
        own = urlsplit(self.server.address).netloc
        return [url for url in asked if not url.startswith(("data:", "blob:")) and urlsplit(url).netloc != own]

    def close(self) -> None:
        self.context.close()


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    log = tmp_path_factory.mktemp("server") / "log.txt"
    with log.open("w") as stream, screenshot.served(stream) as running:
        yield running


@contextmanager
def running(
    program: str, *options: str, port: int, log: Path, environment: dict[str, str] | None = None
) -> Iterator[Any]:
    """One of the environment's programs that serves pages, once it listens; ``environment`` is set for it too."""
    command = [str(Path(sys.executable).with_name(program)), "--no-browser", f"--port={port}", *options]
    with (
        log.open("w") as stream,
        subprocess.Popen(
            command,
            stdout=stream,
            stderr=stream,
            start_new_session=True,
            cwd=ROOT,
            env=os.environ | (environment or {}),
        ) as process,
    ):
        try:
            assert screenshot.answers(port), log.read_text(encoding="utf-8")
            yield screenshot.Server(f"http://127.0.0.1:{port}/", process.pid)
        finally:
            screenshot.stop(process)


@pytest.fixture(scope="session")
def jupyter_data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of Jupyter's in which Voilà finds prepared states and what follows a page, beside its template."""
    folder = tmp_path_factory.mktemp("jupyter")
    states = {pack_address(key): content for key, content in packs(library())}
    for address, content in (states | deferred_files(library())).items():
        path = folder / "voila" / "templates" / "prolo" / "static" / address
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return folder


@pytest.fixture(scope="session")
def voila_of(
    tmp_path_factory: pytest.TempPathFactory, jupyter_data: Path
) -> Callable[..., AbstractContextManager[Any]]:
    """``with voila_of("explainer") as server``: a notebook as plain Voilà serves it, with a kernel behind each page.

    ``files=False``: without prepared states and what follows a page.
    """

    def serving(notebook: str, *, files: bool = True) -> AbstractContextManager[Any]:
        log = tmp_path_factory.mktemp("voila") / "log.txt"
        environment = {"JUPYTER_DATA_DIR": str(jupyter_data if files else log.parent)}
        port = screenshot.free_port()
        return running("voila", f"notebooks/{notebook}.ipynb", port=port, log=log, environment=environment)

    return serving


@pytest.fixture(scope="session")
def voila(voila_of: Callable[..., AbstractContextManager[Any]]) -> Iterator[Any]:
    """The explainer's notebook as plain Voilà serves it."""
    with voila_of("explainer") as server:
        yield server


@dataclass(frozen=True)
class Lab:
    """Jupyter Lab, and the folders of its notebooks and its settings."""

    address: str
    pid: int
    notebooks: Path
    settings: Path


@pytest.fixture(scope="session")
def started_lab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lab]:
    """Jupyter Lab with empty folders."""
    place = tmp_path_factory.mktemp("lab")
    notebooks, settings = place / "notebooks", place / "settings"
    notebooks.mkdir()
    names = ("JUPYTER_CONFIG_DIR", "JUPYTERLAB_SETTINGS_DIR", "JUPYTERLAB_WORKSPACES_DIR")
    options = (
        f"--ServerApp.root_dir={notebooks}",
        "--IdentityProvider.token=",
        "--allow-root",
        "--ServerApp.disable_check_xsrf=True",
    )
    environment = dict.fromkeys(names, str(settings))
    port = screenshot.free_port()
    with running("jupyter-lab", *options, port=port, log=place / "log.txt", environment=environment) as server:
        yield Lab(server.address, server.pid, notebooks, settings)


@pytest.fixture
def jupyter_lab(started_lab: Lab, playwright: Playwright) -> Iterator[Lab]:
    """Jupyter Lab as it was never used: no notebook but the explainer, no setting, no kernel."""
    shutil.copy(ROOT / "notebooks" / "explainer.ipynb", started_lab.notebooks)
    yield started_lab
    asked = playwright.request.new_context(base_url=started_lab.address)
    for session in asked.get("api/sessions").json():
        assert asked.delete(f"api/sessions/{session['id']}").ok
    asked.dispose()
    for folder in (started_lab.notebooks, started_lab.settings):
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    with sync_playwright() as running:
        yield running


@pytest.fixture(scope="session")
def browser(playwright: Playwright) -> Iterator[Browser]:
    path = find_browser.find_browser()
    running = playwright.chromium.launch(executable_path=path, args=[*FLAGS, ALONE])
    yield running
    running.close()


@pytest.fixture(scope="session")
def opening(browser: Browser, server: Any) -> Callable[[], AbstractContextManager[Callable[..., Window]]]:
    """``with opening() as open_page`` opens windows; afterwards none may have complained or asked another host.

    ``fresh``: for a test that changes what can't be taken back (the clock, what runs before the page's scripts, who is
    logged in), or that counts on what has been fetched, or has not.
    ``folded``: views that come folded stay so.
    ``guessed``: all guesses were made in this tab before.
    """
    kept: list[Window] = []

    @contextmanager
    def opening() -> Iterator[Callable[..., Window]]:
        windows: list[Window] = []
        again: list[Window] = []

        def open_page(
            path: str = "",
            width: int = 1280,
            height: int = 900,
            dark: bool = False,
            scripts: bool = True,
            at: Any = server,
            wait: bool = True,
            fresh: bool = False,
            folded: bool = False,
            guessed: bool = False,
        ) -> Window:
            keeps = scripts and not fresh
            window = kept.pop() if keeps and kept else Window(browser, scripts)
            windows.append(window)
            if keeps:
                again.append(window)
            window.begin(at, width, height, dark)
            window.go(path, guessed)
            if scripts and wait:
                window.wait_ready()
                if not folded:
                    window.open_views()
            return window

        try:
            yield open_page
        finally:
            for window in windows:
                if window in again and not window.page.is_closed():
                    window.give_back()
                    kept.append(window)
                else:
                    window.close()
        # Voilà sends this call even before its page, where a kernel takes more than ten seconds to start.
        expected = ("voila_heartbeat", *(window.forgiven for window in windows if window.forgiven))
        troubles = [trouble for window in windows for trouble in window.troubles]
        assert [trouble for trouble in troubles if not any(words in trouble for words in expected)] == []
        assert [url for window in windows for url in window.strangers()] == []

    return opening


@pytest.fixture
def open_page(opening: Any) -> Iterator[Callable[..., Window]]:
    """Open the explainer in a window of its own: at an address, in a size, in the dark, or without scripts."""
    with opening() as opened:
        yield opened


@pytest.fixture
def open_at(open_page: Callable[..., Window]) -> Callable[..., Window]:
    """Open a page that presents, on the smallest projector, in a tab in which all guesses were made."""
    usual = {"width": 1280, "height": 720, "guessed": True}
    return lambda path="?present=1.1", **other: open_page(path, **usual | other)


@pytest.fixture
def window(open_page: Callable[..., Window]) -> Window:
    """The page as it comes, on a wide screen."""
    return open_page()


@pytest.fixture(scope="module")
def shared(opening: Any) -> Iterator[Window]:
    """The same, one window for a whole file: for tests that only look, or leave each view as they found it."""
    with opening() as opened:
        window = opened()
        window.wait_whole()
        yield window


@pytest.fixture
def rendering() -> Callable[..., Rendering]:
    """What Python renders for a state: ``rendering("gain", show="groups")``."""
    return lambda view, **params: _rendered(view, tuple(params.items()))[1]
