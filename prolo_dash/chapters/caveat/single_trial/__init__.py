"""One trial, read slowly: its gain, its own control groups, and what if part of the gain would have come anyway."""

from prolo_dash.chapters.caveat.single_trial.view import VIEW

__all__ = ["VIEW"]
