"""Reads a reader's CSV file of own trials: one row a group, the groups of a trial in rows of the same name.

Every problem is one sentence that names its row and column; the rows that are right are kept.
"""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass

from prolo_dash.evidence.own import GROUPS, Fault, Kind, OwnTrial, Spread, read_trial

COLUMNS = ("trial", "measure", "weeks", "group", "name", "better", "of", "mean_gain", "sd", "se", "n")
MOST_CHARACTERS = 100_000
MOST_ROWS = 200
_MOST_PROBLEMS = 20

SAMPLE = """\
trial,measure,weeks,group,name,better,of,mean_gain,sd,se,n
Sample with counts,no pain,12,prolotherapy,Sugar injection,12,20,,,,
Sample with counts,no pain,12,control,Salt water injection,8,20,,,,
Sample with counts,no pain,12,none,Exercise,5,20,,,,
Sample with scores,pain score,26,prolotherapy,Sugar injection,,,14.5,10.2,,30
Sample with scores,pain score,26,control,Salt water injection,,,9.5,11,,30
"""

_KEY = {"prolotherapy": "prolo", "control": "control", "none": "none"}
# The field that a fault is about, in the columns of the file.
_COLUMN = {"better": "better", "of": "of", "mean": "mean_gain", "n": "n", "name": "name", "spread": "sd"}


@dataclass(frozen=True)
class _Line:
    """One row of the file, by column, with its number."""

    number: int
    cells: dict[str, str]

    @property
    def trial(self) -> tuple[str, str, str]:
        return self.cells["trial"], self.cells["measure"], self.cells["weeks"]

    @property
    def kind(self) -> Kind:
        return "counts" if self.cells["better"] or self.cells["of"] else "scores"

    @property
    def spread(self) -> Spread:
        return "se" if self.cells["se"] and not self.cells["sd"] else "sd"


def read_trials(text: str) -> tuple[tuple[OwnTrial, ...], tuple[str, ...]]:
    """The trials of a file that can be shown, and a sentence for each problem found in it."""
    if len(text) > MOST_CHARACTERS:
        return (), (f"The file is too large: at most {MOST_CHARACTERS:,} characters can be read.",)
    if "\ufffd" in text or "\0" in text:
        return (), ("The file is not UTF-8 text: save it as “CSV UTF-8”.",)
    problems: list[str] = []
    lines = list(_lines(text.removeprefix("\ufeff"), problems))
    trials = tuple(trial for group in _grouped(lines, problems) if (trial := _trial(group, problems)))
    if len(problems) > _MOST_PROBLEMS:
        rest = len(problems) - _MOST_PROBLEMS
        problems = [*problems[:_MOST_PROBLEMS], f"There are {rest} more problems; mend these first."]
    return trials, tuple(problems)


def _lines(text: str, problems: list[str]) -> Iterator[_Line]:
    """Rows with every column, as text. A file that Excel saved with semicolons is read too."""
    first = text.partition("\n")[0]
    delimiter = max(",;\t", key=first.count)
    reader = csv.reader(io.StringIO(text), delimiter=delimiter)
    try:
        rows = [(reader.line_num, row) for row in reader if any(cell.strip() for cell in row)]
    except csv.Error as error:
        problems.append(f"Row {reader.line_num}: this is not CSV ({error}).")
        return
    header = [cell.strip().lower() for cell in rows[0][1]] if rows else []
    if not _header_is_right(header, problems):
        return
    if len(rows) - 1 > MOST_ROWS:
        problems.append(f"Only the first {MOST_ROWS} rows were read; the file has {len(rows) - 1}.")
    for number, row in rows[1 : MOST_ROWS + 1]:
        if len(row) > len(header):
            problems.append(f"Row {number}: it has {len(row)} cells, but there are {len(header)} columns.")
            continue
        padded = [cell.strip() for cell in row] + [""] * (len(header) - len(row))
        cells = dict.fromkeys(COLUMNS, "") | dict(zip(header, padded, strict=True))
        yield _Line(number, _with_points(cells) if delimiter == ";" else cells)


