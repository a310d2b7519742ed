"""Benchmarks of speed, size and memory, printed by `make bench`; not tests.

Times on a shared machine are noisy, so measurements of the page alternate with those of a bare static page, and their
ratio is what counts.
"""

import asyncio
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from tempfile import TemporaryDirectory

import psutil
from bench_growth import conditions, growth
from bench_pages import (
    FAST_CLICKS,
    ROUNDS,
    Place,
    bare,
    changes,
    come_near,
    interactive,
    p95,
    right_after_many,
    visited,
    wire,
)
from find_browser import find_browser
from jupyter_client.manager import start_new_kernel
from playwright.sync_api import Browser, sync_playwright
from screenshot import Server, served
from tornado.httpclient import AsyncHTTPClient

from prolo_dash.evidence.library import library
from prolo_dash.render.browser import FLAGS
from prolo_dash.render.site import page_files
from prolo_dash.stats.replay import replay_counts, replay_means


def say(what: str, value: str, goal: str = "") -> None:
    """One line of the report."""
    print(f"{what:76} {value:>22}  {goal}", flush=True)


def ms(values: list[float]) -> str:
    """Median and 95th percentile."""
    return f"{statistics.median(values):.0f} / {p95(values):.0f} ms"


def pages(browser: Browser, ours: Place) -> None:
    """The page alternating with the bare one."""
    places = [bare(), ours]
    (bare_ready, _), (ready, paint) = interactive(browser, places)
    say("interactive, bare page", f"{bare_ready:.0f} ms")
    say("interactive, ours", f"{ready:.0f} ms")
    say("  ratio", f"{ready / bare_ready:.2f}", "goal 1.3")
    say("first contentful paint, ours", f"{paint:.0f} ms")
    say("  as a share of the bare page's interactive", f"{paint / bare_ready:.2f}", "goal 0.5")
    first_visitors(browser, places[0])
    for kind, name in (("click", "a click"), ("step", "a step of a slider")):
        both = changes(browser, places, kind)
        for i, until in enumerate(("until the chart has changed", "until that is shown")):
            simple, own = ([change[i] for change in found] for found in both)
            say(f"{name}, bare page, {until} (median / p95)", ms(simple))
            say(f"{name}, ours, {until} (median / p95)", ms(own))
            say("  ratio of the p95", f"{p95(own) / p95(simple):.2f}", "goal 2")


def first_visitors(browser: Browser, simple: Place) -> None:
    """The first visit after a start with new data, when every prepared state is still to be made."""
    bare_ready, ready = [], []
    for _ in range(ROUNDS):
        bare_ready.append(visited(browser, simple)[0])
        with TemporaryDirectory() as cache, served(sys.stderr, environment={"JUPYTER_DATA_DIR": cache}) as server:
            ready.append(visited(browser, Place(server.address))[0])
    first, then = statistics.median(ready), statistics.median(bare_ready)
    say("interactive, ours, first visitor after a start with new data", f"{first:.0f} ms")
    say("  ratio", f"{first / then:.2f}", "goal 1.3")


def steady(browser: Browser, ours: Place) -> None:
    """Fast clicks, and the bytes of a visit."""
    page = ours.opened(browser)
    come_near(page, "click")
    say(f"state right after {FAST_CLICKS} quick clicks", "yes" if right_after_many(page) else "NO", "goal yes")
    page.context.close()
    goals = {"first visit": "goal 700 kB, 15 requests", "second visit": "goal 30 kB"}
    for visit, (size, requests) in wire(browser, ours.address).items():
        say(f"bytes: {visit}", f"{size / 1000:.1f} kB, {requests} requests", goals.get(visit, ""))


def memory(server: Server) -> float:
    """Megabytes of the server and its child processes."""
    process = psutil.Process(server.pid)
    return float(sum(p.memory_info().rss for p in (process, *process.children(recursive=True)))) / 1e6


async def one_reader(client: AsyncHTTPClient, address: str, files: list[str], wait: float) -> list[float]:
    """All requests of a reader's browser; the seconds of each response."""
    await asyncio.sleep(wait)
    took = []
    for path in files:
        start = time.perf_counter()
        await client.fetch(address + path, headers={"Accept-Encoding": "gzip"}, decompress_response=False)
        took.append(time.perf_counter() - start)
    body = '{"view":"own_trial","params":{"prolo_better":"15"}}'
    start = time.perf_counter()
    await client.fetch(f"{address}answer", method="POST", body=body)
    return [*took, time.perf_counter() - start]


