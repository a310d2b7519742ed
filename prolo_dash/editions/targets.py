"""Where editions are written: what stands there already, and is none of ours, is not lost."""

from pathlib import Path

PAGE = {".html": b' data-edition="', ".htm": b' data-edition="'}
HANDOUT = {".pdf": b"/Producer (Skia/PDF", ".html": b" data-chart-width=", ".htm": b" data-chart-width="}
_HEAD = 50_000  # bytes within which each of our files says what it is


class TargetError(Exception):
    """Nothing is written there; the message is a sentence that says why, and what would be right."""


def check_folder(folder: Path) -> None:
    """TargetError for a folder with files of somebody else. Hidden ones, as of git, are no hindrance."""
    if not folder.is_dir() or all(path.name.startswith(".") for path in folder.iterdir()):
        return
    if PAGE[".html"] not in _head(folder / "index.html"):
        raise TargetError(
            f"{folder} has other files in it, so nothing was written. Name a new folder, an empty one, or one that "
            "holds an earlier build."
        )


def check_file(path: Path, kinds: dict[str, bytes]) -> None:
    """TargetError for a name of another kind of file than ``kinds`` names, or a file that is none of ours."""
    mark = kinds.get(path.suffix.lower())
    if mark is None:
        endings = " or ".join(kind for kind in kinds if kind != ".htm")
        raise TargetError(f"{path} was not written: the name of the file has to end in {endings}.")
    if (head := _head(path)) and mark not in head:
        raise TargetError(f"{path} is there already and is not from this command, so it was not written over.")


def _head(path: Path) -> bytes:
    """How a file begins; nothing of one that is empty or not there."""
    if not path.is_file():
        return b""
    with path.open("rb") as file:
        return file.read(_HEAD)
