"""A class session without a server: who may guess what and when, and that nobody sees more than is out."""

import json
from itertools import pairwise

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from prolo_dash.jupyter.classroom import session as module
from prolo_dash.jupyter.classroom.session import Fault, Session, Step, TooFastError
from prolo_dash.render.withheld import Question


class Clock:
    def __init__(self):
        self.seconds = 1000.0

    def __call__(self):
        return self.seconds


def number(key, *behind, low=0, high=100, step=1):
    return Question(key, "number", low, high, step, frozenset(behind))


FIRST, SECOND = number("first"), number("second", "first")
SIDE = Question("side", "choice", 0, 3, 1, frozenset(), "Which side?", 2)


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def session(clock):
    return Session("lesson", (FIRST, SECOND, SIDE), clock)


def mine(session, device, key="first"):
    return session.pupil(device)["questions"][key]["mine"]


def guessed(session, key="first"):
    return session.teacher()["questions"][key]["guessed"]


def test_a_device_has_one_guess_a_round_and_may_change_it(session):
    session.guess("a", "first", 40)
    session.guess("a", "first", 50)
    assert mine(session, "a") == [50, None]
    assert guessed(session) == [1, 0]


def test_a_guess_can_be_taken_back(session):
    session.guess("a", "first", 40)
    session.guess("a", "first", None)
    assert mine(session, "a") == [None, None]
    assert guessed(session) == [0, 0]


def test_nobody_sees_the_guesses_of_others_before_the_reveal_and_everybody_after_it(session):
    for device, value in (("a", 40), ("b", 40), ("c", 7)):
        session.guess(device, "first", value)
    assert "guesses" not in session.teacher()["questions"]["first"]
    assert mine(session, "d") == [None, None]
    session.reveal("first")
    spread = [[{"value": 7, "count": 1}, {"value": 40, "count": 2}], []]
    assert session.teacher()["questions"]["first"]["guesses"] == spread
    assert session.pupil("d")["questions"]["first"]["guesses"] == spread


@pytest.mark.parametrize("value", [-1, 101, 5])
def test_a_number_that_can_not_be_guessed_is_refused_and_the_last_guess_stays(clock, value):
    session = Session("lesson", (number("first", step=10),), clock)
    session.guess("a", "first", 40)
    with pytest.raises(Fault, match=module.OUT_OF_RANGE):
        session.guess("a", "first", value)
    assert mine(session, "a") == [40, None]


def test_after_close_and_reveal_nothing_is_counted(session):
    session.close("first")
    with pytest.raises(Fault, match=module.CLOSED):
        session.guess("a", "first", 1)
    session.open("first")
    session.guess("a", "first", 1)
    session.reveal("first")
    with pytest.raises(Fault, match=module.CLOSED):
        session.guess("a", "first", 2)
    assert mine(session, "a") == [1, None]


def test_while_the_class_is_paused_nothing_is_counted(session):
    session.pause(True)
    with pytest.raises(Fault, match=module.PAUSED):
        session.guess("a", "first", 1)
    session.pause(False)
    session.guess("a", "first", 1)
    assert guessed(session) == [1, 0]


def test_a_second_round_keeps_the_first_and_there_is_no_third(session):
    session.guess("a", "first", 10)
    session.again("first")
    session.guess("a", "first", 20)
    assert mine(session, "a") == [10, 20]
    with pytest.raises(Fault, match=module.NO_MORE_ROUNDS):
        session.again("first")


def test_a_second_round_after_the_reveal_hides_the_guesses_but_the_answer_stays_out(session):
    session.guess("a", "first", 10)
    session.reveal("first")
    session.again("first")
    assert "guesses" not in session.pupil("a")["questions"]["first"]
    assert "guesses" not in session.teacher()["questions"]["first"]
    assert session.is_unlocked("lesson", "first")
    assert "second" in session.pupil("a")["questions"]


def test_clear_forgets_both_rounds_and_keeps_the_status(session):
    session.guess("a", "first", 10)
    session.again("first")
    session.close("first")
    session.clear("first")
    known = session.pupil("a")["questions"]["first"]
    assert known == {"status": "closed", "round": 1, "mine": [None, None]}


@pytest.mark.parametrize("what", ["open", "close", "clear"])
def test_a_reveal_can_not_be_undone(session, what):
    session.guess("a", "first", 10)
    session.reveal("first")
    with pytest.raises(Fault, match=module.ANSWER_IS_OUT):
        getattr(session, what)("first")
    assert session.teacher()["questions"]["first"]["status"] == "revealed"
    assert guessed(session) == [1, 0]


