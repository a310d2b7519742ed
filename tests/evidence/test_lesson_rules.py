"""Checks and rows of lessons that can't be shown are found, each with one clear line."""

import csv

import pytest

from prolo_dash.evidence.package import data_dir
from prolo_dash.evidence.rules import Row, Table, broken_rules

TABLES = ("checks", "lesson_rows", "outcomes", "arms")


def read(name, first):
    with (data_dir() / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    rows[0].update(first)
    return Table(f"{name}.csv", tuple(rows[0]), tuple(Row(i, row) for i, row in enumerate(rows, start=2)))


def problems(changed_table="", **first):
    tables = {name: read(name, first if name == changed_table else {}) for name in TABLES}
    return [str(p) for p in broken_rules(tables)]


def test_the_checks_and_rows_as_they_are_can_be_shown():
    assert problems() == []


@pytest.mark.parametrize(
    ("table", "changed", "said"),
    [
        ("checks", {"answer_d": "", "why_d": "", "correct": "d"}, "there is no answer 'd'"),
        ("checks", {"why_a": ""}, "answer 'a' and its reason go together"),
        ("checks", {"answer_d": ""}, "answer 'd' and its reason go together"),
        ("checks", {"answer_a": "Same.", "answer_c": "Same."}, "two answers are the same"),
        ("checks", {"time": "after"}, "the pair 'alone' has not one question before the lesson and one after it"),
        ("lesson_rows", {"comparison": "topol2011_asymptomatic_13w"}, "names no outcome with an intervention group"),
        ("lesson_rows", {"comparison": "klein1993_resp50_26w.dgp"}, "stands in 'lesson_dummy' already"),
    ],
)
def test_what_cannot_be_shown_is_told_in_one_line(table, changed, said):
    (problem,) = problems(table, **changed)
    assert said in problem
