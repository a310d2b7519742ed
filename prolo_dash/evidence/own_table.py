"""The rows of a reader's CSV file, as spreadsheets, pandas and R save it, before its values are checked."""

import csv
import io
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from prolo_dash.evidence.own import cut
from prolo_dash.evidence.own_decimals import with_points

MOST_CHARACTERS = 100_000
MOST_COLUMNS = 50
MOST_ROWS = 200

# How other kinds of file begin when decoded as text; bytes that are not UTF-8 become replacement characters.
_OTHERS = (
    (r"\ufffdPNG|GIF8|\ufffd{3,4}.{0,4}(\0|JFIF|Exif)|RIFF.{1,4}WEBP|II\*\0|MM\0\*|.{4}ftyp|<svg", "a picture"),
    (r"BM.{0,60}\0|\0\0[\x01\x02]\0", "a picture"),
    (r"PK\x03\x04|\ufffd\ufffd\x11\u0871", "a spreadsheet or an archive: save the sheet as “CSV UTF-8”"),
    (r"%PDF", "a PDF"),
    (r"\s*<(!doctype|html|\?xml)", "a web page"),
    (r"\ufffd\ufffd.\0|\ufffd\ufffd\0.|.\0.\0|\0.\0.", "text in UTF-16: save it as “CSV UTF-8”"),
)
_NAMES = {"trial", "measure", "name"}
# What R and pandas write for an empty cell.
_EMPTY = {"na", "nan", "n/a", "<na>", "#n/a", "null"}


@dataclass(frozen=True)
class Line:
    """One row of the file, by column, with its number, and what the file calls the columns that it has."""

    number: int
    cells: dict[str, str]
    names: Mapping[str, str]


def refusal(text: str) -> str:
    """Why a file can't be read at all, in a sentence; empty if it can."""
    for begins, what in _OTHERS:
        if re.match(begins, text, re.DOTALL | re.IGNORECASE):
            return f"The file is not a CSV file but {what}."
    if len(text) > MOST_CHARACTERS:
        return f"The file is too large: at most {MOST_CHARACTERS:,} characters can be read."
    if "\ufffd" in text or "\0" in text:
        return "The file is not UTF-8 text: save it as “CSV UTF-8”."
    return ""


def read_lines(text: str, columns: tuple[str, ...], also: dict[str, str], problems: list[str]) -> Iterator[Line]:
    """Rows with every one of ``columns`` as text; ``also``: other names of columns.

    Cells may be separated by semicolons or tabs too, and lines may end as on any system.
    """
    lines = re.split(r"\r\n|\r|\n", text.removeprefix("\ufeff"))
    first = 1 if re.fullmatch(r'"?sep=.?"?', lines[0], re.IGNORECASE) else 0
    delimiter = _delimiter(lines[0], lines[first] if first < len(lines) else "")
    rows = _rows(lines, first, delimiter, problems)
    is_whole = not problems
    if not rows:
        if is_whole:
            problems.append("The file is empty. Download the sample to see the columns.")
        return
    (number, row), *rows = rows
    names = _without_end(row)
    if len(names) > MOST_COLUMNS:
        problems.append(f"Row {number}: there are {len(names):,} columns; at most {MOST_COLUMNS} can be read.")
        return
    header = [_column(name, also) for name in names]
    if not _header_is_right(number, header, columns, problems):
        return
    if not rows and is_whole:
        problems.append("The file has a row of column names, but no row below it.")
    if len(rows) > MOST_ROWS:
        problems.append(f"Only the first {MOST_ROWS} rows were read; the file has {len(rows)}.")
    named = _have_names(rows, header)
    called = dict(zip(header, names, strict=True))
    read: list[tuple[int, dict[str, str]]] = []
    for number, row in rows[:MOST_ROWS]:
        filled = _without_end(row[1:] if named else row)
        if len(filled) > len(header):
            problems.append(f"Row {number}: it has {len(filled)} cells, but there are {len(header)} columns.")
            continue
        padded = [*filled, *[""] * (len(header) - len(filled))]
        read.append((number, {name: _value(name, cell) for name, cell in zip(header, padded, strict=True)}))
    for number, found in read if delimiter == "," else with_points(read, problems):
        yield Line(number, dict.fromkeys(columns, "") | found, called)


def _have_names(rows: list[tuple[int, list[str]]], header: list[str]) -> bool:
    """Whether rows begin with a name for which there is no column, each with one of its own: R's write.table.

    If each row ends with an empty cell, that may be the extra one, unless the names are R's row numbers.
    """
    names = [row[0] for _, row in rows]
    if len(rows) < 2 or len(set(names)) < len(rows) or any(len(row) != len(header) + 1 for _, row in rows):
        return False
    return any(row[-1] for _, row in rows) or names == [str(i + 1) for i in range(len(rows))]


def _delimiter(sep: str, header: str) -> str:
    """The cell separator: the one in Excel's first line, else the most frequent in the header."""
    said = re.fullmatch(r'"?sep=([,;\t])"?', sep, re.IGNORECASE)
    return said[1] if said else max(",;\t", key=header.count)


def _rows(lines: list[str], first: int, delimiter: str, problems: list[str]) -> list[tuple[int, list[str]]]:
    """(number, cells) of the rows that are not empty, up to the first that is not CSV."""
    reader = csv.reader(io.StringIO("\n".join(lines[first:])), delimiter=delimiter, strict=True)
    found: list[tuple[int, list[str]]] = []
    while True:
        number = first + reader.line_num + 1
        try:
            row = next(reader)
        except StopIteration:
            return found
        except csv.Error as error:
            open_quote = "unexpected end" in str(error)
            said = "a quotation mark is opened and never closed" if open_quote else f"this is not CSV ({error})"
            problems.append(f"Row {number}: {said}.")
            return found
        if any(cell.strip() for cell in row):
            found.append((number, [cell.strip() for cell in row]))


def _without_end(cells: list[str]) -> list[str]:
    """A row without trailing empty cells, which Excel writes when a sheet was once wider."""
    end = len(cells)
    while end and not cells[end - 1]:
        end -= 1
    return cells[:end]


def _column(name: str, also: dict[str, str]) -> str:
    plain = re.sub(r"[\s_]+", "_", _seen(name).strip().lower())
    return also.get(plain, plain)


def _header_is_right(number: int, header: list[str], columns: tuple[str, ...], problems: list[str]) -> bool:
    missing = [c for c in ("trial", "group") if c not in header]
    twice = sorted(name for name, times in Counter(header).items() if times > 1 and name in columns)
    # Row numbers, as pandas and R write them, stand in a first column without a name.
    unknown = [c for i, c in enumerate(header) if c not in columns and (i or c not in ("", "unnamed:_0"))]
    if missing:
        problems.append(f"Row {number}: the column “{missing[0]}” is missing. The columns are {', '.join(columns)}.")
    if twice:
        problems.append(f"Row {number}: the column “{twice[0]}” is there twice.")
    if not missing and not twice:
        problems += [f"Row {number}: {_called(c)} is not known and was left out." for c in dict.fromkeys(unknown)]
    return not missing and not twice


def _called(column: str) -> str:
    return f"the column “{cut(column)}”" if column else "a column without a name"


def _seen(text: str) -> str:
    """Text without invisible characters, which come along when copying from web pages."""
    return "".join(sign for sign in text if unicodedata.category(sign) != "Cf")


def _value(column: str, cell: str) -> str:
    cell = cell if column in _NAMES else _seen(cell).strip()
    return "" if cell.lower() in _EMPTY and column not in ("trial", "group") else cell
