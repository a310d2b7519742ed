"""The views that only lessons show: numbers of the article, group beside group, and two dice."""

import re
from dataclasses import replace
from pathlib import Path

import pytest

from prolo_dash.chapters.registry import LESSON_VIEWS, VIEW_BY_KEY
from prolo_dash.evidence.library import library

FROZEN = library(Path(__file__).parents[2] / "frozen")
TOY = library(Path(__file__).parents[2] / "topics" / "knee_operation")
REASONS = ("natural course", "regression to the mean", "placebo response", "other care", "answers meant to please")


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
    for one in (one for one in shown("lesson_dummy") if one.state.rows == "all"):
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


def test_reasons_are_named_and_none_is_made_the_cause(shown):
    for one in shown("lesson_dummy"):
        assert all(reason in one.rendering.sentence for reason in REASONS)
        assert "a drug that numbs" in " ".join(one.rendering.how_to_read)
        assert "can't tell which" in one.rendering.sentence
        assert "after the control injection" in one.rendering.sentence


def test_the_sentence_counts_the_groups_that_were_better(shown, numbers):
    for one in (one for one in shown("lesson_dummy") if one.state.outcome != "better"):
        gains = [numbers(row.cells[-1].text)[0][0] for row in one.rendering.table.rows]
        said = [n for n, _ in numbers(one.rendering.sentence)][:2]
        assert said == [sum(g > 0 for g in gains), len(gains)]


@pytest.mark.parametrize("key", ["lesson_dummy", "lesson_groups"])
def test_a_few_rows_are_those_that_the_file_names_and_say_of_how_many(key, shown, table):
    """At most four: so many fit a projector. The sentence says so, and how to read it says why these."""
    named = {row["comparison"]: row for row in table("lesson_rows") if row["view"] == key}
    every = {(one.state.outcome, one.state.rows): one.rendering for one in shown(key)}
    for outcome in ("better", "pain", "function"):
        few, everything = every[outcome, "few"], every[outcome, "all"]
        total, drawn = len(everything.table.rows), len(few.table.rows)
        assert "chosen for a class" not in everything.sentence
        if drawn < total:
            assert drawn <= 4
            assert re.search(rf"Shown: {drawn} of {total} (?:groups|rows), chosen for a class", few.sentence)
            assert few.how_to_read[-1].startswith("Why these rows?")
    reasons = " ".join(line for one in every.values() for line in one.how_to_read)
    assert named
    assert [row["why"] for row in named.values() if row["why"] not in reasons] == []


def test_group_beside_group_has_the_gains_of_the_files(shown, gain, numbers):
    for key, roles in (("lesson_groups", 2), ("lesson_apart", 3)):
        for one in shown(key):
            for row in one.rendering.table.rows:
                groups = VIEW_BY_KEY[key].facts(library(), one.state).groups_of(library().comparison_by_id[row.key])
                assert len(groups) == roles
                for cell, figure in zip(row.cells[-roles:], groups, strict=True):
                    value, digits = numbers(cell.text)[0]
                    assert value == pytest.approx(
                        gain(row.key.split(".")[0], figure.arm.arm_id), abs=0.5 * 10**-digits + 1e-9
                    )


def test_who_gained_more_is_counted_from_the_table(shown, numbers):
    for one in shown("lesson_groups"):
        gains = [[numbers(cell.text)[0][0] for cell in row.cells[-2:]] for row in one.rendering.table.rows]
        said = [n for n, _ in numbers(one.rendering.sentence)][:3]
        known = VIEW_BY_KEY["lesson_groups"].facts(library(), one.state)
        assert said == [known.ahead, len(gains), known.control_gained]
        assert sum(treated > control for treated, control in gains) == known.ahead


def test_a_group_without_an_injection_is_not_nature_alone(shown):
    """With a pain score: it gained less than the control group in Topol 2011, and more in Rabago 2013."""
    for one in shown("lesson_apart"):
        assert "It knew what it did not get, and it may have had other care." in one.rendering.sentence
    assert (
        "In **1** it gained more than the control injection group." in render("lesson_apart", outcome="pain").sentence
    )


def test_a_bar_on_a_scale_of_its_own_is_as_long_as_its_share_of_the_longest_in_its_row():
    """Yelland 2004: 17.9 of 19.1; Dechow 1999: 0.1 of 0.9. Neither has an interval, so the longest bar takes all."""
    (panel,) = render("lesson_groups", outcome="pain").chart.panels
    lengths = {}
    for marks in panel.marks:
        for mark in marks.marks:
            if hasattr(mark, "length"):
                lengths.setdefault(mark.key.split("_")[0], []).append(mark.length)
    assert sorted(lengths["yelland2004"]) == pytest.approx([100 * 17.9 / 19.1, 100])
    assert sorted(lengths["dechow1999"]) == pytest.approx([100 * 0.1 / 0.9, 100])


