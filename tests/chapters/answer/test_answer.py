"""The answer for each condition: what is counted, what is said, and what each mark and line says.

Expected numbers were read in tests/frozen/ by hand.
"""

import re
from dataclasses import replace
from pathlib import Path

import pytest

from prolo_dash.chapters.answer import row_words, words
from prolo_dash.chapters.answer.facts import AnswerState, facts
from prolo_dash.chapters.answer.how_to_read import how_to_read
from prolo_dash.chapters.answer.plot import COULD_TELL, direction_words
from prolo_dash.chapters.answer.view import VIEW
from prolo_dash.evidence.answers import condition_answer
from prolo_dash.evidence.doubts import Doubt, Reason
from prolo_dash.evidence.library import library
from prolo_dash.evidence.smallest_changes import SmallestChange
from prolo_dash.evidence.trial_choice import ALL_TRIALS, TrialChoice, with_trials_of
from prolo_dash.stats.effects import Estimate

FROZEN = library(Path(__file__).parents[2] / "frozen")
BACK = "low_back_pain"


def known(*conditions):
    return facts(FROZEN, AnswerState(conditions=conditions))


def shown_for(*conditions, trials=ALL_TRIALS):
    return VIEW.render(with_trials_of(FROZEN, trials), AnswerState(conditions=conditions))


def row(condition):
    (only,) = shown_for(condition).plot.rows
    return only


# What is known


def test_a_group_stands_for_its_conditions():
    keys = [answer.condition.condition_id for answer in known("osteoarthritis", "low_back").answers]
    assert keys == ["knee_osteoarthritis", "finger_osteoarthritis", BACK, "sacroiliac_joint"]


def test_every_condition_and_every_trial_is_there_by_default():
    found = facts(FROZEN, VIEW.default_state(FROZEN))
    studied = [s for s in FROZEN.package.studies if s.design != "survey"]
    assert found.trials == len(studied)
    assert {s.study_id for a in found.answers for s in a.trials} == {s.study_id for s in studied}


def test_a_trial_that_compared_nothing_is_listed_with_what_is_known_of_it():
    """Both series on the groin had no second group."""
    shown = shown_for("sports_injury")
    drawn = {row.key.split(".")[0] for row in shown.table.rows}
    assert drawn.isdisjoint({"topol2005", "topol2008"})
    assert [box.title for box in shown.listed] == ["★ Topol 2005", "★ Topol 2008"]
    assert shown.listed_title.startswith("Counted, not drawn: 2 trials")
    assert shown_for("osgood_schlatter").listed_title == ""


# What is said


def test_the_sentence_over_all_counts_trials_and_what_they_say():
    """2 + 4 + 1 + 2 + 3 + 0 + 2 say better, 1 + 3 + 0 + 2 + 0 + 3 + 0 see no clear difference."""
    said = shown_for(*VIEW.default_state(FROZEN).conditions).sentence
    assert "on 10 conditions" in said
    assert "Of **23** that state a result against a control injection, **14** say" in said
    assert "**9** see no clear difference" in said
    assert "In **3 of 6** conditions with two or more of these, they do not all say the same." in said


def test_the_sentence_of_one_condition_says_what_was_found_and_how_far_it_carries():
    assert shown_for(BACK).sentence == (
        "On low back pain we saw 5 trials. Of **4** that state a result against a control injection, **2** say that "
        "prolotherapy did better and **2** see no clear difference. The largest, Yelland 2004 with 110 people, sees no "
        "clear difference. 1 more trial had a control injection and states no result "
        "where we looked. Is what is left enough to feel? Only Yelland 2004 can be held against the smallest "
        "change that people notice: what it leaves is less, over its whole interval. What counts as better, each trial "
        "set itself. There are **5 reasons** to doubt what was found."
    )


def test_a_trial_whose_verdict_has_no_column_is_named():
    """Reeves 2000 tested four outcomes at once."""
    said = words.found(known("knee_osteoarthritis"), known("knee_osteoarthritis").answers[0])
    assert "The outcome counted for Reeves 2000 is of another kind, so no mark shows it." in said


def test_a_trial_that_says_worse_on_another_outcome_is_named():
    answer = condition_answer(FROZEN, FROZEN.conditions["rotator_cuff_tendon"])
    (first, *others) = answer.told
    worse = replace(answer, told=(replace(first, elsewhere=1, worse_elsewhere=True), *others))
    where = "on another outcome, at another time or against another control."
    assert f" {first.trial} says worse {where}" in words.found(known(BACK), worse)


