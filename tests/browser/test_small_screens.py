"""A phone, upright, in the light and in the dark: nothing is cut off and nothing moves sideways."""

import pytest

from prolo_dash.chapters.registry import CHAPTER_VIEWS

OTHERS = [("gain", "show", "groups"), ("gain", "outcome", "function"), ("caveat", "outcome", "pain")]
_TOO_WIDE = """() => [...document.querySelectorAll("body *")]
  .filter((element) => element.getBoundingClientRect().right > document.documentElement.clientWidth + 1)
  .map((element) => `${element.tagName} ${element.className} ${element.textContent.slice(0, 40)}`)"""
# A chart's words that stick out of it, and so are cut off.
_CUT = """(section) => {
  const box = section.querySelector("[data-role=chart]").getBoundingClientRect();
  return [...section.querySelectorAll("[data-role=chart] svg text")].filter((text) => {
    const { left, right, width } = text.getBoundingClientRect();
    return width > 0 && (left < box.left - 1 || right > box.right + 1);
  }).map((text) => text.textContent);
}"""

_ON_EACH_OTHER = """() => [...document.querySelectorAll(".labels")].flatMap((place) => {
  const labels = [...place.children].map((label) => [label.textContent, label.getBoundingClientRect()]);
  const meet = (a, b) => Math.min(a.bottom, b.bottom) > Math.max(a.top, b.top) + 1
    && Math.min(a.right, b.right) > Math.max(a.left, b.left) + 1;
  return labels.flatMap(([one, box], i) => labels.slice(i + 1).filter(([, other]) => meet(box, other))
    .map(([other]) => `${one} / ${other}`));
})"""

_FITS = """() => [...document.querySelectorAll("[data-role=chart]:has(svg)")].every(
  (chart) => Math.abs(chart.querySelector("svg").getBoundingClientRect().width - chart.clientWidth) <= 1)"""


def assert_nothing_sticks_out(window):
    window.wait_whole()
    wide = window.page.evaluate("document.documentElement.scrollWidth > window.innerWidth")
    assert not wide, window.page.evaluate(_TOO_WIDE)
    for view in CHAPTER_VIEWS:
        chart = window.part(view, "chart").locator("svg").first
        if chart.count():
            assert chart.bounding_box()["width"] <= window.view(view).bounding_box()["width"]
        assert window.view(view).evaluate(_CUT) == []


@pytest.mark.parametrize("width", [1280, 390])
def test_no_label_of_a_chart_lies_on_another(open_page, width):
    window = open_page(width=width)
    window.wait_whole()
    assert window.page.locator(".labels p").count() > 50
    assert window.page.evaluate(_ON_EACH_OTHER) == []
    window.input("own_trial", "kind", "scores").check(force=True)
    window.must_show("own_trial", kind="scores")
    assert window.page.evaluate(_ON_EACH_OTHER) == []


def resized(window, width, height):
    """Turn or shrink the screen; wait until every chart has been drawn for it."""
    window.page.set_viewport_size({"width": width, "height": height})
    window.page.wait_for_function(_FITS)


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_nothing_is_cut_off_or_moves_sideways_at_390_px_and_320_px(open_page, dark):
    window = open_page(width=390, height=844, dark=dark)
    window.unfold()
    assert_nothing_sticks_out(window)
    for view, name, value in OTHERS:
        window.input(view, name, value).click()
        window.must_show(view, **{name: value})
        window.unfold()
        assert_nothing_sticks_out(window)
        window.page.go_back()
        window.must_show(view)
    resized(window, 320, 640)
    assert_nothing_sticks_out(window)


def test_a_chart_is_drawn_anew_when_the_phone_is_turned(open_page):
    window = open_page(width=844, height=390)
    resized(window, 390, 844)
    assert_nothing_sticks_out(window)
    window.must_show("caveat")


_AS_IT_PRINTS = """() => { window.print = () => {
  window.printed = [...document.querySelectorAll("main *")].filter((element) => element.offsetHeight > 0)
    .filter((element) => !element.querySelector("section.view") && !element.closest("section.view"))
    .map((element) => element.textContent);
}; }"""


def test_a_view_that_is_printed_alone_has_nothing_else_of_the_page_above_it(open_page):
    window = open_page()
    window.wait_whole()
    window.page.emulate_media(media="print")
    window.page.evaluate(_AS_IT_PRINTS)
    window.part("gain", "print").evaluate("(button) => button.click()")
    assert window.page.evaluate("window.printed") == []
