"""Contraindications: reasons that pages name, and published lists that were not seen."""

from dataclasses import dataclass

from prolo_dash.evidence.library import Library
from prolo_dash.evidence.records import Contraindication


@dataclass(frozen=True)
class Reason:
    """One reason, and every page's own word for it."""

    key: str
    name: str
    named: tuple[Contraindication, ...]

    @property
    def pages(self) -> tuple[str, ...]:
        """Ids of the pages that name it, each once."""
        return tuple(dict.fromkeys(row.source_id for row in self.named))


def reasons(library: Library) -> tuple[Reason, ...]:
    """Reasons that pages name, those of most pages first."""
    grouped: dict[str, list[Contraindication]] = {}
    for row in library.package.contraindications:
        if row.reason:
            grouped.setdefault(row.reason, []).append(row)
    found = [Reason(own[0].contraindication_id, name, tuple(own)) for name, own in grouped.items()]
    return tuple(sorted(found, key=lambda reason: -len(reason.pages)))


def unseen_lists(library: Library) -> tuple[Contraindication, ...]:
    """Published lists that were not seen."""
    return tuple(row for row in library.package.contraindications if not row.reason)
