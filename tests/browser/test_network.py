"""What the page asks of a school network: little, once, and of nobody but its own server.

That no other host is asked is checked after every browser test, in conftest.py.
"""

from prolo_dash.editions.page import assets

FIRST = 700_000  # bytes of a first visit as they travel, headers too
SECOND = 30_000
MOST_REQUESTS = 15
WHOLE_PLOTLY = 700_000  # what the plotly of the wheel adds where npm could not be reached when it was installed


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


def test_nothing_moves_when_the_scripts_take_over(window):
    moved = window.page.evaluate("""() => new Promise((resolve) => {
      let sum = 0;
      new PerformanceObserver((list) => { for (const entry of list.getEntries()) sum += entry.value; })
        .observe({ type: "layout-shift", buffered: true });
      setTimeout(() => resolve(sum), 500);
    })""")
    assert moved == 0
