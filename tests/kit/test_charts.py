"""What a chart draws fits: rows do not overlap, texts stay inside, axes hold every value; on phones too."""

import re
from dataclasses import dataclass
from html import unescape
from itertools import pairwise

import pytest

from prolo_dash.kit.charts import ChartRow, Panel, bars, named_places, notes, points, stack
from prolo_dash.kit.charts import bands as kit_bands
from prolo_dash.kit.plotly import figure, still
from prolo_dash.kit.theme import TEMPLATE, Fill
from prolo_dash.stats.effects import Estimate

from ..chapters.views import ROW_VIEWS

# The page is at most 1,080 px wide with 24 px on each side; a phone has 390 px with 16 px on each side (page.css).
WIDE, NARROW = 1080 - 2 * 24, 390 - 2 * 16
FONT = 14
LINE = 1.3 * FONT  # Plotly sets lines of annotations at 1.3 times the font size
DIGITS_HIGH = 11  # from the top of a digit or bracket to its foot, at 14 px
ROOM_BEFORE_TEXT = 3

# Widths of Helvetica (Arial, Liberation Sans) in thousandths of the font size, from its published metrics.
_WIDTHS = {
    100: "\u200a",
    191: "'",
    222: "ijl’",
    278: " fIt,.:;/!|",
    333: "r()-“”",
    500: "cksvxyzJ\u2002",
    556: "abdeghnopqu0123456789L?",
    584: "−+=<>",
    611: "FTZ",
    667: "ABEKPSVXY&",
    722: "CDHNRUw",
    778: "GOQ",
    833: "mM",
    889: "%",
    944: "W",
}
WIDTH = {char: width for width, chars in _WIDTHS.items() for char in chars}


def pixels(text, size=FONT):
    return sum(WIDTH.get(char, 778) for char in unescape(re.sub("<[^>]+>", "", text))) * size / 1000


def size_of(trace):
    """The size of a trace's own text; a phone's may be smaller."""
    return trace.get("textfont", {}).get("size", FONT)


@dataclass(frozen=True)
class Box:
    """Something drawn of a row: its edges in pixels from the top of the panel's plot."""

    row: str
    top: float
    bottom: float


def fitted(drawn, narrow):
    """Data and layout as the page's script puts them together for a screen."""
    if not narrow:
        return drawn.data, drawn.layout
    data = [trace | change for trace, change in zip(drawn.data, drawn.narrow_data, strict=True)]
    return data, drawn.layout | drawn.narrow


def panels(drawn, narrow):
    """(y axis, its labels, its traces) of every panel, with the x axis of the panel."""
    data, layout = fitted(drawn, narrow)
    for panel in drawn.panels:
        axis = panel["axis"]
        traces = [t for t in data if t["yaxis"] == axis]
        yield layout[f"yaxis{axis[1:]}"], label_boxes(panel, narrow), traces, layout[f"xaxis{axis[1:]}"]


def lines_of(row):
    """The lines of a label."""
    marks = [" ".join(glyph for glyph, _ in row.get("marks", ()))] if row.get("marks") else []
    return marks + [line for part in ("title", "detail", "flag") if row[part] for line in row[part].split("\n")]


def label_boxes(panel, narrow):
    """The labels of a panel, from top to bottom."""
    boxes, edge = [], 0
    for row in panel["rows"]:
        high = LINE * len(lines_of(row))
        foot = edge + (row["foot"] if narrow else row["wide"] / 2 + high / 2)
        boxes.append(Box(row["title"], foot - high, foot))
        edge += row["narrow" if narrow else "wide"]
    return boxes


def marks(traces):
    """Bars and points of a panel."""
    for trace in (t for t in traces if t.get("mode") != "text"):
        half = trace["width"] / 2 if trace["type"] == "bar" else trace["marker"]["size"] / 2
        yield from (Box(i, y - half, y + half) for i, y in zip(trace["ids"], trace["y"], strict=True))


def written(traces):
    """Texts beside bars and points."""
    for trace in (t for t in traces if t.get("mode") == "text"):
        yield from (
            Box(i, y - DIGITS_HIGH / 2, y + DIGITS_HIGH / 2) for i, y in zip(trace["ids"], trace["y"], strict=True)
        )


