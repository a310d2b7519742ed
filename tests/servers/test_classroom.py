"""A class session on a real server: phones, a teacher, and people who would like to spoil it."""

import asyncio
import csv
import json
import re
import time
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from dataclasses import dataclass, field, replace
from html import unescape
from urllib.parse import urlsplit

import pytest
from nbformat.v4 import new_markdown_cell
from tornado.httpclient import HTTPClientError, HTTPRequest
from tornado.websocket import websocket_connect

from prolo_dash.evidence.library import library
from prolo_dash.render.lessons import calls_in, prediction_of, view_in_state
from prolo_dash.render.notebooks import notebooks_dir, read_notebook

from .conftest import OWN_CODE, Serving, notebook

LESSON, OTHER = "lesson_small", "lesson_dummy"
FIRST, SECOND, THIRD = "replay", "must_change", "second_trial"
SECRET = "X-Class-Secret"
WITHIN = 10  # seconds


@pytest.fixture(scope="module")
def server(serving):
    with serving("--class", "--address=127.0.0.1", "--base_url=/dash/") as running:
        yield running


@dataclass
class Room:
    """A session that was opened, and what its teacher does by HTTP."""

    server: Serving
    code: str
    secret: str
    join: str

    def ask(self, path, body=None, **headers):
        return self.server.ask(f"class/{self.code}/{path}", body, **headers)

    def do(self, what, **more):
        return self.ask("teach", json.dumps({"do": what, **more}).encode(), **{SECRET: self.secret})

    def step(self, page=LESSON, screen="top-0", at=1, settings=None):
        return self.do("step", page=page, screen=screen, at=at, of=9, settings=settings or {})

    def seen(self):
        return json.loads(self.ask("state", **{SECRET: self.secret}).body)

    @asynccontextmanager
    async def teaching(self):
        async with connected(self) as socket:
            await say(socket, {"secret": self.secret})
            yield socket


@dataclass
class Phone:
    """A browser with its cookie."""

    room: Room
    cookie: str = field(default="", repr=False)
    page: str = LESSON

    def __post_init__(self):
        if not self.cookie:
            came = self.room.ask(f"{self.page}.html")
            assert came.status == 200
            self.cookie = came.headers["Set-Cookie"].split(";")[0]

    def ask(self, path, body=None, **headers):
        return self.room.ask(path, body, **{"Cookie": self.cookie, **headers})

    def guess(self, question, value, **headers):
        body = json.dumps({"question": question, "value": value}).encode()
        return self.ask("guess", body, **headers)

    def seen(self):
        return json.loads(self.ask("state").body)

    def live(self, **headers):
        return connected(self.room, Cookie=self.cookie, **headers)


def open_room(server, page=LESSON, **headers):
    answer = server.ask("class", json.dumps({"secret": server.secret, "page": page}).encode(), **headers)
    assert answer.status == 201, answer.text
    known = json.loads(answer.body)
    assert known["qr"].startswith("data:image/svg+xml")
    return Room(server, known["code"], known["secret"], known["join"])


@pytest.fixture
def room(server):
    opened = open_room(server)
    yield opened
    opened.do("end")


@asynccontextmanager
async def connected(room, **headers):
    address = f"{room.server.address}class/{room.code}/live".replace("http:", "ws:")
    socket = await websocket_connect(HTTPRequest(address, headers=headers))
    try:
        yield socket
    finally:
        socket.close()
        await closed(socket)


async def say(socket, message):
    await socket.write_message(json.dumps(message))


async def heard(socket, holds=lambda _: True):
    """The first message for which something holds; None when the socket was closed."""

    async def first():
        while (text := await socket.read_message()) is not None:
            if holds(message := json.loads(text)):
                return message
        return None

    return await asyncio.wait_for(first(), WITHIN)


async def heard_within(socket, seconds):
    """The faults that a socket is told for some time."""
    found = []

    async def listened():
        while fault := await heard(socket, lambda seen: "error" in seen):
            found.append(fault)

    with suppress(asyncio.TimeoutError):
        await asyncio.wait_for(listened(), seconds)
    return found


