"""Views in a given state and predictions, as a notebook's cells and pages show them."""

import json
import re
from dataclasses import replace
from html import unescape
from pathlib import Path

import pytest

from prolo_dash import explainer
from prolo_dash.chapters.lessons.checks import checks
from prolo_dash.chapters.lessons.predictions import predictions
from prolo_dash.evidence.library import library
from prolo_dash.kit.controls import to_query
from prolo_dash.kit.predictions import GAP, bins
from prolo_dash.render.digest import lesson_digest
from prolo_dash.render.lessons import Call, check_part, prediction_part, view_in_state, view_part

FROZEN = library(Path(__file__).parents[1] / "frozen")
each = pytest.mark.parametrize("key", predictions(library()))


def part(key):
    return str(prediction_part(library(), key, "gain", {"show": "groups"}))


def outside(html):
    """The part of it that is not in a template."""
    head, _, rest = html.partition("<template data-answer>")
    return head + rest.rpartition("</template>")[2]


def test_a_view_stands_in_the_state_that_its_settings_name():
    view, state = view_in_state(
        library(), "gain", {"show": "groups", "conditions": "low_back.tendons", "outcome": "pain"}
    )
    assert (state.show, state.conditions, state.scale) == ("groups", ("low_back", "tendons"), "printed")
    html = str(view_part(library(), "gain", {"show": "groups"}))
    assert (
        f'data-state="{to_query(replace(view.default_state(library()), show="groups"))}"'.replace("&", "&amp;") in html
    )
    assert re.search(r'name="show" value="groups" checked', html)


@pytest.mark.parametrize(
    ("error", "key", "settings", "said"),
    [
        (KeyError, "nothing", {}, "There is no view “nothing”. There are: answer, claim, gain"),
        (ValueError, "gain", {"colour": "red"}, "has no setting “colour”. Its settings: conditions, outcome"),
        (ValueError, "gain", {"show": "all"}, "“all” is not on offer for “show” of the view “gain”"),
        (ValueError, "lesson_dice", {"people": 15}, "“15” is not on offer for “people”"),
    ],
)
def test_a_wrong_name_or_setting_is_told_in_a_sentence(error, key, settings, said):
    with pytest.raises(error, match=re.escape(said)):
        explainer.view(key, **settings)


def test_a_wrong_prediction_is_told_in_a_sentence():
    with pytest.raises(KeyError, match=r"There is no prediction “nothing”. There are: control_improved"):
        explainer.predict("nothing", "gain")


def test_a_wrong_check_is_told_in_a_sentence():
    with pytest.raises(KeyError, match=r"There is no check “nothing”. There are: compared_before_alone"):
        explainer.check("nothing")


@pytest.mark.parametrize("key", checks(library()))
def test_why_an_answer_of_a_check_is_right_or_wrong_is_in_the_template_and_nowhere_else(key):
    html, asked = str(check_part(library(), key)), checks(library())[key]
    assert f'data-question="{key}" data-kind="choice" data-options="{len(asked.answers)}"' in outside(html)
    assert len(re.findall(r'<input type="radio"', outside(html))) == len(asked.answers)
    readable = unescape(outside(html))
    assert all(answer.text in readable and answer.why not in readable for answer in asked.answers)
    kept = unescape(html.partition("<template data-answer>")[2])
    assert all(answer.why in kept for answer in asked.answers)
    assert len(re.findall(r'class="right"', kept)) == 1


@each
def test_the_answer_and_its_view_are_in_the_template_and_nowhere_else(key):
    html, asked = part(key), predictions(library())[key]
    said = asked.says(library()).partition("**")[0]
    assert said.split(":")[0] in html.partition("<template data-answer>")[2]
    assert asked.question in outside(html)
    assert f'data-value="{asked.answer(library())}"' not in outside(html)
    assert "data-view" not in outside(html)
    assert asked.says(library()).replace("**", "") not in re.sub(r"<[^>]+>", "", outside(html))


@each
def test_where_an_answer_was_read_stands_in_a_fold_under_it(key):
    """Each source with its address, and each doubt; all of it behind the guess."""
    html, asked = part(key), predictions(library())[key]
    fold = re.search(r'<details class="read-in">.*?</details>', html, re.DOTALL)
    assert bool(fold) == bool(asked.sources(library()))
    if fold:
        assert "read-in" not in outside(html)
        assert all(f'href="{source.url}"' in fold[0] for source in asked.sources(library()) if source.url)
        assert fold[0].count("<li>") == len(asked.sources(library())) + len(asked.doubts(library()))


@each
def test_what_may_be_guessed_is_said_to_the_browser(key):
    html, asked = part(key), predictions(library())[key]
    (slider,) = re.findall(r'<input type="range"[^>]*>', html.partition("<template")[0])
    for name in ("low", "high", "step"):
        attribute = {"low": "min", "high": "max", "step": "step"}[name]
        assert f'{attribute}="{getattr(asked, name)}"' in slider
    assert len(re.findall(r'name="hands"', html)) == len(bins(asked))
    (known,) = re.findall(r'data-known="([^"]*)"', html)
    assert json.loads(known.replace("&#34;", '"'))["words"] == GAP


def test_every_field_of_a_guess_has_a_name():
    html = outside(part("replay"))
    fields = re.findall(r"<input[^>]*>", html)
    ids = set(re.findall(r'\bid="([^"]+)"', html))
    assert all("aria-label" in f or re.search(r'id="(guess-replay)"', f) for f in fields)
    assert set(re.findall(r'(?:aria-labelledby|for)="([^"]+)"', html)) <= ids


def test_widgets_say_what_they_show_where_there_is_no_html():
    assert explainer.view("gain")._repr_mimebundle_()[0]["text/plain"] == "prolo_dash view: gain"
    shown = explainer.predict("replay", "certainty_replay")._repr_mimebundle_()[0]
    assert shown["text/plain"] == "prolo_dash prediction: replay"
    shown = explainer.check("dummy_after_group")._repr_mimebundle_()[0]
    assert shown["text/plain"] == "prolo_dash check: dummy_after_group"
    assert "Right. All else is alike" not in shown["text/html"]


def test_the_digest_of_a_lesson_has_its_checks_with_the_right_answer_marked():
    text = lesson_digest(FROZEN, [Call("check", ("dummy_after_group",), {})])
    assert text.startswith("<dummy_after_group> People feel better after an ointment.")
    assert [line[:4] for line in text.splitlines()[1:]] == ["- A.", "+ B.", "- C.", "- D."]


def test_the_digest_of_a_lesson_has_questions_answers_and_each_view_in_its_state():
    calls = [Call("predict", ("control_improved", "lesson_dummy"), {"outcome": "pain"}), Call("view", ("claim",), {})]
    text = lesson_digest(FROZEN, calls)
    assert "<control_improved> In Topol 2011" in text
    assert "\n23 of 100 knees\n" in text
    assert "[lesson_dummy] outcome=pain" in text
    assert text.index("[lesson_dummy]") < text.index("[claim] claim=")
    assert "5 of 22 knees" in text


def test_the_range_of_a_guess_has_a_true_minus_sign():
    assert re.search(r'data-role="range">−20 to 100<', part("left_of_84"))
    assert re.search(r'data-role="range">0 to 1,000, in steps of 10<', part("replay"))
