"""Unwanted effects as a survey of practitioners counted them, and as other pages name them: no rates."""

from dataclasses import dataclass

from prolo_dash.evidence.harms import counted_in, named_effects, survey_of
from prolo_dash.evidence.library import Library
from prolo_dash.evidence.records import Harm, HarmReport, Study
from prolo_dash.kit.charts import ChartRow, Panel, bars, notes, stack
from prolo_dash.kit.references import links
from prolo_dash.kit.theme import Fill
from prolo_dash.kit.view import Box, Cell, Chart, Rendering, Row, Table
from prolo_dash.kit.wording import capitalised

_NO_RATE = "no rate can be worked out"


@dataclass(frozen=True)
class Facts:
    """A survey's counts; which of its kinds of event the article calls unreported; and all else that pages name."""

    survey: Study | None
    counts: tuple[Harm, ...]
    unreported: tuple[Harm, ...]
    named: tuple[HarmReport, ...]

    @property
    def total(self) -> int:
        """How many events of all kinds were counted."""
        return sum(harm.events or 0 for harm in self.counts if harm.counts == "total")

    @property
    def of_no_kind(self) -> int:
        """How many of them are of kinds that have no row."""
        return self.total - self.of_kinds

    @property
    def of_kinds(self) -> int:
        """How many events the kinds with a row add up to."""
        return sum(harm.events or 0 for harm in self.counts if harm.counts == "event")

    @property
    def grades_of_all(self) -> tuple[Harm, ...]:
        """How bad reports of all kinds were."""
        return tuple(harm for harm in self.counts if harm.counts == "grade" and not harm.claims)


def facts(library: Library) -> Facts:
    """The survey's counts, and what is not a count of it: its guesses, case reports, other pages."""
    survey = survey_of(library)
    source = survey.source_id if survey else None
    named = (r for r in library.package.harm_reports if not (r.source_id == source and r.kind == "rare"))
    unreported = (h for effect in named_effects(library) if not effect.is_mild for h in effect.survey)
    return Facts(
        survey,
        counted_in(library, survey) if survey else (),
        tuple(harm for harm in unreported if harm.counts == "event"),
        tuple(named),
    )


def render(library: Library) -> Rendering:
    """The survey's counts drawn, everything else listed."""
    found = facts(library)
    source = found.survey.source_id if found.survey else None
    return Rendering(
        sentence=_sentence(found),
        chart=_chart(found),
        table=_table(library, found),
        alt=_alt(found),
        how_to_read=_how_to_read(library.topic.survey_notes, found),
        sources=links(library, (source, *(report.source_id for report in found.named))),
        listed_title=_LISTED if found.survey else "Listed, not drawn: what pages name",
        listed=tuple(_box(library, report, source) for report in found.named),
    )


_LISTED = "Listed, not drawn: the survey's guesses, a case report and what other pages name"


def _how_to_read(survey_notes: tuple[str, ...], found: Facts) -> tuple[str, ...]:
    if found.survey is None:
        return _WITHOUT_SURVEY
    grades = sum(harm.counts == "grade" for harm in found.counts)
    last = "The last row says" if grades == 1 else f"The last {_NUMBER.get(grades, str(grades))} rows say"
    again = f"{last} how bad some of the reports were; {'it counts' if grades == 1 else 'they count'} the same reports"
    return (
        "The bars count reports, not people of 100. Nobody counted how many people were treated, so a long bar does "
        "not mean a high risk, and a short one does not mean a low risk.",
        *survey_notes,
        *((f"{again} once more.",) if grades else ()),
        _rest(found),
    )


_NUMBER = {2: "two", 3: "three"}
_WITHOUT_SURVEY = ("What a page names is no count. It does not say how often it happens.",)


def _rest(found: Facts) -> str:
    """How many of all reports are of kinds that have no row."""
    return (
        f"The kinds shown add up to {found.of_kinds}. What the other {found.of_no_kind} reports were, we did not see."
    )


def _sentence(found: Facts) -> str:
    if found.survey is None:
        return f"We saw no survey of practitioners. **{len(found.named)}** reports of other pages are listed."
    graded = (f"**{harm.events}** of these {harm.in_words}" for harm in found.grades_of_all)
    kinds = (f"**{harm.events}** were {harm.event}, which the article calls unreported" for harm in found.unreported)
    return (
        f"In a survey, **{found.survey.n_analysed}** practitioners told of **{found.total}** unwanted events over "
        f"their whole careers. {', and '.join((*graded, *kinds))}. The counts **can't be turned into a rate**: nobody "
        "counted how many people were treated."
    )


def _chart(found: Facts) -> Chart:
    if not found.counts:
        return stack(())
    y = list(range(len(found.counts)))
    values = [float(h.events or 0) for h in found.counts]
    texts = [str(h.events) for h in found.counts]
    ids = [h.harm_id for h in found.counts]
    fill = Fill("ink")
    traces = (bars(y, [0.0] * len(y), values, [""] * len(y), fill, texts, ids=ids), notes(y, values, texts, ids=ids))
    labels = tuple(ChartRow(capitalised(h.event), _SCOPE[h.counts]) for h in found.counts)
    return stack((Panel("", "reports, no denominator", (0.0, 1.16 * max(values)), labels, traces),), bar=22)


_SCOPE = {"total": "all kinds together", "event": "", "grade": "how bad: the same reports once more"}


def _table(library: Library, found: Facts) -> Table:
    flags = tuple(f.reason for f in library.study_flags(found.survey.study_id)) if found.survey else ()
    own_rows = tuple(_row(harm, flags if harm is found.counts[-1] else ()) for harm in found.counts)
    return Table("Reports in the survey.", ("Event", "How many", "Of 100 people", "Note"), own_rows)


def _row(harm: Harm, flags: tuple[str, ...]) -> Row:
    cells = (Cell(capitalised(harm.event)), Cell(f"{harm.events} reports"), Cell(_NO_RATE), Cell(_graded(harm)))
    return Row(harm.harm_id, cells, flags)


def _graded(harm: Harm) -> str:
    """The row's note; without one, that the survey does not say how bad it was, where it does not."""
    return harm.notes or ("how bad these were is not said" if harm.severity == "not_graded" else "")


def _box(library: Library, report: HarmReport, survey: str | None) -> Box:
    who = "Survey of practitioners" if report.source_id == survey else library.source(report.source_id).name
    told = f"{report.estimate.replace('%', ' of 100')}: " if report.estimate else ""
    return Box(who, f"{told}{report.event}", report.notes or "")


def _alt(found: Facts) -> str:
    if not found.counts:
        return "No chart: a list of what pages name."
    parts = "; ".join(f"{harm.event}: {harm.events}" for harm in found.counts)
    return f"Bars of the number of reports in a survey of practitioners: {parts}. No rate can be worked out."
