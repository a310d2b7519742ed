"""The gain: what study groups gained, first as a popular article tells it, then beside the other groups."""

from prolo_dash.chapters.gain.gains_chart import figure
from prolo_dash.chapters.gain.reading import (
    SCALES_FOR,
    GainState,
    axis_of,
    difference_of,
    differences_of,
    gain_of,
    normalise,
)
from prolo_dash.evidence.comparison import ArmFigure, Comparison, Completeness
from prolo_dash.evidence.library import Library, selection
from prolo_dash.kit import trial_labels
from prolo_dash.kit.scales import Scale
from prolo_dash.kit.theme import ROLE_COLOUR, ROLE_FILL, ROLE_LABEL, ROLE_SHAPE
from prolo_dash.kit.view import Cell, KeyEntry, Rendering, Row, Table, View, plain
from prolo_dash.kit.wording import (
    COMPLETENESS,
    NOT_REPORTED,
    NOTHING_CHOSEN,
    absent,
    count,
    flag_reasons,
    none_of,
    per_hundred,
    switched_note,
    verb,
)
from prolo_dash.stats.effects import Estimate


def render(library: Library, state: GainState) -> Rendering:
    """The gain chapter's view for one state."""
    found = selection(library, state.conditions, state.outcome, state.time)
    drawn = [c for own in found.values() for c in own if _drawable(c, state)]
    kept = {c.study.study_id for c in drawn}
    rest = [(study, own) for study, own in found.items() if study.study_id not in kept]
    barred = tuple(("scale", s) for s in ("per100", "printed", "sd") if s not in SCALES_FOR[state.outcome])
    return Rendering(
        sentence=_sentence(library, drawn, len(found), state),
        chart=figure(library, drawn, state),
        table=_table(library, drawn, state),
        alt=_alt(drawn, state),
        how_to_read=_HOW_TO_READ[state.show] + _HOW_TO_READ_ALL,
        sources=trial_labels.source_links(library, drawn),
        key=_key(drawn, state),
        listed_title=f"Listed, not drawn: {count(len(rest), 'trial')} without such figures" if rest else "",
        listed=trial_labels.listed(library, rest, state.outcome),
        unavailable=barred,
    )


def _drawable(comparison: Comparison, state: GainState) -> bool:
    if state.show == "difference":
        return any(difference_of(comparison, versus, state) for versus in comparison.comparators)
    return gain_of(state)(comparison, comparison.intervention) is not None


_HOW_TO_READ = {
    "gain": (
        "Each bar is what people gained after prolotherapy, whatever the cause: the way a popular article tells it.",
        "The line on a bar is its 95% interval, where one can be computed.",
        "Most of these trials also had other groups. Choose “All groups” to see them.",
    ),
    "groups": (
        "Each row is one result: prolotherapy on top, then the groups it was compared with, if there were any.",
    ),
    "difference": (
        "Each mark is prolotherapy minus one other group; to the right of zero, prolotherapy did better.",
        "The line is a 95% interval. A hollow mark has none: the figures seen do not allow one.",
        "Shape and colour say which group prolotherapy was compared with.",
    ),
}
_HOW_TO_READ_ALL = (
    "Counts: every count of people who were better is shown. Scores: one score a trial, its main one or the first.",
    "Some trials count knees or elbows, not people. Joints of one person are alike, so those intervals are probably "
    "too narrow.",
    "Scores are turned so that higher is always better. The table has the figures as printed.",
    "Standardised means divided by the spread between people, so that scales can be set side by side.",
)


def _key(drawn: list[Comparison], state: GainState) -> tuple[KeyEntry, ...]:
    if not drawn:
        return ()
    arms = [
        f.arm.role
        for c in drawn
        for f in c.arms
        if f is c.intervention or (state.show == "groups" and f.gain is not None)
    ]
    if state.show == "difference":
        arms = [f.arm.role for c in drawn for f in c.comparators if difference_of(c, f, state)]
    against, marks = ("against ", ROLE_SHAPE) if state.show == "difference" else ("", ROLE_FILL)
    shown = [role for role in ROLE_LABEL if role in arms]
    return tuple(KeyEntry(against + ROLE_LABEL[role], ROLE_COLOUR[role], marks[role]) for role in shown)


