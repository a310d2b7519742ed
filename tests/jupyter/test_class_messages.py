"""What phones and teachers send: only what the page's script sends is done, anything else changes nothing."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prolo_dash.jupyter.classroom.messages import PUPIL_BYTES, TEACHER_BYTES, NonsenseError, act, guess, parsed
from prolo_dash.jupyter.classroom.session import Fault, Session
from prolo_dash.jupyter.pages import NotForAClassError
from prolo_dash.render.withheld import Question

FIRST = Question("first", "number", 0, 100, 1, frozenset())
STEP = {"do": "step", "page": "lesson", "screen": "view-gain-0", "at": 3, "of": 9, "settings": {"gain": {"x": "y"}}}


def questions_of(page):
    if page != "lesson":
        raise NotForAClassError(page)
    return (FIRST,)


@pytest.fixture
def session():
    return Session("lesson", (FIRST,))


def state(session):
    return session.teacher()


def test_a_teacher_moves(session):
    act(session, STEP, questions_of)
    assert state(session)["step"] == {"screen": "view-gain-0", "at": 3, "of": 9, "settings": {"gain": {"x": "y"}}}


@pytest.mark.parametrize(
    ("do", "status", "round_"),
    [
        ("close", "closed", 1),
        ("reveal", "revealed", 1),
        ("again", "open", 2),
        ("open", "open", 1),
        ("clear", "open", 1),
    ],
)
def test_a_teacher_does_something_with_a_question(session, do, status, round_):
    act(session, {"do": do, "question": "first"}, questions_of)
    known = state(session)["questions"]["first"]
    assert (known["status"], known["round"]) == (status, round_)


def test_a_teacher_sets_pace_and_pause_and_ends(session):
    act(session, {"do": "pace", "pace": "free"}, questions_of)
    act(session, {"do": "pause", "paused": True}, questions_of)
    assert (state(session)["pace"], state(session)["paused"]) == ("free", True)
    act(session, {"do": "end"}, questions_of)
    assert session.ended


@pytest.mark.parametrize(
    "message",
    [
        {},
        {"do": None},
        {"do": ["end"]},
        {"do": "_changed", "question": "first"},
        {"do": "arrive", "question": "first"},
        {"do": "reveal"},
        {"do": "reveal", "question": ["first"]},
        {"do": "reveal", "question": "<b>"},
        {"do": "reveal", "question": "f" * 81},
        {"do": "pace", "pace": "fast"},
        {"do": "pause", "paused": 1},
        STEP | {"page": None},
        STEP | {"screen": "<script>"},
        STEP | {"screen": "frågа"},
        STEP | {"at": True},
        STEP | {"at": 3.0},
        STEP | {"at": 10},
        STEP | {"at": -1},
        STEP | {"of": 10**30},
        STEP | {"settings": []},
        STEP | {"settings": {"gain": "show"}},
        STEP | {"settings": {"gain": {"x": 1}}},
        STEP | {"settings": {"gain": {"x": "y" * 601}}},
        STEP | {"settings": {"a b": {}}},
    ],
)
def test_nonsense_of_a_teacher_changes_nothing(session, message):
    before = state(session)
    with pytest.raises(NonsenseError):
        act(session, message, questions_of)
    assert state(session) == before


def test_another_page_has_to_be_a_lesson(session):
    before = state(session)
    with pytest.raises(NotForAClassError):
        act(session, STEP | {"page": "explainer"}, questions_of)
    assert state(session) == before


@pytest.mark.parametrize(
    "said",
    [
        None,
        [],
        7,
        {},
        {"question": "first", "value": True},
        {"question": "first", "value": "40"},
        {"question": "first", "value": 40.0},
        {"question": "first", "value": [40]},
        {"question": None, "value": 40},
        {"question": "<img src=x>", "value": 40},
    ],
)
def test_nonsense_of_a_phone_is_no_guess(session, said):
    with pytest.raises(NonsenseError):
        guess(session, "a", said)
    assert state(session)["questions"]["first"]["guessed"] == [0, 0]


@pytest.mark.parametrize("value", [10**300, -(10**300), 101])
def test_a_number_out_of_range_is_no_guess(session, value):
    with pytest.raises(Fault):
        guess(session, "a", {"question": "first", "value": value})
    assert state(session)["questions"]["first"]["guessed"] == [0, 0]


@pytest.mark.parametrize(
    "body", ["", "x", "[]", "1", "null", '"do"', "[" * 1900, b"\xff\xfe", '{"a": 1' + "0" * 5000 + "}"]
)
def test_what_is_no_json_object_is_nonsense(body):
    with pytest.raises(NonsenseError):
        parsed(body, TEACHER_BYTES)


def test_a_message_may_be_so_long_and_no_longer():
    fits = json.dumps({"a": "x" * (PUPIL_BYTES - 9)})
    assert parsed(fits, PUPIL_BYTES)
    with pytest.raises(NonsenseError):
        parsed(fits + " ", PUPIL_BYTES)


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5) | st.sampled_from(["first", "end"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
)
MESSAGES = st.dictionaries(st.sampled_from(["do", "question", "page", "at", "of", "settings", "value", "x"]), ANYTHING)


@given(MESSAGES, ANYTHING)
def test_whatever_is_sent_is_done_or_refused_with_one_of_our_faults(message, said):
    session = Session("lesson", (FIRST,))
    for work in (lambda: act(session, message, questions_of), lambda: guess(session, "a", said)):
        try:
            work()
        except (NonsenseError, NotForAClassError, Fault):
            continue
    json.dumps(session.pupil("a"))
