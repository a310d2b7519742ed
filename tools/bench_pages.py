"""Measurements in a browser: time to interactive, time of a click and of a slider step, bytes transferred.

The same script drives the explainer and a bare static page (two charts, four switches, a slider, the same plotly.js).
"""

import gzip
import statistics
import threading
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from mimetypes import guess_type
from pathlib import Path

from playwright.sync_api import Browser, Page

from prolo_dash.render.page import assets

ROUNDS = 11  # of first visits
VISITS = 5  # for changes
CHANGES = 12  # of each visit
PAUSE = 150  # milliseconds between them
FAST_CLICKS = 500
SETTLED = 1500  # milliseconds until a page that was just opened is idle

# The bare static page, as a person would write it: a switch hides points of a chart, the slider splits bars in two.
_BARE = """<!DOCTYPE html><html lang="en"><meta charset="utf-8"><title>bare</title><h1>Trials</h1>
<p>Twenty-four trials, four conditions.</p><div id="switches"></div><div id="points"></div>
<input id="share" type="range" value="40"><div id="bars"></div><script src="plotly.js"></script><script>
const kinds = ["knee", "back", "elbow", "heel"], on = [true, true, true, true], all = [0, 1, 2, 3, 4, 5];
const traces = kinds.map((kind, i) => ({ type: "scatter", mode: "markers", name: kind, x: all.map((v) => v / 9 + i / 5),
  y: all.map((v) => `${kind} trial ${v}`), error_x: { type: "data", array: all.map((v) => 0.2 + v / 20) } }));
const names = traces.flatMap(({ y }) => y), gains = names.map((_, i) => 14 + (i * 7) % 30);
const split = (share) => [share, 100 - share].map((part) => gains.map((gain) => (gain * part) / 100));
Plotly.newPlot("points", traces, { height: 480, width: 900, margin: { l: 140 }, title: { text: "Effects" } });
Plotly.newPlot("bars", split(40).map((y) => ({ type: "bar", x: names, y })),
  { height: 480, width: 900, barmode: "stack", title: { text: "Gain split" } });
kinds.forEach((kind, i) => { const box = document.createElement("input"); box.type = "checkbox"; box.checked = true;
  box.onclick = () => { on[i] = !on[i]; Plotly.restyle("points", { visible: on[i] }, [i]); };
  document.getElementById("switches").append(box); });
share.oninput = () => Plotly.restyle("bars", { y: split(Number(share.value)) }, [0, 1]);
</script></html>"""

# What the common script needs of a page: its switches, its slider, and for each kind of change a fingerprint of the
# chart (empty while it is being drawn).
_BARE_PARTS = """{ switches: () => document.querySelectorAll("[type=checkbox]"), slider: () => share, marks: {
    click: () => bars() && `${document.querySelectorAll(".scatterlayer .points path").length} points`, step: bars } };
  function bars() { const all = [...document.querySelectorAll(".barlayer .point path")];
    return all.length === 48 ? all.map((bar) => bar.getAttribute("d")).join() : ""; }"""
_OUR_PARTS = """{ switches: () => document.querySelectorAll("[data-role=page-controls] [type=checkbox]"),
    slider: () => document.querySelector("section[data-view=caveat_trial] [type=range][name=suppose]"), marks: {
    click: () => drawn("answer"), step: () => drawn("caveat_trial") } };
  function drawn(view) { const { ready, state } = document.querySelector(`section[data-view=${view}]`).dataset;
    return ready === "true" ? state : ""; }"""

# Flips the first switch once the charts are drawn, and records when the chart has changed. A change is timed until the
# chart has changed, and until the frame that shows it is done.
_SCRIPT = """(() => { const bench = window.bench = %s;
  const changed = (kind, old, then) => { const look = () => { const now = bench.marks[kind]();
    if (now && now !== old) then(performance.now()); else setTimeout(look, 1); }; look(); };
  const acts = { click: (i) => bench.switches()[i %% 4].click(),
    step: (i) => { const slider = bench.slider(); slider.value = i %% 2 ? 55 : 45;
      slider.dispatchEvent(new Event("input", { bubbles: true })); } };
  const act = (kind, i, then) => { const old = bench.marks[kind](); acts[kind](i); changed(kind, old, then); };
  const whenShown = (then) => requestAnimationFrame(() => { const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => then(performance.now()); port2.postMessage(0); });
  bench.timed = (kind, i) => new Promise((done) => { const start = performance.now();
    act(kind, i, (at) => whenShown((shown) => done([at - start, shown - start]))); });
  addEventListener("DOMContentLoaded", () => changed("click", "", () => act("click", 0, (at) => {
    bench.interactive = at; }))); })()"""


@dataclass(frozen=True)
class Place:
    """A page to measure: its address, and what the common script needs of it."""

    address: str
    parts: str = _OUR_PARTS

    def opened(self, browser: Browser) -> Page:
        """The page in a browser that has never seen it, once it is interactive."""
        page = browser.new_context(bypass_csp=True, viewport={"width": 1280, "height": 900}).new_page()
        page.add_init_script(_SCRIPT % self.parts)
        page.goto(self.address, wait_until="commit")
        page.wait_for_function("window.bench?.interactive", polling=20)
        return page


