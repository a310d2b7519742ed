"""Checks a folder of evidence files: can the page be built from them, and if not, what has to change where?

Files are read here, frictionless checks their cells against ``data/datapackage.json``, and ``rules`` holds what a
schema can't express. Nothing is fetched: the addresses in the files are text.
"""

import csv
import difflib
import io
import re
from collections.abc import Iterator, Mapping
from functools import cache
from itertools import chain
from pathlib import Path
from stat import S_ISDIR
from typing import Any

from prolo_dash.evidence.package import TABLES, EvidenceError, described, own_data_dir, read_table
from prolo_dash.evidence.rules import Problem, Row, Table, broken_rules, number, one_line, paragraph_problems, quote
from prolo_dash.evidence.topic import TopicError, read_topic

__all__ = ["Problem", "check"]

PLAIN_NUMBER = re.compile(r"-?[0-9]{1,12}(\.[0-9]{1,12})?")
TYPES = {
    "integer": ("not a whole number", "write digits only"),
    "number": ("not a number", "write digits, with a point for decimals"),
    "boolean": ("neither yes nor no", "write yes or no"),
}
# What each pattern of datapackage.json asks for, in words.
PATTERNS = {
    "^[a-z][a-z0-9_]*$": "use small letters, digits and _ only, a letter first",
    "^[a-z][a-z0-9_]*(;[a-z][a-z0-9_]*)*$": "use small letters, digits and _ only, with a semicolon between two names",
    "^[A-Z].*\\.$": "write one sentence with a capital letter first and a full stop last",
    "^[A-Z0-9].*\\.$": "write sentences with a capital letter or a number first and a full stop last",
    "^[A-Z].*\\?$": "write a question with a capital letter first and a question mark last",
    "^[A-Z]{3}$": "write three capital letters, such as USD",
    "^[<>]?0?\\.[0-9]+$": "write it as printed, such as 0.024 or <0.001",
    "^[1-9][0-9]*$": "write digits only",
    "^[0-9]{4}-[0-9]{2}-[0-9]{2}$": "write a day such as 2026-11-28",
    "^10\\.[0-9]{4,9}/\\S+$": "write it from 10. on, without https://doi.org/",
    "^https?://\\S+( https?://\\S+)*$": "write addresses that begin with https://, one space between two",
}


def check(folder: Path) -> list[Problem]:
    """Everything that is wrong with the CSV files in ``folder``, file by file; an empty list says all is well."""
    if why := _no_folder(folder):
        return [Problem(folder.name, None, None, why, "name the folder that holds the CSV files")]
    schemas = _schemas()
    tables: dict[str, Table] = {}
    problems: list[Problem] = []
    for name, schema in schemas.items():
        table, found = _read(folder / f"{name}.csv", [field["name"] for field in schema["fields"]])
        problems += found
        if table is not None:
            tables[name] = table
    problems += chain(_unplain_numbers(tables), _against_schema(tables), broken_rules(tables))
    problems += _about_topic(folder, tables)
    places = ["topic.toml", *(f"{name}.csv" for name in schemas)]
    return sorted(_one_a_cell(problems), key=lambda p: (places.index(p.file), p.row or 0)) or _unloadable(folder)


def _about_topic(folder: Path, tables: Mapping[str, Table]) -> list[Problem]:
    try:
        topic = read_topic(folder / "topic.toml")
    except TopicError as error:
        return [Problem("topic.toml", None, None, str(error).rstrip("."), "correct it")]
    return list(paragraph_problems(dict(tables), topic.paragraphs))


def _no_folder(folder: Path) -> str:
    try:
        return "" if S_ISDIR(folder.stat().st_mode) else "this is no folder"
    except (FileNotFoundError, NotADirectoryError):
        return "there is no such folder"
    except OSError as error:  # a parent folder may not be entered
        return f"the folder can't be opened ({error.strerror})"


def _one_a_cell(problems: list[Problem]) -> list[Problem]:
    first: dict[object, Problem] = {}
    for problem in problems:
        cell = (problem.file, problem.row, problem.column)
        first.setdefault(problem if None in cell else cell, problem)
    return list(first.values())


@cache
def _schemas() -> dict[str, dict[str, Any]]:
    return {resource["name"]: resource["schema"] for resource in described(own_data_dir())["resources"]}


def _unloadable(folder: Path) -> list[Problem]:
    """Whether the page's own reader takes the files has the last word."""
    try:
        described(folder)
    except EvidenceError as error:
        return [Problem("datapackage.json", None, None, str(error).rstrip("."), "correct it")]
    for name, kind in TABLES.items():
        try:
            read_table(folder / f"{name}.csv", kind)
        except EvidenceError as error:
            return [Problem(f"{name}.csv", None, None, str(error).rstrip("."), "correct it")]
    return []


