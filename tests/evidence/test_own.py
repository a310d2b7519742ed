"""A reader's own trial: what is typed or loaded is checked field by field, and what is right is kept."""

import csv as csv_module
import io
import timeit

import pandas
import pytest
from statsmodels.stats.proportion import confint_proportions_2indep

from prolo_dash.evidence import own, own_csv
from prolo_dash.evidence.library import library
from prolo_dash.evidence.own import LONGEST_NAME, MOST_PEOPLE, Meaning, OwnTrial, as_library, cut, tidy
from prolo_dash.evidence.own_csv import COLUMNS
from prolo_dash.evidence.own_table import MOST_CHARACTERS, MOST_COLUMNS, MOST_ROWS

TOPIC = library().topic
SAMPLE = own_csv.SAMPLE.format(intervention="prolotherapy")


def read_trials(text):
    return own_csv.read_trials(text, TOPIC)


def read_trial(fields, kind, spread, three, meaning=Meaning()):  # noqa: B008
    return own.read_trial(fields, kind, spread, three, TOPIC, meaning)


GOOD = {
    "name": "Mine",
    "measure": "no pain",
    "weeks": "12",
    **{f"{group}_name": group for group in ("prolo", "control", "none")},
    "prolo_better": "14",
    "prolo_of": "21",
    "control_better": "5",
    "control_of": "22",
    "none_better": "3",
    "none_of": "22",
    **{f"{group}_mean": "1.5" for group in ("prolo", "control", "none")},
    **{f"{group}_sd_or_se": "2" for group in ("prolo", "control", "none")},
    **{f"{group}_n": "30" for group in ("prolo", "control", "none")},
}


def faults(kind="counts", three=True, **changed):
    read = read_trial(GOOD | changed, kind, "sd", three)
    return () if isinstance(read, OwnTrial) else tuple(fault.field for fault in read)


# What is typed.


def test_a_trial_that_is_right_becomes_a_comparison_like_any_other():
    trial = read_trial(GOOD, "counts", "sd", True)
    assert isinstance(trial, OwnTrial)
    (comparison,) = as_library(trial, TOPIC).comparisons
    assert comparison.intervention.counts == (14, 21)
    assert comparison.control is not None
    assert comparison.control.counts == (5, 22)
    assert comparison.untreated is not None
    assert comparison.untreated.counts == (3, 22)
    assert comparison.outcome.weeks == 12
    expected = confint_proportions_2indep(14, 21, 5, 22, method="newcomb", compare="diff")
    found = comparison.difference(comparison.control).estimate
    assert (found.low, found.high) == pytest.approx(expected, abs=1e-9)


def test_without_a_third_group_its_fields_may_hold_anything():
    assert faults(three=False, none_better="x", none_of="", none_name="") == ()


def test_the_fields_of_the_other_kind_may_hold_anything():
    assert faults(prolo_mean="x", control_sd_or_se="") == ()
    assert faults(kind="scores", prolo_better="x", control_of="") == ()


@pytest.mark.parametrize(
    "text", ["", " ", "abc", "2.5", "-1", "1e3", "٣", "20001", "20.000", "1.000", "12.5", "9" * 40, "²", "1 2"]
)
def test_a_number_of_people_is_a_whole_number_in_range(text):
    assert faults(prolo_of=text, prolo_better="0") == ("prolo_of",)


@pytest.mark.parametrize("text", ["", "abc", "nan", "inf", "1e400", "1,5", "--2", "100001", "0x10", "1e-7", "-1e-300"])
def test_a_mean_is_a_finite_number(text):
    assert faults(kind="scores", control_mean=text) == ("control_mean",)


@pytest.mark.parametrize("text", ["-0.5", "−3", ".5", "+2", "7.", "0", "0.0", "1e-05", "0.000001", "2.5E+3"])
def test_a_mean_can_be_below_zero_and_written_with_a_true_minus(text):
    assert faults(kind="scores", control_mean=text) == ()