def bands(labels, traces):
    """The rows of a panel from top to bottom: for each its label and what is drawn of it."""
    drawn: dict[str, list[Box]] = {}
    for box in (*marks(traces), *written(traces)):
        drawn.setdefault(box.row, []).append(box)
    rows = sorted(drawn, key=lambda row: min(box.top for box in drawn[row]))
    return [(label, drawn[row]) for label, row in zip(labels, rows, strict=True)]


each_row_view = pytest.mark.parametrize("key", ROW_VIEWS)
each_screen = pytest.mark.parametrize("narrow", [False, True], ids=["wide", "narrow"])
SLACK = 0.75  # rounding of places and domains


@each_screen
@each_row_view
def test_rows_do_not_overlap_their_neighbours(key, narrow, shown):
    for one in shown(key):
        for axis, labels, traces, _ in panels(one.figure, narrow):
            end = 0.0
            for label, drawn in bands(labels, traces):
                tops, feet = [box.top for box in (label, *drawn)], [box.bottom for box in (label, *drawn)]
                assert min(tops) >= end - SLACK, (one.state, label.row)
                end = max(feet)
            assert end <= axis["range"][0] + SLACK, (one.state, "the last row leaves its panel")


@each_row_view
def test_on_a_phone_a_label_stands_above_its_bars(key, shown):
    for one in shown(key):
        for _, labels, traces, _ in panels(one.figure, True):
            for label, drawn in bands(labels, traces):
                assert label.bottom <= min(box.top for box in drawn) + SLACK, (one.state, label.row)


@each_screen
@each_row_view
def test_marks_and_numbers_of_one_row_can_be_told_apart(key, narrow, shown):
    """Bars that start at 0 lie beside each other; parts of one bar lie end to end and are not meant here."""
    for one in shown(key):
        for _, _, traces, _ in panels(one.figure, narrow):
            texts: dict[str, list[float]] = {}
            for box in written(traces):
                texts.setdefault(box.row, []).append(box.top)
            for row, tops in texts.items():
                gaps = [b - a for a, b in pairwise(sorted(tops))]
                assert all(gap >= DIGITS_HIGH for gap in gaps), (one.state, row)


@each_screen
@each_row_view
def test_a_panel_is_as_high_on_the_page_as_its_rows_need(key, narrow, shown):
    """One unit of a row axis is one pixel, so what was laid out in pixels stands where it was laid out."""
    for one in shown(key):
        _, layout = fitted(one.figure, narrow)
        ends = []
        for axis in (part for name, part in layout.items() if name.startswith("yaxis")):
            low, high = axis["domain"]
            assert (high - low) * layout["height"] == pytest.approx(axis["range"][0], abs=0.1)
            assert axis["range"][1] == 0
            ends.append((low, high))
        assert all(0 <= low < high <= 1 for low, high in ends)
        assert all(above[0] > below[1] for above, below in pairwise(ends)), "panels overlap"


@each_row_view
def test_every_axis_holds_zero_every_value_and_every_interval(key, shown):
    for one in shown(key):
        for _, _, traces, x in panels(one.figure, False):
            low, high = x["range"]
            assert low <= 0 < high
            for trace in traces:
                bases = trace.get("base", [0.0] * len(trace["x"]))
                starts = bases if trace["type"] == "bar" else trace["x"]
                ends = [base + value for base, value in zip(bases, trace["x"], strict=True)]
                errors = trace.get("error_x", {"array": [0], "arrayminus": [0]})
                above = [v + e for v, e in zip(ends, errors["array"] * len(ends), strict=False)]
                below = [v - e for v, e in zip(ends, errors["arrayminus"] * len(ends), strict=False)]
                held = [*starts, *ends, *above, *below]
                assert low - 1e-6 <= min(held), one.state
                assert max(held) <= high + 1e-6, one.state


def test_the_zero_line_is_drawn_and_charts_have_no_grid_that_nobody_needs():
    axis = TEMPLATE["layout"]["xaxis"]
    assert axis["zeroline"]
    assert not axis["showgrid"]
    assert not TEMPLATE["layout"]["showlegend"]


