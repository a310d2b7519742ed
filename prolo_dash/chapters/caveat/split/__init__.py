"""The caveat: each trial's gain, set against what its control group and its untreated group also gained."""

from prolo_dash.chapters.caveat.split.view import VIEW

__all__ = ["VIEW"]