def bare() -> Place:
    """The bare page, served as efficiently as ours."""
    return Place(served_files({"index.html": _BARE.encode(), "plotly.js": assets()["plotly.min.js"][1]}), _BARE_PARTS)


def built(folder: Path) -> Place:
    """A static site in a folder."""
    files = {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    return Place(served_files(files))


def served_files(files: dict[str, bytes]) -> str:
    """Serve files precompressed, as a good web host does; returns their address."""
    packed = {name: content if name.endswith(".gz") else gzip.compress(content) for name, content in files.items()}

    class Host(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            name = self.path.split("?")[0].lstrip("/") or "index.html"
            content = packed.get(name, b"")
            self.send_response(200 if content else 404)
            if content and not name.endswith(".gz"):
                self.send_header("Content-Encoding", "gzip")
            self.send_header("Content-Type", guess_type(name)[0] or "application/octet-stream")
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Host)
    server.handle_error = lambda *_: None  # type: ignore[method-assign]  # pages are closed during downloads
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return f"http://127.0.0.1:{server.server_port}/"


def p95(values: Iterable[float]) -> float:
    """The 95th percentile."""
    ordered = sorted(values)
    return ordered[int(0.95 * (len(ordered) - 1))]


def interactive(browser: Browser, places: list[Place]) -> list[tuple[float, float]]:
    """Alternating cold visits: for each page the median milliseconds until interactive and until the first paint."""
    found: list[list[tuple[float, float]]] = [[] for _ in places]
    for _ in range(ROUNDS):
        for own, place in zip(found, places, strict=True):
            own.append(visited(browser, place))
    return [(statistics.median(a for a, _ in own), statistics.median(b for _, b in own)) for own in found]


def visited(browser: Browser, place: Place) -> tuple[float, float]:
    """One cold visit: milliseconds until interactive, and until the first paint."""
    page = place.opened(browser)
    ready = page.evaluate("bench.interactive")
    paint = page.evaluate("performance.getEntriesByName('first-contentful-paint')[0].startTime")
    page.context.close()
    return ready, paint


def changes(browser: Browser, places: list[Place], kind: str) -> list[list[tuple[float, float]]]:
    """Clicks ("click") or slider steps ("step") in several alternating visits, at a reader's pace.

    For each page and change the milliseconds until the chart has changed, and until that is shown.
    """
    found: list[list[tuple[float, float]]] = [[] for _ in places]
    for _ in range(VISITS):
        for own, place in zip(found, places, strict=True):
            page = place.opened(browser)
            come_near(page, kind)
            for i in range(CHANGES):
                changed, shown = page.evaluate(f"bench.timed('{kind}', {i})")
                own.append((changed, shown))
                page.wait_for_timeout(PAUSE)
            page.context.close()
    return found


def come_near(page: Page, kind: str) -> None:
    """Scroll to the control, and wait as long as a reader would look at it."""
    field = "bench.switches()[0]" if kind == "click" else "bench.slider()"
    page.wait_for_function("!document.documentElement.classList.contains('starting')")
    page.evaluate(f"{field}.scrollIntoView({{ block: 'center' }})")
    page.wait_for_function(f"({field}.closest('section')?.dataset ?? {{ states: 'ready' }}).states === 'ready'")
    page.wait_for_timeout(SETTLED)


def right_after_many(page: Page) -> bool:
    """500 clicks without a pause: whether the last state is the one that the switches show."""
    page.evaluate(
        f"""async () => {{ for (let i = 0; i < {FAST_CLICKS}; i += 1) {{ bench.switches()[i % 5].click();
          if (i % 7 === 0) await new Promise((r) => setTimeout(r, 1)); }} }}"""
    )
    page.wait_for_timeout(SETTLED)
    return bool(
        page.evaluate(
            """() => { const checked = [...bench.switches()].filter((box) => box.checked);
        const on = checked.map((box) => box.value).join(".") || "none";
        return ["answer", "gain"].every((view) => {
          const { state } = document.querySelector(`[data-view=${view}]`).dataset;
          return new URLSearchParams(state).get("conditions") === on; }); }"""
        )
    )


def wire(browser: Browser, address: str) -> dict[str, tuple[int, int]]:
    """Bytes and requests of a first visit, of a second one, and of a visit that then fetches every prepared state."""
    page = browser.new_context(bypass_csp=True, viewport={"width": 1280, "height": 900}).new_page()
    protocol = page.context.new_cdp_session(page)
    sizes: list[int] = []
    protocol.send("Network.enable")
    protocol.on("Network.loadingFinished", lambda event: sizes.append(int(event["encodedDataLength"])))

    def taken(act: Callable[[], object]) -> tuple[int, int]:
        sizes.clear()
        act()
        page.wait_for_timeout(2 * SETTLED)
        return sum(sizes), len(sizes)

    def have_states(views: str) -> None:
        every = f"[...document.querySelectorAll('{views}')].every((own) => own.dataset.states === 'ready')"
        page.wait_for_function(every, timeout=120_000)

    def come(act: Callable[[], object]) -> None:
        act()
        have_states("section[data-view=answer], section[data-view=claim]")

    def use() -> None:
        page.keyboard.press("Shift")
        have_states("section[data-view]")

    return {
        "first visit": taken(lambda: come(lambda: page.goto(address))),
        "second visit": taken(lambda: come(page.reload)),
        "every prepared state": taken(use),
    }
