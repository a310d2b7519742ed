"""What a maintainer is told about each way that the evidence files can go wrong."""

import csv
import json
import re
import shutil
import socket
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from prolo_dash.evidence.check import PATTERNS, Problem, check
from prolo_dash.evidence.package import TABLES, data_dir, load

FILES = [f"{name}.csv" for name in TABLES]
SMALL = Path(__file__).parents[1] / "topics" / "knee_operation"  # every file, and few rows in each

# file, the row (its first cells), column, what is typed there, what is said of it
CELLS = [
    # what one cell may hold
    (
        "studies.csv",
        "topol2011",
        "n_randomised",
        "6o5",
        "'6o5' is not a whole number; write digits only or leave the cell empty",
    ),
    (
        "claims.csv",
        "theory_scarring",
        "paragraph",
        "six",
        "'six' is not a whole number; write digits only",
    ),
    (
        "results.csv",
        "reeves2000knee_walkpain_26w,dextrose",
        "mean",
        "many",
        "'many' is not a number; write digits, with a point for decimals or leave the cell empty",
    ),
    (
        "results.csv",
        "reeves2000knee_walkpain_26w,lidocaine",
        "mean",
        "nan",
        "'nan' is not written as a plain number; write digits, with a point for decimals",
    ),
    (
        "results.csv",
        "topol2011_nppschange_13w,dextrose",
        "n",
        " 21",
        "' 21' is not written as a plain number; write digits, with a point for decimals",
    ),
    ("sources.csv", "topol2011", "title_checked", "Yes", "'Yes' is neither yes nor no; write yes or no"),
    (
        "arms.csv",
        "eroglu2016,prp",
        "role",
        "placebo",
        "'placebo' is not one of the words of this column; write intervention, control, untreated or other",
    ),
    (
        "flags.csv",
        "nakase2020_units_not_people",
        "kind",
        "units_not_persons",
        "'units_not_persons' is not one of the words of this column; "
        "write one of those that datapackage.json lists, for example units_not_people",
    ),
    ("results.csv", "nakase2020_visa_0w,dextrose", "sd", "-18.3", "'-18.3' is below 0; write 0 or more"),
    (
        "arms.csv",
        "topol2011,lidocaine",
        "role",
        "injection_control",
        "'injection_control' is not one of the words of this column; write control, as it is called from version 3 of "
        "the data on",
    ),
    ("claims.csv", "theory_drying", "paragraph", "23", "'23' is above 22; write 22 or less"),
    ("claims.csv", "coverage", "paraphrase", "", "the cell is empty; fill it in, as this column has no gaps"),
    ("flags.csv", "wu2022_adjusted", "reason", "A" * 170 + ".", "the text is 171 characters long; write 160 at most"),
    (
        "harms.csv",
        "altas2018_complication",
        "event",
        "complica\ntion",
        "the cell holds a line break or another character that can't be seen; delete it or write a space",
    ),
    # names that must be somewhere else, and rows that may be there only once
    (
        "studies.csv",
        "sit2020",
        "source_id",
        "sit2002",
        "'sit2002' is not in sources.csv; add it there or correct the spelling",
    ),
    (
        "outcomes.csv",
        "dechow1999_vas_26w",
        "baseline_outcome_id",
        "dechow1999_vas_1w",
        "'dechow1999_vas_1w' is not in this file; add it there or correct the spelling",
    ),
    (
        "positions.csv",
        "nice",
        "position_id",
        "fda",
        "row {line of positions.csv fda} has the same position_id; delete one of the two or change its name",
    ),
    (
        "claims.csv",
        "osgood_sports",
        "trial_ids",
        "topol2011;topol2012",
        "'topol2012' is not in studies.csv; add it there or correct the spelling",
    ),
    (
        "claims.csv",
        "osgood_painfree",
        "outcome_ids",
        "wu2022_visap_52w",
        "'wu2022_visap_52w' is not an outcome of a trial named in trial_ids; name one of theirs",
    ),
    (
        "results.csv",
        "bayat2019_vas_4w,steroid",
        "arm_id",
        "steriod",
        "'steriod' is not a group of 'bayat2019' in arms.csv; add the group there or correct the spelling",
    ),
    (
        "contrasts.csv",
        "cole2018_pain,glucose",
        "versus_arm_id",
        "saline",
        "'saline' is not a group of 'cole2018' in arms.csv; add the group there or correct the spelling",
    ),
    (
        "flags.csv",
        "topol2011_usual_care_open_label",
        "arm_id",
        "waiting",
        "'waiting' is not a group of 'topol2011' in arms.csv; add the group there or correct the spelling",
    ),
    (
        "harms.csv",
        "lee2015_any",
        "arm_id",
        "control",
        "'control' is not a group of 'lee2015' in arms.csv; add the group there or correct the spelling",
    ),
    (
        "flags.csv",
        "rabago2013_womac_52w_sources_disagree",
        "outcome_id",
        "sit2020_vas_52w",
        "'sit2020_vas_52w' is not an outcome of 'rabago2013'; name the study it belongs to",
    ),
    # counts and averages
    (
        "results.csv",
        "klein1993_resp50_26w,dgp",
        "n",
        "",
        "events are given but n is empty; write how many were counted",
    ),
    ("results.csv", "ongley1987_dis50_26w,saline", "events", "42", "42 of 41 can't be; write at most n"),
    (
        "results.csv",
        "yelland2004_pain50_52w,saline",
        "mean",
        "36",
        "'36' is not a proportion; write 0.46 for 46 in 100",
    ),
    (
        "results.csv",
        "apaydin2020_night_12w,ha",
        "events",
        "4",
        "events are given for an outcome that is a change_mean; "
        "leave the cell empty or make the outcome a responder in outcomes.csv",
    ),
    (
        "results.csv",
        "yelland2004_vas_26w,saline",
        "mean",
        "340",
        "'340' is not on the scale of 0 to 100; correct the figure or the scale",
    ),
    # intervals
    (
        "contrasts.csv",
        "sit2020_womacpain_52w,dextrose",
        "estimate",
        "-30",
        "-30 lies outside its interval -19.20 to -1.49; correct the figures or flag it inconsistent_interval",
    ),
    (
        "contrasts.csv",
        "sit2020_vas_52w,dextrose",
        "ci_low",
        "21.36",
        "the lower limit 21.36 is above the upper limit -0.61; correct the limits or flag it inconsistent_interval",
    ),
    (
        "results.csv",
        "lin2022_vas_2w,dextrose",
        "ci_high",
        "",
        "an interval has two limits and this one is empty; write both or none",
    ),
    (
        "benchmarks.csv",
        "zou2016_overall_pain",
        "estimate",
        "7.5",
        "7.5 lies outside its interval 0.72 to 0.79; correct the figures",
    ),
    # comparisons
    (
        "contrasts.csv",
        "kimlee2014_ffi,dextrose",
        "versus_arm_id",
        "dextrose",
        "'dextrose' is compared with itself; name the other group",
    ),
    (
        "contrasts.csv",
        "wu2022_visap_13w,dextrose",
        "sign",
        "",
        "the sign is missing; "
        "write 1 if a higher estimate is good for the first group and -1 if not, or flag it direction_unclear",
    ),
    (
        "contrasts.csv",
        "klein1993_resp50_26w,dgp",
        "sign",
        "1",
        "a sign is given without an estimate; leave the cell empty",
    ),
    (
        "contrasts.csv",
        "wu2022_visap_26w,dextrose",
        "measure",
        "p_only",
        "an estimate and what it measures go together; write p_only where no estimate is printed",
    ),
    (
        "contrasts.csv",
        "wu2022_visap_52w,dextrose",
        "direction",
        "favours_comparator",
        "favours_comparator contradicts the estimate and its sign; correct one of the three",
    ),
    (
        "contrasts.csv",
        "topol2011_nppschange_13w,lidocaine",
        "direction",
        "favours_intervention",
        "the first group, 'lidocaine', is not an intervention group; write not_stated and tell it in the notes",
    ),
    # baselines
    (
        "outcomes.csv",
        "rabago2013_womac_52w",
        "baseline_outcome_id",
        "rabago2013_womac_0w",
        "a change_mean has no baseline of its own; "
        "name a final_mean of the same study at week 0 or leave the cell empty",
    ),
    (
        "outcomes.csv",
        "yelland2004_vas_52w",
        "baseline_outcome_id",
        "dechow1999_vas_0w",
        "'dechow1999_vas_0w' belongs to another study; "
        "name a final_mean of the same study at week 0 or leave the cell empty",
    ),
    (
        "outcomes.csv",
        "scarpone2008_pain_16w",
        "baseline_outcome_id",
        "scarpone2008_pain_8w",
        "'scarpone2008_pain_8w' is not a final_mean at week 0; "
        "name a final_mean of the same study at week 0 or leave the cell empty",
    ),
    (
        "outcomes.csv",
        "topol2005_vas_0w",
        "baseline_outcome_id",
        "topol2005_vas_0w",
        "an outcome is not its own baseline; name a final_mean of the same study at week 0 or leave the cell empty",
    ),
    # designs
    (
        "studies.csv",
        "topol2005",
        "design",
        "parallel_rct",
        "this study needs at least 2 groups in arms.csv and has 1; add the missing group or correct the design",
    ),
    # how things are written
    (
        "sources.csv",
        "altman1998",
        "doi",
        "https://doi.org/10.1/x",
        "{pattern}write it from 10. on, without https://doi.org/",
    ),
    ("sources.csv", "walsh2014", "pmid", "PMID 24508144", "{pattern}write digits only"),
    (
        "sources.csv",
        "harding",
        "seen_at",
        "www.hardingcenter.de",
        "{pattern}write addresses that begin with https://, one space between two",
    ),
    (
        "history.csv",
        "first_book_1956",
        "history_id",
        "First book",
        "{pattern}use small letters, digits and _ only, a letter first",
    ),
    (
        "claims.csv",
        "candidates",
        "condition",
        "low_back_pain, osteoarthritis",
        "{pattern}use small letters, digits and _ only, with a semicolon between two names",
    ),
    (
        "contrasts.csv",
        "apaydin2020_rest_12w,dextrose",
        "p",
        "0,04",
        "{pattern}write it as printed, such as 0.024 or <0.001",
    ),
    ("prices.csv", "pscharlotte_session_low", "currency", "$", "{pattern}write three capital letters, such as USD"),
    (
        "flags.csv",
        "dechow1999_doubtful_spread",
        "reason",
        "doubtful",
        "{pattern}write one sentence with a capital letter first and a full stop last",
    ),
]


