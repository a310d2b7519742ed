"""Find Chromium or Chrome for the browser tests, and install one if there is none; prints its path."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
# Quiet, and able to start where there is neither a graphics card nor a user namespace (containers, CI).
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)
NOT_FOUND = "No Chromium or Chrome was found, and none could be installed: install one, then try again."
_INSTALL_WITHIN = 900  # seconds


class BrowserNotFoundError(Exception):
    """There is no usable browser, and none could be installed."""


def find_browser() -> str:
    """The path of a browser that starts; BrowserNotFoundError if there is none and none could be installed."""
    for candidates in (_on_path, _playwrights_own, _after_playwright_installed, _after_apt_installed):
        for path in candidates():
            if _starts(path):
                return path
    raise BrowserNotFoundError(NOT_FOUND)


def _on_path() -> Iterator[str]:
    return (path for name in NAMES if (path := shutil.which(name)))


def _playwrights_own() -> Iterator[str]:
    """Where Playwright keeps the browser it downloads, whether or not it is there."""
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 - without Playwright, PATH is still looked through

    with sync_playwright() as playwright:
        yield playwright.chromium.executable_path


def _after_playwright_installed() -> Iterator[str]:
    return _installed([[sys.executable, "-m", "playwright", "install", "chromium"]], _playwrights_own)


def _after_apt_installed() -> Iterator[str]:
    """Debian's own, for those who may install it; brings the libraries too that Playwright's own may lack."""
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        return iter(())
    return _installed([["apt-get", "update"], ["apt-get", "install", "--yes", "chromium"]], _after_apt)


def _after_apt() -> Iterator[str]:
    yield from _on_path()
    yield from _playwrights_own()


def _installed(commands: list[list[str]], candidates: Callable[[], Iterator[str]]) -> Iterator[str]:
    """Run the commands, then look again; what they print goes to stderr, where it explains a failure."""
    if all(_runs(command) for command in commands):
        yield from candidates()


def _runs(command: list[str]) -> bool:
    try:
        return subprocess.run(command, stdout=sys.stderr, timeout=_INSTALL_WITHIN, check=False).returncode == 0
    except (OSError, subprocess.TimeoutExpired):
        return False


def _starts(path: str) -> bool:
    """Whether there is a browser at this path that can say its version: a stub or one without its libraries can't."""
    if not Path(path).is_file():
        return False
    try:
        version = subprocess.run([path, "--version", "--no-sandbox"], capture_output=True, timeout=60, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return False
    return version.returncode == 0


if __name__ == "__main__":
    try:
        print(find_browser())
    except BrowserNotFoundError as error:
        sys.exit(str(error))
