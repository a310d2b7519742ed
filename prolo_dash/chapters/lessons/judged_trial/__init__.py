"""What would you need to know? Facts on one trial, each shown when a class asks for it."""

from prolo_dash.chapters.lessons.judged_trial.view import VIEW

__all__ = ["VIEW"]
