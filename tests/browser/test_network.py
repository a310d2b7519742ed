"""What the page asks of a school network: little, once, and of nobody but its own server.

That no other host is asked is checked after every browser test, in conftest.py.
"""

from http.client import HTTPConnection
from urllib.parse import urlsplit

import pytest

from prolo_dash.editions.page import assets, rest_files
from prolo_dash.evidence.library import library

FIRST = 700_000  # bytes of a first visit as they travel, headers too
SECOND = 30_000
MOST_REQUESTS = 15
WHOLE_PLOTLY = 700_000  # what the plotly of the wheel adds where npm could not be reached when it was installed


_FIRST_CHARTS = """setInterval(() => {
  const drawn = document.querySelector("section[data-view=gain]")?.dataset.ready === "true";
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
    window.wait_ready()
    window.input("claim", "claim").first.evaluate("(input) => input.form.elements.claim[1].click()")
    window.page.wait_for_timeout(500)
    protocol.detach()
    return sum(sizes), len(sizes)


def test_a_first_visit_is_small_and_a_second_one_hardly_anything(open_page):
    window = open_page()
    window.page.goto("about:blank")
    window.page.context.new_cdp_session(window.page).send("Network.clearBrowserCache")
    first, requests = travelled(window, window.go)
    again, _ = travelled(window, window.page.reload)
    print(f"first visit: {requests} requests, {first:,.0f} bytes; second: {again:,.0f} bytes")
    basic = b"basic" in assets()["plotly.min.js"][1][:200]
    assert first < FIRST + (0 if basic else WHOLE_PLOTLY)
    assert requests <= MOST_REQUESTS
    assert again < SECOND


def test_what_later_chapters_show_is_fetched_when_the_first_charts_stand(open_page):
    window = open_page()
    window.page.add_init_script(_FIRST_CHARTS)
    window.page.goto("about:blank")
    window.go()
    window.wait_ready()
    begun = window.page.evaluate(_BEGUN)
    at_once, *later = (begun[address] for address, _ in rest_files(library()).values())
    assert at_once < 0
    assert min(later) > 0


@pytest.mark.parametrize("path", ["/", f"/{assets()['page.css'][0]}"])
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


@pytest.mark.parametrize("link", ["", "#caveat"])
def test_nothing_moves_when_the_scripts_take_over(open_page, link):
    window = open_page(link)
    moved = window.page.evaluate("""() => new Promise((resolve) => {
      let sum = 0;
      new PerformanceObserver((list) => { for (const entry of list.getEntries()) sum += entry.value; })
        .observe({ type: "layout-shift", buffered: true });
      setTimeout(() => resolve(sum), 500);
    })""")
    assert moved == 0