def _read(path: Path, columns: list[str]) -> tuple[Table | None, list[Problem]]:
    """The table in the file, or None where its columns can't be read, and what is wrong with the file."""
    text, problems = _text(path)
    if text is None:
        return None, problems
    lines, broken = _lines(path.name, text)
    problems += broken
    if not lines:
        problems += [] if broken else [Problem(path.name, None, None, "the file is empty", "write the header row")]
        return None, problems
    header = lines[0][1]
    problems += _header_problems(path.name, header, columns)
    if len(set(header)) < len(header) or not set(columns) <= set(header):
        return None, problems
    rows = [Row(line, dict(zip(header, cells, strict=True))) for line, cells in lines[1:] if len(cells) == len(header)]
    ragged = list(_ragged(path.name, [(line, len(cells)) for line, cells in lines[1:]], len(header)))
    problems += chain(ragged, _invisible(path.name, rows))
    return Table(path.name, tuple(columns), tuple(rows), whole=not (ragged or broken)), problems


def _text(path: Path) -> tuple[str | None, list[Problem]]:
    def problem(wrong: str, right: str, row: int | None = None) -> list[Problem]:
        return [Problem(path.name, row, None, wrong, right)]

    try:
        data = path.read_bytes()
    except FileNotFoundError:
        return None, problem(
            f"the file is missing in {path.parent}", "add it with the columns that datapackage.json lists"
        )
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "the name is not allowed"
        return None, problem(f"the file can't be read ({reason})", "put a readable CSV file there")
    save = "save it again as CSV in UTF-8"
    try:
        text = data.removeprefix(b"\xef\xbb\xbf").decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        return None, problem("the text is not in UTF-8", save, line)
    marked = data.startswith(b"\xef\xbb\xbf")
    return text, problem("the file begins with a byte order mark", save + " without it", 1) if marked else []


def _lines(file: str, text: str) -> tuple[list[tuple[int, list[str]]], list[Problem]]:
    """Rows with the line each begins on; blank lines are left out."""
    lines: list[tuple[int, list[str]]] = []
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    begins = 1
    try:
        for cells in reader:
            if cells:
                lines.append((begins, cells))
            begins = reader.line_num + 1
    except csv.Error as error:
        right = "look for a quotation mark that is not closed or not doubled"
        return lines, [Problem(file, begins, None, f"the row can't be read as CSV ({error})", right)]
    return lines, []


def _header_problems(file: str, header: list[str], columns: list[str]) -> Iterator[Problem]:
    for sign, name in ((";", "semicolons"), ("\t", "tabs")):
        if header[0].startswith(columns[0] + sign):
            wrong = f"the columns are separated by {name}"
            yield Problem(file, 1, None, wrong, "save the file with commas between the columns")
            return
    for column in dict.fromkeys(column for column in header if header.count(column) > 1):
        yield Problem(file, 1, one_line(column), "there are two columns of this name", "delete one of them")
    for column in columns:
        if column not in header:
            yield Problem(file, 1, column, "the column is missing", f"add it as column {columns.index(column) + 1}")
    for column in dict.fromkeys(header):
        if column not in columns:
            wrong = f"there is no column {quote(column)} in this file"
            yield Problem(file, 1, one_line(column), wrong, "delete it or correct its name")
    if header != columns and sorted(header) == sorted(columns):
        right = f"put them in this order: {', '.join(columns)}"
        yield Problem(file, 1, None, "the columns stand in another order", right)


def _ragged(file: str, rows: list[tuple[int, int]], width: int) -> Iterator[Problem]:
    right = "add or delete a comma, and put text that holds a comma between quotation marks"
    found = {cells for _, cells in rows}
    if len(rows) > 1 and len(found) == 1 and found != {width}:
        yield Problem(file, None, None, f"every row has {found.pop()} cells and the header {width}", right)
        return
    for line, cells in rows:
        if cells != width:
            yield Problem(file, line, None, f"the row has {cells} cells and the header {width}", right)


def _invisible(file: str, rows: list[Row]) -> Iterator[Problem]:
    for row in rows:
        for column, cell in row.cells.items():
            if not cell.isprintable():
                wrong = "the cell holds a line break or another character that can't be seen"
                yield Problem(file, row.line, one_line(column), wrong, "delete it or write a space")


def _unplain_numbers(tables: Mapping[str, Table]) -> Iterator[Problem]:
    """Numbers that Python accepts and a reader would not: nan, 1e3, 1_000, a space before the digits."""
    for name, table in tables.items():
        numeric = [f["name"] for f in _schemas()[name]["fields"] if f["type"] in ("integer", "number")]
        for row in table.rows:
            for column in numeric:
                if number(row[column]) is not None and not PLAIN_NUMBER.fullmatch(row[column]):
                    wrong = f"{quote(row[column])} is not written as a plain number"
                    yield Problem(table.file, row.line, column, wrong, TYPES["number"][1])