def _with_points(cells: dict[str, str]) -> dict[str, str]:
    """Where semicolons part the cells, commas are decimal points."""
    return cells | {column: cells[column].replace(",", ".") for column in ("mean_gain", "sd", "se")}


def _header_is_right(header: list[str], problems: list[str]) -> bool:
    if not header:
        problems.append("The file is empty. Download the sample to see the columns.")
        return False
    missing = [c for c in ("trial", "group") if c not in header]
    unknown = [c for c in header if c not in COLUMNS]
    twice = sorted({c for c in header if header.count(c) > 1})
    if missing:
        problems.append(f"Row 1: the column “{missing[0]}” is missing. The columns are {', '.join(COLUMNS)}.")
    if twice:
        problems.append(f"Row 1: the column “{twice[0][:20]}” stands there twice.")
    problems += [f"Row 1: the column “{c[:20]}” is not known and was left out." for c in unknown if c not in twice]
    return not missing and not twice


def _grouped(lines: list[_Line], problems: list[str]) -> list[dict[str, _Line]]:
    """The rows of each trial by group, in file order; a row whose group is not known or comes twice is left out."""
    found: dict[tuple[str, str, str], dict[str, _Line]] = {}
    for line in lines:
        key = _KEY.get(line.cells["group"].lower())
        groups = found.setdefault(line.trial, {})
        if key is None:
            said = f"write prolotherapy, control or none{_shown(line.cells['group'])}"
            problems.append(f"Row {line.number}, column group: {said}.")
        elif key in groups:
            problems.append(f"Row {line.number}: the trial has this group in row {groups[key].number} already.")
        else:
            groups[key] = line
    return list(found.values())


def _shown(text: str) -> str:
    return f", not “{text[:20]}”" if text else ""


def _trial(lines: dict[str, _Line], problems: list[str]) -> OwnTrial | None:
    """A trial of its good rows, if those of both injection groups are good."""
    for key, _, words in GROUPS[:2]:
        if key not in lines:
            if lines:
                first = next(iter(lines.values()))
                problems.append(f"Row {first.number}: this trial has no row that can be read for its {words}.")
            return None
    read = _read(lines)
    if isinstance(read, OwnTrial):
        return read
    problems += [_located(fault, lines) for fault in read]
    if "none" in lines and all(fault.field.startswith("none_") for fault in read):
        return _without_third(lines)
    return None


def _without_third(lines: dict[str, _Line]) -> OwnTrial | None:
    read = _read({key: line for key, line in lines.items() if key != "none"})
    return read if isinstance(read, OwnTrial) else None


def _read(lines: dict[str, _Line]) -> OwnTrial | tuple[Fault, ...]:
    first = lines["prolo"]
    fields = {
        "name": first.cells["trial"],
        "measure": first.cells["measure"] or "result",
        "weeks": first.cells["weeks"],
    }
    for key, _, words in GROUPS:
        cells = lines[key].cells if key in lines else dict.fromkeys(COLUMNS, "")
        fields |= {
            f"{key}_name": cells["name"] or words.capitalize(),
            f"{key}_better": cells["better"],
            f"{key}_of": cells["of"] or (cells["n"] if first.kind == "counts" else ""),
            f"{key}_n": cells["n"],
            f"{key}_mean": cells["mean_gain"],
            f"{key}_spread": cells[first.spread],
        }
    return read_trial(fields, first.kind, first.spread, "none" in lines)


def _located(fault: Fault, lines: dict[str, _Line]) -> str:
    """A fault with its row and column in the file."""
    key, _, part = fault.field.partition("_")
    line = lines.get(key, lines["prolo"])
    column = _COLUMN.get(part, {"name": "trial"}.get(fault.field, fault.field))
    if column == "sd":
        column = lines["prolo"].spread
    return f"Row {line.number}, column {column}: {fault.sentence[0].lower()}{fault.sentence[1:]}"
