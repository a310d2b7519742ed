"""Predictions that can't be asked are found, each with one clear line."""

import csv

import pytest

from prolo_dash.evidence.package import data_dir
from prolo_dash.evidence.rules import Row, Table, broken_rules

TABLES = ("predictions", "outcomes", "arms")


def read(name, **changed):
    with (data_dir() / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    for row in rows:
        if row.get("prediction_id") == "left_of_84":
            row.update(changed)
    return Table(f"{name}.csv", tuple(rows[0]), tuple(Row(i, row) for i, row in enumerate(rows, start=2)))


def problems(**changed):
    tables = {name: read(name) for name in TABLES if name != "predictions"}
    return [str(p) for p in broken_rules(tables | {"predictions": read("predictions", **changed)})]


def test_the_predictions_as_they_are_can_be_asked():
    assert problems() == []


@pytest.mark.parametrize(
    ("column", "text", "said"),
    [
        ("comparison", "topol2011_asymptomatic_13w", "names no outcome with an intervention group"),
        ("comparison", "topol2011_asymptomatic_13w.lidocaine", "names no outcome with an intervention group"),
        ("beside", "topol2012_asymptomatic_52w.dextrose", "names no outcome with an intervention group"),
        ("comparison", "", "asks about a comparison"),
        ("question", "How many of {toled}?", "nothing is worked out for 'toled'"),
        ("unit", "of {repeats}", "nothing is worked out for 'repeats'"),
    ],
)
def test_what_cannot_be_asked_is_told_in_one_line(column, text, said):
    (problem,) = problems(**{column: text})
    assert column in problem
    assert said in problem
