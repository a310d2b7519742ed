"""A view as a widget: a cell moves the page, a reader's click moves the traits, in Jupyter Lab and in Voilà."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import nbformat
import pytest
from playwright.sync_api import expect

from prolo_dash.kit.theme import DARK, LIGHT

from .conftest import rgb, running, screenshot, wanted

A_WHILE = 60_000  # ms for a kernel to start, and for Lab or Voilà's front end to load
TOO_LONG = 20_000  # ms after which the page has said that the kernel does not answer
NO_ANSWER = "The kernel has not answered in time"

# The first cell's displays are on the page before the last cell has run.
CELLS = [
    "import ipywidgets as w\nimport traitlets\nfrom prolo_dash.explainer import view\n\ngain = view('gain')\ngain",
    "gain",
    "caveat = view('caveat')\nlinked = traitlets.link((gain, 'conditions'), (caveat, 'conditions'))\nw.VBox([caveat])",
    "heard = w.Label()\ngain.observe(lambda change: setattr(heard, 'value', f'heard {change.new}'), 'show')\nheard",
    "def press(_):\n    gain.outcome = 'pain'\n\nbutton = w.Button(description='Pain')\nbutton.on_click(press)\nbutton",
    "gain.show = 'difference'\ngain.conditions = ['low_back']",
]
SET = {"show": "difference", "conditions": "low_back"}  # by the last cell
LAB_SETTINGS = {
    "saveState": ("@jupyter-widgets/jupyterlab-manager/plugin", True),
    "theme": ("@jupyterlab/apputils-extension/themes", "JupyterLab Dark"),
}

_COLOURS = """(section) => {
  const { backgroundColor, color } = getComputedStyle(section.closest(".prolo"));
  return { paper: backgroundColor, letters: color, chart: JSON.stringify(section.querySelector(".chart").data) };
}"""


def write_notebook(path: Path, cells: list[str]) -> None:
    new = nbformat.v4
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    made = new.new_notebook(cells=[new.new_code_cell(cell) for cell in cells], metadata={"kernelspec": kernel})
    nbformat.write(made, path)


@pytest.fixture
def lab(jupyter_lab: Any, open_page: Callable[..., Any]) -> Callable[..., Any]:
    """Open a notebook in Jupyter Lab with settings of Lab's, and wait for its kernel."""

    def open_lab(cells: list[str] | None = CELLS, settings: tuple[str, ...] = (), files: bool = True) -> Any:
        """Without ``cells`` the notebook as it was left; without ``files`` as on a hub whose Lab lacks the package."""
        for name in settings:
            plugin, value = LAB_SETTINGS[name]
            path = jupyter_lab.settings / f"{plugin}.jupyterlab-settings"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(json.dumps({name: value}), encoding="utf-8")
        if cells:
            write_notebook(jupyter_lab.notebooks / "mine.ipynb", cells)
        window = open_page("nothing", at=jupyter_lab, wait=False, height=1600, fresh=True)
        window.forgiven = "404"
        if not files:
            window.page.route("**/extensions/prolo-dash/*", lambda route: route.fulfill(status=404))
        window.go("lab/tree/mine.ipynb?reset")
        window.page.get_by_text("Python 3 (ipykernel) | Idle").wait_for(timeout=A_WHILE)
        return window

    return open_lab


def run_all(window: Any, view: str = "gain") -> None:
    choose(window, "Run", "Run All Cells")
    window.page.locator(f"section[data-view={view}][data-ready=true]").first.wait_for(timeout=A_WHILE)


@pytest.fixture
def served(tmp_path: Path, jupyter_data: Path) -> Iterator[Any]:
    """The notebook as plain Voilà serves it, with prepared states."""
    path = tmp_path / "mine.ipynb"
    write_notebook(path, CELLS)
    environment = {"JUPYTER_DATA_DIR": str(jupyter_data)}
    port = screenshot.free_port()
    with running(
        "voila", "--template=prolo", str(path), port=port, log=tmp_path / "log.txt", environment=environment
    ) as server:
        yield server


