"""A teacher's own notebook in the page's look: plain Voilà shows its outputs beside the explainer's parts."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack
from pathlib import Path
from typing import Any

import nbformat
import pytest
from playwright.sync_api import Locator, expect

from prolo_dash.kit.theme import DARK, LIGHT

from .conftest import ROOT, rgb, running, screenshot

A_WHILE = 60_000  # ms for a kernel to start and Voilà's front end to load

CELLS = {
    "widgets": [
        "# My own widgets",
        "import ipywidgets as w\nfrom prolo_dash.explainer import view",
        'view("caveat")',
        'w.IntSlider(value=7, description="Age")',
        'w.VBox([view("gain"), w.Button(description="Go")])',
        'w.Tab([w.Label("first"), view("certainty")], titles=("One", "Two"))',
        '@w.interact(x=(0, 10))\ndef square(x=3):\n    print("square", x * x)',
    ],
    "outputs": [
        "# My own outputs",
        "## 84% of *all* for $n$",
        "The share is $\\frac{p}{n}$.",
        "from IPython.display import HTML, SVG, Image, Markdown, Math",
        "import plotly.graph_objects as go\ngo.Figure(go.Bar(x=['a', 'b'], y=[1, 2]))",
        "Markdown('**bold** and $x^2$')",
        "Math(r'\\sqrt{n}')",
        "print('<b>plain</b> & \\x1b[31mred\\x1b[0m')",
        "'<i>a value</i>'",
        "HTML('<p id=\"mine\">my own</p>')",
        'SVG(\'<svg xmlns="http://www.w3.org/2000/svg" width="60" height="30"><rect width="60" height="30"/></svg>\')',
        "import base64\nImage(base64.b64decode('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk"
        "+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=='))",
    ],
    "fault": ["# A fault", "'before'", "1 / 0"],
}
FAULT = "This part of the page could not be made. The fault has been logged."


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the project's notebooks and a teacher's own."""
    made = tmp_path_factory.mktemp("notebooks")
    for path in (ROOT / "notebooks").glob("*.ipynb"):
        shutil.copy(path, made)
    for name, sources in CELLS.items():
        new = nbformat.v4
        cells = [new.new_markdown_cell(s) if is_text(s) else new.new_code_cell(s) for s in sources]
        kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
        notebook = new.new_notebook(cells=cells, metadata={"kernelspec": kernel, "title": f"{name} <of mine>"})
        nbformat.write(notebook, made / f"{name}.ipynb")
    return made


def is_text(source: str) -> bool:
    return source.startswith(("#", "The "))


@pytest.fixture(scope="module")
def serving(jupyter_data: Path) -> Callable[..., AbstractContextManager[Any]]:
    """Plain Voilà in the page's look. (Without this client an output widget may wait for ever.)"""
    client = "--KernelManager.client_class=prolo_dash.jupyter.kernel_client.PolledKernelClient"

    def starting(target: Path, log: Path, *options: str) -> AbstractContextManager[Any]:
        environment = {"JUPYTER_DATA_DIR": str(jupyter_data)}
        options = ("--template=prolo", client, *options, str(target))
        return running("voila", *options, port=screenshot.free_port(), log=log, environment=environment)

    return starting


