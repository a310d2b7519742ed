"""The page in the oldest browsers that it is made for (see frontend/build.js), and before all of it has come.

What those browsers lack is taken from this one.
"""

import re

import pytest
from playwright.sync_api import expect

from prolo_dash.render.page import assets

# Younger than Chrome 105, Firefox 115 or Safari 15.4, or as old as they but in not all of them.
_WITHOUT = """() => {
  delete AbortSignal.timeout;
  delete AbortSignal.any;
  delete window.DecompressionStream;
  delete window.CompressionStream;
  delete window.requestIdleCallback;
  delete window.structuredClone;
  delete crypto.randomUUID;
  for (const name of ["at", "findLast", "findLastIndex", "toSorted", "toReversed", "toSpliced", "with"])
    delete Array.prototype[name];
  for (const name of ["at", "isWellFormed", "toWellFormed"]) delete String.prototype[name];
  for (const name of ["groupBy", "hasOwn"]) delete Object[name];
  for (const name of ["withResolvers", "try"]) delete Promise[name];
  for (const name of ["union", "intersection", "difference", "isSubsetOf"]) delete Set.prototype[name];
  delete Map.groupBy;
  delete URL.canParse;
}"""
# A style sheet in words that no browser knows, as an older one meets them.
_UNKNOWN = (
    (":has(", ":-x-has("),
    ("@container", "@-x-container"),
    ("container-type", "-x-container-type"),
    ("dvh", "xvh"),
)
_CUT = """() => [...document.querySelectorAll("section[data-view] .chart")].filter(
  (chart) => chart.querySelector(".main-svg") && chart.clientHeight < chart.querySelector(".main-svg").clientHeight
).map((chart) => chart.closest("section").id)"""


def plain(window):
    """Takes from the page's style what old browsers lack."""

    def answer(route):
        response = route.fetch()
        style = response.text()
        for known, unknown in _UNKNOWN:
            style = style.replace(known, unknown)
        route.fulfill(response=response, body=style)

    window.page.route("**/static/prolo.*.css", answer)


def test_controls_answer_and_charts_are_whole_without_what_old_browsers_lack(open_page):
    window = open_page("nothing", width=390, wait=False, fresh=True)
    window.forgiven = "404"
    window.page.add_init_script(f"({_WITHOUT})()")
    plain(window)
    window.go()
    window.wait_ready()
    window.input("gain", "show", "groups").click()
    window.must_show("gain", show="groups")
    window.must_have_states()
    window.input("caveat", "outcome", "pain").click()
    window.must_show("caveat", outcome="pain")
    assert len([request for request in window.requests if request.url.endswith(assets()["gunzip.js"][0])]) == 1
    expect(window.page.locator("html")).to_have_attribute("data-kernel", "live")
    window.wait_whole()
    assert window.page.evaluate(_CUT) == []
    for checked in ("groups", "gain"):  # what is chosen can be seen
        expect(window.input("gain", "show", checked)).to_have_css("opacity", "1")
    window.part("gain", "share").click()
    expect(window.page.get_by_role("dialog").get_by_role("img")).to_be_visible()
    window.page.keyboard.press("Escape")
    window.page.keyboard.press("t")
    expect(window.page.locator(".bar .at")).to_contain_text(re.compile(r"^chapter \d+ of \d+, part 1 of \d+"))


def test_a_browser_that_unpacks_by_itself_loads_no_file_for_that(shared):
    shared.must_have_states()
    assert [request.url for request in shared.requests if "gunzip" in request.url] == []


def test_what_is_set_before_the_script_comes_is_kept_and_answered(open_page):
    window = open_page("nothing", wait=False)
    window.forgiven = "404"
    held = []

    def hold(route):
        held.append(route)

    window.page.route("**/static/prolo.*.js", hold)
    window.page.goto(f"{window.server.address}?gain.outcome=pain#gain", wait_until="commit")
    window.input("gain", "show", "groups").check()
    window.input("caveat", "show", "left").check()
    assert window.wait_until(lambda: held)
    held[0].continue_()
    window.must_show("gain", show="groups", outcome="pain")
    window.must_show("caveat", show="left")
    expect(window.page).to_have_url(re.compile("gain.show=groups"))


@pytest.mark.parametrize("script", [True, False], ids=["script", "neither"])
def test_without_the_style_no_line_says_what_does_not_hold(open_page, script):
    window = open_page("nothing", wait=False)
    window.forgiven = "Failed to load resource"
    window.page.route("**/static/prolo.*.css", lambda route: route.abort())
    if not script:
        window.page.route("**/static/prolo.*.js", lambda route: route.abort())
    window.page.goto(window.server.address, wait_until="commit")
    expect(window.page.locator("html")).to_have_attribute("data-kernel", "live" if script else "off")
    expect(window.page.locator("#own_trial")).to_be_attached()
    expect(window.page.locator(".connection")).to_be_hidden()
