"""What a notebook calls: ``chapter("gain")`` shows a chapter, ``digest()`` says all of it as text."""

from prolo_dash.editions import digest as _digest
from prolo_dash.editions.live.widget import ChapterWidget
from prolo_dash.evidence.library import library


def chapter(key: str) -> ChapterWidget:
    """A chapter of the explainer by its key in ``views/chapters.py``, as ``gain``; KeyError for another name."""
    return ChapterWidget(key)


def digest() -> str:
    """What every view says in its default state, as plain text."""
    return _digest.digest(library())
