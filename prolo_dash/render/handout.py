"""The hand-out: chosen chapters on paper, with lines to write on. Answers are on separate sheets.

Pupils' sheets omit the sentence and the table of a view, so that pupils find out what the chart says.
"""

import json
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, TypeVar

import segno
from markupsafe import Markup

from prolo_dash.chapters.registry import CHAPTER_BY_KEY
from prolo_dash.evidence.library import Library
from prolo_dash.kit.charts import without_row_marks
from prolo_dash.kit.controls import Choice, Control, Option, Steps, Toggles
from prolo_dash.kit.pagination import parts
from prolo_dash.kit.plotly import still
from prolo_dash.kit.theme import LIGHT
from prolo_dash.kit.trial_mark_words import without_marks
from prolo_dash.kit.view import Cell, Chapter, Chart, Rendering, Row, SourceLink, Table, View, plain
from prolo_dash.render.browser import BrowserFailedError, after_scripts, as_pdf, installed
from prolo_dash.render.html import template
from prolo_dash.render.notebooks import notebooks_dir
from prolo_dash.render.page import STATIC
from prolo_dash.render.targets import HANDOUT, check_file

DEFAULT_CHAPTERS = tuple(key for key in CHAPTER_BY_KEY if key not in ("sources", "own_trial"))
_MAX_NOTE_CHARACTERS = 700  # that a pupil's sheet has room for, of notes or of listed trials; of more, only how many
_CHART_WIDTH = 850  # pixels that a chart is laid out for: its 14 px font is 8.4 pt on A4, 8.7 pt on Letter
_TITLE_AND_LEAD = 125  # pixels of the first sheet that the title and the first paragraph take
_ABOVE = 150  # pixels that heading, settings and key take above a chart
MARGIN = {"top": 10, "side": 15, "bottom": 14}  # mm
_PX = 96 / 25.4  # CSS pixels in a mm
Item = TypeVar("Item")
_DRAWN = '<html lang="en" data-ready="true"'


@dataclass(frozen=True)
class Paper:
    """A size of paper, in mm."""

    name: str
    width: float
    height: float

    def room(self, above: float = 0) -> float:
        """The height left for a chart, in the chart's pixels, below ``above`` CSS pixels of a sheet."""
        height = (self.height - MARGIN["top"] - MARGIN["bottom"]) * _PX - above
        return height * _CHART_WIDTH / ((self.width - 2 * MARGIN["side"]) * _PX)


PAPERS = {"a4": Paper("A4", 210, 297), "letter": Paper("letter", 215.9, 279.4)}


@dataclass(frozen=True)
class HandoutOptions:
    """Options of a hand-out. ``link`` is printed with its QR code, if there is one."""

    chapters: tuple[str, ...] = DEFAULT_CHAPTERS
    paper: str = "a4"
    answers: bool = False
    link: str = ""


@dataclass(frozen=True)
class _Sheet:
    """A view on paper.

    ``notes`` are its rows' flags, each once; ``marks`` the numbers of each row's flags and ``cited`` those of its
    sources, as counted through the whole hand-out.
    """

    chapter: Chapter
    view: View[Any]
    rendering: Rendering
    settings: tuple[tuple[str, str], ...]
    charts: tuple[Markup, ...]
    notes: tuple[str, ...]
    marks: tuple[str, ...]
    cited: str

    @property
    def has_room_for_notes(self) -> bool:
        """Whether a pupil's sheet has room for the notes."""
        return sum(map(len, self.notes)) <= _MAX_NOTE_CHARACTERS

    @property
    def has_room_for_listed(self) -> bool:
        """Whether a pupil's sheet has room for what is listed and not drawn."""
        return sum(len(box.title + box.strong + box.text) for box in self.rendering.listed) <= _MAX_NOTE_CHARACTERS


@dataclass(frozen=True)
class _Numbered:
    """Sources and notes of a hand-out, numbered in the order of their first mention."""

    sources: dict[SourceLink, int] = field(default_factory=dict)
    notes: dict[str, int] = field(default_factory=dict)


def handout(library: Library, options: HandoutOptions) -> str:
    """The hand-out as one HTML file that draws its charts itself and asks no other host."""
    counted = _Numbered()
    paper = PAPERS[options.paper]
    chosen = [
        (chapter, view) for key, chapter in CHAPTER_BY_KEY.items() if key in options.chapters for view in chapter.views
    ]
    sheets = [
        _sheet(library, chapter, view, counted, (paper.room(_ABOVE if i else _ABOVE + _TITLE_AND_LEAD), paper.room()))
        for i, (chapter, view) in enumerate(chosen)
    ]
    return template("handout.html.j2").render(
        opening=_title_and_lead(),
        sheets=sheets,
        answers=options.answers,
        counted=counted,
        link=options.link,
        qr=_qr(options.link) if options.link else "",
        paper=paper,
        margin=MARGIN,
        colours=LIGHT,
        style=_template_file("handout.css"),
        chart_width=_CHART_WIDTH,
        script=_template_file("handout.js"),
        plotly=Markup((STATIC / "plotly.min.js").read_text(encoding="utf-8")),
    )


