"""The server as people start it, and plain questions to it."""

import importlib
import json
import shutil
import sys
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import nbformat
import psutil
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT / "tools"))
screenshot = importlib.import_module("screenshot")

OWN_CODE = new_code_cell("import ipywidgets\nprint(6 * 7)\nipywidgets.IntSlider(description='mine')")


@dataclass(frozen=True)
class Answered:
    """What a server answered."""

    status: int
    headers: Any
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode()


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_):
        return None


@dataclass(frozen=True)
class Serving:
    """A server that runs, and what it has said."""

    address: str
    pid: int
    log: Path
    secret: str = ""  # of the teacher, with --class

    def ask(self, path: str = "", body: bytes | None = None, **headers: str) -> Answered:
        """An answer, as it came: no redirect is followed. ``path``: from the explainer's address, or from "/"."""
        url = self.address.split("/", 3)
        target = "/".join(url[:3]) + path if path.startswith("/") else self.address + path
        request = urllib.request.Request(target, data=body, headers=headers)
        try:
            with urllib.request.build_opener(_NoRedirect).open(request, timeout=60) as answer:
                return Answered(answer.status, answer.headers, answer.read())
        except urllib.error.HTTPError as error:
            return Answered(error.code, error.headers, error.read())

    def answer(self, question: Any, **headers: str) -> Answered:
        """The answer to a question of a page."""
        return self.ask("answer", json.dumps(question).encode(), **headers)

    def kernels(self) -> int:
        """How many kernels are behind it."""
        found = 0
        for child in psutil.Process(self.pid).children(recursive=True):
            with suppress(psutil.NoSuchProcess):
                found += "ipykernel_launcher" in " ".join(child.cmdline())
        return found

    def said(self) -> str:
        return self.log.read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def serving(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., AbstractContextManager[Serving]]:
    """``with serving("--token=x") as server``: the server with options."""

    @contextmanager
    def starting(
        *options: str, environment: dict[str, str] | None = None, cwd: Path | None = None
    ) -> Iterator[Serving]:
        log = tmp_path_factory.mktemp("served") / "log.txt"
        with (
            log.open("w") as stream,
            screenshot.served(stream, environment=environment, options=options, cwd=cwd) as server,
        ):
            yield Serving(server.address, server.pid, log, server.secret)

    return starting


def notebook(path: Path, *cells: Any, **metadata: Any) -> Path:
    """A notebook file."""
    kernel = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
    nbformat.write(nbformat.v4.new_notebook(cells=list(cells), metadata=kernel | metadata), path)
    return path


def eventually(holds: Callable[[], bool], seconds: float = 30) -> bool:
    """Whether something comes true in time."""
    return bool(screenshot.waited(holds, seconds))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A teacher's folder: the explainer, a lesson, and a notebook of his own."""
    made = tmp_path_factory.mktemp("notebooks")
    for name in ("explainer", "lesson_dummy", "methods"):
        shutil.copy(ROOT / "notebooks" / f"{name}.ipynb", made)
    notebook(made / "mine.ipynb", new_markdown_cell("# Mine"), OWN_CODE)
    notebook(made / "lesson_mine.ipynb", new_markdown_cell("# A lesson of mine"), OWN_CODE, lesson=True)
    return made
