"""A class of 300 phones and its teacher, measured: `make bench-class`. It is no test.

One process plays all phones, each with a socket and a cookie of its own, so its own work is part of every time.
"""

import asyncio
import json
import sys
import time
import urllib.request
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

import psutil
from bench_pages import p95
from screenshot import Server, served, waited
from tornado.httpclient import AsyncHTTPClient, HTTPRequest
from tornado.websocket import WebSocketClientConnection, websocket_connect

PHONES = 300
LESSON, QUESTION = "lesson_small", "replay"
SECONDS = 10  # within which the class guesses
CLASSES = 3


@dataclass
class Room:
    """A session that was opened, and the times at which its teacher heard how many have guessed."""

    server: Server
    code: str
    secret: str
    heard: dict[int, float] = field(default_factory=dict)

    @property
    def address(self) -> str:
        return f"{self.server.address}class/{self.code}/"

    async def socket(self, cookie: str = "") -> WebSocketClientConnection:
        address = f"{self.address}live".replace("http:", "ws:")
        return await websocket_connect(HTTPRequest(address, headers={"Cookie": cookie} if cookie else {}))

    async def listen(self, teacher: WebSocketClientConnection, round_: int) -> None:
        """Note when the teacher first hears of so many guesses of a round; until cancelled."""
        while (text := await teacher.read_message()) is not None:
            now = time.perf_counter()
            for count in range(json.loads(text)["questions"][QUESTION]["guessed"][round_], 0, -1):
                if self.heard.setdefault(count, now) != now:
                    break


@dataclass
class Phone:
    """A phone: its cookie and its socket."""

    cookie: str
    socket: WebSocketClientConnection

    async def guess(self, value: int) -> float:
        """When it was sent."""
        await self.socket.write_message(json.dumps({"guess": {"question": QUESTION, "value": value}}))
        return time.perf_counter()

    async def until(self, status: str) -> float:
        """When the question has a status here."""
        while (text := await self.socket.read_message()) is not None:
            if json.loads(text)["questions"][QUESTION]["status"] == status:
                return time.perf_counter()
        raise RuntimeError("The server has closed the socket of a phone.")


def opened(server: Server) -> Room:
    body = json.dumps({"secret": server.secret, "page": LESSON}).encode()
    with urllib.request.urlopen(f"{server.address}class", data=body) as answer:
        known: dict[str, Any] = json.load(answer)
    return Room(server, known["code"], known["secret"])


async def joined(client: AsyncHTTPClient, room: Room) -> Phone:
    page = await client.fetch(f"{room.address}{LESSON}.html", headers={"Accept-Encoding": "gzip"})
    cookie = page.headers["Set-Cookie"].split(";")[0]
    return Phone(cookie, await room.socket(cookie))


async def guessing(room: Room, phones: list[Phone], teacher: WebSocketClientConnection, round_: int) -> list[float]:
    """Milliseconds from each guess to the teacher's count that includes it. The class guesses within ``SECONDS``."""
    room.heard.clear()
    listening = asyncio.create_task(room.listen(teacher, round_))
    sent = []
    for i, phone in enumerate(phones):
        sent.append(await phone.guess(10 * (i % 100)))
        await asyncio.sleep(SECONDS / len(phones))
    await asyncio.sleep(1)
    listening.cancel()
    with suppress(asyncio.CancelledError):
        await listening
    return [1000 * (room.heard[count] - at) for count, at in enumerate(sent, 1)]


async def revealing(room: Room, phones: list[Phone], teacher: WebSocketClientConnection) -> list[float]:
    """Milliseconds from the reveal until each phone knows of it."""
    known = [asyncio.create_task(phone.until("revealed")) for phone in phones]
    await asyncio.sleep(0.5)
    start = time.perf_counter()
    await teacher.write_message(json.dumps({"do": "reveal", "question": QUESTION}))
    return [1000 * (at - start) for at in await asyncio.gather(*known)]


async def unlocking(client: AsyncHTTPClient, room: Room, phones: list[Phone]) -> float:
    """Milliseconds until every phone has what the reveal unlocks, all asking at once."""
    start = time.perf_counter()
    address = f"{room.address}parts/{LESSON}/{QUESTION}"
    await asyncio.gather(
        *(client.fetch(address, headers={"Cookie": one.cookie, "Accept-Encoding": "gzip"}) for one in phones)
    )
    return 1000 * (time.perf_counter() - start)


def memory(server: Server) -> int:
    """Bytes of the server."""
    return int(psutil.Process(server.pid).memory_info().rss)


@dataclass
class Measured:
    """What was measured in all classes: milliseconds, and bytes a device."""

    guesses: list[float] = field(default_factory=list)
    reveals: list[float] = field(default_factory=list)
    parts: list[float] = field(default_factory=list)
    device: list[float] = field(default_factory=list)


async def a_class(server: Server, client: AsyncHTTPClient, found: Measured) -> list[WebSocketClientConnection]:
    """One lesson of a class; its sockets, which stay open."""
    room = opened(server)
    await client.fetch(f"{room.address}{LESSON}.html")
    teacher = await room.socket()
    await teacher.write_message(json.dumps({"secret": room.secret}))
    before = memory(server)
    phones = [await joined(client, room) for _ in range(PHONES)]
    found.guesses += await guessing(room, phones, teacher, 0)
    await teacher.write_message(json.dumps({"do": "again", "question": QUESTION}))
    found.guesses += await guessing(room, phones, teacher, 1)
    found.device.append((memory(server) - before) / PHONES)
    found.reveals.append(max(await revealing(room, phones, teacher)))
    found.parts.append(await unlocking(client, room, phones))
    return [teacher, *(phone.socket for phone in phones)]


async def classes(server: Server, found: Measured) -> None:
    """One class after the other. All stay open, so that none takes the memory that another has left."""
    AsyncHTTPClient.configure(None, max_clients=PHONES)
    client = AsyncHTTPClient()
    sockets = [socket for _ in range(CLASSES) for socket in await a_class(server, client, found)]
    for socket in sockets:
        socket.close()
    for socket in sockets:
        while await socket.read_message() is not None:
            pass


def say(what: str, value: str, goal: str) -> None:
    print(f"{what:76} {value:>12}  {goal}", flush=True)


def main() -> None:
    """Measure and print."""
    found = Measured()
    with served(sys.stderr, options=("--class", "--address=127.0.0.1")) as server:
        waited(lambda: not psutil.Process(server.pid).children(), 300)  # prepared states are being made
        asyncio.run(classes(server, found))
    say(f"{PHONES} phones: from a guess to the teacher's count (p95)", f"{p95(found.guesses):.0f} ms", "goal 300")
    say(f"{PHONES} phones: from a reveal until all know of it", f"{max(found.reveals):.0f} ms", "goal 1000")
    say(f"{PHONES} phones: until all have what it unlocks", f"{max(found.parts):.0f} ms", "")
    say(f"{PHONES} phones: memory a phone", f"{max(found.device) / 1000:.0f} kB", "goal 50")


if __name__ == "__main__":
    main()