def test_where_there_was_no_control_nothing_is_said_of_what_is_added_to_one():
    said = shown_for("achilles_tendon").sentence
    assert "None of them had a control injection, so what prolotherapy adds to one is **not known**." in said
    assert "There are **2 reasons** to doubt what was found." in said
    assert row("achilles_tendon").doubts[0] == "no trial with a control injection"


def test_without_a_condition_there_is_nothing_but_a_request():
    found = shown_for()
    assert found.plot.rows == ()
    assert found.table.rows == ()
    assert found.sentence.startswith("No condition is chosen.")


def test_a_trial_that_states_two_things_is_counted_once_and_said_to():
    """Bertrand 2016 saw no difference from the one saline and did better than the other; Lin 2019 had two outcomes."""
    cuff = known("rotator_cuff_tendon")
    said = words.found(cuff, cuff.answers[0])
    assert "**none** says that prolotherapy did better" in said
    assert "Bertrand 2016 and Lin 2019 find something else on another outcome" in said


def test_the_trials_of_the_sentence_are_named_the_largest_first_with_how_they_were_made():
    """Yelland 2004 had 110 people, Ongley 1987 81, Klein 1993 79 and Dechow 1999 74."""
    carrying = row(BACK).carrying
    assert [trial.text.partition(".")[0] for trial in carrying] == [
        "Yelland 2004: **no clear difference**",
        "Ongley 1987: **better**",
        "Klein 1993: **better**",
        "Dechow 1999: **no clear difference**",
    ]
    assert [trial.mark.people for trial in carrying] == [110, 81, 79, 74]
    (*_, klein, dechow) = carrying
    assert klein.text.endswith("; 79 people. 2 of its 4 results say otherwise.")
    assert "".join(one.glyph for one in dechow.made) == "●●●●●"
    assert dechow.flags[0] == "The injection was dextrose with glycerine and phenol, not plain dextrose."
    assert "● yes" in row(BACK).made_key


def test_the_largest_is_that_of_known_size_where_a_size_was_not_seen():
    """How many people Reeves 2000 had was not seen; the sizes of all four trials on backs were."""
    assert "The largest of known size, " in shown_for("knee_osteoarthritis").sentence
    assert "The largest, Yelland 2004 with 110 people, sees no clear difference." in shown_for(BACK).sentence


def test_a_warning_on_a_third_group_is_none_of_what_was_held_against_the_control():
    """The exercise group of Rabago 2013 knew what it got; the two groups with injections did not."""
    (rabago,) = [trial for trial in row("knee_osteoarthritis").carrying if trial.text.startswith("Rabago 2013")]
    assert [flag for flag in rabago.flags if "knew" in flag] == []
    assert rabago.mark.fill == "filled"


def test_several_conditions_name_no_trials_but_one_without_a_control_neither():
    assert [one.carrying for one in shown_for("low_back").plot.rows] == [(), ()]
    alone = row("achilles_tendon")
    assert (alone.carrying, alone.carrying_title, alone.made_key) == ((), "", "")


def test_an_interval_that_holds_zero_stands_beside_what_the_trial_states():
    """Rabago 2013 states a better knee score (p < 0.05); 7.7 by its gains has an interval from −1.8."""
    told = {line.text.partition(",")[0]: line.text for line in row("knee_osteoarthritis").left}
    assert (
        "The trial states a difference, by a calculation of its own; this interval holds zero." in told["Rabago 2013"]
    )
    assert "holds zero" not in told["Sit 2020"]


def test_fewer_doubts_are_said_not_to_mean_more_trust():
    assert row(BACK).doubts_note.startswith("Fewer reasons do not mean more trust")
    assert {one.doubts_note for one in shown_for("low_back").plot.rows} == {""}


# Marks, table and lines say the same


@pytest.mark.parametrize("trials", [ALL_TRIALS, TrialChoice("controlled"), TrialChoice("blinded")])
def test_every_mark_is_a_row_of_the_table(trials):
    found = shown_for(*VIEW.default_state(FROZEN).conditions, trials=trials)
    marks = [mark for one in found.plot.rows for cell in one.cells for mark in cell.marks]
    assert len(marks) == len(found.table.rows) > 0
    assert sorted(mark.label.partition(":")[0] for mark in marks) == sorted(
        one.cells[0].text for one in found.table.rows
    )
    assert len({one.key for one in found.table.rows}) == len(found.table.rows)


