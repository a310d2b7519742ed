"""Arms of a study: enough of them, each named where it has figures, and each with a possible role."""

import re
from collections.abc import Iterator

from prolo_dash.evidence.rules.base import (
    Findings,
    Problem,
    Row,
    Rule,
    Table,
    Tables,
    arms_by_id,
    for_each,
    number,
    quote,
    with_outcome,
)

ARMS_NEEDED = {"parallel_rct": 2, "crossover": 2}
ANAESTHETIC = re.compile(r"\w*(?:caine|cain)\b", re.IGNORECASE)


def _rows(tables: Tables) -> Iterator[Problem]:
    for table in tables.values():
        if table.whole and not table.rows:
            yield Problem(table.file, None, None, "the file has no rows below its header", "add the rows")


def _enough_arms(tables: Tables) -> Iterator[Problem]:
    arms = [row["study_id"] for row in tables["arms"].rows]
    for row in tables["studies"].rows:
        needed, found = ARMS_NEEDED.get(row["design"], 1), arms.count(row["study_id"])
        if found < needed:
            wrong = f"this study needs at least {needed} group{'s' * (needed > 1)} in arms.csv and has {found}"
            yield Problem("studies.csv", row.line, "design", wrong, "add the missing group or correct the design")


def _treated(tables: Tables) -> Iterator[Problem]:
    grouped = {row["study_id"] for row in tables["arms"].rows}
    treated = {row["study_id"] for row in tables["arms"].rows if row["role"] == "intervention"}
    for row in tables["studies"].rows:
        if row["study_id"] in grouped - treated:
            wrong = f"no group of {quote(row['study_id'])} in arms.csv has the role intervention"
            yield Problem("studies.csv", row.line, "study_id", wrong, "correct a role or leave the study out")


def _known_arms(tables: Tables) -> Iterator[Problem]:
    arms = arms_by_id(tables)
    for name, columns in (("results", ("arm_id",)), ("contrasts", ("arm_id", "versus_arm_id"))):
        for row, outcome in with_outcome(tables, name):
            for column in columns:
                if (outcome["study_id"], row[column]) not in arms:
                    yield _unknown(tables[name], row, column, outcome["study_id"])


def _known_arms_of_flags_and_harms(tables: Tables) -> Iterator[Problem]:
    arms = arms_by_id(tables)
    for name in ("flags", "harms"):
        for row in tables[name].rows:
            if row["arm_id"] and (row["study_id"], row["arm_id"]) not in arms:
                yield _unknown(tables[name], row, "arm_id", row["study_id"])


def _unknown(table: Table, row: Row, column: str, study: str) -> Problem:
    wrong = f"{quote(row[column])} is not a group of {quote(study)} in arms.csv"
    return table.problem(row, column, wrong, "add the group there or correct the spelling")


def _flags_of_the_study(tables: Tables) -> Iterator[Problem]:
    for row, outcome in with_outcome(tables, "flags"):
        if outcome["study_id"] != row["study_id"]:
            wrong = f"{quote(row['outcome_id'])} is not an outcome of {quote(row['study_id'])}"
            yield tables["flags"].problem(row, "outcome_id", wrong, "name the study it belongs to")


def _flags_once(tables: Tables) -> Iterator[Problem]:
    first: dict[tuple[str, ...], Row] = {}
    for row in tables["flags"].rows:
        twin = first.setdefault((row["kind"], row["study_id"], row["outcome_id"], row["arm_id"], row["reason"]), row)
        if twin is not row:
            wrong = f"row {twin.line} flags the same for the same reason"
            yield tables["flags"].problem(row, "reason", wrong, "delete one of the two")


def _active_controls(tables: Tables) -> Iterator[Problem]:
    flags = [row for row in tables["flags"].rows if row["kind"] == "active_control"]
    known = {(row["study_id"], row["arm_id"]) for row in flags}
    for row in tables["arms"].rows:
        drug = ANAESTHETIC.search(row["substance"]) if row["role"] == "control" else None
        if drug and known.isdisjoint({(row["study_id"], row["arm_id"]), (row["study_id"], "")}):
            wrong = f"the control holds a local anaesthetic, {drug[0]}, and may not be inert"
            yield tables["arms"].problem(row, "substance", wrong, "flag the group active_control in flags.csv")


def _labels(tables: Tables) -> Iterator[Problem]:
    first: dict[tuple[str, str], Row] = {}
    for row in tables["arms"].rows:
        twin = first.setdefault((row["study_id"], row["label"].lower()), row)
        if twin is not row:
            wrong = f"{quote(row['arm_id'])} and {quote(twin['arm_id'])} of row {twin.line} have the same label"
            yield tables["arms"].problem(row, "label", wrong, "say what tells the two groups apart")


def _role(row: Row) -> Findings:
    sessions = number(row["n_injection_sessions"])
    if sessions == 0 and row["role"] in ("intervention", "control"):
        wrong = f"the group is a {row['role']} and had no session with injections"
        yield "n_injection_sessions", wrong, "correct the figure or the role"
    if row["role"] != "untreated":
        return
    if sessions:
        right = "write 0, leave the cell empty or correct the role"
        yield "n_injection_sessions", "a group without injections had sessions with injections", right
    if row["substance"] and not row["substance"].startswith("none"):
        wrong = f"an untreated group gets no substance, but this cell says {quote(row['substance'])}"
        yield "substance", wrong, "write none or correct the role"


RULES = (
    Rule("Every file has rows.", (), _rows),
    Rule("A controlled study has at least two groups, any other at least one.", ("studies", "arms"), _enough_arms),
    Rule("Every study has an intervention group.", ("studies", "arms"), _treated),
    Rule("Figures name a group of their study.", ("results", "contrasts", "outcomes", "arms"), _known_arms),
    Rule("Flags and harms name a group of their study.", ("flags", "harms", "arms"), _known_arms_of_flags_and_harms),
    Rule("A flag names an outcome of its study.", ("flags", "outcomes"), _flags_of_the_study),
    Rule("A warning is listed once.", ("flags",), _flags_once),
    Rule("A control with a local anaesthetic is flagged.", ("arms", "flags"), _active_controls),
    Rule("Each group of a study has a label of its own.", ("arms",), _labels),
    Rule("A group with injections had sessions, and one without had no substance.", ("arms",), for_each("arms", _role)),
)
