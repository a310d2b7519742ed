"""What a reader typed, what is asked of it, and what follows."""

from collections.abc import Callable
from dataclasses import asdict, dataclass, fields
from enum import Enum
from typing import Any

from prolo_dash.chapters.own_trial import final_scores, split
from prolo_dash.chapters.own_trial.remarks import Remark, remarks
from prolo_dash.evidence.comparison import Comparison
from prolo_dash.evidence.library import Library
from prolo_dash.evidence.own import (
    GROUPS,
    MOST_REPLAYED,
    UNITS,
    Fault,
    Kind,
    Meaning,
    OwnTrial,
    Spread,
    as_library,
    read_trial,
)
from prolo_dash.kit import fragility, replication
from prolo_dash.kit.controls import Option, When, choice, default_state, entry
from prolo_dash.kit.wording import capitalised, plural, trim


# The fields start with printed figures, so that the chapter shows real results before anyone types.
def _example(known: Library, kind: str) -> Comparison:
    """The trial whose counts or scores the fields come filled with."""
    return known.comparison_by_id[known.default(f"own_{kind}")]


def _printed(known: Library, field: str) -> str:
    """What a field comes filled with: as the paper prints it, but for deviations, worked out from printed errors."""
    key, _, part = field.partition("_")
    at = [group for group, *_ in GROUPS].index(key)
    counted, scored = (_example(known, kind).arms[at] for kind in ("counts", "scores"))
    figures = {
        "better": counted.result.events,
        "of": counted.result.n,
        "mean": scored.result.mean,
        "sd": round(scored.sd or 0.0, 2),
        "se": scored.result.se,
        "n": scored.result.n,
    }
    return trim(figures[part] or 0.0)


_COUNTED, _SCORED, _THIRD = (("kind", "counts"),), (("kind", "scores"),), (("groups", "three"),)
_TRIAL = "The trial"
Named = Callable[[Library], str]


def _prolo(known: Library) -> str:
    return capitalised(known.topic.intervention)


def _control(known: Library) -> str:
    return capitalised(known.topic.control)


def _none(known: Library) -> str:
    return capitalised(known.topic.untreated)


def _number(label: str, field: str, group: Named, when: When) -> Any:
    return entry(label, lambda known: _printed(known, field), group, numeric=True, when=when)


def _spread(key: str, group: Named, when: When) -> Any:
    """A standard deviation or error. Old links call it by another name, and mean an error if they do not say."""
    return entry(
        "Spread",
        lambda known: _printed(known, f"{key}_sd"),
        group,
        numeric=True,
        when=when,
        also=f"{key}_spread",
        before=lambda known: _printed(known, f"{key}_se"),
    )


def _units(known: Library) -> tuple[Option, ...]:
    """What can be counted. The first is for links from before there was a choice too, so the example keeps its own."""
    first = f"People ({plural(_example(known, 'counts'))} in the example)"
    rest = (Option(unit, many.capitalize()) for unit, many in UNITS.items() if unit != "person")
    return (Option("person", first), *rest)


