"""Registered, and then? Plans beside papers, trials that were never published, trials under way, corrections."""

from dataclasses import dataclass

from prolo_dash.evidence.judged import group_of, registrations
from prolo_dash.evidence.judged_records import Registration
from prolo_dash.evidence.library import Library
from prolo_dash.kit.charts import ChartRow, Panel, stack
from prolo_dash.kit.controls import Option, choice
from prolo_dash.kit.theme import LIGHT, SHAPES
from prolo_dash.kit.view import Cell, Chart, KeyEntry, Rendering, Row, SourceLink, Table, View
from prolo_dash.kit.wording import count, listing, verb

# What a reader chooses: its words, and the kinds of registrations.csv in their order.
_GROUPS = {
    "unpublished": ("No paper seen", ("unpublished",)),
    "changed": (
        "Plan and paper",
        ("registered_late", "arm_missing", "outcomes_changed", "plan_differs", "double_counting", "no_change_seen"),
    ),
    "under_way": ("Under way", ("under_way",)),
    "doubts": ("Corrections and doubts", ("correction", "integrity", "looked_for")),
}
_KIND = {
    "registered_late": "registered after the start",
    "arm_missing": "a planned group is not in the paper",
    "outcomes_changed": "other outcomes told than planned",
    "plan_differs": "plan and paper differ",
    "no_change_seen": "plan and paper agree, as far as seen",
    "unpublished": "no paper seen",
    "under_way": "results to come",
    "double_counting": "same people in two papers, it seems",
    "correction": "a correction is listed",
    "looked_for": "looked for, none found",
    "integrity": "figures that are hard to explain",
}
_OTHER = "Other conditions"
_REBUILT = "The address was made from the number and not opened."
_ACROSS = 14  # marks in a row that have room


@dataclass(frozen=True)
class RegisteredState:
    """What is asked of the registries."""

    show: str = choice("Show", tuple(Option(key, label) for key, (label, _) in _GROUPS.items()), "unpublished")


def render(library: Library, state: RegisteredState) -> Rendering:
    """The entries of one group."""
    kinds = _GROUPS[state.show][1]
    found = registrations(library, kinds)
    drawn = _rows_of(library, found, by_condition=len(kinds) == 1)
    return Rendering(
        sentence=_SENTENCES[state.show](library, found),
        chart=_chart(library, drawn),
        table=_table(found),
        alt=_alt(drawn),
        how_to_read=_HOW_TO_READ,
        sources=tuple(dict.fromkeys(_source(entry) for entry in found if entry.url)),
        key=(KeyEntry("a mark for each entry; its shape is the condition", "ink"),),
    )


_HOW_TO_READ = (
    "A trial that is registered before its start tells what it will measure. Later, anybody can hold the paper against "
    "it. A trial that is registered after its end can still choose.",
    "“No paper seen” means that we found none where we looked. There may be one. A trial may also have stopped for "
    "want of people.",
    "“Other outcomes told than planned” and the like are differences that we saw in what is printed. They do not say "
    "why.",
    "Where an address was made from the number in the registry and not opened, the table says so.",
)


def _never(library: Library, found: list[Registration]) -> str:
    about = [group_of(library, entry) for entry in found]
    where = [group.in_words for group in library.groups if group in about]
    many = len(found)
    return (
        f"Of **{many}** registered {verb(many, 'trial', 'trials')} we saw no paper. Some ended, some stopped or never "
        f"began, of others we know no more. What they found on {listing(where)} is not in any number of this page. If "
        "those results were less good than the published ones, the picture here is too bright."
    )


def _plans(_: Library, found: list[Registration]) -> str:
    named = {kind: _names([e for e in found if e.kind == kind]) for kind in _KIND}
    parts = [
        f"**{len(named[kind])}** {verb(len(named[kind]), one, many)} ({listing(named[kind])})"
        for kind, one, many in (
            ("registered_late", "was registered after its start", "were registered after their start"),
            ("arm_missing", "had a group that never appeared", "had a group that never appeared"),
            ("outcomes_changed", "tells other outcomes than planned", "tell other outcomes than planned"),
        )
        if named[kind]
    ]
    agree = len(named["no_change_seen"])
    return (
        f"Of the trials whose plan we could hold against the paper, {listing(parts)}. For **{agree}**, plan and paper "
        f"{verb(agree, 'agrees', 'agree')} as far as we saw. For most other trials here, no registration was seen."
    )