def line_of(path: Path, key: str) -> int:
    """The line of the row that begins with these cells."""
    cells = key.split(",")
    with path.open(encoding="utf-8", newline="") as stream:
        return next(i for i, found in enumerate(csv.reader(stream), 1) if found[: len(cells)] == cells)


# The line of the last row of each of the project's own files.
END = {name: len((data_dir() / f"{name}.csv").read_bytes().splitlines()) for name in TABLES}


def typed(folder: Path, file: str, key: str, column: str, text: str) -> int:
    """Type the text into one cell of the file, and tell the row."""
    with (folder / file).open(encoding="utf-8", newline="") as stream:
        rows = list(csv.reader(stream))
    cells = key.split(",")
    row = next(i for i, found in enumerate(rows) if found[: len(cells)] == cells)
    rows[row][rows[0].index(column)] = text
    with (folder / file).open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream, lineterminator="\n").writerows(rows)
    return row + 1


@pytest.fixture(scope="module")
def cells(tmp_path_factory):
    """Every mistake of CELLS made at once, each in a row of its own: what is said, and what ought to be."""
    folder = tmp_path_factory.mktemp("cells") / "data"
    shutil.copytree(data_dir(), folder)
    expected = []
    for file, key, column, text, said in reversed(CELLS):
        row = typed(folder, file, key, column, text)
        sentence = said.replace("{pattern}", f"'{text}' is not written as this column asks; ")
        sentence = re.sub(r"\{line of (\S+) (\S+)\}", lambda m: str(line_of(data_dir() / m[1], m[2])), sentence)
        expected.append(f"{file}, row {row}, column {column}: {sentence}.")
    return [str(problem) for problem in check(folder)], expected[::-1]


