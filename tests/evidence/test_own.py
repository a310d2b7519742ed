"""A reader's own trial: what is typed or loaded is checked field by field, and what is right is kept."""

import pytest
from statsmodels.stats.proportion import confint_proportions_2indep

from prolo_dash.evidence.own import LONGEST_NAME, MOST_PEOPLE, OwnTrial, as_library, read_trial, tidy
from prolo_dash.evidence.own_csv import COLUMNS, MOST_CHARACTERS, MOST_ROWS, SAMPLE, read_trials

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
    **{f"{group}_spread": "2" for group in ("prolo", "control", "none")},
    **{f"{group}_n": "30" for group in ("prolo", "control", "none")},
}


def faults(kind="counts", three=True, **changed):
    read = read_trial(GOOD | changed, kind, "sd", three)
    return () if isinstance(read, OwnTrial) else tuple(fault.field for fault in read)


# What is typed.


def test_a_trial_that_is_right_becomes_a_comparison_like_any_other():
    trial = read_trial(GOOD, "counts", "sd", True)
    assert isinstance(trial, OwnTrial)
    (comparison,) = as_library(trial).comparisons
    assert comparison.prolo.counts == (14, 21)
    assert comparison.control is not None
    assert comparison.control.counts == (5, 22)
    assert comparison.without is not None
    assert comparison.without.counts == (3, 22)
    assert comparison.outcome.weeks == 12
    expected = confint_proportions_2indep(14, 21, 5, 22, method="newcomb", compare="diff")
    found = comparison.difference(comparison.control).estimate
    assert (found.low, found.high) == pytest.approx(expected, abs=1e-9)


def test_without_a_third_group_its_fields_may_hold_anything():
    assert faults(three=False, none_better="x", none_of="", none_name="") == ()


def test_the_fields_of_the_other_kind_may_hold_anything():
    assert faults(prolo_mean="x", control_spread="") == ()
    assert faults(kind="scores", prolo_better="x", control_of="") == ()


@pytest.mark.parametrize("text", ["", " ", "abc", "2.5", "-1", "1e3", "٣", "1001", "9" * 40, "²", "1 2"])
def test_a_number_of_people_is_a_whole_number_in_range(text):
    assert faults(prolo_of=text, prolo_better="0") == ("prolo_of",)


@pytest.mark.parametrize("text", ["", "abc", "nan", "inf", "1e400", "1,5", "--2", "100001", "0x10"])
def test_a_mean_is_a_finite_number(text):
    assert faults(kind="scores", control_mean=text) == ("control_mean",)


@pytest.mark.parametrize("text", ["-0.5", "−3", ".5", "+2", "7.", "0"])
def test_a_mean_can_be_below_zero_and_written_with_a_true_minus(text):
    assert faults(kind="scores", control_mean=text) == ()


@pytest.mark.parametrize("text", ["0", "-1", "", "x"])
def test_a_spread_is_above_zero(text):
    assert faults(kind="scores", none_spread=text) == ("none_spread",)


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
        == f"People in the prolotherapy group: write a whole number from 1 to {MOST_PEOPLE:,}, not “abc”."
    )
    assert all(sentence.count(".") == 1 and sentence.endswith(".") for sentence in said.values())


def test_a_name_is_one_line_of_text_and_never_a_mark():
    assert tidy(" a\tb\n c\u202e ") == "a b c"
    assert "*" not in tidy("**strong**")
    assert tidy("<b>x</b>") == "<b>x</b>", "markup is text; who shows it escapes it"
    assert faults(name="x" * (LONGEST_NAME + 1)) == ("name",)
    assert faults(name="x" * LONGEST_NAME) == ()


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
        ("A,,,none,,1,2,,,,,,,", "Row 4: it has 14 cells, but there are 11 columns."),
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
        (HEAD + ",trial\n", "Row 1: the column “trial” stands there twice."),
        ("x" * (MOST_CHARACTERS + 1), "The file is too large"),
        ("trial,group\n\ufffd,control", "The file is not UTF-8 text"),
        ("PK\x03\x04\0\0", "The file is not UTF-8 text"),
        (csv('A,"x'), ""),
    ],
)
def test_a_file_that_cannot_be_read_is_told_in_a_sentence(text, said):
    trials, problems = read_trials(text)
    assert trials == ()
    assert problems
    assert problems[0].startswith(said)
    assert all(problem.endswith((".", ").")) for problem in problems)


def test_a_column_that_is_not_known_is_told_and_the_rest_is_read():
    trials, problems = read_trials("\n".join([HEAD + ",colour", *(row + ",red" for row in TWO)]))
    assert len(trials) == 1
    assert problems == ("Row 1: the column “colour” is not known and was left out.",)


def test_no_more_rows_are_read_than_the_page_says():
    rows = [row.replace("A,", f"T{i},", 1) for i in range(MOST_ROWS) for row in TWO]
    trials, problems = read_trials(csv(*rows))
    assert len(trials) == MOST_ROWS / 2
    assert problems == (f"Only the first {MOST_ROWS} rows were read; the file has {2 * MOST_ROWS}.",)


def test_a_file_full_of_faults_does_not_flood_the_page():
    rows = [f"T{i},,,nobody,,1,2,,,," for i in range(150)]
    _, problems = read_trials(csv(*rows))
    assert len(problems) == 21
    assert problems[-1] == "There are 130 more problems; mend these first."
