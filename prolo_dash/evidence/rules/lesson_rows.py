"""Rows of lessons: each is a comparison that exists, and stands in a view once."""

from collections.abc import Iterator

from prolo_dash.evidence.rules.base import Problem, Rule, Tables, arms_by_id, index, quote
from prolo_dash.evidence.rules.defaults import is_comparison


def _comparisons(tables: Tables) -> Iterator[Problem]:
    outcomes, arms = index(tables["outcomes"], "outcome_id"), arms_by_id(tables)
    seen = set()
    for row in tables["lesson_rows"].rows:
        if not is_comparison(row["comparison"], outcomes, arms):
            wrong = f"{quote(row['comparison'])} names no outcome with an intervention group of its study"
            yield tables["lesson_rows"].problem(row, "comparison", wrong, "write outcome_id.arm_id")
        elif (row["view"], row["comparison"]) in seen:
            wrong = f"{quote(row['comparison'])} stands in {quote(row['view'])} already"
            yield tables["lesson_rows"].problem(row, "comparison", wrong, "leave one of them out")
        seen.add((row["view"], row["comparison"]))


RULES = (Rule("A row of a lesson exists.", ("lesson_rows", "outcomes", "arms"), _comparisons),)
