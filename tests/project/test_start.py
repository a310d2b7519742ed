"""With broken evidence every command ends in one sentence that names the check, and never in a traceback."""

import csv
import shutil
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
DIGEST = ("-m", "prolo_dash.cli", "digest")
IN_A_NOTEBOOK = """
from IPython.core.interactiveshell import InteractiveShell
result = InteractiveShell.instance().run_cell("from prolo_dash.explainer import chapter; chapter('caveat')")
raise SystemExit(0 if result.success else 1)
"""
_ASKS_FOR_A_ROW = """
object.__setattr__(VIEW, "render", lambda known, state: {}["a row that is gone"])
"""
COMMANDS = {
    "digest": DIGEST,
    "build": ("-m", "prolo_dash.cli", "build", "site"),
    "handout": ("-m", "prolo_dash.cli", "handout", "--chapters", "caveat", "handout.html"),
    "serve": ("-m", "prolo_dash.cli", "serve", "--no-browser", "--port=0"),
    "a notebook": ("-c", IN_A_NOTEBOOK),
}


def _only_header(data: Path) -> None:
    path = data / "results.csv"
    path.write_text(path.read_text(encoding="utf-8").split("\n", 1)[0] + "\n", encoding="utf-8")


def _missing(data: Path) -> None:
    (data / "flags.csv").unlink()


def _wrong_type(data: Path) -> None:
    _type(data / "results.csv", "n", "many")


def _one_person(data: Path) -> None:
    _type(data / "results.csv", "n", "1")


def _type(path: Path, column: str, text: str) -> None:
    """Type the text into every row of an average with a spread."""
    with path.open(encoding="utf-8", newline="") as stream:
        header, *rows = csv.reader(stream)
    for row in rows:
        if row[header.index("sd")]:
            row[header.index(column)] = text
    with path.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream, lineterminator="\n").writerows([header, *rows])


WAYS: dict[str, Callable[[Path], None]] = {
    "a file without rows": _only_header,
    "a file that is missing": _missing,
    "a cell of the wrong type": _wrong_type,
    "a spread of one person": _one_person,
}


def _ended(checkout: Path, *command: str) -> subprocess.CompletedProcess[str]:
    arguments = [sys.executable, *command]
    return subprocess.run(arguments, cwd=checkout, capture_output=True, text=True, timeout=120, check=False)


@pytest.fixture(scope="module")
def ended(tmp_path_factory: pytest.TempPathFactory) -> dict[str, subprocess.CompletedProcess[str]]:
    """How a command ended in each way of being broken, and every command in the first."""
    runs = []
    for way, breaks in WAYS.items():
        checkout = tmp_path_factory.mktemp("checkout")
        for name in ("prolo_dash", "data", "notebooks"):
            shutil.copytree(ROOT / name, checkout / name, ignore=shutil.ignore_patterns("__pycache__"))
        breaks(checkout / "data")
        runs.append((way, checkout, DIGEST))
    runs += [(name, runs[0][1], command) for name, command in COMMANDS.items()]

    def run(one: tuple[str, Path, tuple[str, ...]]) -> tuple[str, subprocess.CompletedProcess[str]]:
        name, checkout, command = one
        return name, _ended(checkout, *command)

    with ThreadPoolExecutor(2) as pool:
        return dict(pool.map(run, runs))


@pytest.mark.parametrize("name", [*WAYS, *COMMANDS])
def test_broken_evidence_ends_in_one_sentence_that_names_the_check(
    ended: dict[str, subprocess.CompletedProcess[str]], name: str
) -> None:
    done = ended[name]
    assert done.returncode == 1
    (line,) = (done.stdout + done.stderr).strip().split("\n")
    assert line.startswith("The evidence files in ")
    assert line.endswith(": run `prolo-dash check`, which says what to write.")


def test_evidence_that_the_page_does_not_start_with_is_told_by_the_check_too(tmp_path: Path) -> None:
    """Each file is right by itself, and a row that a view asks for by name is called otherwise."""
    for name in ("prolo_dash", "data"):
        shutil.copytree(ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__"))
    broken = tmp_path / "prolo_dash" / "chapters" / "own_trial" / "own_trial.py"
    broken.write_text(broken.read_text(encoding="utf-8") + _ASKS_FOR_A_ROW, encoding="utf-8")
    done = _ended(tmp_path, "-m", "prolo_dash.cli", "check")
    assert done.returncode == 1
    (line,) = (done.stdout + done.stderr).strip().split("\n")
    assert line.startswith(f"The page can't start with the evidence files in {tmp_path / 'data'}, ")
    assert "own_trial.py" in line
