"""Pooling, on request: trials of one condition and one kind of outcome taken together, with what that can't tell."""

from prolo_dash.chapters.certainty.pooling.view import VIEW

__all__ = ["VIEW"]
