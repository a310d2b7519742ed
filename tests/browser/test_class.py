"""A class in the browser: a teacher at the projector, and phones that follow, guess, and see answers in time."""

import csv
import io
import json
import re
import statistics
import sys
from contextlib import suppress
from pathlib import Path
from types import SimpleNamespace

import pytest
from playwright.sync_api import Error, expect

from prolo_dash.evidence.library import library
from prolo_dash.kit.predictions import bins, gap
from prolo_dash.kit.view import plain

from .conftest import PATIENCE, Window, screenshot
from .test_accessibility import ALL, ALL_BUT_COLOURS, objections
from .test_lessons import asked, checked, telling

LESSON = "lesson_compared"
SAME_PRESS = 350  # ms in which a clicker that presses twice does not reveal
GUESSES = (40, 45, 50, 50, 62, 20, 75, 33, 90)
QUESTIONS = asked(LESSON)
FIRST, SECOND = QUESTIONS[:2]
CHECKS = [check for check in checked(LESSON) if check.time == "after"]
BEFORE = {check.pair: check for check in checked(LESSON) if check.time == "before"}


@pytest.fixture(scope="module", autouse=True)
def patience():
    """Ten pages at once take a busy machine a while."""
    expect.set_options(timeout=PATIENCE)
    yield
    expect.set_options(timeout=5_000)  # Playwright's own


@pytest.fixture(scope="module")
def class_server(tmp_path_factory):
    """The explainer as a teacher serves it for a class, and the link for the teacher."""
    log = tmp_path_factory.mktemp("class") / "log.txt"
    program = str(Path(sys.executable).with_name("prolo-dash"))
    command = [
        program,
        "serve",
        "--class",
        "--address",
        "127.0.0.1",
        f"--port={screenshot.free_port()}",
        "--no-browser",
    ]
    with screenshot.started(command, log) as process:
        assert screenshot.waited(lambda: "#teach=" in log.read_text(encoding="utf-8")), log.read_text(encoding="utf-8")
        link = re.search(r"http://\S+#teach=\S+", log.read_text(encoding="utf-8"))[0]
        yield screenshot.Server(link.partition("#")[0], process.pid), link


class Class:
    """A teacher's page that leads a lesson, and the phones of its pupils."""

    def __init__(self, browser, server, link):
        self.browser, self.server, self.link = browser, server, link
        self.windows = []
        self.teacher = self._window(1280, 720)
        self.page = self.teacher.page

    def _window(self, width, height):
        window = Window(self.browser)
        window.begin(self.server, width, height)
        self.windows.append(window)
        return window

    def start(self, lesson=LESSON):
        self.page.goto(self.link)
        self.page.locator(f'.class-lessons a[href="{lesson}.html"]').press("Enter")
        self.page.get_by_role("button", name="Start a class").press("Enter")
        expect(self.code_screen).to_be_visible()
        self.join_link = self.page.get_by_alt_text("QR code of").get_attribute("alt").removeprefix("QR code of ")

    @property
    def code_screen(self):
        return self.page.get_by_role("dialog", name="Join the class")

    def join(self, width=390, height=844):
        phone = self._window(width, height)
        phone.answers = []

        def keep(answer):  # a method of a built-in is none for Playwright
            phone.answers.append(answer)

        phone.context.on("response", keep)
        phone.page.goto(self.join_link)
        expect(bar(phone)).to_contain_text("You are in the class.")
        return phone

    def turn_to(self, key):
        """Press the clicker until the question is on the projector."""
        for _ in range(30):
            if self.page.locator(f'.now[data-question="{key}"]').count():
                self.page.wait_for_timeout(SAME_PRESS)
                return
            self.page.keyboard.press("PageDown")
            self.page.wait_for_timeout(150)
        raise AssertionError(f"{key} does not come")

    def open_desk(self):
        expect(self.page.locator(".now")).to_be_visible()
        with self.page.expect_popup() as opened:
            self.page.keyboard.press("n")
        self.desk = opened.value
        self.page.bring_to_front()

    def press(self, name):
        self.desk.get_by_role("button", name=name).click()


