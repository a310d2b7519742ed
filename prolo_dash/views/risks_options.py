"""Other options: those the article names, and how often a trial set another option beside prolotherapy."""

import re
from dataclasses import dataclass

from prolo_dash.evidence.comparison import Comparison
from prolo_dash.evidence.library import Library
from prolo_dash.evidence.records import Arm, Contrast, Role, Study
from prolo_dash.views import rows
from prolo_dash.views.charts import ChartRow, Panel, bars, notes, stack
from prolo_dash.views.risks_common import ARTICLE
from prolo_dash.views.theme import LIGHT
from prolo_dash.views.view import Cell, Figure, Rendering, Row, SourceLink, Table
from prolo_dash.views.wording import count, listing, weeks_words

# Kinds of option: key, name, words of a group's name, whether the article names it. First match counts.
_KINDS = (
    ("exercise", "Exercise, stretching, physiotherapy", r"exercis|stretch|physio|eccentric", True),
    ("steroid", "Steroid injection", r"steroid|triamcinolone|methylprednisolone", False),
    ("plasma", "Platelet-rich plasma or serum", r"platelet|serum", False),
    ("hyaluronic", "Hyaluronic acid injection", r"hyaluronic", False),
    ("waves", "Shock waves", r"shock wave", False),
    ("waiting", "Waiting or usual care", r"wait|conservative|usual care", False),
)
_FOUND = {
    "favours_prolotherapy": "better after prolotherapy",
    "no_difference": "no clear difference",
    "favours_comparator": "better after the other option",
    "not_stated": "not told",
}


@dataclass(frozen=True)
class Tested:
    """One trial that set another option beside prolotherapy, and what it reports: its statement, if we saw one."""

    study: Study
    stated: tuple[Comparison, Contrast] | None
    added: bool  # the prolotherapy group got the option too

    @property
    def direction(self) -> str:
        """What was found, as a key of the words above."""
        return self.stated[1].direction if self.stated else "not_stated"


def kind_of(arm: Arm) -> str | None:
    """Which kind of option a group got; None for a kind without a name here."""
    return next((key for key, _, words, _ in _KINDS if re.search(words, arm.label, re.IGNORECASE)), None)


def tested(library: Library) -> dict[str, list[Tested]]:
    """The trials of each kind of option, one entry a trial."""
    roles: tuple[Role, ...] = ("noninjection_control", "active_comparator")
    found: dict[str, list[Tested]] = {key: [] for key, *_ in _KINDS}
    for study in library.trials:
        for arm in (arm for role in roles for arm in library.arms(study.study_id, role)):
            key = kind_of(arm)
            if key and study not in [t.study for t in found[key]]:
                found[key].append(_tested(library, study, arm, key))
    return found


def _tested(library: Library, study: Study, arm: Arm, kind: str) -> Tested:
    """What the paper says: its main outcome, else its longest follow-up, while the groups were as randomised.

    Prolotherapy instead of the option goes before prolotherapy on top of it, where a trial has both.
    """
    prolos = library.arms(study.study_id, "prolotherapy")
    alone = [a.arm_id for a in prolos if kind_of(a) != kind] or [a.arm_id for a in prolos]
    stated = [
        (comparison, contrast)
        for comparison in library.comparisons_of(study)
        if comparison.as_randomised and comparison.prolo.arm.arm_id in alone
        for versus in comparison.comparators
        if versus.arm.arm_id == arm.arm_id
        for contrast in [comparison.contrast(versus)]
        if contrast and contrast.direction != "not_stated"
    ]
    last = max(stated, key=lambda s: (s[0].outcome.primary == "yes", s[0].outcome.weeks or 0), default=None)
    return Tested(study, last, all(kind_of(a) == kind for a in prolos))


def render(library: Library) -> Rendering:
    """Every kind of option and the trials that tested it."""
    found = tested(library)
    return Rendering(
        sentence=_sentence(found),
        figure=_figure(found),
        table=_table(library, found),
        alt=_alt(found),
        how_to_read=_HOW_TO_READ,
        sources=(ARTICLE, *_sources(library, found)),
    )


