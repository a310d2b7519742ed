"""Links to the article and to sources by id."""

from collections.abc import Iterable

from prolo_dash.evidence.library import Library
from prolo_dash.kit import trial_labels
from prolo_dash.kit.view import SourceLink


def article(library: Library) -> SourceLink:
    """The article that the package explains."""
    return SourceLink(library.topic.article, None, library.topic.article_note)


def links(library: Library, ids: Iterable[str | None], note: str = "") -> tuple[SourceLink, ...]:
    """The sources of these ids, each once."""
    return tuple(trial_labels.source_link(library.source(i), note) for i in dict.fromkeys(ids) if i)