@each_screen
@each_row_view
def test_numbers_beside_bars_and_points_stay_inside_the_chart(key, narrow, shown):
    outside = {}
    for one in shown(key):
        layout = fitted(one.figure, narrow)[1]
        margin = layout["margin"]
        plot = (NARROW if narrow else WIDE) - margin["l"] - margin["r"]
        for _, _, traces, x in panels(one.figure, narrow):
            low, high = x["range"]
            for trace in (t for t in traces if t.get("mode") == "text"):
                for value, text in zip(trace["x"], trace["text"], strict=True):
                    right = (value - low) / (high - low) * plot + ROOM_BEFORE_TEXT + pixels(text, size_of(trace))
                    if right > plot + margin["r"]:
                        outside[text] = (round(right - plot - margin["r"]), one.state)
    assert list(outside.items())[:3] == []


@each_screen
@each_row_view
def test_a_number_inside_a_bar_is_no_wider_than_the_bar(key, narrow, shown):
    """White digits outside a bar could not be read."""
    too_wide = {}
    for one in shown(key):
        margin = fitted(one.figure, narrow)[1]["margin"]
        plot = (NARROW if narrow else WIDE) - margin["l"] - margin["r"]
        for _, _, traces, x in panels(one.figure, narrow):
            for trace in (t for t in traces if t["type"] == "bar" and "text" in t):
                for i, value, text in zip(trace["ids"], trace["x"], trace["text"], strict=True):
                    length = abs(value) / (x["range"][1] - x["range"][0]) * plot
                    if pixels(text, size_of(trace)) > length:
                        too_wide[i, text] = (round(length), one.state)
    assert list(too_wide.items())[:3] == []


@each_screen
@each_row_view
def test_labels_and_headings_fit_their_place(key, narrow, shown):
    """A label stands left of the plot, on a phone above its bars; a heading has the width of the chart."""
    whole = NARROW - 8 if narrow else WIDE
    lines = set()
    for one in shown(key):
        drawn = one.figure
        room = whole if narrow else drawn.layout["margin"]["l"]
        lines |= {(panel["heading"], whole) for panel in drawn.panels}
        lines |= {(line, room) for panel in drawn.panels for row in panel["rows"] for line in lines_of(row)}
    assert [(line, round(pixels(line)), room) for line, room in sorted(lines) if pixels(line) > room][:3] == []


@each_screen
@each_row_view
def test_axis_titles_fit_the_chart(key, narrow, shown):
    """A title stands under the middle of the plot and breaks only where it is told to."""
    cut = {}
    for one in shown(key):
        layout = fitted(one.figure, narrow)[1]
        whole, margin = NARROW if narrow else WIDE, layout["margin"]
        middle = margin["l"] + (whole - margin["l"] - margin["r"]) / 2
        room = 2 * min(middle, whole - middle)
        for name in (name for name in layout if name.startswith("xaxis")):
            for line in layout[name]["title"]["text"].split("<br>"):
                if pixels(line) > room:
                    cut[line] = (round(pixels(line)), room)
    assert list(cut.items())[:4] == []


@each_screen
@each_row_view
def test_an_axis_title_has_room_between_its_ticks_and_what_comes_below(key, narrow, shown):
    axis = TEMPLATE["layout"]["xaxis"]
    ticks = 5 + LINE  # the tick and its number
    for one in (one for one in shown(key) if not one.rendering.chart.is_empty):
        layout = fitted(one.figure, narrow)[1]
        feet = [layout["height"] * (1 - y["domain"][0]) for name, y in layout.items() if name.startswith("yaxis")]
        tops = [layout["height"] * (1 - y["domain"][1]) for name, y in layout.items() if name.startswith("yaxis")]
        headed = any(panel.heading for panel in one.rendering.chart.panels)
        titles = [x["title"]["text"] for name, x in layout.items() if name.startswith("xaxis")]
        ends = [*(top - (LINE + 6 if headed else 0) for top in tops[1:]), layout["height"]]
        for foot, end, title in zip(feet, ends, titles, strict=True):
            needed = ticks + axis["title"]["standoff"] + FONT * (1 + 1.3 * title.count("<br>"))
            assert end - foot >= needed - SLACK, (one.state, title, end - foot, needed)


# The parts by themselves.

ROWS = (
    ChartRow("One", "detail"),
    ChartRow("Two", "a longer detail that takes more than one line of the label", "flag"),
)


def one_panel(**changed):
    trace = bars([0, 1], [0.0, 0.0], [3.0, 5.0], ["", ""], Fill("ink"), ["3", "5"], ids=["a", "b"])
    return Panel(
        **{"heading": "", "axis_title": "points", "span": (0.0, 6.0), "rows": ROWS, "marks": (trace,)} | changed
    )


