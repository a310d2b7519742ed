"""What the page asks of a school network: little, once, and of nobody but its own server.

That no other host is asked is checked after every browser test, in conftest.py.
"""

import zlib

FILE = 5_000_000  # bytes of the largest file: plotly.js
VISIT = 6_000_000  # bytes of a first visit
CLICK = 50_000  # bytes through the websocket for one change, as they travel
# plotly.js in the browser's own books: bytes over the network, bytes of the file.
_PLOTLY = """() => performance.getEntriesByType("resource").filter((entry) => entry.name.includes("plotly"))
  .map((entry) => [entry.transferSize, entry.decodedBodySize])"""
_CHANGED = "([view, old]) => document.querySelector(`section[data-view=${view}]`).dataset.state !== old"
CHANGES = {
    "gain": (
        "outcome=pain",
        "show=groups",
        "outcome=function",
        "conditions=groin",
        "conditions=groin",
        "outcome=better",
    ),
    "caveat": ("outcome=pain", "show=left", "outcome=function", "show=split", "outcome=better", "show=reported"),
}


def test_a_first_visit_is_a_few_files_and_a_second_one_has_plotly_already(window):
    sizes = {request.url: len(request.response().body()) for request in window.requests}
    assert len(sizes) == len(window.requests) <= 10
    assert max(sizes.values()) < FILE
    assert sum(sizes.values()) < VISIT
    print(f"first visit: {len(sizes)} requests, {sum(sizes.values()):,} bytes")
    ((fetched, size),) = window.page.evaluate(_PLOTLY)
    assert fetched > size / 10
    window.page.reload()
    window.wait_ready()
    ((fetched, again),) = window.page.evaluate(_PLOTLY)
    assert fetched < 1_000
    assert again == size


def test_a_change_costs_less_than_50_kb(window):
    compression = []
    protocol = window.context.new_cdp_session(window.page)
    protocol.send("Network.enable")
    protocol.on("Network.webSocketHandshakeResponseReceived", lambda e: compression.append(e["response"]["headers"]))
    window.page.reload()
    window.wait_ready()
    assert "permessage-deflate" in str(compression)

    costs = {}
    for view, change in ((view, change) for view, changes in CHANGES.items() for change in changes):
        window.frames.clear()
        state = window.shown(view).state
        window.input(view, *change.split("=")).click()
        window.page.wait_for_function(_CHANGED, arg=[view, state])
        assert window.wait_until(lambda: '"idle"' in str(window.frames[-1]))
        frames = [frame.encode() if isinstance(frame, str) else frame for frame in window.frames]
        costs[f"{view}: {window.shown(view).state}"] = sum(len(zlib.compress(frame)) for frame in frames)
        print(sum(len(frame) for frame in frames), costs[f"{view}: {window.shown(view).state}"], view, change)
    assert {state: cost for state, cost in costs.items() if cost > CLICK} == {}
