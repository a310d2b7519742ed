"""One trial, read slowly: its gain, its own control groups, and what if part of the gain would have come anyway."""

from dataclasses import dataclass, replace
from functools import cache

from prolo_dash.evidence.comparison import ArmFigure, Comparison
from prolo_dash.evidence.library import Library, selection
from prolo_dash.evidence.records import Study
from prolo_dash.kit import trial_labels
from prolo_dash.kit.charts import ChartRow, Panel, bars, notes, stack, with_room
from prolo_dash.kit.controls import choice, steps
from prolo_dash.kit.protection_words import protection_strong, protection_words
from prolo_dash.kit.scales import PER_100, Scale, scale_of, span
from prolo_dash.kit.theme import LIGHT, ROLE_COLOUR, ROLE_FILL, ROLE_LABEL, marker
from prolo_dash.kit.view import Box, Cell, Chart, KeyEntry, Rendering, Row, SourceLink, Table, View
from prolo_dash.kit.wording import plural, printed, size_words, weeks_words

_BENCHMARKS = ("haflidadottir2021_overall", "zou2016_overall_pain")


@cache
def readable(folder_library: Library) -> tuple[Comparison, ...]:
    """Comparisons with a prolotherapy gain: those the chapters show, at both times, each once."""
    chosen = [
        comparison
        for domain in ("better", "pain", "function")
        for time in ("latest", "early")
        for own in selection(folder_library, folder_library.conditions, domain, time).values()
        for comparison in own
        if comparison.intervention.gain is not None
    ]
    order = {c.comparison_id: i for i, c in enumerate(folder_library.comparisons)}
    return tuple(sorted(set(chosen), key=lambda c: (c.condition.position, order[c.comparison_id])))


@dataclass(frozen=True)
class TrialState:
    """Which comparison is read, and how much of its gain is supposed to have come anyway (percent)."""

    trial: str = choice(
        "Trial", trial_labels.comparison_options(readable), trial_labels.default_comparison, style="menu"
    )
    suppose: int = steps("Suppose this much of the gain would have come anyway", 0, 100, 5, 50, "%")


def render(known: Library, state: TrialState) -> Rendering:
    """One comparison under one supposition."""
    comparison = known.comparison_by_id[state.trial]
    return Rendering(
        sentence=_sentence(known, comparison, state.suppose),
        chart=_chart(comparison, state.suppose),
        table=_table(comparison, state.suppose),
        alt=_alt(known, comparison, state.suppose),
        how_to_read=_HOW_TO_READ,
        sources=(*trial_labels.source_links(known, [comparison]), *_benchmark_sources(known)),
        key=_key(comparison),
        chain=_chain(known, comparison),
        listed_title="Warnings for this trial, and what protects its result",
        listed=(*trial_labels.warnings(comparison), _protection(known, comparison.study)),
    )


_HOW_TO_READ = (
    "The first bar is what this trial's people gained after prolotherapy, cut at the share you suppose would have come "
    "anyway. The supposition is yours; the trial does not tell it.",
    "Numbers are rounded, so parts may not add up to the last digit.",
    "The bars below are the trial's own other groups, where we saw their figures. They are the better guide.",
    "For comparison, as averages over many trials: control groups reached 75% of the gain in osteoarthritis trials "
    "(72 to 79) and 54% over many conditions (46 to 64). Both hold natural course and regression to the mean too.",
)


def _fine(comparison: Comparison) -> Scale:
    """The comparison's scale, with a decimal for shares so that the two parts add up."""
    scale = scale_of(comparison)
    return replace(scale, digits=1) if scale is PER_100 else scale


def _kept(comparison: Comparison, percent: int) -> tuple[float, float]:
    gain = comparison.intervention.gain or 0.0
    return gain * percent / 100, gain * (100 - percent) / 100