@pytest.mark.parametrize(
    "i", range(len(CELLS)), ids=[f"{file}-{column}-{text[:20]}" for file, _, column, text, _ in CELLS]
)
def test_a_mistake_in_a_cell_is_told_with_its_place_and_what_to_write(cells, i):
    said, expected = cells
    assert expected[i] in said


def test_nothing_else_is_said_than_what_is_wrong(cells):
    said, expected = cells
    assert sorted(said) == sorted(expected)


def test_every_pattern_of_the_schema_is_explained_in_words():
    schema = json.loads((data_dir() / "datapackage.json").read_text(encoding="utf-8"))
    fields = [field for resource in schema["resources"] for field in resource["schema"]["fields"]]
    patterns = {field["constraints"]["pattern"] for field in fields if "pattern" in field.get("constraints", {})}
    assert set(PATTERNS) == patterns


def changed(folder: Path, file: str, how) -> None:
    path = folder / file
    path.write_bytes(how(path.read_bytes()))


def last_row(data: bytes) -> bytes:
    return data.splitlines(keepends=True)[-1]


@pytest.fixture(scope="module")
def rows(tmp_path_factory):
    """Whole rows that are wrong: doubled, empty, or gone."""
    folder = tmp_path_factory.mktemp("rows") / "data"
    shutil.copytree(data_dir(), folder)
    changed(folder, "mechanisms.csv", lambda data: data + last_row(data))
    changed(folder, "results.csv", lambda data: data + last_row(data))
    changed(folder, "history.csv", lambda data: data + b"\n,,,\n")
    changed(folder, "claims.csv", lambda data: re.sub(rb"\n\w+,22,[^\n]*", b"", data))
    changed(
        folder,
        "studies.csv",
        lambda data: data + b"lonely,topol2011,knee_osteoarthritis,Nobody,,survey,,person,,,,,lonely\n",
    )
    return [str(problem) for problem in check(folder)]


