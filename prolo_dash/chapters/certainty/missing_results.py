"""What is missing: how much of each comparison could be read, and what a better trial would have to look like."""

from dataclasses import dataclass

from prolo_dash.evidence.comparison import Completeness
from prolo_dash.evidence.library import Library
from prolo_dash.evidence.records import Study
from prolo_dash.kit import trial_labels
from prolo_dash.kit.charts import ChartRow, Panel, bars, notes, stack
from prolo_dash.kit.controls import steps
from prolo_dash.kit.theme import LIGHT
from prolo_dash.kit.view import Box, Cell, Chart, Rendering, Row, Table, View
from prolo_dash.kit.wording import COMPLETENESS, NOTHING_CHOSEN, count, listing
from prolo_dash.stats.replay import sample_size_counts

_SEEN = COMPLETENESS | {Completeness.NOT_SEEN: "nothing that compares the groups"}
_CONTROL_SHARE = 0.4  # the share counted as better after a control injection that sizes are worked out for


@dataclass(frozen=True)
class MissingState:
    """Which conditions, and the smallest difference that people would care about (per 100)."""

    conditions: tuple[str, ...] = trial_labels.conditions()
    difference: int = steps("The smallest difference you would care about, in 100 people", 5, 40, 5, 15)


def best(library: Library, study: Study) -> Completeness:
    """The most complete comparison of a study."""
    own = library.comparisons_of(study)
    compared = [c.completeness_against(versus) for c in own for versus in c.comparators]
    return max((*compared, *(c.completeness for c in own)), default=Completeness.NOT_SEEN)


def render(library: Library, state: MissingState) -> Rendering:
    """Completeness of the chosen trials, and the size a better trial needs."""
    chosen = list(library.trials_on(state.conditions))
    grouped = {level: [s for s in chosen if best(library, s) is level] for level in reversed(Completeness)}
    need = sample_size_counts(_CONTROL_SHARE, state.difference / 100)
    return Rendering(
        sentence=_sentence(library, chosen, need, state.difference),
        chart=_chart(grouped, len(chosen)),
        table=_table(library, grouped),
        alt=_alt(grouped),
        how_to_read=_HOW_TO_READ,
        sources=tuple(trial_labels.source_link(library.source(s.source_id), "") for s in chosen),
        chain=_better(need, state.difference),
    )


_HOW_TO_READ = (
    "Each trial is counted once, by its most complete comparison. We read public abstracts, tables and reviews, seldom "
    "a full paper; a figure we did not see may well be in print. Where a paper prints an "
    "interval that can't be computed from its other figures, it is shown elsewhere on this page but not counted here.",
    "The size is for a trial with two groups, 40 of 100 counted as better after the control injection, 80% power and "
    "p below 0.05, with the usual correction for counts (Fleiss). No allowance is made for people who drop out.",
    "What difference matters is for people with the condition to say. Move it, and see how the size changes.",
)


def _largest(library: Library, chosen: list[Study]) -> tuple[str, int] | None:
    """The largest trial with a control injection: its name, and how many were in the groups compared."""
    sized = [(library.name(s), n) for s in chosen if (n := _compared(library, s))]
    return max(sized, key=lambda pair: pair[1], default=None)


def _compared(library: Library, study: Study) -> int | None:
    """How many were in the prolotherapy and control injection groups; None without such groups or their sizes."""
    arms = library.arms(study.study_id)
    compared = [arm for arm in arms if arm.role in ("intervention", "control")]
    if not any(arm.role == "control" for arm in arms):
        return None
    if len(compared) == len(arms):
        return study.n_analysed or study.n_randomised
    sizes = [arm.n_randomised for arm in compared]
    return sum(n for n in sizes if n) if all(sizes) else None


def _sentence(library: Library, chosen: list[Study], need: int, difference: int) -> str:
    if not chosen:
        return NOTHING_CHOSEN
    full = sum(1 for s in chosen if best(library, s) is Completeness.COMPLETE)
    start = f"For **{full} of {count(len(chosen), 'trial')}** we saw enough to compute an interval."
    if len(chosen) == 1:
        start = f"For the one trial shown we {'saw' if full else 'did not see'} enough to compute an interval."
    size = (
        f"To find a difference of {difference} in 100 people with 80% power, a trial needs about **{need:,} people in "
        f"each group**, {2 * need:,} in all."
    )
    largest = _largest(library, chosen)
    if largest is None:
        return f"{start} {size}"
    name, many = largest
    return f"{start} {size} The largest shown with a control injection, {name}, had {many} in the groups compared."


def _better(need: int, difference: int) -> tuple[Box, ...]:
    return (
        Box(
            "How many",
            f"{2 * need:,} people",
            f"Half in each of two groups, to find {difference} in 100 with 80% power.",
        ),
        Box(
            "Compared with",
            "A control injection",
            f"Of the same kind. A third group, without injections, would take {need:,} more.",
        ),
        Box("How long", "A year or more", "With the groups kept as chance made them until the end."),
        Box(
            "Reported", "In full", "Counts, means and spread of every group at every visit, and every harm looked for."
        ),
    )


def _chart(grouped: dict[Completeness, list[Study]], total: int) -> Chart:
    y = list(range(len(grouped)))
    values = [float(len(members)) for members in grouped.values()]
    texts = [str(len(members)) for members in grouped.values()]
    ids = {"ids": [level.name.lower() for level in grouped]}
    fill = {"color": LIGHT["ink"], "line": {"width": 0}}
    labels = tuple(ChartRow(_SEEN[level].capitalize(), "") for level in grouped)
    traces = (bars(y, [0.0] * len(y), values, [""] * len(y), fill, texts) | ids, notes(y, values, texts) | ids)
    return stack((Panel("", "trials", (0.0, 1.1 * max([*values, 1.0])), labels, traces),))


def _table(library: Library, grouped: dict[Completeness, list[Study]]) -> Table:
    table_rows = tuple(
        Row(
            level.name.lower(),
            (
                Cell(_SEEN[level].capitalize()),
                Cell(str(len(members))),
                Cell(listing(_name(library, s) for s in members) or "none"),
            ),
        )
        for level, members in grouped.items()
    )
    return Table(
        "Trials by what could be read of their best comparison.", ("What was seen", "Trials", "Which"), table_rows
    )


def _name(library: Library, study: Study) -> str:
    """A trial's name, with its condition where another trial has the same name."""
    name = library.name(study)
    return f"{name} ({trial_labels.condition_name(library, study).lower()})" if library.has_namesake(study) else name


def _alt(grouped: dict[Completeness, list[Study]]) -> str:
    parts = "; ".join(f"{_SEEN[level]}: {len(members)}" for level, members in grouped.items())
    return f"Bars that count trials by what could be read: {parts}."


VIEW = View(
    key="certainty_missing",
    question="What is missing, and what would a better trial look like?",
    state=MissingState,
    render=render,
    for_class="Move the smallest difference from 15 to 5. Why does the trial have to grow so much?",
)
