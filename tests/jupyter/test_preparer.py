"""Prepared states are made beside the server, and never in the way of a reader."""

import asyncio
from contextlib import asynccontextmanager

import psutil
import pytest

from prolo_dash.jupyter.preparer import Maker


@pytest.fixture(autouse=True)
def an_empty_cache(monkeypatch, tmp_path):
    monkeypatch.setenv("JUPYTER_DATA_DIR", str(tmp_path))


@asynccontextmanager
async def at_work(folder, *, rest=3600, spared=3600):
    """A maker with everything still to do, and its process."""
    before = set(psutil.Process().children())
    working = Maker(folder, rest, spared)
    await working.start()
    (process,) = set(psutil.Process().children()) - before
    try:
        yield working, process
    finally:
        await working.stop()


async def becomes(process, still):
    """Wait until a process stands still, or works."""
    async with asyncio.timeout(10):
        while (process.status() == psutil.STATUS_STOPPED) != still:
            await asyncio.sleep(0.01)


def test_it_rests_while_a_page_starts_and_goes_on_after_the_last_reader(tmp_path):
    async def visits():
        async with at_work(tmp_path, rest=2) as (working, process):
            working.rest()
            await becomes(process, still=True)
            await asyncio.sleep(1.2)
            working.rest()
            await asyncio.sleep(1.2)
            assert process.status() == psutil.STATUS_STOPPED, "2.4 s after the first reader, 1.2 s after the second"
            await becomes(process, still=False)

    asyncio.run(visits())


def test_a_server_that_is_never_quiet_gets_its_states_too(tmp_path):
    async def visits():
        async with at_work(tmp_path, spared=0) as (working, process):
            await asyncio.sleep(0.01)
            working.rest()
            await asyncio.sleep(0.1)
            assert process.status() != psutil.STATUS_STOPPED

    asyncio.run(visits())


def test_it_can_be_ended_while_it_rests(tmp_path):
    async def ended():
        async with at_work(tmp_path) as (working, process):
            working.rest()
            await becomes(process, still=True)
        return process

    assert not asyncio.run(asyncio.wait_for(ended(), 10)).is_running()
