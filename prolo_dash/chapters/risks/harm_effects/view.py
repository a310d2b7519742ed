"""A fact box of harms: what the article says, what trials reported, what a survey and other pages report."""

from dataclasses import dataclass

from prolo_dash.chapters.risks.harm_effects import survey, trial_reports
from prolo_dash.chapters.risks.harm_words import NO_DENOMINATOR, harm_words
from prolo_dash.evidence.harms import Effect, NoneSerious, named_effects, said_to_be_without_serious_harm
from prolo_dash.evidence.library import Library
from prolo_dash.evidence.records import Claim, Harm, HarmReport
from prolo_dash.kit.charts import ChartRow, Notes, Panel, Symbols, named_places, notes, stack, symbols
from prolo_dash.kit.controls import Option, choice
from prolo_dash.kit.references import article, links
from prolo_dash.kit.view import Box, Cell, Chart, Rendering, Row, Table, View
from prolo_dash.kit.wording import NOT_REPORTED, capitalised, count


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
class Facts:
    """The effects that the article names, what it says else of safety, and what is known of serious harm."""

    effects: tuple[Effect, ...]
    general: tuple[Claim, ...]
    none_serious: NoneSerious | None

    @property
    def mild(self) -> int:
        """How many effects the article calls mild."""
        return sum(effect.is_mild for effect in self.effects)

    @property
    def reported(self) -> tuple[Effect, ...]:
        """Effects that the article calls unreported, and a survey counted."""
        return tuple(effect for effect in self.effects if not effect.is_mild and effect.survey)


def facts(library: Library, state: HarmsState) -> Facts | trial_reports.Facts | survey.Facts:
    """What is known of harms by one kind of source."""
    if state.source == "trials":
        return trial_reports.facts(library)
    return survey.facts(library) if state.source == "survey" else _facts(library)


def _facts(library: Library) -> Facts:
    general = (c for c in library.package.claims if c.topic == "safety" and not c.effect)
    return Facts(named_effects(library), tuple(general), said_to_be_without_serious_harm(library))


def render(library: Library, state: HarmsState) -> Rendering:
    """The harms as one kind of source tells them."""
    return {"article": _article, "trials": trial_reports.render, "survey": survey.render}[state.source](library)


