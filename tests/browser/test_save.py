"""A view is saved and cited: as a picture, as a reference, and as a frame in a page of somebody else."""

import io
import re
import threading
from functools import partial
from http.server import ThreadingHTTPServer

import pytest
from PIL import Image
from playwright.sync_api import expect

from prolo_dash.kit import plotly
from prolo_dash.kit.theme import LIGHT
from prolo_dash.kit.view import plain

from .conftest import PATIENCE, screenshot
from .test_accessibility import ALL, COLOURS, objections
from .test_static import Quiet

CHOSEN = {"show": "groups", "outcome": "pain"}
ADDRESS = "?gain.show=groups&gain.outcome=pain#gain"


@pytest.fixture(scope="module")
def window(opening):
    with opening() as opened:
        page = opened(ADDRESS)
        page.must_show("gain", **CHOSEN)
        yield page


def dialog_of(window, view="gain"):
    """The dialog of a view, opened by the keyboard."""
    window.part(view, "save").focus()
    window.page.keyboard.press("Enter")
    dialog = window.page.get_by_role("dialog", name="Save or cite")
    expect(dialog).to_be_visible()
    return dialog


def saved(window, dialog, name):
    """What a button of the dialog saves."""
    with window.page.expect_download() as download:
        dialog.get_by_role("button", name=name).click()
    return download.value.path().read_bytes()


def test_the_picture_stands_for_itself_and_is_the_same_on_a_dark_phone(window, open_page, rendering):
    phone = open_page(ADDRESS, width=390, dark=True)
    phone.must_show("gain", **CHOSEN)
    small, wide = dialog_of(phone), dialog_of(window)
    assert saved(phone, small, "Save as PNG") == saved(window, wide, "Save as PNG")
    wide = saved(window, wide, "Save as SVG").decode()
    window.page.keyboard.press("Escape")
    words = re.sub(r"<[^>]*>", " ", wide)
    shown = rendering("gain", **CHOSEN)
    link = window.part("gain", "link").evaluate("(link) => link.href")
    assert {*plain(shown.sentence).split(), *link.replace("&", "&amp;").split()} <= set(words.split())
    labels = [re.sub(r"<[^>]*>", " ", note["text"]) for note in plotly.still(shown.chart)["layout"]["annotations"]]
    assert len(labels) > 10
    assert [label for label in labels if "".join(label.split()) not in "".join(words.split())] == []
    assert [entry.label for entry in shown.key if entry.label not in words] == []
    assert f'fill="{LIGHT["paper"]}"' in wide
    assert LIGHT["prolo"] in wide or "rgb(194, 80, 10)" in wide


def test_a_png_is_twice_as_sharp_as_the_svg(window):
    dialog = dialog_of(window, "certainty_replay")
    svg = saved(window, dialog, "Save as SVG").decode()
    picture = Image.open(io.BytesIO(saved(window, dialog, "Save as PNG")))
    width, height = (float(re.search(rf'<svg [^>]*?\b{side}="([\d.]+)"', svg)[1]) for side in ("width", "height"))
    assert picture.size == (round(2 * width), round(2 * height))
    assert len(picture.convert("RGB").getcolors(1 << 24)) > 3
    window.page.keyboard.press("Escape")


def test_references_name_the_view_as_it_is_shown(window):
    dialog = dialog_of(window)
    link = window.part("gain", "link").evaluate("(link) => link.href")
    title = window.view("gain").get_by_role("heading").first.inner_text()
    for name in ("Save for BibTeX", "Save as RIS"):
        text = saved(window, dialog, name).decode()
        assert link in text
        assert title in text
    expect(dialog.locator(".citation")).to_contain_text(link)
    window.page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)
    expect(window.part("gain", "save")).to_be_focused()


def test_a_list_has_no_picture_and_an_own_trial_no_frame(window):
    dialog = dialog_of(window, "sources_words")
    expect(dialog.get_by_role("textbox")).to_have_value(re.compile("embed_sources_words.html"))
    expect(dialog.get_by_role("button", name="Save as PNG")).to_have_count(0)
    window.page.keyboard.press("Escape")
    dialog = dialog_of(window, "own_trial")
    expect(dialog.get_by_role("button", name="Save as PNG")).to_be_visible()
    expect(dialog.get_by_text("In another page")).to_have_count(0)
    window.page.keyboard.press("Escape")


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_axe_finds_nothing_to_object_to_in_the_open_dialog(window, dark):
    window.page.emulate_media(color_scheme="dark" if dark else "light")
    dialog = dialog_of(window)
    expect(dialog.get_by_role("textbox")).to_be_visible()
    for width in (1280, 390):
        window.page.set_viewport_size({"width": width, "height": 900})
        assert objections(window, COLOURS if dark else ALL, "dialog") == ""
    window.page.keyboard.press("Escape")
    window.page.set_viewport_size({"width": 1280, "height": 900})


@pytest.fixture(scope="module")
def course(window, tmp_path_factory):
    """A plain page on another host, with the frame that the dialog offers: as it is, and in a sandbox."""
    window.must_have_states()  # the frame asks nobody to work anything out
    dialog = dialog_of(window)
    html = dialog.get_by_role("textbox").input_value()
    window.page.keyboard.press("Escape")
    folder = tmp_path_factory.mktemp("course")
    for name, attribute in (("plain", ""), ("sandbox", ' sandbox="allow-scripts"')):
        frame = html.replace("<iframe", f"<iframe{attribute}", 1)
        (folder / f"{name}.html").write_text(f"<!DOCTYPE html><title>A course</title>{frame}", encoding="utf-8")
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(folder))) as host:
        threading.Thread(target=host.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{host.server_port}/"
        host.shutdown()


@pytest.mark.parametrize("name", ["plain", "sandbox"])
def test_a_frame_in_another_page_shows_the_view_as_high_as_it_is_and_its_controls_answer(browser, course, name):
    page = browser.new_page(viewport={"width": 1000, "height": 800})
    page.set_default_timeout(PATIENCE)
    page.goto(f"{course}{name}.html")
    frame = page.frame_locator("iframe")
    view = frame.locator("section[data-view=gain]")
    expect(view).to_have_attribute("data-state", re.compile("outcome=pain.*show=groups"))
    expect(view).to_have_attribute("data-ready", "true", timeout=PATIENCE)
    place = page.locator("iframe")

    def is_as_high():
        height = frame.locator("html").evaluate("(root) => Math.ceil(root.getBoundingClientRect().height)")
        return place.evaluate("(frame) => frame.clientHeight") == height

    assert screenshot.waited(is_as_high, 10)
    before = place.evaluate("(frame) => frame.clientHeight")
    view.locator("[name=show][value=difference]").check(force=True)
    expect(view).to_have_attribute("data-state", re.compile("show=difference"))
    expect(view).to_have_attribute("data-ready", "true")
    page.wait_for_function("(before) => document.querySelector('iframe').clientHeight !== before", arg=before)
    assert screenshot.waited(is_as_high, 10)
    expect(frame.locator("a.whole")).to_have_attribute("href", re.compile(r"^\./\?.*gain\.show=difference.*#gain$"))
    assert page.evaluate("history.length") == 2
    page.close()