@pytest.fixture(scope="module")
def voila(folder: Path, serving: Callable[..., Any], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    with serving(folder, tmp_path_factory.mktemp("voila") / "log.txt") as server:
        yield server


@pytest.fixture
def served(folder: Path, serving: Callable[..., Any], tmp_path: Path) -> Iterator[Callable[..., Any]]:
    """Serve the folder, or one notebook of it, with options of Voilà's, until the test's windows are closed."""
    with ExitStack() as stack:
        yield lambda *options, notebook="": stack.enter_context(
            serving(folder / notebook, tmp_path / "log.txt", *options)
        )


@pytest.fixture
def opened(served: Callable[..., Any], open_page: Callable[..., Any], voila: Any) -> Callable[..., Any]:
    """Open a notebook of the folder. (It asks for ``served`` first, so that windows close before their server.)"""

    def open_notebook(name: str, at: Any = voila, **how: Any) -> Any:
        return open_page(f"voila/render/{name}.ipynb", at=at, wait=False, **how)

    return open_notebook


@pytest.fixture(scope="module")
def outputs(opening: Any, voila: Any) -> Iterator[Any]:
    """The notebook of outputs, opened once for tests that only look: each opening starts a kernel."""
    with opening() as open_page:
        yield open_page("voila/render/outputs.ipynb", at=voila, wait=False)


def slider(place: Any, name: str) -> Locator:
    return place.locator(".widget-slider", has_text=name)


def test_other_widgets_work_beside_views_and_around_them(opened: Callable[[str], Any]) -> None:
    window = opened("widgets")
    page = window.page
    expect(slider(page, "Age").locator(".widget-readout")).to_have_text("7", timeout=A_WHILE)
    window.must_show("caveat")  # ours alone
    window.must_show("gain")  # in a box of another's
    expect(page.get_by_role("button", name="Go")).to_be_visible()

    window.input("gain", "show", "groups").click()
    window.must_show("gain", show="groups")

    expect(page.get_by_text("square 9")).to_be_visible()
    slider(page, "x").get_by_role("slider").press("ArrowRight")
    expect(page.get_by_text("square 16")).to_be_visible()

    page.get_by_role("tab", name="Two").click()
    window.must_show("certainty")


def test_voilas_front_end_is_loaded_only_for_widgets_of_others(outputs: Any) -> None:
    expect(outputs.page.locator("html[data-kernel=live]")).to_have_count(1, timeout=A_WHILE)
    assert [request.url for request in outputs.requests if "voila.js" in request.url] == []


def test_outputs_are_shown_as_what_they_are(outputs: Any) -> None:
    page = outputs.page
    expect(page.locator(".output.figure .main-svg").first).to_be_visible(timeout=A_WHILE)
    expect(page.locator(".output strong", has_text="bold")).to_be_visible()
    assert page.locator("math").count() == 4
    expect(page.locator(".prose math mfrac")).to_be_visible()
    expect(page.locator(".output math msqrt")).to_be_visible()
    expect(page.get_by_text("<b>plain</b> & red")).to_be_visible()
    expect(page.get_by_text("'<i>a value</i>'")).to_be_visible()
    expect(page.locator("#mine")).to_have_text("my own")
    assert page.locator(".picture svg").bounding_box()["width"] == 60
    assert page.locator(".picture img").evaluate("(picture) => picture.naturalWidth") == 1
    assert page.title() == "outputs <of mine>"


def test_outputs_are_shown_without_scripts_too(opened: Callable[..., Any]) -> None:
    page = opened("outputs", scripts=False).page
    expect(page.locator(".output math msqrt")).to_be_visible()
    expect(page.locator(".output.figure .notice")).to_be_visible()


def test_a_heading_with_a_percent_sign_is_in_the_navigation_and_leads_there(outputs: Any) -> None:
    page = outputs.page
    link = page.locator("nav a")
    expect(link).to_have_text("84% of all for n", timeout=A_WHILE)
    link.click()
    expect(page.locator("h2", has_text="84% of all")).to_be_in_viewport()


def test_a_fault_is_one_plain_sentence(opened: Callable[[str], Any]) -> None:
    page = opened("fault").page
    expect(page.locator("main .notice")).to_have_text(
        "This part of the page could not be made. The fault has been logged."
    )
    assert "ZeroDivision" not in page.content()


def test_a_fault_is_told_in_full_where_tracebacks_are_wanted(
    opened: Callable[..., Any], served: Callable[..., Any]
) -> None:
    page = opened("fault", at=served("--show_tracebacks=True")).page
    page.locator("main details summary").click()
    expect(page.locator("main details pre")).to_contain_text("ZeroDivisionError: division by zero")


def test_the_methods_have_their_formulae_and_their_code_on_request(opened: Callable[[str], Any]) -> None:
    page = opened("methods").page
    expect(page.locator("math mfrac").first).to_be_visible(timeout=A_WHILE)
    code = page.locator("details.code").nth(1)
    expect(code.locator("pre")).to_be_hidden()
    code.locator("summary").click()
    expect(code.locator("pre")).to_contain_text("def counts(outcome_id):")


def test_code_of_other_notebooks_stays_where_it_is(opened: Callable[[str], Any]) -> None:
    assert opened("fault").page.locator("details.code").count() == 0


@pytest.mark.parametrize(("theme", "colours"), [("light", LIGHT), ("dark", DARK)])
def test_a_theme_that_was_chosen_comes_before_the_readers_screen(
    opened: Callable[..., Any], served: Callable[..., Any], theme: str, colours: dict[str, str]
) -> None:
    page = opened("fault", at=served(f"--theme={theme}"), dark=theme == "light").page
    expect(page.locator("body")).to_have_css("background-color", rgb(colours["paper"]))
    assert page.evaluate("getComputedStyle(document.documentElement).colorScheme") == theme


def test_lessons_are_linked_where_their_folder_is_served(opened: Callable[[str], Any]) -> None:
    page = opened("explainer").page
    page.get_by_text("For a class, or on paper").click(timeout=A_WHILE)
    page.locator(".lessons a", has_text="Better without the sugar").click(timeout=A_WHILE)
    expect(page.locator("h1")).to_contain_text("Better without the sugar", timeout=A_WHILE)
    page.get_by_role("link", name="Back to the explainer").click()
    expect(page.locator("h1")).to_contain_text("Prolotherapy", timeout=A_WHILE)


def test_no_lesson_is_linked_where_one_notebook_is_served(
    served: Callable[..., Any], open_page: Callable[..., Any]
) -> None:
    window = open_page(at=served(notebook="explainer.ipynb"))
    assert window.page.locator(".lessons").count() == 0


def test_progressive_rendering_shows_views_and_other_outputs(
    opened: Callable[..., Any], served: Callable[..., Any]
) -> None:
    window = opened("widgets", at=served("--progressive_rendering=True"))
    expect(slider(window.page, "Age").locator(".widget-readout")).to_have_text("7", timeout=A_WHILE)
    for view in ("caveat", "gain"):
        window.page.locator(f"section[data-view={view}][data-ready=true]").wait_for(timeout=A_WHILE)
        window.must_show(view)