def test_no_panel_makes_no_trace_and_no_label():
    empty = stack(())
    assert empty.is_empty
    assert figure(empty).data == ()
    assert still(empty)["layout"]["annotations"] == []


def test_panels_stand_below_each_other_with_axes_of_their_own():
    drawn = figure(stack((one_panel(heading="First"), one_panel(heading="Second", axis_title="percent"))))
    assert [(t["xaxis"], t["yaxis"]) for t in drawn.data] == [("x", "y"), ("x2", "y2")]
    assert drawn.layout["yaxis"]["domain"][0] > drawn.layout["yaxis2"]["domain"][1]
    assert [drawn.layout[axis]["title"]["text"] for axis in ("xaxis", "xaxis2")] == ["points", "percent"]


@pytest.mark.parametrize("screen", ["wide", "narrow"])
def test_the_rows_that_a_page_is_told_of_stand_where_their_axes_stand(screen):
    drawn = figure(stack((one_panel(heading="First"), one_panel())))
    layout = drawn.layout if screen == "wide" else drawn.narrow
    for panel in drawn.panels:
        axis = layout[panel["axis"].replace("y", "yaxis")]
        assert (1 - axis["domain"][1]) * layout["height"] == pytest.approx(panel[screen], abs=0.1)
        assert axis["range"] == [sum(row[screen] for row in panel["rows"]), 0]


def test_more_rows_make_a_higher_chart():
    tall, usual = (figure(stack((one_panel(rows=rows, marks=()),))) for rows in (ROWS * 2, ROWS))
    assert tall.layout["height"] > usual.layout["height"]


def test_names_are_text_and_never_markup():
    row = ChartRow("<script>alert(1)</script>", "A & B", "<b>")
    marks = notes([0], [1.0], ["<i>7</i> & more"], ids=["a"])
    drawn = still(stack((one_panel(heading="x < y", rows=(row,), marks=(marks,)),)))
    heading, label = (a["text"] for a in drawn["layout"]["annotations"])
    assert heading == "<b>x &lt; y</b>"
    assert "&lt;script&gt;" in label
    assert "<script" not in label
    assert "A &amp; B" in label
    assert "&lt;b&gt;" in label
    assert "&lt;i&gt;7&lt;/i&gt; &amp; more" in drawn["data"][0]["text"][0]


def test_a_point_without_an_interval_is_hollow_and_draws_none():
    marks = points([0, 1], [Estimate(2.0, 1.0, 4.0), Estimate(3.0)], ["circle", "star"], "ink", ["", ""], [0.0, 0.0])
    (trace,) = figure(stack((one_panel(marks=(marks,)),))).data
    assert trace["marker"]["symbol"] == ["circle", "star-open"]
    assert trace["error_x"]["array"] == [2.0, 0]
    assert trace["error_x"]["arrayminus"] == [1.0, 0]


def test_a_range_is_a_box_as_high_as_a_bar_and_a_single_place_a_line():
    marks = kit_bands([0, 1], [(2.0, 5.0), (4.0, 4.0)], ["two to five", "four"], ids=["a", "b"])
    drawn = figure(stack((one_panel(marks=(marks,)),), bar=30))
    (trace,), (small,) = drawn.data, drawn.narrow_data
    assert (trace["base"], trace["x"], trace["width"]) == ([2.0, 4.0], [3.0, 0.0], 30)
    assert trace["marker"]["line"]["width"] > 0
    assert set(small) == {"y"}
    assert trace["hovertext"] == ["two to five", "four"]


def test_names_of_places_are_sent_as_columns_and_other_axes_have_none():
    panel = Panel(
        "", "", (-1, 1), (ChartRow("One", "detail"),), (points([0], [Estimate(0)], ["circle"], "ink", [], [0]),)
    )
    assert "columns" not in figure(stack((panel,))).panels[0]
    named = named_places(stack((panel,)), ({-1.0: "worse", 0.0: "no clear<br>difference"},), ({-1.0: "−", 0.0: "0"},))
    assert figure(named).panels[0]["columns"] == {
        "at": [-1.0, 0.0],
        "wide": [["worse"], ["no clear", "difference"]],
        "narrow": [["−"], ["0"]],
    }
