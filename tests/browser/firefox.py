"""A Firefox that prints as a reader's does: `window.print()` into a file, without asking.

(Playwright's own is no Firefox that readers have, and it makes no PDF.)
"""

import json
import subprocess
from collections.abc import Callable
from itertools import count
from pathlib import Path
from typing import Any

import websocket

from .conftest import screenshot

_WITHIN = 120  # seconds for anything
_PRINTER = "print.printer_Mozilla_Save_to_PDF"
_QUIET = {
    "app.normandy.enabled": False,
    "app.update.enabled": False,
    "browser.shell.checkDefaultBrowser": False,
    "datareporting.policy.dataSubmissionEnabled": False,
    "network.captive-portal-service.enabled": False,
    "network.connectivity-service.enabled": False,
}


class Firefox:
    """Driven through WebDriver BiDi, as far as printing needs it."""

    def __init__(self, path: str, folder: Path, *, dark: bool, width: int, height: int):
        """``folder``: an empty one for its profile and for what it prints."""
        self._pdf = folder / "printed.pdf"
        settings = _QUIET | {
            "layout.css.prefers-color-scheme.content-override": 0 if dark else 1,
            "print.always_print_silent": True,
            "print_printer": "Mozilla Save to PDF",
            f"{_PRINTER}.print_to_file": True,
            f"{_PRINTER}.print_to_filename": str(self._pdf),
            f"{_PRINTER}.print_paper_id": "iso_a4",
        }
        lines = (f"user_pref({json.dumps(name)}, {json.dumps(value)});\n" for name, value in settings.items())
        (folder / "user.js").write_text("".join(lines), encoding="utf-8")
        command = [path, "--headless", "--no-remote", "--profile", str(folder), "--remote-debugging-port=0"]
        self._log = (folder / "log.txt").open("w+", encoding="utf-8")
        self._process = subprocess.Popen(command, stdout=self._log, stderr=self._log)
        self._socket = websocket.create_connection(f"{self._address()}/session", timeout=_WITHIN, suppress_origin=True)
        self._ids = count(1)
        self._ask("session.new", capabilities={})
        self._page = self._ask("browsingContext.getTree")["contexts"][0]["context"]
        self._ask("browsingContext.setViewport", context=self._page, viewport={"width": width, "height": height})

    def _address(self) -> str:
        """Where it listens: the first thing that it says."""
        self._wait_until(lambda: "BiDi listening on " in self._said)
        return self._said.partition("BiDi listening on ")[2].split()[0]

    @property
    def _said(self) -> str:
        return Path(self._log.name).read_text(encoding="utf-8")

    def _wait_until(self, holds: Callable[[], bool]) -> None:
        if not screenshot.waited(holds, _WITHIN):
            raise TimeoutError(f"Firefox took more than {_WITHIN} seconds. It said: {self._said}")

    def _ask(self, method: str, **params: Any) -> Any:
        number = next(self._ids)
        self._socket.send(json.dumps({"id": number, "method": method, "params": params}))
        while (answer := json.loads(self._socket.recv())).get("id") != number:
            pass  # an event
        assert answer["type"] == "success", answer
        return answer["result"]

    def go(self, address: str) -> None:
        """Open a page."""
        self._ask("browsingContext.navigate", context=self._page, url=address, wait="complete")

    def run(self, function: str) -> Any:
        """What a function of JavaScript returns, when it is done."""
        target = {"context": self._page}
        done = self._ask("script.callFunction", functionDeclaration=function, target=target, awaitPromise=True)
        assert done["type"] == "success", done
        return done["result"].get("value")

    def printed(self, function: str) -> bytes:
        """The PDF that comes when a function makes the page print."""
        self._pdf.unlink(missing_ok=True)
        self.run(function)
        self._wait_until(lambda: self._pdf.exists() and self._pdf.read_bytes().rstrip().endswith(b"%%EOF"))
        return self._pdf.read_bytes()

    def close(self) -> None:
        """End it."""
        self._ask("browser.close")
        self._socket.close()
        self._process.wait(_WITHIN)
        self._log.close()
