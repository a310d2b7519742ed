"""Colours: legible for everybody, the same in charts and page, and one for each arm."""

import re
from itertools import combinations
from pathlib import Path
from typing import get_args

import pytest

from prolo_dash.chapters.registry import VIEW_BY_KEY
from prolo_dash.evidence.records import Role
from prolo_dash.kit.plotly_marks import filled
from prolo_dash.kit.theme import DARK, LIGHT, ROLE_COLOUR, TEMPLATE, Fill

ROOT = Path(__file__).resolve().parents[2]
CSS = ROOT / "frontend/src/page.css"
THEMES = pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
TEXT = ("ink", "soft", "flag", "link")
MARKS = ("prolo", "control", "without", "other")


def luminance(colour):
    """Relative luminance, WCAG 2.2."""
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one, other):
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def test_the_formula_gives_the_values_that_wcag_states():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.005)  # the well-known grey that just fails
    assert contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.005)  # and the one that just passes


@THEMES
@pytest.mark.parametrize("ground", ["paper", "wash"])
@pytest.mark.parametrize("token", TEXT)
def test_text_can_be_read(theme, ground, token):
    assert contrast(theme[token], theme[ground]) >= 4.5


@THEMES
@pytest.mark.parametrize("token", [*MARKS, "axis", "focus"])
def test_marks_axes_and_the_focus_ring_can_be_seen(theme, token):
    assert contrast(theme[token], theme["paper"]) >= 3


@THEMES
def test_a_range_behind_marks_hides_none_of_them_and_has_a_rim_that_can_be_seen(theme):
    assert all(contrast(theme[token], theme["band"]) >= 3 for token in MARKS)
    assert contrast(theme["ink"], theme["band"]) >= 4.5
    assert contrast(theme["axis"], theme["paper"]) >= 3


@THEMES
@pytest.mark.parametrize("token", MARKS)
def test_numbers_inside_bars_can_be_read(theme, token):
    on = "on_without" if token == "without" else "on_mark"
    assert contrast(theme[on], theme[token]) >= 4.5


@THEMES
@pytest.mark.parametrize(("one", "other"), combinations(MARKS, 2))
def test_arms_differ_without_colour(theme, one, other):
    """On paper from a black and white printer, or to who sees no hues. (1.03 between two of them before.)"""
    hatched = contrast(theme["control"], theme["control_hatch"]) >= 2
    assert contrast(theme[one], theme[other]) >= 1.5 or ({one, other} == {"control", "other"} and hatched)


@THEMES
def test_numbers_across_the_hatching_of_the_control_injection_can_be_seen(theme):
    assert contrast(theme["on_mark"], theme["control_hatch"]) >= 3


@THEMES
def test_each_arm_has_a_colour_of_its_own(theme):
    assert len({theme[token] for token in MARKS}) == len(MARKS)
    assert set(ROLE_COLOUR) == set(get_args(Role))
    assert set(ROLE_COLOUR.values()) == set(MARKS)


@THEMES
def test_no_two_arms_are_told_apart_as_red_and_green(theme):
    """Red is more red than green and blue, green more green; a chart of both is lost to many readers."""

    def hue(colour):
        red, green, blue = (int(colour[i : i + 2], 16) for i in (1, 3, 5))
        if green > 1.2 * max(red, blue):
            return "green"
        return "red" if red > 1.2 * max(green, blue) else ""

    assert not any({hue(theme[a]), hue(theme[b])} == {"red", "green"} for a, b in combinations(MARKS, 2))


def test_the_control_injection_is_hatched_so_that_colour_is_never_alone():
    assert "pattern" in filled(Fill("control", hatched=True))
    assert "pattern" not in filled(Fill("prolo"))


def test_dark_mode_replaces_every_token_and_can_tell_which_is_which():
    """The page swaps colours of a chart by their light value: two tokens may share one only if they share both."""
    assert set(LIGHT) == set(DARK)
    swapped = {}
    for token, colour in LIGHT.items():
        assert swapped.setdefault(colour, DARK[token]) == DARK[token], token


@THEMES
def test_colours_are_written_in_full_so_that_they_can_be_found_and_replaced(theme):
    assert all(re.fullmatch("#[0-9a-f]{6}", colour) for colour in theme.values())


def test_the_page_has_the_same_tokens_as_the_charts():
    text = CSS.read_text(encoding="utf-8")
    tokens = re.findall(r"--(\w+): var\(--day, (#[0-9a-f]{6})\) var\(--dark, (#[0-9a-f]{6})\);", text)
    assert {name: day for name, day, _ in tokens} == LIGHT
    assert {name: dark for name, _, dark in tokens} == DARK


def test_charts_use_tokens_only():
    used = set(re.findall("#[0-9a-fA-F]{3,8}", str(TEMPLATE)))
    assert used <= set(LIGHT.values())


@pytest.mark.parametrize("key", VIEW_BY_KEY)
def test_every_colour_of_a_chart_is_a_token_that_dark_mode_knows(key, shown):
    used = {
        colour for one in shown(key)[::7] for colour in re.findall("#[0-9a-fA-F]{3,8}", str((one.figure, one.labels)))
    }
    assert used <= set(LIGHT.values())
