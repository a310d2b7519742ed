"""One trial as a split, its groups and its differences, each with its interval."""

from dataclasses import replace

from prolo_dash.evidence.comparison import ArmFigure, Comparison
from prolo_dash.evidence.library import Library
from prolo_dash.stats.effects import Estimate, number_needed
from prolo_dash.views import caveat_chart, rows
from prolo_dash.views.charts import ChartRow, Panel, points, stack
from prolo_dash.views.scales import PER_100, STANDARD, Scale, scale_of, span
from prolo_dash.views.theme import ROLE_COLOUR, ROLE_LABEL, SHAPES
from prolo_dash.views.view import Box, Cell, Figure, Rendering, Row, Table
from prolo_dash.views.wording import interval, printed


def render(own: Library, comparison: Comparison) -> Rendering:
    """The split of a comparison that has figures for both injection groups."""
    return Rendering(
        sentence=_sentence(own, comparison),
        figure=_figure(own, comparison),
        table=_table(own, comparison),
        alt=_alt(comparison),
        how_to_read=_HOW_TO_READ,
        sources=(),
        key=rows.SPLIT_KEY if comparison.without else rows.SPLIT_KEY[1:],
        chain=_measures(comparison),
    )


_WIDEST = 10  # a contextual share whose interval runs past ten times the gain says nothing

_HOW_TO_READ = (
    "The first bar is the gain after prolotherapy, cut as in “The caveat”. A negative part is a thin bar below, which "
    "runs back.",
    "Numbers are rounded, so parts may not add up to the last digit.",
    "Below are the groups and how they differ, each with its 95% interval. It is Wilson's for a share and Newcombe's "
    "for how two shares differ. For scores it is Student's and Welch's.",
)


def _sentence(own: Library, comparison: Comparison) -> str:
    control, split, scale = comparison.control, comparison.split, scale_of(comparison)
    assert control is not None
    assert split is not None
    first, second = scale.text(comparison.prolo.gain or 0.0), scale.text(control.gain or 0.0)
    left = scale.interval(split.added_by_prolotherapy)
    words = " of 100 were better" if comparison.is_share else " points gained"
    third = comparison.without
    difference = split.added_by_prolotherapy
    zero = difference.low is not None and difference.high is not None and difference.low <= 0 <= difference.high
    chance = " The range holds zero: chance alone may explain it." if zero else ""
    beside = f" With no injection it was **{scale.text(third.gain or 0.0)}**." if third else ""
    return (
        f"{rows.who(own, comparison)}, {rows.what(comparison)}: **{first}**{words} after prolotherapy, "
        f"**{second}** after the control injection.{beside} The difference between the injections is **{left}**."
        f"{chance}"
    )


def _measures(comparison: Comparison) -> tuple[Box, ...]:
    """The measures that a class knows by name, where they are defined."""
    control, split, share = comparison.control, comparison.split, comparison.share
    assert control is not None
    assert split is not None
    boxes = []
    if share is None:
        boxes.append(Box("Contextual share", "undefined", "There was no gain after prolotherapy."))
    else:
        wide = share.high is not None and share.high > _WIDEST
        text = f"{PER_100.interval(replace(share, low=None, high=None) if wide else share)}%"
        text += " (any share fits)" if wide else ""
        boxes.append(Box("Contextual share", text, "The control gain as a share of the gain after prolotherapy."))
    if comparison.is_share:
        needed = number_needed(split.added_by_prolotherapy)
        text = needed.text if needed else "undefined"
        boxes.append(
            Box(
                "Number needed to treat",
                text,
                "NNTB: for one more person better, NNTH: for one fewer. Limits are rounded outwards.",
            )
        )
    elif g := comparison.standardised(control):
        text = interval(g, STANDARD.digits)
        boxes.append(Box("Hedges g", text, "The difference in standard deviations."))
    return tuple(boxes)


def _estimates(comparison: Comparison) -> list[tuple[str, str, str, str, Estimate]]:
    """(row key, title, detail, colour, estimate) of the groups and of the differences between them."""
    split = comparison.split
    assert split is not None
    found = [_group(figure) for figure in comparison.arms]
    if split.without_injection:
        words = ("Control minus no injection", "further gain after the control injection", "control")
        found.append(("control.minus", *words, split.added_by_control))
    words = ("Prolotherapy minus control", "further gain after prolotherapy", "prolo")
    return [*found, ("prolo.minus", *words, split.added_by_prolotherapy)]


def _group(figure: ArmFigure) -> tuple[str, str, str, str, Estimate]:
    assert figure.gain_estimate is not None
    role = figure.arm.role
    detail = f"{ROLE_LABEL[role]}: {printed(figure)}"
    return (role, figure.arm.label, detail, ROLE_COLOUR[role], figure.gain_estimate)


def _figure(own: Library, comparison: Comparison) -> Figure:
    scale = scale_of(comparison)
    unit = f"{scale.unit} people" if scale is PER_100 else scale.unit
    return stack((caveat_chart.panel(own, scale, [comparison], "split"), _panel(comparison, scale, unit)))


def _panel(comparison: Comparison, scale: Scale, unit: str) -> Panel:
    lines = [(key, title, detail, colour, scale.on_axis(e)) for key, title, detail, colour, e in _estimates(comparison)]
    limits = [v for *_, e in lines for v in (e.value, e.low, e.high) if v is not None]
    labels = tuple(ChartRow(title, detail) for _, title, detail, *_ in lines)
    traces = tuple(
        points([y], [e], [SHAPES[comparison.condition.symbol]], colour, [interval(e, scale.digits)], [0.0])
        | {"ids": [key]}
        for y, (key, _, _, colour, e) in enumerate(lines)
    )
    return Panel("Groups and differences", unit, span(limits), labels, traces)


def _table(own: Library, comparison: Comparison) -> Table:
    scale = scale_of(comparison)
    split = comparison.split
    assert split is not None
    parts = (split.without_injection, split.added_by_control, split.added_by_prolotherapy)
    whole = " + ".join(scale.text(part.value) for part in parts if part)
    first = Row(
        comparison.comparison_id,
        (
            Cell("The gain, cut in parts", rows.who(own, comparison)),
            Cell(f"{scale.text(comparison.prolo.gain or 0.0)} = {whole}"),
            Cell(""),
        ),
    )
    rest = tuple(
        Row(key, (Cell(title), Cell(scale.interval(e)), Cell(detail)))
        for key, title, detail, _, e in _estimates(comparison)
    )
    columns = ("Row", f"Value ({scale.unit})", "What it is")
    return Table("The trial's groups and differences, with 95% intervals.", columns, (first, *rest))


def _alt(comparison: Comparison) -> str:
    scale = scale_of(comparison)
    parts = "; ".join(f"{title} {scale.interval(e)}" for _, title, _, _, e in _estimates(comparison))
    return f"A bar of the gain after prolotherapy, cut in parts, and marks with intervals: {parts}."
