"""Later trials: what was found against a control injection, oldest first, one condition at a time."""

from collections import Counter
from dataclasses import dataclass
from itertools import pairwise

from prolo_dash.evidence.comparison import Comparison
from prolo_dash.evidence.judged import registrations
from prolo_dash.evidence.library import Library
from prolo_dash.evidence.records import Contrast, Study
from prolo_dash.kit import trial_labels
from prolo_dash.kit.charts import ChartRow, Panel, named_places, notes, stack
from prolo_dash.kit.controls import choice
from prolo_dash.kit.position_words import position_words
from prolo_dash.kit.theme import LIGHT, SHAPES
from prolo_dash.kit.view import Box, Cell, Chart, KeyEntry, Rendering, Row, SourceLink, Table, View
from prolo_dash.kit.wording import count, flag_reasons, grave_flag, listing, size_words, verb, weeks_words

_PLACE = {"favours_comparator": -1.0, "no_difference": 0.0, "favours_intervention": 1.0}
_WORDS = {
    "favours_intervention": "better than the control injection",
    "no_difference": "no clear difference",
    "favours_comparator": "worse than the control injection",
}
_NAMED = 4  # trials that a text alternative names
_SHORT = {"favours_intervention": "better", "no_difference": "no clear difference", "favours_comparator": "worse"}


@dataclass(frozen=True)
class LaterState:
    """Which condition."""

    condition: str = choice(
        "Condition",
        trial_labels.condition_options,
        trial_labels.first_condition,
        style="menu",
    )


@dataclass(frozen=True)
class Verdict:
    """What one trial reports of prolotherapy against a control injection."""

    study: Study
    year: int
    comparison: Comparison
    contrast: Contrast
    against: int  # statements on other outcomes that go another way
    statements: int


def verdicts(library: Library, condition: str) -> tuple[list[Verdict], list[Study]]:
    """The verdict of each trial of a condition with a control injection, oldest first, and those that state none."""
    studies = library.trials_on([condition])
    controlled = [s for s in studies if library.arms(s.study_id, "control")]
    found = {s.study_id: _verdict(library, s) for s in controlled}
    told = sorted((v for v in found.values() if v), key=lambda v: (v.year, v.study.study_id))
    return told, [s for s in controlled if found[s.study_id] is None]


def _verdict(library: Library, study: Study) -> Verdict | None:
    stated = [
        (comparison, contrast)
        for comparison in library.comparisons_of(study)
        if comparison.control and comparison.as_randomised
        for contrast in [comparison.contrast(comparison.control)]
        if contrast and contrast.direction != "not_stated"
    ]
    if not stated:
        return None
    main, contrast = max(stated, key=lambda pair: (pair[0].outcome.primary == "yes", pair[0].outcome.weeks or 0))
    other = sum(1 for _, c in stated if c.direction != contrast.direction)
    return Verdict(study, library.source(study.source_id).year or 0, main, contrast, other, len(stated))


def render(library: Library, state: LaterState) -> Rendering:
    """The trials of one condition against a control injection, in time."""
    told, silent = verdicts(library, state.condition)
    return Rendering(
        sentence=_sentence(library, told, state.condition) + _never_published(library, state.condition),
        chart=_chart(library, told),
        table=_table(library, told),
        alt=_alt(library, told, state.condition),
        how_to_read=_HOW_TO_READ,
        sources=(
            *trial_labels.source_links(library, [v.comparison for v in told]),
            *_review_sources(library, state.condition),
        ),
        key=(KeyEntry("what the trial reports of prolotherapy, beside the control injection", "prolo"),),
        chain=_reviews(library, state.condition),
        listed_title=f"Listed, not drawn: {count(len(silent), 'trial')} that states no result" if silent else "",
        listed=trial_labels.listed(library, [(s, library.comparisons_of(s)) for s in silent], "better"),
    )


_HOW_TO_READ = (
    "Each row is a trial that compared prolotherapy with a control injection, the oldest at the top.",
    "Its mark shows what the paper reports for its main outcome, or else for its longest follow-up, while the groups "
    "were as randomised. The table says how many of its other results point elsewhere.",
    "“No clear difference” means that the difference found could well be chance. It does not show that the two are "
    "equal.",
)


def _sentence(library: Library, told: list[Verdict], condition: str) -> str:
    label = library.conditions[condition].in_words
    if not told:
        return f"No trial on {label} reports a result against a control injection in the pages we saw."
    if len(told) == 1:
        return (
            f"One trial on {label} reports a result against a control injection: "
            f"**{_WORDS[told[0].contrast.direction]}**. It is {library.name(told[0].study)} "
            f"({trial_labels.what(told[0].comparison)}).{_main_missed(library, told[0])} No later trial repeated it."
        )
    better = [v for v in told if v.contrast.direction == "favours_intervention"]
    same = sum(1 for v in told if v.contrast.direction == "no_difference")
    worse = len(told) - len(better) - same
    parts = [f"**{len(better)}** reported that prolotherapy did better", f"**{same}** reported no clear difference"]
    if worse:
        parts.append(f"**{worse}** that it did worse")
    first, last = told[0], told[-1]
    span = f"from {first.year} to {last.year}" if first.year != last.year else f"of {first.year}"
    turned = sum(1 for a, b in pairwise(told) if a.contrast.direction != b.contrast.direction)
    change = f" From one to the next, the finding changed **{turned}** times." if turned > 1 else ""
    return (
        f"We saw {count(len(told), 'trial')} on {label} {span} with a control injection. "
        f"Of these, {listing(parts)}.{change}"
    )


