"""Predict, then reveal: the answers, worked out by hand from the papers' counts, and what is said of a guess."""

import re
from dataclasses import replace
from pathlib import Path

import pytest
from scipy.stats import fisher_exact

from prolo_dash.chapters.lessons.predictions import before_chapter, predictions
from prolo_dash.chapters.registry import VIEW_BY_KEY
from prolo_dash.evidence.library import library
from prolo_dash.kit.predictions import GAP, bin_label, bins, class_gap, gap

each = pytest.mark.parametrize("prediction", predictions(library()).values(), ids=predictions(library()))
CONTROL = predictions(library())["control_improved"]
FROZEN = library(Path(__file__).parents[2] / "frozen")
TOY = library(Path(__file__).parents[2] / "topics" / "knee_operation")


def answer(key):
    return predictions(FROZEN)[key].answer(FROZEN)


def says(key):
    return predictions(FROZEN)[key].says(FROZEN)


# The answers.


def test_23_of_100_control_knees_were_free_of_pain():
    """5 of 22 = 22.7. Wilson's interval for 5 of 22 is 10.1 to 43.4."""
    assert answer("control_improved") == 23
    assert "5 of 22 knees after the control injection" in says("control_improved")
    assert "23 (10 to 43)" in says("control_improved")


def test_44_more_of_100_at_3_months_with_newcombe_s_interval():
    """14/21 - 5/22 = 66.67 - 22.73 = 43.94; interval 14.2 to 64.4 (worked through in notebooks/methods.ipynb)."""
    assert answer("left_of_84") == 44
    assert "44 (14 to 64)" in says("left_of_84")
    told = "32 of 38 knees after prolotherapy and 6 of 13 after the control injection"
    assert f"The article's figures are of 1 year: {told}" in says("left_of_84")
    assert "By then many had switched groups: they are **not as randomised**" in says("left_of_84")


def test_the_article_s_figures_are_those_of_the_trial():
    """32 of 38 = 84.2, 6 of 13 = 46.2."""
    assert "The article says 84 and 46 of 100" in predictions(library())["left_of_84"].question
    assert "not as randomised" in predictions(library())["left_of_84"].question


def test_the_replay_is_the_one_that_the_view_shows():
    view = VIEW_BY_KEY["certainty_replay"]
    shown = view.render(FROZEN, replace(view.default_state(FROZEN), truth="half")).sentence
    assert f"**{answer('replay')} of 1,000** repeats" in shown
    assert set(re.findall(r"\*\*(.+?)\*\*", shown)) == set(re.findall(r"\*\*(.+?)\*\*", says("replay")))


def test_three_more_knees_would_undo_the_significance():
    """Fisher, two-sided, 14 of 21 against 5 + 2 = 7 of 22: p = 0.034; against 8 of 22: p = 0.069."""
    p = [fisher_exact([[14, 7], [5 + more, 17 - more]]).pvalue for more in range(4)]
    assert [value < 0.05 for value in p] == [True, True, True, False]
    assert answer("must_change") == 3


def test_the_second_throw_is_7():
    assert answer("second_throw") == 7
    assert "10.7" in says("second_throw")
    assert "**7.0**" in says("second_throw")


def test_the_prolotherapy_group_gained_more_in_6_of_7_trials_with_a_pain_score(frozen_gain):
    """Gains in the scale's own points, prolotherapy and control injection."""
    pairs = [
        ("topol2011_nppschange_13w", "dextrose", "lidocaine"),  # 3.9, 2.4
        ("reeves2000knee_walkpain_26w", "dextrose", "lidocaine"),  # 35, 26
        ("rabago2013_womacpain_52w", "dextrose", "saline"),  # 14.2, 7.4
        ("reeves2000finger_movementpain_26w", "dextrose", "lidocaine"),  # 42, 15
        ("dechow1999_vas_26w", "dgp", "saline_lido"),  # 0.1, 0.9
        ("yelland2004_vas_104w", "glucose_lido", "saline"),  # 19.1, 17.9
        ("scarpone2008_pain_16w", "dextrose_morrhuate", "saline"),  # 4.6, 1.0
    ]
    assert answer("ahead") == sum(frozen_gain(o, prolo) > frozen_gain(o, control) for o, prolo, control in pairs) == 6
    assert f"of {len(pairs)} trials" in says("ahead")
    assert "how sure they are can't be worked out" in says("ahead")


def test_the_second_trial_gained_2_points_more_without_an_interval():
    """83.6 - 59.6 = 24.0; 84.1 - 62.5 = 21.6."""
    assert answer("second_trial") == 2
    assert "24.0 points" in says("second_trial")
    assert "21.6 after" in says("second_trial")
    assert "How sure that is can't be worked out" in says("second_trial")
    assert any("40 knees" in doubt for doubt in predictions(FROZEN)["second_trial"].doubts(FROZEN))


@each
def test_an_answer_can_be_guessed_and_is_said_with_its_source(prediction):
    found = prediction.answer(library())
    assert prediction.low <= found <= prediction.high
    assert re.search(rf"\*\*{found}(?:\D|\.\d)", prediction.says(library()))
    assert "Read in" not in prediction.says(library()), "sources stand in a list under it"
    assert bool(prediction.sources(library())) == (prediction.key != "second_throw")
    assert prediction.question.endswith("?")
    assert prediction.why.endswith(("?", "."))


