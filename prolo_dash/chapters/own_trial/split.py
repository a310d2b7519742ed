"""One trial as a split, its groups and its differences, each with its interval."""

from prolo_dash.chapters.own_trial.measures import measures
from prolo_dash.evidence.comparison import ArmFigure, Comparison
from prolo_dash.evidence.library import Library
from prolo_dash.kit import split_chart, trial_labels
from prolo_dash.kit.charts import ChartRow, Panel, points, stack
from prolo_dash.kit.scales import PER_100, scale_of, span
from prolo_dash.kit.significance import WHY_TWO
from prolo_dash.kit.theme import ROLE_COLOUR, ROLE_LABEL, SHAPES
from prolo_dash.kit.view import Cell, Chart, Rendering, Row, Table
from prolo_dash.kit.wording import plural, printed
from prolo_dash.stats.effects import Estimate


def render(own: Library, comparison: Comparison) -> Rendering:
    """The split of a comparison that has figures for both injection groups."""
    return Rendering(
        sentence=_sentence(own, comparison),
        chart=_chart(own, comparison),
        table=_table(own, comparison),
        alt=_alt(comparison),
        how_to_read=(*_HOW_TO_READ, WHY_TWO) if comparison.is_share else _HOW_TO_READ,
        sources=(),
        key=trial_labels.split_key(own.topic)[0 if comparison.untreated else 1 :],
        chain=measures(comparison),
    )


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
    first, second = scale.text(comparison.intervention.gain or 0.0), scale.text(control.gain or 0.0)
    left = scale.interval(split.added_by_intervention)
    words = f" of 100 {plural(comparison)} were better" if comparison.is_share else " points gained"
    third = comparison.untreated
    beside = f" With no injection it was **{scale.text(third.gain or 0.0)}**." if third else ""
    return (
        f"{trial_labels.who(own, comparison)}, {trial_labels.what(comparison)}: **{first}**{words} after prolotherapy, "
        f"**{second}** after the control injection.{beside} The difference between the injections is **{left}**."
        f"{chance(split.added_by_intervention)}"
    )


Line = tuple[str, str, str, str, Estimate]  # row key, title, detail, colour, estimate


def chance(difference: Estimate) -> str:
    """A sentence where an interval holds zero; empty where it does not."""
    if not difference.has_interval or difference.excludes_zero:
        return ""
    return " The range holds zero: chance alone may explain it."


def _estimates(comparison: Comparison) -> list[Line]:
    """The groups, and the differences between them."""
    split = comparison.split
    assert split is not None
    found = [_group(figure) for figure in comparison.arms]
    if split.untreated:
        words = ("Control minus no injection", "further gain after the control injection", "control")
        found.append(("control.minus", *words, split.added_by_control))
    words = ("Prolotherapy minus control", "further gain after prolotherapy", "prolo")
    return [*found, ("prolo.minus", *words, split.added_by_intervention)]


def _group(figure: ArmFigure) -> Line:
    assert figure.gain_estimate is not None
    return group_line(figure, figure.gain_estimate)


def group_line(figure: ArmFigure, estimate: Estimate) -> Line:
    """The row of a group."""
    role = figure.arm.role
    return (role, figure.arm.label, f"{ROLE_LABEL[role]}: {printed(figure)}", ROLE_COLOUR[role], estimate)


def _chart(own: Library, comparison: Comparison) -> Chart:
    scale = scale_of(comparison)
    unit = f"{scale.unit} {plural(comparison)}" if scale is PER_100 else scale.unit
    panel = rows_panel("Groups and differences", unit, comparison, _estimates(comparison))
    return stack((split_chart.panel(own, scale, [comparison], "split"), panel))


def rows_panel(heading: str, unit: str, comparison: Comparison, estimates: list[Line]) -> Panel:
    """Marks with their intervals, a row each."""
    scale = scale_of(comparison)
    drawn = [scale.on_axis(e) for *_, e in estimates]
    limits = [v for e in drawn for v in (e.value, e.low, e.high) if v is not None]
    labels = tuple(ChartRow(title, detail) for _, title, detail, *_ in estimates)
    traces = tuple(
        points([y], [drawn[y]], [SHAPES[comparison.condition.symbol]], colour, [scale.interval(e)], [0.0])
        | {"ids": [key]}
        for y, (key, _, _, colour, e) in enumerate(estimates)
    )
    return Panel(heading, unit, span(limits), labels, traces)


def _table(own: Library, comparison: Comparison) -> Table:
    scale = scale_of(comparison)
    split = comparison.split
    assert split is not None
    parts = (split.untreated, split.added_by_control, split.added_by_intervention)
    whole = " + ".join(scale.text(part.value) for part in parts if part)
    first = Row(
        comparison.comparison_id,
        (
            Cell("The gain, cut in parts", trial_labels.who(own, comparison)),
            Cell(f"{scale.text(comparison.intervention.gain or 0.0)} = {whole}"),
            Cell(""),
        ),
    )
    rest = table_rows(comparison, _estimates(comparison))
    columns = ("Row", f"Value ({scale.unit})", "What it is")
    return Table("The trial's groups and differences, with 95% intervals.", columns, (first, *rest))


def table_rows(comparison: Comparison, estimates: list[Line]) -> tuple[Row, ...]:
    """The rows of a chart of marks, in a table."""
    scale = scale_of(comparison)
    return tuple(
        Row(key, (Cell(title), Cell(scale.interval(e)), Cell(detail))) for key, title, detail, _, e in estimates
    )


def _alt(comparison: Comparison) -> str:
    scale = scale_of(comparison)
    parts = "; ".join(f"{title} {scale.interval(e)}" for _, title, _, _, e in _estimates(comparison))
    return f"A bar of the gain after prolotherapy, cut in parts, and marks with intervals: {parts}."
