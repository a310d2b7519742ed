"""A chart that is taller than the screen: what the reader sees of it comes first, and the rest before it is seen."""

import pytest
from playwright.sync_api import expect

SMALL = {"width": 390, "height": 600}  # a phone; the charts tried here are more than three times as high
LONG = {"gain": {"outcome": "pain"}, "caveat_share": {"benchmarks": "all"}}

# Makes a change with the chart's beginning on the screen, and says what is drawn once the view says that it is ready.
# All the while a key is pressed now and then, so that there is no pause in which more could be drawn.
_CHANGED = """async (section, [name, value]) => {
  const chart = section.querySelector("[data-role=chart]");
  section.scrollIntoView();
  window.scrollBy(0, chart.getBoundingClientRect().top - 300);
  window.presses = 0;
  window.pressing = setInterval(() => {
    window.presses += 1;
    document.dispatchEvent(new KeyboardEvent("keydown", { key: "Shift" }));
  }, 50);
  section.querySelector(`[name="${name}"][value="${value}"]`).click();
  const shows = () => section.dataset.ready === "true" && section.dataset.state.includes(`${name}=${value}`);
  while (!shows()) await new Promise((resolve) => setTimeout(resolve));
  const below = section.querySelector(".to-come")?.getBoundingClientRect().top;
  const rows = [...chart.querySelectorAll(".labels p:not(.heading)")].map((label) => label.getBoundingClientRect().top);
  const marks = chart.data.flatMap((trace) => trace.ids ?? []);
  return { below, lowest: Math.max(...rows), marks, height: innerHeight };
}"""
# As often as takes longer than the pause (idle.js) in which more would be drawn, twice.
_PRESSED_ON = "(before) => window.presses >= before + 20"
_STOP = "() => clearInterval(window.pressing)"
_END = "(chart) => window.scrollBy(0, chart.getBoundingClientRect().bottom - 500)"


@pytest.fixture(params=LONG)
def changed(request, open_page):
    """A window whose reader has just changed a view, the view, and what was drawn then."""
    [(name, value)] = LONG[request.param].items()
    window = open_page(**SMALL)
    drawn = window.view(request.param).evaluate(_CHANGED, [name, value])
    return window, request.param, LONG[request.param], drawn


def test_a_change_draws_all_rows_on_the_screen_and_not_the_whole_chart(changed):
    window, key, params, drawn = changed
    assert drawn["lowest"] >= drawn["height"], "the rows go on below the screen"
    assert drawn["below"] > drawn["height"], "what is still to come is not on the screen"
    window.page.wait_for_function(_PRESSED_ON, arg=window.page.evaluate("window.presses"))
    assert window.shown(key).marks == drawn["marks"], "while the page is used it stays at that"
    window.page.evaluate(_STOP)
    window.must_show(key, **params)
    assert len(window.shown(key).marks) > len(drawn["marks"])


def test_the_other_rows_are_there_when_the_reader_comes_near_them(changed):
    window, key, params, _ = changed
    window.part(key, "chart").evaluate(_END)
    window.must_show(key, **params)


def test_paper_gets_the_whole_chart(changed, rendering):
    window, key, params, _ = changed
    window.page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    rows = [row for panel in rendering(key, **params).chart.panels for row in panel.rows]
    expect(window.view(key).locator(".on-paper tbody tr")).to_have_count(len(rows))
