"""About: how each number is made, what could not be verified, how to cite it, and which versions made this page."""

from prolo_dash.chapters.sources.about.view import VIEW

__all__ = ["VIEW"]