@dataclass(frozen=True)
class OwnState:
    """What is typed, and what is asked of it."""

    kind: str = choice("Results are", (Option("counts", "Counts"), Option("scores", "Scores")), "counts")
    groups: str = choice("Groups", (Option("two", "Two"), Option("three", "Three")), "three")
    scores_are: str = choice(
        "The scores are",
        (Option("changes", "Changes from the start"), Option("final", "Final scores")),
        "changes",
        when=_SCORED,
    )
    better_is: str = choice(
        "What is better?", (Option("higher", "Higher"), Option("lower", "Lower")), "higher", when=_SCORED
    )
    spread_is: str = choice(
        "The spread is",
        (Option("sd", "Standard deviation"), Option("se", "Standard error")),
        "sd",
        when=_SCORED,
        also="spread",
        before="se",
    )
    name: str = entry("Name", "Example trial", _TRIAL)
    measure: str = entry("What was measured", "main result", _TRIAL)
    weeks: str = entry("Weeks after the start", "", _TRIAL, numeric=True)
    unit: str = entry("What is counted", "person", _TRIAL, options=_units)
    prolo_name: str = entry("Name", _prolo, _prolo)
    prolo_better: str = _number("Better", "prolo_better", _prolo, _COUNTED)
    prolo_of: str = _number("Out of", "prolo_of", _prolo, _COUNTED)
    prolo_mean: str = _number("Mean", "prolo_mean", _prolo, _SCORED)
    prolo_sd_or_se: str = _spread("prolo", _prolo, _SCORED)
    prolo_n: str = _number("How many", "prolo_n", _prolo, _SCORED)
    control_name: str = entry("Name", _control, _control)
    control_better: str = _number("Better", "control_better", _control, _COUNTED)
    control_of: str = _number("Out of", "control_of", _control, _COUNTED)
    control_mean: str = _number("Mean", "control_mean", _control, _SCORED)
    control_sd_or_se: str = _spread("control", _control, _SCORED)
    control_n: str = _number("How many", "control_n", _control, _SCORED)
    none_name: str = entry("Name", _none, _none, when=_THIRD)
    none_better: str = _number("Better", "none_better", _none, _THIRD + _COUNTED)
    none_of: str = _number("Out of", "none_of", _none, _THIRD + _COUNTED)
    none_mean: str = _number("Mean", "none_mean", _none, _THIRD + _SCORED)
    none_sd_or_se: str = _spread("none", _none, _THIRD + _SCORED)
    none_n: str = _number("How many", "none_n", _none, _THIRD + _SCORED)
    show: str = choice(
        "Show",
        (
            Option("split", "The split"),
            Option("replay", "Play it again"),
            Option("fragility", "How fragile"),
        ),
        "split",
    )
    truth: str = choice("Suppose the truth is", replication.TRUTH_OPTIONS, "half", when=(("show", "replay"),))


@dataclass(frozen=True)
class Unread:
    """Fields that can't be read, and what is wrong with each."""

    faults: tuple[Fault, ...]


class Refused(Enum):
    """Why a trial that can be read has no answer here."""

    TOO_MANY = "too_many"
    NO_INDEX = "no_index"


Answer = split.Facts | final_scores.Facts | replication.Facts | fragility.Facts | Refused


@dataclass(frozen=True)
class Facts:
    """A trial that can be read, what is asked of it, and what is odd about it.

    ``example`` is the trial whose figures the fields started with, unless they were changed.
    """

    own: Library
    comparison: Comparison
    answer: Answer
    remarks: tuple[Remark, ...]
    example: Comparison | None


def facts(known: Library, state: OwnState) -> Facts | Unread:
    """The answer for the trial that was typed, or what is wrong with it."""
    kind: Kind = "counts" if state.kind == "counts" else "scores"
    spread: Spread = "sd" if state.spread_is == "sd" else "se"
    example = _used_example(known, state)
    three = state.groups == "three"
    trial = read_trial(asdict(state), kind, spread, three, known.topic, _meaning(state, example))
    if not isinstance(trial, OwnTrial):
        return Unread(trial)
    own = as_library(trial, known.topic)
    (comparison,) = own.comparisons
    return Facts(own, comparison, _answer(own, comparison, state), remarks(comparison), example)


def _answer(own: Library, comparison: Comparison, state: OwnState) -> Answer:
    if state.show == "replay":
        too_many = comparison.is_share and _largest(comparison) > MOST_REPLAYED
        return Refused.TOO_MANY if too_many else replication.facts(own, comparison, state.truth)
    if state.show == "fragility":
        return fragility.facts(own, comparison) if comparison.is_share else Refused.NO_INDEX
    return split.facts(own, comparison) if comparison.split else final_scores.facts(own, comparison)


def _meaning(state: OwnState, example: Comparison | None) -> Meaning:
    return Meaning(
        "higher" if state.better_is == "higher" else "lower",
        "final" if state.scores_are == "final" else "changes",
        example.study.unit if example and state.unit == "person" else state.unit,
    )


def _largest(comparison: Comparison) -> int:
    """The larger of the two groups that are replayed."""
    return max(figure.result.n or 0 for figure in (comparison.intervention, comparison.control) if figure)


def _used_example(known: Library, state: OwnState) -> Comparison | None:
    """The trial whose figures the fields started with, unless they were changed."""
    usual = default_state(OwnState, known)
    parts = ("_better", "_of") if state.kind == "counts" else ("_mean", "_sd_or_se", "_n")
    used = [f.name for f in fields(state) if f.name.endswith(parts)]
    used.append("unit")
    if state.kind == "scores":
        used += ["spread_is", "better_is", "scores_are"]
    changed = any(getattr(state, name) != getattr(usual, name) for name in used)
    return None if changed else _example(known, state.kind)
