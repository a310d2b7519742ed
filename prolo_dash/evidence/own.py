"""A reader's own trial: two or three groups, checked, and turned into a library of its own.

Nothing is kept: a trial lives as long as the answer that is made from it.
"""

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from itertools import islice
from typing import Literal

from wcwidth import iter_graphemes

from prolo_dash.evidence.conditions import Condition
from prolo_dash.evidence.library import Library
from prolo_dash.evidence.package import TABLES, Package
from prolo_dash.evidence.records import Arm, Outcome, Result, Role, Source, Study
from prolo_dash.evidence.topic import Topic

Kind = Literal["counts", "scores"]
Spread = Literal["sd", "se"]
Better = Literal["higher", "lower"]
Scores = Literal["changes", "final"]

MOST_PEOPLE = 20_000  # in a group; the fragility index of a larger one takes too long
MOST_REPLAYED = 1000  # in a group of counts; replaying a larger one takes too long
UNITS = {"person": "people", "knee": "knees", "hip": "hips", "elbow": "elbows", "tendon": "tendons"}  # as in the data
MOST_POINTS = 100_000
LEAST_SPREAD = 0.000001  # of scores; anything smaller is a typing error
LEAST_MEAN = 0.000001  # but for 0
LONGEST_NAME = 60
MOST_WEEKS = 2000
_JOINERS = "\u200c\u200d"
OWN = "own"  # id of the study, its condition, its outcome and their instrument

# Key of a group, as in the names of its fields, and its role.
GROUPS: tuple[tuple[str, Role], ...] = (("prolo", "intervention"), ("control", "control"), ("none", "untreated"))


@dataclass(frozen=True)
class Group:
    """One group. ``counts``: ``better`` of ``n``. ``scores``: the mean, as typed, and its spread."""

    role: Role
    name: str
    n: int
    better: int | None = None
    mean: float | None = None
    spread: float | None = None


@dataclass(frozen=True)
class Meaning:
    """How to read the figures of a trial: which way scores improve, whether they are changes, and what was counted."""

    better: Better = "higher"
    scores: Scores = "changes"
    unit: str = "person"


@dataclass(frozen=True)
class OwnTrial:
    """A trial with an intervention group, a control group and, perhaps, an untreated one."""

    name: str
    measure: str
    weeks: int | None
    kind: Kind
    spread: Spread
    groups: tuple[Group, ...]
    meaning: Meaning


_USUAL = Meaning()


@dataclass(frozen=True)
class Fault:
    """One field that can't be read, and a sentence that says what belongs there."""

    field: str
    sentence: str


class _Reader:
    """Reads text fields one by one and keeps a fault for each that can't be read."""

    def __init__(self, fields: Mapping[str, str]) -> None:
        self._fields = fields
        self.faults: list[Fault] = []

    def name(self, field: str, what: str) -> str:
        text = tidy(self._fields[field])
        if not text:
            self.faults.append(Fault(field, f"{what}: write a name."))
        elif sum(1 for _ in iter_graphemes(text)) > LONGEST_NAME:
            self.faults.append(Fault(field, f"{what}: use at most {LONGEST_NAME} characters."))
        return text

    def whole(self, field: str, what: str, low: int, high: int) -> int:
        text = self._fields[field].strip()
        # Pandas writes 12.0 for 12; but 12.000 may be twelve thousand.
        found = re.fullmatch(r"(\d{1,9})(\.0*)?", text, re.ASCII)
        found = None if re.fullmatch(r"[1-9]\d{0,2}\.000", text, re.ASCII) else found
        number = int(found[1]) if found else None
        if number is None or not low <= number <= high:
            self.faults.append(Fault(field, f"{what}: write a whole number from {low} to {high:,}{_not(text)}."))
            return low
        return number

    def real(self, field: str, what: str, least: float) -> float:
        text = self._fields[field].strip()
        number = _real(text)
        if number is None or not least <= number <= MOST_POINTS:
            low = f"{Decimal(repr(least)):,f}".replace("-", "−")
            self.faults.append(Fault(field, f"{what}: write a number from {low} to {MOST_POINTS:,}{_not(text)}."))
            return 1.0
        return number

    def mean(self, field: str, what: str) -> float:
        number = self.real(field, what, -MOST_POINTS)
        if 0 < abs(number) < LEAST_MEAN:
            text = self._fields[field].strip()
            self.faults.append(Fault(field, f"{what}: write 0, or at least {LEAST_MEAN:f} either way{_not(text)}."))
        return number


def tidy(text: str) -> str:
    """A name as plain text on one line. Asterisks would read as marks of strong words.

    Joiners inside a grapheme, such as a family emoji, are kept.
    """
    visible = "".join(c if c.isprintable() or c in _JOINERS else " " for c in text)
    return " ".join(visible.replace("*", "∗").split()).strip(_JOINERS)


def cut(text: str, most: int = 21) -> str:
    """A reader's text, shortened to fit a sentence and cut between graphemes."""
    signs = list(islice(iter_graphemes(text), most + 1))
    return text if len(signs) <= most else "".join(signs[: most - 1]) + "…"