@pytest.mark.parametrize(
    "said",
    [
        "claims.csv, column paragraph: paragraph 22 of the article has no claim; add a row for it.",
        f"studies.csv, row {END['studies'] + 1}, column design: "
        "this study needs at least 1 group in arms.csv and has 0; "
        "add the missing group or correct the design.",
        f"results.csv, row {END['results'] + 1}: row {END['results']} has the same outcome_id and arm_id; "
        "delete one of the two or change its name.",
        f"mechanisms.csv, row {END['mechanisms'] + 1}, column mechanism_id: "
        f"row {END['mechanisms']} has the same mechanism_id; "
        "delete one of the two or change its name.",
        f"history.csv, row {END['history'] + 2}: the row is empty; delete it.",
    ],
)
def test_a_wrong_row_is_told_with_its_place(rows, said):
    assert said in rows


def test_nothing_else_is_said_than_which_rows_are_wrong(rows):
    assert len(rows) == 5


@pytest.fixture(scope="module")
def files(tmp_path_factory):
    """Nearly every file broken in a way of its own."""
    folder = tmp_path_factory.mktemp("files") / "data"
    shutil.copytree(data_dir(), folder)
    (folder / "history.csv").unlink()
    (folder / "arms.csv").unlink()
    (folder / "arms.csv").mkdir()
    changed(folder, "prices.csv", lambda data: b"")
    changed(folder, "mechanisms.csv", lambda data: b"\xef\xbb\xbf" + data)
    changed(folder, "contraindications.csv", lambda data: data + b"caf\xe9")
    changed(folder, "sources.csv", lambda data: data.decode().encode("utf-16"))
    changed(folder, "positions.csv", lambda data: data.replace(b",", b";"))
    changed(folder, "thresholds.csv", lambda data: data.replace(b",", b"\t"))
    changed(folder, "benchmarks.csv", lambda data: data + b"one,two\n")
    changed(folder, "harm_reports.csv", lambda data: data.replace(b"claim_ids\n", b"claim_ids,more\n", 1))
    changed(folder, "harms.csv", lambda data: data.replace(b"events,severity", b"events,events", 1))
    changed(folder, "claims.csv", lambda data: data + b'one,"two\n')
    changed(folder, "contrasts.csv", lambda data: data.replace(b"outcome_id,arm_id", b"arm_id,outcome_id", 1))
    return folder, [str(problem) for problem in check(folder)]


COMMAS = "add or delete a comma, and put text that holds a comma between quotation marks"


@pytest.mark.parametrize(
    "said",
    [
        "history.csv: the file is missing in {folder}; add it with the columns that datapackage.json lists.",
        "arms.csv: the file can't be read (Is a directory); put a readable CSV file there.",
        "prices.csv: the file is empty; write the header row.",
        "mechanisms.csv, row 1: the file begins with a byte order mark; save it again as CSV in UTF-8 without it.",
        f"contraindications.csv, row {END['contraindications'] + 1}: "
        "the text is not in UTF-8; save it again as CSV in UTF-8.",
        "sources.csv, row 1: the text is not in UTF-8; save it again as CSV in UTF-8.",
        "positions.csv, row 1: the columns are separated by semicolons; save the file with commas between the columns.",
        "thresholds.csv, row 1: the columns are separated by tabs; save the file with commas between the columns.",
        f"benchmarks.csv, row {END['benchmarks'] + 1}: the row has 2 cells and the header 15; {COMMAS}.",
        f"harm_reports.csv: every row has 7 cells and the header 8; {COMMAS}.",
        "harm_reports.csv, row 1, column more: there is no column 'more' in this file; delete it or correct its name.",
        "harms.csv, row 1, column events: there are two columns of this name; delete one of them.",
        "harms.csv, row 1, column severity: the column is missing; add it as column 7.",
        f"claims.csv, row {END['claims'] + 1}: the row can't be read as CSV (unexpected end of data); "
        "look for a quotation mark that is not closed or not doubled.",
        "contrasts.csv, row 1: the columns stand in another order; put them in this order: outcome_id, arm_id, "
        "versus_arm_id, measure, estimate, ci_low, ci_high, p, sign, direction, notes.",
    ],
)
def test_a_broken_file_is_told_with_what_to_do(files, said):
    folder, problems = files
    assert said.format(folder=folder) in problems


