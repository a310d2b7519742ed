"""Reads the CSV files of data/ into records.

Uses only the standard library, as every start of the page imports it. ``check.py`` says whether the files are right.
"""

import csv
import json
import math
import os
import types
import typing
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, fields
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

from prolo_dash.evidence import about_records as a
from prolo_dash.evidence import conditions as c
from prolo_dash.evidence import judged_records as j
from prolo_dash.evidence import records as r
from prolo_dash.evidence.topic import Topic, TopicError, read_topic

Row = TypeVar("Row")

# Table name (and CSV file) -> record type.
TABLES: dict[str, type] = {
    "sources": r.Source,
    "claims": r.Claim,
    "conditions": c.Condition,
    "treatments": c.Treatment,
    "studies": r.Study,
    "arms": r.Arm,
    "outcomes": r.Outcome,
    "results": r.Result,
    "contrasts": r.Contrast,
    "flags": r.Flag,
    "harms": r.Harm,
    "harm_reports": r.HarmReport,
    "benchmarks": r.Benchmark,
    "thresholds": r.Threshold,
    "positions": r.Position,
    "prices": r.Price,
    "contraindications": r.Contraindication,
    "mechanisms": r.Mechanism,
    "history": r.HistoryFact,
    "glossary": r.Term,
    "trial_quality": j.TrialJudgement,
    "trial_facts": j.TrialFact,
    "reviews": j.Review,
    "registrations": j.Registration,
    "searches": a.Search,
    "defaults": a.Default,
    "predictions": a.AskedPrediction,
    "lesson_rows": a.LessonRow,
    "checks": a.AskedCheck,
}


class EvidenceError(Exception):
    """The evidence package can't be used. The message is a sentence with place and reason, or the command to run."""

    def _render_traceback_(self) -> list[str]:
        """What a notebook shows: the sentence alone, for IPython asks an error for its traceback."""
        return [str(self)]


@dataclass(frozen=True)
class Edition:
    """Which data these are: the version, day (``2026-11-24``) and name that datapackage.json gives."""

    version: str
    day: str
    name: str = ""


@dataclass(frozen=True)
class Package:
    """All tables of the evidence package, each a tuple of records in file order."""

    sources: tuple[r.Source, ...]
    claims: tuple[r.Claim, ...]
    conditions: tuple[c.Condition, ...]
    treatments: tuple[c.Treatment, ...]
    studies: tuple[r.Study, ...]
    arms: tuple[r.Arm, ...]
    outcomes: tuple[r.Outcome, ...]
    results: tuple[r.Result, ...]
    contrasts: tuple[r.Contrast, ...]
    flags: tuple[r.Flag, ...]
    harms: tuple[r.Harm, ...]
    harm_reports: tuple[r.HarmReport, ...]
    benchmarks: tuple[r.Benchmark, ...]
    thresholds: tuple[r.Threshold, ...]
    positions: tuple[r.Position, ...]
    prices: tuple[r.Price, ...]
    contraindications: tuple[r.Contraindication, ...]
    mechanisms: tuple[r.Mechanism, ...]
    history: tuple[r.HistoryFact, ...]
    glossary: tuple[r.Term, ...]
    trial_quality: tuple[j.TrialJudgement, ...]
    trial_facts: tuple[j.TrialFact, ...]
    reviews: tuple[j.Review, ...]
    registrations: tuple[j.Registration, ...]
    searches: tuple[a.Search, ...]
    defaults: tuple[a.Default, ...]
    predictions: tuple[a.AskedPrediction, ...]
    lesson_rows: tuple[a.LessonRow, ...]
    checks: tuple[a.AskedCheck, ...]
    topic: Topic
    edition: Edition = Edition("", "")  # of a library that is no package: a reader's own trial


CHOSEN = "PROLO_DASH_DATA"  # names a folder of evidence files, for this process and all that it starts


def data_dir() -> Path:
    """The folder of evidence files that is shown: the project's own, unless another was chosen."""
    chosen = os.environ.get(CHOSEN)
    return Path(chosen) if chosen else own_data_dir()


