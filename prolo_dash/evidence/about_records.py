"""The rows about the page and the data themselves: what it opens with, and how the trials were found."""

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True)
class Default:
    """What the page opens with: a claim, or a comparison by its id."""

    default_id: Literal["claim", "comparison", "own_counts", "own_scores"]
    value: str
    notes: str | None


PredictionKind = Literal[
    "control_gain", "difference_of_counts", "difference_of_scores", "replay", "must_change", "ahead", "second_throw"
]


@dataclass(frozen=True)
class AskedPrediction:
    """A question that readers guess the answer of. ``question`` and ``unit`` have slots for what is worked out."""

    prediction_id: str
    kind: PredictionKind
    comparison: str | None
    beside: str | None
    question: str
    low: int | None
    high: int | None
    step: int
    unit: str
    why: str
    before_chapter: str | None


@dataclass(frozen=True)
class LessonRow:
    """A comparison among the few rows that a lesson's chart opens with, and why it is one of them."""

    row_id: str
    view: str
    comparison: str
    why: str


CheckTime = Literal["before", "after"]


@dataclass(frozen=True)
class AskedCheck:
    """A question of a lesson with answers to choose from, one of them right.

    Two of one ``pair`` ask for the same thing, one before the lesson and one after it. ``correct`` is the letter of the
    right answer; what is said of an answer is why it is right or wrong.
    """

    check_id: str
    lesson: str
    pair: str
    time: CheckTime
    question: str
    answer_a: str
    answer_b: str
    answer_c: str
    answer_d: str | None
    correct: Literal["a", "b", "c", "d"]
    why_a: str
    why_b: str
    why_c: str
    why_d: str | None


@dataclass(frozen=True)
class Search:
    """A search for trials and its last day (``2026-11-28``), or trials that are known of and not in the data."""

    search_id: str
    kind: Literal["searched", "named_only", "out_of_scope", "kept_out"]
    until: str
    many: int
    what: str
    notes: str | None
    url: str | None
