"""Prepared states are kept between two runs where Voilà finds them, whole or not at all."""

import os
import time

import pytest

from prolo_dash.chapters.registry import VIEW_BY_KEY
from prolo_dash.evidence.library import library
from prolo_dash.render import state_cache as cache
from prolo_dash.render.page import deferred_files
from prolo_dash.render.precompute import file_name
from prolo_dash.render.state_cache import cache_folder, cached_state, missing_states, packs, prepare, states_folder

WEEK = 7 * 24 * 3600


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """A data folder in which everything was prepared once."""
    folder = tmp_path_factory.mktemp("data")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("JUPYTER_DATA_DIR", str(folder))
        patch.setattr(cache, "pack", lambda _, view: cache.gzip.compress(f'{{"columns": "{view.key}"}}'.encode()))
        assert missing_states()
        assert prepare(library()) == ""
    return folder


@pytest.fixture(autouse=True)
def data_dir(made, monkeypatch):
    monkeypatch.setenv("JUPYTER_DATA_DIR", str(made))


def test_everything_stands_where_voila_looks_for_static_files_of_the_template(made):
    assert not missing_states()
    folder = made / "voila" / "templates" / "prolo" / "static"
    assert {path.name for path in (folder / "states").iterdir()} == {file_name(key) for key in VIEW_BY_KEY}
    for address, content in deferred_files(library()).items():
        assert (folder / address).read_bytes() == content


@pytest.mark.parametrize(
    "damage",
    [
        b"",
        b"garbage",
        b"\x1f\x8b\x08",
        cache.gzip.compress(b"no json", mtime=0),
        cache.gzip.compress(b"{}", mtime=0),
    ],
    ids=["empty", "garbage", "begun", "no json", "no states"],
)
def test_a_damaged_file_counts_as_missing(damage):
    path = states_folder() / file_name("gain")
    whole = path.read_bytes()
    path.write_bytes(damage)
    assert cached_state(path.name) is None
    assert missing_states()
    path.write_bytes(whole)
    assert cached_state(path.name) == whole


def test_a_file_cut_in_half_counts_as_missing():
    path = states_folder() / file_name("gain")
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) // 2])
    assert cached_state(path.name) is None
    path.write_bytes(whole)


def test_what_is_used_is_kept_and_what_nobody_used_for_a_week_goes():
    old, used = states_folder() / "gain.old.gz", states_folder() / file_name("gain")
    recent = states_folder() / "gain.recent.gz"
    for path in (old, recent):
        path.write_bytes(b"of another edition")
    long_ago = time.time() - WEEK - 60
    for path in (old, used):
        os.utime(path, (long_ago, long_ago))
    assert cached_state(used.name)
    assert used.stat().st_mtime > long_ago + WEEK, "a file that is sent is marked as used"
    prepare(library())
    assert [old.exists(), recent.exists(), used.exists()] == [False, True, True]
    recent.unlink()


def test_where_nothing_can_be_kept_states_are_made_all_the_same_and_that_is_told_once(monkeypatch, tmp_path, capsys):
    (tmp_path / "voila").write_text("a file where a folder is wanted")
    monkeypatch.setenv("JUPYTER_DATA_DIR", str(tmp_path))
    monkeypatch.setattr(cache, "pack", lambda _, view: view.key.encode())
    assert dict(packs(library())) == {key: key.encode() for key in VIEW_BY_KEY}
    (said,) = capsys.readouterr().err.strip().split("\n")
    assert said.startswith(f"{states_folder()} can't be written: ")
    assert str(cache_folder()) in prepare(library())


@pytest.mark.parametrize("mark", ["", "no number", "999999999 1.0", f"{os.getppid()} 1.0", "9" * 30])
def test_two_processes_do_not_prepare_the_same_but_a_mark_of_one_that_is_gone_stops_nobody(monkeypatch, tmp_path, mark):
    monkeypatch.setenv("JUPYTER_DATA_DIR", str(tmp_path))
    monkeypatch.setattr(cache, "pack", lambda _, view: cache.gzip.compress(b'{"columns": []}'))
    place = cache_folder() / ".preparing"
    place.parent.mkdir(parents=True)
    place.write_text(cache._signature(os.getppid()))
    assert prepare(library()) == ""
    assert missing_states(), "another process is at it, says the mark"
    place.write_text(mark)
    prepare(library())
    assert not missing_states()
    assert not place.exists()


def test_a_file_that_follows_a_page_is_written_again_if_it_was_damaged(made):
    address, content = next(iter(deferred_files(library()).items()))
    (cache_folder() / address).write_bytes(content[:10])
    prepare(library())
    assert (cache_folder() / address).read_bytes() == content