def _against_schema(tables: Mapping[str, Table]) -> Iterator[Problem]:
    from frictionless import Package, Schema
    from frictionless.resources import TableResource

    resources = []
    for name, table in tables.items():
        known = {other for other in tables if tables[other].whole} | ({""} if table.whole else set())
        keys = [k for k in _schemas()[name].get("foreignKeys", []) if k["reference"]["resource"] in known]
        data = [list(table.columns), *([row[column] for column in table.columns] for row in table.rows)]
        schema = Schema.from_descriptor({**_schemas()[name], "foreignKeys": keys})
        resources.append(TableResource(name=name, data=data, schema=schema))
    if not resources:
        return
    for task in Package(resources=resources).validate().tasks:
        for error in task.errors:
            yield from _translated(error.to_descriptor(), tables[task.name])


def _translated(finding: dict[str, Any], table: Table) -> Iterator[Problem]:
    """A frictionless error as one of our sentences. It counts rows from the header, which is its row 1."""
    schema = _schemas()[table.file.removesuffix(".csv")]
    if finding["type"] == "primary-key" and (len(schema["primaryKey"]) == 1 or "same" not in finding["note"]):
        return  # the columns themselves are unique or required and say so
    position = finding.get("rowNumber")
    row = table.rows[position - 2] if position else None
    column = finding.get("fieldName") or next(iter(finding.get("fieldNames", [])), None)
    wrong, right = _sentence(finding, table, schema, row, column)
    yield Problem(table.file, row.line if row else None, column, wrong, right)


# Words of columns as packages before version 3 have them, and as they are called now.
_RENAMED = {
    "prolotherapy": "intervention",
    "injection_control": "control",
    "noninjection_control": "untreated",
    "active_comparator": "other",
    "favours_prolotherapy": "favours_intervention",
}


def _sentence(
    finding: dict[str, Any], table: Table, schema: dict[str, Any], row: Row | None, column: str | None
) -> tuple[str, str]:
    kind, note = finding["type"], finding["note"]
    twin = re.search(r"the same as in the row at position (\d+)", note)
    if twin:
        columns = " and ".join([column] if column else schema["primaryKey"])
        line = table.rows[int(twin[1]) - 2].line
        return f"row {line} has the same {columns}", "delete one of the two or change its name"
    if kind == "blank-row":
        return "the row is empty", "delete it"
    if row is not None and column is not None:
        if kind == "foreign-key":
            file = f"{finding['referenceName']}.csv" if finding["referenceName"] else "this file"
            return f"{quote(row[column])} is not in {file}", "add it there or correct the spelling"
        if kind in ("type-error", "constraint-error"):
            field = next(field for field in schema["fields"] if field["name"] == column)
            return _cell_sentence(kind, note, field, row[column])
    return one_line(f"{finding['title'].lower()} ({note})"), "compare it with datapackage.json"


def _cell_sentence(kind: str, note: str, field: dict[str, Any], cell: str) -> tuple[str, str]:
    limits = field.get("constraints", {})
    if kind == "type-error":
        wrong, right = TYPES.get(field["type"], (f"not a {field['type']}", "correct it"))
        return f"{quote(cell)} is {wrong}", right if limits.get("required") else f"{right} or leave the cell empty"
    broken = next((name for name in limits if f'constraint "{name}"' in note), "")
    limit = limits.get(broken)
    if broken == "required":
        return "the cell is empty", "fill it in, as this column has no gaps"
    if broken == "enum":
        return f"{quote(cell)} is not one of the words of this column", _choice(cell, [str(word) for word in limit])
    if broken in ("minimum", "maximum"):
        side, way = ("below", "more") if broken == "minimum" else ("above", "less")
        return f"{quote(cell)} is {side} {limit}", f"write {limit} or {way}"
    if broken == "maxLength":
        return f"the text is {len(cell)} characters long", f"write {limit} at most"
    return f"{quote(cell)} is not written as this column asks", PATTERNS.get(str(limit), "write it as in other rows")


def _choice(cell: str, words: list[str]) -> str:
    if _RENAMED.get(cell) in words:
        return f"write {_RENAMED[cell]}, as it is called from version 3 of the data on"
    if len(words) <= 12:
        return f"write {', '.join(words[:-1])} or {words[-1]}"
    near = difflib.get_close_matches(cell, words, n=1, cutoff=0)
    return f"write one of those that datapackage.json lists, for example {near[0]}"
