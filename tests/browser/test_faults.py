"""A network that goes, a server that stops: the page stays, says so, and takes up again by itself."""

import re
import signal
from contextlib import ExitStack

import psutil
import pytest
from playwright.sync_api import expect

from prolo_dash.jupyter.routes import BUSY

from .conftest import ON_SCREEN, screenshot

VIEW = "own_trial"
BACK_WITHIN = 40_000  # ms


@pytest.fixture
def window(open_page):
    window = open_page()
    window.forgiven = "Failed to load resource"
    return window


def stands(window, how):
    expect(window.page.locator(f"html[data-kernel={how}]")).to_have_count(1, timeout=BACK_WITHIN)


def lose_network(window, said):
    """The line says what still works."""
    window.context.set_offline(True)
    stands(window, "lost")
    expect(window.page.get_by_text(said)).to_be_visible()


def test_without_a_network_prepared_controls_work_and_what_is_typed_waits(window):
    window.must_have_states()
    lose_network(window, "All prepared settings still work")
    window.input("gain", "show", "groups").click()
    window.must_show("gain", show="groups")
    window.input("caveat", "outcome", "pain").click()
    window.must_show("caveat", outcome="pain")

    window.input(VIEW, "prolo_better").fill("20")
    expect(window.part(VIEW, "notice")).not_to_be_empty()
    expect(window.input(VIEW, "prolo_better")).to_have_value("20")
    expect(window.page).to_have_url(re.compile("prolo_better=20"))  # so a reload does not lose it
    window.input("caveat", "show", "left").click()
    window.page.go_back()
    window.must_show("caveat", outcome="pain")
    expect(window.input(VIEW, "prolo_better")).to_have_value("20")

    window.context.set_offline(False)
    stands(window, "live")
    window.must_show(VIEW, prolo_better="20")
    expect(window.part(VIEW, "notice")).to_be_empty()
    expect(window.page.locator(".connection")).to_be_hidden()
    window.must_show("gain", show="groups")


def test_a_page_that_was_only_opened_can_be_set_in_its_first_views_without_a_network_and_in_the_others_after_it(
    open_page,
):
    window = open_page(fresh=True)
    window.forgiven = "Failed to load resource"
    for key in ("answer", "claim"):
        expect(window.view(key)).to_have_attribute("data-states", "ready", timeout=90_000)
    lose_network(window, "Settings that have come already still work")
    window.input("answer", "conditions", "low_back").press("Space")
    window.must_show("answer", conditions="osgood_schlatter.osteoarthritis.tendons.sports_injury")
    window.page.go_back()
    window.must_show("answer")
    window.input("caveat", "outcome", "pain").click()
    expect(window.part("caveat", "notice")).to_contain_text("tried again by itself")
    window.input("caveat", "show", "left").click()
    expect(window.page).to_have_url(re.compile("show=left"))
    window.page.go_back()
    expect(window.input("caveat", "show", "left")).not_to_be_checked()
    expect(window.input("caveat", "outcome", "pain")).to_be_checked()
    window.page.go_forward()
    expect(window.input("caveat", "show", "left")).to_be_checked()
    window.input("risks_cost", "price", "pages").click()
    expect(window.input("risks_cost", "price", "pages")).to_be_checked()
    window.input("risks_cost", "price", "article").click()
    expect(window.part("risks_cost", "notice")).to_be_empty()  # taken back: what is set is what is shown
    window.context.set_offline(False)
    window.must_show("caveat", outcome="pain", show="left")
    window.must_show("risks_cost")
    window.page.reload()
    window.must_show("caveat", outcome="pain", show="left")
    expect(window.part("caveat", "notice")).to_be_empty()


def test_a_setting_that_waits_for_the_network_stays_set_when_the_chart_arrives_meanwhile(open_page):
    window = open_page("nothing", wait=False, fresh=True)
    window.forgiven = "Failed to load resource"
    charts = []

    def hold(route):
        charts.append(route)

    window.page.route("**/caveat*.json", hold)
    for asked in ("**/answer", "**/states/*"):
        window.page.route(asked, lambda route: route.abort())
    window.go("#caveat")
    window.input("caveat", "outcome", "pain").click()
    expect(window.part("caveat", "notice")).to_contain_text("tried again by itself")
    charts[0].continue_()
    expect(window.view("caveat")).to_have_attribute("data-ready", "true")
    expect(window.input("caveat", "outcome", "pain")).to_be_checked()


@pytest.mark.parametrize("file", ["plotly*.js", "prolo*.js", "prolo*.css", "gain*.json"])
def test_a_file_that_got_lost_on_the_way_comes_by_itself(open_page, file):
    window = open_page("nothing", wait=False)
    window.forgiven = "Failed to load resource"
    window.page.route(f"**/{file}", lambda route: route.abort(), times=2)
    window.go()
    expect(window.part("claim", "sentence")).to_be_visible()
    window.wait_ready()
    window.must_show("claim")
    window.must_show("gain")
    window.page.wait_for_function("() => getComputedStyle(document.querySelector('nav')).position === 'sticky'")


