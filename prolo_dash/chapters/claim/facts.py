"""What is known of a claim of the article."""

from dataclasses import dataclass

from prolo_dash.evidence.claims import Backing, Behind, backing, behind
from prolo_dash.evidence.library import Library
from prolo_dash.evidence.records import Claim
from prolo_dash.evidence.topic import Topic
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
    return tuple(
        Option(c.claim_id, c.paraphrase, group=TOPICS[c.topic], about=tuple((c.condition or "").split(";")))
        for c in claims
    )


@dataclass(frozen=True)
class ClaimState:
    """Which claim of the article is followed back."""

    claim: str = choice(
        "Claims of the article, by topic", _options, lambda known: known.default("claim"), style="cards"
    )


@dataclass(frozen=True)
class Facts:
    """One claim, the trials behind it, what the evidence adds to it, and how all claims are backed."""

    topic: Topic
    claim: Claim
    behind: tuple[Behind, ...]
    adds: str | None
    backing: Backing

    @property
    def trials(self) -> int:
        """How many trials are behind the claim."""
        return len({b.comparison.study.study_id for b in self.behind})

    @property
    def switched(self) -> tuple[Behind, ...]:
        """Those whose groups are no longer as randomised."""
        return tuple(b for b in self.behind if not b.comparison.as_randomised)


def facts(library: Library, state: ClaimState) -> Facts:
    """The chosen claim followed back to its trials."""
    claim = next(c for c in library.package.claims if c.claim_id == state.claim)
    return Facts(
        topic=library.topic,
        claim=claim,
        behind=behind(library, claim),
        adds=_named(library, claim.what_the_evidence_adds),
        backing=backing(library.package.claims),
    )


def _named(library: Library, text: str | None) -> str | None:
    """The text with ids of studies in brackets replaced by their names."""
    for study in library.package.studies if text else ():
        text = (text or "").replace(f"({study.study_id})", f"({library.name(study)})")
    return text
