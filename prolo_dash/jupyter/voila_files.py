"""Under Voilà: static files beside Voilà's template, so that reading never waits for a kernel."""

import os
import subprocess
import sys
from functools import cache
from pathlib import Path

from jupyter_core.paths import jupyter_path
from markupsafe import Markup

from prolo_dash.evidence.library import Library
from prolo_dash.kit.view import Chapter
from prolo_dash.render.chapters import shortened_chapter, whole_chapter
from prolo_dash.render.deferred import deferred_address
from prolo_dash.render.precompute import pack_address


def in_voila() -> bool:
    """Whether this kernel was started by Voilà, which sets this variable."""
    return "VOILA_BASE_URL" in os.environ


def pack_of(view_key: str) -> str:
    """The address of a view's prepared states; while they are missing, the page asks the kernel."""
    if not in_voila():
        return ""
    address = pack_address(view_key)
    if not _is_served(address):
        _prepare()
    return address


@cache
def _prepare() -> "subprocess.Popen[bytes]":
    """Start preparing states in the background, for the next readers."""
    command = [sys.executable, "-m", "prolo_dash.render.state_cache"]
    return subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True)


def chapter_part(library: Library, chapter: Chapter) -> Markup:
    """The HTML of a chapter for a kernel's page: shortened if its deferred content is served, else complete."""
    follows = deferred_address(chapter.key)
    if in_voila() and _is_served(follows):
        return shortened_chapter(library, chapter, follows, pack_of)
    return whole_chapter(library, chapter, pack_of)


def _is_served(address: str) -> bool:
    """Whether Voilà serves a file: it looks in every data folder of Jupyter."""
    return any((Path(folder) / address).is_file() for folder in jupyter_path("voila", "templates", "prolo", "static"))
