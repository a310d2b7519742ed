"""The rules of WCAG 2.2, as far as a machine can check them, hold with everything unfolded."""

import pytest
from axe_playwright_python.sync_playwright import Axe

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
COLOURS = {"runOnly": {"type": "rule", "values": ["color-contrast"]}}
ALL = {"runOnly": {"type": "tag", "values": RULES}}
ALL_BUT_COLOURS = ALL | {"rules": {"color-contrast": {"enabled": False}}}


def objections(window, options=ALL, context=None):
    """What axe objects to."""
    found = Axe().run(window.page, context=context, options=options | {"resultTypes": ["violations"]})
    assert found.response["passes"]
    return f"{window.page.viewport_size}: {found.generate_report()}" if found.violations_count else ""


@pytest.fixture(scope="module", params=[False, True], ids=["light", "dark"])
def dark(request):
    return request.param


@pytest.fixture(scope="module")
def window(dark, opening):
    """The page in the light and in the dark, once for both tests."""
    with opening() as opened:
        window = opened(dark=dark)
        window.wait_whole()
        yield window


def test_axe_finds_nothing_to_object_to(window, dark):
    """Colours take axe ten times as long as all else; a theme has the same ones in every width."""
    window.unfold()
    assert objections(window, COLOURS if dark else ALL) == ""
    if not dark:
        window.page.set_viewport_size({"width": 390, "height": 900})
        window.wait_whole()
        assert objections(window, ALL_BUT_COLOURS) == ""


# Words of charts with their colour and what is behind them: a bar, or the page. (axe does not look into charts.)
_WORDS = """() => {
  const rgb = (colour) => colour.match(/[\\d.]+/g).slice(0, 3).map(Number);
  const painted = (shape) => {
    const { fill } = getComputedStyle(shape);
    const pattern = fill.match(/#([^"')]+)/);
    return pattern ? painted(document.getElementById(pattern[1]).querySelector("rect, path")) : fill;
  };
  const page = getComputedStyle(document.body).backgroundColor;
  const markUnder = (text) => {
    const { left, right, top, bottom } = text.getBoundingClientRect();
    return [...(text.closest("g.trace")?.querySelectorAll("path.point") ?? [])].find((mark) => {
      const box = mark.getBoundingClientRect();
      const { fill, fillOpacity } = getComputedStyle(mark);
      return fill !== "none" && fillOpacity !== "0" && box.left <= (left + right) / 2 && box.right >= (left + right) / 2
        && box.top <= (top + bottom) / 2 && box.bottom >= (top + bottom) / 2;
    });
  };
  return [...document.querySelectorAll("[data-role=chart] svg text")].flatMap((text) => {
    const bar = text.closest("g.point")?.querySelector("path") ?? markUnder(text);
    const words = [text, ...text.querySelectorAll("tspan")];
    return words.map((word) => [word.textContent, rgb(getComputedStyle(word).fill), rgb(bar ? painted(bar) : page)]);
  });
}"""


def luminance(colour):
    parts = [part / 255 for part in colour]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one, other):
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def test_words_in_charts_stand_out_from_what_is_behind_them(window):
    words = window.page.evaluate(_WORDS)
    assert len(words) > 50
    assert {(text, str(ink), str(ground)) for text, ink, ground in words if contrast(ink, ground) < 4.5} == set()
