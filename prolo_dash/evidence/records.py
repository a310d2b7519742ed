"""The rows of the evidence package, one frozen record type a table.

Field names are the CSV's column names. An empty cell is ``None``: not reported where we looked.
"""

from dataclasses import dataclass
from typing import Literal

Role = Literal["intervention", "control", "untreated", "other"]
OutcomeKind = Literal["responder", "change_mean", "final_mean"]
Domain = Literal["better", "pain", "function", "other"]
Direction = Literal["favours_intervention", "favours_comparator", "no_difference", "not_stated"]


@dataclass(frozen=True)
class Source:
    """A publication or page, and where its figures were read. ``name`` is what the page calls it."""

    source_id: str
    kind: str
    name: str
    citation: str
    title: str
    year: int | None
    doi: str | None
    pmid: str | None
    seen_at: str
    title_checked: bool


@dataclass(frozen=True)
class Claim:
    """One thing the article says, paraphrased, with the evidence behind it."""

    claim_id: str
    paragraph: int
    topic: str
    condition: str | None
    paraphrase: str
    kind: str
    value: str | None
    comparator_as_told: str | None
    source_as_told: str | None
    hedge: str | None
    trial_ids: str | None
    outcome_ids: str | None
    what_the_evidence_adds: str | None
    answered_by: str | None
    in_a_sentence: str | None
    effect: str | None
    effect_as_told: str | None

    @property
    def trials(self) -> tuple[str, ...]:
        """Ids of the studies behind the claim."""
        return tuple(self.trial_ids.split(";")) if self.trial_ids else ()

    @property
    def outcomes(self) -> tuple[str, ...]:
        """Ids of the outcomes that hold the claim's figures, one a trial."""
        return tuple(self.outcome_ids.split(";")) if self.outcome_ids else ()


@dataclass(frozen=True)
class Study:
    """One trial or study. ``told_apart`` is the word that tells it from another one of the same name."""

    study_id: str
    source_id: str
    condition: str
    population: str
    country: str | None
    design: str
    blinding: str | None
    unit: str
    n_randomised: int | None
    n_analysed: int | None
    longest_followup_weeks: int | None
    notes: str | None
    told_apart: str | None


@dataclass(frozen=True)
class Arm:
    """One group of a study: what it was given, and what ``beside`` that was part of its treatment.

    ``told_apart`` holds the words that tell it from another intervention arm of its study, ``in_words`` how it
    is called in a sentence where its label does not do.
    """

    study_id: str
    arm_id: str
    role: Role
    label: str
    substance: str | None
    n_randomised: int | None
    n_injection_sessions: float | None
    treatment_id: str
    beside_id: str | None
    told_apart: str | None
    in_words: str | None


@dataclass(frozen=True)
class Outcome:
    """One thing a study measured at one time. ``better`` says which way the printed values improve."""

    outcome_id: str
    study_id: str
    name: str
    plain_name: str
    domain: Domain
    instrument: str
    kind: OutcomeKind
    unit: str
    better: Literal["higher", "lower"]
    baseline_outcome_id: str | None
    scale_min: float | None
    scale_max: float | None
    mcid: str | None
    weeks: int | None
    primary: Literal["yes", "no", "unknown"]
    adjusted: str | None
    where_in_source: str
    scale: str | None

    @property
    def sign(self) -> int:
        """1 where a higher printed value is better, else -1."""
        return 1 if self.better == "higher" else -1


@dataclass(frozen=True)
class Result:
    """One arm's figures for one outcome, as printed."""

    outcome_id: str
    arm_id: str
    n: int | None
    events: int | None
    mean: float | None
    sd: float | None
    se: float | None
    ci_low: float | None
    ci_high: float | None
    notes: str | None


@dataclass(frozen=True)
class Contrast:
    """A between-arm statement as the paper prints it. ``sign`` turns ``estimate`` into higher = better."""

    outcome_id: str
    arm_id: str
    versus_arm_id: str
    measure: str
    estimate: float | None
    ci_low: float | None
    ci_high: float | None
    p: str | None
    sign: int | None
    direction: Direction
    notes: str | None


@dataclass(frozen=True)
class Flag:
    """A warning shown next to a number: of a whole study, of one outcome, or of one arm of it."""

    flag_id: str
    kind: str
    study_id: str
    outcome_id: str | None
    arm_id: str | None
    reason: str


