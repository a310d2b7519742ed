"""Choices: who is for it, who is against it, who is not to have it, what else there is, and what to ask."""

from prolo_dash.chapters.risks.choices.view import VIEW

__all__ = ["VIEW"]