def test_a_question_behind_another_is_not_there_for_pupils_and_can_not_be_revealed_first(session):
    assert set(session.pupil("a")["questions"]) == {"first", "side"}
    assert set(session.teacher()["questions"]) == {"first", "second", "side"}
    with pytest.raises(Fault, match=module.NO_QUESTION):
        session.guess("a", "second", 1)
    with pytest.raises(Fault, match=module.EARLIER_FIRST):
        session.reveal("second")
    assert not session.is_unlocked("lesson", "second")
    session.reveal("first")
    session.guess("a", "second", 1)
    assert set(session.pupil("a")["questions"]) == {"first", "second", "side"}


@pytest.mark.parametrize("key", ["", "none", "__class__"])
def test_an_unknown_question_is_refused(session, key):
    for what in (session.open, session.close, session.reveal, session.again, session.clear):
        with pytest.raises(Fault, match=module.NO_QUESTION):
            what(key)
    assert not session.is_unlocked("lesson", key)
    assert not session.is_unlocked("elsewhere", "first")


def test_another_lesson_has_its_own_questions_and_the_first_keeps_its_guesses(session):
    session.guess("a", "first", 10)
    session.reveal("first")
    session.move("other", (number("first"),), Step("top-0", 1, 3, {}))
    assert mine(session, "a") == [None, None]
    assert not session.is_unlocked("other", "first")
    session.guess("a", "first", 20)
    session.move("lesson", (), Step("top-0", 1, 3, {}))
    assert mine(session, "a") == [10, None]
    assert sorted(session.rows()) == [
        ("lesson", "first", "", "number", "", 1, "phones", 10, 1),
        ("other", "first", "", "number", "", 1, "phones", 20, 1),
    ]


def test_the_table_names_options_by_their_letters(session):
    session.guess("a", "side", 1)
    assert list(session.rows()) == [("lesson", "side", "Which side?", "choice", "C", 1, "phones", "B", 1)]


def test_words_and_answer_of_a_question_are_in_no_snapshot(session):
    session.guess("a", "side", 1)
    session.reveal("side")
    for snapshot in (session.pupil("a"), session.teacher()):
        assert set(snapshot["questions"]["side"]) <= {"status", "round", "guesses", "guessed", "mine"}


def test_the_step_and_the_pace_are_in_both_snapshots(session):
    session.move("lesson", (), Step("question-first", 3, 9, {"gain": {"show": "groups"}}))
    session.set_pace("free")
    for snapshot in (session.pupil("a"), session.teacher()):
        assert snapshot["step"] == {
            "screen": "question-first",
            "at": 3,
            "of": 9,
            "settings": {"gain": {"show": "groups"}},
        }
        assert (snapshot["page"], snapshot["pace"], snapshot["paused"]) == ("lesson", "free", False)


def test_a_device_that_is_too_fast_waits_and_others_do_not(session, clock):
    for value in range(module.GUESSES_A_SECOND):
        session.guess("a", "first", value)
    with pytest.raises(TooFastError):
        session.guess("a", "first", 99)
    session.guess("b", "first", 5)
    clock.seconds += 0.1
    session.guess("a", "first", 99)
    assert (mine(session, "a"), mine(session, "b")) == ([99, None], [5, None])


def test_faulty_guesses_count_towards_being_too_fast(session):
    for _ in range(module.GUESSES_A_SECOND):
        with pytest.raises(Fault):
            session.guess("a", "nothing", 1)
    with pytest.raises(TooFastError):
        session.guess("a", "first", 1)


def test_connected_are_those_with_a_socket_or_who_asked_just_now(session, clock):
    session.arrive("a")
    session.arrive("a")
    session.polled("b")
    assert (session.teacher()["devices"], session.teacher()["connected"]) == (2, 2)
    session.leave("a")
    clock.seconds += module.POLLED_WITHIN
    assert session.teacher()["connected"] == 1
    session.leave("a")
    assert (session.teacher()["devices"], session.teacher()["connected"]) == (2, 0)


def test_a_device_that_asks_again_after_a_while_changes_the_state_and_one_that_keeps_asking_does_not(session, clock):
    session.polled("a")
    before = session.version
    clock.seconds += 2
    session.polled("a")
    assert session.version == before
    clock.seconds += module.POLLED_WITHIN
    session.polled("a")
    assert session.version > before


def test_a_device_has_so_many_sockets_and_no_more(session):
    for _ in range(module.MOST_SOCKETS):
        session.arrive("a")
    with pytest.raises(Fault, match=module.TOO_MANY_TABS):
        session.arrive("a")
    session.leave("a")
    session.arrive("a")


