"""Averages lie on their scale, and their spread is possible there."""

from math import sqrt

from prolo_dash.evidence.rules.base import Findings, Row, Rule, for_each_outcome, number, numbers, or_flag, quote

LEEWAY = 1.05  # for figures that are rounded
SE_LEEWAY = 1.25  # as before; a rounded se of one digit is far off


def _on_scale(row: Row, outcome: Row) -> Findings:
    mean, ends = number(row["mean"]), numbers(outcome, "scale_min", "scale_max")
    if mean is None or ends is None or outcome["kind"] == "responder":
        return
    low, high = ends
    scale = f"the scale of {outcome['scale_min']} to {outcome['scale_max']}"
    if outcome["kind"] == "final_mean" and not low <= mean <= high:
        yield "mean", f"{quote(row['mean'])} is not on {scale}", "correct the figure or the scale"
    if outcome["kind"] == "change_mean" and abs(mean) > high - low > 0:
        yield "mean", f"a change of {row['mean']} is more than {scale} allows", "correct the figure or the scale"


def _spread_of_people(row: Row, outcome: Row) -> Findings:
    spread = [column for column in ("sd", "se", "ci_low") if row[column]]
    if not spread or outcome["kind"] == "responder":
        return
    if number(row["n"]) == 1:
        yield spread[0], "the figures of one person have no spread", "correct n or leave the cell empty"
    if not row["mean"]:
        yield "mean", "a spread is given without its average", "write the average or leave the spread out"


def _spread(row: Row, outcome: Row) -> Findings:
    given = [column for column in ("sd", "se") if row[column]]
    for column in given:
        if number(row[column]) == 0:
            right = "correct the figure or leave the cell empty" + or_flag("doubtful_spread")
            yield column, "a spread of 0 says that there was no difference between people", right
    if outcome["kind"] != "responder":
        yield from _two_spreads(row)
        yield from _widest(row, outcome)


def _two_spreads(row: Row) -> Findings:
    found, n = numbers(row, "sd", "se"), number(row["n"])
    if found is None or 0 in found:
        return
    sd, se = found
    if se > sd:
        wrong = f"a standard error of {row['se']} is above the standard deviation of {row['sd']}"
        yield "se", wrong, "correct the two, or see which of them is printed"
    elif n and n > 1 and not 1 / SE_LEEWAY <= se * sqrt(n) / sd <= SE_LEEWAY:
        wrong = f"a standard error of {row['se']} is not that of {row['n']} people who differ by {row['sd']}"
        yield "se", wrong, "correct the figures" + or_flag("doubtful_spread")


def _widest(row: Row, outcome: Row) -> Findings:
    """The largest possible spread: half of the people at each end of the scale."""
    ends, sd, mean, n = (
        numbers(outcome, "scale_min", "scale_max"),
        number(row["sd"]),
        number(row["mean"]),
        number(row["n"]),
    )
    if ends is None or sd is None or ends[0] >= ends[1]:
        return
    low, high = ends if outcome["kind"] == "final_mean" else (ends[0] - ends[1], ends[1] - ends[0])
    room = (mean - low) * (high - mean) if mean is not None and low <= mean <= high else (high - low) ** 2 / 4
    widest = sqrt(room * (n / (n - 1) if n and n > 1 else 2))
    if sd > widest * LEEWAY:
        scale = f"{outcome['scale_min']} to {outcome['scale_max']}"
        wrong = f"a standard deviation of {row['sd']} is wider than a scale of {scale} allows here"
        yield "sd", wrong, "correct the figure or the scale" + or_flag("doubtful_spread")


RULES = (
    Rule("An average lies on its scale.", ("results", "outcomes"), for_each_outcome("results", _on_scale)),
    Rule(
        "A spread is that of an average of several people.",
        ("results", "outcomes"),
        for_each_outcome("results", _spread_of_people),
    ),
    Rule(
        "A spread is above 0, and fits the scale and the standard error.",
        ("results", "outcomes", "flags"),
        for_each_outcome("results", _spread, excuses=("doubtful_spread",)),
    ),
)
