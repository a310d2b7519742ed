"""Questions of many readers at once: each is answered, and one too many is told so at once."""

import asyncio
import json
import threading

from prolo_dash.jupyter import server
from prolo_dash.jupyter.server import BUSY, Desk, most_waiting

QUESTION = json.dumps({"view": "own_trial", "params": {"prolo_better": "15"}}).encode()


def test_one_question_too_many_is_told_at_once_and_the_others_are_answered(monkeypatch):
    released = threading.Event()
    answer = server._answer

    def slow(body):
        released.wait(30)
        return answer(body)

    monkeypatch.setattr(server, "_answer", slow)

    async def all_ask():
        desk = Desk(3)
        waiting = [asyncio.create_task(desk.answer(QUESTION)) for _ in range(3)]
        await asyncio.sleep(0)
        refused = await desk.answer(QUESTION)
        released.set()
        return refused, await asyncio.gather(*waiting)

    refused, answered = asyncio.run(all_ask())
    assert json.loads(refused) == {"error": BUSY}
    assert [json.loads(one)["view"] for one in answered] == ["own_trial"] * 3


def test_a_small_machine_lets_fewer_questions_wait():
    # 100 MB free: a tenth is 10 MB, and a question has at most 0.5 MB
    assert most_waiting(100_000_000) == 20
    assert most_waiting(16_000_000_000) == 200
    assert most_waiting(1_000_000) == 1
