"""Rules of the evidence package that a table schema can't say: they look at several columns or several files."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

ARTICLE_PARAGRAPHS = 22
ARMS_NEEDED = {"parallel_rct": 2, "crossover": 2}
RATIOS = {"risk_ratio", "odds_ratio"}
LONGEST_QUOTE = 60


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong in one place, and what to write instead. ``row`` is the line in the file."""

    file: str
    row: int | None
    column: str | None
    wrong: str
    right: str

    def __str__(self) -> str:
        where = [self.file]
        if self.row is not None:
            where.append(f"row {self.row}")
        if self.column is not None:
            where.append(f"column {self.column}")
        return one_line(f"{', '.join(where)}: {self.wrong}; {self.right}.")


@dataclass(frozen=True)
class Row:
    """One row of a table as text, with its line in the file."""

    line: int
    cells: Mapping[str, str]

    def __getitem__(self, column: str) -> str:
        return self.cells[column]


@dataclass(frozen=True)
class Table:
    """One file. ``whole`` is False where rows had to be left out, so that nothing may be looked up in it."""

    file: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    whole: bool = True


Tables = Mapping[str, Table]
Rule = Callable[[Tables], Iterator[Problem]]
_RULES: list[tuple[tuple[str, ...], Rule]] = []


def broken_rules(tables: Tables) -> Iterator[Problem]:
    """Every rule that is broken, of those whose tables can be read in full."""
    for needed, rule in _RULES:
        if all(name in tables and tables[name].whole for name in needed):
            yield from rule(tables)


def one_line(text: str) -> str:
    """The text without line breaks and characters that can't be seen."""
    return "".join(c if c.isprintable() else " " if c.isspace() else "?" for c in text)


def quote(cell: str) -> str:
    """A cell as it is shown in a sentence, shortened if need be."""
    shown = one_line(cell)
    return f"'{shown}'" if len(shown) <= LONGEST_QUOTE else f"'{shown[:LONGEST_QUOTE]}...'"


def number(cell: str) -> float | None:
    """The number in a cell, or None where there is none."""
    try:
        return float(cell)
    except ValueError:
        return None


def _needs(*names: str) -> Callable[[Rule], Rule]:
    def register(rule: Rule) -> Rule:
        _RULES.append((names, rule))
        return rule

    return register


def _index(table: Table, *columns: str) -> dict[tuple[str, ...], Row]:
    return {tuple(row[column] for column in columns): row for row in table.rows}


def _with_outcome(tables: Tables, name: str) -> Iterator[tuple[Row, Row]]:
    outcomes = _index(tables["outcomes"], "outcome_id")
    for row in tables[name].rows:
        outcome = outcomes.get((row["outcome_id"],))
        if outcome is not None:
            yield row, outcome


def _flagged(tables: Tables, *kinds: str) -> Callable[[Row], bool]:
    rows = [row for row in tables["flags"].rows if row["kind"] in kinds]
    of_outcome = {row["outcome_id"] for row in rows if row["outcome_id"]}
    of_study = {row["study_id"] for row in rows if not row["outcome_id"]}
    return lambda outcome: outcome["outcome_id"] in of_outcome or outcome["study_id"] in of_study


@_needs("studies", "arms")
def _enough_arms(tables: Tables) -> Iterator[Problem]:
    arms = [row["study_id"] for row in tables["arms"].rows]
    for row in tables["studies"].rows:
        needed, found = ARMS_NEEDED.get(row["design"], 1), arms.count(row["study_id"])
        if found < needed:
            wrong = f"this study needs at least {needed} group{'s' * (needed > 1)} in arms.csv and has {found}"
            yield Problem("studies.csv", row.line, "design", wrong, "add the missing group or correct the design")


@_needs("results", "outcomes")
def _counts_and_averages(tables: Tables) -> Iterator[Problem]:
    for row, outcome in _with_outcome(tables, "results"):
        check = _count if outcome["kind"] == "responder" else _average
        for column, wrong, right in check(row, outcome):
            yield Problem("results.csv", row.line, column, wrong, right)


def _count(row: Row, _outcome: Row) -> Iterator[tuple[str, str, str]]:
    n, events, mean = number(row["n"]), number(row["events"]), number(row["mean"])
    if events is not None and n is None:
        yield "n", "events are given but n is empty", "write how many were counted"
    elif events is not None and n is not None and events > n:
        yield "events", f"{row['events']} of {row['n']} can't be", "write at most n"
    if mean is not None and not 0 <= mean <= 1:
        yield "mean", f"{quote(row['mean'])} is not a proportion", "write 0.46 for 46 in 100"