def test_a_full_class_lets_nobody_in_unless_somebody_left_without_a_guess(session):
    for i in range(module.MOST_DEVICES):
        session.arrive(f"d{i}")
    session.guess("d7", "first", 1)
    session.leave("d7")
    with pytest.raises(Fault, match=module.FULL):
        session.arrive("late")
    session.leave("d8")
    session.arrive("late")
    assert session.teacher()["devices"] == module.MOST_DEVICES
    assert guessed(session) == [1, 0]


def test_at_the_end_everything_is_forgotten(session):
    session.guess("a", "first", 1)
    session.reveal("first")
    session.end()
    assert session.pupil("a") == {"role": "pupil", "ended": True, "why": module.ENDED}
    assert session.teacher() == {"role": "teacher", "ended": True, "why": module.ENDED}
    assert list(session.rows()) == []
    assert not session.is_unlocked("lesson", "first")
    with pytest.raises(Fault, match=module.ENDED):
        session.guess("a", "first", 1)
    with pytest.raises(Fault, match=module.ENDED):
        session.reveal("first")


QUESTIONS = (number("q1"), number("q2", "q1", low=-20, step=5), number("q3", "q1", "q2"))
KEYS = st.sampled_from([one.key for one in QUESTIONS])
DEVICES = st.sampled_from(["a", "b", "c"])


class AnySession(RuleBasedStateMachine):
    """Whatever people do, in any order: a plain model of who guessed what, and what may be seen of it."""

    def __init__(self):
        super().__init__()
        self.clock = Clock()
        self.session = Session("lesson", QUESTIONS, self.clock)
        self.guesses = {one.key: ({}, {}) for one in QUESTIONS}
        self.round = {one.key: 0 for one in QUESTIONS}
        self.versions = [0]

    def done(self, what, *args):
        """Whether it was done; a fault changes nothing."""
        before = self.session.teacher() | {"version": 0}
        try:
            what(*args)
        except Fault:
            assert self.session.teacher() | {"version": 0, "devices": before["devices"]} == before
            return False
        return True

    @rule(device=DEVICES, key=KEYS, value=st.none() | st.integers(-30, 120))
    def guess(self, device, key, value):
        self.clock.seconds += 1
        if self.done(self.session.guess, device, key, value):
            of_round = self.guesses[key][self.round[key]]
            of_round.pop(device, None)
            if value is not None:
                of_round[device] = value

    @rule(key=KEYS, what=st.sampled_from(["open", "close", "reveal"]))
    def status(self, key, what):
        self.done(getattr(self.session, what), key)

    @rule(key=KEYS)
    def again(self, key):
        if self.done(self.session.again, key):
            self.round[key] = 1

    @rule(key=KEYS)
    def clear(self, key):
        if self.done(self.session.clear, key):
            self.guesses[key], self.round[key] = ({}, {}), 0

    @rule(paused=st.booleans())
    def pause(self, paused):
        self.session.pause(paused)

    @invariant()
    def everybody_sees_the_own_guesses(self):
        for device in ("a", "b", "c"):
            for key, known in self.session.pupil(device)["questions"].items():
                assert known["mine"] == [of_round.get(device) for of_round in self.guesses[key]]

    @invariant()
    def the_teacher_sees_how_many(self):
        for key, known in self.session.teacher()["questions"].items():
            assert known["guessed"] == [len(of_round) for of_round in self.guesses[key]]

    @invariant()
    def how_the_class_guessed_is_seen_with_the_answer_only(self):
        for snapshot in (self.session.pupil("a"), self.session.pupil(None), self.session.teacher()):
            for key, known in snapshot["questions"].items():
                assert ("guesses" in known) == (known["status"] == "revealed")
                assert known["status"] != "revealed" or self.session.is_unlocked("lesson", key)

    @invariant()
    def no_snapshot_names_another_device(self):
        assert not {"a", "b", "c"} & set(json.dumps(self.session.pupil("a")).replace('"', " ").split())

    @invariant()
    def pupils_see_a_question_only_when_all_before_it_are_out(self):
        out = [self.session.is_unlocked("lesson", one.key) for one in QUESTIONS]
        assert all(before or not after for before, after in pairwise(out))
        reached = ["q1"] + [key for key, before in zip(["q2", "q3"], out, strict=False) if before]
        assert list(self.session.pupil("a")["questions"]) == reached

    @invariant()
    def versions_never_go_back(self):
        assert self.session.version >= self.versions[-1]
        self.versions.append(self.session.version)


TestAnySession = AnySession.TestCase
TestAnySession.settings = settings(max_examples=60, stateful_step_count=40, deadline=None)