@pytest.mark.parametrize("text", ["0", "-1", "", "x"])
def test_a_spread_is_above_zero(text):
    assert faults(kind="scores", none_sd_or_se=text) == ("none_sd_or_se",)


def test_no_more_can_be_better_than_there_are():
    (fault,) = read_trial(GOOD | {"control_better": "23"}, "counts", "sd", True)
    assert fault.field == "control_better"
    assert "23 can’t be better out of 22" in fault.sentence


def test_each_fault_has_one_sentence_that_names_its_field_and_what_was_found():
    read = read_trial(GOOD | {"prolo_of": "abc", "name": "", "weeks": "0"}, "counts", "sd", True)
    said = {fault.field: fault.sentence for fault in read}
    assert set(said) == {"prolo_of", "name", "weeks"}
    assert (
        said["prolo_of"]
        == f"Number in the prolotherapy group: write a whole number from 1 to {MOST_PEOPLE:,}, not “abc”."
    )
    assert all(sentence.count(".") == 1 and sentence.endswith(".") for sentence in said.values())


def test_a_name_is_one_line_of_text_and_never_a_mark():
    assert tidy(" a\tb\n c\u202e ") == "a b c"
    assert "*" not in tidy("**strong**")
    assert tidy("<b>x</b>") == "<b>x</b>", "markup is text; who shows it escapes it"
    assert faults(name="x" * (LONGEST_NAME + 1)) == ("name",)
    assert faults(name="x" * LONGEST_NAME) == ()


FAMILY = "👨\u200d👩\u200d👧\u200d👦"  # one sign of seven code points


def test_a_family_is_one_sign_and_stays_whole():
    assert tidy(f" {FAMILY}\u200d ") == FAMILY
    assert faults(name=FAMILY * LONGEST_NAME) == ()
    assert faults(name=FAMILY * (LONGEST_NAME + 1)) == ("name",)
    assert cut(FAMILY * 22) == FAMILY * 20 + "…"
    (fault,) = read_trial(GOOD | {"prolo_of": FAMILY * 30}, "counts", "sd", True)
    assert fault.sentence.endswith(f"not “{FAMILY * 20}…”.")


# What is loaded.

HEAD = ",".join(COLUMNS)


def csv(*rows):
    return "\n".join([HEAD, *rows])


TWO = ("A,pain free,12,prolotherapy,Sugar,12,20,,,,", "A,pain free,12,control,Salt,8,20,,,,")
THIRD = "A,pain free,12,none,Exercise,5,20,,,,"


def test_the_sample_can_be_loaded_and_holds_both_kinds():
    trials, problems = read_trials(SAMPLE)
    assert problems == ()
    assert [(t.kind, len(t.groups)) for t in trials] == [("counts", 3), ("scores", 2)]


def test_groups_of_a_trial_are_found_by_its_name_in_any_order():
    trials, problems = read_trials(csv(THIRD, *reversed(TWO)))
    assert problems == ()
    assert [(g.name, g.better, g.n) for g in trials[0].groups] == [
        ("Sugar", 12, 20),
        ("Salt", 8, 20),
        ("Exercise", 5, 20),
    ]


def test_a_bad_row_is_named_and_the_good_rows_are_kept():
    broken = csv(*TWO, THIRD.replace("5,20", "five,20"), "B,,,prolotherapy,,x,10,,,,", "B,,,control,,3,10,,,,")
    trials, problems = read_trials(broken)
    assert [(t.name, len(t.groups)) for t in trials] == [("A", 2)]
    assert len(problems) == 2
    assert problems[0].startswith("Row 4, column better: ")
    assert "“five”" in problems[0]
    assert problems[1].startswith("Row 5, column better: ")


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("A,,,placebo,,1,2,,,,", "Row 4, column group: write prolotherapy, control or none, not “placebo”."),
        ("A,pain free,12,control,Salt,8,20,,,,", "Row 4: the trial has this group in row 3 already."),
        ("A,,,none,,1,2,,,,,,,,,x,", "Row 4: it has 16 cells, but there are 14 columns."),
        ("B,,,control,,1,2,,,,", "Row 4: this trial has no row that can be read for its prolotherapy group."),
    ],
)
def test_a_row_that_fits_nowhere_is_one_problem_and_loses_nothing_else(row, said):
    trials, problems = read_trials(csv(*TWO, row))
    assert [t.name for t in trials] == ["A"]
    assert said in problems


