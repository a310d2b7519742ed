"""The contract between what is shown and where it is shown.

A view is a pure function ``render(library, state) -> Rendering``. Live page, static site, hand-out and digest are
hosts for renderings, so chart, table, sentence, alt text, link and download can't disagree.
"""

import re
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Any, Generic, Self

from prolo_dash.evidence.library import Library
from prolo_dash.evidence.topic import Topic
from prolo_dash.kit.controls import Control, State, all_values, controls_of, default_state, from_params
from prolo_dash.kit.direction_plot import DirectionPlot


@dataclass(frozen=True)
class Cell:
    """One cell of a table; ``note`` is a second, smaller line, ``url`` where the text leads.

    ``sort`` is what the cell is sorted by where it shows a number or a time (in weeks); None where it has no value.
    """

    text: str
    note: str = ""
    url: str = ""
    sort: float | None = None


@dataclass(frozen=True)
class Row:
    """One drawn row of a table. ``key`` is stable; ``flags`` are warnings shown under the row."""

    key: str
    cells: tuple[Cell, ...]
    flags: tuple[str, ...] = ()


@dataclass(frozen=True)
class Table:
    """The same numbers as the figure, in words and digits. ``anchors``: links lead to its rows by their keys."""

    caption: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    anchors: bool = False


class Chart(ABC):
    """What is drawn, not how: rows (charts.py), two scales (plane.py) or squares (icon_array.py).

    Encoders make figures of it (plotly.py).
    """

    @property
    @abstractmethod
    def is_empty(self) -> bool:
        """Whether it has no mark."""


@dataclass(frozen=True)
class KeyEntry:
    """One entry of a chart's key, written above the chart.

    ``colour`` names a token of the theme, ``mark`` what distinguishes it besides colour, as a class of the key's style.
    """

    label: str
    colour: str
    mark: str = ""


@dataclass(frozen=True)
class ViewLink:
    """Words that lead to another view of the page, by its key."""

    text: str
    view: str


@dataclass(frozen=True)
class Box:
    """A titled passage: one link of a chain, or one listed trial. ``strong`` is set large; ``more``: where more is."""

    title: str
    strong: str
    text: str
    more: ViewLink | None = None


@dataclass(frozen=True)
class Instead:
    """A setting that has what the present one has not: the control, its value, and a sentence that offers it."""

    text: str
    control: str
    value: str


@dataclass(frozen=True)
class SourceLink:
    """Where numbers come from: citation, address if there is one, and what was read where."""

    citation: str
    url: str | None
    note: str


@dataclass(frozen=True)
class Rendering:
    """Everything that one state of one view shows. Texts may mark strong words as ``**words**``."""

    sentence: str
    chart: Chart
    table: Table
    alt: str
    how_to_read: tuple[str, ...]
    sources: tuple[SourceLink, ...]
    key: tuple[KeyEntry, ...] = ()
    marks_key: str = ""  # what the marks in the labels of rows mean
    chain: tuple[Box, ...] = ()
    listed_title: str = ""
    listed: tuple[Box, ...] = ()
    listed_open: bool = False
    unavailable: tuple[tuple[str, str], ...] = ()  # (control, option) pairs that this state can't combine with
    problems: tuple[tuple[str, str], ...] = ()  # (control, sentence) pairs: what was typed there can't be read
    all_trials: str = ""  # the sentence for all trials, where a reader has chosen some
    instead: tuple[Instead, ...] = ()  # where nothing is drawn: settings that have figures
    aside: str = ""  # open text beside the sentence, which a projector has no room for
    plot: DirectionPlot | None = None  # what stands in place of a chart where words belong beside each row


@dataclass(frozen=True)
class Loader(Generic[State]):
    """A file that fills a view's controls: ``read`` turns its text into (name, state) pairs and sentences of problems.

    ``sample`` is a file that can be read; it may hold words of the topic in braces. ``limits`` says what may be in one.
    """

    label: str
    sample: str
    sample_name: str
    limits: str
    read: Callable[[Library, str], tuple[tuple[tuple[str, State], ...], tuple[str, ...]]]


@dataclass(frozen=True)
class View(Generic[State]):
    """One question, its controls (the fields of ``state``), and the function that answers it.

    ``question``, ``for_class`` and the loader's sample may hold words of the topic in braces, as ``{intervention}``,
    which ``worded`` fills in. ``facts`` are the numbers, counts and records that an answer is made from, without a
    word of English.
    ``normalise`` maps a state whose controls exclude each other to the nearest one that can be shown.
    A view that ``counts_trials`` follows the trials that a reader chooses for the page.
    A view that ``stands_open`` is shown whole in its chapter; of the others question and answer, until a reader opens
    them. ``reference`` marks a view whose table is what people come for: it is open, and can be searched and sorted.
    """

    key: str
    question: str
    state: type[State]
    render: Callable[[Library, State], Rendering]
    for_class: str
    normalise: Callable[[State], State] = lambda state: state
    reference: bool = False
    stands_open: bool = False
    counts_trials: bool = False
    loader: Loader[State] | None = None
    facts: Callable[[Library, State], Any] | None = None

    def worded(self, topic: Topic) -> Self:
        """The view with the words of a topic in its question, its task for a class and the sample of its loader."""
        words = vars(topic)
        loader = self.loader and replace(self.loader, sample=self.loader.sample.format_map(words))
        return replace(
            self,
            question=self.question.format_map(words),
            for_class=self.for_class.format_map(words),
            loader=loader,
        )

    def controls(self, library: Library) -> dict[str, Control]:
        """What can be set, by name, and what is on offer for it with this library."""
        return controls_of(self.state, library)

    def default_state(self, library: Library) -> State:
        """The state that a page opens with."""
        return default_state(self.state, library)

    def states(self, library: Library) -> Iterator[State]:
        """Every state that can be shown, once each."""
        return (state for state in all_values(self.state, library) if self.normalise(state) == state)

    def read(self, library: Library, params: dict[str, str]) -> tuple[State, tuple[str, ...]]:
        """The state that URL parameters ask for, and a plain sentence for each that was not understood."""
        return from_params(self.state, library, params)


@dataclass(frozen=True)
class Chapter:
    """A chapter of the explainer: its name in the navigation, and its views, the main one first."""

    key: str
    name: str
    views: tuple[View[Any], ...]


_STRONG = re.compile(r"\*\*(.+?)\*\*")


def plain(text: str) -> str:
    """A text without its ``**`` marks."""
    return _STRONG.sub(r"\1", text)


def strong_parts(text: str) -> list[tuple[str, bool]]:
    """A text cut into (words, whether strong)."""
    return [(part, bool(i % 2)) for i, part in enumerate(_STRONG.split(text)) if part]
