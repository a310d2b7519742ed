"""Registered, and then? Plans beside papers, trials that were never published, trials under way, corrections."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from prolo_dash.evidence.conditions import Condition
from prolo_dash.evidence.judged import group_of, registrations
from prolo_dash.evidence.judged_records import Registration, RegistrationKind
from prolo_dash.evidence.library import Library
from prolo_dash.kit import trial_labels
from prolo_dash.kit.charts import ChartRow, Panel, stack, symbols
from prolo_dash.kit.controls import Option, choice
from prolo_dash.kit.registration_words import (
    REBUILT,
    REGISTRATION_KIND,
    registration_source,
    without_results,
)
from prolo_dash.kit.theme import SHAPES
from prolo_dash.kit.view import Cell, Chart, KeyEntry, Rendering, Row, Table, View
from prolo_dash.kit.wording import capitalised, count, listing, verb

# What a reader chooses -> the kinds of registrations.csv, in their order.
_KINDS: dict[str, tuple[RegistrationKind, ...]] = {
    "unpublished": ("unpublished",),
    "changed": (
        "registered_late",
        "arm_missing",
        "outcomes_changed",
        "plan_differs",
        "double_counting",
        "no_change_seen",
    ),
    "under_way": ("under_way",),
    "doubts": ("correction", "integrity", "looked_for"),
}
_OPTIONS = (
    Option("unpublished", "No paper seen"),
    Option("changed", "Plan and paper"),
    Option("under_way", "Under way"),
    Option("doubts", "Corrections and doubts"),
)
_OTHER = "Other conditions"
_ACROSS = 14  # marks in a row that have room


@dataclass(frozen=True)
class RegistrationsState:
    """What is asked of the registries, and the conditions."""

    conditions: tuple[str, ...] = trial_labels.conditions()
    show: str = choice("Show", _OPTIONS, "unpublished")


@dataclass(frozen=True)
class Entry:
    """One registration, with its condition and the group of that; None for one that the page does not cover."""

    registration: Registration
    condition: Condition | None
    group: Condition | None


@dataclass(frozen=True)
class Facts:
    """The registrations of what is shown, ordered by kind; ``groups`` are those of the library, in their order."""

    show: str
    entries: tuple[Entry, ...]
    groups: tuple[Condition, ...]

    def of(self, kind: RegistrationKind) -> list[Registration]:
        """The registrations of one kind."""
        return [entry.registration for entry in self.entries if entry.registration.kind == kind]

    @property
    def silent(self) -> tuple[Entry, ...]:
        """Those that may have results."""
        return tuple(entry for entry in self.entries if entry.registration.may_have_results)

    def about(self, entries: Iterable[Entry]) -> list[Condition]:
        """The groups of conditions that entries are about."""
        own = {entry.group for entry in entries}
        return [group for group in self.groups if group in own]

    @property
    def rebuilt(self) -> int:
        """Of how many only the number was seen."""
        return sum(entry.registration.rebuilt for entry in self.entries)


def facts(library: Library, state: RegistrationsState) -> Facts:
    """The entries of one choice."""
    found = (
        Entry(one, library.conditions.get(one.condition or ""), group_of(library, one))
        for one in registrations(library, _KINDS[state.show])
    )
    return Facts(state.show, tuple(e for e in found if _is_chosen(library, state, e)), library.groups)


def _is_chosen(library: Library, state: RegistrationsState, entry: Entry) -> bool:
    """Whether an entry is about a chosen condition; one on none of the page stands where no group is missing."""
    if entry.condition is None or entry.group is None:
        return {group.condition_id for group in library.groups} <= set(state.conditions)
    return not {entry.condition.condition_id, entry.group.condition_id}.isdisjoint(state.conditions)


def render(library: Library, state: RegistrationsState) -> Rendering:
    """The entries of one choice, a mark each."""
    known = facts(library, state)
    return Rendering(
        sentence=sentence(known),
        chart=_chart(known),
        table=_table(known),
        alt=_alt(known),
        how_to_read=_HOW_TO_READ,
        sources=tuple(
            dict.fromkeys(registration_source(entry.registration) for entry in known.entries if entry.registration.url)
        ),
        key=(KeyEntry("a mark for each entry; its shape is the condition", "ink"),),
    )


_HOW_TO_READ = (
    "A trial that is registered before its start tells what it will measure. Later, anybody can hold the paper against "
    "it. A trial that is registered after its end can still choose.",
    "“No paper seen” means that we found none where we looked. There may be one. A trial that never began, or stopped "
    "with too few people to compare, is not counted among those that may have results.",
    "“Other outcomes told than planned” and the like are differences that we saw in what is printed. They do not say "
    "why.",
    "Where an address was made from the number in the registry and not opened, the table says so.",
)


def sentence(known: Facts) -> str:
    """What became of the plans of one choice."""
    if not known.entries:
        return "Nothing of this kind was seen for this choice where we looked."
    told: dict[str, Callable[[Facts], str]] = {
        "unpublished": _never,
        "changed": _plans,
        "under_way": _coming,
        "doubts": _doubted,
    }
    return told[known.show](known)


def _never(known: Facts) -> str:
    plans = [entry.registration for entry in known.entries]
    if not known.silent:
        return f"Of no registered trial that may have results a paper is missing. {without_results(plans)}".rstrip()
    many, ended = len(known.silent), sum(plan.what_became == "ended" for plan in plans)
    unseen = many - ended
    parts = (f"{ended} ended", f"of {unseen} we did not see how far {verb(unseen, 'it', 'they')} came")
    went = capitalised(listing(part for n, part in zip((ended, unseen), parts, strict=True) if n))
    groups = known.about(known.silent)
    about = f" on {listing(group.in_words for group in groups)}" if groups else ""
    return (
        f"Of **{many}** registered {verb(many, 'trial', 'trials')} that may have results we saw no paper. "
        f"{went}. What they found{about} is not in any number of this page. If "
        "those results were less good than the published ones, the picture here is too bright. "
        f"{without_results(plans)}"
    ).rstrip()


def _plans(known: Facts) -> str:
    named = {kind: list(dict.fromkeys(entry.trial for entry in known.of(kind))) for kind in _KINDS["changed"]}
    words: tuple[tuple[RegistrationKind, str, str], ...] = (
        ("registered_late", "was registered after its start", "were registered after their start"),
        ("arm_missing", "had a group that never appeared", "had a group that never appeared"),
        ("outcomes_changed", "tells other outcomes than planned", "tell other outcomes than planned"),
    )
    parts = [
        f"**{len(named[kind])}** {verb(len(named[kind]), one, many)} ({listing(named[kind])})"
        for kind, one, many in words
        if named[kind]
    ]
    agree, differ = len(named["no_change_seen"]), " ".join(f"{part}." for part in parts) or "No plan differed."
    alike = f" For **{agree}**, plan and paper {verb(agree, 'agrees', 'agree')} as far as we saw." if agree else ""
    return (
        f"Some plans could be held against the paper. {differ}{alike} For most other trials here, no registration was "
        "seen."
    )


def _coming(known: Facts) -> str:
    many = len(known.entries)
    return (
        f"The results of **{many}** {verb(many, 'study', 'studies')} are still to come, or it was not seen how far "
        f"they are. For **{known.rebuilt}** of these, only the number was seen, in results of a search."
    )


def _doubted(known: Facts) -> str:
    corrections, doubtful = len(known.of("correction")), len(known.of("integrity"))
    looked = "".join(f"{entry.status}: {entry.found} " for entry in known.of("looked_for"))
    none = "That does not show that there are none. " if looked else ""
    return (
        f"{looked}{none}**{corrections}** "
        f"{verb(corrections, 'correction is', 'corrections are')} listed, and **{doubtful}** "
        f"{verb(doubtful, 'paper prints', 'papers print')} figures that are hard to explain."
    )


def _rows(known: Facts) -> dict[str, list[Entry]]:
    """The rows of the chart: kinds or, where there is one kind only, groups of conditions."""
    if len(_KINDS[known.show]) > 1:
        kinds = dict.fromkeys(entry.registration.kind for entry in known.entries)
        return {REGISTRATION_KIND[kind]: [e for e in known.entries if e.registration.kind == kind] for kind in kinds}
    named = {group.label: [e for e in known.entries if e.group == group] for group in known.about(known.entries)}
    uncovered = [e for e in known.entries if e.group is None]
    return named | ({_OTHER: uncovered} if uncovered else {})


def _chart(known: Facts) -> Chart:
    rows = _rows(known)
    marks = [(y, x, entry) for y, own in enumerate(rows.values()) for x, entry in enumerate(own, start=1)]
    entries = symbols(
        [y for y, _, _ in marks],
        [x for _, x, _ in marks],
        [SHAPES[entry.condition.symbol] if entry.condition else "x" for *_, entry in marks],
        [entry.registration.trial for *_, entry in marks],
        size=13,
        ids=[entry.registration.registration_id for *_, entry in marks],
        rim=1.5,
    )
    labels = tuple(ChartRow(capitalised(label), count(len(own), "entry", "entries")) for label, own in rows.items())
    return stack((Panel("", "entries", (0.3, _ACROSS + 0.7), labels, (entries,)),), bar=20)


_COLUMNS = ("Trial", "Registered as", "When and how many", "What was found", "Why it matters")


def _table(known: Facts) -> Table:
    return Table(
        "Plans, and what became of them.", _COLUMNS, tuple(_row(entry.registration) for entry in known.entries)
    )


def _row(entry: Registration) -> Row:
    cells = (
        Cell(entry.trial, REGISTRATION_KIND[entry.kind], "" if entry.registry_id else entry.url or ""),
        Cell(entry.registry_id or "no number", url=(entry.url or "") if entry.registry_id else ""),
        Cell(entry.status or "not seen"),
        Cell(entry.found, entry.note or ""),
        Cell(entry.why or "nothing to note"),
    )
    return Row(entry.registration_id, cells, (REBUILT,) if entry.rebuilt else ())


def _alt(known: Facts) -> str:
    if not known.entries:
        return "No marks: nothing of this kind was seen."
    parts = "; ".join(f"{label}: {len(own)}" for label, own in _rows(known).items())
    return f"A row of marks for each group, one mark an entry. {capitalised(parts)}."


VIEW = View(
    key="certainty_registered",
    question="Registered, and then?",
    state=RegistrationsState,
    render=render,
    for_class="A trial was registered and never published. Name three things that could have happened.",
    facts=facts,
)
