"""A Chromium, Chrome or Edge on this machine: finding it, and running it headless on a page."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

NAMES = (
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "chrome",
    "microsoft-edge",
    "microsoft-edge-stable",
    "msedge",
)
# Where macOS and Windows keep programs that are not on the PATH.
_PLACES = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
    "${PROGRAMFILES}/Google/Chrome/Application/chrome.exe",
    "${PROGRAMFILES(X86)}/Microsoft/Edge/Application/msedge.exe",
)
# Quiet, and able to start where there is neither a graphics card nor a user namespace (containers, CI).
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)
# Virtual time stands still while the page computes, so this bounds timers, not the time of a slow machine.
_TIMERS = "--virtual-time-budget=60000"
_WITHIN = 300  # seconds


class BrowserFailedError(Exception):
    """The browser was started, and failed."""


def installed() -> Iterator[str]:
    """The paths of browsers that are installed and start."""
    found = (path for name in NAMES if (path := shutil.which(name)))
    return (path for path in (*found, *map(os.path.expandvars, _PLACES)) if starts(path))


def starts(path: str) -> bool:
    """Whether the browser at a path can print its version: a stub, or one with missing libraries, can't."""
    if not Path(path).is_file():
        return False
    if os.name == "nt":  # there, asking for the version opens a window
        return True
    try:
        version = subprocess.run([path, "--version", "--no-sandbox"], capture_output=True, timeout=60, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return False
    return version.returncode == 0


def after_scripts(browser: str, html: str) -> str:
    """A page's HTML after its scripts have run; BrowserFailedError if the browser fails."""
    return _headless(browser, html, _TIMERS, "--dump-dom").decode()


def as_pdf(browser: str, html: str) -> bytes:
    """A page without scripts as a PDF; BrowserFailedError if the browser can't print it."""
    with TemporaryDirectory() as folder:
        target = Path(folder) / "page.pdf"
        _headless(browser, html, f"--print-to-pdf={target}", "--no-pdf-header-footer")
        if not target.exists():
            raise BrowserFailedError(f"{browser} wrote no PDF.")
        return target.read_bytes()


def _headless(browser: str, html: str, *flags: str) -> bytes:
    """The standard output of a headless browser that opens a page, with a temporary profile."""
    with TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        page = Path(folder) / "page.html"
        page.write_text(html, encoding="utf-8")
        command = [browser, "--headless", *FLAGS, f"--user-data-dir={folder}/profile", *flags, page.as_uri()]
        try:
            done = subprocess.run(command, capture_output=True, timeout=_WITHIN, check=False)
        except (OSError, subprocess.TimeoutExpired) as error:
            raise BrowserFailedError(f"{browser} did not end: {error}") from error
    if done.returncode:
        raise BrowserFailedError(f"{browser} ended with status {done.returncode}.")
    return done.stdout
