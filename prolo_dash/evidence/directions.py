"""Which way each trial says its results point, by kind of outcome: what an effect direction plot draws."""

from dataclasses import dataclass
from typing import Literal

from prolo_dash.evidence.comparison import ArmFigure, Comparison
from prolo_dash.evidence.judged import protection_of
from prolo_dash.evidence.library import Library
from prolo_dash.evidence.records import Direction, Domain, Role, Study

DOMAINS: tuple[Domain, ...] = ("pain", "function", "better")
COMPARATORS: tuple[Role, ...] = ("control", "untreated", "other")

# Whether people could know what they got: no by the pages seen, open by them, yes by them, or nothing was seen.
CouldTell = Literal["no", "unclear", "yes", "not_seen"]


@dataclass(frozen=True)
class DirectionMark:
    """What one trial states on one kind of outcome against one group; ``people`` are those of the two groups."""

    study: Study
    trial: str
    domain: Domain
    comparison: Comparison
    versus: ArmFigure
    direction: Direction
    people: int | None
    could_tell: CouldTell

    @property
    def role(self) -> Role:
        """What the intervention was compared with."""
        return self.versus.arm.role


def direction_marks(library: Library, study: Study) -> tuple[DirectionMark, ...]:
    """One mark for each kind of outcome that a trial compared while its groups were as randomised.

    Of several comparators the control counts, else an untreated group, else another treatment; of several outcomes
    one that the trial states a result for, then its main one, then the one at the longest follow-up.
    """
    found = (_mark(library, study, domain) for domain in DOMAINS)
    return tuple(mark for mark in found if mark)


def _mark(library: Library, study: Study, domain: Domain) -> DirectionMark | None:
    own = [c for c in library.comparisons_of(study) if c.outcome.domain == domain and c.as_randomised]
    pairs = [(c, versus) for c in own for versus in c.comparators]
    if not pairs:
        return None
    comparison, versus = max(pairs, key=lambda pair: _rank(*pair))
    return DirectionMark(
        study=study,
        trial=library.name(study),
        domain=domain,
        comparison=comparison,
        versus=versus,
        direction=_direction(comparison, versus),
        people=_people(study, comparison, versus),
        could_tell=could_tell(library, study, versus.arm.role),
    )


def _rank(comparison: Comparison, versus: ArmFigure) -> tuple[int, bool, bool, int]:
    stated = _direction(comparison, versus) != "not_stated"
    return (
        -COMPARATORS.index(versus.arm.role),
        stated,
        comparison.outcome.primary == "yes",
        comparison.outcome.weeks or 0,
    )


def _direction(comparison: Comparison, versus: ArmFigure) -> Direction:
    contrast = comparison.contrast(versus)
    return contrast.direction if contrast else "not_stated"


def _people(study: Study, comparison: Comparison, versus: ArmFigure) -> int | None:
    """The people of the two groups, from the figures or as randomised; the whole trial where it has no others."""
    pair = (comparison.intervention, versus)
    for sizes in ([f.result.n for f in pair], [f.arm.n_randomised for f in pair]):
        if all(sizes):
            return sum(n for n in sizes if n)
    return study.n_analysed or study.n_randomised if len(comparison.arms) == len(pair) else None


def could_tell(library: Library, study: Study, role: Role) -> CouldTell:
    """Whether people could know if they were in the intervention group or in one of ``role``.

    A trial that was blinded in part hid the control, and no other group.
    """
    facts = protection_of(library, study).facts
    answer = next(known.answer for known in facts if known.fact == "blinded_participants")
    match answer:
        case "yes":
            return "no"
        case "partly":
            return "no" if role == "control" else "yes"
        case "no":
            return "yes"
        case "not_seen":
            return "not_seen"
        case _:
            return "unclear"