def test_the_tables_of_sources_can_be_read_although_nothing_else_of_the_page_has_come(open_page):
    window = open_page("nothing", wait=False)
    window.forgiven = "Failed to load resource"
    for files in ("**/plotly*.js", "**/*.json"):
        window.page.route(files, lambda route: route.abort())
    window.go("#sources")
    table = window.part("sources", "table")
    table.scroll_into_view_if_needed()
    expect(table.get_by_role("row").nth(1)).to_be_visible()


_ANSWERED = """() => performance.getEntriesByType("resource").some(
  ({ name, responseEnd }) => name.endsWith("/live") && responseEnd > 0)"""


def test_a_late_answer_from_before_the_network_went_does_not_count(open_page):
    window = open_page("nothing", wait=False)
    window.forgiven = "Failed to load resource"
    asked = []
    window.page.route("**/live", lambda route: asked.append(route) if not asked else route.abort())
    window.go()
    window.page.evaluate("dispatchEvent(new Event('offline'))")
    stands(window, "lost")
    with window.page.expect_response("**/live"):
        asked[0].continue_()
    window.page.wait_for_function(_ANSWERED)
    window.page.evaluate(ON_SCREEN)
    assert window.page.locator("html").get_attribute("data-kernel") == "lost"


def test_a_chart_that_has_not_come_says_what_it_waits_for(open_page):
    window = open_page("nothing", wait=False)
    window.forgiven = "Failed to load resource"
    window.page.route("**/plotly*.js", lambda route: route.abort())
    window.go()
    window.context.set_offline(True)
    stands(window, "lost")
    said = window.part("claim", "chart").evaluate("(chart) => getComputedStyle(chart, '::before').content")
    assert said == '"The chart comes when the connection is back."'


def test_a_server_that_stops_and_starts_again_is_found_again(open_page, tmp_path):
    with ExitStack() as first, (tmp_path / "log").open("w") as log:
        port = screenshot.free_port()
        server = first.enter_context(screenshot.served(log, port))
        window = open_page(at=server)
        window.forgiven = "Failed to load resource"
        window.must_have_states()
        first.close()
        window.input(VIEW, "name").fill("Still here")
        stands(window, "lost")
        window.input("gain", "show", "groups").click()
        window.must_show("gain", show="groups")
        with screenshot.served(log, port):
            stands(window, "live")
            window.must_show(VIEW, name="Still here")
            window.must_show("gain", show="groups")


def test_a_laptop_that_slept_while_the_server_was_started_again_wakes_up_with_what_was_typed(open_page, tmp_path):
    with ExitStack() as first, (tmp_path / "log").open("w") as log:
        port = screenshot.free_port()
        window = open_page(at=first.enter_context(screenshot.served(log, port)), fresh=True)
        window.forgiven = "Failed to load resource"
        window.must_have_states()
        window.input(VIEW, "name").fill("Asleep")
        window.must_show(VIEW, name="Asleep")
        lid = window.context.new_cdp_session(window.page)
        lid.send("Page.setWebLifecycleState", {"state": "frozen"})
        first.close()
        with screenshot.served(log, port):
            lid.send("Page.setWebLifecycleState", {"state": "active"})
            stands(window, "live")
            window.must_show(VIEW, name="Asleep")
            window.input(VIEW, "name").fill("Awake")
            window.must_show(VIEW, name="Awake")
            window.input("gain", "show", "groups").click()
            window.must_show("gain", show="groups")


def test_a_proxy_that_blocks_websockets_is_not_noticed(open_page):
    window = open_page("nothing", wait=False, fresh=True)
    window.forgiven = "404"
    window.page.route_web_socket("**/*", lambda socket: socket.close())
    window.go()
    window.wait_ready()
    window.open_views()
    stands(window, "live")
    window.input(VIEW, "prolo_better").fill("20")
    window.must_show(VIEW, prolo_better="20")
    assert window.sockets == []


def test_what_a_proxy_answers_instead_of_the_server_is_not_shown_and_the_question_is_asked_again(window):
    window.page.route("**/answer", lambda route: route.fulfill(status=502, body="<h1>Bad Gateway</h1>"))
    window.input(VIEW, "prolo_better").fill("20")
    expect(window.part(VIEW, "notice")).to_contain_text("tried again by itself")
    window.page.unroute("**/answer")
    window.must_show(VIEW, prolo_better="20")
    expect(window.part(VIEW, "notice")).to_be_empty()


def test_when_too_many_ask_at_once_the_page_says_so_and_prepared_controls_work(window):
    window.must_have_states()
    window.page.route("**/answer", lambda route: route.fulfill(json={"error": BUSY}))
    window.input(VIEW, "prolo_better").fill("20")
    expect(window.part(VIEW, "notice")).to_have_text(BUSY)
    expect(window.input(VIEW, "prolo_better")).to_have_value("20")
    window.input("gain", "show", "groups").click()
    window.must_show("gain", show="groups")
    window.page.unroute("**/answer")
    window.input(VIEW, "prolo_better").fill("19")
    window.must_show(VIEW, prolo_better="19")