def _sentence(known: Library, comparison: Comparison, percent: int) -> str:
    scale = _fine(comparison)
    anyway, left = _kept(comparison, percent)
    unit = _unit(comparison)
    gain = scale.text(comparison.intervention.gain or 0.0)
    if (comparison.intervention.gain or 0.0) <= 0:
        return (
            f"{trial_labels.who(known, comparison)}, {trial_labels.what(comparison)}: **{gain}** {unit} after "
            f"prolotherapy. There was "
            f"no gain to share out. {_own_control(comparison)}{_not_as_randomised(known, comparison)}"
        )
    start = (
        f"{trial_labels.who(known, comparison)}, {trial_labels.what(comparison)}: **{gain}** {unit} after "
        f"prolotherapy. Suppose "
        f"**{percent}%** of that would have come anyway: then **{scale.text(anyway)}** would have come anyway and "
        f"**{scale.text(left)}** would be left."
    )
    return f"{start} {_own_control(comparison)}{_not_as_randomised(known, comparison)}"


def _unit(comparison: Comparison) -> str:
    if comparison.is_share:
        return f"of 100 {plural(comparison)}"
    return "percent gained" if comparison.outcome.unit.startswith("percent") else "points gained"


def _own_control(comparison: Comparison) -> str:
    control = comparison.control
    if control is None:
        return "This study had no control injection group to check that with."
    if control.gain is None:
        return f"What the control injection group gained was {_lower(printed(control))}."
    return f"The trial's own control injection group had **{_fine(comparison).text(control.gain)}**."


def _lower(text: str) -> str:
    return text[0].lower() + text[1:]


def _not_as_randomised(known: Library, comparison: Comparison) -> str:
    if comparison.as_randomised:
        return ""
    same = [
        c
        for c in known.comparisons_of(comparison.study)
        if c.as_randomised and c.outcome.instrument == comparison.outcome.instrument and c.control
    ]
    beside = [f"{weeks_words(c.outcome.weeks)}: {'; '.join(printed(f) for f in c.arms)}" for c in same]
    return f" These groups are **not as randomised**. As randomised, at {', '.join(beside)}."


def _bars_shown(comparison: Comparison) -> list[ArmFigure]:
    return [f for f in comparison.comparators if f.gain is not None]


def _chart(comparison: Comparison, percent: int) -> Chart:
    scale = _fine(comparison)
    others = _bars_shown(comparison)
    labels = (_label(comparison.intervention), *(_label(f) for f in others))
    gains = [scale.factor * (f.gain or 0.0) for f in (comparison.intervention, *others)]
    texts = [_total_text(scale, comparison, percent), *(scale.text(f.gain or 0.0) for f in others)]
    axis = with_room((0.0, 100.0) if comparison.is_share else span(gains), [max(g, 0.0) for g in gains], texts)
    unit = f"{scale.unit} {plural(comparison)}"
    title = unit if comparison.is_share else scale.unit
    traces = _supposed(comparison, scale, percent) + _others(others, scale, comparison.comparison_id)
    return stack((Panel("", title, axis, labels, tuple(traces)),), bar=34)


def _label(figure: ArmFigure) -> ChartRow:
    return ChartRow(figure.arm.label, f"{ROLE_LABEL[figure.arm.role]}, printed: {printed(figure)}")


def _supposed(comparison: Comparison, scale: Scale, percent: int) -> list[dict[str, object]]:
    anyway, left = (scale.factor * part for part in _kept(comparison, percent))
    ids = {"ids": [f"{comparison.comparison_id}.intervention"]}
    fill = {"color": "rgba(0,0,0,0)", "line": {"width": 2, "color": LIGHT["prolo"]}}
    pale = bars([0], [0.0], [anyway], [""], fill, [f"{percent}% supposed to come anyway"])
    rest = bars([0], [anyway], [left], [""], marker("prolo"), ["what would be left"])
    total = scale.factor * (comparison.intervention.gain or 0.0)
    label = notes([0], [max(total, 0.0)], [_total_text(scale, comparison, percent)])
    return [pale | ids, rest | ids, label | ids]


def _total_text(scale: Scale, comparison: Comparison, percent: int) -> str:
    return f"{scale.text(comparison.intervention.gain or 0.0)}, left: {scale.text(_kept(comparison, percent)[1])}"


