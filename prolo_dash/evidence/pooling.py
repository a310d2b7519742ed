"""Which trials can be pooled: sets that share a condition, a kind of outcome and a scale."""

from collections import Counter
from collections.abc import Callable, Hashable
from dataclasses import dataclass

from prolo_dash.evidence.comparison import Comparison
from prolo_dash.evidence.conditions import Condition
from prolo_dash.evidence.library import Library, at_time, best_first, per_library
from prolo_dash.evidence.records import Domain, Study
from prolo_dash.stats.effects import Z95, Estimate
from prolo_dash.stats.pooling import Pooled, leave_one_out, pool

_DOMAINS: tuple[Domain, ...] = ("better", "pain", "function")
ScaleOf = Callable[[Comparison], Hashable]
Member = tuple[Comparison, Estimate]


@dataclass(frozen=True)
class PoolingSet:
    """Comparisons that share a condition, a kind of outcome and a scale, with the difference of each.

    Differences are counted in 100 people for shares, else in points; in standard deviations where ``standardised``,
    for trials that share no scale of points.
    """

    key: str
    condition: Condition
    domain: Domain
    standardised: bool
    members: tuple[Member, ...]

    @property
    def comparisons(self) -> list[Comparison]:
        """The comparisons that are taken together."""
        return [comparison for comparison, _ in self.members]

    @property
    def estimates(self) -> list[Estimate]:
        """Their differences."""
        return [estimate for _, estimate in self.members]

    @property
    def pooled(self) -> Pooled:
        """All members together."""
        return pool([e.value for e in self.estimates], [_variance(e) for e in self.estimates])

    @property
    def without_each(self) -> tuple[Estimate, ...]:
        """The average without each member in turn; of two, what is left is one trial."""
        estimates = self.estimates
        if len(estimates) == 2:
            return estimates[1], estimates[0]
        left = leave_one_out([e.value for e in estimates], [_variance(e) for e in estimates])
        return tuple(pooled.wider for pooled in left)


def _variance(estimate: Estimate) -> float:
    """The variance behind a 95% interval, taken as normal."""
    assert estimate.low is not None
    assert estimate.high is not None
    return ((estimate.high - estimate.low) / (2 * Z95)) ** 2


@per_library
def pooling_sets(library: Library, scale_of: ScaleOf) -> dict[str, PoolingSet]:
    """Every set of two or more trials that can be pooled: one comparison a trial, as randomised, with an interval.

    ``scale_of`` says on which scale a comparison is drawn: trials that share one are pooled in its points.
    """
    found = {}
    for condition in library.conditions.values():
        for domain in _DOMAINS:
            key = f"{condition.condition_id}-{domain}"
            for standardised, members in _members(library, condition, domain, scale_of):
                if len(members) > 1:
                    found[key] = PoolingSet(key, condition, domain, standardised, tuple(members))
    return found


def _members(
    library: Library, condition: Condition, domain: Domain, scale_of: ScaleOf
) -> list[tuple[bool, list[Member]]]:
    """Trials that share a scale of points; if none do, all in standard deviations."""
    found = _candidates(library, condition, domain)
    shared: dict[Hashable, list[Member]] = {}
    standard = []
    for own in found.values():
        drawn = _first(own, found, _difference)
        if drawn:
            shared.setdefault(scale_of(drawn[0]), []).append(drawn)
        g = _first(own, found, _standardised)
        if g:
            standard.append(g)
    return [(False, members) for members in shared.values() if len(members) > 1] or [(True, standard)]


def _candidates(library: Library, condition: Condition, domain: Domain) -> dict[Study, list[Comparison]]:
    """For each trial with a control: its comparisons of a kind as randomised, at its longest follow-up."""
    found = {}
    for study in library.trials:
        own = [c for c in library.comparisons_of(study) if c.condition == condition and c.outcome.domain == domain]
        usable = best_first(at_time([c for c in own if c.control and c.as_randomised], "latest"))
        if usable:
            found[study] = usable
    return found


def _first(
    own: list[Comparison],
    found: dict[Study, list[Comparison]],
    measure: Callable[[Comparison], Estimate | None],
) -> Member | None:
    """A trial's comparison that most other trials measured too, else its first; None if none can be measured."""
    measured = [(c, e) for c in own if (e := measure(c))]
    asked = Counter(name for other in found.values() for name in {c.outcome.plain_name for c in other if measure(c)})
    return max(measured, key=lambda pair: asked[pair[0].outcome.plain_name], default=None)


def _standardised(comparison: Comparison) -> Estimate | None:
    assert comparison.control is not None
    return None if comparison.is_share else comparison.standardised(comparison.control)


def _difference(comparison: Comparison) -> Estimate | None:
    assert comparison.control is not None
    difference = comparison.difference(comparison.control)
    if difference is None or not difference.estimate.has_interval:
        return None
    return difference.estimate.scaled(100 if comparison.is_share else 1)


def main_beside(library: Library, comparison: Comparison) -> Comparison | None:
    """The main comparison of a trial for the same kind, time and condition; None where that is the one given."""
    own = _candidates(library, comparison.condition, comparison.outcome.domain).get(comparison.study, [])
    main = next((c for c in own if c.outcome.primary == "yes"), comparison)
    return None if main.outcome == comparison.outcome else main


def left_out(library: Library, chosen: PoolingSet) -> dict[Study, list[Comparison]]:
    """Trials of the set's condition and kind of outcome that could not be taken in."""
    inside = {comparison.study for comparison in chosen.comparisons}
    candidates = _candidates(library, chosen.condition, chosen.domain)
    return {study: own for study, own in candidates.items() if study not in inside}
