"""Links from anywhere: what is understood is shown, the rest takes the usual setting and is told in a sentence."""

import re
from dataclasses import replace
from urllib.parse import parse_qsl

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from prolo_dash.chapters.registry import VIEW_BY_KEY
from prolo_dash.evidence.library import library
from prolo_dash.kit.controls import (
    Choice,
    Option,
    Steps,
    Toggles,
    all_values,
    controls_of,
    default_state,
    encoded,
    from_params,
    shorten,
    to_query,
)

VIEWS = tuple(VIEW_BY_KEY)
GAIN, TRIAL, CLAIM = (VIEW_BY_KEY[key].state for key in ("gain", "caveat_trial", "claim"))
ABC = tuple(Option(letter, letter.upper()) for letter in "abc")
SENTENCE = re.compile(r"^[A-Z].*\.$", re.DOTALL)


def test_a_bare_address_shows_the_usual_settings():
    for key in VIEWS:
        assert from_params(VIEW_BY_KEY[key].state, library(), {}) == (VIEW_BY_KEY[key].default_state(library()), ())


def test_what_a_link_says_is_shown_and_the_rest_is_usual():
    state, problems = from_params(GAIN, library(), {"conditions": "low_back.sports_injury", "outcome": "pain"})
    assert problems == ()
    assert (state.conditions, state.outcome) == (("low_back", "sports_injury"), "pain")
    usual = VIEW_BY_KEY["gain"].default_state(library())
    assert (state.show, state.time, state.scale) == (usual.show, usual.time, usual.scale)


def test_no_condition_can_be_asked_for():
    assert from_params(GAIN, library(), {"conditions": "none"})[0].conditions == ()


def test_the_order_and_the_number_of_times_in_a_link_do_not_matter():
    """Duplicates and another order make the same state, hence the same address and the same sentence."""
    asked = {"conditions": "sports_injury.low_back.sports_injury.low_back.low_back"}
    assert from_params(GAIN, library(), asked) == from_params(GAIN, library(), {"conditions": "low_back.sports_injury"})


@pytest.mark.parametrize(
    ("state", "name", "text"),
    [
        (GAIN, "conditions", ""),
        (GAIN, "conditions", "low_back,sports_injury"),
        (GAIN, "conditions", "low_back..sports_injury"),
        (GAIN, "conditions", "LOW_BACK"),
        (GAIN, "conditions", "none.sports_injury"),
        (GAIN, "outcome", "harm"),
        (GAIN, "outcome", "pain "),
        (GAIN, "outcome", ""),
        (GAIN, "scale", "per100 OR 1=1"),
        (GAIN, "show", "<script>alert(1)</script>"),
        (TRIAL, "trial", "topol2011"),
        (TRIAL, "trial", "../../etc/passwd"),
        (TRIAL, "suppose", "51"),  # between two steps
        (TRIAL, "suppose", "105"),
        (TRIAL, "suppose", "-5"),
        (TRIAL, "suppose", "50.0"),
        (TRIAL, "suppose", "5e1"),
        (TRIAL, "suppose", " 50"),
        (TRIAL, "suppose", "５０"),  # full-width digits
        (TRIAL, "suppose", "9" * 5000),  # longer than Python reads as one number
        (CLAIM, "claim", "osgood"),
    ],
)
def test_what_is_not_on_offer_takes_the_usual_setting_and_one_sentence_says_so(state, name, text):
    shown, problems = from_params(state, library(), {name: text})
    assert shown == default_state(state, library())
    (problem,) = problems
    assert SENTENCE.match(problem)
    assert controls_of(state, library())[name].label in problem
    assert "usual setting" in problem
    assert len(problem) < 300
    assert (text in problem) == (len(text) <= 40)


def test_a_setting_that_a_chapter_does_not_have_is_told_and_left_out():
    shown, problems = from_params(GAIN, library(), {"colour": "red", "outcome": "pain"})
    assert shown.outcome == "pain"
    (problem,) = problems
    assert "“colour”" in problem
    assert SENTENCE.match(problem)


def test_every_problem_of_a_link_has_a_sentence_of_its_own():
    asked = {"conditions": "spleen", "outcome": "pain", "show": "all", "x": "1"}
    shown, problems = from_params(GAIN, library(), asked)
    assert shown.outcome == "pain"
    assert len(problems) == len(set(problems)) == 3


def test_a_very_long_name_or_value_is_cut_in_the_sentence():
    _, (name, value) = from_params(GAIN, library(), {"n" * 10_000: "1", "outcome": "v" * 10_000})
    assert len(name) < 200
    assert len(value) < 300
    assert "…" in name
    assert "…" in value


