"""A fact box of harms: what the article says, what trials reported, what a survey and other pages report."""

from dataclasses import dataclass
from typing import Any

from prolo_dash.chapters.risks import survey, trial_reports
from prolo_dash.evidence.library import Library
from prolo_dash.evidence.records import Claim, Harm, HarmReport
from prolo_dash.kit.charts import ChartRow, Panel, named_places, notes, stack
from prolo_dash.kit.controls import Option, choice
from prolo_dash.kit.references import article, claim, links, page_name
from prolo_dash.kit.theme import LIGHT
from prolo_dash.kit.view import Box, Cell, Chart, Rendering, Row, Table, View
from prolo_dash.kit.wording import NOT_REPORTED, count


@dataclass(frozen=True)
class HarmsState:
    """Whose word on harms is shown."""

    source: str = choice(
        "Whose word",
        (
            Option("article", "What the article says"),
            Option("trials", "What trials reported"),
            Option("survey", "What a survey and other pages report"),
        ),
        "article",
    )


@dataclass(frozen=True)
class Effect:
    """One effect that the article names, and what else was seen of it."""

    claim: Claim
    trials: tuple[Harm, ...]
    survey: tuple[Harm, ...]
    pages: tuple[HarmReport, ...]


# For each effect of the article, the rows of harms.csv and of harm_reports.csv that speak of it.
_EVIDENCE: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "mild_pain": (("rabago2013_pain", "dagenais2006_pain"), ("uw_pain_72h",)),
    "mild_bleeding": (("rabago2013_bruising", "dagenais2006_bruising"), ("uw_bleeding",)),
    "mild_numbness": ((), ("uw_numbness_fullness",)),
    "mild_fullness": ((), ("uw_numbness_fullness",)),
    "possible_allergy": ((), ("cord2011_list", "clark_anaphylaxis")),
    "possible_infection": ((), ("uw_infection", "cord2011_list")),
    "possible_nerve": (
        ("dagenais2006_nerve_damage", "dagenais2006_permanent_nerve"),
        ("case_cervical_cord", "cord2011_list", "spinehealth_list"),
    ),
    "possible_lightheaded": ((), ("cord2011_list",)),
}


def effects(library: Library) -> tuple[Effect, ...]:
    """The article's effects in its order, each with its evidence."""
    harms = {h.harm_id: h for h in library.package.harms}
    reports = {r.harm_report_id: r for r in library.package.harm_reports}
    found = []
    for claim_id, (harm_ids, report_ids) in _EVIDENCE.items():
        own = [harms[i] for i in harm_ids]
        found.append(
            Effect(
                claim(library, claim_id),
                tuple(h for h in own if h.study_id != survey.SURVEY),
                tuple(h for h in own if h.study_id == survey.SURVEY),
                tuple(reports[i] for i in report_ids),
            )
        )
    return tuple(found)


def render(library: Library, state: HarmsState) -> Rendering:
    """The harms as one kind of source tells them."""
    return {"article": _article, "trials": trial_reports.render, "survey": survey.render}[state.source](library)


def _article(library: Library) -> Rendering:
    found = effects(library)
    general = [claim(library, i) for i in ("safe_limited", "no_serious_lbp")]
    studies = [library.study(h.study_id).source_id for e in found for h in (*e.trials, *e.survey)]
    return Rendering(
        sentence=_sentence(library, found),
        chart=_chart(found),
        table=_table(library, found),
        alt=_alt(found),
        how_to_read=_HOW_TO_READ,
        sources=(article(library), *links(library, (*studies, *(r.source_id for e in found for r in e.pages)))),
        listed_title="What else the article says of safety",
        listed=tuple(Box("", "", f"{c.paraphrase}. {_added(c)}".strip()) for c in general),
    )


_HOW_TO_READ = (
    "Each row is an effect that the article names. A mark shows who else tells of it: a trial, the survey of "
    "practitioners, or another page.",
    "A number is a count of reports. “Named” means that it is told of without a count, “guessed” that people "
    "were asked how common they think it is. None of these is a rate.",
    "No mark does not mean that it did not happen. It means that it was not reported where we looked.",
)


def _added(told: Claim) -> str:
    return f"{told.what_the_evidence_adds}." if told.what_the_evidence_adds else ""


def _is_mild(effect: Effect) -> bool:
    return effect.claim.claim_id.startswith("mild_")


def _sentence(library: Library, found: tuple[Effect, ...]) -> str:
    mild = sum(1 for e in found if _is_mild(e))
    counted = [e for e in found if not _is_mild(e) and e.survey]
    nerve = {h.harm_id: h.events for e in counted for h in e.survey}
    damage, lasting = nerve["dagenais2006_nerve_damage"], nerve["dagenais2006_permanent_nerve"]
    return (
        f"The article names **{mild}** mild effects and **{len(found) - mild}** that it calls possible but unreported. "
        f"But one of these was reported: in a survey, practitioners told of nerve damage **{damage}** times. In "
        f"{lasting} reports a nerve stayed hurt. {_no_serious_harm(library)}"
    )


