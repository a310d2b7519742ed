"""What an organisation says of the treatment, in words."""

from prolo_dash.evidence.records import Position
from prolo_dash.kit.wording import NOT_REPORTED

_WORDS = {
    "does_not_recommend": "does not recommend it",
    "against_conditional": "conditionally recommends against it",
    "no_statement": "takes no side",
    "allows": "allows it",
    "conditionally_recommends": "recommends it under conditions",
    "recommends": "recommends it",
}


def position_words(position: Position) -> str:
    """What an organisation does, as a verb: ``recommends it``."""
    if position.kind == "payer":
        return "pays under conditions" if position.position == "allows" else "does not pay"
    if position.source_id is None:
        return NOT_REPORTED
    return _WORDS.get(position.position, "own words not seen")