@pytest.fixture
def voila(served: Any, open_page: Callable[..., Any]) -> Callable[..., Any]:
    """Open that notebook, and wait for what is on its page."""

    def open_voila(address: str = "") -> Any:
        window = open_page(address, at=served, wait=False)
        window.page.get_by_role("button", name="Pain").wait_for(timeout=A_WHILE)
        return window

    return open_voila


def check_widgets(window: Any) -> None:
    """The notebook above, wherever it is shown."""
    for display in (0, 1):
        window.must_show("gain", display, **SET)
    window.must_show("caveat", conditions="low_back")  # linked, and in a box

    window.input("gain", "show", "groups", display=1).click()
    for display in (0, 1):
        window.must_show("gain", display, **SET | {"show": "groups"})
    expect(window.page.get_by_text("heard groups")).to_be_visible()

    window.page.get_by_role("button", name="Pain").click()
    for display in (0, 1):
        window.must_show("gain", display, **SET | {"show": "groups", "outcome": "pain"})
        expect(window.input("gain", "outcome", "pain", display)).to_be_checked()

    window.input("caveat", "conditions", "low_back").click()
    for display in (0, 1):
        window.must_show("gain", display, conditions="none", show="groups", outcome="pain")


def test_cells_and_clicks_move_all_displays_in_jupyter_lab(lab):
    window = lab()
    run_all(window)
    check_widgets(window)


def test_cells_and_clicks_move_all_displays_in_voila(voila):
    check_widgets(voila())


def test_a_link_sets_the_traits_of_a_page_of_voila(voila):
    window = voila("?gain.show=groups")
    window.must_show("gain", show="groups")
    window.must_show("gain", 1, show="groups")
    expect(window.page.get_by_text("heard groups")).to_be_visible()


def choose(window: Any, menu: str, entry: str) -> None:
    window.page.get_by_role("menuitem", name=menu, exact=True).click()
    window.page.get_by_text(entry, exact=True).click()


def test_a_saved_notebook_shows_its_state_and_says_when_no_kernel_answers(lab, jupyter_lab):
    window = lab(settings=("saveState",))
    run_all(window)
    window.input("gain", "show", "groups").click()
    shown = SET | {"show": "groups"}
    window.must_show("gain", 1, **shown)
    choose(window, "File", "Save Notebook")
    saved = jupyter_lab.notebooks / "mine.ipynb"
    assert window.wait_until(lambda: "show=groups" in saved.read_text(encoding="utf-8"))
    choose(window, "Kernel", "Shut Down Kernel")
    assert window.wait_until(lambda: not window.kernels())
    window.close()

    window = lab(cells=None)  # its kernel is new and knows no widget
    window.must_show("gain", **shown)
    window.must_show("gain", 1, **shown)
    window.must_show("caveat", conditions="low_back")
    window.input("gain", "show", "difference").click()
    expect(window.part("gain", "notice")).to_contain_text(NO_ANSWER, timeout=TOO_LONG)
    window.must_show("gain", **shown)
    expect(window.input("gain", "show", "groups")).to_be_checked()
    window.close()

    window = lab(cells=None, files=False)
    expect(window.part("gain", "chart")).to_contain_text("The chart can’t be drawn", timeout=TOO_LONG)
    assert window.shown("gain").rows == wanted("gain", shown).rows


def test_charts_come_from_the_kernel_where_jupyter_does_not_serve_their_script(lab):
    window = lab(files=False)
    run_all(window)
    window.must_show("gain", 1, **SET)
    window.must_show("caveat", conditions="low_back")
    assert sum('"file":"plotly.min.js"' in str(frame) for frame in window.frames) == 1
    window.part("gain", "share").first.click()
    expect(window.page.locator("dialog.share .code img")).to_be_visible()


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
def test_a_widget_is_as_dark_as_jupyter_lab(lab, theme):
    window = lab(CELLS[:1], settings=("theme",) if theme is DARK else ())
    run_all(window)
    window.must_show("gain")
    drawn = window.view("gain").evaluate(_COLOURS)
    assert (drawn["paper"], drawn["letters"]) == (rgb(theme["paper"]), rgb(theme["ink"]))
    assert theme["prolo"] in drawn["chart"]