def bar(phone):
    return phone.page.locator(".class-bar")


def question(phone, key):
    return phone.page.locator(f'[data-question="{key}"]')


def guess(phone, key, number):
    """Guess by keyboard, as the first thing on the screen."""
    field = question(phone, key).locator('[name="number"]')
    field.focus()
    phone.page.keyboard.type(str(number))
    expect(question(phone, key)).to_contain_text(f"Your guess is in: {number}.")


def choose(phone, key, option):
    """Choose an option by keyboard."""
    question(phone, key).get_by_role("radio").first.focus()
    phone.page.keyboard.press("Space")
    for _ in range(option):
        phone.page.keyboard.press("ArrowDown")
    expect(question(phone, key)).to_contain_text(f"Your choice is in: {'ABCD'[option]}.")


def everything_known(phone):
    """All that a phone has been given: its page as it is now, every answer of the server, every message."""
    got = [phone.page.content(), *map(str, phone.frames)]
    for answer in phone.answers:
        with suppress(Error, UnicodeDecodeError):  # a redirect has no body, an icon is no text
            got.append(answer.text())
    return "\n".join(got)


def screen_of(phone):
    return phone.page.locator(".now").evaluate(
        "(now) => now.dataset.question ?? now.querySelector('h1, h2, h3')?.textContent"
    )


@pytest.fixture
def room(browser, class_server):
    """A class whose teacher shows the code."""
    lesson = Class(browser, *class_server)
    lesson.start()
    yield lesson
    troubles = [
        trouble
        for window in lesson.windows
        for trouble in window.troubles
        if window.forgiven not in trouble or not window.forgiven
    ]
    for window in lesson.windows:
        window.close()
    assert troubles == []


def test_nine_phones_play_a_lesson_from_the_code_to_the_last_question(room):
    assert "teach" not in room.page.url
    phones = [room.join(*size) for size in [(390, 844), (320, 600)] + 7 * [(390, 844)]]
    expect(room.code_screen).to_contain_text("9 phones are here")
    room.page.keyboard.press("PageDown")
    expect(room.code_screen).to_be_hidden()
    for phone in phones:
        assert phone.page.locator("main :is(h1, h2, h3, .ask)").filter(visible=True).count() == 1
    for check in BEFORE.values():
        room.turn_to(check.key)
        for phone in phones:
            choose(phone, check.key, 0)
    for asking in QUESTIONS:
        room.turn_to(asking.key)
        numbers = [
            asking.low + (number - asking.low) // asking.step * asking.step
            for number in GUESSES
            if number <= asking.high
        ]
        for phone, number in zip(phones, numbers, strict=False):
            expect(question(phone, asking.key)).to_be_visible()
            guess(phone, asking.key, number)
        said = f"{len(numbers)} of {len(phones)} have guessed"
        expect(question(room.teacher, asking.key)).to_contain_text(said)
        expect(room.page.locator("#prolo-said")).to_contain_text(said)
        for phone in phones:
            assert [words for words in telling(asking) if words in everything_known(phone)] == []
            assert phone.page.get_by_role("button", name=re.compile("Reveal|Skip")).count() == 0
        room.page.keyboard.press("PageDown")
        answer = asking.answer(library())
        for phone, number in zip(phones, numbers, strict=False):
            expect(question(phone, asking.key)).to_contain_text(gap(asking, number, answer))
        middle = statistics.median(numbers)
        expect(room.page.locator(".now .class-reveal .say")).to_contain_text(f"The median guess was {middle:g};")
        assert room.page.locator(".now .class-picture circle").count() == len(numbers) + 1, "a dot each, and the median"
        assert room.page.locator(".now").evaluate("(now) => now.scrollHeight <= now.clientHeight + 1"), (
            "it fits the projector"
        )
    for check in CHECKS:
        room.turn_to(check.key)
        options = [i % len(check.answers) for i in range(len(phones))]
        for phone, option in zip(phones, options, strict=True):
            choose(phone, check.key, option)
        expect(question(room.teacher, check.key)).to_contain_text("9 of 9 have answered")
        for phone in phones:
            assert [one.why for one in check.answers if one.why in everything_known(phone)] == []
        room.page.keyboard.press("PageDown")
        right = next(i for i, one in enumerate(check.answers) if one.is_right)
        for phone, option in zip(phones, options, strict=True):
            said = "Yes: " if option == right else "Not quite. It is "
            expect(question(phone, check.key)).to_contain_text(f"{said}{'ABCD'[right]}")
        earlier = 9 if BEFORE[check.pair].answers[0].is_right else 0
        said = f"before the lesson {earlier} of 9, after it {options.count(right)} of 9."
        for window in (room.teacher, *phones[:2]):
            expect(window.page.locator(".now .class-reveal .say")).to_have_text(
                f"Right at a question of this kind: {said}", use_inner_text=True
            )
            shares = window.page.locator(".now .right-of").evaluate_all(_SHARES)
            assert shares == pytest.approx([earlier / 9, options.count(right) / 9])
        for phone in phones[:2]:
            assert phone.page.evaluate("scrollY") == 0, "the reveal begins at its top"
            expect(question(phone, check.key).locator("[data-role=said]")).to_be_in_viewport()
        assert phones[0].page.evaluate("document.documentElement.scrollHeight <= innerHeight")
        bars = [int(said) for said in room.page.locator(".now .bar-of").all_inner_texts()]
        assert bars == [options.count(i) for i in range(len(check.answers))]
        assert fits(room), "it fits the projector"
    assert all(phone.page.evaluate("document.documentElement.scrollWidth <= innerWidth") for phone in phones[:2])


