"""Counts: how many people there were, how many were counted, and how many of these had what is counted."""

from collections import defaultdict
from collections.abc import Callable, Iterator

from prolo_dash.evidence.rules.base import (
    Findings,
    Problem,
    Row,
    Rule,
    Tables,
    arms_by_id,
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

# A person has two knees, hips, elbows: where these are counted, a group of 20 people may count 40.
UNITS_A_PERSON = 2
ROUNDED = 0.011  # how far a proportion rounded to whole percent may be from its counts


def _counted(row: Row, outcome: Row) -> Findings:
    if outcome["kind"] != "responder":
        if row["events"]:
            right = "leave the cell empty or make the outcome a responder in outcomes.csv"
            yield "events", f"events are given for an outcome that is a {outcome['kind']}", right
        return
    n, events, mean = number(row["n"]), number(row["events"]), number(row["mean"])
    if events is not None and n is None:
        yield "n", "events are given but n is empty", "write how many were counted"
    elif events is not None and n is not None and events > n:
        yield "events", f"{row['events']} of {row['n']} can't be", "write at most n"
    if mean is not None and not 0 <= mean <= 1:
        yield "mean", f"{quote(row['mean'])} is not a proportion", "write 0.46 for 46 in 100"
    elif mean is not None and events is not None and n and abs(events / n - mean) > ROUNDED:
        wrong = f"{row['events']} of {row['n']} is not a proportion of {row['mean']}"
        yield "mean", wrong, "correct the figures, or leave the cell empty where counts were seen"
    for column in ("sd", "se"):
        if row[column]:
            yield column, "people are counted here, and a count has no spread", "leave the cell empty"


def _most(tables: Tables) -> Callable[[Row], int]:
    doubled = flagged(tables, "units_not_people")
    return lambda row: UNITS_A_PERSON if doubled(row) else 1


def _whole(tables: Tables) -> Callable[[str, str], tuple[float, str] | None]:
    """How many were put into a group; where that was not seen, or no group is named, into its study."""
    arms, studies = arms_by_id(tables), index(tables["studies"], "study_id")

    def whole(study: str, arm: str) -> tuple[float, str] | None:
        for row, name in ((arms.get((study, arm)), "group"), (studies.get((study,)), "study")):
            randomised = number(row["n_randomised"]) if row else None
            if randomised is not None:
                return randomised, name
        return None

    return whole


def _group_sizes(tables: Tables) -> Iterator[Problem]:
    whole, most, excused = _whole(tables), _most(tables), flagged(tables, "not_as_randomised", "sources_disagree")
    for row, outcome in with_outcome(tables, "results"):
        found, n = whole(outcome["study_id"], row["arm_id"]), number(row["n"])
        if found is None or n is None or excused(outcome):
            continue
        randomised, among = found
        if n > randomised * most(outcome):
            wrong = f"{row['n']} are counted in a {among} of {randomised:g}"
            right = "write what is printed, here and there"
            yield tables["results"].problem(row, "n", wrong, right + or_flag("not_as_randomised", "units_not_people"))


def _study_sizes(tables: Tables) -> Iterator[Problem]:
    most, excused = _most(tables), flagged(tables, "sources_disagree")
    groups: dict[str, list[float]] = defaultdict(list)
    for arm in tables["arms"].rows:
        groups[arm["study_id"]].append(number(arm["n_randomised"]) or 0)
    for row in tables["studies"].rows:
        randomised = number(row["n_randomised"])
        if randomised is None or excused(row):
            continue
        # In a crossover trial, people are in both groups.
        placed = (max if row["design"] == "crossover" else sum)(groups[row["study_id"]] or [0])
        if placed > randomised * most(row):
            wrong = f"{placed:g} are in the groups of arms.csv and {row['n_randomised']} in the study"
            right = "correct the figures" + or_flag("sources_disagree")
            yield tables["studies"].problem(row, "n_randomised", wrong, right)
        if (number(row["n_analysed"]) or 0) > randomised * most(row):
            wrong = f"{row['n_analysed']} are analysed of {row['n_randomised']} that were randomised"
            right = "correct the figures" + or_flag("sources_disagree")
            yield tables["studies"].problem(row, "n_analysed", wrong, right)


def _harm(row: Row) -> Findings:
    found = numbers(row, "n", "events")
    if found and found[1] > found[0]:
        yield "events", f"{row['events']} of {row['n']} can't be", "write at most n"
    if row["severity"] == "none_reported" and number(row["events"]):
        wrong = f"{row['events']} events can't be where none are reported"
        yield "severity", wrong, "write how bad they were or correct the events"


def _harm_sizes(tables: Tables) -> Iterator[Problem]:
    whole, most, excused = _whole(tables), _most(tables), flagged(tables, "harms_disagree", "sources_disagree")
    for row in tables["harms"].rows:
        found, n = whole(row["study_id"], row["arm_id"]), number(row["n"])
        if found is None or n is None or excused(row):
            continue
        randomised, among = found
        if n > randomised * most(row):
            wrong = f"{row['n']} are counted in a {among} of {randomised:g}"
            yield tables["harms"].problem(row, "n", wrong, "correct the figure" + or_flag("harms_disagree"))


RULES = (
    Rule(
        "Events are counted among n, in outcomes that count people, and have no spread.",
        ("results", "outcomes"),
        for_each_outcome("results", _counted),
    ),
    Rule(
        "A group counts no more than were randomised or enrolled into it.",
        ("results", "outcomes", "arms", "studies", "flags"),
        _group_sizes,
    ),
    Rule("Groups and analyses have no more people than the study.", ("studies", "arms", "flags"), _study_sizes),
    Rule("Harms happen to some of n, or to none.", ("harms",), for_each("harms", _harm)),
    Rule("Harms are counted among those who took part.", ("harms", "arms", "studies", "flags"), _harm_sizes),
)
