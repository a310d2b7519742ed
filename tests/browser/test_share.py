"""A view is shared with a class: its link, to copy and as a QR code that phones read, for exactly what is shown."""

import io
import sys
import threading
from functools import partial
from http.server import ThreadingHTTPServer
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import zxingcpp
from PIL import Image
from playwright.sync_api import expect

from prolo_dash.cli import main

from .conftest import screenshot
from .test_accessibility import ALL, COLOURS, objections
from .test_static import Place, Quiet

CHOSEN = {"show": "groups", "outcome": "pain"}
ADDRESS = "?gain.show=groups&gain.outcome=pain#gain"
CLASS = "http://192.0.2.77:8866/"  # as a class would reach the computer


@pytest.fixture(scope="module")
def class_server(tmp_path_factory):
    """The page as it is served for a class, opened on the teacher's own computer."""
    port = screenshot.free_port()
    log = tmp_path_factory.mktemp("class") / "log.txt"
    command = [str(Path(sys.executable).with_name("prolo-dash")), "serve", f"--port={port}"]
    with screenshot.started([*command, f"--Voila.custom_display_url={CLASS}"], log) as process:
        assert screenshot.answers(port), log.read_text(encoding="utf-8")
        yield screenshot.Server(f"http://127.0.0.1:{port}/", process.pid)


def share(window, view="gain"):
    """Open the dialog of a view by the keyboard; the dialog."""
    window.part(view, "share").focus()
    window.page.keyboard.press("Enter")
    dialog = window.page.get_by_role("dialog")
    expect(dialog).to_be_visible()
    return dialog


def link_in(dialog):
    return dialog.get_by_role("link").get_attribute("href")


def read_code(dialog):
    """What a phone reads in the picture of the dialog."""
    expect(dialog.get_by_role("img")).to_be_visible()
    picture = Image.open(io.BytesIO(dialog.screenshot()))
    return [found.text for found in zxingcpp.read_barcodes(picture)]


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("width", [1280, 390])
def test_the_code_leads_someone_else_to_the_same_view(open_page, width, dark):
    window = open_page(ADDRESS, width=width, dark=dark)
    window.must_show("gain", **CHOSEN)
    dialog = share(window)
    link = link_in(dialog)
    assert dialog.get_by_role("link").inner_text() == link
    expect(dialog.get_by_role("img")).to_have_attribute("alt", link)
    assert read_code(dialog) == [link]
    assert width < 400 or dialog.get_by_role("img").bounding_box()["width"] >= 400
    other = open_page(link.removeprefix(window.server.address))
    other.must_show("gain", **CHOSEN)


def test_the_dialog_closes_by_key_and_button_and_the_keyboard_is_back_where_it_was(window):
    button = window.page.get_by_role("dialog").get_by_role("button", name="Close")
    for close in (lambda: window.page.keyboard.press("Escape"), button.click):
        dialog = share(window, "caveat")
        expect(dialog).to_contain_text(window.view("caveat").get_by_role("heading").first.inner_text())
        expect(dialog.get_by_role("button", name="Copy the link")).to_be_focused()
        close()
        expect(dialog).to_have_count(0)
        expect(window.part("caveat", "share")).to_be_focused()


def test_the_link_is_copied_also_where_the_browser_keeps_the_clipboard_to_secure_pages(window):
    window.context.grant_permissions(["clipboard-read", "clipboard-write"])
    for prepare in ("() => {}", "() => Object.defineProperty(navigator, 'clipboard', { value: undefined })"):
        clipboard = window.page.evaluate_handle("navigator.clipboard")
        clipboard.evaluate("(clipboard) => clipboard.writeText('')")
        window.page.evaluate(prepare)
        dialog = share(window)
        dialog.get_by_role("button", name="Copy the link").click()
        expect(dialog.get_by_role("status")).to_have_text("The link has been copied.")
        assert clipboard.evaluate("(clipboard) => clipboard.readText()") == link_in(dialog)
        window.page.keyboard.press("Escape")