@pytest.mark.parametrize("condition", ["knee_osteoarthritis", "rotator_cuff_tendon", "plantar_fascia"])
def test_a_cell_counts_its_marks(condition):
    for cell in row(condition).cells:
        said = [int(n) for n in re.findall(r"\d+", cell.counted)]
        assert sum(said) == len(cell.marks)


def test_a_mark_says_in_words_what_is_drawn():
    (first, *_) = row(BACK).cells[2].marks
    assert first.label == "Ongley 1987: better, against control injection; 81 people; people could not tell; " + (
        "other care differed too"
    )
    assert (first.direction, first.colour, first.fill, first.people) == (
        "favours_intervention",
        "control",
        "filled",
        81,
    )


def test_a_larger_trial_has_a_larger_mark_within_bounds():
    sizes = {
        m.people or 0: m.radius
        for one in shown_for("tendons", "osteoarthritis").plot.rows
        for c in one.cells
        for m in c.marks
    }
    ordered = [sizes[n] for n in sorted(sizes)]
    assert ordered == sorted(ordered)
    assert 6 <= ordered[0] < ordered[-1] <= 13


def test_every_direction_has_words_of_its_own():
    ways = ("favours_intervention", "no_difference", "favours_comparator", "not_stated")
    assert len({direction_words(way) for way in ways}) == len(ways)
    assert len(set(COULD_TELL.values())) == 4


def test_every_reason_has_words_of_its_own_and_a_rule():
    topic = FROZEN.topic
    assert len({row_words.doubt_words(topic, Doubt(reason, 2, 5)) for reason in Reason}) == len(Reason)
    rules = how_to_read(known(BACK))[-1].lower()
    for short in ("no control injection", "trials do not say the same", "few people", "people may have known"):
        assert f"{short}:" in rules
    for short in ("may act by itself:", "not made by chance:", "most results missing:", "without a paper:"):
        assert short in rules


def test_none_and_one_are_said_as_words():
    topic, none = FROZEN.topic, "no trial with a control injection"
    assert row_words.doubt_words(topic, Doubt(Reason.COULD_TELL, 0, 1)).endswith(f"is said of {none}")
    assert row_words.doubt_words(topic, Doubt(Reason.RESULTS_MISSING, 0, 1)).endswith(f"from {none}")
    assert row_words.doubt_words(topic, Doubt(Reason.NOT_INERT, 1, 1)).endswith("in the only trial that had one")
    assert row_words.doubt_words(topic, Doubt(Reason.NOT_AS_RANDOMISED, 1, 1)).endswith("in the only trial")
    assert row_words.doubt_words(topic, Doubt(Reason.UNPUBLISHED, 1)).startswith("1 registered trial of")


def test_without_a_reason_to_doubt_it_is_not_called_sure():
    answer = replace(condition_answer(FROZEN, FROZEN.conditions[BACK]), doubts=())
    assert words.carries(answer).endswith("That does not make it sure.")
    assert row_words.doubts_title(answer) == "No reason to doubt by these rules"


# What is left, and whether that is enough to feel


def lines(condition):
    return [line.text for line in row(condition).left]


def test_a_line_says_what_is_left_and_on_which_side_it_lies():
    """Yelland 2004: 37.1 - 32.8 = 4.3 at the end; by the gains (51.9 - 32.8) - (55.0 - 37.1) = 1.2."""
    assert lines(BACK)[-1] == (
        "Yelland 2004, pain, 2 years: 4.3 (−5.2 to 13.8) points of 100 (1.2 by the gains; the groups did not start "
        "alike). People are said to notice about 15: this is less, over its whole interval."
    )
    assert lines("osgood_schlatter")[-1].endswith(
        "People are said to notice about 7 to 13: this is less, but by its interval it could be about as much."
    )
    assert lines("lateral_elbow_tendon")[0].endswith(
        "about 1 to 2.3: this is more, but by its interval it could be about as much."
    )


