"""Records of what others judged, pooled, registered and looked for: one frozen record type a table."""

from dataclasses import dataclass
from typing import Literal

Judged = Literal["low", "unclear", "some_concerns", "high", "met", "not_met", "score"]
FactName = Literal[
    "randomisation_method",
    "concealment",
    "blinded_participants",
    "blinded_assessors",
    "lost_percent",
    "itt",
    "registered_prospectively",
    "funding",
]
Answer = Literal["yes", "partly", "no", "unclear"]
Finding = Literal["favours_intervention", "no_difference", "favours_comparator", "mixed", "not_stated"]
RegistrationKind = Literal[
    "registered_late",
    "arm_missing",
    "outcomes_changed",
    "plan_differs",
    "no_change_seen",
    "unpublished",
    "under_way",
    "double_counting",
    "correction",
    "looked_for",
    "integrity",
]
WhatBecame = Literal["ended", "too_small", "never_began"]

ACROSS = "several"  # what reviews.csv writes for a review across conditions


@dataclass(frozen=True)
class TrialJudgement:
    """One judgement of a trial, as a whole or in one domain. ``ties`` bind the judge to trial or treatment.

    ``taken_over``: from an earlier search, not read again.
    """

    quality_id: str
    study_id: str
    tool: str
    domain: str
    judgement: Judged
    score: float | None
    max_score: float | None
    judged_by: str
    year: int | None
    ties: str | None
    inferred: bool
    taken_over: bool
    url: str | None
    place: str
    note: str | None


@dataclass(frozen=True)
class TrialFact:
    """What one page says of how a trial was made. ``inferred``: worked out by us, not said there.

    ``percent`` is the share lost, where the page gives one for all; ``arm_ids`` those whose people could not tell
    which of them they were in, where they were blinded in part.
    """

    fact_id: str
    study_id: str
    fact: FactName
    answer: Answer
    value: str | None
    percent: float | None
    arm_ids: str | None
    words: str | None
    inferred: bool
    url: str | None
    place: str
    note: str | None

    @property
    def arms(self) -> tuple[str, ...]:
        """Ids of the arms that it names; none where it is about all or does not tell which."""
        return tuple(self.arm_ids.split(";")) if self.arm_ids else ()


@dataclass(frozen=True)
class Review:
    """One result of a published review. ``sign`` is 1 where a higher estimate favours the intervention, else -1."""

    review_id: str
    citation: str
    year: int | None
    conditions: str | None
    about: str
    compared: str
    n_trials: int | None
    n_people: int | None
    printed: str | None
    measure: str | None
    estimate: float | None
    ci_low: float | None
    ci_high: float | None
    sign: int | None
    heterogeneity: str | None
    certainty: str | None
    finding: Finding
    conclusion: str
    own_authors: str | None
    doubt: str | None
    doi: str | None
    url: str
    note: str | None

    @property
    def keys(self) -> tuple[str, ...]:
        """Conditions that the review is about; none where the page does not cover them."""
        return tuple(self.conditions.split(";")) if self.conditions else ()


@dataclass(frozen=True)
class Registration:
    """What became of a plan: a trial's registration beside its report, or a search for corrections.

    ``what_became`` of a trial without a paper is None where that was not seen.
    """

    registration_id: str
    kind: RegistrationKind
    study_ids: str | None
    trial: str
    condition: str | None
    registry_id: str | None
    status: str | None
    what_became: WhatBecame | None
    found: str
    why: str | None
    url: str | None
    rebuilt: bool
    note: str | None

    @property
    def studies(self) -> tuple[str, ...]:
        """Ids of the studies that it is about; none for a trial that is not in the data."""
        return tuple(self.study_ids.split(";")) if self.study_ids else ()

    @property
    def is_in_registry(self) -> bool:
        """Whether its number is one of a registry; that of a plan in a journal is a DOI."""
        return self.registry_id is not None and not self.registry_id.startswith("10.")

    @property
    def may_have_results(self) -> bool:
        """Whether there could be something to report: not if it never began or stopped with too few people."""
        return self.what_became not in ("too_small", "never_began")
