"""One choice of conditions for the page, views that come folded, and words of the glossary that open in place."""

import re
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import expect

from prolo_dash.chapters.registry import CHAPTER_VIEWS
from prolo_dash.evidence.library import library

from .conftest import ON_SCREEN, PATIENCE

ONE = "low_back"
# How each of these views names the condition that is chosen alone: boxes, or a menu of its own.
FOLLOWERS = {
    "answer": {"conditions": ONE},
    "gain": {"conditions": ONE},
    "caveat": {"conditions": ONE},
    "certainty_later": {"condition": ONE},
}
# A condition on which the menu of this view has no trial, and another one on which nobody counted who was better.
LACKING, LACKED = "certainty_fragility", "tendons"
UNCOUNTED = "osteoarthritis"
_LABELS = {option.value: option.label for option in CHAPTER_VIEWS["gain"].controls(library())["conditions"].options}


def bar(window):
    return window.page.locator('[data-role="page-controls"]')


def choose(window, condition):
    """One condition alone, from the bar's menu."""
    bar(window).locator('select[name="conditions"]').select_option(condition)


def chosen_in_address(window):
    return parse_qs(urlsplit(window.page.url).query)


def must_follow(window):
    for key, params in FOLLOWERS.items():
        window.must_show(key, **params)


def must_be_usual(window):
    for key in FOLLOWERS:
        window.must_show(key)


def test_one_condition_for_the_page_changes_each_view_and_back_undoes_it(open_page):
    window = open_page()
    choose(window, ONE)
    must_follow(window)
    assert chosen_in_address(window) == {"conditions": [ONE]}
    expect(bar(window).get_by_role("checkbox", checked=True)).to_have_count(1)
    window.page.go_back()
    must_be_usual(window)
    assert chosen_in_address(window) == {}
    expect(bar(window).get_by_role("checkbox", checked=False)).to_have_count(0)
    window.page.go_forward()
    must_follow(window)


def test_the_choice_is_kept_by_a_reload_and_carried_by_a_link(open_page):
    window = open_page(folded=True)
    choose(window, ONE)
    window.must_show("answer", conditions=ONE)
    window.must_show("gain", conditions=ONE)
    window.input("gain", "show", "groups").click()
    window.must_show("gain", conditions=ONE, show="groups")
    expect(window.page).to_have_url(re.compile("gain.show=groups"))
    window.page.reload()
    window.wait_ready()
    window.must_show("gain", conditions=ONE, show="groups")
    window.must_show("caveat", conditions=ONE)
    other = open_page(window.part("gain", "link").get_attribute("href"), folded=True)
    other.must_show("gain", conditions=ONE, show="groups")
    other.must_show("answer", conditions=ONE)
    expect(other.view("certainty_later")).to_have_attribute("data-state", f"condition={ONE}", timeout=PATIENCE)


def test_boxes_of_the_bar_leave_single_conditions_out_and_show_all_brings_them_back(open_page):
    window = open_page()
    show_all = bar(window).get_by_role("button", name="Show all")
    expect(show_all).to_be_hidden()
    window.input("gain", "conditions", ONE).press("Space")
    left = ".".join(key for key in _LABELS if key != ONE)
    for key in ("answer", "gain", "caveat"):
        window.must_show(key, conditions=left)
    window.must_show("certainty_later")  # a menu has no room for several
    assert chosen_in_address(window) == {"conditions": [left]}
    show_all.click()
    must_be_usual(window)
    assert chosen_in_address(window) == {}
    expect(show_all).to_be_hidden()


def test_a_condition_of_the_answer_is_chosen_from_its_row(open_page, rendering):
    window = open_page()
    row = rendering("answer").plot.rows[-1]
    window.part("answer", "plot").get_by_role("button", name=row.label, exact=True).click()
    window.must_show("answer", conditions=row.key)
    window.must_show("gain", conditions=row.key)
    assert chosen_in_address(window) == {"conditions": [row.key]}


def test_a_choice_for_the_page_is_announced_once_and_not_by_each_view(open_page):
    window = open_page()
    window.input("gain", "show", "groups").click()
    window.must_show("gain", show="groups")
    said = window.page.locator("#prolo-said")
    expect(said).not_to_be_empty(timeout=PATIENCE)
    choose(window, LACKED)
    window.must_show("gain", show="groups", conditions=LACKED)
    window.must_show("certainty_later", condition=LACKED)
    remark(window, LACKING)
    expect(said).to_have_text(f"Shown on this page: {_LABELS[LACKED]}.")


def remark(window, key):
    """What a view says of the choice, which it does when it comes near the screen."""
    window.view(key).scroll_into_view_if_needed()
    notice = window.part(key, "notice")
    expect(notice).not_to_be_empty(timeout=PATIENCE)
    return notice.inner_text()


