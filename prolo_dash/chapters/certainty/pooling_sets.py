"""Which trials can be pooled: sets that share a condition, a kind of outcome and a scale."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from prolo_dash.evidence.comparison import Comparison
from prolo_dash.evidence.conditions import Condition
from prolo_dash.evidence.library import Library, at_time, best_first
from prolo_dash.evidence.records import Study
from prolo_dash.kit.scales import STANDARD, Scale, scale_of
from prolo_dash.stats.effects import Z95, Estimate
from prolo_dash.stats.pooling import Pooled, pool

_DOMAIN = {"better": "counted as better", "pain": "pain score", "function": "function score"}


@dataclass(frozen=True)
class Set:
    """Comparisons that share a condition, a kind of outcome and a scale; estimates in the unit of the scale."""

    key: str
    label: str
    condition: Condition
    domain: str
    scale: Scale
    members: tuple[tuple[Comparison, Estimate], ...]

    @property
    def pooled(self) -> Pooled:
        """All members together."""
        return pool([e.value for _, e in self.members], [variance(e) for _, e in self.members])


def variance(estimate: Estimate) -> float:
    """The variance behind a 95% interval, read as that of a normal curve."""
    assert estimate.low is not None
    assert estimate.high is not None
    return ((estimate.high - estimate.low) / (2 * Z95)) ** 2


@cache
def sets(known: Library) -> dict[str, Set]:
    """Every set of two or more trials that can be pooled: one comparison a trial, as randomised, with an interval."""
    found = {}
    for condition in known.conditions.values():
        for domain, words in _DOMAIN.items():
            for scale, members in _members(known, condition.condition_id, domain).items():
                if len(members) > 1:
                    key = f"{condition.condition_id}-{domain}"
                    found[key] = Set(key, f"{condition.label}: {words}", condition, domain, scale, tuple(members))
    return found


def _members(known: Library, condition: str, domain: str) -> dict[Scale, list[tuple[Comparison, Estimate]]]:
    """By scale: points where trials share a scale of points, standard deviations where they don't."""
    found = _candidates(known, condition, domain)
    shared: dict[Scale, list[tuple[Comparison, Estimate]]] = {}
    standard = []
    for own in found.values():
        drawn = _first(own, found, _difference)
        if drawn:
            shared.setdefault(scale_of(drawn[0]), []).append(drawn)
        g = _first(own, found, _standardised)
        if g:
            standard.append(g)
    points_shared = {scale: members for scale, members in shared.items() if len(members) > 1}
    return points_shared or {STANDARD: standard}


def _candidates(known: Library, condition: str, domain: str) -> dict[Study, list[Comparison]]:
    """For each trial with a control injection: its comparisons of a kind as randomised, at its longest follow-up."""
    found = {}
    for study in known.trials:
        own = [
            c
            for c in known.comparisons_of(study)
            if c.condition.condition_id == condition and c.outcome.domain == domain
        ]
        usable = best_first(at_time([c for c in own if c.control and c.as_randomised], "latest"))
        if usable:
            found[study] = usable
    return found


def _first(
    own: list[Comparison],
    found: dict[Study, list[Comparison]],
    measure: Callable[[Comparison], Estimate | None],
) -> tuple[Comparison, Estimate] | None:
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
    return scale_of(comparison).on_axis(difference.estimate)


def left_out(known: Library, chosen: Set) -> dict[Study, list[Comparison]]:
    """Trials of the set's condition and kind of outcome that could not be taken in."""
    inside = {c.study for c, _ in chosen.members}
    candidates = _candidates(known, chosen.condition.condition_id, chosen.domain)
    return {study: own for study, own in candidates.items() if study not in inside}
