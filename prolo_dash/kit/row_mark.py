"""A small mark beside the name of a trial, in the label of a row or in a list."""

from dataclasses import dataclass


@dataclass(frozen=True)
class RowMark:
    """A glyph, and what it says."""

    glyph: str
    said: str
