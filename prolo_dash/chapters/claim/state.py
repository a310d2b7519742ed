"""Which claim can be chosen: all of them, by topic."""

from dataclasses import dataclass

from prolo_dash.evidence.library import Library
from prolo_dash.kit.controls import Option, choice

# Topics of claims.csv in the order of the menu.
TOPICS = {
    "outcomes": "Results",
    "placebo": "Placebo",
    "certainty": "How sure",
    "testimony": "What people say",
    "safety": "Safety",
    "positions": "Who recommends it",
    "mechanism": "How it might work",
    "cost": "Cost",
    "what_it_is": "What it is",
    "history": "History",
    "alternatives": "Alternatives",
    "advice": "Advice",
    "contraindications": "Who should not",
}


def _options(library: Library) -> tuple[Option, ...]:
    order = list(TOPICS)
    claims = sorted(library.package.claims, key=lambda claim: order.index(claim.topic))
    return tuple(Option(c.claim_id, c.paraphrase, group=TOPICS[c.topic]) for c in claims)


@dataclass(frozen=True)
class ClaimState:
    """Which claim of the article is followed back."""

    claim: str = choice(
        "Claims of the article, by topic", _options, lambda known: known.default("claim"), style="cards"
    )