def _average(row: Row, outcome: Row) -> Iterator[tuple[str, str, str]]:
    if row["events"]:
        right = "leave the cell empty or make the outcome a responder in outcomes.csv"
        yield "events", f"events are given for an outcome that is a {outcome['kind']}", right
    mean, low, high = number(row["mean"]), number(outcome["scale_min"]), number(outcome["scale_max"])
    if outcome["kind"] == "final_mean" and mean is not None and low is not None and high is not None:
        wrong = f"{quote(row['mean'])} is not on the scale of {outcome['scale_min']} to {outcome['scale_max']}"
        if not low <= mean <= high:
            yield "mean", wrong, "correct the figure or the scale"


@_needs("results", "contrasts", "outcomes", "arms")
def _arms_of_the_study(tables: Tables) -> Iterator[Problem]:
    arms = _index(tables["arms"], "study_id", "arm_id")
    for name, columns in (("results", ("arm_id",)), ("contrasts", ("arm_id", "versus_arm_id"))):
        for row, outcome in _with_outcome(tables, name):
            for column in columns:
                if (outcome["study_id"], row[column]) not in arms:
                    yield _unknown_arm(f"{name}.csv", row, column, outcome["study_id"])


@_needs("flags", "harms", "arms")
def _arms_of_flags_and_harms(tables: Tables) -> Iterator[Problem]:
    arms = _index(tables["arms"], "study_id", "arm_id")
    for name in ("flags", "harms"):
        for row in tables[name].rows:
            if row["arm_id"] and (row["study_id"], row["arm_id"]) not in arms:
                yield _unknown_arm(f"{name}.csv", row, "arm_id", row["study_id"])


def _unknown_arm(file: str, row: Row, column: str, study: str) -> Problem:
    wrong = f"{quote(row[column])} is not a group of {quote(study)} in arms.csv"
    return Problem(file, row.line, column, wrong, "add the group there or correct the spelling")


@_needs("flags", "outcomes")
def _flags_of_the_study(tables: Tables) -> Iterator[Problem]:
    for row, outcome in _with_outcome(tables, "flags"):
        if outcome["study_id"] != row["study_id"]:
            wrong = f"{quote(row['outcome_id'])} is not an outcome of {quote(row['study_id'])}"
            yield Problem("flags.csv", row.line, "outcome_id", wrong, "name the study it belongs to")


@_needs("contrasts")
def _two_different_arms(tables: Tables) -> Iterator[Problem]:
    for row in tables["contrasts"].rows:
        if row["arm_id"] == row["versus_arm_id"]:
            wrong = f"{quote(row['arm_id'])} is compared with itself"
            yield Problem("contrasts.csv", row.line, "versus_arm_id", wrong, "name the other group")


@_needs("contrasts", "outcomes", "flags")
def _signs(tables: Tables) -> Iterator[Problem]:
    excused = _flagged(tables, "direction_unclear", "inconsistent_interval")
    for row, outcome in _with_outcome(tables, "contrasts"):
        for column, wrong, right in _sign(row, excused(outcome)):
            yield Problem("contrasts.csv", row.line, column, wrong, right)


def _sign(row: Row, excused: bool) -> Iterator[tuple[str, str, str]]:
    estimate, sign = number(row["estimate"]), number(row["sign"])
    if (estimate is None) != (row["measure"] == "p_only"):
        yield "measure", "an estimate and what it measures go together", "write p_only where no estimate is printed"
    if estimate is None and sign is not None:
        yield "sign", "a sign is given without an estimate", "leave the cell empty"
    if estimate is None or excused:
        return
    if sign is None:
        right = "write 1 if a higher estimate is good for the first group and -1 if not, or flag it direction_unclear"
        yield "sign", "the sign is missing", right
        return
    gain = sign * (estimate - (1 if row["measure"] in RATIOS else 0))
    said = {"favours_prolotherapy": 1, "favours_comparator": -1}.get(row["direction"], 0)
    if said * gain < 0:
        yield "direction", f"{row['direction']} contradicts the estimate and its sign", "correct one of the three"


