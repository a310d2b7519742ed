"""Lessons: 20 minutes, in steps with notes for the teacher; nothing of an answer stands before its guess."""

import json
import re
from pathlib import Path

import pytest

from prolo_dash.chapters.lessons.checks import checks
from prolo_dash.chapters.lessons.predictions import before_chapter, predictions
from prolo_dash.chapters.registry import CHAPTER_BY_KEY, LESSON_VIEWS
from prolo_dash.evidence.library import library
from prolo_dash.render.lessons import call_of, calls_in

ROOT = Path(__file__).parents[2]
LESSONS = sorted((ROOT / "notebooks").glob("lesson_*.ipynb"))
each_lesson = pytest.mark.parametrize("path", LESSONS, ids=lambda p: p.stem)


def notebook_of(path):
    return json.loads(path.read_text(encoding="utf-8"))


def cells_of(path):
    """(kind, text) of each cell: ``teacher``, ``markdown`` or ``code``."""
    return [
        ("teacher" if "teacher" in cell["metadata"].get("tags", []) else cell["cell_type"], "".join(cell["source"]))
        for cell in notebook_of(path)["cells"]
    ]


def steps_of(path):
    """The cells of each step, by its heading."""
    steps = {}
    for kind, text in cells_of(path):
        if kind == "markdown" and text.startswith("## "):
            steps[text.split("\n")[0][3:]] = []
        if steps:
            list(steps.values())[-1].append((kind, text))
    return steps


def test_there_are_four_lessons():
    assert [path.stem for path in LESSONS] == ["lesson_compared", "lesson_dummy", "lesson_judge", "lesson_small"]


@each_lesson
def test_a_lesson_begins_with_a_title_and_its_goals(path):
    shown = [text for kind, text in cells_of(path) if kind == "markdown"]
    assert shown[0].startswith("# ")
    assert len(re.findall(r"[.?](?:\s|$)", shown[0].partition("\n")[2])) <= 4
    assert "means injections that are meant to irritate tissue so that it heals." in shown[0], "what it is about"
    assert shown[1].startswith("**Goals.**")
    (first, *_) = [text for kind, text in cells_of(path) if kind == "teacher"]
    assert "Key Concepts used:" in first
    assert notebook_of(path)["metadata"]["voila"] == {"template": "prolo"}


@each_lesson
def test_the_steps_of_a_lesson_take_20_minutes_one_after_the_other(path):
    """Said once a step; one step is left out where there is no time for it."""
    steps = steps_of(path)
    assert 6 <= len(steps) <= 8
    assert next(iter(steps)) == "Before we start"
    assert list(steps)[-2:] == ["Exit check", "Take home"]
    at, extra = 0, []
    for heading, cells in steps.items():
        notes = [text for kind, text in cells if kind == "teacher"]
        if heading.startswith("If there is time: "):
            extra.append(heading)
            assert re.match(r"\d minutes, if there is time\. If there is none, press Page Down", notes[0])
        else:
            begin, end = map(int, re.match(r"Minutes (\d+) to (\d+)\b", notes[0]).groups())
            assert begin == at < end
            at = end
        assert [note for note in notes[1:] if re.match(r"(?:Minutes )?\d", note)] == []
    assert at == 20
    assert len(extra) == 1


@each_lesson
def test_a_lesson_ends_with_one_sentence_to_take_home_and_its_sources(path):
    (shown, sources) = [text for kind, text in steps_of(path)["Take home"] if kind == "markdown"]
    (sentence,) = re.findall(r"\*\*(.+)\*\*", shown)
    assert re.fullmatch(r"[^.?]+\.", sentence)
    assert sources.startswith("### Sources")
    assert "Of both we read the abstract only." in sources


@each_lesson
def test_the_control_injection_has_one_name(path):
    """In what pupils read; what it is stands where it comes first."""
    shown = " ".join(text for kind, text in cells_of(path) if kind == "markdown").partition("### Sources")[0]
    assert re.search(r"\*control injection\*", shown)
    assert not re.search(r"\bdummy|\bsham|placebo injection", shown)


