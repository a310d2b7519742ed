"""Plain Voilà: reading needs no kernel. The one behind a page goes when the page goes, and the page outlives it."""

from functools import partial

import pytest
from playwright.sync_api import expect

from prolo_dash.chapters.registry import CHAPTER_VIEWS

from .conftest import OPEN_VIEWS

LEAVING = (lambda page: page.goto("about:blank"), lambda page: page.reload(), lambda page: page.close())


@pytest.fixture
def open_live(open_page, voila):
    """Open the page that Voilà makes, with its kernel."""
    return partial(open_page, at=voila)


@pytest.fixture
def window(open_live):
    return open_live()


def asked_of_the_kernel(window):
    """The questions that the page has put to a widget."""
    return [frame for frame in window.frames if '"comm_msg"' in str(frame)]


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
    expect(window.page.get_by_text("The live part is not connected.").locator("visible=true")).to_have_count(1)
    window.must_show("gain", show="groups")
    window.page.evaluate(OPEN_VIEWS)
    window.must_show("own_trial")

    window.input("own_trial", "prolo_better").fill("20")
    expect(window.part("own_trial", "notice")).not_to_be_empty()
    window.must_show("own_trial")

    window.page.reload()
    window.wait_ready()
    window.open_views()
    window.must_show("gain", show="groups")
    window.input("own_trial", "prolo_better").fill("20")
    window.must_show("own_trial", prolo_better="20")
    expect(window.part("own_trial", "notice")).to_be_empty()


def test_a_question_that_the_kernel_did_not_live_to_answer_gets_a_sentence(window):
    kernel = window.kernels()[window.kernel()]
    kernel.suspend()
    window.input("own_trial", "prolo_better").fill("20")
    assert window.wait_until(lambda: asked_of_the_kernel(window))
    kernel.kill()
    expect(window.part("own_trial", "notice")).not_to_be_empty()
    window.must_show("own_trial")


def test_reading_never_waits_for_the_kernel(open_live):
    """Websockets are blocked, so nothing comes from it: prepared states and files bring all but what is typed."""
    window = open_live("nothing", wait=False, fresh=True)
    window.forgiven = "Failed to load resource"  # the page "nothing", and what a kernel without a socket refuses
    window.page.route_web_socket("**/*", lambda socket: socket.close())
    window.go()
    expect(window.page.locator("html[data-kernel=lost]")).to_have_count(1)
    window.page.evaluate(OPEN_VIEWS)
    for view in CHAPTER_VIEWS:
        window.must_show(view)
    for view, name, value in (
        ("gain", "show", "groups"),
        ("caveat", "outcome", "pain"),
        ("risks_cost", "price", "pages"),
    ):
        window.input(view, name, value).click()
        window.must_show(view, **{name: value})
    window.must_have_states()
    expect(window.page.get_by_text("All prepared settings still work").locator("visible=true")).to_have_count(1)


def test_a_control_that_is_prepared_asks_nothing_of_the_kernel(window):
    window.input("gain", "show", "groups").click()
    window.must_show("gain", show="groups")
    assert not asked_of_the_kernel(window)
    window.input("own_trial", "prolo_better").fill("20")
    window.must_show("own_trial", prolo_better="20")
    assert asked_of_the_kernel(window)


def test_a_chart_whose_file_can_not_be_had_comes_from_the_kernel(open_live):
    window = open_live("nothing", wait=False)
    window.forgiven = "Failed to load resource"
    window.page.route("**/static/static/*.json", lambda route: route.fulfill(status=404))
    window.go()
    window.wait_ready()
    window.open_views()
    for view in CHAPTER_VIEWS:
        window.must_show(view)


@pytest.mark.parametrize("packed", ["", "no gzip"])
def test_the_script_of_the_charts_comes_packed_and_where_that_fails_as_it_is(open_live, packed):
    window = open_live("nothing", wait=False)
    window.forgiven = "Failed to load resource"
    if packed:
        window.page.route("**/plotly.min.js.gz", lambda route: route.fulfill(body=packed))
    window.go()
    window.wait_ready()
    window.must_show("gain")
    assert bool(packed) == any(request.url.endswith("plotly.min.js") for request in window.requests)


def test_where_no_file_is_prepared_the_kernel_answers_and_nobody_notices(open_page, voila_of):
    with voila_of("explainer", files=False) as server:
        window = open_page(at=server)
        window.forgiven = "404"
        window.input("gain", "show", "groups").click()
        window.must_show("gain", show="groups")
        window.input("own_trial", "prolo_better").fill("20")
        window.must_show("own_trial", prolo_better="20")
        for view in set(CHAPTER_VIEWS) - {"gain", "own_trial"}:
            window.must_show(view)
        expect(window.page.locator(".connection")).to_be_hidden()
        expect(window.page.locator("html")).to_have_attribute("data-kernel", "live")
        window.close()
