"""Starting with broken evidence files ends in one sentence, and not in a traceback of whatever met them."""

import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from prolo_dash.evidence.package import EvidenceError, data_dir


@contextmanager
def evidence_blamed() -> Iterator[None]:
    """Turn an error inside into an EvidenceError if the evidence files caused it; any other stays as it is.

    The files are checked only after an error, for a check takes seconds.
    """
    try:
        yield
    except Exception:
        told = _files_at_fault() or start_fault()
        if not told:
            raise
        raise EvidenceError(told) from None


def _files_at_fault() -> str:
    from prolo_dash.evidence.check import check

    found = len(check(data_dir()))
    problems = "a problem" if found == 1 else f"{found} problems"
    say = f"The evidence files in {data_dir()} have {problems}: run `prolo-dash check`, which says what to write."
    return say if found else ""


def start_fault() -> str:
    """Why the views can't start with the project's own evidence, in one sentence; empty if they can.

    They ask for rows by name when they are imported, which may be gone though each file is right by itself.
    """
    try:
        import prolo_dash.views.chapters  # noqa: F401
    except ImportError:
        raise
    except Exception as error:
        last = traceback.extract_tb(error.__traceback__)[-1]
        where = f"{Path(last.filename).name}, line {last.lineno}"
        what = " ".join(f"{type(error).__name__}: {error}".split())
        return (
            f"The page can't start with the evidence files in {data_dir()}, though `prolo-dash check` finds every file "
            f"right by itself: {where} asks for something that is not there ({what})."
        )
    return ""