@pytest.mark.parametrize(
    ("text", "cut"), [("short", "short"), ("x" * 40, "x" * 40), ("x" * 41, "x" * 39 + "…"), ("", "")]
)
def test_text_from_outside_is_cut_at_40_characters(text, cut):
    assert shorten(text) == cut


words = st.text(max_size=60)
known = st.sampled_from([name for key in VIEWS for name in VIEW_BY_KEY[key].controls(library())])
offered = st.sampled_from(
    ["none", "low_back", "sports_injury.low_back", "pain", "split", "50", "1e9", "٣", "²", "Ⅷ", "0x10", "\x00"]
)


@settings(max_examples=300, deadline=None)
@given(st.sampled_from(VIEWS), st.dictionaries(words | known, words | offered, max_size=6))
@example("caveat_trial", {"suppose": "²"})
@example("caveat_trial", {"suppose": "9" * 5000})
def test_no_link_whatever_breaks_a_view(key, params):
    state = VIEW_BY_KEY[key].state
    shown, problems = from_params(state, library(), params)
    assert all(SENTENCE.match(problem) for problem in problems)
    assert len(problems) <= len(params)
    again = dict(parse_qsl(to_query(shown), keep_blank_values=True))
    assert from_params(state, library(), again) == (shown, ())


@settings(max_examples=100, deadline=None)
@given(st.sampled_from(VIEWS), st.dictionaries(words | known, words | offered, max_size=6))
def test_what_is_understood_is_a_value_that_the_control_offers(key, params):
    shown, _ = from_params(VIEW_BY_KEY[key].state, library(), params)
    for name, control in VIEW_BY_KEY[key].controls(library()).items():
        assert control.decode(encoded(getattr(shown, name))) == getattr(shown, name)


# The three kinds of control.


def test_toggles_have_every_subset_once():
    values = list(Toggles("x", ABC).values())
    assert len(values) == len(set(values)) == 2**3
    assert () in values
    assert ("a", "b", "c") in values


def test_toggles_are_written_with_points_and_an_empty_one_as_none():
    control = Toggles("x", ABC)
    assert encoded(("a", "c")) == "a.c"
    assert encoded(()) == "none"
    assert control.decode("c.a") == ("a", "c")


def test_a_choice_has_each_option_once():
    assert list(Choice("x", ABC, "a").values()) == ["a", "b", "c"]


def test_steps_reach_both_ends():
    assert list(Steps("x", 0, 20, 5, 10).values()) == [0, 5, 10, 15, 20]
    assert Steps("x", 0, 20, 5, 10).decode("15") == 15


@pytest.mark.parametrize("key", VIEWS)
def test_a_link_holds_only_what_a_link_may_hold(key):
    for state in list(all_values(VIEW_BY_KEY[key].state, library()))[::17]:
        assert re.fullmatch(r"[a-z_]+=[\w.%-]*(&[a-z_]+=[\w.%-]*)*", to_query(state), re.ASCII)


def test_what_is_typed_comes_back_from_a_link_whatever_it_is():
    own = VIEW_BY_KEY["own_trial"].state
    usual = default_state(own, library())
    for name in ("a & b = c?", "100% <b>", "é 日本", "a+b", "", "#x"):
        state = replace(usual, name=name)
        params = dict(parse_qsl(to_query(state), keep_blank_values=True))
        assert from_params(own, library(), params) == (state, ())


def test_more_than_a_link_should_carry_is_refused_in_a_sentence():
    own = VIEW_BY_KEY["own_trial"].state
    shown, (problem,) = from_params(own, library(), {"name": "x" * 5000})
    assert shown == default_state(own, library())
    assert SENTENCE.match(problem)


@pytest.mark.parametrize("key", VIEWS)
def test_every_control_has_a_label_and_every_option_one_of_its_own(key):
    for control in VIEW_BY_KEY[key].controls(library()).values():
        assert control.label
        if isinstance(control, Toggles | Choice):
            labels = [(option.group, option.label) for option in control.options]
            assert all(label for _, label in labels)
            assert len(labels) == len(set(labels)), "two options look the same"


@pytest.mark.parametrize("key", VIEWS)
def test_options_of_one_group_stand_together(key):
    """A menu heads each group once."""
    for control in VIEW_BY_KEY[key].controls(library()).values():
        if isinstance(control, Toggles | Choice):
            groups = [option.group for option in control.options]
            runs = [group for group, before in zip(groups, [None, *groups], strict=False) if group != before]
            assert len(runs) == len(set(runs))
