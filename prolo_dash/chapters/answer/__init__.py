"""The answer: what was found for each condition, and how sure that is."""

from prolo_dash.chapters.answer import view
from prolo_dash.kit.view import Chapter

CHAPTER = Chapter("answer", "The answer", (view.VIEW,))
