"""The digest: all that the page says by default, as text that can be compared strictly."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from prolo_dash.chapters.registry import CHAPTER_VIEWS
from prolo_dash.evidence.library import library
from prolo_dash.explainer import digest as digest_of_the_notebook
from prolo_dash.kit.view import plain
from prolo_dash.render.digest import digest

FROZEN = library(Path(__file__).parents[1] / "frozen")


@pytest.fixture(scope="module")
def text():
    return digest(library())


def default(key):
    return CHAPTER_VIEWS[key].render(library(), CHAPTER_VIEWS[key].default_state(library()))


@pytest.mark.parametrize("key", CHAPTER_VIEWS)
def test_every_view_has_its_question_and_its_sentence(key, text):
    lines = text.splitlines()
    at = lines.index(f"[{key}] {CHAPTER_VIEWS[key].worded(library().topic).question}")
    assert lines[at + 1] == plain(default(key).sentence)


@pytest.mark.parametrize("key", CHAPTER_VIEWS)
def test_every_row_of_every_table_is_a_line_of_it(key, text):
    block = text.split(f"[{key}] ")[1].split("\n\n")[0].splitlines()
    shown = default(key)
    rows, beside = shown.table.rows, bool(shown.aside) + (len(shown.plot.rows) if shown.plot else 0)
    assert len(block) == 2 + beside + len(rows)
    for line, row in zip(block[2 + beside :], rows, strict=True):
        assert line.startswith("- ")
        assert all(cell.text in line for cell in row.cells)


def test_views_stand_in_reading_order(text):
    places = [text.index(f"[{key}] ") for key in CHAPTER_VIEWS]
    assert places == sorted(places)


def test_the_headline_figures_are_in_it():
    """14 of 21, 5 of 22 and 3 of 22 knees: 67, 23 and 14 of 100, 44 more (14 to 64)."""
    text = digest(FROZEN)
    assert "Topol 2011 | 3 months | pain-free sport | 65 knees | 67 | 23 | 14 | " in text
    assert "44 (14 to 64)" in text


def test_it_is_plain_text_without_marks_or_ends_of_lines_that_a_comparison_would_trip_over(text):
    assert "**" not in text
    assert not re.search("</?[a-z]", text)  # "p <0.001" is no markup
    assert text.strip() == text
    assert all(line == line.rstrip() for line in text.splitlines())


def test_the_notebook_prints_the_same(text):
    assert digest_of_the_notebook() == text


def test_two_processes_print_the_same_whatever_their_hash_seed(text):
    code = (
        "from prolo_dash.explainer import digest; import sys; sys.stdout.reconfigure(encoding='utf-8'); print(digest())"
    )
    printed = [
        subprocess.run(
            [sys.executable, "-c", code],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            encoding="utf-8",
            check=True,
        ).stdout
        for seed in ("1", "4242")
    ]
    assert printed[0] == printed[1] == text + "\n"
