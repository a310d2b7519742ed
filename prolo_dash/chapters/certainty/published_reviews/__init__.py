"""What published reviews concluded, by condition and newest first, beside what our own data give; with our doubts."""

from prolo_dash.chapters.certainty.published_reviews.view import VIEW

__all__ = ["VIEW"]