# How much of each bar is filled.
_SHARES = """(bars) => bars.map((bar) => parseFloat(getComputedStyle(bar).backgroundSize) / 100)"""


def fits(room):
    return room.page.locator(".now").evaluate("(now) => now.scrollHeight <= now.clientHeight + 1")


def test_a_clicker_that_presses_twice_reveals_nothing(room):
    room.page.keyboard.press("PageDown")
    room.turn_to(FIRST.key)
    room.page.keyboard.press("PageUp")
    room.page.keyboard.press("PageDown")
    room.page.keyboard.press("PageDown")
    room.page.wait_for_timeout(SAME_PRESS)
    assert room.page.locator(f'.now[data-question="{FIRST.key}"]:not([data-revealed])').count() == 1
    room.page.keyboard.press("PageDown")
    expect(room.page.locator(f'.now[data-question="{FIRST.key}"][data-revealed]')).to_be_visible()


def test_a_view_on_the_phone_has_the_settings_of_the_projector(room, rendering):
    phone = room.join()
    room.page.keyboard.press("PageDown")
    for asking in (FIRST, SECOND):
        room.turn_to(asking.key)
        room.page.keyboard.press("PageDown")
        expect(question(phone, asking.key).locator("[data-role=answer]")).to_be_visible()
    for _ in range(6):
        if room.page.locator(".now[data-view]").count():
            break
        room.page.keyboard.press("PageDown")
    expect(phone.page.locator(".now[data-view=gain]")).to_be_visible()
    for show in ("difference", "groups"):
        if show == "groups":
            room.page.keyboard.press("c")
            room.teacher.input("gain", "show", show).click()
        expect(phone.page.locator(".now[data-view]")).to_have_attribute("data-state", re.compile(f"show={show}"))
        said = rendering("gain", show=show, outcome="better", time="early", conditions="osgood_schlatter").sentence
        expect(phone.part("gain", "sentence")).to_have_text(plain(said))


