"""One trial of which only final scores are known: the groups side by side and how they differ, without a split."""

from prolo_dash.chapters.own_trial.measures import measures
from prolo_dash.chapters.own_trial.split import Line, chance, group_line, rows_panel, table_rows
from prolo_dash.evidence.comparison import ArmFigure, Comparison
from prolo_dash.evidence.library import Library
from prolo_dash.kit import trial_labels
from prolo_dash.kit.charts import stack
from prolo_dash.kit.scales import scale_of
from prolo_dash.kit.view import Rendering, Table
from prolo_dash.stats.effects import Estimate, mean_interval


def render(own: Library, comparison: Comparison) -> Rendering:
    """Final scores of each group, and the differences between groups."""
    lines = _lines(comparison)
    scale = scale_of(comparison)
    parts = "; ".join(f"{title} {scale.interval(e)}" for _, title, _, _, e in lines)
    return Rendering(
        sentence=_sentence(own, comparison),
        chart=stack((rows_panel("Final scores and differences", "points", comparison, lines),)),
        table=Table(
            "Final scores of the groups, and their differences, with 95% intervals.",
            ("Row", "Value (points)", "What it is"),
            table_rows(comparison, lines),
        ),
        alt=f"Marks with intervals: {parts}.",
        how_to_read=_HOW_TO_READ,
        sources=(),
        chain=measures(comparison),
    )


_HOW_TO_READ = (
    "A final score alone does not tell what a group gained. So there is no gain to split, and no contextual share.",
    "Differences are turned so that above zero means better after prolotherapy. Groups may have begun unequal; what "
    "they had at the start is not in these figures.",
    "Each mean has a 95% interval by Student's method, each difference one by Welch's.",
)


def _sentence(own: Library, comparison: Comparison) -> str:
    control, scale = comparison.control, scale_of(comparison)
    assert control is not None
    difference = comparison.difference(control)
    assert difference is not None
    third = comparison.untreated
    texts = [scale.text(_final(figure).value) for figure in (comparison.intervention, control)]
    beside = f" With no injection it was **{scale.text(_final(third).value)}**." if third else ""
    return (
        f"{trial_labels.who(own, comparison)}, {trial_labels.what(comparison)}: **{texts[0]}** points after "
        f"prolotherapy, "
        f"**{texts[1]}** after the control injection.{beside} Turned so "
        "that above zero means better after prolotherapy, the difference is "
        f"**{scale.interval(difference.estimate)}**.{chance(difference.estimate)}"
    )


def _final(figure: ArmFigure) -> Estimate:
    r = figure.result
    assert r.mean is not None
    assert r.n is not None
    assert figure.se is not None
    return mean_interval(r.mean, figure.se, r.n)


def _lines(comparison: Comparison) -> list[Line]:
    found = [group_line(figure, _final(figure)) for figure in comparison.arms]
    for versus, name in ((comparison.control, "control"), (comparison.untreated, "no injection")):
        if versus and (difference := comparison.difference(versus)):
            words = (f"Prolotherapy against {name}", "above zero: better after prolotherapy", "prolo")
            found.append((f"prolo.{versus.arm.role}", *words, difference.estimate))
    return found