def test_a_guess_can_be_as_many_as_the_trials_that_are_counted():
    said = predictions(library())["ahead"].says(library())
    assert f"of {predictions(library())['ahead'].high} trials" in said


def test_46_of_100_in_the_article_with_the_figures_as_randomised():
    """6 of 13 = 46.2, Wilson's interval 23.2 to 70.9; the question has 32 of 38 = 84.2."""
    assert answer("article_beside") == 46
    assert "The article has 84 of 100" in predictions(FROZEN)["article_beside"].question
    assert "6 of 13 knees after the control injection, which is **46 (23 to 71)** of 100" in says("article_beside")
    assert "**not as randomised**" in says("article_beside")
    assert "At 3 months, when they still were: 14 of 21 knees after prolotherapy and 5 of 22" in says("article_beside")


def test_another_count_of_the_same_trial_has_an_interval_that_holds_zero():
    """21/21 - 20/22 = 9.1; Newcombe's interval -7.8 to 27.8."""
    assert answer("other_count") == 9
    assert "21 of 21 knees after prolotherapy and 20 of 22 after the control injection" in says("other_count")
    assert "**9 (−8 to 28)** more of 100" in says("other_count")


# What is said of a guess.


def test_the_gap_is_said_in_words():
    assert gap(CONTROL, 40, 23) == "You said 40. It was 23: 17 fewer than you thought."
    assert gap(CONTROL, 3, 23) == "You said 3. It was 23: 20 more than you thought."
    assert gap(CONTROL, 23, 23) == "You said 23, and 23 it was."
    assert gap(predictions(library())["left_of_84"], -20, 44) == "You said −20. It was 44: 64 more than you thought."
    assert gap(predictions(library())["replay"], 1000, 256) == "You said 1,000. It was 256: 744 fewer than you thought."


@pytest.mark.parametrize("guess", [-1, 101])
def test_a_guess_that_cannot_be_made_is_told(guess):
    with pytest.raises(ValueError, match="between 0 and 100"):
        gap(CONTROL, guess, 23)


@each
def test_ranges_for_a_show_of_hands_hold_every_guess_once(prediction):
    ranges = bins(prediction)
    assert 2 <= len(ranges) <= 7
    held = [n for low, high in ranges for n in range(low, high + 1)]
    assert held == list(range(prediction.low, prediction.high + 1))


def test_ranges_read_as_people_say_them():
    assert [bin_label(*one) for one in bins(CONTROL)] == ["0 to 19", "20 to 39", "40 to 59", "60 to 79", "80 to 100"]
    assert bin_label(-20, -1) == "−20 to −1"
    assert bin_label(5, 5) == "5"


def test_a_class_is_told_how_its_hands_went_up():
    """4 hands in the range of 23; 3 + 12 + 5 above, 1 below: 25 in all."""
    tally = {0: 1, 1: 4, 2: 3, 3: 12, 4: 5}
    said = class_gap(CONTROL, tally, 23)
    assert said == "It was 23. Of 25 hands, 4 went up for 20 to 39, where it lies; 20 for more and 1 for less."
    assert class_gap(CONTROL, {}, 23) == class_gap(CONTROL, {2: 0}, 23) == "It was 23. No hands were counted."
    assert class_gap(CONTROL, {4: 1}, 23).startswith("It was 23. Of 1 hand, 0 went up")


def test_an_answer_at_the_end_of_the_scale_lies_in_the_last_range():
    assert "for 80 to 100, where it lies" in class_gap(CONTROL, {4: 2}, 100)
    assert "for 0 to 19, where it lies" in class_gap(CONTROL, {4: 2}, 0)


@each
def test_the_words_keep_the_rules_of_speech(prediction):
    texts = [prediction.question, prediction.says(library()), prediction.why, *GAP.values()]
    banned = r"placebo effect|because of|\bproves?\b|\bworks\b|\beffective\b|!|dummy|\bnan\b|\bNone\b|\(\)|  "
    assert [text for text in texts if re.search(banned, text)] == []


def test_a_prediction_cannot_be_changed():
    with pytest.raises(AttributeError):
        CONTROL.low = 5
    assert replace(CONTROL, low=5).low == 5


def test_a_class_is_asked_before_the_chapter_that_has_the_answer():
    assert before_chapter(library(), "answer") == ("control_improved", "left_of_84")
    assert before_chapter(library(), "certainty") == ("replay",)
    assert before_chapter(library(), "risks") == ()


def test_another_package_asks_its_own_questions():
    """17 of 40 after a sham operation, 22 of 40 after keyhole surgery: 43 and 55 of 100, 13 more."""
    asked = predictions(TOY)
    assert [asked[key].answer(TOY) for key in ("control_improved", "left")] == [43, 13]
    texts = [text for p in asked.values() for text in (p.question, p.says(TOY), p.why)]
    assert [text for text in texts if "prolo" in text or "injection" in text] == []
