"""Who was counted as better and who was not: 100 squares for each group of one trial, and what it says of harms."""

from dataclasses import dataclass

from prolo_dash.chapters.risks.harm_words import harm_words
from prolo_dash.evidence.comparison import ArmFigure, Comparison
from prolo_dash.evidence.library import Library, per_library
from prolo_dash.evidence.records import Harm, Role, Study
from prolo_dash.evidence.topic import Topic
from prolo_dash.kit import trial_labels
from prolo_dash.kit.controls import choice
from prolo_dash.kit.icon_array import Group, IconArray
from prolo_dash.kit.scales import PER_100
from prolo_dash.kit.theme import ROLE_COLOUR
from prolo_dash.kit.topic_words import indefinite, role_name
from prolo_dash.kit.view import Cell, Chart, Rendering, Row, Table, View
from prolo_dash.kit.wording import capitalised, count, flag_reasons, per_hundred, plural, printed, weeks_words
from prolo_dash.stats.effects import Estimate


@per_library
def counted(known: Library) -> tuple[Comparison, ...]:
    """Comparisons that count people as better in the intervention and the control group, by condition."""
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


@dataclass(frozen=True)
class Of100:
    """One group as 100: how many of them were counted as better, and the share with its interval."""

    figure: ArmFigure
    better: int
    share: Estimate

    @property
    def role(self) -> Role:
        """The group's role."""
        return self.figure.arm.role

    @property
    def not_better(self) -> int:
        """How many were not counted as better."""
        return 100 - self.better


@dataclass(frozen=True)
class Facts:
    """The groups of one comparison, how far they lie apart, and what the trial reports of harm.

    ``as_randomised`` are the randomised counts of the same measure where the groups of this one no longer are.
    ``without_control`` are studies that count people as better, but not in a control group.
    """

    topic: Topic
    comparison: Comparison
    groups: tuple[Of100, ...]
    difference: Estimate
    as_randomised: Comparison | None
    harms: tuple[Harm, ...]
    without_control: dict[Study, tuple[Comparison, ...]]


def facts(known: Library, state: RisksState) -> Facts:
    """The groups of one comparison as 100 each, and what went wrong."""
    comparison = known.comparison_by_id[state.trial]
    split = comparison.split
    assert split is not None
    return Facts(
        known.topic,
        comparison,
        tuple(_of_100(figure) for figure in comparison.arms if _drawn(figure)),
        split.added_by_intervention,
        None if comparison.as_randomised else _randomised(known, comparison),
        tuple(harm for harm in known.package.harms if harm.study_id == comparison.study.study_id),
        _without_control(known),
    )


def _of_100(figure: ArmFigure) -> Of100:
    assert figure.gain_estimate is not None
    return Of100(figure, int(per_hundred(figure.gain or 0.0)), figure.gain_estimate)


def _randomised(known: Library, comparison: Comparison) -> Comparison | None:
    """The randomised counts of the same measure."""
    same = (c for c in known.comparisons_of(comparison.study) if c.as_randomised)
    return next((c for c in same if c.outcome.instrument == comparison.outcome.instrument), None)


def _without_control(known: Library) -> dict[Study, tuple[Comparison, ...]]:
    found = {study: tuple(c for c in known.comparisons_of(study) if c.is_share) for study in known.trials}
    return {study: own for study, own in found.items() if own and not any(c in counted(known) for c in own)}


