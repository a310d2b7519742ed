"""The claim: what the article says, and what stands behind it."""

from prolo_dash.chapters.claim import view
from prolo_dash.kit.view import Chapter

CHAPTER = Chapter("claim", "The claim", (view.VIEW,))
