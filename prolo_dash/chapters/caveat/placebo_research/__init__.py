"""The contextual share of each trial beside benchmarks from placebo research."""

from prolo_dash.chapters.caveat.placebo_research.view import VIEW

__all__ = ["VIEW"]