@_needs("contrasts", "outcomes", "arms")
def _directions(tables: Tables) -> Iterator[Problem]:
    arms = _index(tables["arms"], "study_id", "arm_id")
    for row, outcome in _with_outcome(tables, "contrasts"):
        arm = arms.get((outcome["study_id"], row["arm_id"]))
        if arm is not None and arm["role"] != "prolotherapy" and row["direction"] != "not_stated":
            wrong = f"the first group, {quote(row['arm_id'])}, is not a prolotherapy group"
            yield Problem("contrasts.csv", row.line, "direction", wrong, "write not_stated and tell it in the notes")


@_needs("results", "contrasts", "outcomes", "flags")
def _intervals_of_trials(tables: Tables) -> Iterator[Problem]:
    excused = _flagged(tables, "inconsistent_interval")
    for name, column in (("results", "mean"), ("contrasts", "estimate")):
        for row, outcome in _with_outcome(tables, name):
            if not excused(outcome):
                yield from _interval(f"{name}.csv", row, column, " or flag it inconsistent_interval")


@_needs("benchmarks")
def _intervals_of_benchmarks(tables: Tables) -> Iterator[Problem]:
    for row in tables["benchmarks"].rows:
        yield from _interval("benchmarks.csv", row, "estimate", "")


def _interval(file: str, row: Row, column: str, way_out: str) -> Iterator[Problem]:
    low, high, middle = number(row["ci_low"]), number(row["ci_high"]), number(row[column])
    if low is None and high is None:
        return
    if low is None or high is None:
        missing = "ci_low" if low is None else "ci_high"
        yield Problem(file, row.line, missing, "an interval has two limits and this one is empty", "write both or none")
    elif low > high:
        wrong = f"the lower limit {row['ci_low']} is above the upper limit {row['ci_high']}"
        yield Problem(file, row.line, "ci_low", wrong, "correct the limits" + way_out)
    elif middle is not None and not low <= middle <= high:
        wrong = f"{row[column]} lies outside its interval {row['ci_low']} to {row['ci_high']}"
        yield Problem(file, row.line, column, wrong, "correct the figures" + way_out)


@_needs("outcomes")
def _baselines(tables: Tables) -> Iterator[Problem]:
    outcomes = _index(tables["outcomes"], "outcome_id")
    for row in tables["outcomes"].rows:
        base = outcomes.get((row["baseline_outcome_id"],)) if row["baseline_outcome_id"] else None
        if base is None:
            continue
        wrong = _baseline(row, base)
        if wrong:
            right = "name a final_mean of the same study at week 0 or leave the cell empty"
            yield Problem("outcomes.csv", row.line, "baseline_outcome_id", wrong, right)


def _baseline(row: Row, base: Row) -> str:
    if row["kind"] != "final_mean":
        return f"a {row['kind']} has no baseline of its own"
    if base["study_id"] != row["study_id"]:
        return f"{quote(base['outcome_id'])} belongs to another study"
    if base["kind"] != "final_mean" or number(base["weeks"]) != 0:
        return f"{quote(base['outcome_id'])} is not a final_mean at week 0"
    return "an outcome is not its own baseline" if base["outcome_id"] == row["outcome_id"] else ""


@_needs("claims")
def _every_paragraph(tables: Tables) -> Iterator[Problem]:
    told = {number(row["paragraph"]) for row in tables["claims"].rows}
    for paragraph in range(1, ARTICLE_PARAGRAPHS + 1):
        if paragraph not in told:
            wrong = f"paragraph {paragraph} of the article has no claim"
            yield Problem("claims.csv", None, "paragraph", wrong, "add a row for it")


@_needs("claims", "studies", "outcomes")
def _claims_have_trials(tables: Tables) -> Iterator[Problem]:
    studies, outcomes = _index(tables["studies"], "study_id"), _index(tables["outcomes"], "outcome_id")
    for row in tables["claims"].rows:
        trials = [trial for trial in row["trial_ids"].split(";") if trial]
        for trial in trials:
            if (trial,) not in studies:
                wrong = f"{quote(trial)} is not in studies.csv"
                yield Problem("claims.csv", row.line, "trial_ids", wrong, "add it there or correct the spelling")
        for outcome_id in filter(None, row["outcome_ids"].split(";")):
            outcome = outcomes.get((outcome_id,))
            if outcome is None or outcome["study_id"] not in trials:
                wrong = f"{quote(outcome_id)} is not an outcome of a trial named in trial_ids"
                yield Problem("claims.csv", row.line, "outcome_ids", wrong, "name one of theirs")
