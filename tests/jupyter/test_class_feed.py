"""Snapshots to a socket: the newest one, and never a queue."""

import asyncio
from itertools import count

from tornado.websocket import WebSocketClosedError

from prolo_dash.jupyter.classroom.feed import Feed


def test_a_slow_reader_gets_the_newest_and_misses_those_in_between():
    async def played():
        numbers, sent, is_read = count(1), [], asyncio.Event()
        newest = 0

        async def send(snapshot):
            sent.append(snapshot)
            await is_read.wait()

        feed = Feed(lambda: str(newest), send, 0)
        for newest in numbers:
            feed.wake()
            await asyncio.sleep(0)
            if newest == 50:
                break
        is_read.set()
        await asyncio.sleep(0.02)
        return sent

    first, last = asyncio.run(played())
    assert int(first) <= 2
    assert last == "50"


def test_after_each_snapshot_comes_a_pause():
    async def played():
        sent = []

        async def send(snapshot):
            sent.append(snapshot)

        feed = Feed(lambda: "", send, 0.05)
        for _ in range(30):
            feed.wake()
            await asyncio.sleep(0.005)
        await asyncio.sleep(0.1)
        return len(sent)

    assert 2 <= asyncio.run(played()) <= 8


def test_a_socket_that_was_closed_is_no_fault_and_a_later_one_is_woken_again():
    async def played():
        tries = []

        async def send(snapshot):
            tries.append(snapshot)
            raise WebSocketClosedError

        feed = Feed(lambda: "x", send, 0)
        for _ in range(2):
            feed.wake()
            await asyncio.sleep(0.01)
        return tries

    assert asyncio.run(played()) == ["x", "x"]
