"""A bar for each control group, with its interval."""

from prolo_dash.chapters.lessons.control_arm.facts import Facts, control_of
from prolo_dash.chapters.lessons.control_arm.words import row_key
from prolo_dash.evidence.comparison import Comparison
from prolo_dash.evidence.library import Library
from prolo_dash.kit.charts import ChartRow, Panel, bars, notes, stack, with_room
from prolo_dash.kit.scales import PER_100, Scale, by_scale, span
from prolo_dash.kit.theme import Fill
from prolo_dash.kit.view import Chart
from prolo_dash.kit.wording import grave_flag, weeks_words


def chart(library: Library, known: Facts) -> Chart:
    """The groups, by the scale they share."""
    return stack(tuple(_panel(library, scale, own) for scale, own in by_scale(known.drawn)))


def _panel(library: Library, scale: Scale, own: list[Comparison]) -> Panel:
    found = [e for c in own if (e := control_of(c).gain_estimate)]
    estimates = [scale.on_axis(e) for e in found]
    ends = [max(e.value, e.high or 0.0, 0.0) for e in estimates]
    lows = [e.value if e.low is None else e.low for e in estimates]
    texts = [scale.text(e.value) for e in found]
    y = list(range(len(own)))
    ids = [row_key(c) for c in own]
    bar = bars(
        y,
        [0.0] * len(y),
        [e.value for e in estimates],
        [""] * len(y),
        Fill("control", hatched=True),
        [scale.interval(e) for e in found],
        width=0.9,
        ids=ids,
        intervals=estimates,
    )
    traces = (bar, notes(y, ends, texts, ids=ids))
    axis = with_room((0.0, 104.0) if scale is PER_100 else span([*lows, *ends]), ends, texts)
    unit = f"{scale.unit} people" if scale is PER_100 else scale.unit
    return Panel(scale.heading, unit, axis, tuple(_label(library, c) for c in own), traces)


def _label(library: Library, comparison: Comparison) -> ChartRow:
    when = weeks_words(comparison.outcome.weeks)
    detail = f"{library.name(comparison.study)}, {comparison.outcome.plain_name}, {control_of(comparison).arm.label}"
    title = f"{comparison.condition.symbol} {comparison.condition.label}, {when}"
    return ChartRow(title, detail, grave_flag(comparison))
