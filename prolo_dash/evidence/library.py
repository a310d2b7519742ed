"""Queries on the whole evidence package."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from functools import cache, cached_property, wraps
from itertools import product
from pathlib import Path
from typing import Any, Concatenate, ParamSpec, TypeVar

from prolo_dash.evidence.comparison import ArmFigure, Comparison, Completeness
from prolo_dash.evidence.conditions import Condition
from prolo_dash.evidence.derived import derived_flags
from prolo_dash.evidence.package import Package, data_dir, load
from prolo_dash.evidence.records import Arm, Flag, Outcome, Result, Role, Source, Study
from prolo_dash.evidence.topic import Topic

EARLY_WEEKS = 17  # "about 3 months": up to 4 months
_EARLY_TARGET = 13

Rest = ParamSpec("Rest")
Found = TypeVar("Found")


@dataclass(frozen=True, eq=False)
class Library:
    """The evidence package with its rows joined.

    Equality is identity, so that caches keyed by a library need not hash every row of the package.
    """

    package: Package

    @property
    def topic(self) -> Topic:
        """What the package is about, in the words that readers see."""
        return self.package.topic

    @cached_property
    def _sources(self) -> dict[str, Source]:
        return {source.source_id: source for source in self.package.sources}

    @cached_property
    def _studies(self) -> dict[str, Study]:
        return {study.study_id: study for study in self.package.studies}

    @cached_property
    def _results(self) -> dict[tuple[str, str], Result]:
        return {(r.outcome_id, r.arm_id): r for r in self.package.results}

    @cached_property
    def _arms(self) -> dict[str, list[Arm]]:
        return _by_study(self.package.arms)

    @cached_property
    def _called(self) -> Counter[str]:
        return Counter(self.name(study) for study in self.package.studies)

    def study(self, study_id: str) -> Study:
        """One study; KeyError for an unknown id."""
        return self._studies[study_id]

    def source(self, source_id: str) -> Source:
        """One source; KeyError for an unknown id."""
        return self._sources[source_id]

    def arms(self, study_id: str, role: Role | None = None) -> tuple[Arm, ...]:
        """The arms of a study, all or those of one role."""
        return tuple(arm for arm in self._arms[study_id] if role in (None, arm.role))

    def name(self, study: Study) -> str:
        """What the page calls a study: the name of its source, with the word that tells it from a namesake."""
        name = self.source(study.source_id).name
        return f"{name} ({study.told_apart})" if study.told_apart else name

    def has_namesake(self, study: Study) -> bool:
        """Whether another study is called the same."""
        return self._called[self.name(study)] > 1

    @cached_property
    def trials(self) -> tuple[Study, ...]:
        """Every study of people treated (a survey of practitioners is not one)."""
        return tuple(s for s in self.package.studies if s.design != "survey")

    @cached_property
    def conditions(self) -> dict[str, Condition]:
        """Conditions by their id, in the order of menus: each group before what belongs to it."""
        ordered = sorted(self.package.conditions, key=lambda c: c.position)
        return {condition.condition_id: condition for condition in ordered}

    @property
    def groups(self) -> tuple[Condition, ...]:
        """The conditions that readers toggle."""
        return tuple(c for c in self.conditions.values() if c.group_id is None)

    def parts(self, group: Condition) -> tuple[Condition, ...]:
        """The conditions that belong to a group; none where the group is itself a single condition."""
        return tuple(c for c in self.conditions.values() if c.group_id == group.condition_id)

    def single(self, condition_id: str) -> tuple[Condition, ...]:
        """The single conditions that an id stands for: those of a group, or the condition itself."""
        condition = self.conditions[condition_id]
        return self.parts(condition) or (condition,)

    def condition_of(self, study: Study) -> Condition:
        """The condition that a study treated."""
        return self.conditions[study.condition]

    def group_of(self, condition: Condition) -> Condition:
        """The group that a condition belongs to, which may be itself."""
        return self.conditions[condition.group_id] if condition.group_id else condition

    def trials_on(self, condition_ids: Iterable[str]) -> tuple[Study, ...]:
        """The trials on conditions, or on anything that belongs to a group, in file order."""
        wanted = set(condition_ids)
        wanted |= {c.condition_id for c in self.conditions.values() if c.group_id in wanted}
        return tuple(study for study in self.trials if study.condition in wanted)

    @cached_property
    def comparisons(self) -> tuple[Comparison, ...]:
        """Every intervention arm of every outcome after baseline, with its comparators.

        A crossover's second period is left out: there the intervention arm no longer gets it.
        """
        swapped = {flag.outcome_id for flag in self.package.flags if flag.kind == "arms_swapped"}
        treated = {study.study_id for study in self.trials}
        outcomes = [
            o for o in self.package.outcomes if o.weeks != 0 and o.study_id in treated and o.outcome_id not in swapped
        ]
        return tuple(c for outcome in outcomes for c in self._pairs(outcome))

    @cached_property
    def comparison_by_id(self) -> dict[str, Comparison]:
        """Comparisons by their stable id."""
        return {c.comparison_id: c for c in self.comparisons}

    @cached_property
    def _by_study(self) -> dict[str, list[Comparison]]:
        grouped = defaultdict(list)
        for comparison in self.comparisons:
            grouped[comparison.study.study_id].append(comparison)
        return grouped

    def default(self, default_id: str) -> str:
        """What the page opens with; KeyError where the data name nothing for it."""
        named: dict[str, str] = {default.default_id: default.value for default in self.package.defaults}
        return named[default_id]

    def comparisons_of(self, study: Study) -> list[Comparison]:
        """The comparisons of one study, in file order."""
        return self._by_study[study.study_id]

    def _pairs(self, outcome: Outcome) -> Iterable[Comparison]:
        study = self.study(outcome.study_id)
        prolos = self.arms(study.study_id, "intervention")
        controls: tuple[Arm | None, ...] = self.arms(study.study_id, "control") or (None,)
        for prolo, control in product(prolos, controls):
            figure = self._figure(outcome, prolo)
            if figure is not None:
                extra = f".{control.arm_id}" if control and len(controls) > 1 else ""
                yield self._comparison(outcome, study, figure, control, f"{outcome.outcome_id}.{prolo.arm_id}{extra}")

    def _comparison(
        self, outcome: Outcome, study: Study, prolo: ArmFigure, control: Arm | None, comparison_id: str
    ) -> Comparison:
        untreated = self._figures(outcome, self.arms(study.study_id, "untreated"))
        comparison = Comparison(
            comparison_id=comparison_id,
            study=study,
            condition=self.condition_of(study),
            outcome=outcome,
            intervention=prolo,
            control=self._figure(outcome, control) if control else None,
            untreated=untreated[0] if untreated else None,
            others=self._figures(outcome, self.arms(study.study_id, "other")),
            contrasts=tuple(c for c in self.package.contrasts if c.outcome_id == outcome.outcome_id),
            flags=(),
        )
        return replace(comparison, flags=self._flags(comparison))

    def _figures(self, outcome: Outcome, arms: tuple[Arm, ...]) -> tuple[ArmFigure, ...]:
        return tuple(figure for arm in arms if (figure := self._figure(outcome, arm)))

    def _figure(self, outcome: Outcome, arm: Arm) -> ArmFigure | None:
        result = self._results.get((outcome.outcome_id, arm.arm_id))
        if result is None:
            return None
        baseline = self._results.get((outcome.baseline_outcome_id or "", arm.arm_id))
        return ArmFigure(arm, result, outcome.sign, outcome.kind, baseline)

    @cached_property
    def _stored_flags(self) -> dict[str, list[Flag]]:
        return _by_study(self.package.flags)

    def _flags(self, comparison: Comparison) -> tuple[Flag, ...]:
        """Flags stored for this study, outcome and arms, then those that follow from the figures."""
        arms = {figure.arm.arm_id for figure in comparison.arms}
        stored = tuple(
            flag
            for flag in self._stored_flags[comparison.study.study_id]
            if flag.outcome_id in (None, comparison.outcome.outcome_id) and (flag.arm_id is None or flag.arm_id in arms)
        )
        return stored + derived_flags(
            comparison, self.topic.intervention, len(self.arms(comparison.study.study_id, "intervention"))
        )

    def study_flags(self, study_id: str) -> tuple[Flag, ...]:
        """Flags that hold for a study as a whole."""
        return tuple(f for f in self._stored_flags[study_id] if f.outcome_id is None)


def per_library(
    function: Callable[Concatenate[Library, Rest], Found],
) -> Callable[Concatenate[Library, Rest], Found]:
    """Keeps what a function finds with the library it is found in, its first argument, and forgets both together."""

    @wraps(function)
    def kept(library: Library, /, *rest: Rest.args, **named: Rest.kwargs) -> Found:
        key = (rest, tuple(named.items()))
        found: dict[Any, Found] = vars(library).setdefault(f"{function.__module__}.{function.__qualname__}", {})
        if key not in found:
            found[key] = function(library, *rest, **named)
        return found[key]

    return kept


_OfStudy = TypeVar("_OfStudy", Arm, Flag)


def _by_study(rows: Iterable[_OfStudy]) -> dict[str, list[_OfStudy]]:
    grouped = defaultdict(list)
    for row in rows:
        grouped[row.study_id].append(row)
    return grouped


def library(folder: Path | None = None) -> Library:
    """The library of ``folder`` (default: what is shown); raises EvidenceError as ``load`` does."""
    return _library(folder or data_dir())


@cache
def _library(folder: Path) -> Library:
    return Library(load(folder))


def best_first(comparisons: Iterable[Comparison]) -> list[Comparison]:
    """Most complete first, then the paper's primary outcome, in file order otherwise."""
    return sorted(comparisons, key=lambda c: (-_readable(c), c.outcome.primary != "yes"))


