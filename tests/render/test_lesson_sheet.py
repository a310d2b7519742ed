"""A lesson on paper: what a pupil's sheet asks and keeps to itself, and what the key adds."""

import re
from html import unescape

import pytest

from prolo_dash.chapters.lessons.checks import checks
from prolo_dash.chapters.lessons.predictions import predictions
from prolo_dash.cli import main
from prolo_dash.evidence.library import library
from prolo_dash.kit.view import plain
from prolo_dash.render.lesson_sheet import LessonSheetOptions, lesson_names, lesson_sheet

each_lesson = pytest.mark.parametrize("lesson", lesson_names())


def words(html):
    html = re.sub(r"</?(?:strong|em)>", "", html)
    return " ".join(unescape(re.sub(r"<style.*?</style>|<[^>]+>", " ", html, flags=re.DOTALL)).split())


def halves(lesson):
    """The pupil's sheet and the key."""
    pupil, _, key = lesson_sheet(library(), LessonSheetOptions(lesson, answers=True)).partition(
        '<section class="answers'
    )
    return words(pupil), words(key)


def own_checks(lesson):
    return [check for check in checks(library()).values() if check.lesson == lesson]


@each_lesson
def test_a_pupil_s_sheet_has_each_question_and_no_answer(lesson):
    pupil, key = halves(lesson)
    assert len(own_checks(lesson)) == 4
    for check in own_checks(lesson):
        assert check.question in pupil
        assert all(f"{answer.letter} {answer.text}" in pupil for answer in check.answers)
        assert [answer.why for answer in check.answers if answer.why in pupil] == []
        assert all(answer.why in key for answer in check.answers)
        assert f"{check.right.letter}. {check.right.text}" in key
    assert words(lesson_sheet(library(), LessonSheetOptions(lesson))) == pupil


def test_a_guess_has_a_line_and_its_answer_is_in_the_key():
    pupil, key = halves("lesson_compared")
    for name in ("article_beside", "other_count"):
        asked = predictions(library())[name]
        assert asked.question in pupil
        said = plain(asked.says(library()))
        assert said not in pupil
        assert said in key
    assert pupil.count("My guess") == 2
    assert "Ask why it was not zero." in key, "the notes for the teacher"


def test_what_is_thrown_and_judged_is_written_into_tables():
    assert "My first sum" in halves("lesson_dummy")[0]
    judged = halves("lesson_judge")[0]
    assert all(name in judged for name in ("Topol 2011", "Nakase 2020", "Wu 2022"))
    assert "My first sum" not in judged


def test_an_unknown_lesson_and_a_lesson_beside_chapters_are_refused(capsys):
    for arguments, said in (
        (["--lesson", "lesson_x"], "there is no lesson 'lesson_x'; there are lesson_compared"),
        (["--lesson", "lesson_small", "--chapters", "gain"], "not allowed with argument"),
    ):
        with pytest.raises(SystemExit):
            main(["handout", "sheet.html", *arguments])
        assert said in capsys.readouterr().err


@each_lesson
def test_a_sheet_begins_with_what_the_lesson_is_about(lesson):
    assert "Prolotherapy means injections that are meant to irritate tissue so that it heals." in halves(lesson)[0]