def _never_published(library: Library, condition: str) -> str:
    """How many trials of the condition were registered and never published, as far as seen."""
    silent = registrations(library, ("unpublished",), condition)
    if not silent:
        return ""
    return (
        f" Beside these, {count(len(silent), 'trial')} {verb(len(silent), 'was', 'were')} registered of which we saw "
        f"no paper: {listing(entry.registry_id or entry.trial for entry in silent)}."
    )


def _main_missed(library: Library, verdict: Verdict) -> str:
    """That the main outcome is not what is told, where there is one that was not reported where we looked."""
    own = [outcome for outcome in library.package.outcomes if outcome.study_id == verdict.study.study_id]
    if verdict.comparison.outcome.primary == "yes" or all(outcome.primary != "yes" for outcome in own):
        return ""
    return " What it found on its main outcome was not reported where we looked."


def _chart(library: Library, told: list[Verdict]) -> Chart:
    if not told:
        return stack(())
    y = list(range(len(told)))
    x = [_PLACE[v.contrast.direction] for v in told]
    ids = {"ids": [v.study.study_id for v in told]}
    marks = {
        "type": "scatter",
        "mode": "markers",
        "y": y,
        "offsets": [0.0] * len(y),
        "x": x,
        "marker": {
            "symbol": [SHAPES[v.comparison.condition.symbol] for v in told],
            "size": 15,
            "color": LIGHT["prolo"],
        },
        "hovertext": [_WORDS[v.contrast.direction] for v in told],
    }
    texts = [_SHORT[v.contrast.direction] for v in told]
    labels = tuple(
        ChartRow(
            library.name(v.study),
            f"{size_words(v.comparison)}, {trial_labels.what(v.comparison)}, {_when(v)}",
            grave_flag(v.comparison),
        )
        for v in told
    )
    panel = Panel(
        "",
        "",
        (-1.6, 2.6),
        labels,
        (marks | ids, notes(y, x, texts) | ids),
    )
    return named_places(
        stack((panel,)), ({place: _SHORT[key].replace("clear ", "clear<br>") for key, place in _PLACE.items()},)
    )


def _when(verdict: Verdict) -> str:
    return weeks_words(verdict.comparison.outcome.weeks)


def _table(library: Library, told: list[Verdict]) -> Table:
    columns = ("Trial", "Size", "Main result", "Reported", "Other results")
    return Table("Trials against a control injection, oldest first.", columns, tuple(_row(library, v) for v in told))


def _row(library: Library, v: Verdict) -> Row:
    assert v.comparison.control is not None
    p = f"p {v.contrast.p}" if v.contrast.p else "p not seen"
    rest = f"{v.against} of {v.statements} results point elsewhere" if v.statements > 1 else "none stated"
    cells = (
        Cell(library.name(v.study), v.comparison.condition.label),
        Cell(size_words(v.comparison)),
        Cell(trial_labels.what(v.comparison), _when(v)),
        Cell(_WORDS[v.contrast.direction], f"{p}; against {v.comparison.control.arm.label}"),
        Cell(rest),
    )
    printed_note = (v.contrast.notes,) if v.contrast.notes else ()
    return Row(v.study.study_id, cells, (*printed_note, *flag_reasons(v.comparison)))


def _reviews(library: Library, condition: str) -> tuple[Box, ...]:
    return tuple(
        Box(
            "What was published on it",
            position.organisation,
            f"It {position_words(position)}. {position.notes or ''}".strip(),
        )
        for position in library.package.positions
        if position.position_id in library.conditions[condition].verdicts
    )


def _review_sources(library: Library, condition: str) -> tuple[SourceLink, ...]:
    ids = [
        p.source_id
        for p in library.package.positions
        if p.source_id and p.position_id in library.conditions[condition].verdicts
    ]
    return tuple(trial_labels.source_link(library.source(i), "the review's verdict") for i in ids)


def _alt(library: Library, told: list[Verdict], condition: str) -> str:
    if not told:
        return "No marks: no trial reports a result against a control injection."
    counts = Counter[str](v.contrast.direction for v in told)
    found = listing(f"{counts[direction]} {words}" for direction, words in _WORDS.items() if counts[direction])
    named = told if len(told) <= _NAMED else [told[0], told[-1]]
    which = "" if len(named) == len(told) else ", the first and the last"
    said = "; ".join(f"{library.name(v.study)}: {_SHORT[v.contrast.direction]}" for v in named)
    return (
        f"{count(len(told), 'trial')} on {library.conditions[condition].label}: {found}. A row for each, oldest first"
        f"{which}: {said}."
    )


VIEW = View(
    key="certainty_later",
    question="Did later trials find the same?",
    state=LaterState,
    render=render,
    for_class="A first trial finds a large gain, the next finds none. Name three things that could explain it.",
)
