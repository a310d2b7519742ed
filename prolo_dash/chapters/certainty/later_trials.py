"""Later trials: what was found against the control, oldest first, one condition at a time."""

from dataclasses import dataclass
from itertools import pairwise

from prolo_dash.evidence.conditions import Condition
from prolo_dash.evidence.judged import registrations
from prolo_dash.evidence.judged_records import Registration
from prolo_dash.evidence.library import Library
from prolo_dash.evidence.records import Position, Study
from prolo_dash.evidence.topic import Topic
from prolo_dash.evidence.verdicts import Stated, Verdict, verdicts
from prolo_dash.kit import trial_labels
from prolo_dash.kit.charts import ChartRow, Panel, named_places, notes, stack, symbols
from prolo_dash.kit.controls import choice
from prolo_dash.kit.position_words import position_words
from prolo_dash.kit.registration_words import WHAT_BECAME
from prolo_dash.kit.theme import SHAPES
from prolo_dash.kit.topic_words import indefinite
from prolo_dash.kit.trial_mark_words import COLUMN, marks_cell, marks_key, marks_rule, row_marks
from prolo_dash.kit.view import Box, Cell, Chart, KeyEntry, Rendering, Row, SourceLink, Table, View
from prolo_dash.kit.wording import count, flag_reasons, grave_flag, listing, size_words, verb, weeks_words

_PLACE: dict[Stated, float] = {"favours_comparator": -1.0, "no_difference": 0.0, "favours_intervention": 1.0}
_SHORT: dict[Stated, str] = {
    "favours_intervention": "better",
    "no_difference": "no clear difference",
    "favours_comparator": "worse",
}
_PLACES = {-1.0: "worse", 0.0: "no clear<br>difference", 1.0: "better"}
_NAMED = 4  # trials that a text alternative names


@dataclass(frozen=True)
class LaterTrialsState:
    """Which condition."""

    condition: str = choice(
        "Condition",
        trial_labels.condition_options,
        trial_labels.first_condition,
        style="menu",
    )


@dataclass(frozen=True)
class Facts:
    """The verdicts on one condition, oldest first, and their context.

    ``silent`` are trials with a control that state no result, ``unpublished`` plans without a paper, ``positions``
    what was published on the condition.
    """

    topic: Topic
    condition: Condition
    told: tuple[Verdict, ...]
    silent: tuple[Study, ...]
    unpublished: tuple[Registration, ...]
    positions: tuple[Position, ...]

    def number(self, direction: Stated) -> int:
        """How many trials report one thing."""
        return sum(verdict.direction == direction for verdict in self.told)

    @property
    def changes(self) -> int:
        """How often a trial found something else than the one before it."""
        return sum(one.direction != two.direction for one, two in pairwise(self.told))


def facts(library: Library, state: LaterTrialsState) -> Facts:
    """The trials of one condition against the control."""
    condition = library.conditions[state.condition]
    told, silent = verdicts(library, state.condition)
    return Facts(
        topic=library.topic,
        condition=condition,
        told=tuple(told),
        silent=tuple(silent),
        unpublished=tuple(registrations(library, ("unpublished",), state.condition)),
        positions=tuple(p for p in library.package.positions if p.position_id in condition.verdicts),
    )


def render(library: Library, state: LaterTrialsState) -> Rendering:
    """The trials of one condition against the control, in time."""
    known = facts(library, state)
    silent = known.silent
    return Rendering(
        sentence=sentence(known),
        chart=_chart(library, known),
        table=_table(library, known),
        alt=_alt(known),
        how_to_read=_how_to_read(known.topic),
        sources=_sources(library, known),
        key=(
            KeyEntry(
                f"what the trial reports of {known.topic.intervention}, beside the {known.topic.control}", "prolo"
            ),
        ),
        marks_key=marks_key(library.topic) if known.told else "",
        chain=tuple(map(_published, known.positions)),
        listed_title=f"Listed, not drawn: {count(len(silent), 'trial')} that states no result" if silent else "",
        listed=trial_labels.listed(library, [(s, library.comparisons_of(s)) for s in silent], "better"),
    )


def _how_to_read(topic: Topic) -> tuple[str, ...]:
    return (
        f"Each row is a trial that compared {topic.intervention} with {indefinite(topic.control)}, the oldest at the "
        "top.",
        "Its mark shows what the paper reports for its main outcome, or else for its longest follow-up, while the "
        "groups were as randomised. The table says how many of its other results point elsewhere.",
        "“No clear difference” means that the difference found could well be chance. It does not show that the two are "
        "equal.",
        *marks_rule(topic),
    )


def _words(topic: Topic, direction: Stated) -> str:
    words = {
        "favours_intervention": f"better than the {topic.control}",
        "no_difference": "no clear difference",
        "favours_comparator": f"worse than the {topic.control}",
    }
    return words[direction]


def sentence(known: Facts) -> str:
    """What the trials report, how often that changed, and which were registered and never published."""
    return _found(known) + _never_published(known)


