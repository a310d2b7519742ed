"""Chart and table of a state say the same, and what they say is in the evidence files.

Expected figures are worked out here from the CSV files, without the product's reader.
"""

import re

import pytest

from prolo_dash.kit.theme import LIGHT

from .views import ROW_VIEWS

ROLE_OF_COLOUR = {
    LIGHT["prolo"]: "intervention",
    LIGHT["control"]: "control",
    LIGHT["without"]: "untreated",
    LIGHT["other"]: "other",
}
LONGEST_SHARE = 150  # what lies beyond is drawn there, and "how to read" says so
INTERVAL = re.compile(r"−?[\d.]+ \(−?[\d.]+ to −?[\d.]+\)")

each_row_view = pytest.mark.parametrize("key", ROW_VIEWS)


def points(figure):
    """(row key, trace, position in the trace) of everything drawn."""
    for trace in figure.data:
        yield from ((i, trace, n) for n, i in enumerate(trace["ids"]))


def is_band(trace):
    """Whether a trace is the ranges behind other marks."""
    return trace.get("marker", {}).get("color") == LIGHT["band"]


def drawn_at(trace, n):
    """The length of a bar, both ends of a range, or the place of a mark."""
    if is_band(trace):
        return trace["base"][n], trace["base"][n] + trace["x"][n]
    return () if trace.get("mode") == "text" else (trace["x"][n],)


def cell(rendering, row, column):
    return row.cells[rendering.table.columns.index(column)].text


def is_written(value, found):
    """Whether a value, rounded as any of these numbers is, equals it."""
    return any(abs(value - number) <= 0.5 * 10**-decimals + 1e-6 for number, decimals in found)


def agrees(key, value, found):
    """Whether a place on an axis is one of these numbers; a share beyond the axis stands at its end."""
    cut = key == "caveat_share" and abs(value - LONGEST_SHARE) < 1e-3 and any(n > LONGEST_SHARE for n, _ in found)
    return cut or is_written(value, found)


@pytest.fixture(scope="session")
def row_numbers(numbers):
    """The numbers of a table row, without those of its first cell (a trial's name has a year)."""

    def read(row):
        return frozenset(n for c in row.cells[1:] for n in numbers(c.text))

    return read


@each_row_view
def test_every_label_in_the_chart_stands_as_a_number_in_the_same_row_of_the_table(key, shown, numbers, row_numbers):
    missing = set()
    for one in shown(key):
        rows = {row.key: row_numbers(row) for row in one.rendering.table.rows}
        for i, trace, n in points(one.figure):
            label = re.sub(r"</?b>", "", trace["text"][n]).strip() if "text" in trace else ""
            if not rows[i].issuperset(numbers(label)):
                missing.add((i, label))
    assert sorted(missing)[:5] == []


@each_row_view
def test_every_bar_is_as_long_and_every_mark_stands_where_a_number_of_its_row_says(key, shown, row_numbers):
    missing = set()
    for one in shown(key):
        rows = {row.key: row_numbers(row) for row in one.rendering.table.rows}
        for i, trace, n in points(one.figure):
            missing |= {(i, round(value, 3)) for value in drawn_at(trace, n) if not agrees(key, value, rows[i])}
    assert sorted(missing)[:5] == []


@each_row_view
def test_every_interval_drawn_is_the_interval_written(key, shown, row_numbers):
    missing = set()
    for one in shown(key):
        rows = {row.key: row_numbers(row) for row in one.rendering.table.rows}
        for i, trace, n in points(one.figure):
            if "error_x" not in trace:
                continue
            value, bars = trace["x"][n], trace["error_x"]
            ends = [value - bars["arrayminus"][n], value + bars["array"][n]] if bars["array"][n] else []
            missing |= {(i, round(end, 3)) for end in ends if not agrees(key, end, rows[i])}
    assert sorted(missing)[:5] == []


def test_an_arrow_stands_where_a_share_or_its_interval_is_cut_and_nowhere_else(shown):
    labels = {text for one in shown("caveat_share") for trace in one.figure.data for text in trace.get("text", ())}
    beyond = {text for text in labels if "%" in text and max(map(float, re.findall(r"[\d.]+", text))) > LONGEST_SHARE}
    assert beyond == {text for text in labels if "→" in text}
    assert any("900%" in text for text in beyond)


def test_readers_are_told_where_shares_are_cut(shown):
    assert all(f"beyond {LONGEST_SHARE}%" in " ".join(one.rendering.how_to_read) for one in shown("caveat_share"))


