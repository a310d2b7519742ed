"""What is known of unwanted events: what the article names, what trials, a survey and other pages report."""

from dataclasses import dataclass

from prolo_dash.evidence.conditions import Condition
from prolo_dash.evidence.library import Library
from prolo_dash.evidence.records import Claim, Harm, HarmReport, Study
from prolo_dash.stats.effects import Estimate, wilson


@dataclass(frozen=True)
class Effect:
    """One effect that the article names, and who else reports it; reports with a count, the largest first."""

    claim: Claim
    trials: tuple[Harm, ...]
    survey: tuple[Harm, ...]
    pages: tuple[HarmReport, ...]

    @property
    def is_mild(self) -> bool:
        """Whether the article calls it mild; else it calls it possible, but unreported."""
        return self.claim.effect_as_told == "mild"


@dataclass(frozen=True)
class NoneSerious:
    """A condition of which the article says that no trial showed serious harm, and of how many a report was seen."""

    condition: Condition
    trials: int
    reporting: int


def survey_of(library: Library) -> Study | None:
    """The survey of practitioners, if there is one."""
    return next((study for study in library.package.studies if study.design == "survey"), None)


def events_per_100(harm: Harm) -> Estimate | None:
    """Events of 100 people with their interval (Wilson); None where events or people were not given."""
    if harm.events is None or harm.n is None:
        return None
    return wilson(harm.events, harm.n).scaled(100)


def reported_by_trials(library: Library) -> tuple[Harm, ...]:
    """Every report of a trial, those with a denominator first, the largest first."""
    treated = {study.study_id for study in library.trials}
    found = [harm for harm in library.package.harms if harm.study_id in treated]
    return tuple(sorted(found, key=lambda harm: -(harm.n or 0) if events_per_100(harm) else 1))


def counted_in(library: Library, survey: Study) -> tuple[Harm, ...]:
    """A survey's counts: all, then each kind, most frequent first, then how bad they were."""
    order = ("total", "event", "grade")
    own = [h for h in library.package.harms if h.study_id == survey.study_id and h.events is not None]
    return tuple(sorted(own, key=lambda harm: (order.index(harm.counts), -(harm.events or 0))))


def named_effects(library: Library) -> tuple[Effect, ...]:
    """The effects that the article names, in its order."""
    surveys = {study.study_id for study in library.package.studies} - {study.study_id for study in library.trials}

    def effect(claim: Claim) -> Effect:
        own = [harm for harm in library.package.harms if claim.claim_id in harm.claims]
        own.sort(key=lambda harm: -(harm.events or 0))
        return Effect(
            claim,
            tuple(harm for harm in own if harm.study_id not in surveys),
            tuple(harm for harm in own if harm.study_id in surveys),
            tuple(report for report in library.package.harm_reports if claim.claim_id in report.claims),
        )

    return tuple(effect(claim) for claim in library.package.claims if claim.effect)


def said_to_be_without_serious_harm(library: Library) -> NoneSerious | None:
    """What trials report on the condition of which the article says that none showed serious harm."""
    told = next((c for c in library.package.claims if c.effect_as_told == "none_serious"), None)
    if told is None or told.condition not in library.conditions:
        return None
    condition = library.group_of(library.conditions[told.condition])
    trials = {study.study_id for study in library.trials_on([condition.condition_id])}
    return NoneSerious(condition, len(trials), len(trials & {harm.study_id for harm in library.package.harms}))