def test_a_single_bar_of_another_scale_is_drawn_as_a_part_of_its_range():
    """Rabago 2013: 7.38 of 100; Yelland 2004: 17.9 of 100; Scarpone 2008: 1.0 of 10, as long as 10 of 100."""
    view = VIEW_BY_KEY["lesson_dummy"]
    (panel,) = view.render(library(), replace(view.default_state(library()), outcome="pain", rows="all")).chart.panels
    marks = [mark for group in panel.marks for mark in group.marks]
    lengths = {m.key.split("_")[0]: m.length for m in marks if hasattr(m, "length")}
    numbers = {m.key.split("_")[0]: m.text for m in marks if not hasattr(m, "length")}
    drawn = {"rabago2013": 7.38, "yelland2004": 17.9, "scarpone2008": 10.0}
    assert {key: lengths[key] for key in drawn} == pytest.approx(drawn)
    assert [numbers[key] for key in drawn] == ["7.4 of 100", "17.9 of 100", "1.0 of 10"]
    assert {lengths[key] for key in lengths if key not in drawn} == {0.0}, "the ends of these scales were not seen"
    assert (numbers["topol2011"], numbers["reeves2000knee"]) == ("2.4", "26%")


# The number of the article: 32 of 38 = 84, 6 of 13 = 46; at 3 months 14 of 21 = 67, 5 of 22 = 23, 3 of 22 = 14.


def test_the_article_s_number_stands_alone_first():
    alone = render("lesson_number")
    assert alone.sentence.startswith("**84 of 100** after prolotherapy")
    assert "46" not in f"{alone.sentence} {alone.alt} {alone.table}"
    assert [group.filled for group in alone.chart.groups] == [84]
    assert alone.sentence.endswith("By then many had switched: these groups are not as randomised.")
    assert "not as randomised" in " ".join(alone.how_to_read)


def test_beside_the_other_number_stands_how_the_groups_were_made():
    beside = render("lesson_beside")
    assert [group.filled for group in beside.chart.groups] == [84, 46]
    assert "**84** after prolotherapy and **46** after the control injection" in beside.sentence
    assert "**not as randomised**. At 3 months, when they were, it was 67 and 23." in beside.sentence


def test_the_whole_trial_is_shown_at_both_times():
    whole = render("lesson_trial")
    assert (
        "3 months: **67** after prolotherapy, **23** after the control injection and **14** after no" in whole.sentence
    )
    assert "1 year: **84** after prolotherapy, **46** after the control injection and **14** after no" in whole.sentence
    assert whole.sentence.endswith("these groups are **not as randomised**.")
    assert [row.cells[0].note for row in whole.table.rows] == ["as randomised", "not as randomised"]


# What a class threw.


def test_what_a_class_threw_stands_in_the_place_of_the_computer_s_throws():
    """(10 + 11 + 12) / 3 = 11.0; (5 + 12 + 7) / 3 = 8.0; two of the three fell."""
    shown = render("lesson_dice", first="10 11 12", second="5, 12, 7")
    assert shown.sentence.startswith(
        "In your class **3** had 10 points or more. At first they had **11.0** points on average; when they threw "
        "again, **8.0**. 2 of these 3 had fewer points than before."
    )
    assert [row.cells[0].text for row in shown.table.rows] == [f"{n} points" for n in (5, 7, 10, 11, 12)]
    assert sum(int(row.cells[1].text) for row in shown.table.rows) == 3


def test_a_class_that_has_not_thrown_again_sees_its_first_throw():
    shown = render("lesson_dice", first="10 11")
    assert shown.sentence.endswith("At first they had **10.5** points on average. They have not thrown again yet.")
    assert shown.problems == ()


@pytest.mark.parametrize(
    ("first", "second", "field", "said"),
    [
        ("10 x", "", "first", "“x” is no sum of two dice: write whole numbers from 2 to 12."),
        ("10 13", "", "first", "“13” is no sum of two dice: write whole numbers from 2 to 12."),
        ("10 9", "", "first", "9 is too few: only those with 10 points or more are chosen."),
        ("10 11", "5", "second", "There are 2 first sums and 1 second one. Each person has one of both."),
        ("", "5", "second", "There are 0 first sums and 1 second one. Each person has one of both."),
        ("10.5", "", "first", "“10.5” is no sum of two dice: write whole numbers from 2 to 12."),
        ("10 " * 101, "", "first", "These are 101 sums: 100 at most fit."),
    ],
)
def test_what_is_no_throw_gets_one_sentence(first, second, field, said):
    shown = render("lesson_dice", first=first, second=second)
    assert shown.problems == ((field, said),)
    assert not shown.table.rows
    assert shown.chart.is_empty


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
    shown = render("lesson_dice", cut_off=10)
    assert "By calculation, it is 10.7 at first and 7.0 again: dice remember nothing." in shown.sentence
    assert "6 of them give 10 points or more" in " ".join(shown.how_to_read)


def test_the_facts_of_control_groups_are_those_of_the_files(frozen_gain):
    """Seven trials with a pain score; Yelland 2004 stands there once, though it was measured more than once."""
    found = VIEW_BY_KEY["lesson_dummy"].facts(
        FROZEN, replace(VIEW_BY_KEY["lesson_dummy"].default_state(FROZEN), outcome="pain", rows="all")
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
    for view in LESSON_VIEWS.values():
        for state in view.states(TOY):
            shown = view.render(TOY, state)
            worded = view.worded(TOY.topic)
            texts = [shown.sentence, shown.alt, *shown.how_to_read, *shown.table.columns, worded.question]
            texts += [worded.for_class, *(entry.label for entry in shown.key)]
            assert [text for text in texts if "prolo" in text or "injection" in text] == []
    assert "sham operation" in VIEW_BY_KEY["lesson_dummy"].render(TOY, view_state("lesson_dummy")).sentence


def view_state(key):
    return VIEW_BY_KEY[key].default_state(TOY)
