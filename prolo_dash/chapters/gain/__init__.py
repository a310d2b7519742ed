"""The gain: what the trials found."""

from prolo_dash.chapters.gain import view
from prolo_dash.kit.view import Chapter

CHAPTER = Chapter("gain", "The gain", (view.VIEW,))