def test_scores_are_read_with_a_standard_deviation_or_a_standard_error():
    rows = ("S,x,,prolotherapy,,,,15.32,,3.32,26", "S,x,,control,,,,7.59,,3.36,25")
    (trial,), problems = read_trials(csv(*rows))
    assert problems == ()
    assert (trial.kind, trial.spread, trial.groups[0].spread) == ("scores", "se", 3.32)


def test_the_spread_that_every_group_has_is_read():
    rows = ("S,x,,prolotherapy,,,,15.32,,3.32,26", "S,x,,control,,,,7.59,16.8,3.36,25")
    (trial,), problems = read_trials(csv(*rows))
    assert problems == ()
    assert (trial.spread, [group.spread for group in trial.groups]) == ("se", [3.32, 3.36])


def test_a_file_from_a_spreadsheet_with_semicolons_and_decimal_commas_is_read():
    rows = (
        HEAD.replace(",", ";"),
        "S;x;;prolotherapy;;;;15,32;3,3;;26",
        "S;x;;control;;;;7,59;3,4;;25",
    )
    (trial,), problems = read_trials("\ufeff" + "\r\n".join(rows))
    assert problems == ()
    assert trial.groups[0].mean == 15.32


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "The file is empty."),
        ("a,b\n1,2", "Row 1: the column “trial” is missing."),
        (HEAD + ",trial\n", "Row 1: the column “trial” is there twice."),
        ("x" * (MOST_CHARACTERS + 1), "The file is too large"),
        ("trial,group\n\ufffd,control", "The file is not UTF-8 text"),
        ("trial,group\nJos\0", "The file is not UTF-8 text"),
        ("PK\x03\x04\0\0", "The file is not a CSV file but a spreadsheet or an archive"),
        (b"\x89PNG\r\n\x1a\n\0\0" + b"\xff" * 200_000, "The file is not a CSV file but a picture."),
        (bytes.fromhex("ffd8ffe000104a464946"), "The file is not a CSV file but a picture."),
        (bytes.fromhex("ffd8ffe11a2b457869660000"), "The file is not a CSV file but a picture."),
        ("%PDF-1.7", "The file is not a CSV file but a PDF."),
        ("<!DOCTYPE html><p>", "The file is not a CSV file but a web page."),
        (bytes.fromhex("d0cf11e0a1b11ae1") + bytes(16), "The file is not a CSV file but a spreadsheet"),
        (bytes.fromhex("00000100010010100000010020006804"), "The file is not a CSV file but a picture."),
        ("trial,group\n".encode("utf-16"), "The file is not a CSV file but text in UTF-16"),
        (HEAD + "\n", "The file has a row of column names, but no row below it."),
        (csv('A,"x'), "Row 2: a quotation mark is opened and never closed."),
        (",".join(["trial", "group", *"x" * 49]), "Row 1: there are 51 columns; at most 50 can be read."),
    ],
)
def test_a_file_that_cannot_be_read_is_told_in_a_sentence(text, said):
    # As a browser reads bytes.
    trials, problems = read_trials(text if isinstance(text, str) else text.decode("utf-8", "replace"))
    assert trials == ()
    assert len(problems) == 1
    assert problems[0].startswith(said)
    assert all(problem.endswith((".", ").")) for problem in problems)


def test_a_column_that_is_not_known_is_told_and_the_rest_is_read():
    trials, problems = read_trials("\n".join([HEAD + ",colour", *(row + ",,,,red" for row in TWO)]))
    assert len(trials) == 1
    assert problems == ("Row 1: the column “colour” is not known and was left out.",)