async def closed(socket):
    """The code with which a socket was closed."""
    if socket.close_code is None:
        assert await heard(socket, lambda _: False) is None
    return socket.close_code


def status_of(question, status):
    return lambda seen: seen.get("questions", {}).get(question, {}).get("status") == status


def guessed(question, *counts):
    return lambda seen: seen.get("questions", {}).get(question, {}).get("guessed") == list(counts)


# To join


def test_a_phone_that_joins_by_the_link_gets_the_page_of_the_class(server, room):
    assert room.join == f"{server.address}join/{room.code}"
    way = server.ask(f"join/{room.code.lower()}")
    assert way.status == 302
    page = server.ask(f"join/{way.headers['Location']}".replace("join/../", ""))
    assert page.status == 200
    assert f'<html data-class="{room.code}"' in page.text
    cookie = page.headers["Set-Cookie"]
    assert f"Path=/dash/class/{room.code};" in cookie + ";"
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    assert int(re.search(r"Max-Age=(\d+)", cookie)[1]) <= 6 * 3600


def test_the_code_can_be_typed_into_a_form_that_needs_no_script(server, room):
    form = server.ask("join")
    assert form.status == 200
    assert "form-action 'self'" in form.headers["Content-Security-Policy"]
    assert "<script" not in form.text
    assert '<form action="join" method="get"' in form.text
    way = server.ask(f"join?code=+{'+'.join(room.code.lower())}+")
    assert (way.status, way.headers["Location"]) == (302, f"join/{room.code}")


@pytest.mark.parametrize("path", ["join?code=<b>x</b>", "join?code=12", "join?code=ABCDE", "join/QQQQ", "join/%3Cb%3E"])
def test_a_wrong_code_gets_the_form_again_and_one_sentence(server, path):
    form = server.ask(path.replace("<", "%3C").replace(">", "%3E"))
    assert form.status == 404
    assert form.text.count('role="alert"') == 1
    assert "<b>" not in form.text


def test_who_knows_the_address_of_the_page_alone_is_led_to_the_page_that_the_class_is_at(room):
    for page in (OTHER, "methods", "%3Cb%3E"):
        way = room.ask(f"{page}.html")
        assert (way.status, way.headers["Location"]) == (302, f"../{room.code}/{LESSON}.html")
    lower = replace(room, code=room.code.lower()).ask(f"{LESSON}.html")
    assert (lower.status, lower.headers["Location"]) == (302, f"../{room.code}/{LESSON}.html")


def test_every_file_that_the_page_names_is_there(server, room):
    page = room.ask(f"{LESSON}.html").text
    files = re.findall(r'(?:src|href)="\.\./\.\./([^"]+)"', page)
    assert len(files) >= 4
    assert all(server.ask(file).status == 200 for file in files)
    assert server.ask("live").status == 204


# Guesses


def test_a_reload_keeps_the_guess_and_a_second_tab_has_it_too(room):
    phone = Phone(room)
    assert phone.guess(FIRST, 50).status == 200
    again = phone.ask(f"{LESSON}.html")
    assert "Set-Cookie" not in again.headers
    assert phone.seen()["questions"][FIRST]["mine"] == [50, None]
    assert room.seen()["questions"][FIRST]["guessed"] == [1, 0]


def test_a_guess_over_the_socket_reaches_teacher_and_own_tabs_and_nobody_else(room):
    async def played():
        one, other = Phone(room), Phone(room)
        async with one.live() as tab, one.live() as second, other.live() as phone, room.teaching() as teacher:
            for socket in (tab, second, phone):
                await heard(socket)
            await say(tab, {"guess": {"question": FIRST, "value": 40}})
            for socket in (tab, second):
                assert await heard(socket, lambda seen: seen["questions"][FIRST]["mine"] == [40, None])
            assert await heard(teacher, guessed(FIRST, 1, 0))
            with pytest.raises(asyncio.TimeoutError):
                await asyncio.wait_for(phone.read_message(), 0.5)

    asyncio.run(played())


