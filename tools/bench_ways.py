"""Benchmarks of the ways to open the explainer: seconds until its page is there, memory of the server and per reader.

``make ways`` prints them; a page counts as there once all of its HTML has arrived.
"""

import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import psutil
from screenshot import free_port, started

from prolo_dash.render.notebooks import notebooks_dir

BIN = Path(sys.executable).parent
READERS = 3  # after the first, to measure the memory of each


@dataclass(frozen=True)
class Way:
    """A way to open a page: the command of its server ({port} in it), and the page's path."""

    name: str
    command: Sequence[str]
    path: str


def ways(site: Path) -> list[Way]:
    """All of them; ``site``: a folder with the static site."""
    lab = ["--no-browser", "--allow-root", "--IdentityProvider.token=", "--port={port}"]
    return [
        Way("prolo-dash serve", ["prolo-dash", "serve", "--port={port}"], ""),
        Way(
            "prolo-dash serve, a live notebook",
            ["prolo-dash", "serve", "--port={port}"],
            "voila/render/widgets.ipynb",
        ),
        Way("plain Voilà", ["voila", "--no-browser", "--port={port}", str(notebooks_dir() / "explainer.ipynb")], ""),
        Way("Jupyter Lab, …/prolo_dash/", ["jupyter-lab", *lab], "prolo_dash/"),
        Way("files, by any web server", ["python", "-m", "http.server", "-d", str(site), "{port}"], ""),
    ]


@contextmanager
def running(way: Way, folder: Path) -> Iterator[tuple[str, psutil.Process]]:
    """The server of a way; the page's address and its process."""
    port = free_port()
    command = [str(BIN / way.command[0]), *(word.format(port=port) for word in way.command[1:])]
    environment = {"JUPYTER_CONFIG_DIR": str(folder), "JUPYTER_RUNTIME_DIR": str(folder / "runtime")}
    with started(command, folder / "log", environment=environment, cwd=folder) as process:
        yield f"http://127.0.0.1:{port}/{way.path}", psutil.Process(process.pid)


def opened(address: str, within: float = 60) -> None:
    """The whole page, once its server answers."""
    until = time.monotonic() + within
    while True:
        try:
            with urllib.request.urlopen(address, timeout=within) as page:
                if b"</html>" in page.read():
                    return
        except OSError:
            pass
        if time.monotonic() > until:
            raise TimeoutError(address)
        time.sleep(0.02)


def memory(process: psutil.Process) -> float:
    """Megabytes of a process and its children, shared memory counted once."""
    return float(sum(one.memory_full_info().pss for one in (process, *process.children(recursive=True)))) / 1e6


def measure(way: Way, folder: Path) -> tuple[float, float, float]:
    """Seconds until the page is there, megabytes then, and megabytes for each further reader."""
    start = time.monotonic()
    with running(way, folder) as (address, process):
        opened(address)
        took = time.monotonic() - start
        first = memory(process)
        for _ in range(READERS):
            opened(address)
        return took, first, (memory(process) - first) / READERS


def main() -> None:
    """Measure each way and print it."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        subprocess.check_output([str(BIN / "prolo-dash"), "build", str(folder / "site")])
        for way in ways(folder / "site"):
            took, first, more = measure(way, folder)
            print(f"{way.name:36} page after {took:4.1f} s   {first:4.0f} MB, each further reader {more:4.0f} MB")


if __name__ == "__main__":
    main()
