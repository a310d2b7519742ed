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
class Search:
    """A search for trials and its last day (``2026-11-28``), or trials that are known of and not in the data."""

    search_id: str
    kind: Literal["searched", "named_only", "out_of_scope", "kept_out"]
    until: str
    many: int
    what: str
    notes: str | None
    url: str | None
