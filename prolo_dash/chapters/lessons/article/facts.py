"""What is known of a number that the article tells: the comparison behind it, and the same count as randomised."""

from dataclasses import dataclass

from prolo_dash.evidence.claims import behind
from prolo_dash.evidence.comparison import ArmFigure, Comparison
from prolo_dash.evidence.library import Library, per_library
from prolo_dash.evidence.records import Claim
from prolo_dash.evidence.topic import Topic
from prolo_dash.kit.controls import Option, choice


@per_library
def counted(library: Library) -> dict[str, tuple[Comparison, ...]]:
    """The comparisons of each claim that tells a count of one trial, by its id: what is told, last of all.

    Where its groups are not as randomised, the same count as randomised stands before it.
    """
    found = {claim.claim_id: _counts(library, claim) for claim in library.package.claims if claim.value}
    return {key: own for key, own in found.items() if own}


def _counts(library: Library, claim: Claim) -> tuple[Comparison, ...]:
    own = behind(library, claim)
    if len(own) != 1 or not own[0].comparison.is_share or own[0].comparison.intervention.counts is None:
        return ()
    return tuple(c for c in (own[0].as_randomised, own[0].comparison) if c)


def _options(library: Library) -> tuple[Option, ...]:
    wording = {claim.claim_id: claim.paraphrase for claim in library.package.claims}
    return tuple(Option(key, wording[key]) for key in counted(library))


def _usual(library: Library) -> str:
    known, usual = counted(library), library.default("claim")
    return usual if usual in known else next(iter(known), "")


@dataclass(frozen=True)
class NumberState:
    """Which claim of the article the number is of."""

    claim: str = choice("Claim of the article", _options, _usual, style="menu")


@dataclass(frozen=True)
class Facts:
    """A trial's groups at each time: ``told`` is what the article has, ``drawn`` are all, the earliest first."""

    topic: Topic
    trial: str
    told: Comparison
    drawn: tuple[Comparison, ...]


def facts(library: Library, state: NumberState) -> Facts:
    """The trial behind one claim."""
    own = counted(library)[state.claim]
    return Facts(library.topic, library.name(own[-1].study), own[-1], own)


def groups_of(comparison: Comparison) -> tuple[ArmFigure, ...]:
    """The groups of a trial whose gain was seen."""
    return tuple(figure for figure in comparison.arms if figure.gain is not None)
