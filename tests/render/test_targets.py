"""What stands already where an edition is to be written is not lost, and each odd name gets a sentence."""

import errno
import io
import os
import sys
from pathlib import Path

import pytest

from prolo_dash.cli import main
from prolo_dash.evidence.library import library
from prolo_dash.render import handout as edition
from prolo_dash.render.handout import HandoutOptions, write
from prolo_dash.render.targets import TargetError, check_folder, write_folder


def listed(folder):
    """Every file below a folder with its content."""
    return {path.relative_to(folder): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.parametrize("name", ["", " ", "a\0b"])
@pytest.mark.parametrize("command", [["build"], ["build", "--one-file"], ["handout"], ["check", "--data"]])
def test_no_name_is_no_place(command, name, tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(SystemExit) as stop:
        main([*command, name])
    assert stop.value.code == 2
    assert "is not the name of a file or folder" in capsys.readouterr().err
    assert listed(tmp_path) == {}


@pytest.mark.parametrize("index", [None, b"", b"<!DOCTYPE html><title>My own page</title>"])
def test_a_folder_with_other_files_stays_as_it_is(index, tmp_path, capsys):
    (tmp_path / "thesis.txt").write_text("mine")
    if index is not None:
        (tmp_path / "index.html").write_bytes(index)
    before = listed(tmp_path)
    assert main(["build", str(tmp_path)]) == 1
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.count("\n") == 1
    assert "has other files in it, so nothing was written" in said.err
    assert listed(tmp_path) == before


def test_a_build_is_renewed_beside_files_that_were_added_to_it_and_hidden_ones_are_no_hindrance(tmp_path):
    (tmp_path / ".git").mkdir()
    assert main(["build", str(tmp_path)]) == 0
    (tmp_path / "CNAME").write_text("explainer.example")
    first = listed(tmp_path)
    assert main(["build", str(tmp_path)]) == 0
    assert listed(tmp_path) == first


BUILD = {"a/late.js": b"2", "index.html": b'<html data-edition="1">', "other.html": b"3"}


@pytest.mark.parametrize("stops", ["write_bytes", "replace"])
def test_a_build_that_failed_loses_nothing_and_can_be_repeated(stops, tmp_path, monkeypatch):
    """The disk is full, or the last file can't be put in its place."""
    (tmp_path / "earlier").mkdir()
    write_folder(tmp_path / "earlier", BUILD)
    whole, calls = getattr(Path, stops), []

    def until_third(path, *given):
        calls.append(path)
        if len(calls) > 2:
            raise OSError(errno.ENOSPC, "No space left on device")
        return whole(path, *given)

    for folder, files in ((tmp_path / "earlier", BUILD | {"other.html": b"4"}), (tmp_path / "new", BUILD)):
        calls.clear()
        with monkeypatch.context() as full:
            full.setattr(Path, stops, until_third)
            with pytest.raises(OSError, match="No space"):
                write_folder(folder, files)
        assert [path for path in folder.iterdir() if path.name.startswith(".")] == []
        if folder.name == "earlier":
            assert listed(folder) == {Path(name): content for name, content in BUILD.items()}
        check_folder(folder)
        write_folder(folder, files)
        assert listed(folder) == {Path(name): content for name, content in files.items()}


def odd_places(folder):
    """A file, a link to nothing and, where there are any, a pipe."""
    (folder / "file").write_text("mine")
    (folder / "link").symlink_to(folder / "nowhere")
    os.mkfifo(folder / "pipe.html")


@pytest.mark.skipif(os.name == "nt", reason="no pipes in folders there")
@pytest.mark.parametrize(
    ("command", "name", "said"),
    [
        (["build"], "file", "file is no folder"),
        (["build"], "file/site", "file is no folder"),
        (["build"], "link", "link is a link to what is not there"),
        (["build"], "pipe.html", "pipe.html is no folder"),
        (["build", "--one-file"], "file/x.html", "file is no folder"),
        (["handout"], "link/x.html", "link is a link to what is not there"),
        (["build", "--one-file"], "pipe.html", "is not a regular file"),
        (["handout"], "pipe.html", "is not a regular file"),
        (["build", "--one-file"], ".html", "has to end in .html, with a name before that."),
        (["handout"], ".PDF", "has to end in .pdf or .html, with a name before that."),
    ],
)
def test_a_place_that_can_hold_nothing_is_told_for_what_it_is(command, name, said, tmp_path, monkeypatch, capsys):
    odd_places(tmp_path)
    monkeypatch.chdir(tmp_path)
    assert main([*command, name]) == 1
    told = capsys.readouterr().err
    assert said in told
    assert "File exists" not in told
    assert (tmp_path / "file").read_text() == "mine"


@pytest.mark.parametrize(
    ("command", "name", "right"),
    [
        (["build", "--one-file"], "explainer.pdf", "has to end in .html"),
        (["build", "--one-file"], "explainer", "has to end in .html"),
        (["handout"], "sheets.txt", "has to end in .pdf or .html"),
        (["handout"], "sheets", "has to end in .pdf or .html"),
        (["handout"], ".pdf", "has to end in .pdf or .html"),
        (["handout"], "..", "has to end in .pdf or .html"),
    ],
)
def test_a_name_of_another_kind_of_file_gets_a_sentence(command, name, right, tmp_path, monkeypatch, capsys):
    folder = tmp_path / "here"
    folder.mkdir()
    monkeypatch.chdir(folder)
    assert main([*command, name]) == 1
    assert right in capsys.readouterr().err
    assert listed(tmp_path) == {}


@pytest.mark.parametrize("command", [["build", "--one-file"], ["handout", "--chapters=gain"]])
def test_a_file_of_somebody_else_is_not_written_over_and_ones_own_is(command, tmp_path, capsys):
    target = tmp_path / "page.HTML"
    target.write_text("<!DOCTYPE html><title>Mine</title>")
    assert main([*command, str(target)]) == 1
    assert "so it was not overwritten" in capsys.readouterr().err
    assert "Mine" in target.read_text()
    target.write_text("")
    for _ in range(2):
        assert main([*command, str(target)]) == 0
    assert "Mine" not in target.read_text(encoding="utf-8")


@pytest.mark.parametrize("content", [b"a letter", b"%PDF-1.7 of a word processor"])
def test_a_hand_out_is_not_written_over_what_is_no_hand_out(content, tmp_path, capsys):
    target = tmp_path / "letter.pdf"
    target.write_bytes(content)
    assert main(["handout", "--chapters", "gain", str(target)]) == 1
    assert "so it was not overwritten" in capsys.readouterr().err
    assert target.read_bytes() == content


def test_without_a_browser_a_page_of_the_same_name_stays(tmp_path, monkeypatch):
    monkeypatch.setattr(edition, "installed", lambda: iter(()))
    (tmp_path / "sheets.html").write_text("mine")
    with pytest.raises(TargetError, match=r"sheets\.html already exists"):
        write(library(), tmp_path / "sheets.pdf", HandoutOptions(chapters=("gain",)))
    assert (tmp_path / "sheets.html").read_text() == "mine"


@pytest.mark.skipif(os.name == "nt", reason="names are text there")
def test_a_name_that_is_no_text_is_written_and_said(tmp_path, monkeypatch):
    target = os.fsdecode(os.fsencode(tmp_path) + b"/\xff \n.html")
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(said := io.BytesIO(), "utf-8"))  # as in a usual terminal
    assert main(["handout", "--chapters", "gain", target]) == 0
    sys.stdout.flush()
    assert os.path.getsize(target) > 1000
    assert b"Open it in a browser" in said.getvalue()


def test_a_folder_where_a_file_is_to_be_gets_a_sentence(tmp_path, capsys):
    (tmp_path / "sheets.pdf").mkdir()
    assert main(["handout", "--chapters", "gain", str(tmp_path / "sheets.pdf")]) == 1
    assert "can't be written" in capsys.readouterr().err
