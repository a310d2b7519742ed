"""Numbers of the article as it tells them: first the intervention group's alone, then the control group's beside it."""

from prolo_dash.chapters.lessons.article.facts import Facts, NumberState, facts
from prolo_dash.evidence.comparison import ArmFigure
from prolo_dash.evidence.library import Library
from prolo_dash.kit import trial_labels
from prolo_dash.kit.icon_array import Group, IconArray
from prolo_dash.kit.theme import ROLE_COLOUR
from prolo_dash.kit.view import Cell, Rendering, Row, SourceLink, Table, View, plain
from prolo_dash.kit.wording import capitalised, listing, per_hundred, plural, printed, weeks_words

_SWITCHED = " By then many had switched: these groups are **not as randomised**."


def _render_alone(library: Library, state: NumberState) -> Rendering:
    known = facts(library, state)
    figure = known.told.intervention
    sentence = (
        f"**{_hundred(figure)} of 100** after {known.topic.intervention}: {_when(known)} later. That is the number the "
        f"article begins with.{plain(_SWITCHED) if not known.told.as_randomised else ''}"
    )
    return _rendering(library, known, (figure,), sentence)


def _render_beside(library: Library, state: NumberState) -> Rendering:
    known = facts(library, state)
    return _rendering(library, known, _pair(known), _beside(known) + _made(known))


def _pair(known: Facts) -> tuple[ArmFigure, ...]:
    control = known.told.control
    pair = (known.told.intervention, control) if control else (known.told.intervention,)
    return tuple(figure for figure in pair if figure.gain is not None)


def _beside(known: Facts) -> str:
    of = listing(f"**{_hundred(figure)}** {_after(known, figure)}" for figure in _pair(known))
    return f"Of 100 {plural(known.told)}, {of}: {_when(known)} later."


def _made(known: Facts) -> str:
    """How the groups came about, with the numbers as randomised where these are not."""
    if known.told.as_randomised:
        return ""
    first = known.drawn[0]
    others = (first.intervention, first.control)
    shares = listing(_hundred(f) for f in others if f and f.gain is not None)
    when = weeks_words(first.outcome.weeks)
    return _SWITCHED + (f" At {when}, when they were, it was {shares}." if first is not known.told else "")


def _rendering(library: Library, known: Facts, figures: tuple[ArmFigure, ...], sentence: str) -> Rendering:
    """A square for each of a hundred, filled for those counted as better."""
    return Rendering(
        sentence=sentence,
        chart=IconArray(tuple(_grid(known, figure) for figure in figures)),
        table=_table(known, figures),
        alt=f"{plain(sentence)} A hundred squares for each group; those counted as better are filled.",
        how_to_read=_how_to_read(known, figures),
        sources=(
            SourceLink(known.topic.article, None, known.topic.article_note),
            *trial_labels.source_links(library, known.drawn),
        ),
    )


def _grid(known: Facts, figure: ArmFigure) -> Group:
    title, role = capitalised(_after(known, figure)), figure.arm.role
    return Group(
        _key(known, figure), title, ROLE_COLOUR[role], role == "control", int(_hundred(figure)), (_when(known),)
    )


def _key(known: Facts, figure: ArmFigure) -> str:
    return f"{known.told.comparison_id}.{figure.arm.arm_id}"


def _hundred(figure: ArmFigure) -> str:
    return per_hundred(figure.gain or 0.0)


def _after(known: Facts, figure: ArmFigure) -> str:
    control = figure.arm.role == "control"
    return f"after the {known.topic.control}" if control else f"after {known.topic.intervention}"


def _when(known: Facts) -> str:
    return f"{trial_labels.what(known.told)}, {weeks_words(known.told.outcome.weeks)}"


def _how_to_read(known: Facts, figures: tuple[ArmFigure, ...]) -> tuple[str, ...]:
    counts = listing(f"{printed(figure)} {_after(known, figure)}" for figure in figures)
    return (
        "Each square stands for one of a hundred. What is filled was counted as better.",
        f"The numbers come from {known.trial}: {counts}.",
        *([] if known.told.as_randomised else ["These groups are not as randomised: many had switched by then."]),
    )


def _table(known: Facts, figures: tuple[ArmFigure, ...]) -> Table:
    columns = ("Group", "What was counted", "As printed")
    return Table("What the article tells.", columns, tuple(_row(known, figure) for figure in figures))


def _row(known: Facts, figure: ArmFigure) -> Row:
    cells = (Cell(capitalised(_after(known, figure)), figure.arm.label), Cell(_when(known)), Cell(printed(figure)))
    return Row(_key(known, figure), cells)


ALONE = View(
    key="lesson_number",
    question="What would you ask before you believe this number?",
    state=NumberState,
    render=_render_alone,
    facts=facts,
    for_class="Raise your hand if this number makes you think that it helps. What else would you like to know?",
)
BESIDE = View(
    key="lesson_beside",
    question="Two groups: what did the other one get?",
    state=NumberState,
    render=_render_beside,
    facts=facts,
    for_class="What do you think now, compared with the number alone? What would you ask about the two groups?",
)