RENEWED = "The page was renewed. Reload it to go on."


def says_that_it_was_renewed(window):
    """The line at the foot says so, and the page asks for nothing any more."""
    stands(window, "renewed")
    expect(window.page.locator(".connection")).to_have_text(RENEWED)
    expect(window.page.get_by_text(RENEWED).first).to_be_visible()
    before = len(window.requests)
    window.page.evaluate("dispatchEvent(new Event('online'))")
    window.page.clock.run_for(60_000)
    assert len(window.requests) == before


def test_a_page_that_was_open_over_an_upgrade_says_so_and_stops_asking(open_page):
    window = open_page("nothing", wait=False, fresh=True)
    window.forgiven = "404"
    window.page.clock.install()
    window.go()
    window.must_have_states()
    window.open_views()
    window.wait_whole()
    window.page.route("**/live", lambda route: route.fulfill(status=204, headers={"X-Prolo-Edition": "of-another-day"}))
    window.page.evaluate("dispatchEvent(new Event('online'))")
    says_that_it_was_renewed(window)
    window.input("gain", "show", "groups").click()
    window.must_show("gain", show="groups")
    window.input(VIEW, "prolo_better").fill("20")
    window.page.clock.run_for(1000)
    expect(window.part(VIEW, "notice")).to_have_text(RENEWED)


def test_a_server_of_the_same_edition_is_no_upgrade(open_page):
    window = open_page()
    edition = window.page.locator("html").get_attribute("data-edition")
    assert edition
    window.page.route("**/live", lambda route: route.fulfill(status=204, headers={"X-Prolo-Edition": edition}))
    with window.page.expect_response("**/live"):
        window.page.evaluate("dispatchEvent(new Event('online'))")
    stands(window, "live")


@pytest.mark.parametrize("files", ["**/states/*", "**/static/*.json"])
def test_a_page_whose_files_are_gone_says_that_it_was_renewed(open_page, files):
    window = open_page("nothing", wait=False, fresh=True)
    window.forgiven = "404"
    window.page.clock.install()
    window.page.route(files, lambda route: route.fulfill(status=404))
    window.go()
    expect(window.part("claim", "sentence")).to_be_visible()
    window.page.keyboard.press("Shift")
    window.page.clock.run_for(2000)
    stands(window, "renewed")
    window.page.clock.run_for(2000)
    says_that_it_was_renewed(window)


@pytest.mark.parametrize("status", [400, 403, 503])
def test_a_question_that_is_refused_gets_the_sentence_that_the_server_says(window, status):
    said = "Too many readers are asking at once."
    window.page.route("**/answer", lambda route: route.fulfill(status=status, json={"error": said}))
    window.input(VIEW, "prolo_better").fill("20")
    expect(window.part(VIEW, "notice")).to_have_text(said)
    stands(window, "live")


def test_json_of_a_proxy_is_no_answer(window):
    window.page.route("**/answer", lambda route: route.fulfill(status=502, json={"message": "Bad Gateway"}))
    window.input(VIEW, "prolo_better").fill("20")
    expect(window.part(VIEW, "notice")).to_contain_text("tried again by itself")


def test_no_process_is_started_for_a_reader_and_none_is_left_behind(open_page, server):
    own = psutil.Process(server.pid)
    for _ in range(3):
        window = open_page()
        window.input(VIEW, "name").fill("x")
        window.must_show(VIEW, name="x")
        assert window.kernels() == {}
        window.close()
    assert [child.name() for child in own.children(recursive=True) if "kernel" in " ".join(child.cmdline())] == []


def test_the_server_stops_when_it_is_asked_to(tmp_path):
    with (tmp_path / "log").open("w") as log, screenshot.served(log) as server:
        process = psutil.Process(server.pid)
        process.send_signal(signal.SIGTERM)
        gone, _ = psutil.wait_procs([process], timeout=10)
        assert gone
    assert "Traceback" not in (tmp_path / "log").read_text(encoding="utf-8")


def test_states_are_not_made_while_the_page_of_the_first_reader_starts_and_the_server_stops_then_too(
    open_page, tmp_path
):
    with (
        (tmp_path / "log").open("w") as log,
        screenshot.served(log, environment={"JUPYTER_DATA_DIR": str(tmp_path)}) as server,
    ):
        made = psutil.Process(server.pid).children
        assert screenshot.waited(made, 20)
        (maker,) = made()
        assert maker.status() != psutil.STATUS_STOPPED
        window = open_page(at=server, wait=False)
        assert screenshot.waited(lambda: maker.status() == psutil.STATUS_STOPPED, 3)
        window.wait_ready()
        window.input("gain", "show", "groups").click()
        window.must_show("gain", show="groups")
        window.close()
    assert not maker.is_running()
