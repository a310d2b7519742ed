"""Outcomes: a possible scale, within the study's time, with figures, and consistent with their baseline."""

import re
from collections.abc import Iterator

from prolo_dash.evidence.rules.base import (
    Findings,
    Problem,
    Row,
    Rule,
    Tables,
    flagged,
    for_each,
    index,
    number,
    numbers,
    or_flag,
    quote,
)

AS_THE_BASELINE = ("better", "unit", "instrument", "scale_min", "scale_max", "scale")
LARGEST_SHARE = 2  # of a percent change: more than 100 is possible, twice as much is not


def _scale(row: Row) -> Findings:
    ends, least = numbers(row, "scale_min", "scale_max"), re.match(r"-?\d+(\.\d+)?", row["mcid"])
    if ends and ends[0] >= ends[1]:
        wrong = f"a scale can't begin at {row['scale_min']} and end at {row['scale_max']}"
        yield "scale_min", wrong, "write the lower end here and the higher in scale_max"
    if least and float(least[0]) <= 0:
        yield "mcid", f"{quote(row['mcid'])} is not a difference that people notice", "write a number above 0"
    elif least and ends and 0 < ends[1] - ends[0] < float(least[0]):
        wrong = f"a difference of {quote(row['mcid'])} is more than the scale allows"
        yield "mcid", wrong, "correct the figure or the scale"


def _name(row: Row) -> Findings:
    if not row["outcome_id"].startswith(f"{row['study_id']}_"):
        wrong = f"the name does not begin with that of its study, {quote(row['study_id'])}"
        yield "outcome_id", wrong, "correct the name or the study"
    week = re.search(r"_(\d+)w$", row["outcome_id"])
    weeks = number(row["weeks"])
    if week and weeks is not None and weeks != int(week[1]):
        yield "weeks", f"the name ends in {week[1]}w and this is week {row['weeks']}", "make the two agree"


def _time(row: Row) -> Findings:
    if row["kind"] == "change_mean" and number(row["weeks"]) == 0:
        yield "weeks", "there is no change at week 0", "write when it was measured or leave the cell empty"


def _within_the_study(tables: Tables) -> Iterator[Problem]:
    studies, excused = index(tables["studies"], "study_id"), flagged(tables, "time_not_stated", "time_varies")
    for row in tables["outcomes"].rows:
        study = studies.get((row["study_id"],))
        weeks, last = number(row["weeks"]), number(study["longest_followup_weeks"]) if study else None
        if study is None or weeks is None or last is None or weeks <= last or excused(row):
            continue
        wrong = f"week {row['weeks']} is after the study's last, {study['longest_followup_weeks']}"
        right = "correct one of the two" + or_flag("time_varies")
        yield tables["outcomes"].problem(row, "weeks", wrong, right)


def _with_results(tables: Tables) -> Iterator[Problem]:
    measured = {row["outcome_id"] for row in tables["results"].rows}
    for row in tables["outcomes"].rows:
        if measured and row["outcome_id"] not in measured:
            wrong = f"{quote(row['outcome_id'])} has no row in results.csv"
            right = "add one for each group, with empty cells where no figure was seen"
            yield tables["outcomes"].problem(row, "outcome_id", wrong, right)


def _baselines(tables: Tables) -> Iterator[Problem]:
    outcomes = index(tables["outcomes"], "outcome_id")
    for row in tables["outcomes"].rows:
        base = outcomes.get((row["baseline_outcome_id"],)) if row["baseline_outcome_id"] else None
        if base is None:
            continue
        wrong = _no_baseline(row, base)
        if wrong:
            right = "name a final_mean of the same study at week 0 or leave the cell empty"
            yield tables["outcomes"].problem(row, "baseline_outcome_id", wrong, right)
            continue
        for column in AS_THE_BASELINE:
            if row[column] != base[column]:
                wrong = f"{quote(row[column])} is not that of its baseline, {quote(base[column])}"
                yield tables["outcomes"].problem(row, column, wrong, "make the two equal or name another baseline")


def _no_baseline(row: Row, base: Row) -> str:
    if row["kind"] != "final_mean":
        return f"a {row['kind']} has no baseline of its own"
    if base["study_id"] != row["study_id"]:
        return f"{quote(base['outcome_id'])} belongs to another study"
    if base["kind"] != "final_mean" or number(base["weeks"]) != 0:
        return f"{quote(base['outcome_id'])} is not a final_mean at week 0"
    return "an outcome is not its own baseline" if base["outcome_id"] == row["outcome_id"] else ""


def _benchmark(row: Row) -> Findings:
    estimate, measure = number(row["estimate"]), row["measure"]
    if estimate is not None and measure == "responder_rate" and not 0 <= estimate <= 1:
        yield "estimate", f"{quote(row['estimate'])} is not a proportion", "write 0.46 for 46 in 100"
    if estimate is not None and measure.startswith(("proportion_", "share_")) and abs(estimate) > LARGEST_SHARE:
        yield "estimate", f"{quote(row['estimate'])} is not a share", "write 0.46 for 46 in 100"
    sizes = numbers(row, "n_trials", "n_patients")
    if sizes and sizes[0] > sizes[1]:
        yield "n_trials", f"{row['n_trials']} trials of {row['n_patients']} people can't be", "correct the figures"


def _price(row: Row) -> Findings:
    if number(row["amount"]) == 0:
        yield "amount", "a price of 0 is none", "write the printed price or delete the row"


RULES = (
    Rule(
        "A scale has ordered ends, and room for its difference.",
        ("outcomes",),
        for_each("outcomes", _scale),
    ),
    Rule("A threshold lies on its scale, above 0.", ("thresholds",), for_each("thresholds", _scale)),
    Rule("An outcome is named after its study and week.", ("outcomes",), for_each("outcomes", _name)),
    Rule("A change is measured after the start.", ("outcomes",), for_each("outcomes", _time)),
    Rule("Nothing is measured after the study's end.", ("outcomes", "studies", "flags"), _within_the_study),
    Rule("An outcome has results.", ("outcomes", "results"), _with_results),
    Rule("A baseline is the same measure at week 0.", ("outcomes",), _baselines),
    Rule("A benchmark's share is one.", ("benchmarks",), for_each("benchmarks", _benchmark)),
    Rule("A price is above 0.", ("prices",), for_each("prices", _price)),
)
