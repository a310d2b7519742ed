"""Readers' own settings: spacing (WCAG 1.4.12), a larger default size, a least size of letters, more contrast."""

from contextlib import contextmanager

import pytest
from find_browser import find_browser
from playwright.sync_api import expect

from prolo_dash.kit.theme import LIGHT
from prolo_dash.render.browser import FLAGS

from .conftest import ALONE, ON_SCREEN, Window, rgb
from .test_small_screens import resized

# What WCAG 1.4.12 names, and the default size of a reader who has doubled half of it.
SPACED = """* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important; }
p { margin-bottom: 2em !important; }"""
LARGER = ":root { font-size: 24px; }"
LEAST = "--blink-settings=minimumFontSize=24"

# What lies on what in each chart: labels (HTML), words and marks (SVG). Of words the middle counts, where letters are.
_ON_EACH_OTHER = """() => [...document.querySelectorAll("[data-role=chart]")].flatMap((chart) => {
  const within = document.createRange();
  const lines = (label) => { within.selectNodeContents(label); return [...within.getClientRects()]; };
  const named = (selector, boxes) => [...chart.querySelectorAll(selector)].flatMap((found) => boxes(found).map(
    (box) => ({ name: found.textContent || found.getAttribute("class"), found, box })));
  const lower = ({ left, right, top, bottom, height }) => (
    { left, right, top: top + height / 5, bottom: bottom - height / 5 });
  const labels = named(".labels > p", lines);
  const words = named(".main-svg text", (found) => [lower(found.getBoundingClientRect())]);
  const marks = named(".plot .point, .plot .errorbar", (found) => [found.getBoundingClientRect()]);
  const meet = (a, b) => a.found !== b.found
    && Math.min(a.box.bottom, b.box.bottom) > Math.max(a.box.top, b.box.top) + 1.5
    && Math.min(a.box.right, b.box.right) > Math.max(a.box.left, b.box.left) + 1.5;
  const pairs = (some, others) => some.flatMap((one) => others.filter((other) => meet(one, other))
    .map((other) => `${chart.closest("section").id}: ${one.name} / ${other.name}`));
  return [...pairs(labels, labels), ...pairs(labels, words), ...pairs(labels, marks), ...pairs(words, words)];
})"""
_HIGH = "() => [...document.querySelectorAll('[data-role=chart] .labels > p')].map((label) => label.offsetHeight)[0]"


def assert_nothing_meets(window):
    for width in (1280, 390):
        resized(window, width, 900)
        window.wait_whole()
        assert window.page.evaluate(_ON_EACH_OTHER) == []


@pytest.mark.parametrize("style", [SPACED, LARGER], ids=["spaced", "larger"])
def test_letters_that_change_while_the_page_is_read_have_room(shared, style):
    resized(shared, 1280, 900)
    before = shared.page.evaluate(_HIGH)
    added = shared.page.add_style_tag(content=style)
    shared.page.evaluate(ON_SCREEN)
    shared.wait_whole()
    assert shared.page.evaluate(_HIGH) > 1.1 * before
    assert_nothing_meets(shared)
    added.evaluate("(style) => style.remove()")


def test_who_asks_for_more_contrast_gets_it(shared):
    """Soft words and borders are as dark as any, in charts too. (There were no rules for it.)"""
    places = [
        shared.part("gain", "controls").locator("legend").first,
        shared.part("gain", "chart").locator(".xtick text"),
    ]
    shared.page.emulate_media(contrast="more")
    expect(places[0]).to_have_css("color", rgb(LIGHT["ink"]))
    expect(places[1].first).to_have_css("fill", rgb(LIGHT["ink"]))
    expect(shared.view("gain").locator(".controls")).to_have_css("border-top-color", rgb(LIGHT["ink"]))
    shared.page.emulate_media(contrast="no-preference")
    expect(places[0]).to_have_css("color", rgb(LIGHT["soft"]))


def test_letters_of_a_least_size_have_room(browser, server):
    with launched(browser, LEAST) as other:
        window = Window(other)
        window.begin(server)
        window.go()
        window.wait_whole()
        assert window.page.locator(".labels p").first.evaluate("(label) => getComputedStyle(label).fontSize") == "24px"
        assert_nothing_meets(window)
        assert window.troubles == []


@contextmanager
def launched(browser, flag):
    """A browser of its own, for a setting of the whole browser."""
    other = browser.browser_type.launch(executable_path=find_browser(), args=[*FLAGS, ALONE, flag])
    yield other
    other.close()