def test_reload_late_joining_and_a_lost_network_come_back_to_the_screen_and_the_own_guess(room):
    phone = room.join()
    room.page.keyboard.press("PageDown")
    room.turn_to(FIRST.key)
    guess(phone, FIRST.key, 41)
    phone.page.reload()
    expect(question(phone, FIRST.key).locator('[name="number"]')).to_have_value("41")
    expect(question(phone, FIRST.key).locator('[name="guess"]')).to_have_value("41")
    assert screen_of(phone) == FIRST.key

    phone.forgiven = "ERR_INTERNET_DISCONNECTED"
    phone.context.set_offline(True)
    expect(bar(phone)).to_contain_text("No connection")
    question(phone, FIRST.key).locator('[name="number"]').fill("52")
    expect(bar(phone)).to_contain_text("your guess is kept")
    assert "is in" not in question(phone, FIRST.key).inner_text()
    phone.context.set_offline(False)
    expect(question(phone, FIRST.key)).to_contain_text("Your guess is in: 52.")
    expect(bar(phone)).not_to_contain_text("No connection")

    late = room.join()
    expect(question(late, FIRST.key)).to_be_visible()
    room.page.keyboard.press("PageDown")
    expect(question(phone, FIRST.key)).to_contain_text(gap(FIRST, 52, FIRST.answer(library())))
    room.turn_to(SECOND.key)
    latest = room.join()
    for one in (phone, late, latest):
        expect(question(one, SECOND.key)).to_be_visible()
        assert screen_of(one) == SECOND.key
    phone.page.reload()
    expect(question(phone, SECOND.key)).to_be_visible()
    assert question(phone, FIRST.key).locator('[name="number"]').input_value() == "52"
    room.page.reload()
    expect(room.page.locator(f'.now[data-question="{SECOND.key}"]')).to_be_visible()
    expect(question(room.teacher, SECOND.key)).to_contain_text("0 of 3 have guessed")


def test_where_sockets_are_blocked_a_phone_follows_all_the_same(room):
    phone = room._window(390, 844)
    phone.forgiven = "WebSocket"
    phone.page.add_init_script(
        "window.WebSocket = class { constructor() { setTimeout(() => this.onclose({ code: 1006 })); } close() {} };"
    )
    phone.page.goto(room.join_link)
    room.page.keyboard.press("PageDown")
    room.turn_to(FIRST.key)
    expect(question(phone, FIRST.key)).to_be_visible()
    guess(phone, FIRST.key, 30)
    room.page.keyboard.press("PageDown")
    expect(question(phone, FIRST.key)).to_contain_text(gap(FIRST, 30, FIRST.answer(library())))


