"""A lesson on paper: a sheet for each pupil with boxes for guesses and checks, and a key for the teacher."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from markupsafe import Markup
from nbconvert.filters.markdown_mistune import markdown2html_mistune

from prolo_dash.chapters.lessons.checks import Check
from prolo_dash.chapters.registry import VIEW_BY_KEY
from prolo_dash.evidence.library import Library
from prolo_dash.kit.predictions import Prediction
from prolo_dash.kit.theme import LIGHT
from prolo_dash.render.handout import MARGIN, PAPERS
from prolo_dash.render.html import template
from prolo_dash.render.lessons import calls_in, check_of, prediction_of
from prolo_dash.render.notebooks import Notebook, notebook_files, notebooks_dir, read_notebook, source_of

DICE, JUDGE = "lesson_dice", "lesson_judge"  # views that pupils write something down for


@dataclass(frozen=True)
class LessonSheetOptions:
    """Options of a lesson's sheet. ``answers`` adds the key for the teacher."""

    lesson: str
    paper: str = "a4"
    answers: bool = False


def lesson_names() -> tuple[str, ...]:
    """The lessons that there are, by the names of their notebooks."""
    return tuple(path.stem for path in notebook_files(notebooks_dir()) if path.stem.startswith("lesson_"))


def lesson_sheet(library: Library, options: LessonSheetOptions) -> str:
    """The sheet as one HTML file that asks no host."""
    notebook = read_notebook(notebooks_dir() / f"{options.lesson}.ipynb", library)
    calls = list(calls_in(notebook.content))
    checks = [check_of(library, call.names[0]) for call in calls if call.function == "check"]
    asked = [prediction_of(library, call.names[0]) for call in calls if call.function == "predict"]
    views = {call.view for call in calls}
    return template("lesson_sheet.html.j2").render(
        title=notebook.title,
        begin=_begin(notebook),
        before=_at(checks, "before"),
        after=_at(checks, "after"),
        guesses=asked,
        has_dice=DICE in views,
        trials=_trials(library) if JUDGE in views else (),
        answers=options.answers,
        key=[_keyed(library, one) for one in asked],
        steps=list(_notes(notebook)) if options.answers else [],
        paper=PAPERS[options.paper],
        margin=MARGIN,
        colours=LIGHT,
        style=Markup((Path(__file__).parent / "templates" / "handout.css").read_text(encoding="utf-8")),
    )


def _at(checks: Iterable[Check], time: str) -> list[Check]:
    return [check for check in checks if check.time == time]


def _trials(library: Library) -> tuple[str, ...]:
    """The names of the trials that a class judges."""
    control: Any = VIEW_BY_KEY[JUDGE].controls(library)["trial"]
    return tuple(option.label for option in control.options)


def _keyed(library: Library, asked: Prediction) -> dict[str, Any]:
    return {
        "question": asked.question,
        "answer": f"{asked.answer(library)} {asked.unit}",
        "says": asked.says(library),
        "why": asked.why,
    }


def _begin(notebook: Notebook) -> Markup:
    """What stands under the title of a lesson."""
    titled = (text for cell in notebook.cells if (text := source_of(cell)).startswith("# "))
    return Markup(markdown2html_mistune(next(titled, "").partition("\n")[2]))


def _notes(notebook: Notebook) -> Iterable[tuple[str, Markup]]:
    """The heading of each step, and the notes for the teacher that stand in it."""
    heading, found = "", dict[str, str]()
    for cell in notebook.cells:
        text = source_of(cell)
        if cell["cell_type"] == "markdown" and text.startswith("## "):
            heading = text.split("\n")[0][3:]
        elif "teacher" in cell["metadata"].get("tags", []):
            found[heading] = found.get(heading, "") + f"\n\n{text}"
    return ((name, Markup(markdown2html_mistune(text))) for name, text in found.items())
