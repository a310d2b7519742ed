"""Conditions: few groups to toggle, one level of them, and a trial under each."""

from collections.abc import Iterator

from prolo_dash.evidence.rules.base import Problem, Rule, Tables, index, quote

MOST_GROUPS = 6  # each further one doubles the states to prepare


def _few_groups(tables: Tables) -> Iterator[Problem]:
    groups = [row for row in tables["conditions"].rows if not row["group_id"]]
    for row in groups[MOST_GROUPS:]:
        wrong = f"this is group {groups.index(row) + 1}, and readers can toggle {MOST_GROUPS}"
        yield tables["conditions"].problem(row, "group_id", wrong, "name the group that it is part of")


def _one_level(tables: Tables) -> Iterator[Problem]:
    conditions = index(tables["conditions"], "condition_id")
    for row in tables["conditions"].rows:
        group = conditions.get((row["group_id"],))
        if group is not None and group["group_id"]:
            wrong = f"{quote(row['group_id'])} is itself part of a group"
            yield tables["conditions"].problem(row, "group_id", wrong, "name a row without a group")


def _has_a_trial(tables: Tables) -> Iterator[Problem]:
    studied = {row["condition"] for row in tables["studies"].rows}
    studied |= {row["group_id"] for row in tables["conditions"].rows if row["condition_id"] in studied}
    for row in tables["conditions"].rows:
        if row["condition_id"] not in studied:
            wrong = f"no study in studies.csv is on {quote(row['condition_id'])}"
            yield tables["conditions"].problem(row, "condition_id", wrong, "add its study or delete the row")


RULES = (
    Rule("Readers toggle six groups of conditions at most.", ("conditions",), _few_groups),
    Rule("A group of conditions is not part of another.", ("conditions",), _one_level),
    Rule("Every condition has a study.", ("conditions", "studies"), _has_a_trial),
)
