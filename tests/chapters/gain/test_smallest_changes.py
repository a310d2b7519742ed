"""The smallest change that people notice, in the gain chapter: drawn where one was published, and counted by side."""

import re
from dataclasses import replace
from pathlib import Path

import pytest

from prolo_dash.chapters.gain.view import VIEW
from prolo_dash.evidence.library import library
from prolo_dash.kit import plotly
from prolo_dash.kit.charts import Bands

FROZEN = library(Path(__file__).parents[2] / "frozen")

# By hand from thresholds.csv of the frozen package: the lowest and the highest value for a trial's score and condition.
PUBLISHED = {
    "yelland2004_vas_104w.glucose_lido": (15, 15),
    "scarpone2008_pain_16w.dextrose_morrhuate": (1, 2.3),
    "wu2022_visap_52w.dextrose": (7, 13),
    "wu2022_visap_13w.dextrose": (7, 13),
    "yelland2019_prtee_52w.prolo": (11, 31.33),
    "yelland2019_prtee_52w.combined": (11, 31.33),
    "yelland2011_visa_52w.prolo": (7, 20),
    "yelland2011_visa_52w.combined": (7, 20),
}
COLUMN = "Smallest change that people notice"


def render(**settings):
    state = replace(VIEW.default_state(FROZEN), **({"show": "difference", "scale": "printed"} | settings))
    return VIEW.render(FROZEN, VIEW.normalise(state))


def bands_of(rendering):
    """The panel and the ends of the range that is drawn for each table row."""
    return {
        mark.key: (panel, mark.row, mark.low, mark.high)
        for panel in rendering.chart.panels
        for marks in panel.marks
        if isinstance(marks, Bands)
        for mark in marks.marks
    }


def noticed(rendering):
    """The cell of each table row on what people notice."""
    at = rendering.table.columns.index(COLUMN)
    return {row.key: row.cells[at] for row in rendering.table.rows}


@pytest.mark.parametrize("outcome", ["pain", "function"])
@pytest.mark.parametrize("time", ["latest", "early"])
def test_a_range_is_drawn_for_each_score_that_has_one_and_for_no_other(outcome, time):
    shown = render(outcome=outcome, time=time)
    rows = {row.key for row in shown.table.rows}
    drawn = bands_of(shown)
    assert {key: ends for key, (_, _, *ends) in drawn.items()} == {
        key: list(ends) for key, ends in PUBLISHED.items() if key in rows
    }
    assert {key for key, cell in noticed(shown).items() if cell.text != "not seen"} == set(drawn) != set()
    for panel, _, low, high in drawn.values():
        assert panel.span[0] <= low <= high <= panel.span[1]


def test_a_range_stands_in_the_row_of_its_trial_behind_its_marks():
    shown = render(outcome="function")
    for key, (panel, row, *_) in bands_of(shown).items():
        first, *others = panel.marks
        assert isinstance(first, Bands)
        assert {mark.row for marks in others for mark in marks.marks if mark.key == key} == {row}


@pytest.mark.parametrize(
    "settings",
    [
        {"outcome": "pain", "scale": "sd"},
        {"outcome": "better", "scale": "per100"},
        {"outcome": "pain", "show": "gain"},
        {"outcome": "pain", "show": "groups"},
    ],
)
def test_nothing_of_it_is_shown_where_differences_are_not_in_points(settings):
    shown = render(**settings)
    assert bands_of(shown) == {}
    assert COLUMN not in shown.table.columns
    said = [
        shown.sentence,
        shown.aside,
        *shown.how_to_read,
        *(entry.label for entry in shown.key),
        *(s.note for s in shown.sources),
    ]
    assert [text for text in said if "people notice" in text] == []


def test_the_words_beside_the_sentence_count_differences_by_side_and_scores_without_one():
    """Pain: 4.3 (Yelland 2004) beside 15, and 3.0 (Scarpone 2008) beside 1 to 2.3.

    Function: 5.5 beside 7 to 13, twice 0 beside 11 to 31.33, 3.8 and 17.4 beside 7 to 20.
    """
    assert (
        "In 2 of 13 rows the score has a smallest change that people notice; in 11 we know of none. "
        "Of the 2 differences there, 1 lies above it and 1 lies below it."
    ) in render(outcome="pain").aside
    assert (
        "In 5 of 14 rows the score has a smallest change that people notice; in 9 we know of none. "
        "Of the 5 differences there, 1 lies within it and 4 lie below it."
    ) in render(outcome="function").aside
    alone = render(conditions=("low_back_pain",), outcome="function").aside
    assert alone.endswith("We know of no smallest change that people notice for this score.")


@pytest.mark.parametrize(
    ("key", "text", "source"),
    [
        # −5.2 to 13.8, all of it below 15.
        (
            "yelland2004_vas_104w.glucose_lido",
            "Against normal saline: less, over its whole interval",
            "Ostelo 2008",
        ),
        # 3.0 (2.0 to 4.0): above 1 to 2.3, and its interval begins within.
        (
            "scarpone2008_pain_16w.dextrose_morrhuate",
            "1 to 2.3. Against 0.9% saline: more, but by its interval it could be about as much",
            "Challoumas 2023",
        ),
        # −12.4 to 20.03: from as much the other way to just above 20.
        ("yelland2011_visa_52w.prolo", "by its interval it could be as much the other way or more", "Yelland 2011"),
        # 1.9 to 9.1.
        ("wu2022_visap_52w.dextrose", "less, but by its interval it could be about as much", "Challoumas 2023"),
    ],
)
def test_the_table_says_what_was_published_by_whom_and_where_difference_and_interval_lie(key, text, source):
    found = noticed(render(outcome="pain")) | noticed(render(outcome="function"))
    assert text in found[key].text
    assert source in found[key].note


def test_a_difference_without_an_interval_has_a_side_and_no_more():
    cell = noticed(render(outcome="function"))["yelland2019_prtee_52w.prolo"]
    assert re.search(r"^11 to 31\.33\. Against [^:]+: less$", cell.text)


def test_readers_are_told_that_it_is_of_people_and_not_of_averages_and_where_it_is_from():
    shown = render(outcome="pain")
    assert "A gap below it does not mean that nobody noticed" in " ".join(shown.how_to_read)
    assert [entry.label for entry in shown.key][-1] == "smallest change that people notice"
    assert sum(source.note == "smallest change that people notice" for source in shown.sources) == 3


def test_a_single_value_is_a_line_and_a_range_a_box_each_with_a_rim():
    shown = render(outcome="function")
    drawn = plotly.figure(shown.chart)
    for trace in (t for t in drawn.data if t["type"] == "bar"):
        assert trace["marker"]["line"]["width"] > 0
        assert all(length >= 0 for length in trace["x"])
    single = next(
        t for t in plotly.figure(render(outcome="pain", conditions=("low_back_pain",)).chart).data if t["type"] == "bar"
    )
    assert set(single["x"]) == {0}
