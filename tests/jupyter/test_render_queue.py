"""Questions of many readers at once: each is answered in its turn, and who would wait too long is told so."""

import asyncio
import threading

import pytest

from prolo_dash.jupyter.render_queue import QueueFullError, RenderQueue

PATIENT = 30  # seconds


class Work:
    """What takes until it is let go; it notes who was answered, in order."""

    def __init__(self) -> None:
        self.released = threading.Event()
        self.done: list[str] = []

    def slow(self, name):
        def work():
            self.released.wait(PATIENT)
            self.done.append(name)
            return name

        return work

    def quick(self, name):
        def work():
            self.done.append(name)
            return name

        return work


async def asked(*tasks):
    """Questions, once each has come to the queue."""
    waiting = []
    for task in tasks:
        waiting.append(asyncio.ensure_future(task))
        await asyncio.sleep(0)
    return waiting


def test_every_question_is_answered_and_the_thread_is_never_asked_twice_at_once():
    async def ask():
        work, queue = Work(), RenderQueue(PATIENT, 1000)
        waiting = await asked(*(queue.answer("x", 1, work.slow(str(i))) for i in range(5)))
        work.released.set()
        return await asyncio.gather(*waiting), work.done

    answers, order = asyncio.run(ask())
    assert answers == order == list("01234")


def test_who_would_wait_too_long_is_told_so_and_the_others_are_answered():
    async def ask():
        work, queue = Work(), RenderQueue(0.05, 1000)
        first, second = await asked(
            queue.answer("x", 1, work.slow("first")), queue.answer("x", 1, work.quick("second"))
        )
        with pytest.raises(QueueFullError):
            await second
        work.released.set()
        assert await first == "first"
        assert await queue.answer("x", 1, work.quick("third")) == "third"
        return work.done

    assert asyncio.run(ask()) == ["first", "third"]


def test_what_is_known_to_be_quick_goes_before_what_is_slow():
    async def ask():
        work, queue = Work(), RenderQueue(PATIENT, 1000)
        timer = threading.Timer(0.2, work.released.set)
        timer.start()
        await queue.answer("replay", 1, work.slow("known to be slow"))
        await queue.answer("plain", 1, work.quick("known to be quick"))
        work.released.clear()
        waiting = await asked(
            queue.answer("plain", 1, work.slow("at work")),
            queue.answer("replay", 1, work.quick("replay")),
            queue.answer("plain", 1, work.quick("plain")),
        )
        work.released.set()
        await asyncio.gather(*waiting)
        return work.done[2:]

    assert asyncio.run(ask()) == ["at work", "plain", "replay"]


def test_a_question_whose_reader_has_left_is_dropped():
    async def ask():
        work, queue = Work(), RenderQueue(PATIENT, 1000)
        first, left, last = await asked(
            queue.answer("x", 1, work.slow("first")),
            queue.answer("x", 1, work.quick("left")),
            queue.answer("x", 1, work.quick("last")),
        )
        left.cancel()
        work.released.set()
        await asyncio.gather(first, last)
        return work.done

    assert asyncio.run(ask()) == ["first", "last"]


def test_a_reader_who_leaves_while_his_question_is_answered_does_not_stop_the_queue():
    async def ask():
        work, queue = Work(), RenderQueue(PATIENT, 1000)
        first, second = await asked(
            queue.answer("x", 1, work.slow("first")), queue.answer("x", 1, work.quick("second"))
        )
        first.cancel()
        work.released.set()
        return await second

    assert asyncio.run(ask()) == "second"


def test_questions_that_wait_take_no_more_memory_than_they_may():
    async def ask():
        work, queue = Work(), RenderQueue(PATIENT, 100)
        first, second = await asked(
            queue.answer("x", 60, work.slow("first")), queue.answer("x", 60, work.quick("second"))
        )
        with pytest.raises(QueueFullError):
            await queue.answer("x", 60, work.quick("too much"))
        work.released.set()
        await asyncio.gather(first, second)
        return await queue.answer("x", 60, work.quick("room again"))

    assert asyncio.run(ask()) == "room again"


def test_a_fault_goes_to_who_asked_and_the_next_is_answered():
    def fails():
        raise ValueError("of mine")

    async def ask():
        queue = RenderQueue(PATIENT, 100)
        with pytest.raises(ValueError, match="of mine"):
            await queue.answer("x", 1, fails)
        return await queue.answer("x", 1, lambda: "next")

    assert asyncio.run(ask()) == "next"
