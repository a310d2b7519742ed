"""What every rule is made of: tables as text, a problem as one sentence, and how rows are looked up."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

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
    """One file. ``whole`` is False where rows had to be left out, so that nothing can be looked up in it."""

    file: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    whole: bool = True

    def problem(self, row: Row, column: str, wrong: str, right: str) -> Problem:
        """What is wrong in one cell of this file."""
        return Problem(self.file, row.line, column, wrong, right)


Tables = Mapping[str, Table]
# A fault of a row without its place: the column, what is wrong, what to write.
Findings = Iterator[tuple[str, str, str]]


@dataclass(frozen=True)
class Rule:
    """What has to hold, in one sentence; the tables it looks at; and what finds the rows that break it."""

    says: str
    tables: tuple[str, ...]
    broken: Callable[[Tables], Iterator[Problem]]


def one_line(text: str) -> str:
    """The text without line breaks and characters that can't be seen."""
    return "".join(c if c.isprintable() else " " if c.isspace() else "?" for c in text)


def quote(cell: str) -> str:
    """A cell quoted in a sentence, shortened if need be."""
    shown = one_line(cell)
    return f"'{shown}'" if len(shown) <= LONGEST_QUOTE else f"'{shown[:LONGEST_QUOTE]}...'"


def number(cell: str) -> float | None:
    """The number in a cell, or None where there is none."""
    try:
        return float(cell)
    except ValueError:
        return None


def numbers(row: Row, *columns: str) -> tuple[float, ...] | None:
    """The numbers in several cells of a row, or None where one of them has none."""
    found = [number(row[column]) for column in columns]
    seen = tuple(value for value in found if value is not None)
    return seen if len(seen) == len(found) else None


def index(table: Table, *columns: str) -> dict[tuple[str, ...], Row]:
    """Rows by their values in these columns."""
    return {tuple(row[column] for column in columns): row for row in table.rows}


def arms_by_id(tables: Tables) -> dict[tuple[str, ...], Row]:
    """Groups by study and name."""
    return index(tables["arms"], "study_id", "arm_id")


def with_outcome(tables: Tables, name: str) -> Iterator[tuple[Row, Row]]:
    """Rows of a table, each with the outcome it names; those that name none are left out."""
    outcomes = index(tables["outcomes"], "outcome_id")
    for row in tables[name].rows:
        outcome = outcomes.get((row["outcome_id"],))
        if outcome is not None:
            yield row, outcome


def flagged(tables: Tables, *kinds: str) -> Callable[[Row], bool]:
    """Whether an outcome, or a study, carries a flag of one of these kinds."""
    rows = [row for row in tables["flags"].rows if row["kind"] in kinds]
    of_outcome = {row["outcome_id"] for row in rows if row["outcome_id"]}
    of_study = {row["study_id"] for row in rows if not row["outcome_id"]}
    return lambda row: row.cells.get("outcome_id") in of_outcome or row["study_id"] in of_study


def or_flag(*kinds: str) -> str:
    """What to do if the paper really prints it so: add a flag."""
    return f" or flag it {' or '.join(kinds)}"


def for_each(name: str, find: Callable[[Row], Findings]) -> Callable[[Tables], Iterator[Problem]]:
    """Apply a check to each row of one table."""

    def broken(tables: Tables) -> Iterator[Problem]:
        for row in tables[name].rows:
            for column, wrong, right in find(row):
                yield tables[name].problem(row, column, wrong, right)

    return broken


def for_each_outcome(
    name: str, find: Callable[[Row, Row], Findings], excuses: tuple[str, ...] = ()
) -> Callable[[Tables], Iterator[Problem]]:
    """Apply a check to each row of one table and its outcome, unless a flag of these kinds excuses it."""

    def broken(tables: Tables) -> Iterator[Problem]:
        excused = flagged(tables, *excuses) if excuses else None
        for row, outcome in with_outcome(tables, name):
            if excused and excused(outcome):
                continue
            for column, wrong, right in find(row, outcome):
                yield tables[name].problem(row, column, wrong, right)

    return broken