def _sentence(library: Library, drawn: list[Comparison], chosen: int, state: GainState) -> str:
    if not chosen:
        return NOTHING_CHOSEN
    if not drawn:
        more = " There may be scores." if state.outcome == "better" else ""
        return none_of(chosen, "this") + more
    compared = state.show == "difference"
    tail = absent(library, state.conditions, drawn, compared=compared) if state.outcome == "better" else ""
    return _found(drawn, state) + switched_note(drawn) + tail


def _found(drawn: list[Comparison], state: GainState) -> str:
    say = {"gain": _say_gain, "groups": _say_groups, "difference": _say_difference}[state.show]
    return say(drawn, len({c.study.study_id for c in drawn}), state)


def _say_gain(drawn: list[Comparison], studies: int, state: GainState) -> str:
    alone = len({c.study.study_id for c in drawn if not c.comparators})
    tail = f" **{count(alone, 'study', 'studies')}** had no comparison group." if alone else ""
    gains = [c.intervention.gain for c in drawn if c.intervention.gain is not None]
    if state.outcome == "better":
        return (
            f"In {count(studies, 'study', 'studies')}, **{_hundreds(gains)}** of 100 were counted as better after "
            f"prolotherapy, whatever the cause.{tail}"
        )
    better = sum(1 for gain in gains if gain > 0)
    if len(drawn) == 1:
        was = "was" if better else "was not"
        return (
            f"In the one prolotherapy group shown, the score {was} better than at the start, whatever the cause.{tail}"
        )
    return (
        f"In **{better}** of {len(drawn)} prolotherapy groups, the score was better than at the start, whatever the "
        f"cause.{tail}"
    )


def _hundreds(shares: list[float]) -> str:
    low, high = per_hundred(min(shares)), per_hundred(max(shares))
    return low if low == high else f"{low} to {high}"


def _say_groups(drawn: list[Comparison], studies: int, state: GainState) -> str:
    pairs = [(c.intervention.gain, c.control.gain) for c in drawn if c.control and c.intervention.gain is not None]
    both = [(prolo, control) for prolo, control in pairs if control is not None]
    start = f"{_drawn_in(drawn, studies)}"
    if not both:
        none = "It has no" if len(drawn) == 1 else "None of them has"
        return f"{start} {none} figures for a control injection group."
    if state.outcome == "better":
        return (
            f"{start} In the {len(both)} with figures of a control injection group, "
            f"**{_hundreds([p for p, _ in both])}** of 100 were better after prolotherapy and "
            f"**{_hundreds([c for _, c in both])}** after the control injection."
        )
    gained = sum(1 for _, control in both if control > 0)
    ahead = sum(1 for prolo, control in both if prolo > control)
    return (
        f"{start} For {count(len(both), 'comparison')} there are figures of a control injection group: it gained too "
        f"in **{gained}**, and the prolotherapy group gained more in **{ahead}**."
    )


def _drawn_in(drawn: list[Comparison], studies: int) -> str:
    return f"{count(len(drawn), 'row')} of {count(studies, 'study', 'studies')} {_are(drawn)} shown."


def _are(drawn: list[Comparison]) -> str:
    return "is" if len(drawn) == 1 else "are"


