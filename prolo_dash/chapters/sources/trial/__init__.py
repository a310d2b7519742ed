"""One trial: who, compared with what, every figure, warnings, facts and judgements, and what was registered."""

from prolo_dash.chapters.sources.trial.view import VIEW

__all__ = ["VIEW"]