@contextmanager
def shown(folder: Path | None) -> Iterator[None]:
    """Choose a folder of evidence files for a while; None leaves things as they are."""
    before = os.environ.get(CHOSEN)
    try:
        if folder:
            os.environ[CHOSEN] = str(folder.resolve())
        yield
    finally:
        os.environ.pop(CHOSEN, None)
        if before is not None:
            os.environ[CHOSEN] = before


def own_data_dir() -> Path:
    """The project's own data/: beside the code in a wheel, beside the package folder in a checkout."""
    here = Path(__file__).resolve().parents[1]
    inside = here / "data"
    return inside if inside.is_dir() else here.parent / "data"


def load(folder: Path | None = None) -> Package:
    """Read every table of ``folder`` (default: what is shown).

    Raises:
        EvidenceError: a file is missing, has other columns than expected, or a cell has the wrong type.
    """
    return _load(folder or data_dir())


@cache
def _load(where: Path) -> Package:
    description = described(where)
    edition = Edition(description["version"], description["created"][:10], description["name"])
    tables: dict[str, Any] = {name: read_table(where / f"{name}.csv", kind) for name, kind in TABLES.items()}
    try:
        topic = read_topic(where / "topic.toml")
    except TopicError as error:
        raise EvidenceError(str(error)) from None
    return Package(**tables, topic=topic, edition=edition)


def described(folder: Path) -> dict[str, Any]:
    """What datapackage.json says of a folder of evidence files; EvidenceError if it can't be read."""
    path = folder / "datapackage.json"
    try:
        return dict(json.loads(path.read_text(encoding="utf-8")))
    except (OSError, ValueError) as error:
        raise EvidenceError(f"{path}: the description of the evidence files can't be read ({error}).") from None


def read_table(path: Path, kind: type[Row]) -> tuple[Row, ...]:
    """Read one CSV file into records of ``kind``; see ``load`` for what is raised."""
    expected = [f.name for f in fields(kind)]  # type: ignore[arg-type]
    converters = _converters(kind)
    try:
        with path.open(encoding="utf-8", newline="") as file:
            reader = csv.DictReader(file, strict=True)
            if reader.fieldnames != expected:
                raise EvidenceError(f"{path.name}: the columns must be {', '.join(expected)}.")
            return tuple(_record(kind, converters, row, path.name, reader.line_num) for row in reader)
    except FileNotFoundError:
        raise EvidenceError(f"{path.name}: the file is missing in {path.parent}.") from None
    except (csv.Error, UnicodeDecodeError) as error:
        raise EvidenceError(f"{path.name}: this is not a UTF-8 CSV file ({error}).") from None


def _record(kind: type[Row], converters: dict[str, Any], row: dict[str, Any], file: str, line: int) -> Row:
    values = {}
    if None in row or None in row.values():
        raise EvidenceError(f"{file}, line {line}: the row must have {len(converters)} cells, one a column.")
    for name, convert in converters.items():
        cell = row[name]
        try:
            values[name] = convert(cell)
        except (KeyError, TypeError, ValueError):
            raise EvidenceError(f"{file}, line {line}, column {name}: {cell!r} can't be read here.") from None
    return kind(**values)


def _converters(kind: type) -> dict[str, Any]:
    return {name: _converter(hint) for name, hint in typing.get_type_hints(kind).items()}


def _converter(hint: Any) -> Any:
    options = typing.get_args(hint) if typing.get_origin(hint) in (types.UnionType, typing.Union) else (hint,)
    optional = type(None) in options
    base = next(option for option in options if option is not type(None))
    parse = _parser(base)

    def convert(cell: str) -> Any:
        if cell == "" and optional:
            return None
        return parse(cell)

    return convert


def _parser(base: Any) -> Any:
    if typing.get_origin(base) is typing.Literal:
        return _one_of(typing.get_args(base))
    if base is bool:
        return lambda cell: {"yes": True, "no": False}[cell]
    return {str: str, int: int, float: _finite}[base]


def _finite(cell: str) -> float:
    number = float(cell)
    if not math.isfinite(number):
        raise ValueError(cell)
    return number


def _one_of(options: tuple[str, ...]) -> Any:
    def parse(cell: str) -> str:
        if cell not in options:
            raise ValueError(cell)
        return cell

    return parse
