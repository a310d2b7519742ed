"""How fragile? How many people's outcomes would have to change for a significant result not to be one."""

from dataclasses import dataclass
from functools import cache

from prolo_dash.evidence.comparison import Comparison
from prolo_dash.evidence.library import Library
from prolo_dash.evidence.records import Role
from prolo_dash.kit import trial_labels
from prolo_dash.kit.charts import ChartRow, Panel, notes, stack, with_room
from prolo_dash.kit.controls import choice
from prolo_dash.kit.significance import WHY_TWO, tested
from prolo_dash.kit.theme import LIGHT, ROLE_COLOUR, ROLE_LABEL
from prolo_dash.kit.view import Cell, Chart, KeyEntry, Rendering, Row, Table, View, plain
from prolo_dash.kit.wording import plural, printed
from prolo_dash.stats.robustness import Fragility, fragility


@cache
def countable(known: Library) -> tuple[Comparison, ...]:
    """Comparisons with counts in both the prolotherapy and the control injection group, by condition."""
    found = [c for c in known.comparisons if c.intervention.counts and c.control and c.control.counts]
    return tuple(sorted(found, key=lambda c: c.condition.position))


@dataclass(frozen=True)
class FragileState:
    """Which trial."""

    trial: str = choice(
        "Trial", trial_labels.comparison_options(countable), trial_labels.default_comparison, style="menu"
    )


def render(known: Library, state: FragileState) -> Rendering:
    """The fragility index of one comparison, and the outcomes that would have to change."""
    comparison = known.comparison_by_id[state.trial]
    found = fragility_of(comparison)
    return Rendering(
        sentence=_sentence(known, comparison, found),
        chart=_chart(comparison, found),
        table=_table(comparison, found),
        alt=_alt(known, comparison, found),
        how_to_read=_HOW_TO_READ,
        sources=trial_labels.source_links(known, [comparison]),
        key=_KEY,
        listed_title="Warnings for this trial" if comparison.flags else "",
        listed=trial_labels.warnings(comparison),
    )


_MOST_SQUARES = 500  # in a row: more can't be told apart

_KEY = (
    KeyEntry("counted as better after prolotherapy", "prolo"),
    KeyEntry("counted as better after the control injection", "control"),
    KeyEntry("would have to change", "flag", "crossed"),
)

_HOW_TO_READ = (
    "Each square is one of those counted; of more than 500 in a group, one bar is drawn. What is filled was counted as "
    "better. If what has a cross had turned out better, the difference would not be significant (p 0.05 or more, "
    "Fisher's exact test).",
    "The number of such changes is the fragility index (Walsh 2014). A small one means that the result hangs on a few.",
    "It also depends on the size of the trial, and says nothing about how well the trial was made. If more people were "
    "lost than the index, what became of them could overturn the result.",
    WHY_TWO,
)


def fragility_of(comparison: Comparison) -> Fragility:
    """The fragility index of a comparison with counts in both groups."""
    prolo, control = comparison.intervention.counts, comparison.control and comparison.control.counts
    assert prolo
    assert control
    return fragility(*prolo, *control)


def _sentence(known: Library, comparison: Comparison, found: Fragility) -> str:
    assert comparison.control is not None
    unit = "person" if comparison.study.unit == "person" else comparison.study.unit
    start = (
        f"{trial_labels.who(known, comparison)}, {trial_labels.what(comparison)}: {printed(comparison.intervention)} "
        f"after prolotherapy and "
        f"{printed(comparison.control)} after the control injection."
    )
    switched = "" if comparison.as_randomised else " These groups are **not as randomised**."
    test = tested(comparison, comparison.control)
    assert test is not None
    but = f" {test.but}" if test.but else ""
    if found.index is None:
        reason = f"{found.reason[0].lower()}{found.reason[1:-1]} ({test.words})."
        return f"{start} It has **no fragility index**: {reason}{but}{switched}"
    where = "prolotherapy" if found.changed_group == 1 else "the control injection"
    many = f"{found.index} more {unit if found.index == 1 else plural(comparison)}"
    were = "was" if found.index == 1 else "were"
    change = f"If **{many}** {were} counted as better after {where}, it would not be."
    return f"{start} This is significant ({test.words}).{but} {change}{switched}"