def _found(known: Facts) -> str:
    label, told = known.condition.in_words, known.told
    a_control = indefinite(known.topic.control)
    if not told:
        return f"No trial on {label} reports a result against {a_control} in the pages we saw."
    if len(told) == 1:
        missed = " What it found on its main outcome was not reported where we looked." if told[0].main_not_seen else ""
        return (
            f"One trial on {label} reports a result against {a_control}: "
            f"**{_words(known.topic, told[0].direction)}**. It is {told[0].trial} "
            f"({trial_labels.what(told[0].comparison)}).{missed} No later trial repeated it."
        )
    first, last = told[0].year, told[-1].year
    span = f"from {first} to {last}" if first != last else f"of {first}"
    change = f" From one to the next, the finding changed **{known.changes}** times." if known.changes > 1 else ""
    trials = count(len(told), "trial")
    return f"{trials} on {label} {span} report a result against {a_control}. Of these, {_counts(known)}.{change}"


def _counts(known: Facts) -> str:
    worse = known.number("favours_comparator")
    parts = [
        f"**{known.number('favours_intervention')}** reported that {known.topic.intervention} did better",
        f"**{known.number('no_difference')}** reported no clear difference",
    ]
    return listing([*parts, f"**{worse}** that it did worse"] if worse else parts)


def _never_published(known: Facts) -> str:
    silent = [plan for plan in known.unpublished if plan.may_have_results]
    others = [plan for plan in known.unpublished if plan not in silent]
    were = f"{count(len(silent), 'trial')} {verb(len(silent), 'was', 'were')}"
    apart = "".join(f" The registered trial {_plan(p)} {WHAT_BECAME[p.what_became]}." for p in others if p.what_became)
    named = listing(_plan(plan) for plan in silent)
    return (f" Beside these, {were} registered of which we saw no paper: {named}." if silent else "") + apart


def _plan(plan: Registration) -> str:
    return plan.registry_id or plan.trial


def _chart(library: Library, known: Facts) -> Chart:
    told = known.told
    if not told:
        return stack(())
    y = list(range(len(told)))
    x = [_PLACE[v.direction] for v in told]
    ids = [v.study.study_id for v in told]
    marks = symbols(
        y,
        x,
        [SHAPES[v.comparison.condition.symbol] for v in told],
        [_words(known.topic, v.direction) for v in told],
        size=15,
        ids=ids,
        colour="prolo",
    )
    texts = [_SHORT[v.direction] for v in told]
    panel = Panel("", "", (-1.6, 2.6), tuple(_label(library, v) for v in told), (marks, notes(y, x, texts, ids=ids)))
    return named_places(stack((panel,)), (_PLACES,))


def _label(library: Library, verdict: Verdict) -> ChartRow:
    comparison = verdict.comparison
    detail = f"{size_words(comparison)}, {trial_labels.what(comparison)}, {weeks_words(comparison.outcome.weeks)}"
    return ChartRow(verdict.trial, detail, grave_flag(comparison), marks=row_marks(library, verdict.study))


def _table(library: Library, known: Facts) -> Table:
    columns = ("Trial", "Size", "Main result", "Reported", "Other results", COLUMN)
    caption = f"Trials against {indefinite(known.topic.control)}, oldest first."
    return Table(caption, columns, tuple(_row(library, v) for v in known.told))


def _row(library: Library, v: Verdict) -> Row:
    comparison = v.comparison
    assert comparison.control is not None
    p = f"p {v.contrast.p}" if v.contrast.p else "p not seen"
    rest = f"{v.elsewhere} of {v.statements} results point elsewhere" if v.statements > 1 else "none stated"
    cells = (
        Cell(v.trial, comparison.condition.label),
        Cell(size_words(comparison)),
        Cell(trial_labels.what(comparison), weeks_words(comparison.outcome.weeks)),
        Cell(_words(library.topic, v.direction), f"{p}; against {comparison.control.arm.label}"),
        Cell(rest),
        marks_cell(library, v.study),
    )
    printed_note = (v.contrast.notes,) if v.contrast.notes else ()
    return Row(v.study.study_id, cells, (*printed_note, *flag_reasons(comparison)))


def _published(position: Position) -> Box:
    text = f"It {position_words(position)}. {position.notes or ''}".strip()
    return Box("What was published on it", position.organisation, text)


def _sources(library: Library, known: Facts) -> tuple[SourceLink, ...]:
    reviews = [library.source(p.source_id) for p in known.positions if p.source_id]
    return (
        *trial_labels.source_links(library, [v.comparison for v in known.told]),
        *(trial_labels.source_link(source, "the review's verdict") for source in reviews),
    )


def _alt(known: Facts) -> str:
    told = known.told
    if not told:
        return f"No marks: no trial reports a result against {indefinite(known.topic.control)}."
    counted = ((known.number(direction), _words(known.topic, direction)) for direction in _SHORT)
    found = listing(f"{n} {words}" for n, words in counted if n)
    named = told if len(told) <= _NAMED else (told[0], told[-1])
    which = "" if len(named) == len(told) else ", the first and the last"
    said = "; ".join(f"{v.trial}: {_SHORT[v.direction]}" for v in named)
    return (
        f"{count(len(told), 'trial')} on {known.condition.label}: {found}. A row for each, oldest first{which}: {said}."
    )


VIEW = View(
    key="certainty_later",
    question="Did later trials find the same?",
    state=LaterTrialsState,
    render=render,
    for_class="A first trial finds a large gain, the next finds none. Name three things that could explain it.",
    facts=facts,
    counts_trials=True,
)
