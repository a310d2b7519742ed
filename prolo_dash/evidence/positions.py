"""What organisations say of the intervention, how the article tells it, and who pays."""

from dataclasses import dataclass

from prolo_dash.evidence.library import Library
from prolo_dash.evidence.records import Claim, Position


@dataclass(frozen=True)
class Payers:
    """Payers that do not pay for it, and payers that do under conditions."""

    unpaid: tuple[Position, ...]
    paid: tuple[Position, ...]

    @property
    def all(self) -> tuple[Position, ...]:
        """Those that do not pay first."""
        return self.unpaid + self.paid


@dataclass(frozen=True)
class Told:
    """A claim in which the article tells an organisation's position, and the position that it tells."""

    claim: Claim
    position: str


def bodies(library: Library) -> tuple[Position, ...]:
    """Organisations that are not payers, in file order; those of which no page was seen come last."""
    found = (position for position in library.package.positions if position.kind == "body")
    return tuple(sorted(found, key=lambda position: position.source_id is None))


def payers(library: Library) -> Payers:
    """Organisations whose rule is about payment."""
    found = tuple(position for position in library.package.positions if position.kind == "payer")
    return Payers(
        tuple(position for position in found if position.position != "allows"),
        tuple(position for position in found if position.position == "allows"),
    )


def told_by_article(library: Library, position: Position) -> tuple[Told, ...]:
    """How the article tells a position; empty where it does not."""
    claims = {claim.claim_id: claim for claim in library.package.claims}
    return tuple(Told(claims[claim_id], as_told) for claim_id, as_told in position.as_told)
