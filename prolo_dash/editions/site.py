"""The static edition: the page, what it needs and every prepared state as files for any host, or as one file."""

import base64
import os
import shutil
import time
from collections.abc import Iterator
from pathlib import Path

from platformdirs import user_cache_path

from prolo_dash.editions.page import assets, lessons, page, rest_files
from prolo_dash.editions.prepared import edition, file_name, pack, pack_address
from prolo_dash.evidence.library import Library, library
from prolo_dash.views.chapters import CHAPTER_VIEWS, VIEW_BY_KEY

_KEPT = 7 * 24 * 3600  # seconds that prepared states of other editions are kept after their last use


def page_files(known: Library, *, live: bool, share: str = "") -> dict[str, bytes]:
    """The pages of explainer and lessons (``share`` as there) and what they need, by address; without states."""
    pages = {"index.html": page(known, live=live, share=share)}
    pages |= {f"{lesson}.html": page(known, live=live, share=share, notebook=lesson) for lesson in lessons()}
    return {name: text.encode() for name, text in pages.items()} | dict(assets().values()) | rest_files(known)


def states_folder() -> Path:
    """Where prepared states are kept between two runs: a folder for each edition of code and data."""
    return user_cache_path("prolo_dash") / edition()


def packs(known: Library) -> Iterator[tuple[str, bytes]]:
    """The prepared states of each view: view key and file content.

    They are kept, for making all of them takes about 20 seconds; each file appears whole or not at all.
    """
    folder = states_folder()
    folder.mkdir(parents=True, exist_ok=True)
    os.utime(folder)
    for other in set(folder.parent.iterdir()) - {folder}:
        if time.time() - other.stat().st_mtime > _KEPT:  # another edition may be served at the same time
            shutil.rmtree(other, ignore_errors=True)
    for key, view in VIEW_BY_KEY.items():
        path = folder / file_name(key)
        if not path.exists():
            unfinished = folder / f".{path.name}.{os.getpid()}"
            unfinished.write_bytes(pack(known, view))
            unfinished.replace(path)
        yield key, path.read_bytes()


def build(target: Path) -> int:
    """Write the static edition into a folder; returns the number of files. OSError if that can't be written."""
    files = page_files(library(), live=False)
    files |= {pack_address(key): content for key, content in packs(library())}
    for name, content in files.items():
        path = target / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return len(files)


def build_one_file(target: Path) -> int:
    """Write the static edition as one HTML file that opens without a network; returns its size in bytes."""
    target.parent.mkdir(parents=True, exist_ok=True)
    encoded = {key: base64.b64encode(content) for key, content in packs(library()) if key in CHAPTER_VIEWS}
    return target.write_bytes(page(library(), live=False, packs=encoded).encode())


if __name__ == "__main__":
    os.nice(10)  # the server starts this beside itself; readers come first
    for _ in packs(library()):
        pass
