"""Which way each trial says its results point, by kind of outcome: what an effect direction plot draws."""

from dataclasses import dataclass

from prolo_dash.evidence.blinding import CouldTell, could_tell
from prolo_dash.evidence.comparison import ArmFigure, Comparison
from prolo_dash.evidence.library import Library
from prolo_dash.evidence.records import Direction, Domain, Role, Study

DOMAINS: tuple[Domain, ...] = ("pain", "function", "better")
COMPARATORS: tuple[Role, ...] = ("control", "untreated", "other")


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
        direction=stated_direction(comparison, versus),
        people=_people(study, comparison, versus),
        could_tell=could_tell(library, study, (comparison.intervention.arm, versus.arm)),
    )


def _rank(comparison: Comparison, versus: ArmFigure) -> tuple[int, bool, bool, int]:
    stated = stated_direction(comparison, versus) != "not_stated"
    return (
        -COMPARATORS.index(versus.arm.role),
        stated,
        comparison.outcome.primary == "yes",
        comparison.outcome.weeks or 0,
    )


def stated_direction(comparison: Comparison, versus: ArmFigure) -> Direction:
    """Which way a trial says that one of its results points against one group."""
    contrast = comparison.contrast(versus)
    return contrast.direction if contrast else "not_stated"


def _people(study: Study, comparison: Comparison, versus: ArmFigure) -> int | None:
    """The people of the two groups, from the figures or as randomised; the whole trial where it has no others."""
    pair = (comparison.intervention, versus)
    for sizes in ([f.result.n for f in pair], [f.arm.n_randomised for f in pair]):
        if all(sizes):
            return sum(n for n in sizes if n)
    return study.n_analysed or study.n_randomised if len(comparison.arms) == len(pair) else None
