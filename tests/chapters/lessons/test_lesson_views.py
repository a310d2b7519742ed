"""The views that only lessons show: only the control injection, and two dice."""

import re
from dataclasses import replace
from pathlib import Path

import pytest

from prolo_dash.chapters.registry import VIEW_BY_KEY
from prolo_dash.evidence.library import library

FROZEN = library(Path(__file__).parents[2] / "frozen")
TOY = library(Path(__file__).parents[2] / "topics" / "knee_operation")
THREE_THINGS = ("natural course", "regression to the mean", "placebo response")


def render(key, **settings):
    return VIEW_BY_KEY[key].render(FROZEN, replace(VIEW_BY_KEY[key].default_state(FROZEN), **settings))


def cells(rendering, key):
    (row,) = [row for row in rendering.table.rows if row.key == key]
    return dict(zip(rendering.table.columns, (cell.text for cell in row.cells), strict=True))


def test_control_injections_are_shown_alone(shown, table):
    """Not a figure of a prolotherapy group, in words or bars: its counts, its means, its names."""
    named = {(a["study_id"], a["arm_id"]): a for a in table("arms")}
    study_of = {o["outcome_id"]: o["study_id"] for o in table("outcomes")}
    for one in shown("lesson_dummy"):
        keys = [row.key.split(".") for row in one.rendering.table.rows]
        assert {named[study_of[outcome], arm]["role"] for outcome, arm in keys} == {"control"}
        others = [a["label"] for a in table("arms") if a["role"] != "control"]
        text = " ".join(cell.text + cell.note for row in one.rendering.table.rows for cell in row.cells)
        assert [label for label in others if label in text] == []


def test_each_control_group_stands_there_once_and_as_randomised(shown, table):
    switched = {f["outcome_id"] for f in table("flags") if f["kind"] == "not_as_randomised"}
    for one in shown("lesson_dummy"):
        keys = [row.key for row in one.rendering.table.rows]
        assert len(keys) == len(set(keys))
        assert not {key.split(".")[0] for key in keys} & switched


def test_no_trial_with_a_control_injection_is_lost(shown, table):
    studies = {s["study_id"] for s in table("studies") if s["design"] != "survey"}
    controlled = {a["study_id"] for a in table("arms") if a["role"] == "control"} & studies
    study_of = {o["outcome_id"]: o["study_id"] for o in table("outcomes")}
    for one in shown("lesson_dummy"):
        drawn = {study_of[row.key.split(".")[0]] for row in one.rendering.table.rows}
        assert drawn <= controlled
        assert len(drawn) + len(one.rendering.listed) == len(controlled)


def test_gains_are_those_of_the_files(shown, gain, numbers):
    for one in shown("lesson_dummy"):
        for row in one.rendering.table.rows:
            value, digits = numbers(row.cells[-1].text)[0]
            assert value == pytest.approx(gain(*row.key.split(".")), abs=0.5 * 10**-digits + 1e-9)


def test_start_and_end_are_as_printed():
    """Yelland 2004, saline: pain 55 at the start, 37.1 at 2 years, so 17.9 gained. Topol 2011: 5 of 22 = 22.7."""
    row = cells(render("lesson_dummy", outcome="pain"), "yelland2004_vas_104w.saline")
    assert (row["At the start"], row["At the end"], row["Gain"]) == ("55", "37.1 (SD 24.6)", "17.9")
    row = cells(render("lesson_dummy", outcome="better"), "topol2011_asymptomatic_13w.lidocaine")
    assert (row["At the end"], row["Gain"]) == ("5 of 22", "23 (10 to 43)")


def test_three_things_are_named_and_none_is_made_the_cause(shown):
    for one in shown("lesson_dummy"):
        assert all(thing in one.rendering.sentence for thing in THREE_THINGS)
        assert "can't tell which" in one.rendering.sentence
        assert "after the control injection" in one.rendering.sentence


def test_the_sentence_counts_the_groups_that_were_better(shown, numbers):
    for one in (one for one in shown("lesson_dummy") if one.state.outcome != "better"):
        gains = [numbers(row.cells[-1].text)[0][0] for row in one.rendering.table.rows]
        said = [n for n, _ in numbers(one.rendering.sentence)][:2]
        assert said == [sum(g > 0 for g in gains), len(gains)]


def test_dice_are_counted_alike_in_sentence_chart_and_table(shown):
    for one in shown("lesson_dice"):
        first = [int(row.cells[1].text) for row in one.rendering.table.rows]
        second = [int(row.cells[2].text) for row in one.rendering.table.rows]
        assert sum(first) == sum(second)
        if first:
            before, after = one.figure.data
            assert (list(before["y"]), list(after["y"])) == (first, second)
            assert f"**{sum(first)}** had" in one.rendering.sentence
        else:
            assert "**none**" in one.rendering.sentence


def test_the_means_of_the_dice_are_those_of_the_table(shown):
    for one in shown("lesson_dice"):
        if not one.rendering.table.rows:
            continue
        for column, pattern in ((1, r"\*\*([\d.]+)\*\* points on average"), (2, r"threw again, \*\*([\d.]+)\*\*")):
            counted = [(int(r.key.split(".")[1]), int(r.cells[column].text)) for r in one.rendering.table.rows]
            mean = sum(points * n for points, n in counted) / sum(n for _, n in counted)
            said = float(re.search(pattern, one.rendering.sentence)[1])
            assert said == pytest.approx(mean, abs=0.05 + 1e-9)


def test_what_dice_do_on_average_stands_beside_what_this_class_threw():
    """64/6 = 10.67 at first, 252/36 = 7 again."""
    assert "By calculation, it is 10.7 at first and 7.0 again." in render("lesson_dice", cut_off=10).sentence
    assert "6 of them give 10 points or more" in " ".join(render("lesson_dice", cut_off=10).how_to_read)


def test_the_facts_of_control_groups_are_those_of_the_files(frozen_gain):
    """Seven trials with a pain score; Yelland 2004 stands there once, though it was measured more than once."""
    found = VIEW_BY_KEY["lesson_dummy"].facts(
        FROZEN, replace(VIEW_BY_KEY["lesson_dummy"].default_state(FROZEN), outcome="pain")
    )
    assert (found.trials, len(found.drawn)) == (7, 7)
    keys = [(c.outcome.outcome_id, c.control.arm.arm_id) for c in found.drawn]
    assert found.gains == pytest.approx([frozen_gain(*key) for key in keys])


def test_the_facts_of_a_class_of_dice():
    view = VIEW_BY_KEY["lesson_dice"]
    found = view.facts(FROZEN, view.default_state(FROZEN))
    assert min(found.thrown.first) >= found.cut_off == 10
    assert found.chosen == sum(pair.before for pair in found.counted) == sum(pair.after for pair in found.counted)
    assert found.expected.second == 7


def test_another_topic_is_told_in_its_own_words():
    view = VIEW_BY_KEY["lesson_dummy"]
    for state in view.states(TOY):
        shown = view.render(TOY, state)
        texts = [shown.sentence, shown.alt, *shown.how_to_read, *shown.table.columns, *(k.label for k in shown.key)]
        assert [text for text in texts if "prolo" in text or "injection" in text] == []
        assert "sham operation" in shown.sentence