@each_lesson
def test_two_checks_stand_before_a_lesson_and_two_of_the_same_pairs_after_it(path):
    """The teacher's notes have the letters of the right answers after it."""
    steps, known = steps_of(path), checks(library())
    asked = {
        time: [known[call.names[0]] for kind, text in steps[step] if kind == "code" and (call := call_of(text))]
        for time, step in (("before", "Before we start"), ("after", "Exit check"))
    }
    for time, found in asked.items():
        assert [(c.lesson, c.time) for c in found] == [(path.stem, time)] * 2
    assert [c.pair for c in asked["before"]] == [c.pair for c in asked["after"]]
    (letters,) = [text for kind, text in steps["Exit check"] if kind == "teacher"]
    assert f"right letters are {' and '.join(c.right.letter for c in asked['after'])}." in letters


def test_every_check_stands_in_its_lesson():
    assert {call.names[0] for path in LESSONS for call in calls_in(notebook_of(path)) if call.function == "check"} == {
        key for key, asked in checks(library()).items() if asked.lesson in {path.stem for path in LESSONS}
    }


@each_lesson
def test_each_view_and_each_prediction_stands_in_a_lesson_once(path):
    """A page's hooks, links and labels are named after them."""
    calls = list(calls_in(notebook_of(path)))
    assert len({call.names[-1] for call in calls}) == len(calls)


def test_every_prediction_and_every_view_of_lessons_is_used():
    calls = [call for path in LESSONS for call in calls_in(notebook_of(path))]
    asked = {call.names[0] for call in calls if call.function == "predict"}
    presented = {key for chapter in CHAPTER_BY_KEY for key in before_chapter(library(), chapter)}
    assert asked | presented == set(predictions(library()))
    assert set(LESSON_VIEWS) <= {call.view for call in calls}


def outputs(cell):
    return " ".join("".join(o.get("data", {}).get("text/html", "")) for o in cell.get("outputs", []))


def readable(html):
    """What can be read of HTML without its inert templates: text and attributes."""
    return re.sub(r"<template.*?</template>", "", html, flags=re.DOTALL)


@each_lesson
def test_no_answer_stands_before_its_guess(path):
    """Not in a text, a table, an alternative text or a label; what follows is hidden by the page."""
    before = ""
    for cell in notebook_of(path)["cells"]:
        source = "".join(cell["source"])
        call = call_of(source) if cell["cell_type"] == "code" else None
        before += f" {source} " if cell["cell_type"] == "markdown" else readable(outputs(cell))
        if call and call.function == "predict":
            said = predictions(library())[call.names[0]].says(library())
            strong = re.findall(r"\*\*(.+?)\*\*", said)
            telling = [words for words in strong if len(re.findall(r"\d", words)) > 2] + [said.replace("**", "")[:60]]
            assert [s for s in telling if s in before.replace("**", "")] == []
            before += outputs(cell)


@each_lesson
def test_no_figure_of_a_trial_is_typed_into_the_text(path):
    """Numbers come from the views. Allowed: minutes, months and years, the rules of the dice, and numbered lists."""
    for kind, text in cells_of(path):
        if kind in ("markdown", "teacher") and not text.startswith("### Sources"):
            plain = re.sub(
                r"\]\([^)]*\)|^\d+\. |Topol 2011|Nakase 2020|Wu 2022|concept 3\.1", "", text, flags=re.MULTILINE
            )
            plain = re.sub(
                r"\b\d+\. (?=[A-Z])|Minutes \d+ to \d+|\d+ (?:minutes?|months?|years?)\b|10 (?:or|points) \w+|"
                r"class of 28|(?:Brod|Mazur) \d{4}|from 1 to 5 fingers",
                "",
                plain,
            )
            assert re.findall(r"\d+", plain) == [], text


def test_a_cell_that_shows_nothing_of_ours_is_no_call():
    assert call_of("print(1)") is None
    assert call_of("x = 1") is None
    assert call_of('view("gain", show="groups")').settings == {"show": "groups"}
