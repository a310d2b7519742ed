"""Every code cell of every notebook is run and compared by nbval; none slips through."""

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from prolo_dash.chapters.registry import CHAPTERS
from prolo_dash.evidence.library import library
from prolo_dash.render.lessons import MIME, Call, calls_in, prediction_of
from prolo_dash.render.static_html import shown_views

ROOT = Path(__file__).parents[2]
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
ESCAPES = {"nbval-skip", "nbval-ignore-output", "nbval-raises-exception", "raises-exception", "skip-execution"}


def code_cells(path: Path) -> list[dict]:
    return [cell for cell in json.loads(path.read_text(encoding="utf-8"))["cells"] if cell["cell_type"] == "code"]


def test_there_are_notebooks_to_check() -> None:
    assert {path.stem for path in NOTEBOOKS} >= {"explainer", "methods", "widgets"}


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
    assert path.stat().st_size < 2_000_000
    assert "widgets" not in json.loads(path.read_text(encoding="utf-8"))["metadata"]


def shown_in(path: Path) -> Iterator[tuple[Call, dict[str, Any]]]:
    """What the cells of a notebook show by the calls of this package: call and output."""
    for cell in code_cells(path):
        for output in cell["outputs"]:
            if MIME in output.get("data", {}):
                yield Call.from_json(output["data"][MIME]), output["data"]


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda p: p.stem)
def test_every_output_of_a_call_says_so(path: Path) -> None:
    said = [(call.function, call.names) for call, _ in shown_in(path)]
    called = [(call.function, call.names) for call in calls_in(json.loads(path.read_text(encoding="utf-8")))]
    assert called == [one for one in said if one in called]


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda p: p.stem)
def test_every_chart_has_a_picture_with_words_for_it(path: Path) -> None:
    for call, data in shown_in(path):
        charts = [rendering for _, rendering in shown_views(library(), call) if not rendering.chart.is_empty]
        pictures = re.findall(r'<img src="data:image/png;base64,[^"]+" width="\d+" alt="([^"]+)">', html_of(data))
        assert len(pictures) == len(charts) == html_of(data).count("<img")


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda p: p.stem)
def test_nothing_waits_for_a_kernel_or_a_script(path: Path) -> None:
    for _, data in shown_in(path):
        assert "application/vnd.jupyter.widget-view+json" not in data
        assert not re.search(r"<(input|button|select|form|script|template|noscript|style)\b", html_of(data))
        assert 'href="#' not in html_of(data)


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda p: p.stem)
def test_a_question_shows_no_answer_before_its_guess(path: Path) -> None:
    """Numbers in the question itself are compared by nbval, as all that a cell shows."""
    for call, data in shown_in(path):
        if call.function == "predict":
            asked = prediction_of(library(), call.names[0])
            words = re.sub(r"<[^>]+>", "", html_of(data)).replace("&#39;", "'")
            question, _, rest = words.partition("\n")
            assert re.sub(r"\d+", "#", question) == re.sub(r"\d+", "#", asked.question)
            assert not re.search(r"\d", rest)
            assert asked.why not in rest


def html_of(data: dict[str, Any]) -> str:
    """The HTML of an output."""
    return "".join(data["text/html"])


@pytest.mark.parametrize(
    ("notebook", "is_now", "was"),
    [
        ("methods", "usual_care 3 of 22 = 13.6", "usual_care 3 of 22 = 13.7"),
        ("lesson_compared", "<strong>84 of 100</strong>", "<strong>85 of 100</strong>"),
    ],
)
def test_a_word_or_number_that_changed_is_noticed(tmp_path: Path, notebook: str, is_now: str, was: str) -> None:
    text = (ROOT / "notebooks" / f"{notebook}.ipynb").read_text(encoding="utf-8")
    assert is_now in text
    changed = tmp_path / "changed.ipynb"
    changed.write_text(text.replace(is_now, was), encoding="utf-8")
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-q",
        "-p",
        "nbval",
        "-p",
        "no:python",
        "-p",
        "no:cacheprovider",
        "--nbval",
    ]
    options = ["--nbval-current-env", "--nbval-sanitize-with", str(ROOT / "tests" / "notebooks" / "sanitize.cfg")]
    run = subprocess.run([*command, *options, str(changed)], capture_output=True, text=True, cwd=tmp_path, check=False)
    assert run.returncode == 1
    cells = [json.dumps(cell["outputs"]) for cell in code_cells(ROOT / "notebooks" / f"{notebook}.ipynb")]
    (number,) = [i for i, outputs in enumerate(cells) if is_now in outputs]
    assert f"Cell {number} - " in run.stdout


def test_the_explainer_reads_as_a_document() -> None:
    cells = json.loads((ROOT / "notebooks" / "explainer.ipynb").read_text(encoding="utf-8"))["cells"]
    headings = [line for c in cells if c["cell_type"] == "markdown" for line in "".join(c["source"]).split("\n")]
    assert next(h for h in headings if h.startswith("# ")).startswith("# Prolotherapy")
    assert [h[3:] for h in headings if h.startswith("## ")] == [chapter.name for chapter in CHAPTERS]
    for cell in cells:
        if cell["cell_type"] == "code":
            assert len("".join(cell["source"]).strip().split("\n")) == 1
