"""What a source says of two groups does not contradict its own figures."""

from collections.abc import Iterator

from prolo_dash.evidence.rules.base import (
    Findings,
    Problem,
    Row,
    Rule,
    Tables,
    arms_by_id,
    flagged,
    for_each_outcome,
    index,
    number,
    numbers,
    or_flag,
    quote,
    with_outcome,
)
from prolo_dash.evidence.rules.contrasts import RATIOS

SIGNIFICANT = 0.05
SIDES = {"favours_intervention": 1, "favours_comparator": -1}


def _sign(row: Row, _outcome: Row) -> Findings:
    estimate, sign = number(row["estimate"]), number(row["sign"])
    if estimate is None:
        return
    if sign is None:
        right = "write 1 if a higher estimate is good for the first group and -1 if not, or flag it direction_unclear"
        yield "sign", "the sign is missing", right
    elif SIDES.get(row["direction"], 0) * sign * (estimate - _null(row)) < 0:
        yield "direction", f"{row['direction']} contradicts the estimate and its sign", "correct one of the three"


def _sign_alone(row: Row, _outcome: Row) -> Findings:
    if number(row["estimate"]) is None and number(row["sign"]) is not None:
        yield "sign", "a sign is given without an estimate", "leave the cell empty"


def _null(row: Row) -> int:
    return 1 if row["measure"] in RATIOS else 0


def _first_group(tables: Tables) -> Iterator[Problem]:
    arms = arms_by_id(tables)
    for row, outcome in with_outcome(tables, "contrasts"):
        arm = arms.get((outcome["study_id"], row["arm_id"]))
        if arm is not None and arm["role"] != "intervention" and row["direction"] != "not_stated":
            wrong = f"the first group, {quote(row['arm_id'])}, is not an intervention group"
            right = "write not_stated and tell it in the notes"
            yield tables["contrasts"].problem(row, "direction", wrong, right)


def _significant(p: str) -> bool | None:
    """Whether a printed p value is below 0.05; None where it can't be known, as with <0.1 or >0.01."""
    value = number(p.lstrip("<>"))
    if value is None:
        return None
    if p.startswith(">"):
        return False if value >= SIGNIFICANT else None
    if p.startswith("<"):
        return True if value <= SIGNIFICANT else None
    return value < SIGNIFICANT


def _borders(p: str) -> bool:
    """Whether a p value may be rounded from either side of 0.05: 0.046 is printed as 0.05 too."""
    value = number(p)
    half = 0.5 * 10.0 ** -len(p.partition(".")[2])
    return value is not None and abs(value - SIGNIFICANT) <= half


P_EXCUSES = ("direction_unclear", "doubtful_figure", "inconsistent_interval", "joint_p_value", "combined_outcomes")


def _p(row: Row, _outcome: Row) -> Findings:
    significant = _significant(row["p"])
    if significant is False and row["direction"] in SIDES:
        right = "write no_difference, correct the p value" + or_flag("direction_unclear", "doubtful_figure")
        yield "direction", f"{row['direction']} can't be with a p value of {row['p']}", right
    if significant is True and row["direction"] == "no_difference":
        right = "write which group did better, correct the p value" + or_flag("direction_unclear", "doubtful_figure")
        yield "direction", f"no_difference can't be with a p value of {row['p']}", right


def _interval(row: Row, _outcome: Row) -> Findings:
    limits = numbers(row, "ci_low", "ci_high")
    if limits is None or limits[0] > limits[1]:
        return
    inside, outside = limits[0] < _null(row) < limits[1], not limits[0] <= _null(row) <= limits[1]
    interval = f"the interval {row['ci_low']} to {row['ci_high']}"
    right = "correct the figures" + or_flag("inconsistent_interval", "adjusted")
    significant = None if _borders(row["p"]) else _significant(row["p"])
    if (inside and significant is True) or (outside and significant is False):
        holds = "holds" if inside else "leaves out"
        yield "p", f"a p value of {row['p']} contradicts {interval}, which {holds} {_null(row)}", right
    elif (inside and row["direction"] in SIDES) or (outside and row["direction"] == "no_difference"):
        holds = "holds" if inside else "leaves out"
        yield "direction", f"{row['direction']} contradicts {interval}, which {holds} {_null(row)}", right


def _figures(tables: Tables) -> Iterator[Problem]:
    """The group that is said to have done better does not have the worse figure."""
    results = index(tables["results"], "outcome_id", "arm_id")
    excused = flagged(tables, *P_EXCUSES, "adjusted", "assignment_inferred", "arms_swapped", "sources_disagree")
    for row, outcome in with_outcome(tables, "contrasts"):
        # A lower start may explain why the better group ends worse.
        if outcome["baseline_outcome_id"] or row["direction"] not in SIDES or excused(outcome):
            continue
        first, other = (_figure(results.get((row["outcome_id"], row[c]))) for c in ("arm_id", "versus_arm_id"))
        if first is None or other is None:
            continue
        better = 1 if outcome["better"] == "higher" else -1
        if SIDES[row["direction"]] * better * (first - other) < 0:
            wrong = f"{row['direction']} contradicts the figures in results.csv, where {outcome['better']} is better"
            right = "correct the direction, the figures or outcomes.better" + or_flag("direction_unclear")
            yield tables["contrasts"].problem(row, "direction", wrong, right)


def _figure(row: Row | None) -> float | None:
    if row is None:
        return None
    counts = numbers(row, "events", "n")
    return counts[0] / counts[1] if counts and counts[1] else number(row["mean"])


OF_CONTRASTS = ("contrasts", "outcomes", "flags")

RULES = (
    Rule("A sign has an estimate.", OF_CONTRASTS, for_each_outcome("contrasts", _sign_alone)),
    Rule(
        "A direction fits the estimate and its sign.",
        OF_CONTRASTS,
        for_each_outcome("contrasts", _sign, excuses=("direction_unclear", "inconsistent_interval")),
    ),
    Rule("Only the result of an intervention group has a direction.", ("contrasts", "outcomes", "arms"), _first_group),
    Rule("A direction fits its p value.", OF_CONTRASTS, for_each_outcome("contrasts", _p, excuses=P_EXCUSES)),
    Rule(
        "An interval fits its p value and direction.",
        OF_CONTRASTS,
        for_each_outcome("contrasts", _interval, excuses=(*P_EXCUSES, "adjusted")),
    ),
    Rule("A direction fits the groups' figures.", (*OF_CONTRASTS, "results"), _figures),
)