def render(known: Library, state: RisksState) -> Rendering:
    """The groups of one comparison, as 100 squares each."""
    found = facts(known, state)
    rest = count(len(found.without_control), "study", "studies")
    return Rendering(
        sentence=_sentence(known, found),
        chart=_chart(found),
        table=_table(found),
        alt=_alt(known, found),
        how_to_read=_HOW_TO_READ,
        sources=trial_labels.source_links(known, [found.comparison]),
        listed_title=f"Listed, not drawn: {rest} that counted people as better, but not after "
        f"{indefinite(found.topic.control)}",
        listed=trial_labels.listed(known, found.without_control.items(), "better"),
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


def _after(topic: Topic, role: Role) -> str:
    words: dict[Role, str] = {
        "intervention": f"after {topic.intervention}",
        "control": f"after the {topic.control}",
        "untreated": f"with {topic.untreated}",
        "other": "after another treatment",
    }
    return words[role]


def _sentence(known: Library, found: Facts) -> str:
    comparison, topic = found.comparison, found.topic
    first, *others = found.groups
    lead = (
        f"{trial_labels.who(known, comparison)}, {trial_labels.what(comparison)}: of 100 {plural(comparison)}, "
        f"**{first.better}** were counted as better and **{first.not_better}** were not {_after(topic, first.role)}."
    )
    pairs = (f"{_after(topic, g.role)} **{g.better}** were and **{g.not_better}** were not" for g in others)
    beside = f"{capitalised('; '.join(pairs))}."
    said = (lead, beside, _difference(found), _switched(found), _harm(found))
    return " ".join(part for part in said if part)


def _difference(found: Facts) -> str:
    left = found.difference
    gap = left if left.value >= 0 else left.negated()
    ahead = capitalised(found.topic.intervention if left.value >= 0 else f"the {found.topic.control}") + " was ahead"
    if left.has_interval:
        return f"{ahead} by {PER_100.interval(gap)} of 100."
    return f"{ahead} by {PER_100.text(gap.value)} of 100; the uncertainty cannot be computed from the figures seen."


def _switched(found: Facts) -> str:
    """Groups that are no longer as randomised never stand without the randomised counts of the same measure."""
    if found.comparison.as_randomised:
        return ""
    if found.as_randomised is None:
        return "These groups are **not as randomised**."
    counts = "; ".join(printed(f) for f in found.as_randomised.arms)
    when = weeks_words(found.as_randomised.outcome.weeks)
    return f"These groups are **not as randomised**. As randomised, at {when}: {counts}."


def _harm(found: Facts) -> str:
    if not found.harms:
        return "What went wrong was not reported where we looked."
    told = "; ".join(f"{harm.event}: {harm_words(harm, 'out of how many is not told')}" for harm in found.harms)
    return f"What went wrong, as reported: {told}."


def _chart(found: Facts) -> Chart:
    return IconArray(tuple(_group(found.topic, group) for group in found.groups))


def _group(topic: Topic, group: Of100) -> Group:
    names: dict[Role, str] = {"untreated": topic.untreated}  # the group's own name follows
    title = capitalised(names.get(group.role) or role_name(topic, group.role))
    notes = (group.figure.arm.label, f"printed: {printed(group.figure)}")
    hatched = group.role == "control"
    return Group(group.figure.arm.arm_id, title, ROLE_COLOUR[group.role], hatched, group.better, notes)


def _table(found: Facts) -> Table:
    columns = ("Group", "Counted as better, of 100", "Not counted as better, of 100", "As printed")
    flags, last = flag_reasons(found.comparison), found.groups[-1]
    own_rows = tuple(_row(found.topic, group, flags if group is last else ()) for group in found.groups)
    caption = f"Each group as 100 {plural(found.comparison)}, with 95% intervals where the counts were printed."
    return Table(caption, columns, own_rows)


def _row(topic: Topic, group: Of100, flags: tuple[str, ...]) -> Row:
    cells = (
        Cell(group.figure.arm.label, role_name(topic, group.role)),
        Cell(PER_100.interval(group.share)),
        Cell(str(group.not_better)),
        Cell(printed(group.figure)),
    )
    return Row(group.figure.arm.arm_id, cells, flags)


def _alt(known: Library, found: Facts) -> str:
    parts = "; ".join(
        f"{role_name(found.topic, g.role)}: {g.better} filled, {g.not_better} hollow" for g in found.groups
    )
    return (
        f"For each group of {trial_labels.who(known, found.comparison)}, 100 squares, filled for those counted as "
        f"better: {parts}."
    )


VIEW = View(
    key="risks",
    question="Of 100 people, how many got better, how many did not, and what went wrong?",
    state=RisksState,
    render=render,
    facts=facts,
    for_class="Why are the squares 100 for each group, when the groups in the trial were of different size?",
)
