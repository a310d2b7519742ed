"""Every state of every view can be shown, linked to and drawn, and loses no trial."""

from collections import Counter
from urllib.parse import parse_qsl

import plotly.graph_objects as go
import pytest

from prolo_dash.chapters.registry import CHAPTERS, LESSON_VIEWS, VIEW_BY_KEY
from prolo_dash.evidence.library import library
from prolo_dash.kit.controls import all_values, from_params, to_query

from .views import LABELLED_ROWS, TRIAL_VIEWS

VIEWS = tuple(VIEW_BY_KEY)
WORDS_ONLY = ("sources_words", "sources_about", "answer", "trial", "lesson_judge")  # nothing is drawn by Plotly
MOST_STATES = 2000
SAMPLE = 23  # Plotly's own validation takes about 10 ms a figure

MOST_GROUPS = 6  # that a reader toggles: one more would double the states

each_view = pytest.mark.parametrize("key", VIEWS)


def trials(table):
    """Ids of the studies of people treated, by each group and each condition that a reader may choose."""
    found = {row["condition_id"]: set() for row in table("conditions")}
    group_of = {row["condition_id"]: row["group_id"] for row in table("conditions")}
    for row in (row for row in table("studies") if row["design"] != "survey"):
        for key in {row["condition"], group_of[row["condition"]] or row["condition"]}:
            found[key].add(row["study_id"])
    return found


def test_readers_toggle_six_groups_at_most_and_every_condition_has_a_trial(table):
    groups = [row["condition_id"] for row in table("conditions") if not row["group_id"]]
    assert len(groups) <= MOST_GROUPS
    assert [key for key, own in trials(table).items() if not own] == []


@each_view
def test_every_state_has_a_sentence_an_alternative_text_and_a_question_for_a_class(key, shown):
    assert "?" in VIEW_BY_KEY[key].question
    assert VIEW_BY_KEY[key].for_class
    assert [s.state for s in shown(key) if not s.rendering.sentence.endswith(".") or not s.rendering.alt][:3] == []


@each_view
def test_figures_are_valid_for_plotly_wide_and_narrow(key, shown):
    for one in shown(key)[::SAMPLE]:
        f = one.figure
        drawn = go.Figure(data=list(f.data), layout=f.layout)
        assert len(drawn.data) == len(f.data)
        labels = zip(f.layout.get("annotations", ()), f.narrow.get("annotations", ()), strict=True)
        narrow = [trace | change for trace, change in zip(f.data, f.narrow_data, strict=True)]
        go.Figure(data=narrow, layout=f.layout | f.narrow | {"annotations": [label | new for label, new in labels]})


@each_view
def test_the_narrow_figure_moves_rows_and_changes_no_value(key, shown):
    for one in shown(key):
        f = one.figure
        for trace, change in zip(f.data, f.narrow_data, strict=True):
            assert len(trace["x"]) == len(trace["y"]) == len(trace.get("ids", ())), "a mark has no row"
            if change:
                assert set(change) <= {"y", "textfont", "marker"}
                assert len(change["y"]) == len(trace["y"])
        for label, change in zip(f.layout.get("annotations", ()), f.narrow.get("annotations", ()), strict=True):
            assert "text" in label
            assert "text" not in change
        ranges = [f.layout[axis].get("range") for axis in f.layout if axis.startswith("xaxis")]
        assert ranges == [
            f.narrow.get(axis, f.layout[axis]).get("range") for axis in f.layout if axis.startswith("xaxis")
        ]


@each_view
def test_the_figure_and_the_table_have_the_same_rows_in_the_same_order(key, shown):
    for one in shown(key):
        drawn = [i for trace in one.figure.data for i in trace.get("ids", ())]
        rows = [row.key for row in one.rendering.table.rows]
        assert len(set(rows)) == len(rows)
        assert set(drawn) == (set() if key in WORDS_ONLY else set(rows)), one.state
        assert all(len(row.cells) == len(one.rendering.table.columns) for row in one.rendering.table.rows)


@pytest.mark.parametrize("key", LABELLED_ROWS)
def test_rows_stand_in_the_order_of_their_labels(key, shown):
    """Each label stands at the height of the bars or points of its row, so none can be read for its neighbour."""
    for one in shown(key):
        f = one.figure
        for axis in (name for name in f.layout if name.startswith("yaxis")):
            ref = axis.replace("axis", "")
            labels = [a["y"] for a in one.labels if a["yref"] == ref]
            ids: dict[str, set[float]] = {}
            for trace in f.data:
                if trace["yaxis"] == ref:
                    for i, y in zip(trace["ids"], trace["y"], strict=True):
                        ids.setdefault(i, set()).add(min(labels, key=lambda at: abs(at - y)))
            assert len(labels) == len(ids)
            assert all(len(nearest) == 1 for nearest in ids.values()), one.state
            assert {y for nearest in ids.values() for y in nearest} == set(labels)


