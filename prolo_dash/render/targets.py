"""Writing to files and folders that a user names, without overwriting anything that is not ours."""

import os
import tempfile
from collections.abc import Iterable, Mapping
from pathlib import Path

PAGE = {".html": b' data-edition="', ".htm": b' data-edition="'}
HANDOUT = {".pdf": b"/Producer (Skia/PDF", ".html": b" data-chart-width=", ".htm": b" data-chart-width="}
_HEAD = 50_000  # bytes within which each of our files can be recognized


class TargetError(Exception):
    """Nothing was written; the message is a sentence that says why, and what would work."""


def check_folder(folder: Path) -> None:
    """TargetError if it is not a folder, or one with other files. Hidden files, as of git, don't count."""
    _check_folders(folder, (folder, *folder.parents))
    if not folder.is_dir() or all(path.name.startswith(".") for path in folder.iterdir()):
        return
    if PAGE[".html"] not in _head(folder / "index.html"):
        raise TargetError(
            f"{folder} has other files in it, so nothing was written. Name a new folder, an empty one, or one that "
            "holds an earlier build."
        )


def check_file(path: Path, kinds: dict[str, bytes]) -> None:
    """TargetError for a suffix that is not in ``kinds``, or an existing file that is not ours."""
    mark = kinds.get(path.suffix.lower())
    if mark is None:
        endings = " or ".join(kind for kind in kinds if kind != ".htm")
        more = ", with a name before that" if path.name.lower() in kinds else ""
        raise TargetError(f"{path} was not written: the name of the file has to end in {endings}{more}.")
    _check_folders(path, path.parents)
    if path.exists() and not path.is_file() and not path.is_dir():  # such as a pipe, which would block
        raise TargetError(f"{path} already exists and is not a regular file, so it was not written.")
    if (head := _head(path)) and mark not in head:
        raise TargetError(f"{path} already exists and was not made by this command, so it was not overwritten.")


def write_folder(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write files by their addresses: all to a temporary folder first, then move them, the page first.

    So an earlier build stays complete if writing fails, and a partial one is recognized as ours.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".prolo-dash-", dir=folder) as hidden:
        for name, content in files.items():
            path = Path(hidden) / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        for name in sorted(files, key=lambda name: name != "index.html"):
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            (Path(hidden) / name).replace(path)


def _check_folders(path: Path, folders: Iterable[Path]) -> None:
    """TargetError if one of the folders that ``path`` needs is something else."""
    for one in folders:
        if os.path.lexists(one) and not one.is_dir():
            what = "is no folder" if one.exists() else "is a link to what is not there"
            raise TargetError(f"{path} can't be written: {one} {what}.")


def _head(path: Path) -> bytes:
    """The beginning of a file; empty if there is none."""
    if not path.is_file():
        return b""
    with path.open("rb") as file:
        return file.read(_HEAD)
