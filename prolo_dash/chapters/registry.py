"""The chapters, in reading order, and the views that only lessons show."""

from typing import Any

from prolo_dash.chapters import answer, caveat, certainty, claim, gain, lessons, own_trial, risks, sources
from prolo_dash.kit.view import Chapter, View

CHAPTERS: tuple[Chapter, ...] = (
    answer.CHAPTER,
    claim.CHAPTER,
    gain.CHAPTER,
    caveat.CHAPTER,
    certainty.CHAPTER,
    risks.CHAPTER,
    sources.CHAPTER,
    own_trial.CHAPTER,
)

CHAPTER_BY_KEY = {chapter.key: chapter for chapter in CHAPTERS}
CHAPTER_VIEWS: dict[str, View[Any]] = {view.key: view for chapter in CHAPTERS for view in chapter.views}

LESSON_VIEWS: dict[str, View[Any]] = {view.key: view for view in lessons.VIEWS}

VIEW_BY_KEY = CHAPTER_VIEWS | LESSON_VIEWS
