"""Reading data/: what is there is read whole, and what can't be read is told in one sentence that says where."""

import csv
import re
import shutil
import subprocess
import sys
from dataclasses import fields
from pathlib import Path

import pytest

from prolo_dash.evidence.library import library
from prolo_dash.evidence.package import TABLES, EvidenceError, data_dir, load, read_table
from prolo_dash.evidence.records import Arm, Result, Source

DATA = Path(__file__).resolve().parents[2] / "data"
ARMS = (
    "study_id,arm_id,role,label,substance,n_randomised,n_injection_sessions,treatment_id,beside_id,told_apart,in_words"
)
RESULTS = "outcome_id,arm_id,n,events,mean,sd,se,ci_low,ci_high,notes"
GOOD_ARM = "topol2011,dextrose,intervention,Dextrose,12.5% dextrose,21,3,dextrose,,,"

# What takes long to import and is not needed to show a page.
SLOW = ("scipy.stats", "pandas", "plotly", "frictionless", "statsmodels", "hypothesis", "voila", "IPython")


def written(folder, name, *lines):
    path = folder / f"{name}.csv"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def problem(path, kind):
    """The one sentence that reading a broken file gives."""
    with pytest.raises(EvidenceError) as caught:
        read_table(path, kind)
    text = str(caught.value)
    assert re.fullmatch(r"[a-z_]+\.csv\b[^\n]*\.", text), text
    assert len(text) < 400
    return text


