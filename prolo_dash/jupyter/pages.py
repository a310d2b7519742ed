"""The prepared pages of a folder of notebooks, rebuilt when a notebook changes."""

import base64
import hashlib
import re
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from mimetypes import guess_type
from pathlib import Path

from prolo_dash.evidence.library import Library
from prolo_dash.render.embedded import embedded_page
from prolo_dash.render.gzipped import gzipped
from prolo_dash.render.handout import HandoutOptions, handout
from prolo_dash.render.notebooks import EXPLAINER, Notebook, notebook_files, read_folder
from prolo_dash.render.page import packed_assets
from prolo_dash.render.site import HANDOUT, page_files, prepared_pages
from prolo_dash.render.withheld import Withheld, withheld_page

CACHE_FOREVER = "public, max-age=31536000, immutable"  # addresses change with the content
REVALIDATE = "no-cache"  # revalidated each time, with "not modified" if unchanged

_INLINE = re.compile(r"<script>(.*?)</script>", re.DOTALL)


class NotForAClassError(LookupError):
    """There is no page of that name that a class can open."""


@dataclass(frozen=True)
class File:
    """A file for readers, compressed once."""

    name: str
    content: bytes
    ready: bytes = b""  # the content, gzipped when the package was built
    is_embedded: bool = False

    @cached_property
    def packed(self) -> bytes:
        """The content, gzipped."""
        return self.ready or gzipped(self.content)

    @property
    def is_page(self) -> bool:
        """Whether it is a page, not a resource of one."""
        return self.name.endswith(".html")

    @property
    def kind(self) -> str:
        """Its media type."""
        kind = guess_type(self.name)[0] or "application/octet-stream"
        return f"{kind}; charset=utf-8" if kind.startswith("text/") or "javascript" in kind else kind

    @property
    def cache(self) -> str:
        """How long a browser may keep it."""
        return REVALIDATE if self.is_page else CACHE_FOREVER

    @cached_property
    def policy(self) -> str:
        """The Content-Security-Policy of a page without frame-ancestors: only its own files and scripts."""
        found = dict.fromkeys(_INLINE.findall(self.content.decode()))  # one for each script that is repeated
        hashes = (hashlib.sha256(script.encode()) for script in found)
        scripts = " ".join(f"'sha256-{base64.b64encode(one.digest()).decode()}'" for one in hashes)
        return (
            f"default-src 'self'; script-src 'self' {scripts}; style-src 'self' 'unsafe-inline'; "
            "img-src 'self' data: blob:; object-src 'none'; base-uri 'none'; form-action 'none'"
        )


class Pages:
    """The prepared pages of a server, and the files that they need, except prepared states."""

    def __init__(
        self,
        folder: Path,
        library: Library,
        *,
        only: str = "",
        with_kernels: bool = False,
        share: str = "",
        theme: str = "",
        for_class: bool = False,
        report: Callable[[str], None],
    ) -> None:
        """``folder``: of notebooks; ``only``: the name of the one that is shown alone.

        ``with_kernels``: whether the server runs notebooks that are not prepared; ``share``: the address at which
        others in the network reach the explainer; ``theme``: "light" or "dark" instead of the reader's system setting;
        ``for_class``: whether the server has class sessions; ``report`` is called with a sentence for each notebook
        that needs a kernel.
        """
        self._folder, self._library, self._report = folder, library, report
        self._only, self._with_kernels = only, with_kernels
        self._share, self._theme, self._for_class = share, theme, for_class
        self._seen: dict[str, tuple[int, int]] | None = None
        self._notebooks: dict[str, Notebook] = {}
        self._files: dict[str, File] = {}
        self._pages: dict[str, File] = {}
        self._embedded: dict[str, File] = {}
        self._unprepared: dict[str, str] = {}
        self._withheld: dict[str, Withheld] = {}

    @property
    def index(self) -> str:
        """The name of the notebook at the folder's own address."""
        return self._only or EXPLAINER

    def find(self, address: str) -> File | None:
        """The file at an address ("" is the index); None if there is none."""
        name = address or "index.html"
        return self._pages.get(name) or self._files.get(name) or self._made_at(name)

    def _made_at(self, name: str) -> File | None:
        """The hand-out or an embedded page, made on the first request for it."""
        if name == HANDOUT:
            return self._handout
        if name not in self._embedded and (page := embedded_page(self._library, name)):
            self._embedded[name] = File(name, page.encode(), is_embedded=True)
        return self._embedded.get(name)

    @cached_property
    def _handout(self) -> File:
        return File(HANDOUT, handout(self._library, HandoutOptions()).encode())

    def for_class(self, name: str) -> Withheld:
        """A lesson or the explainer for a class; NotForAClassError for what is neither, or needs a kernel."""
        self.refresh()
        found = self._notebooks.get(self.index if name == "index" else name)
        if found is None or found.name in self._unprepared or not (found.is_lesson or found.name == EXPLAINER):
            raise NotForAClassError(name)
        if name not in self._withheld:
            self._withheld[name] = withheld_page(self._library, found, share=self._share, theme=self._theme)
        return self._withheld[name]

    def unprepared(self, address: str) -> str:
        """The name of the notebook at the address of a page, where that notebook needs a kernel; else empty."""
        if self.find(address):
            return ""
        name = self.index if address in ("", "index.html") else address.removesuffix(".html")
        return name if name in self._unprepared and address in ("", "index.html", f"{name}.html") else ""

    def why(self, name: str) -> str:
        """Why a notebook is not prepared."""
        return self._unprepared[name]

    @property
    def has_failed_pages(self) -> bool:
        """Whether the page of a notebook that needs no kernel could not be made."""
        return any(not self._notebooks[name].obstacle for name in self._unprepared)

    def prepared_names(self) -> list[str]:
        """The notebooks that need no kernel."""
        return [name for name in self._notebooks if name not in self._unprepared]

    def refresh(self) -> None:
        """Build the pages at first, and again when a notebook was changed, added or removed."""
        seen = self._look()
        if seen == self._seen:
            return
        self._files = self._files or self._page_files()
        read = read_folder(self._folder, self._library)
        # A notebook that can't be read is probably being written: until it can, its old version stays.
        known = {Path(name).stem for name in seen}
        self._notebooks = {
            name: one for name, one in (self._notebooks | read).items() if name in known and self._only in ("", name)
        }
        made, self._unprepared = prepared_pages(
            self._library,
            self._notebooks.values(),
            live=True,
            with_kernels=self._with_kernels,
            index=self.index,
            share=self._share,
            theme=self._theme,
            for_class=self._for_class,
        )
        self._pages = {name: File(name, content) for name, content in made.items()}
        self._withheld = {}
        self._seen = seen
        for reason in self._unprepared.values():
            self._report(f"Shown with a kernel: {reason}.")

    def _page_files(self) -> dict[str, File]:
        ready = packed_assets()
        files = page_files(self._library, for_class=self._for_class)
        return {name: File(name, content, ready.get(name, b"")) for name, content in files.items()}

    def _look(self) -> dict[str, tuple[int, int]]:
        """The modification time and the size of each notebook."""
        seen = {}
        for path in notebook_files(self._folder):
            with suppress(OSError):  # it was just deleted, or is a broken link
                known = path.stat()
                seen[path.name] = (known.st_mtime_ns, known.st_size)
        return seen