def test_hands_and_phones_are_one_class(room):
    phones = [room.join() for _ in range(2)]
    room.page.keyboard.press("PageDown")
    room.open_desk()
    room.turn_to(FIRST.key)
    for phone, number in zip(phones, (5, 45), strict=True):
        guess(phone, FIRST.key, number)
    here = question(room.teacher, FIRST.key)
    here.get_by_text("Count the hands").click()
    hands = (1, 4, 0, 0, 0)
    for field, count in zip(here.locator('[name="hands"]').all(), hands, strict=True):
        field.fill(str(count))
    with room.page.expect_download() as table:
        room.press("Save the guesses")
    rows = rows_of(table.value)
    assert {(row["asked"], row["answer"], row["round"]) for row in rows} == {
        (FIRST.question, str(FIRST.answer(library())), "1")
    }
    labels = [f"{low} to {high}" for low, high in bins(FIRST)]
    assert [(row["counted"], row["value"], row["count"]) for row in rows] == [
        ("phones", "5", "1"),
        ("phones", "45", "1"),
        ("hands", labels[0], "1"),
        ("hands", labels[1], "4"),
    ]
    room.press("Guess again after talking")
    for phone in phones:
        phone.page.get_by_role("button", name="Keep it").click()
    expect(here).to_contain_text("2 of 2 have guessed, after talking")
    room.page.keyboard.press("PageDown")
    answer = FIRST.answer(library())
    ranges = bins(FIRST)
    counted = [
        n + sum(low <= number <= high for number in (5, 45)) for n, (low, high) in zip(hands, ranges, strict=True)
    ]
    at = next(i for i, (low, high) in enumerate(ranges) if low <= answer <= high)
    where = f"{counted[at]} of 7 were {ranges[at][0]} to {ranges[at][1]}, where it lies"
    told = f"7 guesses: 2 phones, 5 hands. It was {answer}. {where}; "
    told += f"{sum(counted[at + 1 :])} above and {sum(counted[:at])} below."
    expect(room.page.locator(".now .gap .say")).to_have_text([told])
    expect(room.page.locator(".now .caption")).to_have_text(
        ["Before talking: 2 phones", "After talking: 2 phones, 5 hands"]
    )
    assert room.page.locator(".now .class-picture rect").count() == 4, "a bar for each range that has guesses"
    assert room.page.locator(".now :is(.tally, .scale)").count() == 0, "hands are not counted twice"
    assert fits(room)
    for phone in phones:
        expect(phone.page.locator(".now .class-reveal .say")).to_contain_text("of 2 guesses on phones before talking")
    room.page.reload()
    expect(room.page.locator(".now .gap .say")).to_have_text([told])


def test_the_desk_leads_the_class(room):
    phone = room.join()
    room.page.keyboard.press("PageDown")
    room.open_desk()
    room.press("Next")
    room.turn_to(FIRST.key)
    expect(room.desk.get_by_role("region", name="The class")).to_contain_text("0 of 1 have guessed")
    guess(phone, FIRST.key, 10)
    room.press("Pause")
    expect(bar(phone)).to_contain_text("The teacher has paused.")
    expect(question(phone, FIRST.key).locator('[name="number"]')).to_be_disabled()
    room.press("Go on")
    room.press("Take no more guesses")
    expect(question(phone, FIRST.key)).to_contain_text("No more guesses now. Yours is in: 10.")
    room.press("Take guesses again")
    room.press("Guess again after talking")
    expect(question(phone, FIRST.key)).to_contain_text("Guess again after talking. Before, you said 10.")
    phone.page.get_by_role("button", name="Keep it").click()
    expect(question(phone, FIRST.key)).to_contain_text("Your guess is in: 10.")
    expect(question(room.teacher, FIRST.key)).to_contain_text("1 of 1 have guessed, after talking")
    room.press("Reveal")
    expect(room.page.locator(".now .class-picture")).to_have_count(2)
    expect(room.page.locator(".now .class-reveal .say")).to_contain_text("of 1 guesses on phones before talking and")
    room.press("Let them read on")
    expect(bar(phone)).to_contain_text("at your own pace")
    assert phone.page.locator("main h2").filter(visible=True).count() > 1
    phone.page.evaluate("scrollTo(0, 400)")
    assert phone.page.evaluate("scrollY") > 0
    room.press("Phones follow")
    expect(phone.page.locator("main h2").filter(visible=True)).to_have_count(0)
    assert phone.page.evaluate("scrollY") == 0
    assert below(bar(phone)) <= question(phone, FIRST.key).locator(".ask").bounding_box()["y"]


def below(locator):
    box = locator.bounding_box()
    return box["y"] + box["height"]


def tap_start(phone, slider):
    """Touch a slider where its thumb is at first, as a finger does."""
    box = slider.bounding_box()
    protocol = phone.context.new_cdp_session(phone.page)
    protocol.send("Emulation.setTouchEmulationEnabled", {"enabled": True})
    at = {"x": box["x"] + 8, "y": box["y"] + box["height"] / 2}
    protocol.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": [at]})
    protocol.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})