def test_a_file_without_rows_says_so_whatever_its_columns_are():
    trials, problems = read_trials("trial,group,foo\n")
    assert trials == ()
    assert problems == (
        "Row 1: the column “foo” is not known and was left out.",
        "The file has a row of column names, but no row below it.",
    )


@pytest.mark.parametrize(
    ("header", "rows", "places"),
    [
        ("trial,group,better,n", ("A,prolotherapy,1,x", "A,control,1,5"), ["Row 2, column n"]),
        ("trial,group,better,of", ("A,prolotherapy,1,", "A,control,1,5"), ["Row 2, column of"]),
        ("trial,group,better", ("A,prolotherapy,1", "A,control,1"), ["Row 2, column of", "Row 3, column of"]),
        ("trial,group,Mean Gain,sd,n", ("A,prolotherapy,x,1,9", "A,control,1,1,9"), ["Row 2, column Mean Gain"]),
        ("trial,group,mean,sd,of", ("A,prolotherapy,1,1,x", "A,control,1,1,9"), ["Row 2, column of"]),
        ("trial,group,mean,se,n", ("A,prolotherapy,1,,9", "A,control,1,1,9"), ["Row 2, column se"]),
        ("trial,group,mean,sd,se,n", ("A,prolotherapy,1,2,,9", "A,control,1,,2,9"), ["Row 3, column sd"]),
        ("trial,group,mean,of,name", (f"A,prolotherapy,1,9,{'x' * 99}", "A,control,1,9,"),
         ["Row 2, column name", "Row 2, column se", "Row 3, column se"]),
    ],
)  # fmt: skip
def test_a_problem_is_told_once_and_names_a_column_as_the_file_does(header, rows, places):
    trials, problems = read_trials("\n".join((header, *rows)))
    assert trials == ()
    assert [problem.partition(":")[0] for problem in problems] == places


def test_a_third_group_with_figures_of_another_kind_is_told_in_its_own_row():
    trials, problems = read_trials(csv(*TWO, "A,pain free,12,none,Exercise,,,3.5,2,,20"))
    assert [(trial.kind, len(trial.groups)) for trial in trials] == [("counts", 2)]
    assert problems
    assert all(problem.startswith("Row 4, column ") for problem in problems)


def test_no_more_rows_are_read_than_the_page_says():
    rows = [row.replace("A,", f"T{i},", 1) for i in range(MOST_ROWS) for row in TWO]
    trials, problems = read_trials(csv(*rows))
    assert len(trials) == MOST_ROWS / 2
    assert problems == (f"Only the first {MOST_ROWS} rows were read; the file has {2 * MOST_ROWS}.",)


def test_a_file_full_of_faults_does_not_flood_the_page():
    rows = [f"T{i},,,nobody,,1,2,,,," for i in range(150)]
    _, problems = read_trials(csv(*rows))
    assert len(problems) == 21
    assert problems[-1] == "There are 130 more problems; correct these first."


# Files as other programs save them.


def told(trials):
    return [
        (t.name, t.measure, t.weeks, t.kind, t.spread, t.meaning, [(g.n, g.better, g.mean, g.spread) for g in t.groups])
        for t in trials
    ]


SAMPLE_READ = told(read_trials(SAMPLE)[0])
FRAME = pandas.read_csv(io.StringIO(SAMPLE))


def as_r(frame, **options):
    """R writes NA for what is empty, quotes around text, and row names from 1."""
    named = frame.set_axis(range(1, len(frame) + 1))
    return named.to_csv(na_rep="NA", quoting=csv_module.QUOTE_NONNUMERIC, **options)


def write_table(frame):
    """R's write.table: a header without a name for the column of row names."""
    header, *rows = as_r(frame, sep="\t").splitlines()
    return "\n".join([header.removeprefix('""\t'), *rows])


