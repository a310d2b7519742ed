"""Keys of the presenting mode: each does what the list of keys says, and none where it would be in the way."""

import pytest
from playwright.sync_api import expect

from .conftest import ON_SCREEN
from .playing import bar, black, place, presents, screen

NEXT, BACK = ("PageDown", "ArrowRight", "ArrowDown", " "), ("PageUp", "ArrowLeft", "ArrowUp", "Shift+ ")
VIEW = "?present=19.1"  # the first view behind all guesses; it takes one screen


@pytest.mark.parametrize("key", NEXT)
def test_keys_lead_to_the_next_screen(key, open_at):
    window = open_at()
    window.page.keyboard.press(key)
    assert screen(window) == "2.1"


@pytest.mark.parametrize("key", BACK)
def test_keys_lead_back_and_to_the_last_part_of_what_was_before(key, open_at):
    window = open_at("?present=10.1")
    window.page.keyboard.press(key)
    assert screen(window) == "9.2"
    window.page.keyboard.press(key)
    assert screen(window) == "9.1"


def test_letters_and_signs_do_what_the_list_says(open_at):
    window = open_at(VIEW)
    keyboard = window.page.keyboard
    keys = window.page.get_by_role("dialog", name="Keys for presenting")
    for key in ("b", "B", "."):
        keyboard.press(key)
        assert black(window)
        keyboard.press("PageDown")
        assert (black(window), screen(window)) == (False, "19.1"), "the first key brings the picture back"
    keyboard.press("f")
    window.page.wait_for_function("() => document.fullscreenElement !== null")
    keyboard.press("f")
    window.page.wait_for_function("() => document.fullscreenElement === null")
    keyboard.press("c")
    expect(window.part("certainty", "controls")).to_be_visible()
    keyboard.press("c")
    expect(window.part("certainty", "controls")).to_be_hidden()
    keyboard.press("?")
    expect(keys).to_be_visible()
    keyboard.press("Escape")
    expect(keys).to_be_hidden()
    assert presents(window), "Esc closes the list first"
    keyboard.press("t")
    assert not presents(window)
    keyboard.press("t")
    keyboard.press("Escape")
    assert not presents(window)


def test_letters_can_be_switched_off_and_arrows_still_work(open_at):
    window = open_at()
    bar(window, "Keys").click()
    window.page.get_by_role("checkbox", name="Single-letter keys, “?” and “.” are on").uncheck()
    window.page.get_by_role("dialog").get_by_role("button", name="Close").click()
    for key in "b.fnsc?t":
        window.page.keyboard.press(key)
    assert (presents(window), black(window), screen(window)) == (True, False, "1.1")
    assert window.page.locator("dialog[open], .setting").count() == 0
    assert len(window.context.pages) == 1
    window.page.keyboard.press("ArrowRight")
    assert screen(window) == "2.1"


@pytest.mark.parametrize("typed", ['.now [name="number"]', '.now [name="guess"]', ".setting select"])
def test_no_key_but_a_remotes_acts_where_something_is_typed_or_chosen(typed, open_at):
    at = "14.1" if "select" in typed else "5.1"
    window = open_at(f"?present={at}")
    if "select" in typed:
        window.page.keyboard.press("c")
    window.page.locator(typed).first.focus()
    for key in ("ArrowRight", "ArrowLeft", "ArrowDown", "ArrowUp", "f", "n", "c", "s", "t", "?", "Escape"):
        window.page.keyboard.press(key)
        assert (presents(window), black(window)) == (True, False), key
        assert window.page.locator("dialog[open]").count() == 0, key
    assert screen(window) == at


def _type(guess):
    guess.locator('[name="number"]').press_sequentially("37")


def _slide(guess):
    guess.locator('[name="guess"]').click()


def _count(guess):
    guess.get_by_text("Count the hands").click()
    for field in guess.locator('[name="hands"]').all():
        field.press_sequentially("5")


@pytest.mark.parametrize("key", ["PageDown", " "])
@pytest.mark.parametrize("make", [_type, _slide, _count])
def test_a_remote_reveals_what_was_typed_slid_or_counted_and_goes_on(make, key, open_at):
    window = open_at("?present=5.1")
    guess = window.page.locator(".now[data-predict]")
    make(guess)
    values = "(guess) => [...guess.querySelectorAll('input')].map(({ value }) => value)"
    made = guess.evaluate(values)
    for dark in (".", "b"):
        window.page.keyboard.press(dark)
        assert black(window)
        window.page.keyboard.press("PageUp")
        assert (black(window), screen(window)) == (False, "5.1"), "the first key brings the picture back"
    assert guess.evaluate(values) == made
    window.page.keyboard.press(key)
    expect(guess).to_have_attribute("data-revealed", "true")
    expect(guess.locator("[data-role=gap] .say")).to_be_visible()
    window.page.keyboard.press(key)
    assert screen(window) == "6.1"


def test_a_remote_goes_back_from_a_guess_that_is_being_made(open_at):
    window = open_at("?present=5.1")
    _type(window.page.locator(".now[data-predict]"))
    window.page.keyboard.press("PageUp")
    assert screen(window) == "4.1"


def test_space_and_enter_on_a_button_belong_to_the_button_and_a_clicker_still_turns_the_page(open_at):
    window = open_at()
    for key in (" ", "Enter"):
        bar(window, "Black").focus()
        window.page.keyboard.press(key)
        assert (black(window), screen(window)) == (True, "1.1")
        window.page.keyboard.press("b")
    window.page.keyboard.press("PageDown")
    assert screen(window) == "2.1"


