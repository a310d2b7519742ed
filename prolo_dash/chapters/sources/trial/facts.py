"""All that the package holds of one trial."""

from dataclasses import dataclass

from prolo_dash.evidence.blinding import CouldTell, could_tell_from_control
from prolo_dash.evidence.comparison import ArmFigure, Comparison
from prolo_dash.evidence.conditions import Condition
from prolo_dash.evidence.directions import DirectionMark, direction_marks, stated_direction
from prolo_dash.evidence.figures import Figured, figures
from prolo_dash.evidence.judged import Protection, protection_of
from prolo_dash.evidence.judged_records import Registration
from prolo_dash.evidence.library import Library
from prolo_dash.evidence.records import Arm, Claim, Contrast, Flag, Outcome, Source, Study
from prolo_dash.evidence.topic import Topic
from prolo_dash.evidence.verdicts import verdict_of
from prolo_dash.kit import trial_labels
from prolo_dash.kit.controls import Option, choice


def _options(known: Library) -> tuple[Option, ...]:
    """Every trial, condition by condition in the order of menus."""
    ordered = (s for c in known.conditions.values() for s in known.trials if s.condition == c.condition_id)
    return tuple(Option(s.study_id, known.name(s), group=known.condition_of(s).label) for s in ordered)


def _default(known: Library) -> str:
    """The trial that views of a single trial open with."""
    return known.comparison_by_id[trial_labels.default_comparison(known)].study.study_id


@dataclass(frozen=True)
class TrialState:
    """Which trial."""

    study: str = choice("Trial", _options, _default, style="menu")


@dataclass(frozen=True)
class Stated:
    """What the source says of two groups of one outcome."""

    outcome: Outcome
    arm: Arm
    versus: Arm
    contrast: Contrast


@dataclass(frozen=True)
class Warned:
    """A warning, once, with all that it is about: outcomes and groups, or the whole trial where there are none."""

    kind: str
    reason: str
    outcomes: tuple[Outcome, ...]
    arms: tuple[Arm, ...]


@dataclass(frozen=True)
class Facts:
    """One trial. ``main`` is the comparison that stands for it, with the group compared; None where none was seen.

    ``otherwise`` are other kinds of outcome on which the trial states something else than there.
    """

    topic: Topic
    study: Study
    name: str
    condition: Condition
    source: Source
    arms: tuple[Arm, ...]
    figures: tuple[Figured, ...]
    stated: tuple[Stated, ...]
    main: tuple[Comparison, ArmFigure] | None
    otherwise: tuple[DirectionMark, ...]
    could_tell: CouldTell
    warnings: tuple[Warned, ...]
    protection: Protection
    registrations: tuple[Registration, ...]
    claims: tuple[Claim, ...]

    @property
    def treated(self) -> tuple[Arm, ...]:
        """The intervention groups."""
        return tuple(arm for arm in self.arms if arm.role == "intervention")

    @property
    def compared(self) -> tuple[Arm, ...]:
        """The groups that the intervention is compared with."""
        return tuple(arm for arm in self.arms if arm.role != "intervention")


def facts(library: Library, state: TrialState) -> Facts:
    """What is known of the chosen trial."""
    study = library.study(state.study)
    own = figures(library, (study,))[study]
    return Facts(
        topic=library.topic,
        study=study,
        name=library.name(study),
        condition=library.condition_of(study),
        source=library.source(study.source_id),
        arms=library.arms(study.study_id),
        figures=own,
        stated=_stated(library, study),
        main=_main(library, study),
        otherwise=_otherwise(library, study),
        could_tell=could_tell_from_control(library, study),
        warnings=_warnings(library, study),
        protection=protection_of(library, study),
        registrations=tuple(r for r in library.package.registrations if study.study_id in r.studies),
        claims=tuple(c for c in library.package.claims if study.study_id in c.trials),
    )


def _outcomes(library: Library, study: Study) -> dict[str, Outcome]:
    return {o.outcome_id: o for o in library.package.outcomes if o.study_id == study.study_id}


def _stated(library: Library, study: Study) -> tuple[Stated, ...]:
    outcomes = _outcomes(library, study)
    arms = {arm.arm_id: arm for arm in library.arms(study.study_id)}
    return tuple(
        Stated(outcomes[c.outcome_id], arms[c.arm_id], arms[c.versus_arm_id], c)
        for c in library.package.contrasts
        if c.outcome_id in outcomes
    )


def _main(library: Library, study: Study) -> tuple[Comparison, ArmFigure] | None:
    """What is counted for it against the control, else its main outcome among those that a direction plot would draw.

    Else the first that says something.
    """
    verdict = verdict_of(library, study)
    if verdict and verdict.comparison.control:
        return verdict.comparison, verdict.comparison.control
    ranked = _ranked(library, study)
    return (ranked[0].comparison, ranked[0].versus) if ranked else None


def _otherwise(library: Library, study: Study) -> tuple[DirectionMark, ...]:
    main = _main(library, study)
    if main is None:
        return ()
    first = stated_direction(*main)
    others = (mark for mark in _ranked(library, study) if mark.comparison != main[0])
    return tuple(mark for mark in others if mark.direction not in ("not_stated", first))


def _ranked(library: Library, study: Study) -> list[DirectionMark]:
    marks = direction_marks(library, study)
    return sorted(marks, key=lambda m: (m.comparison.outcome.primary != "yes", m.direction == "not_stated"))


def _warnings(library: Library, study: Study) -> tuple[Warned, ...]:
    """Every warning that is stored, then those that follow from the figures."""
    outcomes = _outcomes(library, study)
    arms = {arm.arm_id: arm for arm in library.arms(study.study_id)}
    stored = [flag for flag in library.package.flags if flag.study_id == study.study_id]
    derived = [flag for c in library.comparisons_of(study) for flag in c.flags if flag not in stored]
    grouped: dict[tuple[str, str], list[Flag]] = {}
    for flag in (*stored, *derived):
        grouped.setdefault((flag.kind, flag.reason), []).append(flag)
    return tuple(
        Warned(
            kind,
            reason,
            tuple(dict.fromkeys(outcomes[flag.outcome_id] for flag in own if flag.outcome_id)),
            tuple(dict.fromkeys(arms[flag.arm_id] for flag in own if flag.arm_id)),
        )
        for (kind, reason), own in grouped.items()
    )
