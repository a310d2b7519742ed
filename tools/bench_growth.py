"""What more evidence costs: the page is built from 1, 2, 4 and 8 times the trials, made up by doubling the rows."""

import csv
import gzip
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).parents[1]
# Tables that grow with the trials, and their columns that hold ids of a trial.
_IDS = {
    "sources": ("source_id",),
    "studies": ("study_id", "source_id"),
    "arms": ("study_id",),
    "outcomes": ("outcome_id", "study_id", "baseline_outcome_id"),
    "results": ("outcome_id",),
    "contrasts": ("outcome_id",),
    "flags": ("flag_id", "study_id", "outcome_id"),
}


def multiply(folder: Path, times: int) -> None:
    """Give every trial copies under new ids, each with a year of its own."""
    for name, columns in _IDS.items():
        path = folder / f"{name}.csv"
        with path.open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        copies = [dict(row) for _ in range(times - 1) for row in rows]
        for number, row in enumerate(copies):
            copy = number // len(rows) + 2
            for column in columns:
                row[column] = row[column] and f"{row[column]}_copy{copy}"
            if name == "sources":
                row["citation"] = f"Copy{copy} {row['citation']}"
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, rows[0], lineterminator="\n")
            writer.writeheader()
            writer.writerows([*rows, *copies])


def growth(say: Callable[[str, str, str], None]) -> None:
    """Build the static edition for each size."""
    for times in (1, 2, 4, 8):
        with tempfile.TemporaryDirectory() as made:
            copy = Path(made) / "copy"
            for part in ("prolo_dash", "data", "notebooks"):
                shutil.copytree(ROOT / part, copy / part, ignore=shutil.ignore_patterns("__pycache__"))
            multiply(copy / "data", times)
            environment = os.environ | {"PYTHONPATH": str(copy), "XDG_CACHE_HOME": f"{made}/cache"}
            start = time.perf_counter()
            command = [sys.executable, "-m", "prolo_dash.cli", "build", f"{made}/site"]
            subprocess.run(command, check=True, cwd=copy, env=environment, stdout=subprocess.DEVNULL)
            took = time.perf_counter() - start
            page = (Path(made) / "site" / "index.html").read_bytes()
            states = sum(path.stat().st_size for path in (Path(made) / "site" / "states").iterdir())
        sizes = f"page {len(gzip.compress(page)) / 1000:.0f} kB, states {states / 1000:.0f} kB"
        say(f"{times} x the trials: build {took:.0f} s", sizes, "as they travel")