def test_keys_do_nothing_on_the_page_that_is_only_read(window):
    for key in ("b", ".", "f", "n", "c", "s", "ArrowRight", "Escape"):
        window.page.keyboard.press(key)
    assert (presents(window), black(window), len(window.context.pages)) == (False, False, 1)
    assert "present" not in window.page.url


def test_esc_lifts_the_black_before_it_leaves(open_at):
    window = open_at(VIEW)
    window.page.keyboard.press("b")
    window.page.keyboard.press("Escape")
    assert (black(window), presents(window)) == (False, True)


def test_a_setting_that_was_clicked_does_not_keep_the_focus_and_esc_leaves_one_that_has_it(open_at):
    window = open_at("?present=13.1")
    window.page.keyboard.press("c")
    window.input("caveat", "outcome", "pain").click()
    window.must_show("caveat", outcome="pain")
    window.page.keyboard.press("PageDown")
    assert screen(window) == "13.2"
    window.input("caveat", "outcome", "pain").focus()
    window.page.keyboard.press("ArrowDown")
    assert screen(window) == "13.2", "the arrows belong to the field"
    window.page.keyboard.press("PageUp")
    assert screen(window) == "13.1"
    window.page.keyboard.press("Escape")
    assert presents(window)
    window.page.keyboard.press("ArrowRight")
    assert screen(window) == "13.2"


_REFUSE = "() => { window.open = () => null; }"


def test_esc_closes_what_is_open_before_it_leaves(open_at):
    window = open_at(VIEW)
    page = window.page
    page.evaluate(_REFUSE)
    page.keyboard.press("n")
    refused = page.locator(".bar .refused")
    expect(refused).to_contain_text("did not open a second window")
    page.keyboard.press("Escape")
    expect(refused).to_be_empty()
    assert presents(window)
    page.keyboard.press("s")
    dialog = page.get_by_role("dialog", name="Share this view")
    dialog.get_by_role("heading").click()  # the focus is then nowhere
    page.keyboard.press("PageDown")
    assert screen(window) == VIEW.partition("=")[2], "an open dialog has the keys to itself"
    page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)
    assert presents(window)
    page.keyboard.press("c")
    page.keyboard.press("Escape")
    expect(page.locator(".setting")).to_have_count(0)
    assert presents(window)
    page.keyboard.press("Escape")
    assert not presents(window)


def test_esc_closes_the_meaning_of_a_word_before_it_leaves(open_at):
    window = open_at(VIEW)
    word = window.page.locator(".now .say a.term").first
    word.hover()
    expect(window.page.locator(word.get_attribute("href"))).to_be_attached()  # the glossary comes when it is asked for
    window.page.mouse.move(0, 0)
    for _ in range(10):  # nothing moves under the pointer any more
        window.page.evaluate(ON_SCREEN)
    word.hover()
    expect(window.page.get_by_role("tooltip")).to_be_visible()
    window.page.keyboard.press("Escape")
    expect(window.page.get_by_role("tooltip")).to_be_hidden()
    assert presents(window)


_SAID = "(words) => document.getElementById('prolo-said').textContent.startsWith(words)"


def test_the_focus_goes_to_the_heading_of_each_screen_and_comes_back_from_settings(window):
    titles = window.page.locator("main > .prose h2, section.view:not(.reference) h3")
    first = window.page.get_by_role("heading", level=1)
    window.page.keyboard.press("t")
    expect(first).to_be_focused()
    window.page.keyboard.press("PageDown")
    expect(titles.first).to_be_focused()
    window.page.wait_for_function(_SAID, arg=f"chapter 1 of 8: {titles.first.inner_text().replace('¶', '')}")
    bar(window, "Keys").click()
    expect(window.page.get_by_role("heading", name="Keys for presenting")).to_be_focused()
    window.page.keyboard.press("Escape")
    while window.page.locator("section.view.now").count() == 0:
        window.page.keyboard.press("PageDown")
        place(window)
    heading = window.page.locator(".now h3")
    expect(heading).to_be_focused()
    settings = bar(window, "Settings")
    for press, back in ((settings.click, settings), (lambda: window.page.keyboard.press("c"), heading)):
        heading.focus()
        expect(settings).to_have_attribute("aria-expanded", "false")
        press()
        expect(settings).to_have_attribute("aria-expanded", "true")
        expect(window.page.locator(".now form.page-controls")).to_be_focused()
        window.page.keyboard.press("Tab")
        assert window.page.evaluate("() => document.activeElement.closest('.now form.page-controls') !== null")
        window.page.keyboard.press("Escape")
        expect(back).to_be_focused()
        expect(settings).to_have_attribute("aria-expanded", "false")
    window.page.keyboard.press("Escape")
    assert not presents(window)
    expect(window.view("answer").locator("h3")).to_be_focused()


@pytest.mark.parametrize("chapter", ["The gain", "The caveat", "How sure?", "Sources"])
def test_presenting_begins_with_the_chapter_that_was_chosen(chapter, open_page):
    window = open_page()
    window.page.get_by_role("navigation").get_by_role("link", name=chapter, exact=True).click()
    heading = window.page.get_by_role("heading", level=2, name=chapter)
    expect(heading).to_be_in_viewport()
    window.page.keyboard.press("t")
    expect(window.page.locator(".now")).to_contain_text(chapter)
