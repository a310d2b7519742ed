"""Take the screenshots of the README: docs/screenshot.png and docs/screenshot-phone.png."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from find_browser import BrowserNotFoundError, find_browser
from playwright.sync_api import Browser, sync_playwright

from prolo_dash.render.browser import FLAGS

ROOT = Path(__file__).parents[1]
# File: width, height, and the element at the top.
PICTURES = {"screenshot.png": (1280, 900, "h3"), "screenshot-phone.png": (390, 844, "[data-role=key]")}
READY = """() => ["live", "off"].includes(document.documentElement.dataset.kernel)
  && !document.querySelector(".to-come")
  && [...document.querySelectorAll("section[data-view]")].every((section) => section.dataset.ready === "true")"""
# Scrolls an element of the caveat to just below the navigation.
_SCROLL = """(part) => {
  const top = document.querySelector(`section[data-view=caveat] ${part}`).getBoundingClientRect().top;
  window.scrollBy(0, top - document.querySelector("nav").offsetHeight - 20);
}"""


@dataclass(frozen=True)
class Server:
    """A running explainer: where it is, the process that serves it, and with ``--class`` the teacher's secret."""

    address: str
    pid: int
    secret: str = ""


@contextmanager
def served(
    log: IO[str],
    port: int = 0,
    environment: dict[str, str] | None = None,
    options: Sequence[str] = (),
    cwd: Path | None = None,
) -> Iterator[Server]:
    """Serve the explainer on a port (0: a free one) with the command line; its log goes to ``log``.

    ``environment``: additional variables; ``options``: additional options; ``cwd``: the working directory.
    """
    command = [str(Path(sys.executable).with_name("prolo-dash")), "serve", "--port", str(port), *options]
    with started(command, log, environment=environment, cwd=cwd, stdout=subprocess.PIPE) as process:
        address = _said(process, r"ready at (http://\S+)")
        yield Server(address, process.pid, _said(process, "#teach=(.+)") if "--class" in options else "")


@contextmanager
def started(
    command: Sequence[str],
    log: IO[str] | Path,
    environment: dict[str, str] | None = None,
    cwd: Path | None = None,
    stdout: int | None = None,
) -> Iterator[subprocess.Popen[str]]:
    """A running program, stopped with its child processes at the end; its output goes to ``log``."""
    with (
        log.open("w") if isinstance(log, Path) else nullcontext(log) as stream,
        subprocess.Popen(
            command,
            stdout=stdout or stream,
            stderr=stream,
            text=True,
            start_new_session=True,
            env=os.environ | (environment or {}),
            cwd=cwd,
        ) as process,
    ):
        try:
            yield process
        finally:
            stop(process)


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def waited(holds: Callable[[], bool], seconds: float = 60) -> bool:
    """Wait for a condition; returns whether it became true in time."""
    until = time.monotonic() + seconds
    while not holds():
        if time.monotonic() > until:
            return False
        time.sleep(0.05)
    return True


def answers(port: int, seconds: float = 60) -> bool:
    """Wait for a listener on a port; returns whether there was one in time."""

    def listens() -> bool:
        with socket.socket() as probe:
            return probe.connect_ex(("127.0.0.1", port)) == 0

    return waited(listens, seconds)


def _said(process: subprocess.Popen[str], pattern: str) -> str:
    """What the server says when it is ready, in the next line that matches a pattern."""
    assert process.stdout is not None
    for line in process.stdout:
        if found := re.search(pattern, line):
            return found[1]
    raise RuntimeError(f"The server stopped before it was ready, with status {process.wait()}.")


def stop(process: subprocess.Popen[str]) -> None:
    """Terminate the process group, so that kernels are shut down; kill it if that takes too long.

    (SIGINT is ignored by what a shell runs in the background.)
    """
    for how, seconds in ((signal.SIGTERM, 15), (signal.SIGKILL, 15)):
        try:
            os.killpg(process.pid, how)
            process.wait(seconds)
        except ProcessLookupError:
            return
        except subprocess.TimeoutExpired:
            continue


def _take(browser: Browser, address: str, target: Path) -> None:
    width, height, top = PICTURES[target.name]
    context = browser.new_context(viewport={"width": width, "height": height}, reduced_motion="reduce")
    page = context.new_page()
    page.goto(address)
    page.wait_for_function(READY)
    page.evaluate(_SCROLL, top)
    page.screenshot(path=target)
    context.close()


def main() -> int:
    docs = ROOT / "docs"
    docs.mkdir(exist_ok=True)
    try:
        path = find_browser()
    except BrowserNotFoundError as error:
        print(error, file=sys.stderr)
        return 1
    with served(sys.stderr) as server, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(FLAGS))
        for name in PICTURES:
            _take(browser, server.address, docs / name)
            print(docs / name)
        browser.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