def _article(library: Library) -> Rendering:
    found = _facts(library)
    studies = [library.study(h.study_id).source_id for e in found.effects for h in (*e.trials, *e.survey)]
    pages = (report.source_id for effect in found.effects for report in effect.pages)
    return Rendering(
        sentence=_sentence(found),
        chart=_chart(found),
        table=_table(library, found),
        alt=_alt(found),
        how_to_read=_HOW_TO_READ,
        sources=(article(library), *links(library, (*studies, *pages))),
        listed_title="What else the article says of safety" if found.general else "",
        listed=tuple(Box("", "", f"{c.paraphrase}. {_added(c)}".strip()) for c in found.general),
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


def _sentence(found: Facts) -> str:
    said = (
        f"The article names **{found.mild}** mild effects and **{len(found.effects) - found.mild}** that it calls "
        "possible but unreported."
        if found.effects
        else "The article names no unwanted effect."
    )
    return " ".join((said, *map(_reported, found.reported), *_no_serious_harm(found.none_serious)))


def _reported(effect: Effect) -> str:
    """What a survey counted of an effect that the article calls unreported."""
    counted = (f"told of {h.event} **{h.events}** times" for h in effect.survey if h.counts == "event")
    graded = (f" In {h.events} reports {h.in_words}." for h in effect.survey if h.counts == "grade")
    return f"But one of these was reported: in a survey, practitioners {' and '.join(counted)}.{''.join(graded)}"


def _no_serious_harm(told: NoneSerious | None) -> tuple[str, ...]:
    """What is known of harm in the trials of which the article says that none showed serious harm."""
    if told is None:
        return ()
    seen = f"for **{told.reporting}**" if told.reporting else "for **none** of them"
    return (
        f"The article also says that no trial on {told.condition.in_words} showed serious harm. Here are "
        f"{count(told.trials, 'study', 'studies')} of {told.condition.in_words}. "
        f"We saw a report on harm, good or bad, {seen}.",
    )


def _mark(parts: tuple[Harm, ...]) -> str:
    """The count of the first part where there is one."""
    return next((str(h.events) for h in parts if h.events is not None), "named")


def _survey_mark(parts: tuple[Harm, ...]) -> str:
    return str(parts[0].events) if parts[0].events is not None else "guessed"


def _chart(found: Facts) -> Chart:
    if not found.effects:
        return stack(())
    cells = [
        (y, x, effect.claim.claim_id, text)
        for y, effect in enumerate(found.effects)
        for x, text in (
            (0, _mark(effect.trials) if effect.trials else ""),
            (1, _survey_mark(effect.survey) if effect.survey else ""),
            (2, "named" if effect.pages else ""),
        )
        if text
    ]
    traces = [_column(own) for x in range(3) if (own := [cell for cell in cells if cell[1] == x])]
    labels = tuple(ChartRow(_name(effect), _ranked(effect)) for effect in found.effects)
    panel = Panel("", "who else tells of it", (-0.2, 2.9), labels, tuple(t for pair in traces for t in pair))
    return named_places(stack((panel,), bar=20), ({0: "trials", 1: "the survey", 2: "other pages"},))


def _column(cells: list[tuple[int, int, str, str]]) -> tuple[Symbols, Notes]:
    y, x, ids, texts = (list(part) for part in zip(*cells, strict=True))
    place = [float(at) for at in x]
    marks = symbols(y, place, ["circle"] * len(y), texts, size=11, ids=ids)
    return marks, notes(y, place, texts, ids=ids)


def _name(effect: Effect) -> str:
    return capitalised(effect.claim.effect or "")


def _ranked(effect: Effect) -> str:
    """How the article ranks an effect."""
    return "mild" if effect.is_mild else "possible, said to be unreported"


def _table(library: Library, found: Facts) -> Table:
    columns = ("Effect", "Trials", "Survey of practitioners", "Other pages")
    own_rows = tuple(_row(library, effect) for effect in found.effects)
    return Table("The effects that the article names, and who else tells of them.", columns, own_rows)


def _row(library: Library, effect: Effect) -> Row:
    cells = (
        Cell(_name(effect), _ranked(effect)),
        Cell("; ".join(_trial(library, harm) for harm in effect.trials) or NOT_REPORTED),
        Cell("; ".join(_survey(harm) for harm in effect.survey) or NOT_REPORTED),
        Cell("; ".join(_page(library, report) for report in effect.pages) or NOT_REPORTED),
    )
    return Row(effect.claim.claim_id, cells)


def _trial(library: Library, harm: Harm) -> str:
    return f"{library.name(library.study(harm.study_id))}: {harm.event}, {harm_words(harm)}"


def _survey(harm: Harm) -> str:
    if harm.events is None:
        return f"a guess, not a count: {(harm.notes or '').replace('%', ' of 100')}"
    return f"{harm.event}: {harm.events} reports, {NO_DENOMINATOR}"


def _page(library: Library, report: HarmReport) -> str:
    told = f", {report.estimate.replace('%', ' of 100')}" if report.estimate else ""
    return f"{library.source(report.source_id).name}: {report.event}{told}"


def _alt(found: Facts) -> str:
    if not found.effects:
        return "No chart: the article names no unwanted effect."
    trials, survey, pages = (sum(map(bool, told)) for told in zip(*map(_tellers, found.effects), strict=True))
    counted = [harm for effect in found.effects for harm in effect.survey]
    most = max(counted, key=lambda harm: harm.events or 0, default=None)
    largest = f" The survey counts most reports of {most.event}: {most.events}." if most else ""
    return (
        f"Of the {len(found.effects)} effects that the article names, trials tell of {trials}, a survey of "
        f"practitioners of {survey}, and other pages of {pages}.{largest} A row for each effect, with a mark for "
        "everyone who tells of it."
    )


def _tellers(effect: Effect) -> tuple[tuple[object, ...], ...]:
    return effect.trials, effect.survey, effect.pages


VIEW = View(
    key="risks_harms",
    question="What can go wrong, and how often is that known?",
    state=HarmsState,
    render=render,
    facts=facts,
    for_class="A survey counts hundreds of unwanted events. What else would you have to know to say how risky it is?",
)
