"""What is missing: how much of each comparison could be read, and what a better trial would have to look like."""

from dataclasses import dataclass

from prolo_dash.evidence.comparison import Completeness
from prolo_dash.evidence.completeness import best_seen, people_compared
from prolo_dash.evidence.conditions import Condition
from prolo_dash.evidence.library import Library
from prolo_dash.evidence.records import Source, Study
from prolo_dash.evidence.topic import Topic
from prolo_dash.kit import trial_labels
from prolo_dash.kit.charts import ChartRow, Panel, bars, notes, stack
from prolo_dash.kit.controls import steps
from prolo_dash.kit.theme import Fill
from prolo_dash.kit.topic_words import indefinite
from prolo_dash.kit.view import Box, Cell, Chart, Rendering, Row, Table, View
from prolo_dash.kit.wording import COMPLETENESS, NOTHING_CHOSEN, capitalised, count, listing
from prolo_dash.stats.replay import sample_size_counts

_SEEN = COMPLETENESS | {Completeness.NOT_SEEN: "nothing that compares the groups"}
_CONTROL_SHARE = 0.4  # the share counted as better after the control that sizes are worked out for


@dataclass(frozen=True)
class MissingResultsState:
    """Which conditions, and the smallest difference that people would care about (per 100)."""

    conditions: tuple[str, ...] = trial_labels.conditions()
    difference: int = steps("The smallest difference you would care about, in 100 people", 5, 40, 5, 15)


@dataclass(frozen=True)
class ReadTrial:
    """How much of one trial could be read, and how many were in its intervention and control groups."""

    study: Study
    trial: str
    has_namesake: bool
    condition: Condition
    source: Source
    seen: Completeness
    compared: int | None


@dataclass(frozen=True)
class Facts:
    """The chosen trials, and how many people a trial needs in each group to find a difference (per 100)."""

    topic: Topic
    trials: tuple[ReadTrial, ...]
    difference: int
    needed: int

    @property
    def by_completeness(self) -> dict[Completeness, list[ReadTrial]]:
        """The trials of each level, the most complete first; levels without any too."""
        return {level: [t for t in self.trials if t.seen is level] for level in reversed(Completeness)}

    @property
    def largest(self) -> ReadTrial | None:
        """The trial with the most people in the groups compared with the control."""
        return max((t for t in self.trials if t.compared), key=lambda t: t.compared or 0, default=None)


def facts(library: Library, state: MissingResultsState) -> Facts:
    """What could be read of the chosen trials, and the size that a better one needs."""
    return Facts(
        topic=library.topic,
        trials=tuple(_read(library, study) for study in library.trials_on(state.conditions)),
        difference=state.difference,
        needed=sample_size_counts(_CONTROL_SHARE, state.difference / 100),
    )


def _read(library: Library, study: Study) -> ReadTrial:
    return ReadTrial(
        study=study,
        trial=library.name(study),
        has_namesake=library.has_namesake(study),
        condition=library.condition_of(study),
        source=library.source(study.source_id),
        seen=best_seen(library, study),
        compared=people_compared(library, study),
    )


def render(library: Library, state: MissingResultsState) -> Rendering:
    """Completeness of the chosen trials, and the size a better trial needs."""
    known = facts(library, state)
    return Rendering(
        sentence=sentence(known),
        chart=_chart(known),
        table=_table(known),
        alt=_alt(known),
        how_to_read=_how_to_read(known.topic),
        sources=tuple(trial_labels.source_link(t.source, "") for t in known.trials),
        chain=_better(known),
    )


def _how_to_read(topic: Topic) -> tuple[str, ...]:
    return (
        "Each trial is counted once, by its most complete comparison. We read public abstracts, tables and reviews, "
        "seldom a full paper; a figure we did not see may well be in print. Where a paper prints an "
        "interval that can't be computed from its other figures, it is shown elsewhere on this page but not counted "
        "here.",
        f"The size is for a trial with two groups, 40 of 100 counted as better after the {topic.control}, 80% power "
        "and p below 0.05, with the usual correction for counts (Fleiss). No allowance is made for people who drop "
        "out.",
        "What difference matters is for people with the condition to say. Move it, and see how the size changes.",
    )


def sentence(known: Facts) -> str:
    """How many trials allow an interval, the size that is needed, and the largest that there is."""
    if not known.trials:
        return NOTHING_CHOSEN
    full = sum(t.seen is Completeness.COMPLETE for t in known.trials)
    start = f"For **{full} of {count(len(known.trials), 'trial')}** we saw enough to compute an interval."
    if len(known.trials) == 1:
        start = f"For the one trial shown we {'saw' if full else 'did not see'} enough to compute an interval."
    size = (
        f"To find a difference of {known.difference} in 100 people with 80% power, a trial needs about "
        f"**{known.needed:,} people in each group**, {2 * known.needed:,} in all."
    )
    if known.largest is None:
        return f"{start} {size}"
    return (
        f"{start} {size} The largest shown with {indefinite(known.topic.control)}, {known.largest.trial}, had "
        f"{known.largest.compared} in the groups compared."
    )


def _better(known: Facts) -> tuple[Box, ...]:
    need = known.needed
    return (
        Box(
            "How many",
            f"{2 * need:,} people",
            f"Half in each of two groups, to find {known.difference} in 100 with 80% power.",
        ),
        Box(
            "Compared with",
            capitalised(indefinite(known.topic.control)),
            f"Of the same kind. A third group, without {known.topic.procedures}, would take {need:,} more.",
        ),
        Box("How long", "A year or more", "With the groups kept as chance made them until the end."),
        Box(
            "Reported", "In full", "Counts, means and spread of every group at every visit, and every harm looked for."
        ),
    )


def _chart(known: Facts) -> Chart:
    grouped = known.by_completeness
    y = list(range(len(grouped)))
    values = [float(len(members)) for members in grouped.values()]
    texts = [str(len(members)) for members in grouped.values()]
    ids = [level.name.lower() for level in grouped]
    fill = Fill("ink")
    labels = tuple(ChartRow(capitalised(_SEEN[level]), "") for level in grouped)
    traces = (bars(y, [0.0] * len(y), values, [""] * len(y), fill, texts, ids=ids), notes(y, values, texts, ids=ids))
    return stack((Panel("", "trials", (0.0, 1.1 * max([*values, 1.0])), labels, traces),))


def _table(known: Facts) -> Table:
    rows = tuple(
        Row(
            level.name.lower(),
            (
                Cell(capitalised(_SEEN[level])),
                Cell(str(len(members))),
                Cell(listing(map(_name, members)) or "none"),
            ),
        )
        for level, members in known.by_completeness.items()
    )
    return Table("Trials by what could be read of their best comparison.", ("What was seen", "Trials", "Which"), rows)


def _name(one: ReadTrial) -> str:
    """A trial's name, with its condition where another trial has the same name."""
    return f"{one.trial} ({one.condition.in_words})" if one.has_namesake else one.trial


def _alt(known: Facts) -> str:
    parts = "; ".join(f"{_SEEN[level]}: {len(members)}" for level, members in known.by_completeness.items())
    return f"Bars that count trials by what could be read: {parts}."


VIEW = View(
    key="certainty_missing",
    question="What is missing, and what would a better trial look like?",
    state=MissingResultsState,
    render=render,
    for_class="Move the smallest difference from 15 to 5. Why does the trial have to grow so much?",
    facts=facts,
    counts_trials=True,
)