def test_a_view_that_has_nothing_on_the_condition_says_so_until_it_has(open_page):
    window = open_page()
    choose(window, LACKED)
    assert remark(window, LACKING).startswith(f"Nothing here is on this: {_LABELS[LACKED]}.")
    window.must_show(LACKING)
    window.must_show("certainty_later", condition=LACKED)
    expect(window.part("certainty_later", "notice")).to_be_empty()
    bar(window).get_by_role("button", name="Show all").click()
    expect(window.part(LACKING, "notice")).to_be_empty(timeout=PATIENCE)


def test_where_an_outcome_has_nothing_another_is_shown_as_long_as_the_condition_is(open_page):
    window = open_page()
    choose(window, UNCOUNTED)
    for key in ("gain", "caveat"):
        window.must_show(key, conditions=UNCOUNTED, outcome="pain")
        assert "Shown instead" in remark(window, key)
    bar(window).get_by_role("button", name="Show all").click()
    must_be_usual(window)


def test_where_a_reader_chooses_an_outcome_without_figures_another_is_one_press_away(open_page):
    window = open_page(f"?conditions={UNCOUNTED}")
    window.must_show("gain", conditions=UNCOUNTED, outcome="pain")
    window.input("gain", "outcome", "better").click()
    window.must_show("gain", conditions=UNCOUNTED, outcome="better")
    offer = window.part("gain", "instead").get_by_role("button", name="function scores: show them")
    offer.click()
    window.must_show("gain", conditions=UNCOUNTED, outcome="function")
    expect(window.page).to_have_url(re.compile("gain.outcome=function"))


def test_the_outcome_shown_instead_stays_on_the_way_to_another_chapter(open_page):
    """A link within the page is a change of its address, as the back button is."""
    window = open_page()
    choose(window, UNCOUNTED)
    window.must_show("gain", conditions=UNCOUNTED, outcome="pain")
    window.page.get_by_role("navigation").get_by_role("link", name="The gain").click()
    expect(window.page).to_have_url(re.compile("#"))
    window.must_show("gain", conditions=UNCOUNTED, outcome="pain")
    assert "Shown instead" in remark(window, "gain")


def test_reading_goes_on_at_the_heading_when_a_condition_is_chosen_from_its_row(open_page, rendering):
    window = open_page(width=390, height=844)
    row = rendering("answer").plot.rows[6]
    window.part("answer", "plot").get_by_role("button", name=row.label, exact=True).click()
    window.must_show("answer", conditions=row.key)
    heading = window.view("answer").get_by_role("heading", level=3)
    expect(heading).to_be_focused(timeout=PATIENCE)
    expect(heading).to_be_in_viewport(ratio=1)
    top = heading.bounding_box()["y"]
    assert top >= window.page.get_by_role("navigation").bounding_box()["height"] - 1


def test_the_line_of_actions_stays_where_it_is_when_one_is_opened(open_page):
    window = open_page()
    window.wait_whole()
    view = window.view("gain")
    actions = view.locator(".more summary:visible, .more .tools > :visible")
    before = [action.bounding_box()["y"] for action in actions.all()]
    summary = view.locator(".more summary", has_text="How to read this")
    summary.click()
    reading = window.part("gain", "reading")
    expect(reading).to_be_visible()
    after = [action.bounding_box()["y"] for action in actions.all()]
    assert [y - after[0] for y in after] == [y - before[0] for y in before]
    assert reading.bounding_box()["y"] > max(after)


def test_what_the_page_chooses_is_not_asked_again_by_its_views(open_page):
    window = open_page()
    expect(bar(window)).to_be_visible()
    for key in ("gain", "caveat", "answer"):
        expect(window.view(key).locator('[data-control="conditions"]')).to_be_hidden()
    expect(window.view("certainty_later").locator('[data-control="condition"]')).to_be_visible()
    choose(window, ONE)
    expect(window.view("certainty_later").locator('[data-control="condition"]')).to_be_hidden()


def test_on_a_phone_the_conditions_are_a_sheet_that_escape_closes(open_page):
    window = open_page(width=390, height=844)
    opener = bar(window).locator('[data-act="conditions"]')
    box = bar(window).get_by_role("checkbox").first
    expect(opener).to_have_attribute("aria-expanded", "false")
    expect(box).to_be_hidden()
    opener.click()
    expect(opener).to_have_attribute("aria-expanded", "true")
    expect(box).to_be_in_viewport()
    choose(window, ONE)
    expect(opener).to_contain_text(_LABELS[ONE])
    window.page.keyboard.press("Escape")
    expect(box).to_be_hidden()
    expect(opener).to_have_attribute("aria-expanded", "false")
    expect(opener).to_be_focused()
    must_follow(window)


FOLDED = tuple(key for key, view in CHAPTER_VIEWS.items() if not view.stands_open)


def unfold_button(window, key):
    return window.view(key).locator(":scope > .unfold > button")


def must_be_folded(window, key):
    expect(unfold_button(window, key)).to_have_attribute("aria-expanded", "false")
    for role in ("controls", "chart", "table"):
        expect(window.part(key, role)).to_be_hidden()


def must_be_open(window, key):
    expect(unfold_button(window, key)).to_have_attribute("aria-expanded", "true")
    expect(window.part(key, "chart").locator("svg").first).to_be_visible()


