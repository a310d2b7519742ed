"""Unwanted effects as trials report them: a number and how many people it is out of, or that there is none."""

from dataclasses import dataclass

from prolo_dash.chapters.risks.harm_words import NO_DENOMINATOR, harm_words
from prolo_dash.evidence.harms import events_per_100, reported_by_trials
from prolo_dash.evidence.library import Library
from prolo_dash.evidence.records import Flag, Harm, Study
from prolo_dash.kit import trial_labels
from prolo_dash.kit.charts import ChartRow, Panel, notes, points, stack
from prolo_dash.kit.references import links
from prolo_dash.kit.view import Cell, Chart, Rendering, Row, Table
from prolo_dash.kit.wording import count, interval, number
from prolo_dash.stats.effects import Estimate

_SPAN = (0.0, 24.0)


@dataclass(frozen=True)
class Report:
    """What a trial says of one kind of event, with events per 100 people where known."""

    study: Study
    harm: Harm
    per_100: Estimate | None
    disagreements: tuple[Flag, ...]


@dataclass(frozen=True)
class Facts:
    """Reports of trials, those with a denominator first; and how many trials there are."""

    reports: tuple[Report, ...]
    studies: int

    @property
    def with_rate(self) -> tuple[tuple[int, Report, Estimate], ...]:
        """Reports with a count and a denominator, each with its place."""
        return tuple((y, r, r.per_100) for y, r in enumerate(self.reports) if r.per_100)

    @property
    def reporting(self) -> int:
        """How many studies say something of unwanted effects."""
        return len({report.study for report in self.reports})

    @property
    def disagreements(self) -> tuple[tuple[Study, Flag], ...]:
        """Where reports of one study differ, each once."""
        return tuple(dict.fromkeys((r.study, flag) for r in self.reports for flag in r.disagreements))


def facts(library: Library) -> Facts:
    """All reports of trials."""

    def report(harm: Harm) -> Report:
        flags = tuple(f for f in library.study_flags(harm.study_id) if f.kind == "harms_disagree")
        return Report(library.study(harm.study_id), harm, events_per_100(harm), flags)

    return Facts(tuple(map(report, reported_by_trials(library))), len(library.trials))


def render(library: Library) -> Rendering:
    """All reports of trials."""
    found = facts(library)
    return Rendering(
        sentence=_sentence(library, found),
        chart=_chart(library, found),
        table=_table(library, found),
        alt=_alt(found),
        how_to_read=_how_to_read(library.topic.intervention),
        sources=links(library, (report.study.source_id for report in found.reports)),
    )


def _how_to_read(intervention: str) -> tuple[str, ...]:
    return (
        "A mark is the number of events in 100 people; the line is its 95% interval. No event in a small trial does "
        "not mean that there can be none: the line ends where a higher number would be hard to square with the trial.",
        "“No denominator” means that we do not know out of how many. Such rows have words and no mark. Where a "
        "trial's report did not come with the number of people, we have not filled it in from elsewhere.",
        f"Most of these numbers are out of all people of a trial, those without {intervention} too. For {intervention} "
        "alone, the line would reach further.",
        "“Any unwanted effect” and “severe” are not the same thing. Each row has the trial's own word.",
    )


def _sentence(library: Library, found: Facts) -> str:
    known, silent = found.with_rate, found.studies - found.reporting
    start = (
        f"**{found.reporting}** of {count(found.studies, 'study', 'studies')} say something of unwanted effects where "
        f"we looked; for the other {silent} we saw nothing. Only **{len(known)}** give a count and the number of "
        "people."
    )
    differ = (f"Reports disagree on {library.name(study)}. {flag.reason}" for study, flag in found.disagreements)
    return " ".join((start, *_room(found), *differ))


def _room(found: Facts) -> tuple[str, ...]:
    """How many events the largest report still leaves room for."""
    if not found.with_rate:
        return ()
    _, most, limit = found.with_rate[0]
    return (
        f"Even the largest of these, {most.harm.events} of {most.harm.n}, leaves room for up to "
        f"**{number(limit.high or 0.0)}** of 100, counted over all its groups.",
    )


def _chart(library: Library, found: Facts) -> Chart:
    known = found.with_rate
    rest = [(y, report.harm) for y, report in enumerate(found.reports) if not report.per_100]
    ids = [r.harm.harm_id for _, r, _ in known]
    said = [harm_words(r.harm) for _, r, _ in known]
    marks = points(
        [y for y, _, _ in known],
        [e for _, _, e in known],
        ["circle"] * len(known),
        "ink",
        said,
        [0.0] * len(known),
        ids=ids,
    )
    ends = notes([y for y, _, _ in known], [e.high or 0.0 for _, _, e in known], said, ids=ids)
    words = notes(
        [y for y, _ in rest],
        [0.0] * len(rest),
        [harm_words(h) for _, h in rest],
        ids=[h.harm_id for _, h in rest],
        colour="soft",
    )
    traces = (marks, ends, words)
    labels = tuple(_label(library, report) for report in found.reports)
    return stack((Panel("", "events in 100 people", _SPAN, labels, traces),), bar=20)


def _label(library: Library, report: Report) -> ChartRow:
    flag = "reports disagree" if report.disagreements else ""
    condition = trial_labels.condition_name(library, report.study)
    return ChartRow(library.name(report.study), f"{condition}: {report.harm.event}", flag)


def _table(library: Library, found: Facts) -> Table:
    columns = ("Trial", "What", "How many", "Of 100 (95% interval)", "What we saw")
    own_rows = tuple(_row(library, report) for report in found.reports)
    return Table("Unwanted effects as trials report them.", columns, own_rows)


def _row(library: Library, report: Report) -> Row:
    harm = report.harm
    cells = (
        Cell(library.name(report.study), trial_labels.condition_name(library, report.study)),
        Cell(harm.event),
        Cell(harm_words(harm)),
        Cell(interval(report.per_100, 1) if report.per_100 else NO_DENOMINATOR),
        Cell(harm.notes or ""),
    )
    return Row(harm.harm_id, cells, tuple(flag.reason for flag in report.disagreements))


def _alt(found: Facts) -> str:
    known = found.with_rate
    parts = "; ".join(harm_words(report.harm) for _, report, _ in known)
    return (
        f"{count(len(found.reports), 'report')} of trials, a row each. {len(known)} have a mark with an interval: "
        f"{parts}. The others have words only."
    )