@pytest.mark.parametrize(
    ("key", "show", "column"),
    [("gain", "difference", "Difference"), ("caveat", "left", "Further gain after prolotherapy")],
)
def test_a_mark_is_filled_where_the_table_has_an_interval_and_hollow_where_it_has_none(key, show, column, shown):
    for one in (one for one in shown(key) if one.state.show == show):
        filled: dict[str, int] = {}
        drawn: dict[str, int] = {}
        for i, trace, n in points(one.figure):
            if trace.get("mode") == "markers":
                hollow = trace["marker"]["symbol"][n].endswith("-open")
                assert hollow == (trace["error_x"]["array"][n] == 0 == trace["error_x"]["arrayminus"][n])
                filled[i] = filled.get(i, 0) + (not hollow)
                drawn[i] = drawn.get(i, 0) + 1
        for row in one.rendering.table.rows:
            written = cell(one.rendering, row, column)
            assert filled[row.key] == len(INTERVAL.findall(written)), (one.state, row.key)
            assert drawn[row.key] == written.count(" against ") or column != "Difference"


def test_bars_of_the_gain_are_the_figures_of_the_files(shown, arms, gain):
    for one in (one for one in shown("gain") if one.state.show != "difference" and one.state.scale != "sd"):
        drawn: dict[tuple[str, str], list[float]] = {}
        for i, trace, n in points(one.figure):
            if trace["type"] == "bar":
                drawn.setdefault((i, ROLE_OF_COLOUR[trace["marker"]["color"]]), []).append(trace["x"][n])
        roles = ROLE_OF_COLOUR.values() if one.state.show == "groups" else ["intervention"]
        for row in one.rendering.table.rows:
            for role in roles:
                figures = [gain(row.key.split(".")[0], arm["arm_id"]) for arm in arms(row.key, role)]
                expected = [figure for figure in figures if figure is not None]
                assert sorted(drawn.get((row.key, role), [])) == pytest.approx(sorted(expected)), (one.state, row.key)


def test_the_parts_of_the_caveat_add_up_to_the_gains_in_the_files(shown, arms, gain):
    """Grey + blue = the control group's gain, and the three together = the prolotherapy group's gain."""
    for one in (one for one in shown("caveat") if one.state.show == "split"):
        parts: dict[str, dict[str, float]] = {}
        for i, trace, n in points(one.figure):
            if trace["type"] == "bar":
                parts.setdefault(i, {})[ROLE_OF_COLOUR[trace["marker"]["color"]]] = trace["x"][n]
        for row in one.rendering.table.rows:
            outcome = row.key.split(".")[0]
            (control,) = arms(row.key, "control")
            (prolo,) = arms(row.key, "intervention")
            own = parts[row.key]
            below = own.get("untreated", 0.0) + own["control"]
            assert below == pytest.approx(gain(outcome, control["arm_id"]), abs=1e-6)
            assert below + own["intervention"] == pytest.approx(gain(outcome, prolo["arm_id"]), abs=1e-6)
            for without in arms(row.key, "untreated"):
                assert own["untreated"] == pytest.approx(gain(outcome, without["arm_id"]))


def test_parts_of_the_caveat_stand_end_to_end(shown):
    order = ("untreated", "control", "intervention")
    for one in (one for one in shown("caveat") if one.state.show == "split"):
        parts: dict[str, dict[str, tuple[float, float]]] = {}
        for i, trace, n in points(one.figure):
            if trace["type"] == "bar":
                role = ROLE_OF_COLOUR[trace["marker"]["color"]]
                parts.setdefault(i, {})[role] = (trace["base"][n], trace["base"][n] + trace["x"][n])
        for own in parts.values():
            end = 0.0
            for role in order:
                if role in own:
                    assert own[role][0] == pytest.approx(end, abs=1e-6)
                    end = own[role][1]


@pytest.mark.parametrize("key", ["gain", "caveat"])
def test_the_table_writes_the_gain_of_the_files(key, shown, arms, gain, numbers):
    for one in shown(key):
        if getattr(one.state, "scale", "") == "sd":
            continue
        for row in one.rendering.table.rows:
            (prolo,) = arms(row.key, "intervention")
            expected = gain(row.key.split(".")[0], prolo["arm_id"])
            written = cell(one.rendering, row, "After prolotherapy")
            if expected is None:
                assert written == "not reported where we looked"
            else:
                assert is_written(expected, numbers(written)[:1]), (one.state, row.key)


def test_the_bars_of_the_article_count_the_rows_of_its_file(shown, table, numbers):
    claims = table("claims")
    with_figure = [c for c in claims if c["value"]]
    with_comparator = [c for c in claims if c["comparator_as_told"] not in ("", "none")]
    with_source = [c for c in claims if c["source_as_told"]]
    with_nothing = [c for c in claims if c not in with_figure and c not in with_comparator and c not in with_source]
    expected = [len(with_figure), len(with_comparator), len(with_source), len(with_nothing)]
    for one in shown("claim"):
        assert [numbers(row.cells[1].text)[0][0] for row in one.rendering.table.rows] == expected
        assert list(one.figure.data[0]["x"]) == expected
        assert f"{len(claims)} claims" in one.rendering.alt