def test_the_teacher_hears_of_a_phone_that_asks_without_a_socket_and_that_it_asks_no_more(room):
    async def played():
        async with room.teaching() as teacher:
            await heard(teacher)
            phone = Phone(room)
            for _ in range(2):  # the second time it comes back
                phone.seen()
                assert await heard(teacher, lambda seen: (seen["devices"], seen["connected"]) == (1, 1))
                start = time.monotonic()
                assert await heard(teacher, lambda seen: (seen["devices"], seen["connected"]) == (1, 0))
                assert 5 < time.monotonic() - start < 8, "after three polls that did not come"

    asyncio.run(played())


def test_a_late_phone_gets_the_screen_the_second_round_and_what_was_revealed(room):
    early = Phone(room)
    early.guess(FIRST, 10)
    room.do("again", question=FIRST)
    early.guess(FIRST, 20)
    room.do("reveal", question=FIRST)
    room.step(screen="question-must_change", at=5)
    seen = Phone(room).seen()
    assert (seen["step"]["screen"], seen["step"]["at"]) == ("question-must_change", 5)
    assert seen["questions"][FIRST] == {
        "status": "revealed",
        "round": 2,
        "mine": [None, None],
        "guesses": [[{"value": 10, "count": 1}], [{"value": 20, "count": 1}]],
    }


def test_two_sessions_do_not_mix(server, room):
    other = open_room(server, OTHER)
    assert other.code != room.code
    Phone(room).guess(FIRST, 10)
    assert Phone(other, page=OTHER).seen()["questions"]["second_throw"]["status"] == "open"
    assert other.seen()["devices"] == 1
    room.do("reveal", question=FIRST)
    assert "guesses" not in other.seen()["questions"]["second_throw"]
    assert other.ask(f"parts/{LESSON}/{FIRST}").status == 403
    assert replace(other, secret=room.secret).do("end").status == 403
    other.do("end")
    assert room.seen()["ended"] is False


def test_the_class_turns_to_another_lesson(room):
    phone = Phone(room)
    assert room.step(page=OTHER).status == 200
    assert phone.seen()["page"] == OTHER
    assert list(phone.seen()["questions"]) == ["dummy_before_worst", "dummy_before_group", "second_throw"]
    assert phone.ask(f"{OTHER}.html").status == 200
    assert room.step(page="methods").status == 404
    assert phone.seen()["page"] == OTHER


def test_the_class_turns_to_the_explainer_which_asks_phones_nothing(room):
    phone = Phone(room)
    settings = {"gain": {"show": "groups"}, "page": {"conditions": "tendons", "trials": "", "without": ""}}
    assert room.step(page="index", settings=settings).status == 200
    seen = phone.seen()
    assert (seen["page"], seen["questions"], seen["step"]["settings"]) == ("index", {}, settings)
    page = phone.ask("index.html").text
    assert f'data-class="{room.code}"' in page
    assert 'data-view="answer"' in page
    assert "data-guesses" not in page


def test_the_table_has_counts_and_no_devices(room):
    phones = [Phone(room) for _ in range(3)]
    for phone, value in zip(phones, (10, 10, 30), strict=True):
        phone.guess(FIRST, value)
    table = room.ask("guesses.csv", **{SECRET: room.secret})
    assert table.headers["Content-Type"].startswith("text/csv")
    assert table.body[:3] == b"\xef\xbb\xbf", "Excel needs it"
    asked = prediction_of(library(), FIRST)
    known = [LESSON, FIRST, asked.question, "number", str(asked.answer(library())), "1", "phones"]
    assert list(csv.reader(table.body.decode("utf-8-sig").splitlines())) == [
        ["lesson", "question", "asked", "kind", "answer", "round", "counted", "value", "count"],
        [*known, "10", "2"],
        [*known, "30", "1"],
    ]
    assert room.ask("guesses.csv").status == 403


# A teacher whose page was closed


def running(server, secret, **headers):
    return server.ask("class/running", json.dumps({"secret": secret}).encode(), **headers)


