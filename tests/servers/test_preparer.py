"""Prepared states are made beside the server, and never in the way of a reader."""

import asyncio
from contextlib import asynccontextmanager

import psutil
import pytest

from prolo_dash.jupyter import preparer
from prolo_dash.jupyter.preparer import StatePreparer


@pytest.fixture(autouse=True)
def nothing_is_prepared(monkeypatch, tmp_path):
    monkeypatch.setenv("JUPYTER_DATA_DIR", str(tmp_path))


@asynccontextmanager
async def at_work(*, rest=3600, spared=3600):
    """A preparer with everything still to do, and its process."""
    before = set(psutil.Process().children())
    working = StatePreparer(rest, spared)
    run = asyncio.ensure_future(working.start())
    async with asyncio.timeout(20):
        while not working.is_running:
            await asyncio.sleep(0.01)
    (process,) = set(psutil.Process().children()) - before
    try:
        yield working, process
    finally:
        working.stop()
        await run


async def becomes(process, still):
    """Wait until a process stands still, or works."""
    async with asyncio.timeout(10):
        while (process.status() == psutil.STATUS_STOPPED) != still:
            await asyncio.sleep(0.01)


def test_it_rests_while_a_page_starts_and_goes_on_after_the_last_reader():
    async def visits():
        async with at_work(rest=2) as (working, process):
            working.rest()
            await becomes(process, still=True)
            await asyncio.sleep(1.2)
            working.rest()
            await asyncio.sleep(1.2)
            assert process.status() == psutil.STATUS_STOPPED, "2.4 s after the first reader, 1.2 s after the second"
            await becomes(process, still=False)

    asyncio.run(visits())


def test_a_server_that_is_never_quiet_gets_its_states_too():
    async def visits():
        async with at_work(spared=0) as (working, process):
            await asyncio.sleep(0.01)
            working.rest()
            await asyncio.sleep(0.1)
            assert process.status() != psutil.STATUS_STOPPED

    asyncio.run(visits())


def test_it_can_be_ended_while_it_rests():
    async def ended():
        async with at_work() as (working, process):
            working.rest()
            await becomes(process, still=True)
        return process

    assert not asyncio.run(asyncio.wait_for(ended(), 10)).is_running()


def test_what_could_not_be_kept_is_told_once_and_not_tried_again_at_once(tmp_path, caplog):
    (tmp_path / "voila").write_text("a file where a folder is wanted")
    started = []

    async def twice():
        working = StatePreparer()
        create = asyncio.create_subprocess_exec

        async def counted(*command, **options):
            started.append(command)
            return await create(*command, **options)

        preparer.asyncio.create_subprocess_exec = counted
        try:
            await working.start()
            await working.start()
        finally:
            preparer.asyncio.create_subprocess_exec = create

    asyncio.run(twice())
    (record,) = caplog.records
    assert "can't be written" in record.getMessage()
    assert len(started) == 1
