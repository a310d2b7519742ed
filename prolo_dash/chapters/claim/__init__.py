"""The claim: what the article says, and what stands behind it."""

from prolo_dash.chapters.claim import claims
from prolo_dash.kit.view import Chapter

CHAPTER = Chapter("claim", "The claim", (claims.VIEW,))
