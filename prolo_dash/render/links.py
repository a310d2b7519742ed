"""What becomes a link in a text: names of trials, and words of the glossary."""

from dataclasses import dataclass
from functools import lru_cache

from markupsafe import Markup, escape

from prolo_dash.render.marked import marked
from prolo_dash.render.terms import Glossary
from prolo_dash.render.trial_links import TrialNames


@dataclass(frozen=True, eq=False)
class Links:
    """What the texts of a view link to. Two are never equal, so none is read through to look a text up."""

    trials: TrialNames
    glossary: Glossary


@lru_cache(maxsize=4096)  # states of a view share most of what they say
def linked(text: str, links: Links | None) -> Markup:
    """A running text, escaped, with the first mention of each trial and each word of the glossary as a link, if any."""
    if links is None:
        return escape(text)
    return marked(text, (*links.trials.marks(text), *links.glossary.marks(text)))


@lru_cache(maxsize=16384)
def named(text: str, links: Links | None) -> Markup:
    """A label, a cell or a note, escaped, with the first mention of each trial as a link, if any."""
    if links is None:
        return escape(text)
    return marked(text, links.trials.marks(text))
