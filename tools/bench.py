"""How fast, how small, how steady: `make bench` prints what one run measured. Nothing here is a test.

Times on a shared machine are noisy, so the page is measured in turns with a bare static page (two charts, four
switches, the same plotly.js), and their ratio is what counts.
"""

import asyncio
import gzip
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import psutil
from bench_growth import growth
from find_browser import find_browser
from playwright.sync_api import Browser, Page, sync_playwright
from screenshot import Server, served
from tornado.httpclient import AsyncHTTPClient

from prolo_dash.editions.browser import FLAGS
from prolo_dash.editions.page import assets, rest_file
from prolo_dash.evidence.library import library
from prolo_dash.stats.replay import replay_counts, replay_means

ROUNDS = 7
CLICKS = 60
FAST_CLICKS = 500

# The bare static page, as a person would write it: both charts at once, a switch restyles the first.
_STATIC = """<!DOCTYPE html><html lang="en"><meta charset="utf-8"><title>bare</title><h1>Trials</h1>
<p>Twenty-four trials, four conditions.</p><div id="switches"></div><div id="a"></div><div id="b"></div>
<script src="plotly.js"></script><script>
const kinds = ["knee", "back", "elbow", "heel"], on = [true, true, true, true];
const traces = kinds.map((k, i) => ({ type: "scatter", mode: "markers", name: k,
  x: [1, 2, 3, 4, 5, 6].map((v) => v + i), y: [0, 1, 2, 3, 4, 5].map((v) => `${k} ${v}`),
  error_x: { type: "data", array: [1, 1, 1, 1, 1, 1] } }));
Plotly.newPlot("a", traces, { height: 480, width: 900 }).then(() => Plotly.newPlot("b", [0, 1].map((i) => (
  { type: "bar", x: traces.flatMap((t) => t.y), y: traces.flatMap((t) => t.x.map((v) => v + i)) })),
  { height: 480, width: 900, barmode: "stack" })).then(() => { window.stands = true; });
kinds.forEach((k, i) => { const box = document.createElement("input"); box.type = "checkbox"; box.checked = true;
  box.onclick = () => { on[i] = !on[i]; Plotly.restyle("a", { visible: on }).then(() => {
    document.body.dataset.done = String(Number(document.body.dataset.done ?? 0) + 1); }); };
  document.getElementById("switches").append(box); });
</script></html>"""

# For each page: whether its charts stand, and a script that clicks switch i and answers when the chart has changed.
_OURS = """() => [...document.querySelectorAll("section[data-view=claim], section[data-view=gain]")].length === 2
  && [...document.querySelectorAll("section[data-view=claim], section[data-view=gain]")]
  .every((section) => section.dataset.ready === "true")"""
_OUR_CLICK = """(i) => new Promise((done) => { const start = performance.now();
  const section = document.querySelector("section[data-view=gain]"), old = section.dataset.state;
  section.querySelectorAll("[name=conditions]")[i].click();
  const look = () => (section.dataset.state !== old && section.dataset.ready === "true"
    ? done(performance.now() - start) : setTimeout(look, 1)); look(); })"""
_BARE_CLICK = """(i) => new Promise((done) => { const start = performance.now(), old = document.body.dataset.done;
  document.querySelectorAll("input")[i].click();
  const look = () => (document.body.dataset.done !== old ? done(performance.now() - start) : setTimeout(look, 1));
  look(); })"""
PAGES = {"bare": ("() => window.stands === true", _BARE_CLICK), "ours": (_OURS, _OUR_CLICK)}


def say(what: str, value: str, goal: str = "") -> None:
    """One line of the report."""
    print(f"{what:58} {value:>24}  {goal}", flush=True)


def ms(values: list[float]) -> str:
    """Median and 95th percentile."""
    ordered = sorted(values)
    return f"{statistics.median(ordered):.0f} / {ordered[int(0.95 * (len(ordered) - 1))]:.0f} ms"


