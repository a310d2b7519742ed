"""The claim: what the article says, and the evidence behind it."""

from prolo_dash.chapters.claim import view
from prolo_dash.kit.view import Chapter

CHAPTER = Chapter("claim", "The claim", (view.VIEW,))
