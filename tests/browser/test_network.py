"""What the page asks of a school network: little, once, and of nobody but its own server.

That no other host is asked is checked after every browser test, in conftest.py.
"""

import re
from base64 import b64encode
from hashlib import sha256
from http.client import HTTPConnection
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from prolo_dash.evidence.library import library
from prolo_dash.render.notebooks import notebooks_dir, read_notebook
from prolo_dash.render.page import assets, deferred_files, page

from .conftest import ON_SCREEN, PATIENCE

EXPLAINER = read_notebook(notebooks_dir() / "explainer.ipynb", library())
FIRST = 700_000  # bytes of a first visit as they travel, headers too
SECOND = 30_000
MOST_REQUESTS = 15


_FIRST_CHARTS = """setInterval(() => {
  const drawn = document.querySelector("section[data-view=claim]")?.dataset.ready === "true";
  if (drawn) window.stood ??= performance.now();
}, 5)"""
_BEGUN = """Object.fromEntries(performance.getEntriesByType("resource").map(
  ({ name, startTime }) => [new URL(name).pathname.slice(1), startTime - window.stood]))"""


def travelled(window, visit):
    """Bytes of a visit as the browser counts them, and how many requests it took."""
    sizes = []
    protocol = window.context.new_cdp_session(window.page)
    protocol.send("Network.enable")
    protocol.on("Network.loadingFinished", lambda event: sizes.append(event["encodedDataLength"]))
    visit()
    window.wait_whole()
    for view in ("answer", "claim"):
        expect(window.view(view)).to_have_attribute("data-states", "ready", timeout=PATIENCE)
    other = window.input("claim", "claim").nth(1)
    other.evaluate("(input) => input.click()")
    window.must_show("claim", claim=other.get_attribute("value"))
    protocol.detach()
    return sum(sizes), len(sizes)


def test_a_first_visit_is_small_and_a_second_one_hardly_anything(open_page):
    window = open_page(fresh=True)
    window.page.goto("about:blank")
    window.page.context.new_cdp_session(window.page).send("Network.clearBrowserCache")
    first, requests = travelled(window, window.go)
    again, _ = travelled(window, window.page.reload)
    print(f"first visit: {requests} requests, {first:,.0f} bytes; second: {again:,.0f} bytes")
    assert first < FIRST
    assert requests <= MOST_REQUESTS
    assert again < SECOND


def test_what_later_chapters_show_is_fetched_when_the_first_charts_stand(open_page):
    window = open_page("nothing", wait=False, fresh=True)
    window.forgiven = "404"
    window.page.add_init_script(_FIRST_CHARTS)
    window.go()
    window.wait_whole()
    begun = window.page.evaluate(_BEGUN)
    at_once, *later = (begun[address] for address in deferred_files(library()))
    assert at_once < 0
    assert min(later) > 0


@pytest.mark.parametrize("path", ["/", f"/{assets()['prolo.css'][0]}"])
def test_who_asks_only_whether_a_file_is_there_gets_its_size(server, path):
    sizes = []
    for method in ("HEAD", "GET"):
        connection = HTTPConnection(urlsplit(server.address).netloc)
        connection.request(method, path)
        answer = connection.getresponse()
        assert answer.status == 200
        sizes.append((answer.getheader("Content-Length"), bool(answer.read())))
        connection.close()
    (told, body), (sent, whole) = sizes
    assert told == sent
    assert whole
    assert not body


_MOVED = """() => {
  const observer = new PerformanceObserver(() => {});
  observer.observe({ type: "layout-shift", buffered: true });
  return observer.takeRecords().map(({ value }) => value);
}"""


@pytest.mark.parametrize("link", ["", "#caveat"])
def test_nothing_moves_when_the_scripts_take_over(open_page, link):
    window = open_page(link, folded=True)
    window.wait_whole()
    for _ in range(10):
        window.page.evaluate(ON_SCREEN)
    assert window.page.evaluate(_MOVED) == []


def test_the_page_needs_no_script_but_its_files_and_those_whose_hashes_are_allowed(open_page):
    """A strict Content-Security-Policy, as a careful host sends it."""
    window = open_page("nothing", wait=False)
    window.forgiven = "404"
    inline = re.findall(r"<script>(.*?)</script>", page(library(), EXPLAINER, live=True), re.DOTALL)
    hashes = " ".join(f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'" for text in inline)
    policy = (
        f"default-src 'none'; script-src 'self' {hashes}; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
        "connect-src 'self'; base-uri 'none'; form-action 'none'"
    )

    def strictly(route):
        answer = route.fetch()
        route.fulfill(response=answer, headers=answer.headers | {"Content-Security-Policy": policy})

    window.page.route(window.server.address, strictly)
    window.go()
    window.wait_whole()
    window.must_have_states()
    window.input("gain", "show", "groups").click()
    window.must_show("gain", show="groups")
    window.part("gain", "share").click()
    expect(window.page.get_by_role("dialog").get_by_role("img")).to_be_visible()


def test_a_script_that_runs_twice_starts_the_page_once(open_page):
    """As where a page has this script, and anywidget runs it again from a copy."""
    window = open_page("nothing", wait=False, fresh=True)
    window.forgiven = "404"
    window.page.context.new_cdp_session(window.page).send("Page.setBypassCSP", {"enabled": True})
    window.go()
    window.wait_ready()
    before = len([request for request in window.requests if request.url.endswith("/live")])
    exported = window.page.evaluate("""async () => {
      const text = await (await fetch(document.querySelector("[data-prolo-host]").src)).text();
      const copy = await import(URL.createObjectURL(new Blob([text], { type: "text/javascript" })));
      return typeof copy.default;
    }""")
    assert exported == "function"
    window.page.evaluate(ON_SCREEN)
    assert len([request for request in window.requests if request.url.endswith("/live")]) == before
