"""What every test shares: every state of every view, rendered once, and the evidence as any CSV reader sees it."""

import csv
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache, cached_property, partial
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings
from xdist.scheduler import LoadScopeScheduling

from prolo_dash.chapters.registry import VIEW_BY_KEY
from prolo_dash.evidence.library import library
from prolo_dash.kit import plotly
from prolo_dash.kit.direction_plot import PlotRow
from prolo_dash.kit.plotly_figure import PlotlyFigure
from prolo_dash.kit.view import Rendering

# A busy machine is no reason for a property test to fail.
settings.register_profile("project", deadline=None)
settings.load_profile("project")

DATA = Path(__file__).resolve().parents[1] / "data"
FROZEN = Path(__file__).resolve().parent / "frozen"
NUMBER = re.compile(r"−?\d+(?:\.\d+)?")
TAG = re.compile(r"<[^>]+>")

Table = Callable[[str], tuple[dict[str, str], ...]]
Gain = Callable[[str, str], float | None]


@dataclass(frozen=True)
class Shown:
    """One state and what is shown for it."""

    state: Any
    rendering: Rendering

    @cached_property
    def figure(self) -> PlotlyFigure:
        """Its chart as a page gets it."""
        return plotly.figure(self.rendering.chart)

    @cached_property
    def labels(self) -> list[dict[str, Any]]:
        """The labels in its chart, as they are drawn where no page lays them out."""
        return list(plotly.still(self.rendering.chart)["layout"]["annotations"])

    @cached_property
    def texts(self) -> tuple[tuple[str, str], ...]:
        """Every text that a person can read or hear, with the place where it stands."""
        return tuple(_texts(self.rendering, self.figure, self.labels))


@cache
def _shown(key: str) -> tuple[Shown, ...]:
    view = VIEW_BY_KEY[key]
    return tuple(Shown(state, view.render(library(), state)) for state in view.states(library()))


@cache
def _table(name: str, folder: Path = DATA) -> tuple[dict[str, str], ...]:
    with (folder / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file))


@pytest.fixture(scope="session")
def shown() -> Callable[[str], tuple[Shown, ...]]:
    """All states of a view with their renderings."""
    return _shown


@pytest.fixture(scope="session")
def table() -> Callable[[str], tuple[dict[str, str], ...]]:
    """A file of data/ as dictionaries of text."""
    return _table


@pytest.fixture(scope="session")
def frozen_table() -> Table:
    """A file of the frozen evidence as dictionaries of text."""
    return partial(_table, folder=FROZEN)


@pytest.fixture(scope="session")
def numbers() -> Callable[[str], list[tuple[float, int]]]:
    """The numbers in a text, each with the decimals it is written with."""

    @cache
    def found(text: str) -> list[tuple[float, int]]:
        return [(float(n.replace("−", "-")), len(n.partition(".")[2])) for n in NUMBER.findall(text)]

    return found


@pytest.fixture(scope="session")
def texts() -> Callable[[Rendering], tuple[tuple[str, str], ...]]:
    """Every text of a rendering that a person can read or hear, with the place where it stands."""
    return lambda rendering: Shown(None, rendering).texts


def _texts(r: Rendering, figure: PlotlyFigure, labels: list[dict[str, Any]]) -> Iterator[tuple[str, str]]:
    yield "sentence", r.sentence
    yield from (("sentence", r.aside),) if r.aside else ()
    yield "alt", r.alt
    yield "listed_title", r.listed_title
    yield from (("how_to_read", line) for line in r.how_to_read)
    for place, boxes in (("chain", r.chain), ("listed", r.listed)):
        yield from ((place, part) for box in boxes for part in (box.title, box.strong, box.text))
        yield from ((place, box.more.text) for box in boxes if box.more)
    yield from (("key", entry.label) for entry in r.key)
    yield "table", r.table.caption
    yield from (("table", column) for column in r.table.columns)
    for row in r.table.rows:
        yield from (("table", part) for cell in row.cells for part in (cell.text, cell.note))
        yield from (("flag", flag) for flag in row.flags)
    for source in r.sources:
        yield from (("source", part) for part in (source.citation, source.note))
    if r.plot:
        yield from (("key", f"{line.title}: {mark.label}") for line in r.plot.key for mark in line.marks)
        yield from (("plot", text) for row in r.plot.rows for text in _beside(row))
    for name, part in figure.layout.items():
        if name.startswith(("xaxis", "yaxis")):
            yield "figure", TAG.sub(" ", part.get("title", {}).get("text", ""))
    for annotation in labels:
        yield from (("figure", TAG.sub("", line)) for line in annotation["text"].split("<br>"))
    for trace in figure.data:
        yield from (("figure", TAG.sub("", label)) for label in (*trace.get("text", ()), *trace.get("hovertext", ())))


