"""Unwanted effects as a survey of practitioners counted them, and as other pages name them: no rates."""

from prolo_dash.evidence.library import Library
from prolo_dash.evidence.records import Harm, HarmReport
from prolo_dash.kit.charts import ChartRow, Panel, bars, notes, stack
from prolo_dash.kit.references import links, page_name
from prolo_dash.kit.theme import LIGHT
from prolo_dash.kit.view import Box, Cell, Chart, Rendering, Row, Table

SURVEY = "dagenais2006"
_ALL, _HOSPITAL, _NERVE = f"{SURVEY}_all_reports", f"{SURVEY}_hospital", f"{SURVEY}_nerve_damage"
_PARTS = (_HOSPITAL, f"{SURVEY}_permanent_nerve")  # how bad it was, not what it was
_NO_RATE = "no rate can be worked out"


def counted(library: Library) -> list[Harm]:
    """The survey's counts: all, then each kind, most frequent first, then how bad they were."""
    found = [h for h in library.package.harms if h.study_id == SURVEY and h.events is not None]
    return sorted(found, key=lambda h: (h.harm_id != _ALL, h.harm_id in _PARTS, -(h.events or 0)))


def events(library: Library, harm_id: str) -> int:
    """How many events of one kind the survey counted."""
    found = next(h.events for h in library.package.harms if h.harm_id == harm_id)
    assert found is not None
    return found


def render(library: Library) -> Rendering:
    """The survey's counts drawn, everything else listed."""
    harms = counted(library)
    others = _others(library)
    return Rendering(
        sentence=_sentence(library),
        chart=_chart(harms),
        table=_table(library, harms),
        alt=_alt(harms),
        how_to_read=(*_HOW_TO_READ, _rest(library, harms)),
        sources=links(library, (SURVEY, *(r.source_id for r in others))),
        listed_title="Listed, not drawn: the survey's guesses, a case report and what other pages name",
        listed=tuple(_box(library, r, _note(r, others)) for r in others),
    )


_HOW_TO_READ = (
    "The bars count reports, not people of 100. Nobody counted how many people were treated, so a long bar does not "
    "mean a high risk, and a short one does not mean a low risk.",
    "The practitioners treated backs and necks, with several solutions. The counts do not hold for knees or elbows.",
    "They told from memory, and half of those who were asked did not reply. Both can make the counts too low.",
    "The last two rows say how bad some of the reports were; they count the same reports once more.",
)


def _rest(library: Library, harms: list[Harm]) -> str:
    """How many of all reports are of kinds that have no row."""
    named = sum(h.events or 0 for h in harms if h.harm_id not in (_ALL, *_PARTS))
    rest = events(library, _ALL) - named
    return f"The kinds shown add up to {named}. What the other {rest} reports were, we did not see."


def _sentence(library: Library) -> str:
    asked = library.study(SURVEY).n_analysed
    return (
        f"In a survey, **{asked}** practitioners told of **{events(library, _ALL)}** unwanted events over their whole "
        f"careers. **{events(library, _HOSPITAL)}** of these led to a hospital stay, and "
        f"**{events(library, _NERVE)}** were nerve damage, which the article calls "
        "unreported. The counts **can't be turned into a rate**: nobody counted how many people were treated."
    )


def _chart(harms: list[Harm]) -> Chart:
    y = list(range(len(harms)))
    values = [float(h.events or 0) for h in harms]
    texts = [str(h.events) for h in harms]
    ids = {"ids": [h.harm_id for h in harms]}
    fill = {"color": LIGHT["ink"], "line": {"width": 0}}
    traces = (bars(y, [0.0] * len(y), values, [""] * len(y), fill, texts) | ids, notes(y, values, texts) | ids)
    labels = tuple(ChartRow(_name(h), _scope(h)) for h in harms)
    return stack((Panel("", "reports, no denominator", (0.0, 1.16 * max(values)), labels, traces),), bar=22)


def _scope(harm: Harm) -> str:
    if harm.harm_id == _ALL:
        return "all kinds together"
    return "how bad: the same reports once more" if harm.harm_id in _PARTS else ""


def _name(harm: Harm) -> str:
    return harm.event[0].upper() + harm.event[1:]


def _table(library: Library, harms: list[Harm]) -> Table:
    flags = tuple(f.reason for f in library.study_flags(SURVEY))
    last = harms[-1].harm_id
    found = tuple(
        Row(
            h.harm_id,
            (Cell(_name(h)), Cell(f"{h.events} reports"), Cell(_NO_RATE), Cell(_graded(h))),
            flags if h.harm_id == last else (),
        )
        for h in harms
    )
    return Table("Reports in the survey.", ("Event", "How many", "Of 100 people", "Note"), found)


def _graded(harm: Harm) -> str:
    """The row's note; without one, that the survey does not say how bad it was, where it does not."""
    return harm.notes or ("how bad these were is not said" if harm.severity == "not_graded" else "")


def _others(library: Library) -> list[HarmReport]:
    """What is not a count of the survey: its guesses, the case report, other pages."""
    return [r for r in library.package.harm_reports if not (r.source_id == SURVEY and r.kind == "rare")]


def _note(report: HarmReport, others: list[HarmReport]) -> str:
    """The row's note; the first one of its source where it only points there."""
    if report.notes != "As above.":
        return report.notes or ""
    return next(r.notes or "" for r in others if r.source_id == report.source_id)


def _box(library: Library, report: HarmReport, note: str) -> Box:
    who = "Survey of practitioners" if report.source_id == SURVEY else page_name(library, report.source_id)
    told = f"{report.estimate.replace('%', ' of 100')}: " if report.estimate else ""
    return Box(who, f"{told}{report.event}", note)


def _alt(harms: list[Harm]) -> str:
    parts = "; ".join(f"{h.event}: {h.events}" for h in harms)
    return f"Bars of the number of reports in a survey of practitioners: {parts}. No rate can be worked out."
