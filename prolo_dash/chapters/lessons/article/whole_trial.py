"""All groups of the trial behind a number, at the time that the article tells and while they were as randomised."""

from prolo_dash.chapters.lessons.article.facts import Facts, NumberState, facts, groups_of
from prolo_dash.chapters.lessons.group_bars import group_bars
from prolo_dash.evidence.comparison import Comparison
from prolo_dash.evidence.library import Library
from prolo_dash.kit import trial_labels
from prolo_dash.kit.charts import ChartRow
from prolo_dash.kit.scales import PER_100
from prolo_dash.kit.theme import ROLE_COLOUR, ROLE_FILL
from prolo_dash.kit.topic_words import role_name
from prolo_dash.kit.view import Cell, KeyEntry, Rendering, Row, Table, View, plain
from prolo_dash.kit.wording import capitalised, flag_reasons, listing, per_hundred, plural, printed, weeks_words


def render(library: Library, state: NumberState) -> Rendering:
    """The groups at each time."""
    known = facts(library, state)
    return Rendering(
        sentence=_sentence(known),
        chart=group_bars(known.drawn, groups_of, _label),
        table=_table(known),
        alt=_alt(known),
        how_to_read=_how_to_read(known),
        sources=trial_labels.source_links(library, known.drawn),
        key=_key(known),
        listed_title="Warnings for this trial",
        listed=trial_labels.warnings(known.told),
    )


def _label(comparison: Comparison) -> ChartRow:
    counts = listing(printed(figure) for figure in groups_of(comparison))
    how = "as randomised" if comparison.as_randomised else "not as randomised"
    return ChartRow(capitalised(weeks_words(comparison.outcome.weeks)), counts, how)


def _sentence(known: Facts) -> str:
    return f"{known.trial}, {trial_labels.what(known.told)}. {' '.join(_said(known, c) for c in known.drawn)}"


def _said(known: Facts, comparison: Comparison) -> str:
    """What the groups had at one time, and how they were made."""
    topic = known.topic
    names = {"intervention": topic.intervention, "control": f"the {topic.control}", "untreated": topic.untreated}
    of = [f"**{per_hundred(f.gain or 0.0)}** after {names.get(f.arm.role, topic.other)}" for f in groups_of(comparison)]
    how = "" if comparison.as_randomised else " By then many had switched: these groups are **not as randomised**."
    when = capitalised(weeks_words(comparison.outcome.weeks))
    return f"{when}: {listing(of)}, of 100 {plural(comparison)}.{how}"


def _how_to_read(known: Facts) -> tuple[str, ...]:
    unit = known.told.study.unit
    counted = [] if unit == "person" else [f"A {unit} is counted, not a person: some people have two in the trial."]
    return (
        "Each bar is one group at one time, and its line the 95% interval. A small group has a long line.",
        "As randomised: chance put each into its group. Not as randomised: some have moved to another one since.",
        *counted,
    )


def _key(known: Facts) -> tuple[KeyEntry, ...]:
    roles = dict.fromkeys(figure.arm.role for c in known.drawn for figure in groups_of(c))
    return tuple(KeyEntry(role_name(known.topic, role), ROLE_COLOUR[role], ROLE_FILL[role]) for role in roles)


def _table(known: Facts) -> Table:
    columns = ("Time", *(role_name(known.topic, figure.arm.role) for figure in groups_of(known.told)))
    caption = f"{known.trial}: of 100, with the 95% interval; the counts under each."
    return Table(caption, tuple(map(capitalised, columns)), tuple(_row(c) for c in known.drawn))


def _row(comparison: Comparison) -> Row:
    groups = (
        Cell(PER_100.interval(e), f"{f.arm.label}: {printed(f)}")
        for f in groups_of(comparison)
        if (e := f.gain_estimate)
    )
    how = "as randomised" if comparison.as_randomised else "not as randomised"
    cells = (Cell(capitalised(weeks_words(comparison.outcome.weeks)), how), *groups)
    return Row(comparison.comparison_id, cells, flag_reasons(comparison))


def _alt(known: Facts) -> str:
    return f"{plain(_sentence(known))} The chart has a bar for each group at each time."


VIEW = View(
    key="lesson_trial",
    question="Who was in these groups, and when?",
    state=NumberState,
    render=render,
    facts=facts,
    for_class="Who would want to switch to another group half-way? What does that do to the last numbers?",
)