def _no_serious_harm(library: Library) -> str:
    """What is known of harm in the trials of which the article says that none showed serious harm."""
    told = next((c for c in library.package.claims if c.topic == "safety" and c.condition), None)
    if told is None or told.condition not in library.conditions:
        return ""
    condition = library.group_of(library.conditions[told.condition])
    trials = library.trials_on([condition.condition_id])
    reported = {h.study_id for h in library.package.harms} & {s.study_id for s in trials}
    seen = f"for **{len(reported)}**" if reported else "for **none** of them"
    return (
        f"The article also says that no trial on {condition.in_words} showed serious harm. Here are "
        f"{count(len(trials), 'study', 'studies')} of {condition.in_words}. "
        f"We saw a report on harm, good or bad, {seen}."
    )


def _mark(parts: tuple[Harm, ...]) -> str:
    """The count of the first part where there is one."""
    return next((str(h.events) for h in parts if h.events is not None), "named")


def _survey_mark(parts: tuple[Harm, ...]) -> str:
    return str(parts[0].events) if parts[0].events is not None else "guessed"


def _chart(found: tuple[Effect, ...]) -> Chart:
    cells = [
        (y, x, effect.claim.claim_id, text)
        for y, effect in enumerate(found)
        for x, text in (
            (0, _mark(effect.trials) if effect.trials else ""),
            (1, _survey_mark(effect.survey) if effect.survey else ""),
            (2, "named" if effect.pages else ""),
        )
        if text
    ]
    traces = [_column([cell for cell in cells if cell[1] == x]) for x in range(3)]
    labels = tuple(ChartRow(_name(e), "mild" if _is_mild(e) else "possible, said to be unreported") for e in found)
    panel = Panel("", "who else tells of it", (-0.2, 2.9), labels, tuple(t for pair in traces for t in pair))
    return named_places(stack((panel,), bar=20), ({0: "trials", 1: "the survey", 2: "other pages"},))


def _column(cells: list[tuple[int, int, str, str]]) -> tuple[dict[str, Any], dict[str, Any]]:
    y, x, ids, texts = (list(part) for part in zip(*cells, strict=True))
    place = [float(at) for at in x]
    marks = {
        "type": "scatter",
        "mode": "markers",
        "y": y,
        "offsets": [0.0] * len(y),
        "x": place,
        "ids": ids,
        "marker": {"symbol": "circle", "size": 11, "color": LIGHT["ink"]},
        "hovertext": texts,
    }
    return marks, notes(y, place, texts) | {"ids": ids}


def _name(effect: Effect) -> str:
    """The effect without the words that say how the article ranks it."""
    told = effect.claim.paraphrase.split(": ", 1)[1]
    return told[0].upper() + told[1:]


def _table(library: Library, found: tuple[Effect, ...]) -> Table:
    columns = ("Effect", "Trials", "Survey of practitioners", "Other pages")
    return Table("The effects that the article names, and who else tells of them.", columns, _rows(library, found))


def _rows(library: Library, found: tuple[Effect, ...]) -> tuple[Row, ...]:
    return tuple(
        Row(
            e.claim.claim_id,
            (
                Cell(_name(e), "mild" if _is_mild(e) else "possible, said to be unreported"),
                Cell("; ".join(_trial(library, h) for h in e.trials) or NOT_REPORTED),
                Cell("; ".join(_survey(h) for h in e.survey) or NOT_REPORTED),
                Cell("; ".join(_page(library, r) for r in e.pages) or NOT_REPORTED),
            ),
        )
        for e in found
    )


def _trial(library: Library, harm: Harm) -> str:
    return f"{library.name(library.study(harm.study_id))}: {harm.event}, {trial_reports.harm_words(harm)}"


def _survey(harm: Harm) -> str:
    if harm.events is None:
        return f"a guess, not a count: {(harm.notes or '').replace('%', ' of 100')}"
    return f"{harm.event}: {harm.events} reports, {trial_reports.NO_DENOMINATOR}"


def _page(library: Library, report: HarmReport) -> str:
    told = f", {report.estimate.replace('%', ' of 100')}" if report.estimate else ""
    return f"{page_name(library, report.source_id)}: {report.event}{told}"


def _alt(found: tuple[Effect, ...]) -> str:
    trials, survey, pages = (sum(map(bool, told)) for told in zip(*map(_tellers, found), strict=True))
    most = max((h for e in found for h in e.survey), key=lambda h: h.events or 0)
    return (
        f"Of the {len(found)} effects that the article names, trials tell of {trials}, a survey of practitioners "
        f"of {survey}, and other pages of {pages}. The survey counts most reports of {most.event}: "
        f"{most.events}. A row for each effect, with a mark for everyone who tells of it."
    )


def _tellers(effect: Effect) -> tuple[tuple[object, ...], ...]:
    return effect.trials, effect.survey, effect.pages


VIEW = View(
    key="risks_harms",
    question="What can go wrong, and how often is that known?",
    state=HarmsState,
    render=render,
    for_class="A survey counts hundreds of unwanted events. What else would you have to know to say how risky it is?",
)