def _coming(_: Library, found: list[Registration]) -> str:
    rebuilt = sum(entry.rebuilt for entry in found)
    return (
        f"The results of **{len(found)}** {verb(len(found), 'study', 'studies')} are still to come, or it was not seen "
        f"how far they are. For **{rebuilt}** of these, only the number was seen, in results of a search."
    )


def _doubted(_: Library, found: list[Registration]) -> str:
    corrections = sum(entry.kind == "correction" for entry in found)
    doubtful = sum(entry.kind == "integrity" for entry in found)
    looked = " ".join(f"{entry.status}: {entry.found}" for entry in found if entry.kind == "looked_for")
    return (
        f"{looked} That does not show that there are none. **{corrections}** "
        f"{verb(corrections, 'correction is', 'corrections are')} listed, and **{doubtful}** "
        f"{verb(doubtful, 'paper prints', 'papers print')} figures that are hard to explain."
    )


_SENTENCES = {"unpublished": _never, "changed": _plans, "under_way": _coming, "doubts": _doubted}


def _names(entries: list[Registration]) -> list[str]:
    """What the trials of some entries are called, each once."""
    return list(dict.fromkeys(entry.trial for entry in entries))


def _rows_of(library: Library, found: list[Registration], *, by_condition: bool) -> dict[str, list[Registration]]:
    """The rows of the chart: kinds or, where there is one kind only, groups of conditions."""
    if not by_condition:
        return {_KIND[kind]: [e for e in found if e.kind == kind] for kind in dict.fromkeys(e.kind for e in found)}
    named = {group.label: [e for e in found if group_of(library, e) == group] for group in library.groups}
    named[_OTHER] = [e for e in found if group_of(library, e) is None]
    return {label: own for label, own in named.items() if own}


def _chart(library: Library, drawn: dict[str, list[Registration]]) -> Chart:
    marks = [(y, x, entry) for y, own in enumerate(drawn.values()) for x, entry in enumerate(own, start=1)]
    trace = {
        "type": "scatter",
        "mode": "markers",
        "y": [y for y, _, _ in marks],
        "offsets": [0.0] * len(marks),
        "x": [x for _, x, _ in marks],
        "ids": [entry.registration_id for *_, entry in marks],
        "hovertext": [entry.trial for *_, entry in marks],
        "marker": {
            "symbol": [_symbol(library, entry) for *_, entry in marks],
            "size": 13,
            "color": LIGHT["ink"],
            "line": {"width": 1.5, "color": LIGHT["ink"]},
        },
    }
    labels = tuple(_label(label, own) for label, own in drawn.items())
    return stack((Panel("", "entries", (0.3, _ACROSS + 0.7), labels, (trace,)),), bar=20)


def _label(label: str, own: list[Registration]) -> ChartRow:
    return ChartRow(label[0].upper() + label[1:], count(len(own), "entry", "entries"))


def _symbol(library: Library, entry: Registration) -> str:
    condition = library.conditions.get(entry.condition or "")
    return SHAPES[condition.symbol] if condition else "x"


_COLUMNS = ("Trial", "Registered as", "When and how many", "What was found", "Why it matters")


def _table(found: list[Registration]) -> Table:
    return Table("Plans, and what became of them.", _COLUMNS, tuple(map(_row, found)))


def _row(entry: Registration) -> Row:
    cells = (
        Cell(entry.trial, _KIND[entry.kind], entry.url or ""),
        Cell(entry.registry_id or "no number"),
        Cell(entry.status or "not seen"),
        Cell(entry.found, entry.note or ""),
        Cell(entry.why or "nothing to note"),
    )
    return Row(entry.registration_id, cells, (_REBUILT,) if entry.rebuilt else ())


def _source(entry: Registration) -> SourceLink:
    name = f"{entry.trial}, {entry.registry_id}" if entry.registry_id else entry.trial
    return SourceLink(name, entry.url, "address made from the number, not opened" if entry.rebuilt else "")


def _alt(drawn: dict[str, list[Registration]]) -> str:
    parts = "; ".join(f"{label}: {len(own)}" for label, own in drawn.items())
    return f"A row of marks for each group, one mark an entry. {parts[0].upper()}{parts[1:]}."


VIEW = View(
    key="certainty_registered",
    question="Registered, and then?",
    state=RegisteredState,
    render=render,
    for_class="A trial was registered and never published. Name three things that could have happened.",
)