@pytest.mark.parametrize(
    "text",
    [
        FRAME.to_csv(),
        FRAME.to_csv(index=False),
        FRAME[FRAME.columns[::-1]].to_csv(index=False),
        as_r(FRAME),
        as_r(FRAME, index=False),
        write_table(FRAME),
        as_r(FRAME, sep=";", decimal=","),
        FRAME.to_csv(index=False, sep="\t", decimal=","),
        "sep=;\n" + FRAME.to_csv(index=False, sep=";"),
        '"sep=,"\r\n' + SAMPLE.replace("\n", "\r\n"),
        SAMPLE.replace("\n", "\r"),
        SAMPLE.replace("\n", ",,,\n") + "," * 16 + "\n" + "," * 16,
        SAMPLE.upper().replace("-", "−").partition("\n")[0].replace("_", " ") + SAMPLE[SAMPLE.index("\n") :],
    ],
    ids=["pandas", "no index", "backwards", "R", "R without names", "write.table", "R csv2", "tab", "sep", "crlf", "cr",
         "Excel", "capitals"],
)  # fmt: skip
def test_the_sample_loads_again_however_it_was_saved(text):
    trials, problems = read_trials(text)
    assert problems == ()
    assert told(trials) == SAMPLE_READ


@pytest.mark.parametrize("end", [",", ",,"])
def test_a_comma_too_many_in_each_row_makes_no_names_of_the_groups(end):
    rows = ("prolotherapy,A,12,20", "control,A,8,20")
    (trial,), problems = read_trials("\n".join(["group,trial,better,of", *(row + end for row in rows)]))
    assert problems == ()
    assert [(group.better, group.n) for group in trial.groups] == [(12, 20), (8, 20)]


def test_names_of_rows_are_known_though_the_last_column_is_empty():
    """R's write.table with na = ""."""
    text = "trial\tgroup\tbetter\tof\tunit\n1\tA\tprolotherapy\t12\t20\t\n2\tA\tcontrol\t8\t20\t\n"
    (trial,), problems = read_trials(text)
    assert problems == ()
    assert [(group.better, group.n) for group in trial.groups] == [(12, 20), (8, 20)]


def test_signs_that_are_not_seen_are_no_part_of_a_number_or_a_word_of_the_file():
    text = "trial,\u200egroup,better,of\nA,control\u200b,\u200e8,20\nA\u200b,prolotherapy,12,\u2060 20\ufeff"
    (trial,), problems = read_trials(text)
    assert problems == ()
    assert [(group.better, group.n) for group in trial.groups] == [(12, 20), (8, 20)]


def test_an_older_file_has_gains_of_people():
    old = "trial,measure,weeks,group,name,better,of,mean_gain,sd,se,n\n"
    (trial,), problems = read_trials(old + "S,x,,prolotherapy,,,,14.5,10.2,,30\nS,x,,control,,,,9.5,11,,30")
    assert problems == ()
    assert trial.meaning == Meaning("higher", "changes", "person")
    assert [g.mean for g in trial.groups] == [14.5, 9.5]


def test_rows_with_counts_and_scores_are_two_trials():
    both = csv(
        "A,x,12,prolotherapy,,12,20,-14.5,10.2,,,knees,changes,lower",
        "A,x,12,control,,8,20,-9.5,11,,,knees,changes,lower",
        "A,x,12,none,,5,20",
    )
    (counted, scored), problems = read_trials(both)
    assert problems == ()
    assert (counted.kind, [(g.better, g.n) for g in counted.groups]) == ("counts", [(12, 20), (8, 20), (5, 20)])
    assert (scored.kind, [(g.mean, g.spread, g.n) for g in scored.groups]) == (
        "scores",
        [(-14.5, 10.2, 20), (-9.5, 11, 20)],
    )
    assert scored.meaning == counted.meaning == Meaning("lower", "changes", "knee")


@pytest.mark.parametrize(
    ("column", "cell", "said"),
    [
        (11, "dogs", "Row 3, column unit: write people or knees or hips or elbows or tendons, not “dogs”."),
        (12, "both", "Row 3, column scores_are: write changes or final, not “both”."),
        (13, "up", "Row 3, column better_is: write higher or lower, not “up”."),
        (11, "hips", "Row 3, column unit: another row of this trial says something else."),
    ],
)
def test_what_figures_mean_is_said_alike_or_the_trial_is_left_out(column, cell, said):
    rows = [f"{row},knees,final,lower".split(",") for row in TWO]
    rows[1][column] = cell
    trials, (problem,) = read_trials(csv(*map(",".join, rows)))
    assert trials == ()
    assert problem.startswith(said)