def _real(text: str) -> float | None:
    if not re.fullmatch(r"[-+−]?(\d+(\.\d*)?|\.\d+)(e[-+]?\d{1,3})?", text, re.ASCII | re.IGNORECASE):
        return None
    number = float(text.replace("−", "-"))
    return number if math.isfinite(number) else None


def _not(text: str) -> str:
    """``, not “abc”``: what was found instead, shortened to fit a sentence."""
    if not text:
        return ""
    return f", not “{cut(text)}”"


def group_names(topic: Topic) -> dict[str, str]:
    """What the groups are called in sentences about faults, by their keys."""
    return {
        "prolo": f"{topic.intervention} group",
        "control": f"{topic.control} group",
        "none": f"group with {topic.untreated}",
    }


def read_trial(
    fields: Mapping[str, str],
    kind: Kind,
    spread: Spread,
    three: bool,
    topic: Topic,
    meaning: Meaning = _USUAL,
) -> OwnTrial | tuple[Fault, ...]:
    """A trial from text fields (``name``, ``measure``, ``weeks``, ``prolo_better`` …), or what is wrong with them."""
    reader, names = _Reader(fields), group_names(topic)
    name = reader.name("name", "Name of the trial")
    measure = reader.name("measure", "What was measured")
    weeks = reader.whole("weeks", "Weeks after the start", 1, MOST_WEEKS) if fields["weeks"].strip() else None
    group = _counted if kind == "counts" else _scored
    groups = tuple(group(reader, key, role, names[key]) for key, role in GROUPS[: 3 if three else 2])
    return tuple(reader.faults) or OwnTrial(name, measure, weeks, kind, spread, groups, meaning)


def _counted(reader: _Reader, key: str, role: Role, words: str) -> Group:
    name = reader.name(f"{key}_name", f"Name of the {words}")
    n = reader.whole(f"{key}_of", f"Number in the {words}", 1, MOST_PEOPLE)
    better = reader.whole(f"{key}_better", f"Counted as better in the {words}", 0, MOST_PEOPLE)
    if better > n and not any(fault.field.startswith(key) for fault in reader.faults):
        sentence = f"Counted as better in the {words}: {better} can’t be better out of {n}."
        reader.faults.append(Fault(f"{key}_better", sentence))
    return Group(role, name, n, better=better)


def _scored(reader: _Reader, key: str, role: Role, words: str) -> Group:
    name = reader.name(f"{key}_name", f"Name of the {words}")
    n = reader.whole(f"{key}_n", f"Number in the {words}", 2, MOST_PEOPLE)
    mean = reader.mean(f"{key}_mean", f"Mean of the {words}")
    spread = reader.real(f"{key}_sd_or_se", f"Spread of the {words}", LEAST_SPREAD)
    return Group(role, name, n, mean=mean, spread=spread)


def as_library(trial: OwnTrial, topic: Topic) -> Library:
    """A library of this one trial, so that it can be queried as the built-in ones are."""
    empty: dict[str, tuple[object, ...]] = dict.fromkeys(TABLES, ())
    own = empty | {
        "sources": (Source("own", "own", trial.name, trial.name, trial.name, None, None, None, "", False),),
        "conditions": (Condition(OWN, "Your own trial", "your own trial", "●", None, 1, None, None, None),),
        "studies": (_study(trial),),
        "arms": tuple(_arm(group) for group in trial.groups),
        "outcomes": (_outcome(trial),),
        "results": tuple(_result(trial, group) for group in trial.groups),
    }
    return Library(Package(**own, topic=topic))  # type: ignore[arg-type]


def _study(trial: OwnTrial) -> Study:
    total = sum(group.n for group in trial.groups)
    return Study(OWN, "own", OWN, "", None, "own", None, trial.meaning.unit, total, total, trial.weeks, None, None)


def _arm(group: Group) -> Arm:
    return Arm(OWN, group.role, group.role, group.name, None, group.n, None, OWN, None, None, None)


def _outcome(trial: OwnTrial) -> Outcome:
    counted = trial.kind == "counts"
    final = trial.meaning.scores == "final"
    way = f" ({'final scores' if final else 'changes'}, {trial.meaning.better} is better)"
    return Outcome(
        outcome_id=OWN,
        study_id=OWN,
        name=trial.measure,
        plain_name=trial.measure + ("" if counted else way),
        domain="better" if counted else "function",
        instrument=OWN,
        kind="responder" if counted else "final_mean" if final else "change_mean",
        unit=UNITS[trial.meaning.unit] if counted else "points",
        better="higher" if counted else trial.meaning.better,
        baseline_outcome_id=None,
        scale_min=None,
        scale_max=None,
        mcid=None,
        weeks=trial.weeks,
        primary="yes",
        adjusted=None,
        where_in_source="typed in on this page",
        scale=None,
    )


def _result(trial: OwnTrial, group: Group) -> Result:
    sd, se = (group.spread, None) if trial.spread == "sd" else (None, group.spread)
    return Result(OWN, group.role, group.n, group.better, group.mean, sd, se, None, None, None)
