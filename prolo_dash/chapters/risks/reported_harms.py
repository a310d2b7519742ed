"""Who was counted as better and who was not: 100 squares for each group of one trial, and what it says of harms."""

from dataclasses import dataclass
from functools import cache

from prolo_dash.chapters.risks.grid import Group, grids
from prolo_dash.chapters.risks.trial_reports import harm_words
from prolo_dash.evidence.comparison import ArmFigure, Comparison
from prolo_dash.evidence.library import Library
from prolo_dash.evidence.records import Study
from prolo_dash.kit import trial_labels
from prolo_dash.kit.controls import choice
from prolo_dash.kit.scales import PER_100
from prolo_dash.kit.theme import ROLE_COLOUR, ROLE_LABEL
from prolo_dash.kit.view import Cell, Rendering, Row, Table, View
from prolo_dash.kit.wording import count, flag_reasons, per_hundred, printed, weeks_words


@cache
def counted(known: Library) -> tuple[Comparison, ...]:
    """Comparisons that count people as better in the prolotherapy and the control injection group, by condition."""
    found = [c for c in known.comparisons if c.is_share and _drawn(c.intervention) and c.control and _drawn(c.control)]
    return tuple(sorted(found, key=lambda c: (c.condition.position, c.outcome.weeks or 0)))


def _drawn(figure: ArmFigure) -> bool:
    return figure.gain is not None


@dataclass(frozen=True)
class RisksState:
    """Which trial, and which of its counts."""

    trial: str = choice(
        "Trial and what it counted",
        trial_labels.comparison_options(counted),
        trial_labels.default_comparison,
        style="menu",
    )


def render(known: Library, state: RisksState) -> Rendering:
    """The groups of one comparison, as 100 squares each."""
    comparison = known.comparison_by_id[state.trial]
    arms = [f for f in comparison.arms if _drawn(f)]
    rest = _without_control(known)
    return Rendering(
        sentence=_sentence(known, comparison, arms),
        chart=grids(tuple(_group(f) for f in arms)),
        table=_table(comparison, arms),
        alt=_alt(known, comparison, arms),
        how_to_read=_HOW_TO_READ,
        sources=trial_labels.source_links(known, [comparison]),
        listed_title=f"Listed, not drawn: {count(len(rest), 'study', 'studies')} that counted people as better, but "
        "not after a control injection",
        listed=trial_labels.listed(known, rest.items(), "better"),
    )


_HOW_TO_READ = (
    "Each square is one of 100, the same 100 for every group. The real groups were smaller; the table has their counts "
    "and a 95% interval where one can be computed.",
    "A filled square was counted as better, a hollow one was not. It does not show what made the person better. Some "
    "people get better with time alone.",
    "Numbers are rounded, so a difference may seem to be off by 1.",
    "What counts as better differs from trial to trial: it can be no pain at all, or half the pain.",
    "Unwanted effects are told only as far as the trial reports them. The next chart has all such reports.",
)


def _better(figure: ArmFigure) -> int:
    return int(per_hundred(figure.gain or 0.0))


def _unit(comparison: Comparison) -> str:
    return "people" if comparison.study.unit == "person" else f"{comparison.study.unit}s"


_AFTER = {
    "intervention": "after prolotherapy",
    "control": "after the control injection",
    "untreated": "with no injection",
    "other": "after another treatment",
}


def _sentence(known: Library, comparison: Comparison, arms: list[ArmFigure]) -> str:
    first, *others = arms
    lead = f"{trial_labels.who(known, comparison)}, {trial_labels.what(comparison)}: of 100 {_unit(comparison)}, "
    lead += f"**{_better(first)}** were counted as better and **{100 - _better(first)}** were not after prolotherapy."
    pairs = [f"{_AFTER[f.arm.role]} **{_better(f)}** were and **{100 - _better(f)}** were not" for f in others]
    beside = f"{pairs[0][0].upper()}{'; '.join(pairs)[1:]}."
    said = (lead, beside, _difference(comparison), _switched(known, comparison), _harm(known, comparison))
    return " ".join(part for part in said if part)


def _difference(comparison: Comparison) -> str:
    split = comparison.split
    assert split is not None
    left = split.added_by_intervention
    gap = left if left.value >= 0 else left.negated()
    ahead = "Prolotherapy was ahead" if left.value >= 0 else "The control injection was ahead"
    if left.has_interval:
        return f"{ahead} by {PER_100.interval(gap)} of 100."
    return f"{ahead} by {PER_100.text(gap.value)} of 100; the uncertainty cannot be computed from the figures seen."


def _switched(known: Library, comparison: Comparison) -> str:
    """Groups that are no longer as randomised never stand without the randomised counts of the same measure."""
    if comparison.as_randomised:
        return ""
    same = next(
        c
        for c in known.comparisons_of(comparison.study)
        if c.as_randomised and c.outcome.instrument == comparison.outcome.instrument
    )
    counts = "; ".join(printed(f) for f in same.arms)
    when = weeks_words(same.outcome.weeks)
    return f"These groups are **not as randomised**. As randomised, at {when}: {counts}."


def _harm(known: Library, comparison: Comparison) -> str:
    own = [h for h in known.package.harms if h.study_id == comparison.study.study_id]
    if not own:
        return "What went wrong was not reported where we looked."
    told = "; ".join(f"{h.event}: {harm_words(h, 'out of how many is not told')}" for h in own)
    return f"What went wrong, as reported: {told}."


def _group(figure: ArmFigure) -> Group:
    role = figure.arm.role
    title = ROLE_LABEL[role].partition(" (")[0].capitalize()  # the group's own name follows
    notes = (figure.arm.label, f"printed: {printed(figure)}")
    return Group(figure.arm.arm_id, title, ROLE_COLOUR[role], role == "control", _better(figure), notes)


def _table(comparison: Comparison, arms: list[ArmFigure]) -> Table:
    columns = ("Group", "Counted as better, of 100", "Not counted as better, of 100", "As printed")
    flags = flag_reasons(comparison)
    found = tuple(_row(f, flags if i == len(arms) - 1 else ()) for i, f in enumerate(arms))
    caption = f"Each group as 100 {_unit(comparison)}, with 95% intervals where the counts were printed."
    return Table(caption, columns, found)


def _row(figure: ArmFigure, flags: tuple[str, ...]) -> Row:
    estimate = figure.gain_estimate
    assert estimate is not None
    cells = (
        Cell(figure.arm.label, ROLE_LABEL[figure.arm.role]),
        Cell(PER_100.interval(estimate)),
        Cell(str(100 - _better(figure))),
        Cell(printed(figure)),
    )
    return Row(figure.arm.arm_id, cells, flags)


def _without_control(known: Library) -> dict[Study, list[Comparison]]:
    return {
        study: own
        for study in known.trials
        if (own := [c for c in known.comparisons_of(study) if c.is_share]) and not any(c in counted(known) for c in own)
    }


def _alt(known: Library, comparison: Comparison, arms: list[ArmFigure]) -> str:
    parts = "; ".join(f"{ROLE_LABEL[f.arm.role]}: {_better(f)} filled, {100 - _better(f)} hollow" for f in arms)
    return (
        f"For each group of {trial_labels.who(known, comparison)}, 100 squares, filled for those counted as "
        f"better: {parts}."
    )


VIEW = View(
    key="risks",
    question="Of 100 people, how many got better, how many did not, and what went wrong?",
    state=RisksState,
    render=render,
    for_class="Why are the squares 100 for each group, when the groups in the trial were of different size?",
)