def test_where_no_smallest_change_was_seen_the_line_says_so():
    dechow = [line for line in lines(BACK) if line.startswith("Dechow")]
    assert len(dechow) == 2
    assert all("We know of no smallest change that people notice for this score and its range." in x for x in dechow)


def test_counts_have_no_smallest_change_and_say_nothing_of_it():
    assert lines(BACK)[0] == "Ongley 1987, disability halved, 6 months: 48 (28 to 64) more in 100 people."


@pytest.mark.parametrize(
    ("intervals", "said"),
    [
        ([(1, 2), (12, 20)], "1 lies above it with the whole interval, and 1 below it."),
        ([(11, 12), (12, 20)], "2 lie above it with the whole interval, and none below it."),
        (
            [(1, 12), (-20, 20)],
            "by their intervals it could be enough or not.",
        ),
    ],
)
def test_of_several_results_it_is_counted_on_which_side_they_lie(intervals, said):
    answer = condition_answer(FROZEN, FROZEN.conditions[BACK])
    (left,) = (one for one in answer.left if one.smallest)
    differences = [replace(left.difference, estimate=Estimate(sum(ends) / 2, *ends)) for ends in intervals]
    several = [replace(left, smallest=SmallestChange(9, 10, ()), difference=one) for one in differences]
    assert words.felt(replace(answer, left=tuple(several))).endswith(said)


def test_of_counts_the_trials_themselves_set_what_is_enough():
    answer = condition_answer(FROZEN, FROZEN.conditions[BACK])
    counts = tuple(left for left in answer.left if left.comparison.is_share)
    assert words.felt(replace(answer, left=counts)) == " What counts as better, each trial set itself."
    assert words.felt(replace(answer, left=())) == ""


@pytest.mark.parametrize(
    ("low", "high", "said"),
    [
        (-20, 2, "less"),
        (-5, 20, "more"),
        (10, 20, "about as much"),
    ],
)
def test_the_interval_is_placed_by_both_of_its_ends(low, high, said):
    left = condition_answer(FROZEN, FROZEN.conditions[BACK]).left[-1]
    estimate = Estimate((low + high) / 2, low, high)
    other = replace(left, difference=replace(left.difference, estimate=estimate), smallest=SmallestChange(9, 12, ()))
    assert row_words.left_words(other).endswith(f", but by its interval it could be {said}.")


def test_where_nothing_is_left_the_reason_is_said():
    assert row("plantar_fascia").left == ()
    assert row("plantar_fascia").left_title.endswith("no trial shows enough figures.")
    assert row("achilles_tendon").left_title.endswith("no trial had a control injection.")


def test_a_line_has_the_warning_of_its_figures():
    assert row("osgood_schlatter").left[-1].flag == "printed spread in doubt"


# Reviews


def test_each_result_of_a_review_has_its_own_grade():
    said = row("plantar_fascia").reviews
    assert "pain after a middle time; how sure: **low**)" in said
    assert "pain after a short time; how sure: **moderate**)" in said
    assert "But: 42 points are hard to believe on a scale of 0 to 100." in said
    assert "4 other reviews" in said


def test_a_review_without_a_grade_says_so():
    assert "How sure: not graded, or the grade was not seen." in row(BACK).reviews
    assert row("groin_tendon").reviews == "We saw no published review of it."


# How to read


def test_how_to_read_says_that_counting_directions_is_no_size_of_effect():
    said = " ".join(shown_for(BACK).how_to_read)
    assert "Counting marks is no size of an effect." in said
    assert "does not mean that the two are equal" in said
    assert "no grade such as GRADE" in said
    assert "Fewer reasons do not mean more trust" in said


def test_the_alt_text_counts_the_marks():
    found = shown_for(BACK)
    assert found.alt.startswith(f"{len(found.table.rows)} marks of trials.")
    assert found.alt.endswith(
        "On low back pain we saw 5 trials. Of 4 that state a result against a control injection, 2 say that "
        "prolotherapy did better and 2 see no clear difference. 5 reasons to doubt."
    )


def test_a_single_condition_with_several_results_is_not_one_of_one():
    said = shown_for("knee_osteoarthritis", "finger_osteoarthritis").sentence
    assert "In the one with two or more of these, they do not all say the same." in said
    same = shown_for("plantar_fascia", "achilles_tendon").sentence
    assert "In the one with two or more of these, they all say the same." in same