def test_a_quotation_mark_that_is_not_closed_loses_no_row_before_it():
    trials, problems = read_trials(csv(*TWO, '"A,x,,none,,1,2', "B,,,control,,1,2"))
    assert [t.name for t in trials] == ["A"]
    assert problems == ("Row 4: a quotation mark is opened and never closed.",)


@pytest.mark.parametrize("row", ["c" + ",c" * 47_999, "\n" * 90_000, "trial,group" + ",x" * 40_000, '"' * 90_000])
def test_a_file_is_read_in_linear_time(row):
    """27 seconds with loops over columns within loops over columns; a hundredth of a second without."""
    (problem,) = read_trials(row)[1]
    assert problem.startswith("Row 1: " if row.strip() else "The file is empty.")
    seconds = min(timeit.repeat(lambda: read_trials(row), number=1, repeat=3))
    assert seconds < 1


def test_empty_columns_do_not_count_as_columns():
    wide = "," * (3 * MOST_COLUMNS)
    trials, problems = read_trials("\n".join(line + wide for line in csv(*TWO).splitlines()))
    assert problems == ()
    assert len(trials) == 1


def test_large_groups_are_read():
    (trial,), problems = read_trials(csv("V,x,,prolotherapy,,8,18198", "V,x,,control,,162,18325"))
    assert problems == ()
    assert [(g.better, g.n) for g in trial.groups] == [(8, 18198), (162, 18325)]


# Marks of thousands: 1.000 is one in some files and a thousand in others.


@pytest.mark.parametrize("mark", [".", ","])
@pytest.mark.parametrize("delimiter", [";", "\t"])
def test_a_number_of_people_with_three_digits_after_a_mark_is_asked_about(mark, delimiter):
    rows = ["trial;group;better;of", f"A;prolotherapy;1;1{mark}000", f"A;control;2;2{mark}000"]
    trials, problems = read_trials("\n".join(rows).replace(";", delimiter))
    assert trials == ()
    assert [f"not “{n}{mark}000”" in problem for n, problem in zip((1, 2), problems, strict=True)] == [True, True]


@pytest.mark.parametrize(
    ("mean", "sd", "read"),
    [
        ("1.234", "200,5", None),  # the comma of the other cell says that the point is one of thousands
        ("1,234", "200.5", None),
        ("1.234", "2,345", None),  # nothing says which is which
        ("1.234", "2.345", (1.234, 2.345)),
        ("1,234", "2,345", (1.234, 2.345)),
        ("1,5", "2.5", (1.5, 2.5)),
        ("-1,234", "2,5", (-1.234, 2.5)),
    ],
)
def test_a_mean_is_not_read_a_thousand_times_too_small(mean, sd, read):
    rows = ["trial;group;mean;sd;n", f"A;prolotherapy;{mean};{sd};20", "A;control;7;8;20"]
    trials, problems = read_trials("\n".join(rows))
    if read is None:
        unclear = next(cell for cell in (mean, sd) if len(cell.split(".")[-1].split(",")[-1]) == 3)
        assert trials == ()
        assert f"“{unclear}”" in problems[0]
    else:
        assert (trials[0].groups[0].mean, trials[0].groups[0].spread) == read


@pytest.mark.parametrize("cell", ["-1.234,5", "1,234.5", "1,234,567"])
def test_a_number_that_cannot_be_read_is_quoted_as_it_stands_in_the_file(cell):
    rows = ["trial;group;mean;sd;n", f"A;prolotherapy;{cell};200,5;20", "A;control;7;8;20"]
    trials, problems = read_trials("\n".join(rows))
    assert trials == ()
    assert f"“{cell}”" in problems[0]
