"""The prepared pages of a folder of notebooks, made again when a notebook changes."""

import base64
import gzip
import hashlib
import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from mimetypes import guess_type
from pathlib import Path

from prolo_dash.editions.notebooks import EXPLAINER, read_folder
from prolo_dash.editions.site import page_files, prepared_pages
from prolo_dash.evidence.library import Library

FOR_EVER = "public, max-age=31536000, immutable"  # addresses change with the content
EACH_TIME = "no-cache"  # asked for each time, and answered with "not modified" if so

_INLINE = re.compile(r"<script>(.*?)</script>", re.DOTALL)


@dataclass(frozen=True)
class File:
    """A file that readers ask for, compressed once for all of them."""

    name: str
    content: bytes

    @cached_property
    def packed(self) -> bytes:
        """The content, gzipped."""
        return gzip.compress(self.content, mtime=0)

    @property
    def is_page(self) -> bool:
        """Whether a reader opens it, and not a page for itself."""
        return self.name.endswith(".html")

    @property
    def kind(self) -> str:
        """Its media type."""
        kind = guess_type(self.name)[0] or "application/octet-stream"
        return f"{kind}; charset=utf-8" if kind.startswith("text/") or "javascript" in kind else kind

    @property
    def cache(self) -> str:
        """How long a browser may keep it."""
        return EACH_TIME if self.is_page else FOR_EVER

    @cached_property
    def policy(self) -> str:
        """The Content-Security-Policy of a page: only its own files and scripts. Any other page may frame it."""
        hashes = (hashlib.sha256(script.encode()) for script in _INLINE.findall(self.content.decode()))
        scripts = " ".join(f"'sha256-{base64.b64encode(one.digest()).decode()}'" for one in hashes)
        return (
            f"default-src 'self'; script-src 'self' {scripts}; style-src 'self' 'unsafe-inline'; "
            "img-src 'self' data: blob:; object-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors *"
        )


class Pages:
    """What the prepared part of the server sends that is not a state: pages, and the files that they need."""

    def __init__(
        self, folder: Path, known: Library, *, share: str = "", theme: str = "", tell: Callable[[str], None]
    ) -> None:
        """``folder``: of notebooks; ``share``: the address that others in the network reach the explainer at.

        ``theme``: "light" or "dark", whatever the reader's screen wants; ``tell`` is called with a sentence for each
        notebook that needs a kernel.
        """
        self._folder, self._known, self._tell = folder, known, tell
        self._share, self._theme = share, theme
        self._seen: dict[str, tuple[int, int]] | None = None
        self._files: dict[str, File] = {}
        self._pages: dict[str, File] = {}
        self._unprepared: frozenset[str] = frozenset()

    def find(self, address: str) -> File | None:
        """The file at an address ("" is the index); None if there is none."""
        name = address or "index.html"
        return self._pages.get(name) or self._files.get(name)

    def unprepared(self, address: str) -> str:
        """The name of the notebook at the address of a page, where that notebook needs a kernel; else empty."""
        name = address.removesuffix(".html") or EXPLAINER
        return name if name in self._unprepared and address in ("", f"{name}.html") else ""

    def refresh(self) -> None:
        """Make the pages, the first time and when a notebook has changed, come or gone."""
        seen = {}
        for path in self._folder.glob("*.ipynb"):
            known = path.stat()
            seen[path.name] = (known.st_mtime_ns, known.st_size)
        if seen == self._seen:
            return
        self._seen = seen
        self._files = self._files or {name: File(name, content) for name, content in page_files(self._known).items()}
        notebooks = read_folder(self._folder).values()
        made, unprepared = prepared_pages(self._known, notebooks, live=True, share=self._share, theme=self._theme)
        self._pages = {name: File(name, content) for name, content in made.items()}
        self._unprepared = frozenset(unprepared)
        for reason in unprepared.values():
            self._tell(f"Shown with a kernel: {reason}.")
