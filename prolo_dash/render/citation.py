"""What a citation of the page names besides its address: author, version, and the version and date of its data."""

from dataclasses import dataclass

from prolo_dash import __author__, __version__
from prolo_dash.evidence.library import Library


@dataclass(frozen=True)
class Citation:
    """The part of a citation that all views share; ``day`` in the form 2026-11-28."""

    author: str
    version: str
    data: str
    day: str


def citation(library: Library) -> Citation:
    """The citation of the page as it is now."""
    data = library.package.edition
    return Citation(__author__, __version__, data.version, data.day)
