"""What the views of risks, cost and choices share: the article, sources by id."""

from collections.abc import Iterable

from prolo_dash.evidence.library import Library
from prolo_dash.evidence.records import Claim, Position
from prolo_dash.kit import trial_labels
from prolo_dash.kit.view import SourceLink


def article(library: Library) -> SourceLink:
    """The article that the package explains."""
    return SourceLink(library.topic.article, None, library.topic.article_note)


def claim(library: Library, claim_id: str) -> Claim:
    """One claim of the article."""
    return next(c for c in library.package.claims if c.claim_id == claim_id)


def is_payer(position: Position) -> bool:
    """Whether a position says what somebody pays for. These two kinds are used for payers only (a test holds it)."""
    return position.position in ("does_not_recommend", "allows")


def payers(library: Library) -> tuple[list[Position], list[Position]]:
    """Payers that do not pay for it, and payers that do under conditions."""
    found = [p for p in library.package.positions if is_payer(p)]
    return [p for p in found if p.position != "allows"], [p for p in found if p.position == "allows"]


def page_name(library: Library, source_id: str) -> str:
    """How a source is called here: its title where its authors were not seen and only a journal is known."""
    name = trial_labels.short(library, source_id)
    return library.source(source_id).title if ";" in name else name


def links(library: Library, ids: Iterable[str | None], note: str = "") -> tuple[SourceLink, ...]:
    """The sources of these ids, each once."""
    return tuple(trial_labels.source_link(library.source(i), note) for i in dict.fromkeys(ids) if i)
