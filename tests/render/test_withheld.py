"""The page of a lesson for a class: what stands behind a question comes with its reveal and is nowhere before."""

import re
from html import unescape

import pytest

from prolo_dash.evidence.library import library
from prolo_dash.render.lessons import calls_in, prediction_of, view_in_state
from prolo_dash.render.notebooks import notebooks_dir, read_notebook
from prolo_dash.render.page import page
from prolo_dash.render.withheld import cut, withheld_page

LESSONS = sorted(path.stem for path in notebooks_dir().glob("lesson_*.ipynb"))
FIGURE = re.compile(r'data-role="payload">')


@pytest.fixture(scope="module", params=LESSONS)
def lesson(request):
    return read_notebook(notebooks_dir() / f"{request.param}.ipynb", library())


@pytest.fixture(scope="module")
def withheld(lesson):
    return withheld_page(library(), lesson)


def asked_in(lesson):
    """The calls of a lesson that ask, in order."""
    return [call for call in calls_in(lesson.content) if call.function == "predict"]


def secrets_of(call):
    """What only the answer and its view say."""
    asked = prediction_of(library(), call.names[0])
    view, state = view_in_state(library(), call.names[1], call.settings)
    says = max(asked.says(library()).split("**"), key=len)
    return [
        f'data-value="{asked.answer(library())}"',
        says,
        view.render(library(), state).alt,
        f'data-view="{view.key}"',
    ]


def numbers_in(withheld):
    return [one for one in withheld.questions if one.kind == "number"]


def test_questions_are_those_of_the_notebook_with_their_limits(lesson, withheld):
    asked = [prediction_of(library(), call.names[0]) for call in asked_in(lesson)]
    assert [(one.key, one.low, one.high, one.step) for one in numbers_in(withheld)] == [
        (one.key, one.low, one.high, one.step) for one in asked
    ]


def test_each_prediction_stands_behind_all_before_it(withheld):
    keys = [one.key for one in numbers_in(withheld)]
    assert [one.behind & set(keys) for one in numbers_in(withheld)] == [set(keys[:i]) for i in range(len(keys))]


def test_no_answer_is_in_the_page_or_in_a_part_of_an_earlier_question(lesson, withheld):
    known = unescape(withheld.page)
    for call in asked_in(lesson):
        assert not [secret for secret in secrets_of(call) if secret in known]
        assert f"states/{call.names[1]}." not in known
        known += unescape("".join(withheld.parts[call.names[0]].values()))
        assert not [secret for secret in secrets_of(call) if secret not in known]


def test_the_page_alone_shows_the_views_before_the_first_question(lesson, withheld):
    before = []
    for call in calls_in(lesson.content):
        if call.function == "predict":
            break
        if call.function == "view":
            before.append(call.names[0])
    assert re.findall(r'data-view="(\w+)"', withheld.page) == before
    assert len(FIGURE.findall(withheld.page)) == len(before)


def test_page_and_parts_together_are_the_ordinary_page_without_notes(lesson, withheld):
    parts = {number: text for of in withheld.parts.values() for number, text in of.items()}

    def filled(text):
        hole = r'<template data-answer data-part="(\d+)"></template>'
        return re.sub(hole, lambda found: f"<template data-answer>{filled(parts[found[1]])}</template>", text)

    def words(html):
        without = re.sub(r'<details class="teacher"[^>]*>.*?</details>', "", html, flags=re.DOTALL)
        return re.sub(r'<p class="back">.*?</p>|\s+', "", re.sub(r"(\.\./)+", "", without[without.index("<main") :]))

    ordinary = page(library(), lesson, live=True)
    assert words(filled(withheld.page)).replace('"embeds":false', '"embeds":true') == words(ordinary)


def test_the_notes_of_the_teacher_are_nowhere(withheld):
    everything = withheld.page + "".join(text for of in withheld.parts.values() for text in of.values())
    assert "For the teacher" not in everything


def test_every_address_of_a_file_leads_up_to_the_explainer(withheld):
    found = re.findall(r'(?:src|href)="((?!#|\?|https?:|data:)[^"]*)"', withheld.page)
    assert found
    assert all(address.startswith("../../static/") for address in found)
    assert 'data-files="../../"' in withheld.page
    assert "data-follows" not in withheld.page


def asks(key, more="", options=""):
    kind = (
        f'data-kind="choice" data-options="{options}"' if options else 'data-kind="number" data-low="0" data-high="9"'
    )
    return f'<div data-question="{key}" {kind}>?<template data-answer>answer {key}</template></div>{more}'


def test_checks_side_by_side_unlock_each_its_own_answer():
    found = cut(asks("one", options="3") + asks("two", options="4"))
    assert found.parts == {"one": {"1": "answer one"}, "two": {"2": "answer two"}}
    assert [(one.kind, one.low, one.high, one.behind) for one in found.questions] == [
        ("choice", 0, 2, frozenset()),
        ("choice", 0, 3, frozenset()),
    ]


def test_what_nobody_asks_for_is_left_out_for_good():
    found = cut("<p>a</p><template data-answer>lost</template><template data-guesses>" + asks("x") + "</template>z")
    assert found.page == '<p>a</p><template data-answer data-part="1"></template>z'
    assert (found.parts, found.questions) == ({}, ())


def test_guesses_that_are_for_presenting_are_not_in_a_part_either():
    found = cut(asks("x", "<template data-answer>a<template data-guesses>" + asks("y") + "</template>b</template>z"))
    assert found.parts == {"x": {"1": "answer x", "2": "ab"}}
    assert [one.key for one in found.questions] == ["x"]


def test_other_templates_stay_as_they_are():
    html = "<template><p>mine</p></template>" + asks("x", "<template data-answer><template>its</template></template>")
    found = cut(html)
    assert found.page.startswith("<template><p>mine</p></template>")
    assert found.parts["x"]["2"] == "<template>its</template>"


def test_a_view_that_comes_again_behind_a_question_has_no_prepared_states_before_it():
    view = '<section class="view" id="v" data-view="v" data-state="" data-pack="states/v.gz">'
    other = view.replace('"v"', '"w"')
    found = cut(view + other + asks("x", f"<template data-answer>{view}</template>"))
    assert found.page.count("data-pack") == 1
    assert 'data-view="w" data-state="" data-pack' in found.page


@pytest.mark.parametrize(
    ("value", "taken"), [(0, True), (10, True), (20, True), (15, False), (-10, False), (30, False)]
)
def test_a_guess_lies_in_range_and_on_a_step(value, taken):
    html = '<div data-question="q" data-kind="number" data-low="0" data-high="20" data-step="10">'
    assert cut(html).questions[0].takes(value) is taken
