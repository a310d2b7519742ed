"""What an organisation says of the treatment, in words."""

from prolo_dash.evidence.records import Position
from prolo_dash.kit.references import is_payer
from prolo_dash.kit.wording import NOT_REPORTED

_WORDS = {
    "against_conditional": "conditionally recommends against it",
    "no_statement": "takes no side",
    "conditionally_recommends": "recommends it under conditions",
    "recommends": "recommends it",
}


def position_words(position: Position) -> str:
    """What an organisation does, as a verb: ``recommends it``."""
    if is_payer(position):
        return "pays under conditions" if position.position == "allows" else "does not pay"
    if position.source_id is None:
        return NOT_REPORTED
    return _WORDS[position.position]