def test_nothing_is_looked_up_in_a_file_that_is_broken(files):
    """Studies name sources and arms; as both files are broken, nothing is said of what they may lack."""
    _, problems = files
    assert [problem for problem in problems if problem.startswith(("studies.csv", "results.csv", "outcomes.csv"))] == []


def test_a_folder_that_is_not_there_is_told_in_one_sentence(tmp_path):
    (tmp_path / "file").write_text("")
    for name, wrong in (("nowhere", "there is no such folder"), ("file", "this is no folder")):
        (problem,) = check(tmp_path / name)
        assert str(problem) == f"{name}: {wrong}; name the folder that holds the CSV files."


def test_windows_line_ends_and_blank_lines_are_fine(tmp_path):
    shutil.copytree(data_dir(), tmp_path, dirs_exist_ok=True)
    for path in tmp_path.glob("*.csv"):
        (tmp_path / path.name).write_bytes(path.read_bytes().replace(b"\n", b"\r\n") + b"\r\n")
    assert check(tmp_path) == []


def test_a_flag_excuses_an_interval_that_does_not_fit(tmp_path):
    shutil.copytree(data_dir(), tmp_path, dirs_exist_ok=True)
    typed(tmp_path, "contrasts.csv", "sit2020_vas_52w,dextrose", "ci_low", "21.36")
    flag = "own_flag,inconsistent_interval,sit2020,sit2020_vas_52w,,The limits are printed the wrong way round.\n"
    changed(tmp_path, "flags.csv", lambda data: data + flag.encode())
    assert check(tmp_path) == []


def test_a_problem_is_one_line_whatever_was_typed():
    problem = Problem("a.csv", 2, "b", "'x\u2028y\nz\x1b[31m'", "write\ty")
    assert str(problem) == "a.csv, row 2, column b: 'x y z?[31m'; write y."


def test_the_check_needs_no_network(monkeypatch):
    def refuse(*_args, **_kwargs):
        raise AssertionError("the check opened a connection")

    monkeypatch.setattr(socket, "socket", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    assert check(data_dir()) == []


def test_the_slow_library_is_loaded_only_when_something_is_checked():
    code = "import sys, prolo_dash.evidence.check; sys.exit('frictionless' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


garbage = st.one_of(
    st.text(max_size=20), st.sampled_from(["", "nan", "-1", "1e999", "9" * 5000, '"', "a;b", "\0", "=1+1"])
)
mishap = st.tuples(st.sampled_from(FILES), st.integers(0, 400), st.integers(0, 20), garbage)
accident = st.tuples(st.sampled_from(FILES), st.sampled_from(["delete", "truncate", "replace"]), st.binary(max_size=40))


def garble(folder: Path, file: str, row: int, column: int, text: str) -> None:
    with (folder / file).open(encoding="utf-8", newline="") as stream:
        rows = list(csv.reader(stream))
    cells = rows[row % len(rows)]
    cells[column % len(cells)] = text
    with (folder / file).open("w", encoding="utf-8", errors="surrogatepass", newline="") as stream:
        csv.writer(stream, lineterminator="\n").writerows(rows)


@settings(max_examples=20, deadline=None)
@given(cells=st.lists(mishap, min_size=1, max_size=4), accidents=st.lists(accident, max_size=1))
def test_whatever_happens_to_the_files_the_answer_is_a_list_of_sentences(cells, accidents):
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "data"
        shutil.copytree(SMALL, folder)
        for cell in cells:
            garble(folder, *cell)
        for file, what, data in accidents:
            if what == "delete":
                (folder / file).unlink()
            else:
                changed(folder, file, lambda old: data if what == "replace" else old[: len(old) // 2] + data)  # noqa: B023
        problems = check(folder)
        for problem in problems:
            assert problem.file in FILES
            assert len(str(problem).splitlines()) == 1
            assert str(problem).isprintable()
        if not problems:
            load(folder)