@pytest.mark.parametrize("name", TABLES)
def test_every_row_of_the_own_files_is_read_in_order(name):
    with (DATA / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        expected = list(csv.DictReader(file))
    found = getattr(load(), name)
    assert len(found) == len(expected)
    first = fields(TABLES[name])[0].name
    assert [getattr(row, first) for row in found] == [row[first] for row in expected]
    for row, cells in zip(found, expected, strict=True):
        for field, cell in cells.items():
            value = getattr(row, field)
            if cell == "":
                assert value in (None, ""), "an empty cell is not seen, never a number"
            elif isinstance(value, bool):
                assert cell == ("yes" if value else "no")
            elif isinstance(value, int | float):
                assert value == float(cell)
            else:
                assert value == cell


def test_the_own_folder_is_found_without_being_told():
    assert data_dir() == DATA
    assert load() is load(), "read once"


def test_a_good_row_is_read(tmp_path):
    (arm,) = read_table(written(tmp_path, "arms", ARMS, GOOD_ARM), Arm)
    assert arm == Arm(
        "topol2011", "dextrose", "intervention", "Dextrose", "12.5% dextrose", 21, 3.0, "dextrose", None, None, None
    )


def test_a_file_with_a_header_only_is_empty(tmp_path):
    assert read_table(written(tmp_path, "arms", ARMS), Arm) == ()


def test_text_may_hold_commas_quotes_and_letters_of_any_language(tmp_path):
    path = written(tmp_path, "arms", ARMS, 't,d,intervention,"Eroğlu, ""sugar""",,,,dextrose,,,')
    (arm,) = read_table(path, Arm)
    assert arm.label == 'Eroğlu, "sugar"'
    assert (arm.substance, arm.n_randomised) == (None, None)


@pytest.mark.parametrize(
    ("row", "column", "cell"),
    [
        ("t,d,intervention,D,x,twenty,3,dextrose,,,", "n_randomised", "twenty"),
        ("t,d,intervention,D,x,21.5,3,dextrose,,,", "n_randomised", "21.5"),
        ("t,d,intervention,D,x,21,three,dextrose,,,", "n_injection_sessions", "three"),
        ('t,d,intervention,D,x,21,"4,8",dextrose,,,', "n_injection_sessions", "4,8"),  # a comma for decimals
        ("t,d,sugar,D,x,21,3,dextrose,,,", "role", "sugar"),
        ("t,d,Prolotherapy,D,x,21,3,dextrose,,,", "role", "Prolotherapy"),
        ("t,d,,D,x,21,3,dextrose,,,", "role", ""),
    ],
)
def test_a_cell_of_the_wrong_kind_is_named_by_file_line_and_column(tmp_path, row, column, cell):
    text = problem(written(tmp_path, "arms", ARMS, GOOD_ARM, row), Arm)
    assert text.startswith(f"arms.csv, line 3, column {column}: ")
    assert repr(cell) in text


def test_yes_and_no_are_the_only_answers(tmp_path):
    header = ",".join(f.name for f in fields(Source))
    text = problem(written(tmp_path, "sources", header, "s,rct,N,C,T,2011,,,https://x.org,perhaps"), Source)
    assert text.startswith("sources.csv, line 2, column title_checked: ")


@pytest.mark.parametrize("cell", ["nan", "inf", "-inf", "NaN", "Infinity", "1e999"])
def test_a_figure_is_a_number_and_nothing_else(tmp_path, cell):
    """Python reads these words as numbers; no paper prints them, and one would break the page later."""
    text = problem(written(tmp_path, "results", RESULTS, f"o,a,20,,{cell},,,,,"), Result)
    assert text.startswith("results.csv, line 2, column mean: ")


def test_the_line_is_that_of_the_file_also_after_a_cell_of_two_lines(tmp_path):
    text = problem(
        written(
            tmp_path, "arms", ARMS, 't,d,intervention,"two\nlines",x,21,3,dextrose,,,', "t,e,none,E,,,,dextrose,,,"
        ),
        Arm,
    )
    assert text.startswith("arms.csv, line 4, column role: ")


@pytest.mark.parametrize("row", ["o,b,20,5", "o,b,20,5,,,,,"], ids=["six missing", "the last missing"])
def test_a_row_with_too_few_cells_is_not_filled_up(tmp_path, row):
    text = problem(written(tmp_path, "results", RESULTS, "o,a,20,5,,,,,,seen", row), Result)
    assert text.startswith("results.csv, line 3")


def test_a_row_with_too_many_cells_is_not_cut(tmp_path):
    """A comma in a text without quotation marks would otherwise lose the rest of it."""
    text = problem(written(tmp_path, "results", RESULTS, "o,a,20,5,,,,,,knees, not people"), Result)
    assert text.startswith("results.csv, line 2")


@pytest.mark.parametrize(
    "header",
    [
        ARMS.replace(",label", ""),
        ARMS + ",colour",
        ARMS.replace("arm_id", "arm"),
        ARMS.replace("role,label", "label,role"),
        ARMS.replace(",", ";"),
        "",
    ],
)
def test_other_columns_than_expected_are_told_with_the_right_ones(tmp_path, header):
    text = problem(written(tmp_path, "arms", header, GOOD_ARM), Arm)
    assert "study_id, arm_id, role, label" in text


def test_a_file_that_is_not_there_is_told_with_its_folder(tmp_path):
    with pytest.raises(EvidenceError, match=r"^arms\.csv: .*missing.*\.$") as caught:
        read_table(tmp_path / "arms.csv", Arm)
    assert str(tmp_path) in str(caught.value)


@pytest.mark.parametrize(
    "content",
    [
        ARMS.encode() + b"\nt,d,intervention,Ero\xf0lu,x,21,3,dextrose,,,\n",  # Latin-5
        ARMS.encode() + b'\nt,d,intervention,"open,x,21,3,dextrose,,,\n',
        ARMS.encode() + b'\nt,d,intervention,"a"b,x,21,3,dextrose,,,\n',
    ],
    ids=["encoding", "open quotation mark", "text after a quotation mark"],
)
def test_what_is_not_a_csv_file_is_told(tmp_path, content):
    (tmp_path / "arms.csv").write_bytes(content)
    assert "UTF-8 CSV" in problem(tmp_path / "arms.csv", Arm)


def test_a_folder_is_read_or_refused_as_a_whole(tmp_path):
    folder = tmp_path / "data"
    shutil.copytree(DATA, folder)
    assert library(folder).package == load()
    written(folder, "arms", ARMS, "topol2011,dextrose,sugar,D,x,21,3,dextrose,,,")
    other = tmp_path / "other"
    shutil.copytree(folder, other)
    with pytest.raises(EvidenceError, match=r"^arms\.csv, line 2, column role: "):
        library(other)


def test_showing_a_page_imports_nothing_slow():
    """scipy.stats costs 0.7 s, pandas and Plotly more; a class opens thirty kernels at once."""
    code = "import sys; {}; print(*sorted(m for m in {!r} if m in sys.modules))"
    for name in ("prolo_dash.evidence.library", "prolo_dash.chapters.registry", "prolo_dash.render.html"):
        run = subprocess.run(
            [sys.executable, "-c", code.format(f"import {name}", SLOW)], capture_output=True, text=True, check=True
        )
        assert run.stdout.split() == [], name
