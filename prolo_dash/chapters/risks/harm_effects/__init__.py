"""A fact box of harms: what the article says, what trials reported, what a survey and other pages report."""

from prolo_dash.chapters.risks.harm_effects.view import VIEW

__all__ = ["VIEW"]
