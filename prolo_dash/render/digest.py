"""The explainer and lessons as plain text: question, sentence and table of every view. nbval compares it strictly."""

from collections.abc import Iterable

from prolo_dash.chapters.lessons.checks import Check
from prolo_dash.chapters.registry import CHAPTERS
from prolo_dash.evidence.library import Library
from prolo_dash.kit.controls import to_query
from prolo_dash.kit.view import Rendering, plain
from prolo_dash.render.lessons import Call, check_of, prediction_of, view_in_state


def digest(library: Library) -> str:
    """Every view's question, sentence and table rows, one a line."""
    lines = []
    for chapter in CHAPTERS:
        for view in chapter.views:
            rendering = view.render(library, view.default_state(library))
            lines += [f"[{view.key}] {view.worded(library.topic).question}", *_said(rendering), ""]
    return "\n".join(lines).rstrip()


def lesson_digest(library: Library, calls: Iterable[Call]) -> str:
    """The digest of a lesson: each view in the state it is shown in, predictions and checks with their answers."""
    lines = []
    for call in calls:
        if call.function == "predict":
            asked = prediction_of(library, call.names[0])
            answer = f"{asked.answer(library)} {asked.unit}"
            lines += [f"<{asked.key}> {asked.question}", answer, plain(asked.says(library)), asked.why, ""]
        elif call.function == "check":
            lines += [*_checked(check_of(library, call.names[0])), ""]
        if call.view:
            view, state = view_in_state(library, call.view, call.settings)
            lines += [f"[{view.key}] {to_query(state)}", *_said(view.render(library, state)), ""]
    return "\n".join(lines).rstrip()


def _checked(asked: Check) -> list[str]:
    answers = [f"{'+' if one.is_right else '-'} {one.letter}. {one.text} {one.why}" for one in asked.answers]
    return [f"<{asked.key}> {asked.question}", *answers]


def _said(rendering: Rendering) -> list[str]:
    plot = rendering.plot
    beside = [f"- {row.label}, {row.size}. {plain(' '.join(row.said))}" for row in plot.rows] if plot else []
    rows = [" | ".join(cell.text for cell in row.cells if cell.text) for row in rendering.table.rows]
    aside = [plain(rendering.aside)] if rendering.aside else []
    return [plain(rendering.sentence), *aside, *beside, *(f"- {row}" for row in rows)]
