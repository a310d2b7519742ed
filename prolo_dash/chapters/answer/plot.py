"""The effect direction plot of the answers: marks, and what stands beside them."""

from collections import Counter

from prolo_dash.chapters.answer import row_words, words
from prolo_dash.chapters.answer.facts import Facts
from prolo_dash.evidence.answers import CarryingTrial, ConditionAnswer
from prolo_dash.evidence.blinding import CouldTell
from prolo_dash.evidence.directions import COMPARATORS, DOMAINS, DirectionMark
from prolo_dash.evidence.records import Direction, Domain, Role
from prolo_dash.evidence.topic import Topic
from prolo_dash.kit.blinding_words import COULD_TELL
from prolo_dash.kit.direction_plot import DirectionPlot, Fill, KeyLine, PlotCell, PlotLine, PlotMark, PlotRow, PlotTrial
from prolo_dash.kit.theme import ROLE_COLOUR
from prolo_dash.kit.topic_words import indefinite, role_name
from prolo_dash.kit.trial_mark_words import mark_glyphs, marks_key
from prolo_dash.kit.wording import grave_flag, grave_reasons, listing

COLUMNS: dict[Domain, str] = {"pain": "Pain", "function": "Function", "better": "Counted as better"}

_DIRECTION: dict[Direction, str] = {
    "favours_intervention": "better",
    "no_difference": "no clear difference",
    "favours_comparator": "worse",
    "not_stated": "not stated",
}
_FILL: dict[CouldTell, Fill] = {"no": "filled", "unclear": "half", "yes": "hollow", "not_seen": "dashed"}


def direction_words(direction: Direction) -> str:
    """What a trial states, in a word or two."""
    return _DIRECTION[direction]


def people_words(mark: DirectionMark) -> str:
    """How many are in the two groups; the whole trial's size is told where theirs was not seen."""
    if mark.people:
        return f"{mark.people} {_counted_in(mark)}"
    whole = mark.study.n_randomised or mark.study.n_analysed
    return f"size of these groups not seen, {whole} in all" if whole else "size not seen"


def _counted_in(mark: DirectionMark) -> str:
    return "people" if mark.study.unit == "person" else f"{mark.study.unit}s"


def plot(known: Facts) -> DirectionPlot:
    """A row for each chosen condition, and the key of marks."""
    return DirectionPlot(
        columns=tuple(COLUMNS.values()),
        said="What was found, and how sure that is",
        rows=tuple(_row(known, answer) for answer in known.answers),
        key=_key(known.topic),
    )


def _row(known: Facts, answer: ConditionAnswer) -> PlotRow:
    marks, is_single = answer.marks, len(known.answers) == 1
    carrying = answer.carrying if is_single else ()
    return PlotRow(
        key=answer.condition.condition_id,
        symbol=answer.condition.symbol,
        label=answer.condition.label,
        size=row_words.size(answer),
        cells=tuple(_cell(known, [mark for mark in marks if mark.domain == domain]) for domain in DOMAINS),
        found="" if is_single else words.found(known, answer),
        summary=row_words.summary(answer),
        carrying_title=row_words.CARRYING if carrying else "",
        carrying=tuple(_carrying(known.topic, trial) for trial in carrying),
        made_key=marks_key(known.topic) if carrying else "",
        counted_note=row_words.COUNTED if carrying else "",
        left_title=row_words.left_title(known, answer),
        left=tuple(PlotLine(row_words.left_words(left), grave_flag(left.comparison)) for left in answer.left),
        reviews=row_words.reviews_words(known.topic, answer, in_full=is_single),
        doubts_title=row_words.doubts_title(answer),
        doubts=tuple(row_words.doubt_words(known.topic, doubt) for doubt in answer.doubts),
        doubts_note=row_words.FEWER_DOUBTS if is_single and answer.doubts else "",
    )


def _carrying(topic: Topic, trial: CarryingTrial) -> PlotTrial:
    """A trial of the sentence; its mark is that of the outcome counted there."""
    verdict = trial.verdict
    fill, colour = _FILL[trial.could_tell], ROLE_COLOUR["control"]
    return PlotTrial(
        name=verdict.trial,
        mark=PlotMark(verdict.direction, colour, fill, trial.people, _DIRECTION[verdict.direction]),
        text=row_words.carrying_words(trial, _DIRECTION[verdict.direction]),
        made=mark_glyphs(topic, trial.marks),
        flags=grave_reasons(verdict.comparison),
    )


def _cell(known: Facts, marks: list[DirectionMark]) -> PlotCell:
    """Marks against the control first, each kind from better to worse, the larger trials first."""
    directions = list(_DIRECTION)
    ordered = sorted(
        marks, key=lambda m: (COMPARATORS.index(m.role), directions.index(m.direction), -(m.people or 0), m.trial)
    )
    groups = [_counted(known.topic, role, [m for m in ordered if m.role == role]) for role in COMPARATORS]
    counted = "; ".join(group for group in groups if group)
    return PlotCell(tuple(_mark(known.topic, mark) for mark in ordered), counted or "no trial")


def _counted(topic: Topic, role: Role, marks: list[DirectionMark]) -> str:
    """``2 better and 1 worse against a control injection``; empty without a mark."""
    if not marks:
        return ""
    counts = Counter(mark.direction for mark in marks)
    counted = listing(f"{counts[way]} {words}" for way, words in _DIRECTION.items() if counts[way])
    return f"{counted} against {_compared_with(topic)[role]}"


def _compared_with(topic: Topic) -> dict[Role, str]:
    return {"control": indefinite(topic.control), "untreated": topic.untreated, "other": topic.other}


def _mark(topic: Topic, mark: DirectionMark) -> PlotMark:
    against = f"against {role_name(topic, mark.role)}"
    said = f"{mark.trial}: {_DIRECTION[mark.direction]}, {against}; {people_words(mark)}; {COULD_TELL[mark.could_tell]}"
    if flag := grave_flag(mark.comparison):
        said = f"{said}; {flag}"
    colour, fill = ROLE_COLOUR[mark.role], _FILL[mark.could_tell]
    name = f"{mark.trial}, {COLUMNS[mark.domain].lower()}, {_DIRECTION[mark.direction]} {against}, {people_words(mark)}"
    return PlotMark(mark.direction, colour, fill, mark.people, said, mark.study.study_id, name)


_SAMPLE = 40  # people of a mark in the key


def _key(topic: Topic) -> tuple[KeyLine, ...]:
    """What direction, colour, fill and size of a mark say."""
    directions: tuple[tuple[Direction, str], ...] = (
        ("favours_intervention", f"{topic.intervention} better"),
        ("no_difference", "no clear difference"),
        ("favours_comparator", "worse"),
        ("not_stated", "not stated"),
    )
    fills: tuple[tuple[Fill, str], ...] = (
        ("filled", "could not tell what they got"),
        ("half", "not clear"),
        ("hollow", "could tell"),
        ("dashed", "not seen"),
    )
    return (
        KeyLine("The trial says", tuple(PlotMark(way, "ink", "filled", _SAMPLE, text) for way, text in directions)),
        KeyLine(
            "Compared with",
            tuple(_up(ROLE_COLOUR[role], "filled", name) for role, name in _compared_with(topic).items()),
        ),
        KeyLine("People", tuple(_up("soft", fill, text) for fill, text in fills)),
        KeyLine("Size", (_up("soft", "hollow", "larger: more people", 4 * _SAMPLE),)),
    )


def _up(colour: str, fill: Fill, label: str, people: int = _SAMPLE) -> PlotMark:
    return PlotMark("favours_intervention", colour, fill, people, label)
