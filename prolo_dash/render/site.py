"""The static site: the pages, their files and every prepared state for any web host, or all in one HTML file."""

import base64
from collections.abc import Iterable
from pathlib import Path

from prolo_dash.chapters.registry import CHAPTER_VIEWS
from prolo_dash.evidence.library import Library
from prolo_dash.render.embedded import embedded_pages
from prolo_dash.render.handout import HandoutOptions, handout
from prolo_dash.render.notebooks import EXPLAINER, Notebook, NotPreparedError, notebooks_dir, read_folder
from prolo_dash.render.page import CLASSROOM, assets, deferred_files, page
from prolo_dash.render.precompute import pack_address
from prolo_dash.render.state_cache import packs
from prolo_dash.render.targets import PAGE, check_file, check_folder, write_folder

HANDOUT = "handout.html"  # the address of the hand-out, which the page links to
NO_EXPLAINER = f"{EXPLAINER}.ipynb: it is not there, or is no notebook"


def prepared_pages(
    library: Library,
    notebooks: Iterable[Notebook],
    *,
    live: bool,
    with_kernels: bool = False,
    index: str = EXPLAINER,
    share: str = "",
    theme: str = "",
    for_class: bool = False,
) -> tuple[dict[str, bytes], dict[str, str]]:
    """The pages of notebooks by address and, by name, why the other notebooks need a kernel.

    ``index`` names the one at the folder's own address. It links to the lessons: to all of them if the server runs
    notebooks (``with_kernels``), else to those that need no kernel. Other parameters as of ``page``.
    """
    notebooks = sorted(notebooks, key=lambda one: one.name == index)  # last, because another may be called "index"
    lessons = [one for one in notebooks if one.is_lesson and (with_kernels or not one.obstacle)]
    pages, unprepared = {}, {}
    for one in notebooks:
        address = "index.html" if one.name == index else f"{one.name}.html"
        try:
            made = page(library, one, live=live, share=share, theme=theme, lessons=lessons, for_class=for_class)
            pages[address] = made.encode()
        except NotPreparedError as error:
            unprepared[one.name] = str(error)
        except Exception as error:  # a fault in one notebook must not hide the others
            unprepared[one.name] = f"{one.name}.ipynb: it can't be prepared ({type(error).__name__})"
    return pages, unprepared


def page_files(library: Library, *, for_class: bool = False) -> dict[str, bytes]:
    """The files that pages need, by address, except prepared states; ``for_class`` as of ``page``."""
    files = [file for name, file in assets().items() if for_class or name != CLASSROOM]
    return dict(files) | deferred_files(library)


def build(library: Library, target: Path) -> tuple[int, list[str]]:
    """Write the static site into a folder; returns the number of files, and why lessons were left out.

    OSError if it can't be written, TargetError if the folder has other files, NotPreparedError if the explainer needs
    a kernel or can't be read.
    """
    check_folder(target)
    notebooks = read_folder(notebooks_dir(), library)
    pages, unprepared = prepared_pages(library, notebooks.values(), live=False)
    if "index.html" not in pages:
        raise NotPreparedError(unprepared.get(EXPLAINER, NO_EXPLAINER))
    files = {HANDOUT: handout(library, HandoutOptions()).encode()} | dict(embedded_pages(library))
    files |= pages | page_files(library)
    files |= {pack_address(key): content for key, content in packs(library)}
    write_folder(target, files)
    return len(files), [reason for name, reason in unprepared.items() if notebooks[name].is_lesson]


def build_one_file(library: Library, target: Path) -> int:
    """Write the static site as one HTML file that opens offline; returns its bytes. Errors as of ``build``."""
    check_file(target, PAGE)
    explainer = read_folder(notebooks_dir(), library).get(EXPLAINER)
    if explainer is None:
        raise NotPreparedError(NO_EXPLAINER)
    target.parent.mkdir(parents=True, exist_ok=True)
    encoded = {key: base64.b64encode(content) for key, content in packs(library) if key in CHAPTER_VIEWS}
    return target.write_bytes(page(library, explainer, live=False, packs=encoded).encode())