def _say_difference(drawn: list[Comparison], studies: int, state: GainState) -> str:
    found = [d for c in drawn for v in c.comparators if (d := difference_of(c, v, state))]
    sure = [d.estimate for d in found if d.estimate.has_interval]
    better = sum(1 for e in sure if e.low is not None and e.low > 0)
    worse = sum(1 for e in sure if e.high is not None and e.high < 0)
    if not sure:
        return f"{count(len(found), 'difference')} shown. The uncertainty cannot be computed from the figures seen."
    rest = len(found) - len(sure)
    tail = f" For {count(rest, 'other')}, the uncertainty cannot be computed." if rest else ""
    zero = len(sure) - better - worse
    return (
        f"{count(len(found), 'difference')} {verb(len(found), 'is', 'are')} shown, from "
        f"{count(studies, 'study', 'studies')}. **{len(sure)}** {verb(len(sure), 'has', 'have')} an interval. "
        f"**{better}** of these {verb(better, 'lies', 'lie')} above zero: there prolotherapy did better. **{worse}** "
        f"{verb(worse, 'lies', 'lie')} below, and **{zero}** {verb(zero, 'holds', 'hold')} zero.{tail}"
    )


_COLUMNS = (*trial_labels.TRIAL_COLUMNS, "After prolotherapy", "Other groups", "Difference", "What could be read")


def _table(library: Library, drawn: list[Comparison], state: GainState) -> Table:
    caption = "Figures of each group, higher = better; printed figures under each. Intervals are 95% intervals."
    return Table(caption, _COLUMNS, tuple(_row(library, c, state) for c in drawn))


def _row(library: Library, comparison: Comparison, state: GainState) -> Row:
    scale, gain = axis_of(comparison, state), gain_of(state)
    others = [f"{f.arm.label}: {_shown(scale, gain(comparison, f))}" for f in comparison.comparators]
    printed = [trial_labels.arm_cell(f, "").note for f in comparison.comparators]
    differences = [
        f"{scale.interval(d.estimate)} against {_lower(d.versus)}" for d in differences_of(comparison, state)
    ]
    bases = dict.fromkeys(_BASIS[d.basis] for d in differences_of(comparison, state))
    cells = (
        *trial_labels.trial_cells(library, comparison),
        trial_labels.arm_cell(comparison.intervention, _shown(scale, gain(comparison, comparison.intervention))),
        Cell("; ".join(others) or "no comparison group", "; ".join(printed)),
        Cell("; ".join(differences) or _no_difference(comparison), "; ".join(bases)),
        Cell(COMPLETENESS[comparison.completeness]),
    )
    return Row(comparison.comparison_id, cells, flag_reasons(comparison) + trial_labels.two_differences(comparison))


_BASIS = {
    "counts": "worked out from the counts",
    "gains": "worked out from the gains",
    "final scores": "worked out from the final scores",
    "as printed": "as the paper prints it",
    "standardised": "Hedges g",
}


def _lower(figure: ArmFigure) -> str:
    return figure.arm.label[0].lower() + figure.arm.label[1:]


def _shown(scale: Scale, estimate: Estimate | None) -> str:
    return scale.interval(estimate) if estimate else NOT_REPORTED


def _no_difference(comparison: Comparison) -> str:
    said = [trial_labels.statement(c, v) for v in comparison.comparators if (c := comparison.contrast(v))]
    if said:
        return "; ".join(said)
    return "none" if comparison.completeness is Completeness.NO_COMPARATOR else NOT_REPORTED


def _alt(drawn: list[Comparison], state: GainState) -> str:
    if not drawn:
        return "No bars: no trial chosen here has such figures."
    chart = {
        "gain": f"The chart has {count(len(drawn), 'bar')}, by condition.",
        "groups": "The chart has a bar for each group, by condition.",
        "difference": "The chart has a mark for each, by condition, on both sides of zero.",
    }[state.show]
    return f"{plain(_found(drawn, state) + switched_note(drawn))} {chart}"


VIEW = View(
    key="gain",
    question="How much better were people after prolotherapy?",
    state=GainState,
    render=render,
    for_class="Before you switch to “All groups”: how many of 100 do you think got better with the control injection?",
    normalise=normalise,
)