def test_of_most_views_question_and_answer_are_seen_and_no_chart_is_drawn(open_page):
    window = open_page(folded=True)
    window.wait_whole()
    for key in FOLDED:
        expect(window.view(key).get_by_role("heading", level=3)).to_be_visible()
        expect(window.part(key, "sentence")).to_be_visible()
        must_be_folded(window, key)
    assert window.page.locator("[data-folded=true] [data-role=chart] svg").count() == 0
    for key in set(CHAPTER_VIEWS) - set(FOLDED):
        expect(window.part(key, "controls")).to_be_attached()
        expect(window.view(key).locator(".more")).to_be_visible()


def test_a_button_opens_a_view_and_folds_it_again(open_page):
    window = open_page(folded=True)
    button = unfold_button(window, "certainty")
    button.press("Enter")
    must_be_open(window, "certainty")
    window.must_show("certainty")
    expect(button).to_be_focused()
    button.press("Enter")
    must_be_folded(window, "certainty")


@pytest.mark.parametrize("link", ["#certainty", "?certainty_later.condition=tendons"])
def test_an_address_with_a_view_or_its_settings_opens_it(open_page, link):
    window = open_page(link, folded=True)
    key, params = ("certainty", {}) if "?" not in link else ("certainty_later", {"condition": "tendons"})
    window.view(key).scroll_into_view_if_needed()
    must_be_open(window, key)
    window.must_show(key, **params)
    for other in set(FOLDED) - {key}:
        must_be_folded(window, other)


def test_a_hash_that_comes_later_opens_its_view_and_leads_to_it(open_page):
    window = open_page(folded=True)
    window.page.evaluate("() => { location.hash = '#risks_cost'; }")
    must_be_open(window, "risks_cost")
    expect(window.view("risks_cost").get_by_role("heading", level=3)).to_be_in_viewport()


def meaning(rendering, link):
    """What the glossary's row says that a link leads to."""
    key = link.get_attribute("href").removeprefix("#")
    (row,) = (row for row in rendering("sources_words").table.rows if row.key == key)
    return row.cells[-1].text


_PLACES = """() => [scrollY, document.documentElement.scrollHeight,
  ...[...document.querySelectorAll("section[data-view]")].map((section) => section.getBoundingClientRect().top)]"""


def test_a_word_of_the_glossary_opens_in_place_and_escape_closes_it(open_page, rendering):
    window = open_page(folded=True)
    window.wait_whole()
    word = window.part("answer", "sentence").locator("a.term").first
    word.scroll_into_view_if_needed()
    before = window.page.evaluate(_PLACES)
    word.hover()
    popover = window.page.get_by_role("tooltip")
    expect(popover).to_have_text(meaning(rendering, word))
    expect(popover).to_be_in_viewport(ratio=1)
    expect(word).to_have_accessible_description(meaning(rendering, word))
    window.page.evaluate(ON_SCREEN)
    assert window.page.evaluate(_PLACES) == before
    window.page.keyboard.press("Escape")
    expect(popover).to_be_hidden()
    assert word.get_attribute("aria-describedby") is None


def test_the_meaning_can_be_pointed_at_and_goes_when_the_pointer_leaves(open_page):
    window = open_page(folded=True)
    word = window.part("answer", "sentence").locator("a.term").first
    word.hover()
    popover = window.page.get_by_role("tooltip")
    popover.hover()
    window.page.wait_for_timeout(400)  # longer than the pointer may be away
    expect(popover).to_be_visible()
    window.page.mouse.move(2, 2)
    expect(popover).to_be_hidden()


def test_a_word_that_comes_to_a_pointer_at_rest_does_not_open(open_page):
    window = open_page(folded=True)
    window.wait_whole()
    word = window.part("answer", "sentence").locator("a.term").first
    word.scroll_into_view_if_needed()
    box = word.bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    popover = window.page.get_by_role("tooltip")
    for event in ("move", "rest"):
        window.page.evaluate(
            """([x, y]) => {
              const word = document.elementFromPoint(x, y);
              const at = { bubbles: true, pointerType: "mouse", screenX: x, screenY: y };
              word.dispatchEvent(new PointerEvent("pointerover", at));
            }""",
            [x, y],
        )
        (expect(popover).to_be_visible if event == "move" else expect(popover).to_be_hidden)()
        window.page.keyboard.press("Escape")


def test_a_click_stays_on_the_page_and_enter_follows_the_word_to_the_glossary(open_page, rendering):
    window = open_page(folded=True)
    word = window.part("answer", "sentence").locator("a.term").first
    target = word.get_attribute("href")
    word.click()
    expect(window.page.get_by_role("tooltip")).to_have_text(meaning(rendering, word))
    assert urlsplit(window.page.url).fragment == ""
    window.page.keyboard.press("Escape")
    word.press("Enter")
    expect(window.page.locator(target)).to_be_in_viewport()
    assert f"#{urlsplit(window.page.url).fragment}" == target