def taken_back(server, code, secret=None):
    body = {"secret": server.secret if secret is None else secret, "code": code}
    return server.ask("class", json.dumps(body).encode())


def test_with_the_link_of_the_server_a_class_is_found_and_led_on(server, room):
    phone = Phone(room)
    phone.guess(FIRST, 30)
    room.step(page=OTHER)
    answer = running(server, server.secret)
    assert {"code": room.code, "page": OTHER, "connected": 0} in json.loads(answer.body)["classes"]
    assert room.secret not in answer.text
    answer = taken_back(server, room.code.lower())
    known = json.loads(answer.body)
    assert (answer.status, known["code"], known["page"], known["join"]) == (200, room.code, OTHER, room.join)
    room.secret = known["secret"]
    room.step(page=LESSON)
    assert room.seen()["questions"][FIRST]["guessed"] == [1, 0]
    assert phone.seen()["questions"][FIRST]["mine"] == [30, None]


def test_the_page_that_led_before_is_sent_away_and_the_phones_are_not(server, room):
    async def played():
        before = room.secret
        async with Phone(room).live() as phone, room.teaching() as teacher:
            await heard(teacher)
            room.secret = json.loads(taken_back(server, room.code).body)["secret"]
            assert await closed(teacher) == 4403
            assert replace(room, secret=before).do("reveal", question=FIRST).status == 403
            assert room.ask("state", **{SECRET: before}).status == 403
            room.do("reveal", question=FIRST)
            assert await heard(phone, status_of(FIRST, "revealed"))

    asyncio.run(played())


def test_nobody_else_finds_or_gets_a_class(server, room):
    for secret in ("", "x", None, room.secret, server.secret + "x"):
        assert running(server, secret).status == 403
        assert taken_back(server, room.code, secret or "").status == 403
    assert running(server, server.secret, Origin="http://evil.example").status == 403
    assert server.ask(f"class/running?secret={server.secret}").status == 405
    assert room.seen()["ended"] is False, "the secret is still the same"


def test_a_class_that_has_ended_can_not_be_taken_back(server):
    ended = open_room(server)
    ended.do("end")
    assert ended.code not in running(server, server.secret).text
    refused = taken_back(server, ended.code)
    assert (refused.status, json.loads(refused.body)) == (410, {"error": "The class has ended."})


# Nothing before the reveal


def secrets_of(call):
    """What only the answer and its view say."""
    asked = prediction_of(library(), call.names[0])
    view, state = view_in_state(library(), call.names[1], call.settings)
    says = max(asked.says(library()).split("**"), key=len)
    alt = view.render(library(), state).alt
    return [f'data-value="{asked.answer(library())}"', says, alt, f'data-view="{view.key}"', f"states/{view.key}."]


def all_that_a_phone_gets(room, phone):
    """Every byte of every address of the class, as text."""
    asked = (FIRST, SECOND, THIRD)
    paths = [f"{LESSON}.html", "state", "guesses.csv", *(f"parts/{LESSON}/{key}" for key in asked)]
    answers = [phone.ask(path) for path in paths]
    answers += [phone.guess(key, 10) for key in asked]
    answers += [room.server.ask(f"join/{room.code}"), room.server.ask("join")]
    text = "".join(f"{answer.headers}{answer.text}" for answer in answers)
    return unescape(text.replace("\\n", "\n").replace('\\"', '"'))


def test_before_a_reveal_no_byte_that_a_phone_gets_has_the_answer_and_after_it_all_is_there(room):
    phone = Phone(room)
    lesson = read_notebook(notebooks_dir() / f"{LESSON}.ipynb", library())
    for call in (call for call in calls_in(lesson.content) if call.function == "predict"):
        before = all_that_a_phone_gets(room, phone)
        assert not [secret for secret in secrets_of(call) if secret in before]
        assert room.do("reveal", question=call.names[0]).status == 200
        after = all_that_a_phone_gets(room, phone)
        assert not [secret for secret in secrets_of(call) if secret not in after]


