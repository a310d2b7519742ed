"""Find a browser for the browser tests, and install one if there is none; prints its path.

``python tools/find_browser.py`` finds Chromium or Chrome, ``… firefox`` finds Firefox, for tests of printing.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator

from prolo_dash.render.browser import installed, starts

NOT_FOUND = "No Chromium or Chrome was found, and none could be installed: install one, then try again."
NO_FIREFOX = "No Firefox was found, and none could be installed: install one (on Debian firefox-esr), then try again."
_INSTALL_WITHIN = 900  # seconds
_WAIT_FOR_LOCK = "DPkg::Lock::Timeout=600"  # seconds; a fresh machine often runs its updates


class BrowserNotFoundError(Exception):
    """There is no usable browser, and none could be installed."""


def find_browser() -> str:
    """The path of a browser that starts; BrowserNotFoundError if there is none and none could be installed."""
    for candidates in (installed, _playwrights_own, _after_playwright_installed, _after_apt_installed):
        for path in candidates():
            return path
    raise BrowserNotFoundError(NOT_FOUND)


def find_firefox() -> str:
    """The path of a Firefox that starts; BrowserNotFoundError as above."""
    for candidates in (_firefoxes, lambda: _apt_installed("firefox-esr", _firefoxes)):
        for path in candidates():
            return path
    raise BrowserNotFoundError(NO_FIREFOX)


def _firefoxes() -> Iterator[str]:
    places = (shutil.which("firefox-esr"), shutil.which("firefox"), "/Applications/Firefox.app/Contents/MacOS/firefox")
    return (path for path in places if path and starts(path))


def _playwrights_own() -> Iterator[str]:
    """The browser that Playwright downloads, if it is there and starts."""
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 - without Playwright, PATH is still looked through

    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    if starts(path):
        yield path


def _after_playwright_installed() -> Iterator[str]:
    return _installed([[sys.executable, "-m", "playwright", "install", "chromium"]], _playwrights_own)


def _after_apt_installed() -> Iterator[str]:
    """Debian's package also installs the libraries that Playwright's browser may lack."""
    return _apt_installed("chromium", _after_apt)


def _after_apt() -> Iterator[str]:
    yield from installed()
    yield from _playwrights_own()


def _apt_installed(package: str, candidates: Callable[[], Iterator[str]]) -> Iterator[str]:
    """Install a Debian package, as root, then look again."""
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        return iter(())
    install = ["apt-get", "install", "--yes", "--option", _WAIT_FOR_LOCK, package]
    return _installed([["apt-get", "update"], install], candidates)


def _installed(commands: list[list[str]], candidates: Callable[[], Iterator[str]]) -> Iterator[str]:
    """Run the commands, then look again; their output goes to stderr, where it explains a failure."""
    if all(_runs(command) for command in commands):
        yield from candidates()


def _runs(command: list[str]) -> bool:
    try:
        return subprocess.run(command, stdout=sys.stderr, timeout=_INSTALL_WITHIN, check=False).returncode == 0
    except (OSError, subprocess.TimeoutExpired):
        return False


if __name__ == "__main__":
    try:
        print(find_firefox() if sys.argv[1:] == ["firefox"] else find_browser())
    except BrowserNotFoundError as error:
        sys.exit(str(error))
