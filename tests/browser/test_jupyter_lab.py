"""Jupyter Lab: the same notebook, the same widget, the same renderings, answered by the notebook's own kernel."""

import shutil

from playwright.sync_api import expect

from prolo_dash.chapters.registry import CHAPTER_VIEWS

from .conftest import OPEN_VIEWS, ROOT

A_WHILE = 60_000  # ms for Lab to load, and for all cells to run


def test_the_notebook_shows_in_jupyter_lab_what_every_page_shows(jupyter_lab, open_page):
    window = open_page("lab/tree/explainer.ipynb?reset", at=jupyter_lab, wait=False, fresh=True)
    window.page.get_by_text("Python 3 (ipykernel) | Idle").wait_for(timeout=A_WHILE)
    window.page.get_by_role("menuitem", name="Run", exact=True).click()
    window.page.get_by_text("Run All Cells", exact=True).click()
    for view in CHAPTER_VIEWS:
        window.page.locator(f"section[data-view={view}][data-ready=true]").wait_for(timeout=A_WHILE)
    window.page.evaluate(OPEN_VIEWS)
    for view in CHAPTER_VIEWS:
        window.must_show(view)
    window.input("gain", "show", "groups").click()
    window.must_show("gain", show="groups")
    window.input("own_trial", "prolo_better").fill("20")
    window.must_show("own_trial", prolo_better="20")


def test_a_notebook_that_nobody_has_run_or_trusts_shows_charts_and_no_controls(jupyter_lab, open_page):
    shutil.copy(ROOT / "notebooks" / "lesson_dummy.ipynb", jupyter_lab.notebooks)
    page = open_page("lab/tree/lesson_dummy.ipynb?reset", at=jupyter_lab, wait=False, fresh=True).page
    chart = page.locator(".jp-OutputArea-output img").first
    chart.scroll_into_view_if_needed(timeout=A_WHILE)
    expect(chart).to_be_visible()
    assert chart.evaluate("(picture) => picture.naturalHeight") > 100
    assert page.locator(".jp-OutputArea-output").locator("input, button").count() == 0
