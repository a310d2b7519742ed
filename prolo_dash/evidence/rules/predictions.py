"""Predictions: each asks about a comparison that exists, with slots that can be filled."""

import re
from collections.abc import Iterator

from prolo_dash.evidence.rules.base import Findings, Problem, Row, Rule, Tables, arms_by_id, for_each, index, quote
from prolo_dash.evidence.rules.defaults import is_comparison

# Kind of prediction -> what its question may have in braces.
SLOTS = {
    "control_gain": ("intervention",),
    "difference_of_counts": ("told",),
    "replay": ("treated", "controls", "repeats"),
    "must_change": ("treated", "controls", "repeats"),
    "ahead": ("trials",),
    "second_throw": ("cut_off",),
}
WITHOUT_COMPARISON = ("ahead", "second_throw")  # these look at every trial, or at none


def _comparisons(tables: Tables) -> Iterator[Problem]:
    outcomes, arms = index(tables["outcomes"], "outcome_id"), arms_by_id(tables)
    for row in tables["predictions"].rows:
        for column in ("comparison", "beside"):
            if row[column] and not is_comparison(row[column], outcomes, arms):
                wrong = f"{quote(row[column])} names no outcome with an intervention group of its study"
                yield tables["predictions"].problem(row, column, wrong, "write outcome_id.arm_id")


def _asks(row: Row) -> Findings:
    if not row["comparison"] and row["kind"] not in WITHOUT_COMPARISON:
        wrong = f"a prediction of the kind {quote(row['kind'])} asks about a comparison"
        yield "comparison", wrong, "write outcome_id.arm_id"
    for column in ("question", "unit"):
        for slot in re.findall(r"\{(.*?)\}", row[column]):
            if slot not in SLOTS.get(row["kind"], ()):
                wrong = f"nothing is worked out for {quote(slot)} in this kind of prediction"
                yield column, wrong, "leave it out or correct the spelling"


RULES = (
    Rule("What a prediction asks about exists.", ("predictions", "outcomes", "arms"), _comparisons),
    Rule("A prediction can be asked.", ("predictions",), for_each("predictions", _asks)),
)
