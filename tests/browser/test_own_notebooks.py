"""A folder of one's own: notebooks with widgets of any kind beside the explainer, in the same server."""

import shutil

import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell
from playwright.sync_api import expect

from ..servers.conftest import eventually, notebook
from .conftest import ROOT, screenshot

A_WHILE = 60_000  # ms for Voilà's front end to load
_SLIDER = """
import ipywidgets
from prolo_dash.explainer import view

slider = ipywidgets.IntSlider(value=3, description="People")
words = ipywidgets.Label()
slider.observe(lambda change: setattr(words, "value", f"moved to {change.new}"), "value")
ipywidgets.VBox([slider, words])
"""


@pytest.fixture(scope="module")
def own_folder(tmp_path_factory):
    """The explainer, and a notebook of a teacher's; kernels end twelve seconds after they were last used."""
    folder = tmp_path_factory.mktemp("folder")
    shutil.copy(ROOT / "notebooks" / "explainer.ipynb", folder)
    cells = [new_markdown_cell("# My lesson"), new_code_cell(_SLIDER), new_code_cell('view("gain")')]
    notebook(folder / "lesson_mine.ipynb", *cells, lesson=True)
    culling = [f"--MappingKernelManager.{name}" for name in ("cull_connected=True", "cull_interval=1")]
    options = [*culling, "--MappingKernelManager.cull_idle_timeout=12", str(folder)]
    with (folder / "log").open("w") as log, screenshot.served(log, options=options) as running:
        yield running


def test_a_lesson_with_widgets_of_its_own_opens_from_the_explainer_and_works(own_folder, open_page):
    window = open_page(at=own_folder)
    window.forgiven = "Failed to load resource"  # Voilà's front end asks for a list of kernels that Voilà does not have
    window.page.get_by_text("For a class, or on paper").click()
    window.page.get_by_role("link", name="My lesson").click()
    slider = window.page.get_by_role("slider", name="People").or_(window.page.locator(".noUi-handle")).first
    slider.wait_for(timeout=A_WHILE)
    slider.focus()
    window.page.keyboard.press("ArrowRight")
    expect(window.page.get_by_text("moved to 4")).to_be_visible()
    window.must_show("gain")
    window.input("gain", "show", "groups").click()
    window.must_show("gain", show="groups")


def test_a_reader_whose_kernel_was_ended_is_told_and_keeps_what_is_shown(own_folder, open_page):
    window = open_page("voila/render/lesson_mine.ipynb", at=own_folder, wait=False)
    window.forgiven = "Failed to load resource"
    expect(window.page.locator("html[data-kernel=live]")).to_have_count(1, timeout=A_WHILE)
    window.must_show("gain")
    assert eventually(lambda: not window.kernels())
    expect(window.page.locator("html[data-kernel=lost]")).to_have_count(1, timeout=A_WHILE)
    expect(window.page.locator(".connection .lost:visible")).to_have_count(1)
    window.must_show("gain")