def test_a_question_behind_another_can_not_be_revealed_first(room):
    assert room.do("reveal", question=SECOND).status == 409
    assert room.ask(f"parts/{LESSON}/{SECOND}").status == 403
    assert SECOND not in Phone(room).seen()["questions"]


@pytest.mark.parametrize(
    "path", [f"parts/{OTHER}/second_throw", "parts/x/y", f"parts/{LESSON}/__class__", "parts/../x"]
)
def test_parts_of_what_the_class_has_not_opened_are_not_there(room, path):
    assert room.ask(path).status in (403, 404)


# The end


def test_at_the_end_everybody_hears_it_and_then_the_code_is_unknown(server):
    async def played():
        room = open_room(server)
        phone = Phone(room)
        async with phone.live() as socket, room.teaching() as teacher:
            await say(teacher, {"do": "end"})
            for one, role in ((socket, "pupil"), (teacher, "teacher")):
                assert await heard(one, lambda seen: seen["ended"]) == {
                    "role": role,
                    "ended": True,
                    "why": "The class has ended.",
                }
                assert await closed(one) == 4410
        assert_unknown(phone)

    asyncio.run(played())


def test_after_a_restart_phones_are_told_that_the_class_has_ended(server):
    lost = Phone(Room(server, "BBBB", "x" * 43, ""), "prolo-device=" + "a" * 22)
    assert_unknown(lost)

    async def tried():
        async with lost.live() as socket:
            return await closed(socket)

    assert asyncio.run(tried()) == 4410


def assert_unknown(phone):
    for answer in (
        phone.ask("state"),
        phone.guess(FIRST, 10),
        phone.ask(f"parts/{LESSON}/{FIRST}"),
        phone.room.do("end"),
    ):
        assert (answer.status, json.loads(answer.body)) == (410, {"error": "The class has ended."})
    page = phone.ask(f"{LESSON}.html")
    assert page.status == 410
    assert "<h1>The class has ended</h1>" in page.text
    assert f'href="../../{LESSON}.html"' in page.text
    assert "<script" not in page.text
    assert 'prolo-device="";' in page.headers["Set-Cookie"]


def test_where_a_class_was_only_what_a_class_can_open_is_offered_to_read_on(server):
    for name in ("none", "methods", "%22%3E%3Cb%3E"):
        page = server.ask(f"class/BBBB/{name}.html")
        assert page.status == 410
        assert re.findall('<a href="([^"]*)"', page.text) == ["../../join"]
        assert "<b>" not in page.text


# Who would like to spoil it


def test_a_session_is_opened_with_the_secret_of_the_server_only(server, room):
    for secret in ("", "x", None, 5, room.secret, server.secret + "x", "\ud800"):
        body = json.dumps({"secret": secret, "page": LESSON}).encode()
        assert server.ask("class", body).status == 403


@pytest.mark.parametrize("page", ["methods", "none", "", "../lesson_small", 5, None])
def test_only_a_lesson_or_the_explainer_can_be_opened(server, page):
    body = json.dumps({"secret": server.secret, "page": page}).encode()
    assert server.ask("class", body).status in (400, 404)


def test_without_its_secret_nobody_leads_a_session(server, room):
    phone = Phone(room)
    before = room.seen()
    body = json.dumps({"do": "reveal", "question": FIRST}).encode()
    for headers in ({}, {SECRET: ""}, {SECRET: "x"}, {SECRET: server.secret}):
        assert phone.ask("teach", body, **headers).status == 403
        if headers:
            assert phone.ask("state", **headers).status == 403

    async def forged():
        async with phone.live() as socket:
            await heard(socket)
            for message in ({"do": "reveal", "question": FIRST}, {"secret": None, "do": "end"}):
                await say(socket, message)
            assert await closed(socket) == 4403
        async with connected(room) as stranger:
            await say(stranger, {"do": "reveal", "question": FIRST})
            assert await closed(stranger) == 4403

    asyncio.run(forged())
    assert room.seen()["questions"] == before["questions"]


