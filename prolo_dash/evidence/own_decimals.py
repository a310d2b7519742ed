"""Decimal points and commas of a reader's file: which is meant, and which cells are ambiguous."""

import re
from collections.abc import Iterable, Iterator

WHOLE = {"weeks", "better", "of", "n"}
NUMBERS = WHOLE | {"mean", "sd", "se"}
_GROUPED = re.compile(r"[-+−]?[1-9]\d{0,2}([.,]\d{3})+")  # 1,200 or 1.200: perhaps a thousands separator
_LAST_MARK = re.compile(r"([.,])\d*$")


def with_points(
    rows: Iterable[tuple[int, dict[str, str]]], problems: list[str]
) -> Iterator[tuple[int, dict[str, str]]]:
    """Rows of a file with semicolons or tabs between cells, where commas are decimal points.

    A cell that can't be read as one number stays as it is. A row with a possible thousands separator is
    left out.
    """
    rows = list(rows)
    cells = [cell for _, row in rows for column, cell in row.items() if column in NUMBERS]
    used = {mark for cell in cells for mark in ".," if mark in cell}
    decimal = {found[1] for cell in cells if not _GROUPED.fullmatch(cell) and (found := _LAST_MARK.search(cell))}
    sure = decimal if len(decimal) == 1 else used
    for number, row in rows:
        unclear = [column for column in row if column in NUMBERS - WHOLE and _is_unclear(row[column], sure)]
        problems += [
            f"Row {number}, column {column}: “{row[column]}” can be read in two ways. Write it "
            "with no point or comma for thousands."
            for column in unclear
        ]
        if not unclear:
            yield number, {column: _with_point(column, cell) for column, cell in row.items()}


def _is_unclear(cell: str, sure: set[str]) -> bool:
    return bool(_GROUPED.fullmatch(cell)) and any(mark in cell for mark in ".," if sure != {mark})


def _with_point(column: str, cell: str) -> str:
    left_as_is = column not in NUMBERS or "." in cell or cell.count(",") != 1
    grouped = column in WHOLE and _GROUPED.fullmatch(cell)
    return cell if left_as_is or grouped else cell.replace(",", ".")
