"""Unwanted effects as trials report them: a number and how many people it is out of, or that there is none."""

from prolo_dash.evidence.library import Library
from prolo_dash.evidence.records import Harm
from prolo_dash.kit import trial_labels
from prolo_dash.kit.charts import ChartRow, Panel, notes, points, stack
from prolo_dash.kit.theme import LIGHT
from prolo_dash.kit.view import Cell, Chart, Rendering, Row, Table
from prolo_dash.kit.wording import count, interval, number
from prolo_dash.stats.effects import Estimate, wilson

NO_DENOMINATOR = "no denominator"
_SPAN = (0.0, 24.0)


def of_trials(library: Library) -> list[Harm]:
    """Every report of a trial, those with a denominator first, the largest first."""
    treated = {study.study_id for study in library.trials}
    found = [h for h in library.package.harms if h.study_id in treated]
    return sorted(found, key=lambda h: -(h.n or 0) if per_100(h) else 1)


def per_100(harm: Harm) -> Estimate | None:
    """Events of 100 people with their interval (Wilson); None where events or people were not given."""
    if harm.events is None or harm.n is None:
        return None
    return wilson(harm.events, harm.n).scaled(100)


def harm_words(harm: Harm, missing: str = NO_DENOMINATOR) -> str:
    """What a trial says of one kind of event: the count and out of how many, or ``missing``."""
    if harm.events is None:
        return "none, but no count is given" if harm.severity == "none_reported" else "told of, but not counted"
    told = "none" if harm.events == 0 else str(harm.events)
    return f"{told} of {harm.n}" if harm.n else f"{told} ({missing})"


def render(library: Library) -> Rendering:
    """All reports of trials."""
    harms = of_trials(library)
    return Rendering(
        sentence=_sentence(library, harms),
        chart=_chart(library, harms),
        table=_table(library, harms),
        alt=_alt(harms),
        how_to_read=_HOW_TO_READ,
        sources=tuple(
            trial_labels.source_link(library.source(library.study(i).source_id))
            for i in dict.fromkeys(h.study_id for h in harms)
        ),
    )


_HOW_TO_READ = (
    "A mark is the number of events in 100 people; the line is its 95% interval. No event in a small trial does not "
    "mean that there can be none: the line ends where a higher number would be hard to square with the trial.",
    "“No denominator” means that we do not know out of how many. Such rows have words and no mark. Where a "
    "trial's report did not come with the number of people, we have not filled it in from elsewhere.",
    "Most of these numbers are out of all people of a trial, those without prolotherapy too. For prolotherapy alone, "
    "the line would reach further.",
    "“Any unwanted effect” and “severe” are not the same thing. Each row has the trial's own word.",
)


def _sentence(library: Library, harms: list[Harm]) -> str:
    known = [h for h in harms if per_100(h)]
    told = len({h.study_id for h in harms})
    silent = len(library.trials) - told
    most = known[0]
    limit = per_100(most)
    assert limit is not None
    assert limit.high is not None
    start = (
        f"**{told}** of {count(len(library.trials), 'study', 'studies')} say something of unwanted effects where we "
        f"looked; for the other {silent} we saw nothing. Only **{len(known)}** give a count and the number of people."
    )
    zero = (
        f"Even the largest of these, {most.events} of {most.n}, leaves room for up to **{number(limit.high)}** of 100, "
        "counted over all its groups."
    )
    return f"{start} {zero} {_contradiction(library)}".strip()


def _contradiction(library: Library) -> str:
    """Where a paper's abstract and a review of it differ, both are told."""
    found = [f for f in library.package.flags if f.kind == "harms_disagree"]
    return " ".join(f"Reports disagree on {library.name(library.study(f.study_id))}. {f.reason}" for f in found)


def _disagree(library: Library, study_id: str) -> tuple[str, ...]:
    return tuple(f.reason for f in library.study_flags(study_id) if f.kind == "harms_disagree")


def _chart(library: Library, harms: list[Harm]) -> Chart:
    known = [(y, h, e) for y, h in enumerate(harms) if (e := per_100(h))]
    rest = [(y, h) for y, h in enumerate(harms) if not per_100(h)]
    marks = points(
        [y for y, _, _ in known],
        [e for _, _, e in known],
        ["circle"] * len(known),
        "ink",
        [harm_words(h) for _, h, _ in known],
        [0.0] * len(known),
    )
    ends = notes([y for y, _, _ in known], [e.high or 0.0 for _, _, e in known], [harm_words(h) for _, h, _ in known])
    words = notes([y for y, _ in rest], [0.0] * len(rest), [harm_words(h) for _, h in rest])
    words |= {"textfont": {"color": LIGHT["soft"], "size": 14}}
    traces = (
        marks | {"ids": [h.harm_id for _, h, _ in known]},
        ends | {"ids": [h.harm_id for _, h, _ in known]},
        words | {"ids": [h.harm_id for _, h in rest]},
    )
    return stack((Panel("", "events in 100 people", _SPAN, tuple(_label(library, h) for h in harms), traces),), bar=20)


def _label(library: Library, harm: Harm) -> ChartRow:
    study = library.study(harm.study_id)
    flag = "reports disagree" if _disagree(library, harm.study_id) else ""
    return ChartRow(library.name(study), f"{library.condition_of(study).label}: {harm.event}", flag)


def _table(library: Library, harms: list[Harm]) -> Table:
    columns = ("Trial", "What", "How many", "Of 100 (95% interval)", "What we saw")
    return Table("Unwanted effects as trials report them.", columns, tuple(_row(library, h) for h in harms))


def _row(library: Library, harm: Harm) -> Row:
    study = library.study(harm.study_id)
    estimate = per_100(harm)
    cells = (
        Cell(library.name(study), library.condition_of(study).label),
        Cell(harm.event),
        Cell(harm_words(harm)),
        Cell(interval(estimate, 1) if estimate else NO_DENOMINATOR),
        Cell(harm.notes or ""),
    )
    return Row(harm.harm_id, cells, _disagree(library, harm.study_id))


def _alt(harms: list[Harm]) -> str:
    known = [h for h in harms if per_100(h)]
    parts = "; ".join(harm_words(h) for h in known)
    return (
        f"{count(len(harms), 'report')} of trials, a row each. {len(known)} have a mark with an interval: {parts}. The "
        "others have words only."
    )
