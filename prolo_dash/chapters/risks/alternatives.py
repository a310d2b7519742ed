"""Other options: those the article names, and how often a trial set another option beside prolotherapy."""

from dataclasses import dataclass

from prolo_dash.evidence.comparison import Comparison
from prolo_dash.evidence.conditions import Treatment
from prolo_dash.evidence.library import Library
from prolo_dash.evidence.records import Arm, Contrast, Role, Study
from prolo_dash.kit import trial_labels
from prolo_dash.kit.charts import ChartRow, Panel, bars, notes, stack
from prolo_dash.kit.references import article
from prolo_dash.kit.theme import LIGHT
from prolo_dash.kit.view import Cell, Chart, Rendering, Row, SourceLink, Table
from prolo_dash.kit.wording import count, listing, weeks_words

_FOUND = {
    "favours_intervention": "better after prolotherapy",
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


def tested(library: Library) -> dict[Treatment, list[Tested]]:
    """The trials of each other option, one entry a trial: those the article names first, then by how many there are."""
    roles: tuple[Role, ...] = ("untreated", "other")
    known = {treatment.treatment_id: treatment for treatment in library.package.treatments}
    found: dict[Treatment, dict[Study, Tested]] = {}
    for study in library.trials:
        for arm in (arm for role in roles for arm in library.arms(study.study_id, role)):
            found.setdefault(known[arm.treatment_id], {}).setdefault(study, _tested(library, study, arm))
    ordered = sorted(found, key=lambda option: (not option.named_by_article, -len(found[option])))
    return {option: list(found[option].values()) for option in ordered}


def _tested(library: Library, study: Study, arm: Arm) -> Tested:
    """What the paper says: its main outcome, else its longest follow-up, while the groups were as randomised.

    Prolotherapy instead of the option goes before prolotherapy on top of it, where a trial has both.
    """
    prolos = library.arms(study.study_id, "intervention")
    alone = [a.arm_id for a in prolos if a.beside_id != arm.treatment_id] or [a.arm_id for a in prolos]
    stated = [
        (comparison, contrast)
        for comparison in library.comparisons_of(study)
        if comparison.as_randomised and comparison.intervention.arm.arm_id in alone
        for versus in comparison.comparators
        if versus.arm.arm_id == arm.arm_id
        for contrast in [comparison.contrast(versus)]
        if contrast and contrast.direction != "not_stated"
    ]
    last = max(stated, key=lambda s: (s[0].outcome.primary == "yes", s[0].outcome.weeks or 0), default=None)
    return Tested(study, last, all(a.beside_id == arm.treatment_id for a in prolos))


def render(library: Library) -> Rendering:
    """Every kind of option and the trials that tested it."""
    found = tested(library)
    return Rendering(
        sentence=_sentence(found),
        chart=_chart(found),
        table=_table(library, found),
        alt=_alt(found),
        how_to_read=_HOW_TO_READ,
        sources=(article(library), *_sources(library, found)),
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


def _sentence(found: dict[Treatment, list[Tested]]) -> str:
    named = [t for option, trials in found.items() if option.named_by_article for t in trials]
    added = sum(1 for t in named if t.added)
    return (
        "The article names **exercise, stretching and rehabilitation** as options with better research, and says that "
        f"a doctor may think of prolotherapy only when nothing else is enough. **{len(named)}** of the trials here "
        f"set it beside exercise or physiotherapy. What they report: {_tally(named)}. In {added} of them, the "
        "prolotherapy group exercised too. The exercise groups got no needle, so these figures can't tell the sugar "
        "from the needle."
    )


def _chart(found: dict[Treatment, list[Tested]]) -> Chart:
    y = list(range(len(found)))
    values = [float(len(trials)) for trials in found.values()]
    texts = [count(len(trials), "trial") for trials in found.values()]
    ids = {"ids": [option.treatment_id for option in found]}
    fill = {"color": LIGHT["ink"], "line": {"width": 0}}
    traces = (bars(y, [0.0] * len(y), values, [""] * len(y), fill, texts) | ids, notes(y, values, texts) | ids)
    labels = tuple(
        ChartRow(option.label, "named by the article" if option.named_by_article else "") for option in found
    )
    return stack((Panel("", "trials that tested it beside prolotherapy", (0.0, 1.4 * max(values)), labels, traces),))


def _table(library: Library, found: dict[Treatment, list[Tested]]) -> Table:
    columns = ("Option", "Trials", "What they report", "Trial by trial")
    found_rows = tuple(_row(library, option, trials) for option, trials in found.items())
    return Table("Options that trials set beside prolotherapy.", columns, found_rows)


def _row(library: Library, option: Treatment, trials: list[Tested]) -> Row:
    each = "; ".join(_trial(library, t) for t in trials)
    name = Cell(option.label, _by_article(option))
    return Row(option.treatment_id, (name, Cell(str(len(trials))), Cell(_tally(trials)), Cell(each)))


def _by_article(option: Treatment) -> str:
    return "named by the article" if option.named_by_article else ""


def _trial(library: Library, trial: Tested) -> str:
    start = f"{library.name(trial.study)}, {trial_labels.condition_name(library, trial.study)}"
    on_top = ", on top" if trial.added else ""
    if trial.stated is None:
        return f"{start}{on_top}: {_FOUND['not_stated']}"
    comparison, contrast = trial.stated
    when = weeks_words(comparison.outcome.weeks)
    return f"{start}{on_top}: {_FOUND[contrast.direction]}, {trial_labels.what(comparison)}, {when}"


def _sources(library: Library, found: dict[Treatment, list[Tested]]) -> tuple[SourceLink, ...]:
    ids = dict.fromkeys(t.study.source_id for trials in found.values() for t in trials)
    return tuple(trial_labels.source_link(library.source(i)) for i in ids)


_MOST = 4  # options that a text alternative names


def _alt(found: dict[Treatment, list[Tested]]) -> str:
    ranked = sorted(found.items(), key=lambda item: -len(item[1]))
    parts = "; ".join(f"{option.label}: {len(trials)}" for option, trials in ranked[:_MOST])
    others = [len(trials) for _, trials in ranked[_MOST:]]
    more = f"; {count(len(others), 'other')}: {min(others)} to {max(others)} each" if others else ""
    return f"How many trials set an option beside prolotherapy, the most first. {parts}{more}. A bar for each."
