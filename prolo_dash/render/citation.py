"""What a reference to the page names beside its address: who made it, which version, and of what day its data are."""

from dataclasses import dataclass

from prolo_dash import __author__, __version__
from prolo_dash.evidence.library import Library


@dataclass(frozen=True)
class Citation:
    """What is the same for every view of the page; ``day`` in the form 2026-11-28."""

    author: str
    version: str
    data: str
    day: str


def citation(library: Library) -> Citation:
    """What is cited of the page as it is now."""
    data = library.package.edition
    return Citation(__author__, __version__, data.version, data.day)
