"""The page of a lesson for a class, without what stands behind its questions, and what each question's reveal unlocks.

On an ordinary page answers are in inert templates, which any phone can read in the page's source. Here these templates
are empty and numbered; their content is kept in parts that a server hands out after the reveal.
"""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from html.parser import HTMLParser

from prolo_dash.evidence.library import Library
from prolo_dash.render.lessons import check_of, prediction_of
from prolo_dash.render.notebooks import Notebook
from prolo_dash.render.page import page

UP = "../../"  # from the page of a class, class/CODE/lesson.html, to the explainer's address
_PACK = re.compile(r'(<section class="view[^>]*? data-view="(\w+)"[^>]*?) data-pack="[^"]*"')


@dataclass(frozen=True)
class Question:
    """A question of a lesson: the whole numbers that may be guessed, and the questions that it stands behind.

    ``kind`` is "number", or "choice", whose numbers are those of its options. ``words`` and ``answer`` are for the
    teacher alone.
    """

    key: str
    kind: str
    low: int
    high: int
    step: int
    behind: frozenset[str]
    words: str = ""
    answer: int | None = None

    def takes(self, value: int) -> bool:
        """Whether a number may be guessed."""
        return self.low <= value <= self.high and (value - self.low) % self.step == 0


@dataclass(frozen=True)
class Withheld:
    """A page in whose templates nothing stands, its questions, and the parts by question and number of template."""

    page: str
    questions: tuple[Question, ...]
    parts: dict[str, dict[str, str]]


def withheld_page(library: Library, notebook: Notebook, *, share: str = "", theme: str = "") -> Withheld:
    """The page of a lesson, or of the explainer, for a class; NotPreparedError for one that needs a kernel.

    Other parameters as of ``page``. The teacher's notes, which hold answers, are left out.
    """
    cells = [cell for cell in notebook.cells if "teacher" not in cell.get("metadata", {}).get("tags", [])]
    for_pupils = replace(notebook, content=notebook.content | {"cells": cells})
    found = cut(page(library, for_pupils, live=True, share=share, theme=theme, up=UP, for_class=True))
    return replace(found, questions=tuple(_with_answer(library, one) for one in found.questions))


def _with_answer(library: Library, question: Question) -> Question:
    if question.kind == "choice":
        check = check_of(library, question.key)
        return replace(question, words=check.question, answer=check.answers.index(check.right))
    asked = prediction_of(library, question.key)
    return replace(question, words=asked.question, answer=asked.answer(library))


def cut(html: str) -> Withheld:
    """A page cut at its templates of answers.

    A template belongs to the last question that begins before it. A view that comes again has no prepared states, for
    these hold every state of it, also the one behind a question.
    """
    times = Counter(re.findall(r'data-view="(\w+)"', html))
    cutter = _Cutter(_PACK.sub(lambda found: found[1] if times[found[2]] > 1 else found[0], html))
    return Withheld(cutter.page.text, tuple(cutter.questions), cutter.parts)


@dataclass
class _Piece:
    """The page, or the content of one template: the text so far, and the question that it belongs to.

    ``is_kept`` is false for what no phone gets.
    """

    gate: str = ""
    number: int = 0
    depth: int = 0
    is_kept: bool = True
    texts: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        return "".join(self.texts)


class _Cutter(HTMLParser):
    """Reads a page once, and sorts its text into pieces."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=False)
        self.page = _Piece()
        self.questions: list[Question] = []
        self.parts: dict[str, dict[str, str]] = {}
        self._html = html
        self._lines = [0, *(line.end() for line in re.finditer("\n", html))]
        self._open = [self.page]
        self._read_to = 0  # up to where the text has been sorted
        self._depth = self._templates = 0
        self.feed(html)
        self.close()
        self._keep(len(html))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note a question; begin a piece at a template."""
        known = {name: value or "" for name, value in attrs}
        if "data-question" in known:
            self._ask(known)
        if tag != "template":
            return
        self._depth += 1
        is_for_presenting = "data-guesses" in known  # of the explainer, with its answers
        if not is_for_presenting and "data-answer" not in known:
            return
        start = self._offset()
        self._keep(start)
        self._read_to = start + len(self.get_starttag_text() or "")
        if is_for_presenting:
            self._open.append(_Piece(depth=self._depth, is_kept=False))
            return
        self._templates += 1
        self._open[-1].texts.append(f'<template data-answer data-part="{self._templates}">')
        gate = self.questions[-1].key if self.questions else ""
        self._open.append(_Piece(gate, self._templates, self._depth, self._open[-1].is_kept and bool(gate)))

    def handle_endtag(self, tag: str) -> None:
        """End the piece of a template."""
        if tag != "template":
            return
        if self._open[-1].depth == self._depth and len(self._open) > 1:
            self._keep(self._offset())
            piece = self._open.pop()
            if piece.is_kept:
                self.parts.setdefault(piece.gate, {})[str(piece.number)] = piece.text
            elif not piece.number:
                self._read_to += len("</template>")
        self._depth -= 1

    def _ask(self, known: dict[str, str]) -> None:
        if not self._open[-1].is_kept or known["data-question"] in {one.key for one in self.questions}:
            return
        is_choice = known.get("data-kind") == "choice"
        self.questions.append(
            Question(
                key=known["data-question"],
                kind="choice" if is_choice else "number",
                low=0 if is_choice else int(known["data-low"]),
                high=int(known["data-options"]) - 1 if is_choice else int(known["data-high"]),
                step=1 if is_choice else int(known.get("data-step", 1)),
                behind=frozenset(_gates(self._open)),
            )
        )

    def _offset(self) -> int:
        line, column = self.getpos()
        return self._lines[line - 1] + column

    def _keep(self, to: int) -> None:
        self._open[-1].texts.append(self._html[self._read_to : to])
        self._read_to = to


def _gates(pieces: Iterable[_Piece]) -> Iterable[str]:
    return (piece.gate for piece in pieces if piece.gate)