def bare_page(folder: Path) -> str:
    """Serve the bare page, compressed and cached as well as ours; its address."""
    (folder / "index.html").write_text(_STATIC, encoding="utf-8")
    (folder / "plotly.js").write_bytes(gzip.compress(assets()["plotly.min.js"][1]))

    class Quiet(SimpleHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def end_headers(self) -> None:
            if self.path.endswith(".js"):
                self.send_header("Content-Encoding", "gzip")
            super().end_headers()

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return f"http://127.0.0.1:{server.server_port}/"


def visit(browser: Browser, address: str, name: str) -> tuple[float, float]:
    """A cold visit: milliseconds until a click has changed the chart, and until the first paint."""
    stands, click = PAGES[name]
    page = browser.new_context(viewport={"width": 1280, "height": 900}).new_page()
    start = time.perf_counter()
    page.goto(address, wait_until="commit")
    page.wait_for_function(stands, polling=5)
    page.evaluate(click, 0)
    ready = 1000 * (time.perf_counter() - start)
    paint = page.evaluate("performance.getEntriesByName('first-contentful-paint')[0].startTime")
    page.context.close()
    return ready, paint


def first_visits(browser: Browser, addresses: dict[str, str]) -> None:
    """Interactive and first paint, in turns."""
    found: dict[str, list[tuple[float, float]]] = {name: [] for name in addresses}
    for _ in range(ROUNDS):
        for name, address in addresses.items():
            found[name].append(visit(browser, address, name))
    middle = {name: [statistics.median(v[i] for v in own) for i in (0, 1)] for name, own in found.items()}
    say("interactive, bare page", f"{middle['bare'][0]:.0f} ms")
    say("interactive, ours", f"{middle['ours'][0]:.0f} ms")
    say("  ratio", f"{middle['ours'][0] / middle['bare'][0]:.2f}", "goal 1.3")
    say("first contentful paint, ours", f"{middle['ours'][1]:.0f} ms")
    say("  as a share of the bare page's interactive", f"{middle['ours'][1] / middle['bare'][0]:.2f}", "goal 0.5")


def clicks(browser: Browser, addresses: dict[str, str]) -> None:
    """How long a click takes, then whether any is lost when they come fast."""
    for name, address in addresses.items():
        page = browser.new_context(viewport={"width": 1280, "height": 900}).new_page()
        page.goto(address)
        page.wait_for_function(PAGES[name][0])
        page.wait_for_timeout(1500)
        say(f"a click, {name} (median / p95)", ms([page.evaluate(PAGES[name][1], i % 4) for i in range(CLICKS)]))
        if name == "ours":
            many_clicks(page)
        page.context.close()


def many_clicks(page: Page) -> None:
    """500 clicks without a pause: the last state must be the one that the switches show."""
    page.evaluate(
        f"""async () => {{ const boxes = [...document.querySelectorAll("section[data-view=gain] [name=conditions]")];
        for (let i = 0; i < {FAST_CLICKS}; i += 1) {{ boxes[i % 5].click();
          if (i % 7 === 0) await new Promise((r) => setTimeout(r, 1)); }} }}"""
    )
    page.wait_for_timeout(1500)
    agree = page.evaluate(
        """() => { const section = document.querySelector("section[data-view=gain]");
        const on = [...section.querySelectorAll("[name=conditions]:checked")].map((b) => b.value).join(".") || "none";
        return new URLSearchParams(section.dataset.state).get("conditions") === on; }"""
    )
    say(f"state right after {FAST_CLICKS} quick clicks", "yes" if agree else "NO", "goal yes")


def memory(server: Server) -> float:
    """Megabytes of the server and all it started."""
    process = psutil.Process(server.pid)
    return float(sum(p.memory_info().rss for p in (process, *process.children(recursive=True)))) / 1e6


async def one_reader(client: AsyncHTTPClient, address: str, files: list[str], wait: float) -> list[float]:
    """All that a reader's browser asks for; seconds of each answer."""
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
    files = ["", *(address for address, _ in assets().values()), rest_file(library())[0], "live"]
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
    """Visits that come and go."""
    before = memory(server)
    for _ in range(times):
        page = browser.new_page()
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
    """What a kernel's import of all chapters costs."""
    command = [sys.executable, "-c", "import ipykernel.kernelapp, {}"]
    base = timed(lambda: subprocess.run([*command[:2], "import ipykernel.kernelapp"], check=True), 5)
    ours = timed(
        lambda: subprocess.run([*command[:2], "import ipykernel.kernelapp, prolo_dash.explainer"], check=True), 5
    )
    say("import of all chapters, beyond an empty kernel", f"{ours - base:.0f} ms", "goal 300")


def main() -> None:
    """Measure and print."""
    say(
        "10,000 repeats of a trial with counts",
        f"{timed(lambda: replay_counts(0.6, 21, 0.3, 22, 10_000)):.1f} ms",
        "goal 50",
    )
    say(
        "10,000 repeats of a trial with scores",
        f"{timed(lambda: replay_means(5, 10, 30, 10, 30, 10_000)):.1f} ms",
        "goal 50",
    )
    imports()
    with tempfile.TemporaryDirectory() as folder, served(sys.stderr) as server, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_browser(), args=list(FLAGS))
        while psutil.Process(server.pid).children():  # prepared states are being made
            time.sleep(0.5)
        say("server, idle", f"{memory(server):.0f} MB", "goal 200")
        addresses = {"bare": bare_page(Path(folder)), "ours": server.address}
        first_visits(browser, addresses)
        clicks(browser, addresses)
        open_and_close(browser, server)
        browser.close()
    with served(sys.stderr) as server:
        for readers in (30, 300):
            asyncio.run(a_class(server, readers))
        say("server, after that", f"{memory(server):.0f} MB")
    growth(say)


if __name__ == "__main__":
    main()
