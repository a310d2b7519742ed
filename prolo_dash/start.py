"""Reports broken evidence files in one sentence instead of a traceback."""

import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from prolo_dash.evidence.package import EvidenceError, data_dir, own_data_dir


@contextmanager
def explain_evidence_errors(but: tuple[type[Exception], ...] = ()) -> Iterator[None]:
    """Turn an error inside the block into an EvidenceError if the evidence files are faulty; leave other errors alone.

    ``but``: errors that are known to have another cause.

    The files are checked only after an error, because a check takes seconds.
    """
    try:
        yield
    except but:
        raise
    except Exception:
        told = _files_at_fault() or start_fault()
        if not told:
            raise
        raise EvidenceError(told) from None


def raise_if_evidence_is_faulty() -> None:
    """EvidenceError if the evidence files are faulty."""
    if told := _files_at_fault() or start_fault():
        raise EvidenceError(told)


def _files_at_fault() -> str:
    from prolo_dash.evidence.check import check

    found = len(check(data_dir()))
    problems = "a problem" if found == 1 else f"{found} problems"
    run = f"prolo-dash check --data {data_dir()}" if data_dir() != own_data_dir() else "prolo-dash check"
    say = f"The evidence files in {data_dir()} have {problems}: run `{run}`, which says what to write."
    return say if found else ""


def start_fault() -> str:
    """Why the page can't be made from the present evidence, in one sentence; empty if it can.

    Views look up rows by name, which may be missing though each file is valid by itself.
    """
    from prolo_dash.chapters.lessons.predictions import predictions
    from prolo_dash.chapters.registry import VIEW_BY_KEY
    from prolo_dash.evidence.library import library

    try:
        known = library()
        for view in VIEW_BY_KEY.values():
            view.render(known, view.default_state(known))
        for asked in predictions(known).values():
            asked.says(known)
    except Exception as error:
        last = traceback.extract_tb(error.__traceback__)[-1]
        where = f"{Path(last.filename).name}, line {last.lineno}"
        what = " ".join(f"{type(error).__name__}: {error}".split())
        return (
            f"The page can't start with the evidence files in {data_dir()}, though `prolo-dash check` finds every file "
            f"right by itself: {where} asks for something that is not there ({what})."
        )
    return ""