def _beside(row: PlotRow) -> Iterator[str]:
    """What one row of an effect direction plot says, in its marks and beside them."""
    yield from (row.label, row.size, row.found, row.summary, row.left_title, row.reviews, row.doubts_title)
    for line in row.left:
        yield from (line.text, line.flag)
    yield from row.doubts
    for cell in row.cells:
        yield from (cell.counted, *(mark.label for mark in cell.marks))


@pytest.fixture(scope="session")
def gain(table: Table) -> Gain:
    """A group's gain by hand: higher = better; counts as people of 100, scores in points of their scale."""
    return _gains(table)


@pytest.fixture(scope="session")
def frozen_gain(frozen_table: Table) -> Gain:
    """A group's gain by hand, of the frozen evidence."""
    return _gains(frozen_table)


def _gains(table: Table) -> Gain:
    results = {(r["outcome_id"], r["arm_id"]): r for r in table("results")}
    outcomes = {o["outcome_id"]: o for o in table("outcomes")}

    def worked_out(outcome_id: str, arm_id: str) -> float | None:
        outcome, result = outcomes[outcome_id], results[outcome_id, arm_id]
        sign = 1 if outcome["better"] == "higher" else -1
        if outcome["kind"] == "responder":
            if result["events"] and result["n"]:
                return 100 * int(result["events"]) / int(result["n"])
            return 100 * float(result["mean"]) if result["mean"] else None
        if not result["mean"]:
            return None
        if outcome["kind"] == "change_mean":
            return sign * float(result["mean"])
        start = results.get((outcome["baseline_outcome_id"], arm_id))
        return sign * (float(result["mean"]) - float(start["mean"])) if start and start["mean"] else None

    return worked_out


@pytest.fixture(scope="session")
def arms(table: Table) -> Callable[[str, str], list[dict[str, str]]]:
    """The groups of a row, by role: the row's key names outcome, prolotherapy group and, of several, the control."""
    study_of = {o["outcome_id"]: o["study_id"] for o in table("outcomes")}
    reported = {(r["outcome_id"], r["arm_id"]) for r in table("results")}

    def of(row_key: str, role: str) -> list[dict[str, str]]:
        outcome, prolo, *control = row_key.split(".")
        found = [a for a in table("arms") if a["study_id"] == study_of[outcome] and a["role"] == role]
        named = {"intervention": [prolo], "control": control}.get(role) or [a["arm_id"] for a in found]
        return [a for a in found if a["arm_id"] in named and (outcome, a["arm_id"]) in reported]

    return of


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The browser's tests come last: once they have begun, their event loop runs, and no other can."""
    items.sort(key=lambda item: "browser" in item.path.parts)


class _InCompany(LoadScopeScheduling):
    """Hands out tests that share something dear to one process (``--dist loadgroup`` has no effect in pytest 9.2)."""

    def _split_scope(self, nodeid: str) -> str:
        return company(nodeid)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> LoadScopeScheduling | None:
    """Side by side, tests are handed out by company, unless the command asks for something else."""
    return _InCompany(config, log) if config.getvalue("dist") == "load" else None


def company(nodeid: str) -> str:
    """What a test shares with others: all states of its view, rendered once, or what its file has set up."""
    file, _, test = nodeid.partition("::")
    parameters = test.partition("[")[2].rstrip("]").split("-")
    alone = file.startswith("tests/servers")  # what they share is a server
    return file if alone else next((key for key in parameters if key in VIEW_BY_KEY), file)