@pytest.mark.parametrize("origin", ["http://evil.example", "null", "http://127.0.0.1:1", "http://[::1"])
def test_pages_of_others_can_neither_guess_nor_teach_nor_listen(server, room, origin):
    phone = Phone(room)
    assert phone.guess(FIRST, 10, Origin=origin).status == 403
    body = json.dumps({"secret": server.secret, "page": LESSON}).encode()
    assert server.ask("class", body, Origin=origin).status == 403
    assert room.ask("teach", b'{"do":"end"}', **{SECRET: room.secret, "Origin": origin}).status == 403

    async def tried():
        async with phone.live(Origin=origin):
            pass

    with pytest.raises(HTTPClientError, match="403"):
        asyncio.run(tried())
    assert room.seen()["questions"][FIRST]["guessed"] == [0, 0]


def test_the_own_origin_may_also_behind_a_proxy_that_keeps_the_host(server, room):
    phone = Phone(room)
    own = "/".join(server.address.split("/", 3)[:3])
    assert phone.guess(FIRST, 10, Origin=own).status == 200
    assert phone.guess(FIRST, 20, Origin="https://school.example", Host="school.example").status == 200

    async def listened():
        async with phone.live(Origin=own) as socket:
            return await heard(socket)

    assert asyncio.run(listened())["questions"][FIRST]["mine"] == [20, None]


def test_without_a_cookie_the_state_can_be_read_and_nothing_guessed(room):
    seen = json.loads(room.ask("state").body)
    assert seen["questions"][FIRST]["mine"] == [None, None]
    refused = room.ask("guess", json.dumps({"question": FIRST, "value": 10}).encode())
    assert refused.status == 403
    assert "cookies" in json.loads(refused.body)["error"]
    assert room.seen()["devices"] == 0
    for made_up in ("x", "a" * 23, "%3C" * 8):
        assert room.ask("guess", b"{}", Cookie=f"prolo-device={made_up}").status == 403
    assert room.seen()["devices"] == 0


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"", 400),
        (b"[]", 400),
        (b"{}", 400),
        (b"\xff", 400),
        (b'{"question":"replay","value":"<img>"}', 400),
        (b" " * 2001, 413),
    ],
)
def test_nonsense_is_refused_with_a_sentence(room, body, status):
    refused = Phone(room).ask("guess", body)
    assert refused.status == status
    assert re.fullmatch(r"[A-Z][^<]+\.", json.loads(refused.body)["error"])


def test_twenty_tabs_are_one_device_and_five_of_them_have_sockets(room):
    async def opened():
        phone = Phone(room)
        async with AsyncExitStack() as stack:
            tabs = [await stack.enter_async_context(phone.live()) for _ in range(20)]
            ends = [await closed(tab) for tab in tabs[5:]]
            assert set(ends) == {4429}
            assert (room.seen()["devices"], room.seen()["connected"]) == (1, 1)
            for tab in tabs[:5]:
                assert await heard(tab)

    asyncio.run(opened())


def test_a_flood_and_a_giant_message_of_one_device_leave_the_others_alone(room):
    async def played():
        loud, quiet = Phone(room), Phone(room)
        async with loud.live() as flood, loud.live() as giant, quiet.live() as phone, room.teaching() as teacher:
            await heard(phone)
            for _ in range(2000):
                flood.write_message(json.dumps({"guess": {"question": FIRST, "value": 30}}))
            for _ in range(500):
                giant.write_message("nonsense")
            giant.write_message("x" * 100_000)
            start = time.monotonic()
            await say(phone, {"guess": {"question": FIRST, "value": 70}})
            assert await heard(teacher, guessed(FIRST, 2, 0))
            assert await heard(phone, lambda seen: seen["questions"][FIRST]["mine"] == [70, None])
            assert time.monotonic() - start < 1
            refused = await heard_within(flood, 1)
            assert "too fast" in refused[-1]["error"]
            assert len(refused) < 20, "it is read as slowly as it may guess"

    asyncio.run(played())


