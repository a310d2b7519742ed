"""With broken evidence every command ends in one sentence that names the check, and never in a traceback."""

import csv
import shutil
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from prolo_dash.cli import main

ROOT = Path(__file__).parents[2]
IN_A_NOTEBOOK = """
from IPython.core.interactiveshell import InteractiveShell
result = InteractiveShell.instance().run_cell("from prolo_dash.explainer import chapter; chapter('caveat')")
raise SystemExit(0 if result.success else 1)
"""
_ASKS_FOR_A_ROW = """
object.__setattr__(VIEW, "render", lambda known, state: {}["a row that is gone"])
"""
COMMANDS = {
    "digest": ("-m", "prolo_dash.cli", "digest"),
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
    """How every command ended beside evidence that is broken in the first way."""
    checkout = tmp_path_factory.mktemp("checkout")
    for name in ("prolo_dash", "data", "notebooks"):
        shutil.copytree(ROOT / name, checkout / name, ignore=shutil.ignore_patterns("__pycache__"))
    next(iter(WAYS.values()))(checkout / "data")
    with ThreadPoolExecutor(2) as pool:
        return dict(zip(COMMANDS, pool.map(lambda command: _ended(checkout, *command), COMMANDS.values()), strict=True))


def _blames_the_evidence(said: str, check: str = "prolo-dash check") -> bool:
    (line,) = said.strip().split("\n")
    return line.startswith("The evidence files in ") and line.endswith(f": run `{check}`, which says what to write.")


@pytest.mark.parametrize("name", COMMANDS)
def test_with_broken_evidence_every_command_ends_in_one_sentence_that_names_the_check(
    ended: dict[str, subprocess.CompletedProcess[str]], name: str
) -> None:
    assert ended[name].returncode == 1
    assert _blames_the_evidence(ended[name].stdout + ended[name].stderr)


@pytest.mark.parametrize("way", WAYS)
def test_however_evidence_is_broken_it_ends_in_that_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], way: str
) -> None:
    data = tmp_path / "data"
    shutil.copytree(ROOT / "data", data)
    WAYS[way](data)
    assert main(["digest", "--data", str(data)]) == 1
    assert _blames_the_evidence("".join(capsys.readouterr()), f"prolo-dash check --data {data}")


def test_evidence_that_the_page_does_not_start_with_is_told_by_the_check_too(tmp_path: Path) -> None:
    """Each file is right by itself, and a row that a view asks for by name is called otherwise."""
    for name in ("prolo_dash", "data"):
        shutil.copytree(ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__"))
    broken = tmp_path / "prolo_dash" / "chapters" / "own_trial" / "view.py"
    broken.write_text(broken.read_text(encoding="utf-8") + _ASKS_FOR_A_ROW, encoding="utf-8")
    done = _ended(tmp_path, "-m", "prolo_dash.cli", "check")
    assert done.returncode == 1
    (line,) = (done.stdout + done.stderr).strip().split("\n")
    assert line.startswith(f"The page can't start with the evidence files in {tmp_path / 'data'}, ")
    assert "view.py" in line
