"""Contrasts: two groups, a possible estimate, and one that fits the groups' own figures."""

from collections.abc import Iterator

from prolo_dash.evidence.rules.base import (
    Findings,
    Problem,
    Row,
    Rule,
    Tables,
    flagged,
    for_each,
    for_each_outcome,
    index,
    number,
    numbers,
    or_flag,
    quote,
    with_outcome,
)

RATIOS = ("risk_ratio", "odds_ratio")
OF_COUNTS = ("risk_difference", *RATIOS)
OF_AVERAGES = ("mean_difference", "smd")
ROUNDED, LEEWAY = 0.15, 0.05  # how far a difference may be from that of two rounded averages


def _two_arms(row: Row) -> Findings:
    if row["arm_id"] == row["versus_arm_id"]:
        yield "versus_arm_id", f"{quote(row['arm_id'])} is compared with itself", "name the other group"


def _p(row: Row) -> Findings:
    p = number(row["p"].lstrip("<>"))
    if p == 0:
        yield "p", f"a p value of {row['p']} can't be", "write <0.001 or as many digits as are printed"


def _estimate(row: Row, outcome: Row) -> Findings:
    estimate, measure = number(row["estimate"]), row["measure"]
    if (estimate is None) != (measure == "p_only"):
        yield "measure", "an estimate and what it measures go together", "write p_only where no estimate is printed"
    if estimate is None:
        if row["ci_low"] or row["ci_high"]:
            yield (
                "estimate",
                "an interval is given without its estimate",
                "write the estimate or leave the interval out",
            )
        return
    if measure in (OF_AVERAGES if outcome["kind"] == "responder" else OF_COUNTS):
        wrong = f"a {measure} is given for an outcome that is a {outcome['kind']}"
        yield "measure", wrong, "correct the measure, or the kind in outcomes.csv"
    if measure in RATIOS and min(estimate, number(row["ci_low"]) or estimate) < 0:
        yield "estimate", f"a {measure} below 0 can't be", "write the printed ratio"
    if measure == "risk_difference" and abs(estimate) > 1:
        yield "estimate", f"{row['estimate']} is not a difference of proportions", "write 0.46 for 46 in 100"
    ends = numbers(outcome, "scale_min", "scale_max")
    if measure == "mean_difference" and ends and abs(estimate) > ends[1] - ends[0] > 0:
        wrong = f"a difference of {row['estimate']} is more than the scale of {outcome['scale_min']} to "
        yield "estimate", wrong + f"{outcome['scale_max']} allows", "correct the figure or the scale"


def _differences(tables: Tables) -> Iterator[Problem]:
    """An unadjusted difference is that of the two averages, or of what they gained since baseline."""
    results = index(tables["results"], "outcome_id", "arm_id")
    kinds = ("adjusted", "doubtful_figure", "inconsistent_interval", "direction_unclear", "sources_disagree")
    excused = flagged(tables, *kinds)
    for row, outcome in with_outcome(tables, "contrasts"):
        estimate = number(row["estimate"])
        if row["measure"] != "mean_difference" or estimate is None or outcome["adjusted"] or excused(outcome):
            continue
        pair = [results.get((row["outcome_id"], row[column])) for column in ("arm_id", "versus_arm_id")]
        before = [results.get((outcome["baseline_outcome_id"], row[column])) for column in ("arm_id", "versus_arm_id")]
        ends = _difference(pair)
        start = _difference(before) or 0
        near = [value for value in (ends, ends and ends - start) if value is not None]
        if near and all(abs(abs(estimate) - abs(value)) > ROUNDED + LEEWAY * abs(value) for value in near):
            wrong = f"a difference of {row['estimate']} is not that of the averages in results.csv, {abs(near[0]):.4g}"
            right = "correct the figures" + or_flag("doubtful_figure", "adjusted")
            yield tables["contrasts"].problem(row, "estimate", wrong, right)


def _difference(pair: list[Row | None]) -> float | None:
    means = [number(row["mean"]) if row else None for row in pair]
    return means[0] - means[1] if means[0] is not None and means[1] is not None else None


RULES = (
    Rule("A comparison has two groups.", ("contrasts",), for_each("contrasts", _two_arms)),
    Rule("A p value is above 0.", ("contrasts",), for_each("contrasts", _p)),
    Rule(
        "An estimate has a measure, fits its outcome and is possible.",
        ("contrasts", "outcomes"),
        for_each_outcome("contrasts", _estimate),
    ),
    Rule(
        "A difference of averages is that of the averages.",
        ("contrasts", "results", "outcomes", "flags"),
        _differences,
    ),
)
