"""Every code cell of every notebook is run and compared by nbval; none slips through."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from prolo_dash.views.chapters import CHAPTERS

ROOT = Path(__file__).parents[2]
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
ESCAPES = {"nbval-skip", "nbval-ignore-output", "nbval-raises-exception", "raises-exception", "skip-execution"}


def code_cells(path: Path) -> list[dict]:
    return [cell for cell in json.loads(path.read_text(encoding="utf-8"))["cells"] if cell["cell_type"] == "code"]


def test_there_are_notebooks_to_check() -> None:
    assert {path.stem for path in NOTEBOOKS} >= {"explainer", "methods"}


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda p: p.stem)
def test_every_code_cell_was_executed_in_order(path: Path) -> None:
    # nbval compares nothing in a cell whose execution count is empty.
    assert [cell["execution_count"] for cell in code_cells(path)] == list(range(1, len(code_cells(path)) + 1))


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda p: p.stem)
def test_no_cell_asks_nbval_to_look_away(path: Path) -> None:
    for cell in code_cells(path):
        source = "".join(cell["source"])
        assert source.strip()
        assert not ESCAPES & set(cell["metadata"].get("tags", []))
        assert "NBVAL" not in source


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda p: p.stem)
def test_a_notebook_is_small_and_keeps_no_widget_state(path: Path) -> None:
    assert path.stat().st_size < 1_000_000
    assert "widgets" not in json.loads(path.read_text(encoding="utf-8"))["metadata"]


def test_a_number_that_changed_is_noticed(tmp_path: Path) -> None:
    notebook = json.loads((ROOT / "notebooks" / "methods.ipynb").read_text(encoding="utf-8"))
    changed = tmp_path / "methods.ipynb"
    text = json.dumps(notebook).replace("usual_care 3 of 22 = 13.6", "usual_care 3 of 22 = 13.7")
    assert "13.7" in text
    changed.write_text(text, encoding="utf-8")
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:python", "-p", "no:cacheprovider", "--nbval"]
    run = subprocess.run(
        [*command, "--nbval-current-env", str(changed)], capture_output=True, text=True, cwd=tmp_path, check=False
    )
    assert run.returncode == 1
    assert "1 failed" in run.stdout


def test_the_explainer_reads_as_a_document() -> None:
    cells = json.loads((ROOT / "notebooks" / "explainer.ipynb").read_text(encoding="utf-8"))["cells"]
    headings = [line for c in cells if c["cell_type"] == "markdown" for line in "".join(c["source"]).split("\n")]
    assert next(h for h in headings if h.startswith("# ")).startswith("# Prolotherapy")
    assert [h[3:] for h in headings if h.startswith("## ")] == [chapter.name for chapter in CHAPTERS]
    for cell in cells:
        if cell["cell_type"] == "code":
            assert len("".join(cell["source"]).strip().split("\n")) == 1