@pytest.mark.parametrize("typed", ["101", "7.5"])
def test_a_phone_is_told_what_may_be_guessed_and_the_slider_may_stay_at_its_start(typed, room):
    phone = room.join()
    room.page.keyboard.press("PageDown")
    room.turn_to(FIRST.key)
    here = question(phone, FIRST.key)
    here.locator('[name="number"]').focus()
    phone.page.keyboard.type(typed)
    allowed = f"Type a whole number: {FIRST.low} to {FIRST.high}."
    expect(here.locator("[data-role=problem]")).to_have_text(allowed)
    expect(phone.page.locator("#prolo-said")).to_have_text(allowed)
    assert "is in" not in here.inner_text()
    here.locator('[name="number"]').fill("")
    expect(here.locator("[data-role=problem]")).to_be_empty()
    expect(here).to_contain_text("Move or tap the slider, or type a number.")
    tap_start(phone, here.locator('[name="guess"]'))
    expect(here).to_contain_text(f"Your guess is in: {FIRST.low}.")


def rows_of(download):
    content = Path(download.path()).read_bytes()
    assert content[:3] == b"\xef\xbb\xbf", "Excel needs it"
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))


def test_guesses_and_pictures_can_be_kept(room):
    phone = room.join()
    room.page.keyboard.press("PageDown")
    room.open_desk()
    room.turn_to(FIRST.key)
    guess(phone, FIRST.key, 10)
    room.page.keyboard.press("PageDown")
    with room.page.expect_download() as table:
        room.press("Save the guesses")
    rows = rows_of(table.value)
    assert [(row["lesson"], row["question"], row["value"], row["count"]) for row in rows] == [
        (LESSON, FIRST.key, "10", "1")
    ]
    with room.page.expect_download() as picture:
        room.press("Save the picture")
    assert picture.value.suggested_filename == f"class_{FIRST.key}.png"
    assert Path(picture.value.path()).read_bytes()[:8] == b"\x89PNG\r\n\x1a\n"


def test_the_phones_come_along_to_another_lesson(room):
    phone = room.join()
    room.page.keyboard.press("PageDown")
    room.page.keyboard.press("Escape")
    room.page.get_by_role("link", name="Back to the explainer").click()
    room.page.locator('.lessons a[href="lesson_dummy.html"]').click()
    expect(room.page.locator(".back")).to_contain_text("1 phone is here")
    room.page.keyboard.press("t")
    expect(phone.page.get_by_role("heading", level=1, name="Better without the sugar")).to_be_visible()
    (other, *_) = asked("lesson_dummy")
    room.turn_to(other.key)
    guess(phone, other.key, other.low)


def test_phones_follow_the_explainer_with_its_conditions_and_trials(class_server, browser):
    """Its questions are the projector's alone, for its answers are open."""
    room = Class(browser, *class_server)
    room.page.goto(room.link)
    room.page.get_by_role("button", name="Start a class with this page").press("Enter")
    room.join_link = room.page.get_by_alt_text("QR code of").get_attribute("alt").removeprefix("QR code of ")
    phone = room.join()
    room.code_screen.get_by_role("button", name="Close").click()
    chosen = {"conditions": "knee_osteoarthritis", "trials": "controlled"}
    for name, value in chosen.items():
        room.page.locator(f'[data-role="page-controls"] select[name="{name}"]').select_option(value)
    room.page.get_by_role("button", name="Present", exact=True).press("Enter")
    room.page.keyboard.press("PageDown")
    expect(bar(phone)).to_have_text("You are in the class. 1 of 8.")
    for name, value in chosen.items():
        expect(phone.page).to_have_url(re.compile(f"{name}={value}"))
    room.page.keyboard.press("PageDown")
    expect(room.page.locator(".now.predict")).to_be_visible()
    expect(bar(phone)).to_contain_text("Look at the projector.")
    shown = room.page.locator('section.view.now[data-view="answer"]')
    while not shown.count():
        room.page.keyboard.press("PageDown")
        room.page.wait_for_timeout(150)
    expect(phone.page.locator("section.view.now")).to_have_attribute("data-state", f"conditions={chosen['conditions']}")
    expect(phone.page.locator('section.view.now [data-role="sentence"]')).to_contain_text(
        "Only trials with a control injection"
    )
    expect(bar(phone)).to_have_text("You are in the class. 1 of 8.")
    room.open_desk()
    room.press("Let them read on")
    phone.page.locator('[data-role="page-controls"] [data-act="conditions"]').click()
    expect(phone.page.get_by_role("button", name="Show all")).to_be_visible()
    for window in room.windows:
        assert window.troubles == []
        window.close()