def write(library: Library, target: Path, options: HandoutOptions) -> str:
    """Write the hand-out; returns a sentence about it. Errors as of ``write_paper``."""
    return write_paper(target, lambda: handout(library, options))


def write_paper(target: Path, make: Callable[[], str]) -> str:
    """Write what ``make`` makes: a PDF, or HTML if that is wanted or no browser is found. Returns a sentence about it.

    TargetError for another kind of file, and if another file is in the way.
    """
    check_file(target, HANDOUT)
    target.parent.mkdir(parents=True, exist_ok=True)
    html = make()
    by_hand = "Open it in a browser and print it."
    if target.suffix.lower() == ".pdf":
        if pdf := _pdf(html):
            target.write_bytes(pdf)
            return f"{target}: {len(pdf):,} bytes"
        target = target.with_suffix(".html")
        check_file(target, HANDOUT)
        by_hand = f"No Chromium, Chrome or Edge was found that makes a PDF. {by_hand}"
    return f"{target}: {target.write_bytes(html.encode()):,} bytes. {by_hand}"


def _pdf(html: str) -> bytes | None:
    """The page printed by the first browser that can; None if there is none."""
    for browser in installed():
        try:
            drawn = after_scripts(browser, html)
            if _DRAWN in drawn:
                return as_pdf(browser, drawn)
        except BrowserFailedError:
            continue
    return None


def _sheet(
    library: Library, chapter: Chapter, view: View[Any], counted: _Numbered, room: tuple[float, float]
) -> _Sheet:
    state = view.normalise(view.default_state(library))
    rendering = _on_paper(view.render(library, state))
    unnoted = [SourceLink(source.citation, source.url, "") for source in rendering.sources]
    drawn = () if rendering.chart.is_empty else parts(without_row_marks(rendering.chart), *room)
    return _Sheet(
        chapter=chapter,
        view=view.worded(library.topic),
        rendering=rendering,
        settings=tuple(
            (c.label, _value_label(c, getattr(state, n))) for n, c in _active_controls(view.controls(library), state)
        ),
        charts=tuple(_json(part) for part in drawn),
        notes=tuple(dict.fromkeys(flag for row in rendering.table.rows for flag in row.flags)),
        marks=tuple(_numbers(row.flags, counted.notes) for row in rendering.table.rows),
        cited=_numbers(unnoted, counted.sources),
    )


def _on_paper(rendering: Rendering) -> Rendering:
    """A plot that stands in HTML on the page is told by its rows' words, in place of a table with a row a mark.

    How trials were made is left out: a sheet has no room for it.
    """
    plot = rendering.plot
    if plot is None:
        return replace(rendering, table=without_marks(rendering.table))
    rows = tuple(Row(r.key, (Cell(r.label, r.size), Cell(" ".join(map(plain, r.said))))) for r in plot.rows)
    return replace(rendering, table=Table("Each condition in words.", ("Condition", plot.said), rows))


def _active_controls(declared: dict[str, Control], state: Any) -> list[tuple[str, Control]]:
    """The controls that apply in a state."""
    return [
        (name, control)
        for name, control in declared.items()
        if all(getattr(state, other) == value for other, value in getattr(control, "when", ()))
    ]


def _value_label(control: Control, value: Any) -> str:
    """What a control is set to, in the words a reader sees."""
    if isinstance(control, Steps):
        return f"{value} {control.unit}".strip()
    if isinstance(control, Toggles) and len(value) == len(control.options):
        return "all"
    if isinstance(control, Toggles | Choice):
        on = value if isinstance(control, Toggles) else (value,)
        return "; ".join(option.label for option in _offered(control) if option.value in on)
    return str(value)


def _offered(control: Toggles | Choice) -> tuple[Option, ...]:
    return control.options + (control.alone if isinstance(control, Toggles) else ())


def _json(part: Chart) -> Markup:
    """A still figure as JSON that is safe inside a script element."""
    return Markup(json.dumps(still(part), ensure_ascii=False).replace("<", "\\u003c"))


def _numbers(things: Iterable[Item], known: dict[Item, int]) -> str:
    """``1, 3–5``: the numbers of things, new ones getting the next; runs of three or more become ranges.

    A range is not broken across lines.
    """
    runs: list[list[int]] = []
    for number in sorted({known.setdefault(thing, len(known) + 1) for thing in things}):
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    words = [f"{run[0]}\u2060–\u2060{run[-1]}" if len(run) > 2 else ", ".join(map(str, run)) for run in runs]
    return ", ".join(words)


def _title_and_lead() -> tuple[str, str]:
    """The title and the first paragraph of the explainer's notebook."""
    notebook = json.loads((notebooks_dir() / "explainer.ipynb").read_text(encoding="utf-8"))
    title, first, *_ = "".join(notebook["cells"][0]["source"]).split("\n\n")
    return title.removeprefix("# "), re.sub(r"\[(.+?)\]\(.+?\)", r"\1", first)  # links lead nowhere on paper


def _qr(link: str) -> Markup:
    return Markup(segno.make_qr(link, error="m").svg_inline(border=2, omitsize=True))


def _template_file(name: str) -> Markup:
    return Markup((Path(__file__).parent / "templates" / name).read_text(encoding="utf-8"))
