"""Judgements, facts, reviews and registrations that can't be right are found, each with one clear line."""

import csv
import shutil

import pytest

from prolo_dash.evidence.check import check
from prolo_dash.evidence.package import data_dir
from prolo_dash.evidence.rules import Row, Table, broken_rules

TABLES = ("studies", "arms", "conditions", "trial_quality", "trial_facts", "reviews", "registrations")
ELBOW = {"review_id": "zhu2022_pain"}
LATE, REBUILT = {"registration_id": "topol2011_late"}, {"registration_id": "korea_elbow"}

# Table, how to find the row, column, what is written there, and words of what is said of it.
AGAINST_RULES = (
    ("trial_quality", {"judgement": "score"}, "score", "99", "99 of"),
    ("trial_quality", {"judgement": "score"}, "max_score", "", "go together"),
    ("trial_quality", {"judgement": "low"}, "score", "3", "go together"),
    ("trial_quality", {"inferred": "yes"}, "note", "", "worked out by us"),
    ("trial_facts", {"fact_id": "dumais2012_blinded_participants"}, "note", "", "worked out by us"),
    ("trial_facts", {"fact": "lost_percent", "answer": "yes"}, "percent", "31", "31% does not stand in value"),
    ("trial_facts", {"fact": "itt"}, "percent", "12", "only a share lost"),
    ("trial_facts", {"answer": "unclear"}, "arm_ids", "dextrose", "only people blinded in part"),
    ("trial_facts", {"fact_id": "sert2020_blinded_participants"}, "arm_ids", "dextrose;sham", "'sham' is no arm"),
    ("reviews", ELBOW, "conditions", "tennis_elbow", "not in conditions.csv"),
    ("reviews", ELBOW, "ci_high", "-0.50", "outside its interval"),
    ("reviews", ELBOW, "sign", "", "go together"),
    ("reviews", ELBOW, "estimate", "-0.45", "does not stand in printed"),
    ("registrations", LATE, "study_ids", "topol2012", "not in studies.csv"),
    ("registrations", LATE, "condition", "knees", "not in conditions.csv"),
    ("registrations", LATE, "what_became", "ended", "only a trial without a paper"),
    ("registrations", REBUILT, "registry_id", "", "made from a number"),
)
AGAINST_SCHEMA = (
    ("trial_quality", {"judgement": "low"}, "study_id", "nobody1999", "not in studies.csv"),
    ("trial_facts", {"answer": "yes"}, "answer", "maybe", "not one of the words"),
    ("trial_facts", {"answer": "no"}, "study_id", "nobody1999", "not in studies.csv"),
    ("trial_facts", {"answer": "unclear"}, "fact", "blinding", "not one of the words"),
    ("trial_facts", {"answer": "partly"}, "inferred", "perhaps", "neither yes nor no"),
    ("trial_quality", {"judgement": "low"}, "taken_over", "", "the cell is empty"),
    ("reviews", ELBOW, "certainty", "fairly high", "not one of the words"),
    ("reviews", {"review_id": "bae2021_saline"}, "conclusion", "", "the cell is empty"),
    ("registrations", REBUILT, "kind", "lost", "not one of the words"),
    ("registrations", {"registration_id": "mayo_thumb"}, "what_became", "stopped", "not one of the words"),
)


def read(name):
    with (data_dir() / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        return list(reader.fieldnames), list(reader)


def changed(name, where, column, text):
    """The table with ``text`` in the first row that fits; other cells stay as they are."""
    columns, rows = read(name)
    next(row for row in rows if where.items() <= row.items())[column] = text
    return columns, rows


def table(name, columns, rows):
    return Table(f"{name}.csv", tuple(columns), tuple(Row(i, row) for i, row in enumerate(rows, start=2)))


def test_the_tables_as_they_are_break_no_rule():
    assert list(broken_rules({name: table(name, *read(name)) for name in TABLES})) == []


@pytest.mark.parametrize(("name", "where", "column", "text", "said"), AGAINST_RULES)
def test_what_no_schema_can_say_is_found_in_one_line(name, where, column, text, said):
    tables = {other: table(other, *read(other)) for other in TABLES}
    (problem,) = broken_rules(tables | {name: table(name, *changed(name, where, column, text))})
    assert said in str(problem)


def test_unknown_words_and_trials_are_found_in_one_line_each(tmp_path):
    folder = tmp_path / "data"
    shutil.copytree(data_dir(), folder)
    written = {name: read(name) for name in TABLES}
    for name, where, column, text, _ in AGAINST_SCHEMA:
        next(row for row in written[name][1] if where.items() <= row.items())[column] = text
    for name, (columns, rows) in written.items():
        with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, columns, lineterminator="\n")
            writer.writeheader()
            writer.writerows(rows)
    found = [(p.file, p.column, p.wrong) for p in check(folder)]
    expected = {(f"{name}.csv", column) for name, _, column, _, _ in AGAINST_SCHEMA}
    assert {(file, column) for file, column, _ in found} == expected
    assert len(found) == len(AGAINST_SCHEMA)
    for name, _, column, _, said in AGAINST_SCHEMA:
        assert any(file == f"{name}.csv" and at == column and said in wrong for file, at, wrong in found)