def _groups(comparison: Comparison, found: Fragility) -> list[tuple[str, Role, int, int, int]]:
    """(key, role, events, changed, n) of both groups."""
    out: list[tuple[str, Role, int, int, int]] = []
    for group, figure in ((1, comparison.intervention), (0, comparison.control)):
        assert figure is not None
        assert figure.counts
        events, n = figure.counts
        changed = found.index or 0 if found.changed_group == group else 0
        out.append((f"{comparison.comparison_id}.{figure.arm.arm_id}", figure.arm.role, events, changed, n))
    return out


def _chart(comparison: Comparison, found: Fragility) -> Chart:
    groups = _groups(comparison, found)
    labels = tuple(
        ChartRow(ROLE_LABEL[role].capitalize(), f"{events} of {n} counted as better", _change(changed))
        for _, role, events, changed, n in groups
    )
    each = _each(comparison, found)
    squares = [trace for y, group in enumerate(groups) for trace in _squares(y, *group, each=each)]
    ends = [float(n) for *_, n in groups]
    texts = [f"{events} of {n}" for _, _, events, _, n in groups]
    named = notes(list(range(len(groups))), ends, texts) | {"ids": [key for key, *_ in groups]}
    axis = with_room((0.0, max(ends)), ends, texts)
    title = "one square for each counted" if each else "how many were counted"
    return stack((Panel("", title, axis, labels, (*squares, named)),))


def _each(comparison: Comparison, found: Fragility) -> bool:
    """Whether there is a square for each counted."""
    return all(n <= _MOST_SQUARES for *_, n in _groups(comparison, found))


def _change(changed: int) -> str:
    return f"{changed} would have to change" if changed else ""


def _squares(y: int, key: str, role: Role, events: int, changed: int, n: int, *, each: bool) -> list[dict[str, object]]:
    """Counted as better, to be changed, and the rest: outlines, for Plotly draws marks that share an id only once.

    ``each``: a square for each counted, else one bar for all of them.
    """
    last = events + changed
    kinds = (
        (0, events, ROLE_COLOUR[role], True, False),
        (events, last, "flag", False, True),
        (last, n, "axis", False, False),
    )
    return [
        _outlines(y, key, range(first, end, 1 if each else end - first), colour, filled=filled, crossed=crossed)
        for first, end, colour, filled, crossed in kinds
        if end > first
    ]


def _outlines(y: int, key: str, places: range, colour: str, *, filled: bool, crossed: bool) -> dict[str, object]:
    left, right = 0.12, places.step - 0.12
    square = ((left, -0.4), (right, -0.4), (right, 0.4), (left, 0.4), (left, -0.4))
    corners = (*square, *(((right, 0.4), (right, -0.4), (left, 0.4)) if crossed else ()))
    x = [value for place in places for value in (*(place + across for across, _ in corners), None)]
    offsets = [value for _ in places for value in (*(down for _, down in corners), 0.0)]
    fill = {"fill": "toself", "fillcolor": LIGHT[colour]} if filled else {"fill": "none"}
    line = {"width": 1.5, "color": LIGHT[colour]}
    ids = {"ids": [key] * len(x), "y": [y] * len(x), "x": x, "offsets": offsets}
    return {"type": "scatter", "mode": "lines", "line": line, "hoverinfo": "skip"} | fill | ids


def _table(comparison: Comparison, found: Fragility) -> Table:
    table_rows = tuple(
        Row(key, (Cell(ROLE_LABEL[role]), Cell(f"{events} of {n}"), Cell(str(changed))))
        for key, role, events, changed, n in _groups(comparison, found)
    )
    return Table("Counts, and how many would have to change.", ("Group", "Counted as better", "To change"), table_rows)


def _alt(known: Library, comparison: Comparison, found: Fragility) -> str:
    one = "A square stands for each counted." if _each(comparison, found) else "One bar stands for all of a group."
    marked = " Crosses mark those that would have to change." if found.index else ""
    return f"{plain(_sentence(known, comparison, found))} {one}{marked}"


VIEW = View(
    key="certainty_fragility",
    question="How fragile? How many outcomes would have to change",
    state=FragileState,
    render=render,
    for_class="A trial's result hangs on three knees. Is the result wrong, weak, or neither? Say why.",
)
