"""Smallest changes that people notice: for scores and conditions that are in the package, and a range in order."""

from collections.abc import Iterator

from prolo_dash.evidence.rules.base import Findings, Problem, Row, Rule, Tables, for_each, number, numbers, quote


def _range(row: Row) -> Findings:
    low, high = number(row["mcid"]), number(row["mcid_high"])
    if high is None:
        return
    if low is None:
        yield "mcid_high", "a range has its upper end alone", "write the lower end into mcid or empty this cell"
    elif high <= low:
        wrong = f"{row['mcid_high']} is not above mcid, which is {row['mcid']}"
        yield "mcid_high", wrong, "write the upper end of the range, or leave it empty"
    ends = numbers(row, "scale_min", "scale_max")
    if ends and 0 < ends[1] - ends[0] < high:
        wrong = f"a difference of {quote(row['mcid_high'])} is more than the scale allows"
        yield "mcid_high", wrong, "correct the figure or the scale"


def _shown(row: Row) -> Findings:
    for column, other in (("instruments", "condition_ids"), ("condition_ids", "instruments")):
        if row[column] and not row[other]:
            yield other, f"{column} is filled in and this is not", "fill in both, or neither"


def _known(tables: Tables) -> Iterator[Problem]:
    measured = {row["instrument"] for row in tables["outcomes"].rows}
    conditions = {row["condition_id"] for row in tables["conditions"].rows}
    for column, known, place in (
        ("instruments", measured, "is no instrument of a row in outcomes.csv"),
        ("condition_ids", conditions, "is not in conditions.csv"),
    ):
        for row in tables["thresholds"].rows:
            for named in row[column].split(";") if row[column] else ():
                if named not in known:
                    wrong = f"{quote(named)} {place}"
                    yield tables["thresholds"].problem(row, column, wrong, "correct the spelling or leave it out")


RULES = (
    Rule("The range of a threshold is in order, and on its scale.", ("thresholds",), for_each("thresholds", _range)),
    Rule(
        "A threshold is for instruments and conditions, or for none.", ("thresholds",), for_each("thresholds", _shown)
    ),
    Rule("What a threshold is for is there.", ("thresholds", "outcomes", "conditions"), _known),
)
