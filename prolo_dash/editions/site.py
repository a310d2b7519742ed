"""The static edition: the page, what it needs and every prepared state as files for any host, or as one file."""

import base64
from collections.abc import Iterable
from pathlib import Path

from prolo_dash.editions.notebooks import EXPLAINER, Notebook, NotPreparedError, notebooks_dir, read_folder
from prolo_dash.editions.page import assets, page, rest_files
from prolo_dash.editions.prepared import pack_address
from prolo_dash.editions.states import packs
from prolo_dash.evidence.library import Library, library
from prolo_dash.views.chapters import CHAPTER_VIEWS


def prepared_pages(
    known: Library, notebooks: Iterable[Notebook], *, live: bool, share: str = "", theme: str = ""
) -> tuple[dict[str, bytes], dict[str, str]]:
    """The pages of notebooks by address, and of those that need a kernel why, by name. The explainer is the index.

    It links to the lessons: to all of them where a server is there (``live``) that can run what is not prepared, else
    to those that need no kernel. ``share`` and ``theme``: as of a page.
    """
    notebooks = list(notebooks)
    lessons = [one for one in notebooks if one.is_lesson and (live or not one.obstacle)]
    pages, unprepared = {}, {}
    for one in notebooks:
        address = "index.html" if one.name == EXPLAINER else one.address
        try:
            pages[address] = page(known, one, live=live, share=share, theme=theme, lessons=lessons).encode()
        except NotPreparedError as error:
            unprepared[one.name] = str(error)
    return pages, unprepared


def page_files(known: Library) -> dict[str, bytes]:
    """What pages need beside themselves, by address; without states."""
    return dict(assets().values()) | rest_files(known)


def build(target: Path) -> int:
    """Write the static edition into a folder; returns the number of files. OSError if that can't be written.

    NotPreparedError if the explainer needs a kernel.
    """
    pages, unprepared = prepared_pages(library(), read_folder(notebooks_dir()).values(), live=False)
    if EXPLAINER in unprepared:
        raise NotPreparedError(unprepared[EXPLAINER])
    files = pages | page_files(library())
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
    explainer = read_folder(notebooks_dir())[EXPLAINER]
    return target.write_bytes(page(library(), explainer, live=False, packs=encoded).encode())