def _readable(comparison: Comparison) -> int:
    """3 with figures of both groups, 2 with a difference, 1 with one group's figure, 0 with none."""
    complete = comparison.completeness
    if complete >= Completeness.ARM_FIGURES:
        return 3
    if complete == Completeness.DIFFERENCE:
        return 2
    return 1 if comparison.intervention.gain is not None else 0


def at_time(comparisons: Iterable[Comparison], time: str) -> list[Comparison]:
    """Those of one time: ``early`` (nearest 13 weeks, up to 17) or ``latest`` (longest follow-up with figures).

    Outcomes whose time was not stated count as latest.
    """
    candidates = list(comparisons)
    if time == "early":
        timed = [c for c in candidates if c.outcome.weeks is not None and c.outcome.weeks <= EARLY_WEEKS]
        return _nearest(timed)
    seen = _best_seen(candidates)
    last = max((c.outcome.weeks or 0 for c in seen), default=0)
    return [c for c in seen if (c.outcome.weeks or 0) == last]


def _best_seen(candidates: list[Comparison]) -> list[Comparison]:
    """Those with a difference to show; failing that, those with one group's figure; failing that, all."""
    for least in (2, 1):
        if seen := [c for c in candidates if _readable(c) >= least]:
            return seen
    return candidates


def _nearest(candidates: list[Comparison]) -> list[Comparison]:
    seen = _best_seen(candidates)
    best = min((abs((c.outcome.weeks or 0) - _EARLY_TARGET) for c in seen), default=0)
    return [c for c in seen if abs((c.outcome.weeks or 0) - _EARLY_TARGET) == best]


