"""The static edition: the same page from a file host, or as one file from a USB stick, without any server of ours."""

import functools
import threading
from dataclasses import dataclass
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer

import pytest
from playwright.sync_api import expect

from prolo_dash.chapters.registry import CHAPTER_VIEWS
from prolo_dash.cli import main
from prolo_dash.kit.controls import Toggles

from .test_every_view import changed_by_keyboard, first_controls


@dataclass(frozen=True)
class Place:
    address: str
    pid: int = 0


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_):
        """Say nothing."""


@pytest.fixture(scope="module", params=["folder", "one file"])
def place(request, tmp_path_factory):
    folder = tmp_path_factory.mktemp("static")
    if request.param == "one file":
        assert main(["build", "--one-file", str(folder / "explainer.html")]) == 0
        yield Place((folder / "explainer.html").as_uri())
        return
    assert main(["build", str(folder)]) == 0
    server = ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield Place(f"http://127.0.0.1:{server.server_port}/")
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="module")
def window(place, opening):
    with opening() as opened:
        yield opened(at=place)


def test_every_view_opens_as_it_does_elsewhere(window):
    for view in CHAPTER_VIEWS:
        window.must_show(view)
    expect(window.page.locator("html")).to_have_attribute("data-kernel", "off")


@pytest.mark.parametrize("view", [key for key in CHAPTER_VIEWS if key != "own_trial"])
def test_every_control_works_without_a_server(window, view):
    window.unfold()
    for name, control in first_controls(view).items():
        window.must_show(view)  # the page's conditions may still be on their way
        window.must_show(view, **{name: changed_by_keyboard(window, view, name, control)})
        if isinstance(control, Toggles):
            window.input(view, name, control.options[0].value).press("Space")
        else:
            window.page.evaluate("(view) => document.querySelector(`section[data-view=${view}] form`).reset()", view)
            window.view(view).locator("form").dispatch_event("input")
        window.must_show(view)


def test_a_link_leads_to_its_view(window, place, open_page):
    other = open_page("?caveat.outcome=pain#caveat", at=place)
    other.must_show("caveat", outcome="pain")


def test_where_something_is_to_be_typed_the_page_says_beforehand_that_this_needs_the_live_edition(window):
    said = window.page.get_by_text("can’t work out what is typed in")
    expect(said.locator("visible=true")).to_have_count(1)
    assert said.locator("visible=true").evaluate("(said) => said.closest('section').dataset.view") == "own_trial"


def test_what_is_typed_is_told_to_need_the_live_edition_and_is_not_lost(window):
    window.input("own_trial", "prolo_better").fill("20")
    expect(window.part("own_trial", "notice")).to_contain_text("can’t work out what is typed in")
    expect(window.input("own_trial", "prolo_better")).to_have_value("20")
    window.input("own_trial", "prolo_better").fill("14")
    window.must_show("own_trial")


def test_a_link_that_asks_for_too_much_is_told(place, open_page):
    window = open_page("?gain.outcome=nonsense&gain.show=groups", at=place)
    expect(window.part("gain", "notice")).to_contain_text("not on offer")
    window.must_show("gain", show="groups")


@pytest.mark.parametrize("place", ["folder"], indirect=True)
def test_a_setting_that_can_not_be_fetched_is_told_and_shown_when_it_can(place, open_page):
    window = open_page("nothing", at=place, wait=False)
    window.forgiven = "Failed to load resource"
    window.page.route("**/states/*", lambda route: route.abort())
    window.go()
    window.wait_ready()
    window.open_views()
    window.input("gain", "show", "groups").click()
    expect(window.part("gain", "notice")).to_contain_text("has not come with the page yet")
    window.input("own_trial", "prolo_better").fill("20")
    expect(window.part("own_trial", "notice")).to_contain_text("can’t work out what is typed in")
    window.page.unroute("**/states/*")
    window.must_show("gain", show="groups")
    expect(window.part("gain", "notice")).to_be_empty()
