"""Plain Voilà: the Python process behind a page goes when the page goes, and the page outlives it."""

from functools import partial

import pytest
from playwright.sync_api import expect

from prolo_dash.views.chapters import CHAPTER_VIEWS

LEAVING = (lambda page: page.goto("about:blank"), lambda page: page.reload(), lambda page: page.close())


@pytest.fixture
def open_live(open_page, voila):
    """Open the page that Voilà makes, with its kernel."""
    return partial(open_page, at=voila)


@pytest.fixture
def window(open_live):
    return open_live()


def test_the_page_of_voila_shows_what_every_page_shows(window):
    for view in CHAPTER_VIEWS:
        window.must_show(view)
    window.input("own_trial", "prolo_better").fill("20")
    window.must_show("own_trial", prolo_better="20")


def test_the_kernel_goes_when_the_page_is_left_reloaded_or_closed(open_live):
    witness = open_live()
    for leave in LEAVING:
        window = open_live()
        kernel = window.kernel()
        assert {kernel, witness.kernel()} <= set(witness.kernels())
        leave(window.page)
        assert witness.wait_until(lambda kernel=kernel: kernel not in witness.kernels())
    assert witness.kernel() in witness.kernels()


def test_two_readers_do_not_see_each_others_settings(open_live):
    one, other = open_live(), open_live()
    assert one.kernel() != other.kernel()
    one.input("gain", "show", "groups").click()
    one.must_show("gain", show="groups")
    other.input("gain", "outcome", "pain").click()
    other.must_show("gain", outcome="pain")
    one.must_show("gain", show="groups")


def test_what_is_shown_stays_when_the_kernel_is_killed(window):
    window.input("gain", "show", "groups").click()
    window.must_show("gain", show="groups")
    expect(window.page.locator(".connection")).to_be_hidden()

    window.kernels()[window.kernel()].kill()
    expect(window.page.locator("html[data-kernel=lost]")).to_have_count(1)
    expect(window.page.locator(".connection .lost")).to_be_visible()
    expect(window.page.locator(".connection .lost")).not_to_be_empty()
    window.must_show("gain", show="groups")
    window.must_show("caveat")

    window.input("caveat", "outcome", "pain").click()
    expect(window.part("caveat", "notice")).not_to_be_empty()
    assert window.input("caveat", "outcome", "better").is_checked()
    window.must_show("caveat")

    window.page.reload()
    window.wait_ready()
    window.must_show("gain", show="groups")
    window.input("caveat", "outcome", "pain").click()
    window.must_show("caveat", outcome="pain")
    expect(window.part("caveat", "notice")).to_be_empty()


def test_a_question_that_the_kernel_did_not_live_to_answer_gets_a_sentence(window):
    kernel = window.kernels()[window.kernel()]
    kernel.suspend()
    window.input("caveat", "outcome", "pain").click()
    kernel.kill()
    expect(window.part("caveat", "notice")).not_to_be_empty()
    assert window.input("caveat", "outcome", "better").is_checked()
    window.must_show("caveat")


def test_where_websockets_are_blocked_the_page_says_so_and_can_be_read(window):
    window.page.route_web_socket("**/*", lambda socket: socket.close())
    window.page.reload()
    expect(window.page.locator("html[data-kernel=lost]")).to_have_count(1)
    expect(window.page.locator(".connection .lost")).to_be_visible()
    for view in CHAPTER_VIEWS:
        window.must_show(view)
