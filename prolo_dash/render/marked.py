"""Running text as HTML in which some words are links."""

from collections.abc import Iterable
from dataclasses import dataclass

from markupsafe import Markup, escape


@dataclass(frozen=True)
class Mark:
    """A place in a text, and what stands there as HTML."""

    start: int
    end: int
    html: Markup


def marked(text: str, marks: Iterable[Mark]) -> Markup:
    """The text, escaped, with marks in their places. Of marks that overlap, the one that was given first stays."""
    kept: list[Mark] = []
    for mark in marks:
        if all(mark.end <= other.start or other.end <= mark.start for other in kept):
            kept.append(mark)
    out, end = Markup(), 0
    for mark in sorted(kept, key=lambda mark: mark.start):
        out += escape(text[end : mark.start]) + mark.html
        end = mark.end
    return out + escape(text[end:])
