"""Benchmarks of growing evidence: the page with 1, 2, 4 and 8 times the trials, made by copying rows.

It is measured with a server and as a static site, where the first click waits for the states of its view.
"""

import csv
import gzip
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path

from bench_pages import Place, built, changes, interactive, p95
from playwright.sync_api import Browser
from screenshot import served

from prolo_dash.chapters.registry import CHAPTERS
from prolo_dash.render.chapters import SECOND

ROOT = Path(__file__).parents[1]
SIZES = (1, 2, 4, 8)
# Tables that grow with the trials, and their columns with ids that belong to a trial.
_IDS = {
    "sources": ("source_id",),
    "studies": ("study_id", "source_id"),
    "arms": ("study_id",),
    "outcomes": ("outcome_id", "study_id", "baseline_outcome_id"),
    "results": ("outcome_id",),
    "contrasts": ("outcome_id",),
    "flags": ("flag_id", "study_id", "outcome_id"),
}
CONDITIONS = (0, 2, 4, 8)  # added to those there are
# Prints how many states the views with a choice of conditions have; run in a copy of the package.
_COUNT = """
from prolo_dash.chapters.registry import CHAPTER_VIEWS as views
print(sum(1 for view in views.values() if {"condition", "conditions"} & set(view.state.__dataclass_fields__)
    for _ in view.states(library())))
"""


def multiply(folder: Path, times: int) -> None:
    """Copy every trial under new ids; a copied source counts as another publication."""
    for name, columns in _IDS.items():
        rows = _rows(folder, name)
        copies = [dict(row) for _ in range(times - 1) for row in rows]
        for number, row in enumerate(copies):
            copy = number // len(rows) + 2
            for column in columns:
                row[column] = row[column] and f"{row[column]}_copy{copy}"
            if name == "sources":
                row["citation"] = f"Copy{copy} {row['citation']}"
                row["seen_at"] = " ".join(f"{page}#copy{copy}" for page in row["seen_at"].split())
                row |= {key: row[key] and f"{row[key]}{copy}" for key in ("doi", "pmid")}
        _write(folder, name, [*rows, *copies])


def add_conditions(folder: Path, many: int) -> None:
    """Add conditions, distributed over the groups; each has one trial, a copy of the first one."""
    rows = {name: _rows(folder, name) for name in ("conditions", *_IDS)}
    groups = [row for row in rows["conditions"] if not row["group_id"]]
    first = rows["studies"][0]
    own = {row["outcome_id"] for row in rows["outcomes"] if row["study_id"] == first["study_id"]}
    for i in range(many):
        new = {"condition_id": f"more{i}", "label": f"More {i}", "in_words": f"more {i}", "position": str(1000 + i)}
        group = groups[i % len(groups)]
        rows["conditions"].append(dict.fromkeys(groups[0], "") | new | _under(group))
        for name, columns in _IDS.items():
            for row in [r for r in rows[name] if r.get("study_id") == first["study_id"] or r.get("outcome_id") in own]:
                ids = [column for column in columns if column != "source_id"]
                copied = {column: row[column] and f"{row[column]}_more{i}" for column in ids}
                rows[name].append(row | copied | ({"condition": f"more{i}"} if name == "studies" else {}))
    for name, own_rows in rows.items():
        _write(folder, name, own_rows)


def _under(group: dict[str, str]) -> dict[str, str]:
    return {"group_id": group["condition_id"], "symbol": group["symbol"]}


def _rows(folder: Path, name: str) -> list[dict[str, str]]:
    with (folder / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _write(folder: Path, name: str, rows: list[dict[str, str]]) -> None:
    with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0], lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def conditions(say: Callable[[str, str], None]) -> None:
    """The cost of more conditions: states, bytes, and build time."""
    for many in CONDITIONS:
        with tempfile.TemporaryDirectory() as made:
            folder = Path(made)
            _copy(folder)
            add_conditions(folder / "copy" / "data", many)
            took = _build(folder)
            count = [sys.executable, "-c", _COUNT]
            states = subprocess.run(count, env=os.environ | _environment(folder), capture_output=True, check=True)
            sizes = sum(path.stat().st_size for path in (folder / "site" / "states").iterdir())
            told = f"{int(states.stdout)} states by condition, {sizes / 1000:.0f} kB in all, build {took:.0f} s"
            say(f"{many} conditions more", told)


def growth(browser: Browser, say: Callable[[str, str], None]) -> None:
    """Build the page for each size, then measure them alternately."""
    with tempfile.TemporaryDirectory() as made, ExitStack() as stack:
        folders = [Path(made) / str(times) for times in SIZES]
        files = [build_with(folder, times, say) for folder, times in zip(folders, SIZES, strict=True)]
        servers = [served(sys.stderr, environment=_environment(folder)) for folder in folders]
        places = [Place(stack.enter_context(server).address) for server in servers]
        for kind, own in (("", places), (" as files", files)):
            for times, (ready, _) in zip(SIZES, interactive(browser, own), strict=True):
                say(f"{times} x the trials{kind}: interactive", f"{ready:.0f} ms")
        for times, found in zip(SIZES, changes(browser, places, "click"), strict=True):
            took = [changed for changed, _ in found]
            say(f"{times} x the trials: a click (median / p95)", f"{statistics.median(took):.0f} / {p95(took):.0f} ms")


def _environment(folder: Path) -> dict[str, str]:
    """Environment variables that make the command line use the copy in a folder, with its own cache."""
    return {"PYTHONPATH": str(folder / "copy"), "JUPYTER_DATA_DIR": str(folder / "cache")}


def _copy(folder: Path) -> None:
    """Copy the package, its data and its notebooks into a folder."""
    for part in ("prolo_dash", "data", "notebooks"):
        shutil.copytree(ROOT / part, folder / "copy" / part, ignore=shutil.ignore_patterns("__pycache__"))


def _build(folder: Path) -> float:
    """Build the static site from the copy; returns the seconds it took."""
    command = [sys.executable, "-m", "prolo_dash.cli", "build", str(folder / "site")]
    start = time.perf_counter()
    environment = os.environ | _environment(folder)
    subprocess.run(command, check=True, cwd=folder / "copy", env=environment, stdout=subprocess.DEVNULL)
    return time.perf_counter() - start


def build_with(folder: Path, times: int, say: Callable[[str, str], None]) -> Place:
    """Build the static site with that many times the trials in a folder."""
    site = folder / "site"
    _copy(folder)
    multiply(folder / "copy" / "data", times)
    say(f"{times} x the trials: build", f"{_build(folder):.0f} s")
    for name, patterns in {
        "page": ["index.html"],
        "fetched with it": [f"static/{SECOND.key}.*.json"],
        "fetched in a pause": [f"static/{chapter.key}.*.json" for chapter in CHAPTERS if chapter is not SECOND],
    }.items():
        packed = [len(gzip.compress(path.read_bytes())) for pattern in patterns for path in site.glob(pattern)]
        say(f"{times} x the trials: {name}, as it travels", f"{sum(packed) / 1000:.0f} kB")
    states = [path.stat().st_size for path in (site / "states").iterdir()]
    say(f"{times} x the trials: states, all", f"{sum(states) / 1000:.0f} kB")
    say(f"{times} x the trials: states of the largest view", f"{max(states) / 1000:.0f} kB")
    return built(site)
