"""The cache of prepared states on this computer.

It is in the user's Jupyter data folder, where Voilà looks for the static files of the page's template. So plain Voilà
serves prepared states, too, and a page need not ask a kernel for them.
"""

import gzip
import json
import os
import sys
import time
import zlib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import lru_cache
from pathlib import Path

import psutil
from jupyter_core.paths import jupyter_data_dir

from prolo_dash.chapters.registry import VIEW_BY_KEY
from prolo_dash.evidence.library import Library, library
from prolo_dash.render.page import deferred_files
from prolo_dash.render.precompute import file_name, pack

_KEPT = 7 * 24 * 3600  # seconds that files of other editions are kept after their last use
_IN_USE = 24 * 3600  # seconds after which the modification time of a used file is renewed


def cache_folder() -> Path:
    """The folder of generated files, which addresses in the page are relative to."""
    return Path(jupyter_data_dir()) / "voila" / "templates" / "prolo" / "static"


def states_folder() -> Path:
    """The folder of prepared states."""
    return cache_folder() / "states"


def cached_state(name: str) -> bytes | None:
    """A file of prepared states, marked as in use; None if it is missing or damaged."""
    path = states_folder() / name
    try:
        known = path.stat()
        content = _whole(path, known.st_mtime_ns, known.st_size)
        if content is not None and time.time() - known.st_mtime > _IN_USE:
            os.utime(path)
    except OSError:
        return None
    return content


@lru_cache(maxsize=4 * len(VIEW_BY_KEY))
def _whole(path: Path, changed: int, size: int) -> bytes | None:  # read once, and again when it has changed
    content = path.read_bytes()
    try:
        known = json.loads(gzip.decompress(content))
    except (OSError, EOFError, ValueError, zlib.error):
        return None
    return content if isinstance(known, dict) and "columns" in known else None


def missing_states() -> bool:
    """Whether the prepared states of a view are missing or damaged."""
    return any(cached_state(file_name(key)) is None for key in VIEW_BY_KEY)


def packs(known: Library) -> Iterator[tuple[str, bytes]]:
    """The prepared states of each view: view key and file content, from the cache where possible.

    Making all of them takes about 20 seconds. If they can't be cached, one sentence is printed to stderr.
    """
    told = ""
    for key, view in VIEW_BY_KEY.items():
        content = cached_state(file_name(key))
        if content is None:
            content = pack(known, view)
            told = _keep(states_folder() / file_name(key), content) or told
        yield key, content
    if told:
        print(told, file=sys.stderr)


def prepare(known: Library) -> str:
    """Make missing files and delete those unused for a week; returns a sentence if they can't be written.

    Does nothing while another process is at it.
    """
    with _alone() as alone:
        return _prepare(known) if alone else ""


def _prepare(known: Library) -> str:
    follows = deferred_files(known)
    missing = {cache_folder() / address: content for address, content in follows.items()}
    for path, content in missing.items():
        if not _holds(path, content) and (told := _keep(path, content)):
            return told
    for key, view in VIEW_BY_KEY.items():
        name = file_name(key)
        if cached_state(name) is None and (told := _keep(states_folder() / name, pack(known, view))):
            return told
    _forget({file_name(key) for key in VIEW_BY_KEY} | {path.name for path in missing})
    return ""


@contextmanager
def _alone() -> Iterator[bool]:
    """Whether no other process prepares states here; a lock file tells others until this is done."""
    mark = cache_folder() / ".preparing"
    if _works(mark):
        yield False
        return
    with suppress(OSError):  # if nothing can be written, writing the states reports it
        mark.parent.mkdir(parents=True, exist_ok=True)
        mark.write_text(_signature(os.getpid()))
    try:
        yield True
    finally:
        with suppress(OSError):
            mark.unlink()


def _works(mark: Path) -> bool:
    """Whether the process of a lock file is still running: one that was killed could not remove it."""
    try:
        said = mark.read_text()
        return said == _signature(int(said.split()[0])) and int(said.split()[0]) != os.getpid()
    except (OSError, ValueError, IndexError, OverflowError, psutil.Error):
        return False


def _signature(pid: int) -> str:
    """A process id and its start time, because ids are reused."""
    return f"{pid} {psutil.Process(pid).create_time()}"


def _holds(path: Path, content: bytes) -> bool:
    try:
        return path.read_bytes() == content
    except OSError:
        return False


def _keep(path: Path, content: bytes) -> str:
    """Write a file atomically; returns a sentence if it can't be written."""
    unfinished = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        unfinished.write_bytes(content)
        unfinished.replace(path)
    except OSError as error:
        if path.parent.is_dir():
            unfinished.unlink(missing_ok=True)
        return f"{path.parent} can't be written: {error.strerror}."
    return ""


def _forget(current: set[str]) -> None:
    """Delete files of other editions unused for a week; another edition may be served at the same time."""
    for folder in (states_folder(), cache_folder() / "static"):
        for path in folder.glob("*.*"):
            if path.is_file() and path.name not in current and time.time() - path.stat().st_mtime > _KEPT:
                path.unlink(missing_ok=True)


if __name__ == "__main__":
    if hasattr(os, "nice"):
        os.nice(10)  # the server starts this as a background process; readers come first
    sys.exit(prepare(library()) or 0)