def test_who_guesses_too_fast_without_a_socket_is_refused_too(room):
    phone = Phone(room)
    refused = [answer for answer in (phone.guess(FIRST, 10) for _ in range(60)) if answer.status != 200]
    assert {answer.status for answer in refused} == {429}
    assert "too fast" in json.loads(refused[0].body)["error"]


def test_what_is_refused_does_not_fill_the_terminal(server, room):
    before = server.said()
    phone = Phone(room)
    for _ in range(30):
        assert phone.ask("teach", b"{}").status == 403
        assert phone.ask("guess", b"nonsense").status == 400
    assert server.said() == before


def test_a_phone_that_does_not_read_keeps_nobody_waiting(room):
    async def played():
        deaf = Phone(room)
        address = urlsplit(room.server.address)
        asks = {
            "Host": address.netloc,
            "Cookie": deaf.cookie,
            "Connection": "Upgrade",
            "Upgrade": "websocket",
            "Sec-WebSocket-Version": "13",
            "Sec-WebSocket-Key": "QUJDREVGR0hJSktMTU5PUA==",
        }
        head = "".join(f"{name}: {value}\r\n" for name, value in asks.items())
        reader, writer = await asyncio.open_connection(address.hostname, address.port, limit=1024)
        writer.write(f"GET {address.path}class/{room.code}/live HTTP/1.1\r\n{head}\r\n".encode())
        assert b" 101 " in await reader.readuntil(b"\r\n\r\n")
        async with Phone(room).live() as other, room.teaching() as teacher:
            for at in range(400):
                step = {"page": LESSON, "screen": "a", "at": at, "of": 400, "settings": {"gain": {"x": "y" * 550}}}
                await say(teacher, {"do": "step", **step})
            assert await heard(other, lambda seen: seen["step"] and seen["step"]["at"] == 399)
        writer.close()
        await writer.wait_closed()

    asyncio.run(played())


# Other servers


def test_a_server_with_a_login_asks_for_it_here_too(serving):
    with serving("--class", "--address=127.0.0.1", "--token=secret") as guarded:
        for path in ("join", "join/BBBB", "class/BBBB/lesson_small.html"):
            assert guarded.ask(path).headers["Location"].startswith("/login?next=")
        opening = json.dumps({"secret": guarded.secret, "page": LESSON}).encode()
        assert guarded.ask("class", opening).status == 403
        assert guarded.ask("class", b'{"secret":"x"}', Authorization="token secret").status == 403
        room = open_room(guarded, Authorization="token secret")
        for path in ("state", f"parts/{LESSON}/{FIRST}", "guesses.csv", "live"):
            assert room.ask(path, **{SECRET: room.secret}).status == 403
        assert room.do("end").status == 403
        assert room.ask(f"{LESSON}.html?token=secret").status == 200
        joined = guarded.ask(f"join/{room.code}?token=secret")
        assert joined.status == 302
        assert "Set-Cookie" in joined.headers


def test_a_server_that_is_not_for_a_class_has_no_sessions(serving, tmp_path):
    notebook(tmp_path / "lesson_mine.ipynb", new_markdown_cell("# Mine"), OWN_CODE, lesson=True)
    with serving(str(tmp_path)) as server:
        assert server.ask("class", b"{}").status == 404
        assert server.ask("join").status == 404


@pytest.fixture(scope="module")
def other_server(serving, folder):
    with serving("--class", "--address=127.0.0.1", str(folder)) as running:
        yield running


def test_a_lesson_that_needs_a_kernel_can_not_be_opened_and_another_one_can(other_server):
    body = json.dumps({"secret": other_server.secret, "page": "lesson_mine"}).encode()
    assert other_server.ask("class", body).status == 404
    assert open_room(other_server, OTHER).do("end").status == 200


def test_there_are_so_many_sessions_and_no_more(other_server):
    rooms = [open_room(other_server, OTHER) for _ in range(20)]
    assert len({room.code for room in rooms}) == 20
    body = json.dumps({"secret": other_server.secret, "page": OTHER}).encode()
    assert other_server.ask("class", body).status == 409
    rooms[3].do("end")
    open_room(other_server, OTHER)