async def a_class(server: Server, readers: int) -> None:
    """Readers who arrive within ten seconds, each with an own trial."""
    AsyncHTTPClient.configure(None, max_clients=readers)
    client = AsyncHTTPClient()
    files = ["", *page_files(library()), "live"]
    before = memory(server)
    waits = [10 * i / readers for i in range(readers)]
    done = await asyncio.gather(
        *(one_reader(client, server.address, files, wait) for wait in waits), return_exceptions=True
    )
    times = [1000 * t for own in done if isinstance(own, list) for t in own]
    failed = sum(1 for own in done if not isinstance(own, list))
    say(f"{readers} readers in 10 s: answers (median / p95)", ms(times), "goal p95 1000")
    say(f"{readers} readers in 10 s: failed", str(failed), "goal 0")
    say(f"{readers} readers in 10 s: memory more than before", f"{memory(server) - before:.0f} MB", "goal 500")


def open_and_close(browser: Browser, server: Server, times: int = 200) -> None:
    """Memory and kernels after many short visits."""
    before = memory(server)
    for _ in range(times):
        page = browser.new_page(bypass_csp=True)
        page.goto(server.address)
        page.close()
    say(f"{times} visits opened and closed: memory", f"{memory(server) - before:+.1f} MB", "goal flat")
    kernels = [p for p in psutil.Process(server.pid).children(recursive=True) if "ipykernel" in " ".join(p.cmdline())]
    say("kernels started by all this", str(len(kernels)), "goal 0")


def timed(what: Callable[[], object], times: int = 20) -> float:
    """Milliseconds, median."""
    took = []
    for _ in range(times):
        start = time.perf_counter()
        what()
        took.append(1000 * (time.perf_counter() - start))
    return statistics.median(took)


def imports() -> None:
    """The time of importing all chapters into a kernel, once Python has compiled them."""
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    code = "import ipykernel.kernelapp, time; start = time.perf_counter(); import prolo_dash.explainer; "
    command = [sys.executable, "-c", code + "print(1000 * (time.perf_counter() - start))"]
    _, *took = (float(subprocess.check_output(command, env=environment)) for _ in range(8))
    say("import of all chapters, beyond an empty kernel", f"{statistics.median(took):.0f} ms", "goal 300")


def kernel_memory(code: str) -> float:
    """The unshared megabytes of a kernel that has run some code."""
    manager, client = start_new_kernel(kernel_name="python3", stderr=subprocess.DEVNULL)
    try:
        client.execute_interactive(code, timeout=60)
        (process,) = (p for p in psutil.Process().children() if manager.connection_file in p.cmdline())
        return float(process.memory_full_info().uss) / 1e6
    finally:
        client.stop_channels()
        manager.shutdown_kernel(now=True)


def kernels() -> None:
    """The memory of a notebook's kernel that has drawn every chapter. (A reader of ``prolo-dash serve`` has none.)"""
    draw = "from prolo_dash.explainer import chapter; from prolo_dash.chapters.registry import CHAPTERS; "
    draw += "every = [chapter(one.key) for one in CHAPTERS]"
    empty, full = kernel_memory(""), kernel_memory(draw)
    say("a kernel with every chapter, more than an empty one", f"{full - empty:.0f} of {full:.0f} MB", "goal 40")


def replays() -> None:
    """The two kinds of replay."""
    counts = timed(lambda: replay_counts(0.6, 21, 0.3, 22, 10_000))
    means = timed(lambda: replay_means(5, 10, 30, 10, 30, 10_000))
    say("10,000 repeats of a trial with counts", f"{counts:.1f} ms", "goal 50")
    say("10,000 repeats of a trial with scores", f"{means:.1f} ms", "goal 50")


def main() -> None:
    """Measure and print."""
    replays()
    imports()
    kernels()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_browser(), args=list(FLAGS))
        with served(sys.stderr) as server:
            while psutil.Process(server.pid).children():  # prepared states are being made
                time.sleep(0.5)
            say("server, idle", f"{memory(server):.0f} MB", "goal 160")
            ours = Place(server.address)
            pages(browser, ours)
            steady(browser, ours)
            open_and_close(browser, server)
        growth(browser, say)
        conditions(say)
        browser.close()
    with served(sys.stderr) as server:
        for readers in (30, 300):
            asyncio.run(a_class(server, readers))
        say("server, after that", f"{memory(server):.0f} MB")


if __name__ == "__main__":
    main()