def test_where_nothing_can_be_copied_the_link_is_marked(window):
    window.page.evaluate("""() => {
      Object.defineProperty(navigator, 'clipboard', { value: undefined });
      document.execCommand = () => false;
    }""")
    dialog = share(window)
    dialog.get_by_role("button", name="Copy the link").click()
    expect(dialog.get_by_role("status")).to_contain_text("press Ctrl and C")
    assert window.page.evaluate("getSelection().toString()") == link_in(dialog)


def test_a_class_gets_the_address_in_its_network(open_page, class_server):
    window = open_page(ADDRESS, at=class_server)
    window.must_show("gain", **CHOSEN)
    dialog = share(window)
    link = urlsplit(link_in(dialog))
    assert f"{link.scheme}://{link.netloc}/" == CLASS
    assert read_code(dialog) == [link.geturl()]
    expect(dialog).not_to_contain_text("this computer only")
    open_page(f"?{link.query}#{link.fragment}", at=class_server).must_show("gain", **CHOSEN)


def test_a_link_to_this_computer_is_said_to_be_one(window):
    expect(share(window)).to_contain_text("This link works on this computer only.")


def test_the_file_that_draws_codes_is_loaded_when_the_first_dialog_opens(window):
    def loaded():
        return [request.url for request in window.requests if "lean-qr" in request.url]

    assert loaded() == []
    for view in ("gain", "caveat"):
        dialog = share(window, view)
        expect(dialog.get_by_role("img")).to_be_visible()
        window.page.keyboard.press("Escape")
    assert len(loaded()) == 1


@pytest.mark.parametrize("file", ["", "static/not-there.js"])
def test_without_that_file_the_link_stands_alone_and_the_page_says_so(window, file):
    window.forgiven = "404"
    window.page.evaluate("(qr) => { document.getElementById('share').textContent = JSON.stringify({ qr }); }", file)
    dialog = share(window)
    expect(dialog).to_contain_text("The QR code can’t be drawn")
    expect(dialog.get_by_role("img")).to_have_count(0)
    assert link_in(dialog).startswith(window.server.address)


def test_a_link_that_no_code_can_hold_is_said_to_be_too_long(window):
    window.part("gain", "link").evaluate("(link) => { link.href = `?${'x'.repeat(3000)}#gain`; }")
    dialog = share(window)
    expect(dialog).to_contain_text("too long for a QR code")
    assert "xxx" in link_in(dialog)


def test_the_one_file_says_that_its_link_stays_here_and_has_a_code_where_it_lies_on_a_host(open_page, tmp_path):
    assert main(["build", "--one-file", str(tmp_path / "explainer.html")]) == 0
    dialog = share(open_page(ADDRESS, at=Place((tmp_path / "explainer.html").as_uri())))
    expect(dialog).to_contain_text("This page is a file on this computer")
    expect(dialog.get_by_role("img")).to_have_count(0)
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(tmp_path))) as host:
        threading.Thread(target=host.serve_forever, daemon=True).start()
        window = open_page(ADDRESS, at=Place(f"http://127.0.0.1:{host.server_port}/explainer.html"))
        dialog = share(window)
        assert read_code(dialog) == [link_in(dialog)]
        host.shutdown()


def test_the_page_of_voila_shares_too(open_page, voila):
    window = open_page(ADDRESS, at=voila)
    window.must_show("gain", **CHOSEN)
    dialog = share(window)
    assert link_in(dialog).startswith(voila.address)
    assert read_code(dialog) == [link_in(dialog)]


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_axe_finds_nothing_to_object_to_in_the_open_dialog(open_page, dark):
    window = open_page(dark=dark)
    expect(share(window).get_by_role("img")).to_be_visible()
    for width in (1280, 390):
        window.page.set_viewport_size({"width": width, "height": 900})
        assert objections(window, COLOURS if dark else ALL, "dialog") == ""
