"""The command line speaks plainly and says by its exit status how it went."""

import errno
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from prolo_dash.cli import main
from prolo_dash.evidence.library import library
from prolo_dash.evidence.package import data_dir
from prolo_dash.render.digest import digest

FROZEN = Path(__file__).parents[1] / "frozen"


def test_help_names_every_command(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stop:
        main(["--help"])
    assert stop.value.code == 0
    text = capsys.readouterr().out
    assert "show the explainer in a browser" in text
    assert "write chapters as a PDF for a class" in text
    assert "say what is wrong in the evidence files" in text
    assert "print the explainer as text" in text


def test_checking_the_projects_own_data_finds_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check"]) == 0
    assert capsys.readouterr().out.startswith("No problem found")


def test_a_problem_in_someone_elses_data_is_one_line_and_status_1(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "data"
    shutil.copytree(data_dir(), folder)
    results = folder / "results.csv"
    results.write_text(results.read_text(encoding="utf-8").replace(",21,14,", ",21,24,", 1), encoding="utf-8")
    assert main(["check", "--data", str(folder)]) == 1
    lines = capsys.readouterr().out.strip().split("\n")
    assert len(lines) == 2
    assert lines[0].startswith("results.csv, row 5, column events: ")


def test_a_folder_that_is_not_there_gets_a_sentence(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "--data", str(tmp_path / "nowhere")]) == 1
    assert len(capsys.readouterr().out.strip().split("\n")) == 2


def test_a_folder_that_may_not_be_entered_gets_a_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    stat = Path.stat

    def barred(path: Path, **options: bool) -> os.stat_result:  # as for anyone but root
        if path.name == "inner":
            raise PermissionError(errno.EACCES, "Permission denied", str(path))
        return stat(path, **options)

    monkeypatch.setattr(Path, "stat", barred)
    assert main(["check", "--data", str(tmp_path / "inner")]) == 1
    lines = capsys.readouterr().out.strip().split("\n")
    assert len(lines) == 2
    assert "(Permission denied)" in lines[0]


def unread() -> Iterator[int]:
    """A pipe whose reader went away, as `head` does, and a full disk."""
    reading, writing = os.pipe()
    os.close(reading)
    yield writing
    os.close(writing)
    if Path("/dev/full").exists():
        full = os.open("/dev/full", os.O_WRONLY)
        yield full
        os.close(full)


@pytest.mark.parametrize("command", [["notebooks"], ["check", "--data", "nowhere"]])
def test_output_that_nobody_takes_is_no_reason_for_a_traceback(command: list[str]) -> None:
    """What is said of a full disk, and nothing to one who has read enough."""
    said = [
        subprocess.run(
            [sys.executable, "-m", "prolo_dash.cli", *command],
            stdout=place,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )
        for place in unread()
    ]
    assert [one.returncode for one in said] == [1] * len(said)
    assert [one.stderr for one in said] == ["", "The output can't be written: No space left on device.\n"][: len(said)]


def test_a_command_that_is_interrupted_ends_as_a_shell_expects(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def interrupted(_: object) -> str:
        raise KeyboardInterrupt

    monkeypatch.setattr("prolo_dash.render.digest.digest", interrupted)
    assert main(["digest"]) == 130  # 128 and the number of SIGINT
    assert capsys.readouterr() == ("", "")


def test_the_digest_tells_the_story(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["digest"]) == 0
    text = capsys.readouterr().out
    assert "no longer as randomised" in text
    assert text == digest(library()) + "\n"


def test_somebody_elses_evidence_is_shown_and_only_for_that_command(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["digest", "--data", str(FROZEN)]) == 0
    told = capsys.readouterr().out
    assert told == digest(library(FROZEN)) + "\n"
    assert main(["digest"]) == 0
    assert capsys.readouterr().out != told


def test_importing_the_package_reads_no_evidence() -> None:
    imports = "prolo_dash.explainer, prolo_dash.jupyter.app, prolo_dash.render.state_cache"
    said = f"import prolo_dash.evidence.package as p; p.read_table = None; import {imports}"
    assert subprocess.run([sys.executable, "-c", said], check=False).returncode == 0


def test_the_notebooks_can_be_found(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["notebooks"]) == 0
    assert (Path(capsys.readouterr().out.strip()) / "explainer.ipynb").exists()


def test_an_option_that_a_command_does_not_have_gets_a_sentence(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stop:
        main(["digest", "--colour"])
    assert stop.value.code == 2
    assert "unrecognized arguments: --colour" in capsys.readouterr().err