@dataclass(frozen=True)
class Harm:
    """An unwanted event as a study reports it. A total and a grade (how bad it was) count other rows' reports again."""

    harm_id: str
    study_id: str
    arm_id: str | None
    event: str
    n: int | None
    events: int | None
    severity: str
    notes: str | None
    counts: Literal["event", "total", "grade"]
    claim_ids: str | None
    in_words: str | None

    @property
    def claims(self) -> tuple[str, ...]:
        """Ids of the claims that it speaks of."""
        return tuple(self.claim_ids.split(";")) if self.claim_ids else ()


@dataclass(frozen=True)
class HarmReport:
    """An unwanted event as a survey, review, case report or page names it."""

    harm_report_id: str
    event: str
    kind: str
    source_id: str
    estimate: str | None
    notes: str | None
    claim_ids: str | None

    @property
    def claims(self) -> tuple[str, ...]:
        """Ids of the claims that it speaks of."""
        return tuple(self.claim_ids.split(";")) if self.claim_ids else ()


@dataclass(frozen=True)
class Benchmark:
    """A figure of placebo research. Signs are as each paper prints them.

    ``shown`` says where the page shows it, ``told_of`` of what it is, in the words of a sentence.
    """

    benchmark_id: str
    source_id: str
    population: str
    placebo_kind: str
    measure: str
    estimate: float | None
    ci_low: float | None
    ci_high: float | None
    unit: str
    n_trials: int | None
    n_patients: int | None
    weeks: int | None
    notes: str | None
    shown: str | None
    told_of: str | None


@dataclass(frozen=True)
class Threshold:
    """A smallest change that people are said to notice, for one instrument; ``mcid_high`` where it is a range.

    ``instruments`` are the outcomes' instruments that it is for, ``condition_ids`` the conditions it is shown for.
    """

    threshold_id: str
    instrument: str
    condition: str
    mcid: float | None
    unit: str
    scale_min: float | None
    scale_max: float | None
    source_id: str
    notes: str | None
    mcid_high: float | None
    instruments: str | None
    condition_ids: str | None

    @property
    def shown_for(self) -> tuple[str, ...]:
        """Ids of the conditions that it is shown for."""
        return tuple(self.condition_ids.split(";")) if self.condition_ids else ()

    @property
    def measured_with(self) -> tuple[str, ...]:
        """Instruments of outcomes that it is for."""
        return tuple(self.instruments.split(";")) if self.instruments else ()


@dataclass(frozen=True)
class Position:
    """What an organisation says of the intervention, and how the article tells it: ``told_as``, claim by claim."""

    position_id: str
    organisation: str
    position: str
    condition: str
    year: int | None
    source_id: str | None
    notes: str | None
    kind: Literal["body", "payer"]
    claim_ids: str | None
    told_as: str | None
    second_hand: bool
    country: str | None
    lead: str | None

    @property
    def as_told(self) -> tuple[tuple[str, str], ...]:
        """Ids of the claims that tell this position, each with the position as it is told there."""
        if not self.claim_ids:
            return ()
        return tuple(zip(self.claim_ids.split(";"), (self.told_as or "").split(";"), strict=True))


@dataclass(frozen=True)
class Price:
    """A published price of a treatment: a source's, or the article's, which a claim tells."""

    price_id: str
    item: str
    amount: float
    currency: str
    per: str
    year: int | None
    source_id: str | None
    notes: str | None
    treatment_id: str
    sessions_low: int | None
    sessions_high: int | None
    claim_id: str | None


@dataclass(frozen=True)
class Contraindication:
    """Who should not have it, according to one page; without a ``reason`` it is a list that was not seen."""

    contraindication_id: str
    item: str
    absolute_or_relative: str
    source_id: str
    notes: str | None
    reason: str | None
    page_kind: Literal["guideline", "review", "health_site", "clinic", "consent_form"]
    against: str | None


@dataclass(frozen=True)
class Mechanism:
    """A theory of how it might work, and the level of its evidence."""

    mechanism_id: str
    theory: str
    evidence_level: str
    source_id: str
    notes: str | None


@dataclass(frozen=True)
class HistoryFact:
    """A dated fact of its history, and who says so."""

    history_id: str
    fact: str
    source_id: str
    notes: str | None


@dataclass(frozen=True)
class Term:
    """A word of the field that stays on the page, explained in plain words. ``also`` holds its other forms."""

    term_id: str
    term: str
    also: str | None
    meaning: str
