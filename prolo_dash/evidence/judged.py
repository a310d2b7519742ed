"""Questions asked of the tables of facts, judgements, reviews and registrations."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import combinations
from typing import Literal, get_args

from prolo_dash.evidence.conditions import Condition
from prolo_dash.evidence.judged_records import Answer, FactName, Registration, Review, TrialFact, TrialJudgement
from prolo_dash.evidence.library import Library
from prolo_dash.evidence.records import Study

FACTS: tuple[FactName, ...] = get_args(FactName)

_GOOD = {"low": 1.0, "met": 1.0, "unclear": 0.5, "some_concerns": 0.5, "high": 0.0, "not_met": 0.0}
_APART = 0.25  # judgements further apart than this share of their tool contradict each other


@dataclass(frozen=True)
class Known:
    """What was seen of one fact of one trial: every statement, and the answer they give together."""

    fact: FactName
    statements: tuple[TrialFact, ...]

    @property
    def answer(self) -> Answer | Literal["pages_differ", "not_seen"]:
        """The answer of all pages, whether they differ, or that none was seen."""
        answers = {statement.answer for statement in self.statements}
        if not answers:
            return "not_seen"
        return answers.pop() if len(answers) == 1 else "pages_differ"

    @property
    def inferred(self) -> bool:
        """Whether no page says it, so that it is worked out by us."""
        return bool(self.statements) and all(statement.inferred for statement in self.statements)


@dataclass(frozen=True)
class Protection:
    """What protects the result of one trial: its eight facts in order, and every judgement."""

    study: Study
    trial: str
    facts: tuple[Known, ...]
    judgements: tuple[TrialJudgement, ...]

    @property
    def seen(self) -> int:
        """How many of the facts were seen."""
        return sum(bool(known.statements) for known in self.facts)

    @property
    def overall(self) -> list[TrialJudgement]:
        """Judgements of the trial as a whole."""
        return [judgement for judgement in self.judgements if judgement.domain == "overall"]

    @property
    def contradicting(self) -> list[TrialJudgement]:
        """Judgements of the trial as a whole that are far from another judge's; in file order."""
        apart = [pair for pair in combinations(self.overall, 2) if _differ(*pair)]
        return [judgement for judgement in self.overall if any(judgement in pair for pair in apart)]


def _differ(one: TrialJudgement, two: TrialJudgement) -> bool:
    return one.judged_by != two.judged_by and abs(_goodness(one) - _goodness(two)) > _APART


def _goodness(judgement: TrialJudgement) -> float:
    """A judgement on a scale from the worst (0) to the best (1) that its tool can give."""
    if judgement.score is not None and judgement.max_score:
        return judgement.score / judgement.max_score
    return _GOOD[judgement.judgement]


def protection_of(library: Library, study: Study) -> Protection:
    """What was seen of how a trial was run, facts not seen included, and what others judged."""
    stated = [fact for fact in library.package.trial_facts if fact.study_id == study.study_id]
    facts = tuple(Known(name, tuple(fact for fact in stated if fact.fact == name)) for name in FACTS)
    judgements = tuple(one for one in library.package.trial_quality if one.study_id == study.study_id)
    return Protection(study, library.name(study), facts, judgements)


def reviews_of(library: Library, condition: str) -> list[Review]:
    """Results of reviews on one condition, the newest first, those without a year last; else in file order."""
    own = [review for review in library.package.reviews if condition in review.keys]
    return sorted(own, key=lambda review: -(review.year or 0))


def not_covered(library: Library) -> list[Review]:
    """Results of reviews on conditions that the page does not cover."""
    return [review for review in library.package.reviews if not review.keys]


def registrations(library: Library, kinds: Iterable[str], condition: str | None = None) -> list[Registration]:
    """Registrations of some kinds, in the order of the kinds; of one condition or group of conditions, or of all."""
    order = list(kinds)
    about = {c.condition_id for c in library.single(condition)} if condition else None
    own = [r for r in library.package.registrations if r.kind in order and (about is None or r.condition in about)]
    return sorted(own, key=lambda registration: order.index(registration.kind))


def group_of(library: Library, registration: Registration) -> Condition | None:
    """The group of conditions of a registration; None for a condition that the page does not cover."""
    condition = library.conditions.get(registration.condition or "")
    return library.group_of(condition) if condition else None