def test_a_teacher_whose_tab_is_gone_takes_the_class_back_with_the_link(room):
    phone = room.join()
    room.page.keyboard.press("PageDown")
    room.turn_to(FIRST.key)
    guess(phone, FIRST.key, 41)
    room.page.keyboard.press("PageDown")
    room.turn_to(SECOND.key)
    expect(question(phone, SECOND.key)).to_be_visible()

    lost = room.teacher
    room.teacher = room._window(1280, 720)
    room.page = room.teacher.page
    room.page.goto(room.link)
    code = room.join_link.rpartition("/")[2]
    room.page.get_by_role("button", name=f"Go on with class {code} (1 phone)").press("Enter")
    expect(room.page.locator(f'.now[data-question="{SECOND.key}"]')).to_be_visible()
    expect(question(room.teacher, SECOND.key)).to_contain_text("0 of 1 have guessed")
    expect(lost.page.locator(".bar")).to_contain_text("This class is led from another page now.")
    guess(phone, SECOND.key, 20)
    room.page.keyboard.press("PageDown")
    expect(question(phone, SECOND.key)).to_contain_text(gap(SECOND, 20, SECOND.answer(library())))
    secret = room.link.partition("=")[2]
    assert [one.url for one in room.teacher.requests if secret in one.url] == []


def test_a_class_on_the_explainer_is_taken_back_at_its_screen_with_its_conditions(class_server, browser):
    room = Class(browser, *class_server)
    room.page.goto(room.link)
    room.page.get_by_role("button", name="Start a class with this page").press("Enter")
    room.code_screen.get_by_role("button", name="Close").click()
    select = '[data-role="page-controls"] select[name="conditions"]'
    room.page.locator(select).select_option("knee_osteoarthritis")
    code = re.search("[A-Z]{4}", room.page.get_by_alt_text("QR code of").get_attribute("alt"))[0]
    room.page.get_by_role("button", name="Present", exact=True).press("Enter")
    shown = room.page.locator("section.view.now")
    while not shown.count():
        room.page.keyboard.press("PageDown")
        room.page.wait_for_timeout(150)
    view = shown.get_attribute("data-view")
    again = room._window(1280, 720)
    again.page.goto(room.link)
    again.page.get_by_role("button", name=f"Go on with class {code}").press("Enter")
    expect(again.page.locator(f'section.view.now[data-view="{view}"]')).to_be_visible()
    expect(again.page).to_have_url(re.compile("conditions=knee_osteoarthritis"))
    for window in room.windows:
        assert window.troubles == []
        window.close()


def test_a_lesson_offers_the_class_that_runs_beside_a_new_one(room, class_server):
    other = room._window(1280, 720)
    other.page.goto(class_server[1].replace("#", f"{LESSON}.html#"))
    expect(other.page.get_by_role("button", name="Start a class")).to_be_visible()
    code = room.join_link.rpartition("/")[2]
    other.page.get_by_role("button", name=f"Go on with class {code} (0 phones)").click()
    expect(other.page.get_by_role("dialog", name="Join the class")).to_contain_text(code)