def selection(library: Library, conditions: Iterable[str], domain: str, time: str) -> dict[Study, list[Comparison]]:
    """For every study of the chosen conditions or groups: the comparisons shown for one domain at one time.

    A study without that outcome has an empty list: it is listed, never dropped. Where the groups shown are not as
    randomised, the study's randomised figures of the same outcome are shown too.
    """
    found: dict[Study, list[Comparison]] = {}
    for study in library.trials_on(conditions):
        own = [c for c in library.comparisons_of(study) if c.outcome.domain == domain]
        found[study] = _shown(own, time)
    return found


def without_rows(library: Library, chosen: Iterable[str], drawn: Iterable[Comparison]) -> tuple[Condition, ...]:
    """The chosen conditions and groups of which nothing is drawn."""
    shown = {key for c in drawn for key in (c.condition.condition_id, c.condition.group_id)}
    return tuple(library.conditions[key] for key in chosen if key not in shown)


def _shown(own: list[Comparison], time: str) -> list[Comparison]:
    """Every count of people counted as better; one score a trial, the paper's primary one or else the first."""
    shown = best_first(at_time(own, time))
    if not shown:
        return []
    if not shown[0].is_share:
        shown = [c for c in shown if c.outcome is shown[0].outcome]
    if all(c.as_randomised for c in shown):
        return shown
    return best_first(at_time([c for c in own if c.as_randomised], "latest")) + shown
