"""The gain of one trial, cut where it is supposed to have come anyway, over the gains of its other groups."""

from prolo_dash.chapters.caveat.single_trial.facts import Facts
from prolo_dash.chapters.caveat.single_trial.words import fine_scale, total_text
from prolo_dash.evidence.comparison import ArmFigure
from prolo_dash.kit.charts import ChartRow, Mark, Marks, Panel, bars, notes, stack, with_room
from prolo_dash.kit.scales import span
from prolo_dash.kit.theme import ROLE_COLOUR, Fill
from prolo_dash.kit.topic_words import role_name
from prolo_dash.kit.view import Chart
from prolo_dash.kit.wording import plural, printed


def chart(known: Facts) -> Chart:
    """A bar for each group."""
    scale, is_share = fine_scale(known.comparison), known.comparison.is_share
    groups = (known.comparison.intervention, *known.others)
    gains = [scale.factor * (f.gain or 0.0) for f in groups]
    texts = [total_text(known), *(scale.text(f.gain or 0.0) for f in known.others)]
    axis = with_room((0.0, 100.0) if is_share else span(gains), [max(g, 0.0) for g in gains], texts)
    title = f"{scale.unit} {plural(known.comparison)}" if is_share else scale.unit
    labels = tuple(_label(known, f) for f in groups)
    return stack((Panel("", title, axis, labels, (*_supposed(known), *_others(known))),), bar=34)


def _label(known: Facts, figure: ArmFigure) -> ChartRow:
    return ChartRow(figure.arm.label, f"{role_name(known.topic, figure.arm.role)}, printed: {printed(figure)}")


def _supposed(known: Facts) -> list[Marks[Mark]]:
    scale = fine_scale(known.comparison)
    anyway, left = scale.factor * known.anyway, scale.factor * known.left
    ids = [f"{known.comparison.comparison_id}.intervention"]
    fill = Fill("prolo", hollow=True, rim=2)
    pale = bars([0], [0.0], [anyway], [""], fill, [f"{known.percent}% supposed to come anyway"], ids=ids)
    rest = bars([0], [anyway], [left], [""], Fill("prolo"), ["what would be left"], ids=ids)
    label = notes([0], [max(scale.factor * known.gain, 0.0)], [total_text(known)], ids=ids)
    return [pale, rest, label]


def _others(known: Facts) -> list[Marks[Mark]]:
    scale = fine_scale(known.comparison)
    traces: list[Marks[Mark]] = []
    for y, figure in enumerate(known.others, start=1):
        gain = figure.gain or 0.0
        ids = [f"{known.comparison.comparison_id}.{figure.arm.arm_id}"]
        fill = Fill(ROLE_COLOUR[figure.arm.role], figure.arm.role == "control")
        text = scale.text(gain)
        traces.append(bars([y], [0.0], [scale.factor * gain], [""], fill, [text], ids=ids))
        traces.append(notes([y], [max(scale.factor * gain, 0.0)], [text], ids=ids))
    return traces