def test_the_desk_follows_a_reload_of_the_projector(room):
    room.join()
    room.page.keyboard.press("PageDown")
    room.open_desk()
    room.turn_to(FIRST.key)
    room.page.reload()
    room.press("Pause")
    expect(room.desk.get_by_role("region", name="The class")).to_contain_text("Paused.")
    room.press("Reveal")
    expect(question(room.teacher, FIRST.key).locator("[data-role=answer]")).to_be_visible()
    assert len(room.teacher.context.pages) == 2


def test_a_class_that_has_ended_leaves_a_page_to_read(room):
    phone = room.join()
    room.page.keyboard.press("PageDown")
    room.open_desk()
    room.turn_to(FIRST.key)
    room.desk.on("dialog", lambda dialog: dialog.accept())
    room.press("End the class")
    expect(room.page.locator(".bar")).to_contain_text("The class has ended.")
    expect(room.desk.locator(".desk")).to_have_text("The class has ended.")
    expect(bar(phone)).to_have_text("The class has ended. You can read on. The whole lesson")
    assert phone.page.locator("main h2").filter(visible=True).count() > 1
    assert [words for words in telling(FIRST) if words in everything_known(phone)] == []
    bar(phone).get_by_role("link").click()
    expect(phone.page.get_by_role("button", name="Reveal").first).to_be_visible()
    room.page.keyboard.press("Escape")
    expect(room.page.locator(".back")).to_contain_text("The class has ended.")


def test_a_reload_after_the_end_tells_it_too(room):
    phone = room.join()
    room.page.keyboard.press("PageDown")
    room.open_desk()
    room.desk.on("dialog", lambda dialog: dialog.accept())
    room.press("End the class")
    expect(bar(phone)).to_contain_text("has ended")
    phone.forgiven = "410"
    phone.page.reload()
    expect(phone.page.get_by_role("heading", level=1)).to_have_text("The class has ended")
    assert objections(phone, ALL) == ""
    phone.page.get_by_role("link", name="the whole page").click()
    expect(phone.page.get_by_role("button", name="Reveal").first).to_be_visible()


def test_axe_finds_nothing_to_object_to(room):
    phone = room.join(320, 600)
    assert objections(room.teacher, ALL) == ""
    assert objections(phone, ALL) == ""
    room.page.keyboard.press("PageDown")
    room.open_desk()
    room.turn_to(BEFORE[CHECKS[0].pair].key)
    choose(phone, BEFORE[CHECKS[0].pair].key, 0)
    assert objections(phone, ALL_BUT_COLOURS) == ""
    room.turn_to(FIRST.key)
    guess(phone, FIRST.key, 10)
    for revealed in (False, True):
        if revealed:
            room.page.keyboard.press("PageDown")
            expect(room.page.locator(".now .class-reveal")).to_be_visible()
            expect(phone.page.locator(".now .class-reveal")).to_be_visible()
        for window, options in ((room.teacher, ALL_BUT_COLOURS), (phone, ALL)):
            assert objections(window, options) == ""
    assert objections(SimpleNamespace(page=room.desk), ALL) == ""
    assert room.desk.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_without_the_teachers_link_nobody_can_start_a_class(class_server, browser):
    window = Window(browser)
    window.begin(class_server[0])
    window.go(f"{LESSON}.html")
    expect(window.page.get_by_role("button", name="Present")).to_be_visible()
    assert window.page.get_by_role("button", name="Start a class").count() == 0
    window.page.goto(f"{class_server[0].address}{LESSON}.html#teach=wrong")
    window.forgiven = "403"
    window.page.get_by_role("button", name="Start a class").click()
    expect(window.page.locator(".back")).to_contain_text("Only the teacher of this class can do that.")
    window.close()


def test_the_secret_is_in_no_address_and_no_message_of_a_phone(room):
    phone = room.join()
    session = json.loads(room.page.evaluate("sessionStorage.getItem('prolo-class')"))
    secret = room.link.partition("=")[2]
    for hidden in (session["secret"], secret):
        assert hidden not in everything_known(phone)
        assert [one.url for one in room.teacher.requests if hidden in one.url] == []