@pytest.mark.parametrize("key", TRIAL_VIEWS)
def test_no_trial_of_the_chosen_conditions_is_lost_and_none_stands_there_twice(key, shown, table):
    by_category = trials(table)
    study_of = {row["outcome_id"]: row["study_id"] for row in table("outcomes")}
    study_of |= {row["study_id"]: row["study_id"] for row in table("studies")}
    known = {s.study_id: s for s in library().trials}
    box_of = {(library().name(s), library().condition_of(s).label): s.study_id for s in known.values()}
    assert len(box_of) == len(known), "two trials are called the same"
    for one in shown(key):
        chosen = set().union(*(by_category[name] for name in one.state.conditions))
        drawn = {study_of[i] for row in one.rendering.table.rows if (i := row.key.split(".")[0]) in study_of}
        listed = [box_of[box.title.partition(" ")[2], box.strong] for box in one.rendering.listed]
        assert len(listed) == len(set(listed)), one.state
        assert drawn | set(listed) == chosen, one.state
        assert not drawn & set(listed), one.state


@pytest.mark.parametrize("key", TRIAL_VIEWS)
def test_the_title_of_the_list_counts_what_it_lists(key, shown, numbers):
    for one in shown(key):
        said = [n for n, _ in numbers(one.rendering.listed_title)]
        assert said == ([len(one.rendering.listed)] if one.rendering.listed else [])


@pytest.mark.parametrize("key", [*TRIAL_VIEWS, "certainty_later", "lesson_dummy"])
def test_the_warnings_of_a_trial_stand_where_it_is_listed_too(key, shown):
    flagged = {
        (library().name(study), library().condition_of(study).label)
        for study in library().trials
        if library().study_flags(study.study_id)
    }
    boxes = [box for one in shown(key) for box in one.rendering.listed]
    warned = {(box.title.partition(" ")[2], box.strong): "Warnings: " in box.text for box in boxes}
    assert warned
    assert {trial for trial, told in warned.items() if told} == flagged & set(warned)


@pytest.mark.parametrize("key", TRIAL_VIEWS)
def test_a_listed_trial_has_something_said_of_it(key, shown):
    assert [box for one in shown(key) for box in one.rendering.listed if not box.text.endswith(".")][:3] == []


@pytest.mark.parametrize("key", TRIAL_VIEWS)
def test_the_default_shows_every_condition(key):
    assert VIEW_BY_KEY[key].default_state(library()).conditions == tuple(
        group.condition_id for group in library().groups
    )


@each_view
def test_every_source_that_is_shown_can_be_opened_or_says_what_it_is(key, shown):
    for one in shown(key):
        for source in one.rendering.sources:
            assert source.url is None or source.url.startswith("https://") or source.url.startswith("http://")
            assert source.url or source.note
            assert source.citation


@each_view
def test_states_are_finite_few_and_each_has_a_link_of_its_own(key, shown):
    queries = Counter(to_query(one.state) for one in shown(key))
    assert len(queries) == len(shown(key)) < MOST_STATES
    assert VIEW_BY_KEY[key].default_state(library()) in [one.state for one in shown(key)]


@each_view
def test_a_link_leads_back_to_the_state_it_came_from(key, shown):
    state_type = VIEW_BY_KEY[key].state
    for one in shown(key):
        params = dict(parse_qsl(to_query(one.state), keep_blank_values=True))
        assert from_params(state_type, library(), params) == (one.state, ())


@each_view
def test_what_cannot_be_combined_is_shown_as_the_nearest_that_can(key, shown):
    view = VIEW_BY_KEY[key]
    showable = {one.state for one in shown(key)}
    for state in all_values(view.state, library()):
        nearest = view.normalise(state)
        assert nearest in showable
        assert view.normalise(nearest) == nearest


def test_the_number_of_states_can_be_worked_out_by_hand(shown, table):
    groups = [row for row in table("conditions") if not row["group_id"]]
    subsets = 2 ** len(groups) + len(table("conditions")) - len(groups)  # and each condition that is part of one
    assert len(shown("claim")) == len(table("claims"))
    # Counts: 3 ways to show x 2 times x 1 scale; pain and function scores: 3 x 2 x 2 scales each.
    assert len(shown("gain")) == subsets * (3 * 2 * 1 + 2 * 3 * 2 * 2)
    assert len(shown("caveat")) == subsets * 3 * 3  # results x ways to show
    assert len(shown("caveat_share")) == subsets * 3 * 2  # results x sets of averages
    assert len(shown("caveat_trial")) % 21 == 0  # 0, 5, 10 … 100%


def test_controls_that_cannot_be_chosen_now_are_named(shown):
    """Counts have no score scale, and scores are not counts of 100 people."""
    for one in shown("gain"):
        barred = {option for control, option in one.rendering.unavailable if control == "scale"}
        assert barred == ({"printed", "sd"} if one.state.outcome == "better" else {"per100"})


def test_every_view_belongs_to_a_chapter_or_to_lessons_and_has_a_name_of_its_own():
    keys = [view.key for chapter in CHAPTERS for view in chapter.views]
    assert sorted([*keys, *LESSON_VIEWS]) == sorted({*keys, *LESSON_VIEWS}) == sorted(VIEWS)
    assert len({VIEW_BY_KEY[key].question for key in VIEWS}) == len(VIEWS)
