"""Notebooks that nobody runs, as GitHub and ``jupyter nbconvert`` show them: documents, with and without scripts."""

import importlib
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from nbconvert.exporters import HTMLExporter
from playwright.sync_api import Browser, Page

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT / "tools"))
chart_pictures = importlib.import_module("chart_pictures")
execute_notebooks = importlib.import_module("execute_notebooks")
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))


@pytest.fixture(params=[True, False], ids=["with scripts", "without scripts"])
def page(request: pytest.FixtureRequest, browser: Browser) -> Iterator[Page]:
    context = browser.new_context(java_script_enabled=request.param)
    yield context.new_page()
    context.close()


@cache
def _converted(path: Path) -> str:
    text: str
    text, _ = HTMLExporter().from_filename(str(path))
    return text


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda p: p.stem)
def test_a_converted_notebook_shows_its_charts_and_nothing_dead(path: Path, page: Page, tmp_path: Path) -> None:
    target = tmp_path / "notebook.html"
    target.write_text(_converted(path), encoding="utf-8")
    page.goto(target.as_uri())
    pictures = page.locator(".jp-OutputArea-output img").all()
    assert len(pictures) == path.read_text(encoding="utf-8").count("data:image/png;base64,")
    for picture in pictures:
        box = picture.bounding_box()
        assert box is not None
        assert box["width"] == chart_pictures.WIDTH
        assert box["height"] > 100  # one that could not be read would be as high as its words
    assert page.locator(".jp-OutputArea-output").locator("input, button, select, form").count() == 0
    assert page.get_by_text("model not found").count() == 0


def test_a_notebook_is_the_same_each_time_it_is_executed(browser: Browser) -> None:
    path = ROOT / "notebooks" / "lesson_compared.ipynb"
    one, other = (execute_notebooks.executed(path, chart_pictures.painter_in(browser)) for _ in range(2))
    assert one == other