_HOW_TO_READ = (
    "A bar counts trials in which one group got prolotherapy and another group got this option. It does not rank the "
    "options: each has a research of its own, and this page has read only that of prolotherapy.",
    "What a trial found is its main outcome, or else its longest follow-up, while the groups were as randomised. The "
    "table names each trial.",
    "“On top” means that the prolotherapy group got this option too, so that the trial compares both with one alone.",
    "Whoever exercises knows that no needle is used. Hopes may then differ between the groups, too.",
)


def _tally(trials: list[Tested]) -> str:
    tally = {key: sum(1 for t in trials if t.direction == key) for key in _FOUND}
    return listing(f"{n} {_FOUND[key]}" for key, n in tally.items() if n)


def _sentence(found: dict[str, list[Tested]]) -> str:
    exercise = found["exercise"]
    added = sum(1 for t in exercise if t.added)
    return (
        "The article names **exercise, stretching and rehabilitation** as options with better research, and says that "
        f"a doctor may think of prolotherapy only when nothing else is enough. **{len(exercise)}** of the trials here "
        f"set it beside exercise or physiotherapy. What they report: {_tally(exercise)}. In {added} of them, the "
        "prolotherapy group exercised too. The exercise groups got no needle, so these figures can't tell the sugar "
        "from the needle."
    )


def _kinds(found: dict[str, list[Tested]]) -> list[tuple[str, str, str, bool]]:
    """What the article names first, then what was tested most often."""
    return sorted(_KINDS, key=lambda kind: (not kind[3], -len(found[kind[0]])))


def _figure(found: dict[str, list[Tested]]) -> Figure:
    kinds = _kinds(found)
    y = list(range(len(kinds)))
    values = [float(len(found[key])) for key, *_ in kinds]
    texts = [count(len(found[key]), "trial") for key, *_ in kinds]
    ids = {"ids": [key for key, *_ in kinds]}
    fill = {"color": LIGHT["ink"], "line": {"width": 0}}
    traces = (bars(y, [0.0] * len(y), values, [""] * len(y), fill, texts) | ids, notes(y, values, texts) | ids)
    labels = tuple(ChartRow(name, "named by the article" if by_article else "") for _, name, _, by_article in kinds)
    return stack((Panel("", "trials that tested it beside prolotherapy", (0.0, 1.4 * max(values)), labels, traces),))


def _table(library: Library, found: dict[str, list[Tested]]) -> Table:
    columns = ("Option", "Trials", "What they report", "Trial by trial")
    found_rows = tuple(_row(library, kind, found) for kind in _kinds(found))
    return Table("Options that trials set beside prolotherapy.", columns, found_rows)


def _row(library: Library, kind: tuple[str, str, str, bool], found: dict[str, list[Tested]]) -> Row:
    key, name, _, by_article = kind
    trials = found[key]
    note = "named by the article" if by_article else ""
    each = "; ".join(_trial(library, t) for t in trials)
    return Row(key, (Cell(name, note), Cell(str(len(trials))), Cell(_tally(trials)), Cell(each)))


def _trial(library: Library, trial: Tested) -> str:
    start = f"{library.name(trial.study)}, {rows.condition_name(trial.study)}"
    on_top = ", on top" if trial.added else ""
    if trial.stated is None:
        return f"{start}{on_top}: {_FOUND['not_stated']}"
    comparison, contrast = trial.stated
    when = weeks_words(comparison.outcome.weeks)
    return f"{start}{on_top}: {_FOUND[contrast.direction]}, {rows.what(comparison)}, {when}"


def _sources(library: Library, found: dict[str, list[Tested]]) -> tuple[SourceLink, ...]:
    ids = dict.fromkeys(t.study.source_id for trials in found.values() for t in trials)
    return tuple(rows.source_link(library.source(i)) for i in ids)


def _alt(found: dict[str, list[Tested]]) -> str:
    parts = "; ".join(f"{name}: {len(found[key])}" for key, name, *_ in _kinds(found))
    return f"Bars of how many trials set an option beside prolotherapy. {parts}."