def _others(others: list[ArmFigure], scale: Scale, comparison_id: str) -> list[dict[str, object]]:
    traces: list[dict[str, object]] = []
    for y, figure in enumerate(others, start=1):
        gain = figure.gain or 0.0
        role = figure.arm.role
        ids = {"ids": [f"{comparison_id}.{figure.arm.arm_id}"]}
        fill = marker(ROLE_COLOUR[role], role == "control")
        text = scale.text(gain)
        traces.append(bars([y], [0.0], [scale.factor * gain], [""], fill, [text]) | ids)
        traces.append(notes([y], [max(scale.factor * gain, 0.0)], [text]) | ids)
    return traces


def _key(comparison: Comparison) -> tuple[KeyEntry, ...]:
    roles = dict.fromkeys(f.arm.role for f in _bars_shown(comparison))
    others = tuple(KeyEntry(ROLE_LABEL[r], ROLE_COLOUR[r], ROLE_FILL[r]) for r in roles)
    return (KeyEntry("left of the gain after prolotherapy", "prolo"), *others)


def _table(comparison: Comparison, percent: int) -> Table:
    scale = _fine(comparison)
    anyway, left = _kept(comparison, percent)
    first = Row(
        f"{comparison.comparison_id}.intervention",
        (
            Cell(comparison.intervention.arm.label, ROLE_LABEL["intervention"]),
            Cell(printed(comparison.intervention)),
            Cell(_gain(scale, comparison.intervention)),
            Cell(f"{scale.text(anyway)} supposed to come anyway, {scale.text(left)} left"),
        ),
    )
    rest = tuple(
        Row(
            f"{comparison.comparison_id}.{f.arm.arm_id}",
            (Cell(f.arm.label, ROLE_LABEL[f.arm.role]), Cell(printed(f)), Cell(_gain(scale, f)), Cell("")),
        )
        for f in _bars_shown(comparison)
    )
    columns = ("Group", "As printed", f"Gain ({scale.unit})", f"At {percent}%")
    return Table("The groups of this trial. Intervals are 95% intervals.", columns, (first, *rest))


def _gain(scale: Scale, figure: ArmFigure) -> str:
    estimate = figure.gain_estimate
    return scale.interval(estimate) if estimate else "not reported where we looked"


def _chain(known: Library, comparison: Comparison) -> tuple[Box, ...]:
    study = comparison.study
    compared = [f.arm.label for f in comparison.comparators]
    where = f", {study.country}" if study.country else ""
    return (
        Box("Who", size_words(comparison), f"{study.population}{where}"),
        Box(
            "What was counted",
            trial_labels.what(comparison),
            f"{comparison.outcome.name}, {weeks_words(comparison.outcome.weeks)}",
        ),
        Box("Compared with", compared[0] if compared else "Nothing", "; ".join(compared[1:])),
        Box("Who knew", _design(study.design), study.blinding or "Blinding not reported where we looked."),
    )


def _protection(known: Library, study: Study) -> Box:
    return Box("What protects the result", protection_strong(known, study), protection_words(known, study))


def _design(design: str) -> str:
    return {"parallel_rct": "Randomised trial", "crossover": "Randomised, groups swapped"}.get(design, "Not randomised")


def _benchmark_sources(known: Library) -> tuple[SourceLink, ...]:
    ids = [b.source_id for b in known.package.benchmarks if b.benchmark_id in _BENCHMARKS]
    return tuple(
        trial_labels.source_link(known.source(i), "average share of the gain that control groups reached") for i in ids
    )


def _alt(known: Library, comparison: Comparison, percent: int) -> str:
    scale = scale_of(comparison)
    parts = [f"{f.arm.label} {scale.text(f.gain or 0.0)}" for f in (comparison.intervention, *_bars_shown(comparison))]
    who = trial_labels.who(known, comparison)
    return f"Bars of the gain of each group of {who}: {'; '.join(parts)}. The first bar is cut at {percent}%."


VIEW = View(
    key="caveat_trial",
    question="One trial, read slowly: how much would have come anyway?",
    state=TrialState,
    render=render,
    for_class="What would you need to know about a trial to replace the guess on the slider by a measurement?",
)
