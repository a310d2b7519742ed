"""What would you need to know? One trial as a row of boxes, each closed until a class asks for it."""

from prolo_dash.chapters.lessons.judged_trial.facts import FACT, KEYS, LABELS, FactKey, Facts, JudgedState, facts
from prolo_dash.evidence.library import Library
from prolo_dash.kit.charts import stack
from prolo_dash.kit.protection_words import (
    NOT_SEEN,
    OURS,
    answer_words,
    overall_words,
    protection_sources,
    short_answer,
)
from prolo_dash.kit.trial_labels import size_of, source_link
from prolo_dash.kit.view import Box, Cell, Rendering, Row, Table, View
from prolo_dash.kit.wording import capitalised, count

_CLOSED = "?"


def render(library: Library, state: JudgedState) -> Rendering:
    """The facts that are asked for, and how many are still closed."""
    known = facts(library, state)
    boxes = tuple(_box(known, key) for key in KEYS)
    return Rendering(
        sentence=_sentence(known),
        chart=stack(()),
        table=_table(known, boxes),
        alt=f"No chart: {len(known.shown)} of {len(KEYS)} boxes on {known.trial} are open.",
        how_to_read=_HOW_TO_READ,
        sources=(source_link(library.source(known.study.source_id)), *protection_sources(known.protection)),
        chain=boxes,
    )


_HOW_TO_READ = (
    "Pick the facts that you want to see before you judge the trial. Each opens a box.",
    "“Not seen” means: the pages we read do not tell it. That is neither a yes nor a no.",
    "“Worked out by us” means: no page says it, but it follows from what one says.",
)


def _sentence(known: Facts) -> str:
    asked = len(known.shown)
    unseen = sum(key in FACT and not known.known(key).statements for key in known.shown)
    start = f"{known.trial}: **{asked} of {len(KEYS)}** facts are shown."
    if not asked:
        return f"{known.trial}: no fact is shown yet."
    rest = f" Of these, **{unseen}** {'was' if unseen == 1 else 'were'} not seen where we looked." if unseen else ""
    return start + rest


def _box(known: Facts, key: FactKey) -> Box:
    if key not in known.shown:
        return Box(LABELS[key], _CLOSED, "")
    strong, text = _ANSWERS[key](known) if key in _ANSWERS else _told(known, key)
    return Box(LABELS[key], strong, text)


def _people(known: Facts) -> tuple[str, str]:
    return size_of(known.study).strip().rstrip(".") or capitalised(NOT_SEEN), f"{known.study.population}."


def _compared(known: Facts) -> tuple[str, str]:
    first, *more = [arm.label for arm in known.others] or ["Nothing"]
    return first, "; ".join(more)


def _judged(known: Facts) -> tuple[str, str]:
    said = overall_words(known.protection)
    bias = "Risk of bias: how easily the way a trial was made can push its result to one side."
    return capitalised(said or NOT_SEEN), bias if "bias" in said else ""


_ANSWERS = {"people": _people, "compared": _compared, "judged": _judged}


def _told(known: Facts, key: FactKey) -> tuple[str, str]:
    """The answer of the pages, with the value or the note that goes with it."""
    found = known.known(key)
    values = dict.fromkeys((said.note if key == "registered" else said.value) or "" for said in found.statements)
    told = [*(value.rstrip(".") for value in values if value), *([OURS] if found.inferred else [])]
    return capitalised(short_answer(found) if key == "lost" else answer_words(found)), "; ".join(told)


def _table(known: Facts, boxes: tuple[Box, ...]) -> Table:
    rows = (
        Row(f"{known.study.study_id}.{key}", (Cell(box.title), Cell(box.strong), Cell(box.text)))
        for key, box in zip(KEYS, boxes, strict=True)
        if key in known.shown
    )
    caption = f"{known.trial}: {count(len(known.shown), 'fact')}."
    return Table(caption, ("Fact", "Answer", "More"), tuple(rows))


VIEW = View(
    key="lesson_judge",
    question="What would you need to know?",
    state=JudgedState,
    render=render,
    facts=facts,
    for_class="Which fact changed your mind most? Which one is missing, and what would you do without it?",
)
