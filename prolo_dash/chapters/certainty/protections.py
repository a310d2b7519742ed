"""What protects each result: facts on how each trial was made, and what others judged of it."""

from dataclasses import dataclass, replace
from itertools import groupby
from typing import Any

from prolo_dash.evidence.judged import FACTS, Known, contradicting, facts_of, judgements_of, overall
from prolo_dash.evidence.judged_records import FactName
from prolo_dash.evidence.library import Library
from prolo_dash.evidence.records import Study
from prolo_dash.kit import trial_labels
from prolo_dash.kit.charts import ChartRow, Panel, named_places, stack
from prolo_dash.kit.controls import choice
from prolo_dash.kit.protection_words import (
    NOT_SEEN,
    QUESTION,
    answer_words,
    fact_cell,
    items_box,
    judgement_box,
    overall_words,
    seen,
    short_answer,
    who,
)
from prolo_dash.kit.theme import LIGHT
from prolo_dash.kit.view import Box, Cell, Chart, KeyEntry, Rendering, Row, SourceLink, Table, View
from prolo_dash.kit.wording import count, verb

_ROWS = 8  # trials above one axis, so that its words are never far away
_MARK, _BAR = 40, 42  # pixels of a mark, and of a row of marks
_SMALL = 0.82  # on a phone: the share of these sizes
_DIAMOND = 28  # of a side; from point to point it is as high as the others
_SHAPE = {
    "yes": "circle",
    "partly": "hexagon",
    "no": "square",
    "unclear": "diamond",
    "pages_differ": "diamond",
    "not_seen": "square",
}
_PLACES: dict[FactName, str] = {
    "randomisation_method": "how<br>drawn",
    "concealment": "group<br>hidden",
    "blinded_participants": "people<br>blind",
    "blinded_assessors": "rater<br>blind",
    "lost_percent": "lost",
    "itt": "all<br>kept",
    "registered_prospectively": "plan<br>filed",
    "funding": "who<br>paid",
}


_KEY = (
    KeyEntry("filled: said on a page; hollow: worked out by us", "ink"),
    KeyEntry("; ".join(f"{i}: {words.replace('<br>', ' ')}" for i, words in enumerate(_PLACES.values(), 1)), "soft"),
)


@dataclass(frozen=True)
class ProtectsState:
    """Which group of conditions."""

    condition: str = choice("Condition", trial_labels.condition_options, trial_labels.first_condition, style="menu")


Facts = dict[Study, tuple[Known, ...]]


def render(library: Library, state: ProtectsState) -> Rendering:
    """The facts and judgements of the trials of one group of conditions."""
    found = protection(library, state.condition)
    others = _other_judgements(library, found)
    return Rendering(
        sentence=_sentence(library, found),
        chart=_chart(library, found),
        table=_table(library, found),
        alt=_alt(library, found),
        how_to_read=_HOW_TO_READ,
        sources=_sources(library, found),
        key=_KEY,
        chain=_contradictions(library, found),
        listed_title=f"What else others judged of these trials: {len(others)}" if others else "",
        listed=others,
        listed_open=True,
    )


def protection(library: Library, condition: str) -> Facts:
    """The eight facts of every trial of a condition or a group of them, condition by condition."""
    ordered = sorted(library.trials_on([condition]), key=lambda study: library.condition_of(study).position)
    return {study: facts_of(library, study.study_id) for study in ordered}


_HOW_TO_READ = (
    "Each row is a trial, each column one thing that protects its result. A circle is a yes, a square a no, a hexagon "
    "a yes for a part of the groups or measures. A diamond with “?” stands for a page that speaks of it and leaves it "
    "open, with “≠” for two pages that differ. The pale square says “not seen”: nothing on it was seen where we "
    "looked. That is neither a yes nor a no.",
    "How drawn: it is told how chance made the groups. Group hidden: nobody could foresee the next group. People "
    "and rater blind: those treated, and those who measured, did not know the group. Lost: how many were not followed "
    "to the end. All kept: everybody is counted in the group that chance gave. Plan filed: registered before the "
    "start. Who paid: it is told.",
    "A hollow mark is worked out by us: for example, people who only stretch know that they got no injection.",
    "Judgements are those of others, and stand with who made them. Two of them stand side by side where they lie more "
    "than a quarter of the scale apart. Points for a list of items do not say which items matter most.",
)


def _answered(found: Facts, fact: FactName, answer: str = "yes") -> int:
    return sum(known.fact == fact and known.answer == answer for facts in found.values() for known in facts)


def _sentence(library: Library, found: Facts) -> str:
    total = len(FACTS) * len(found)
    absent = total - sum(seen(facts) for facts in found.values())
    people, rater = _answered(found, "blinded_participants"), _answered(found, "blinded_assessors")
    registered = _answered(found, "registered_prospectively")
    in_part = _answered(found, "blinded_participants", "partly")
    part = f" (in **{in_part}** more, some of them)" if in_part else ""
    judged = [study for study in found if contradicting(judgements_of(library, study.study_id))]
    apart = "".join(f" Judges contradict each other on {library.name(study)}." for study in judged)
    hidden = _answered(found, "concealment")
    trials = verb(len(found), "this trial", f"these {len(found)} trials")
    return (
        f"**{absent} of {total}** facts on {trials} were not seen where we looked. Pages say of **{people}** that "
        f"people did not know their group{part}, of **{rater}** that those who measured did not. They say that nobody "
        f"could foresee the next group of **{hidden}**, and that **{registered}** "
        f"{verb(registered, 'was', 'were')} registered before the start.{apart}"
    )


def _chart(library: Library, found: Facts) -> Chart:
    panels = []
    for condition, own in groupby(found, key=lambda study: study.condition):
        studies = list(own)
        parts = [studies[i : i + _ROWS] for i in range(0, len(studies), _ROWS)]
        panels += [_panel(library, found, part, condition, i) for i, part in enumerate(parts)]
    places = {float(i): _PLACES[fact] for i, fact in enumerate(FACTS)}
    figure = named_places(stack(tuple(panels), bar=_BAR), (places,) * len(panels))
    numbers = {"ticktext": [str(i + 1) for i in range(len(FACTS))]}  # the words have no room; the key has them
    small = {axis: part | numbers for axis, part in figure.narrow.items() if axis[:5] == "xaxis"}
    marks = tuple(
        change | {"marker": trace["marker"] | {"size": [_SMALL * size for size in trace["marker"]["size"]]}}
        for trace, change in zip(figure.data, figure.narrow_data, strict=True)
    )
    return replace(figure, narrow=figure.narrow | small, narrow_data=marks)


def _panel(library: Library, found: Facts, studies: list[Study], condition: str, part: int) -> Panel:
    marks = [(y, x, study, known) for y, study in enumerate(studies) for x, known in enumerate(found[study])]
    styles: dict[tuple[int, str], list[tuple[int, int, Study, Known]]] = {}
    for mark in marks:  # a trace for each column: within a trace, Plotly draws an id only once
        styles.setdefault((mark[1], _style(mark[3])), []).append(mark)
    traces = tuple(_marks(own, style) for (_, style), own in styles.items())
    labels = tuple(_label(library, study, found[study]) for study in studies)
    heading = library.conditions[condition].label + (", more trials" if part else "")
    return Panel(heading, "", (-0.6, len(FACTS) - 0.4), labels, traces)


def _style(known: Known) -> str:
    if known.answer == "not_seen":
        return "pale"
    return "hollow" if known.inferred else "filled"


def _marks(marks: list[tuple[int, int, Study, Known]], style: str) -> dict[str, Any]:
    open_ = "-open" if style == "hollow" else ""
    fill, line = (LIGHT["rule"], LIGHT["soft"]) if style == "pale" else (LIGHT["ink"], LIGHT["ink"])
    return {
        "type": "scatter",
        "mode": "markers+text",
        "y": [y for y, *_ in marks],
        "offsets": [0.0] * len(marks),
        "x": [x for _, x, *_ in marks],
        "ids": [study.study_id for *_, study, _ in marks],
        "text": [short_answer(known).replace(" ", "<br>") for *_, known in marks],
        "textposition": "middle center",
        "textfont": {"size": 14, "color": LIGHT["on_mark" if style == "filled" else "ink"]},
        "hovertext": [f"{QUESTION[known.fact]}: {answer_words(known)}" for *_, known in marks],
        "marker": {
            "symbol": [_SHAPE[known.answer] + open_ for *_, known in marks],
            "size": [_DIAMOND if _SHAPE[known.answer] == "diamond" else _MARK for *_, known in marks],
            "color": fill,
            "opacity": 1.0,  # Plotly fades marks whose sizes differ
            "line": {"width": 1.5, "color": line},
        },
    }


def _label(library: Library, study: Study, facts: tuple[Known, ...]) -> ChartRow:
    differ = "judges contradict each other" if contradicting(judgements_of(library, study.study_id)) else ""
    symbol = library.condition_of(study).symbol
    detail = f"{trial_labels.size_of(study).rstrip('. ') or 'size not seen'}, {seen(facts)} of {len(facts)} facts seen"
    return ChartRow(f"{symbol} {library.name(study)}", detail, differ)


def _table(library: Library, found: Facts) -> Table:
    columns = ("Trial", *(QUESTION[fact] for fact in FACTS), "Judged by others")
    return Table(
        "What protects each result, and what others judged of it.",
        columns,
        tuple(_row(library, study, facts) for study, facts in found.items()),
    )


def _row(library: Library, study: Study, facts: tuple[Known, ...]) -> Row:
    url = trial_labels.source_link(library.source(study.source_id)).url or ""
    judged = overall_words(library, study) or NOT_SEEN
    cells = (
        Cell(library.name(study), trial_labels.condition_name(library, study), url),
        *map(fact_cell, facts),
        Cell(judged),
    )
    return Row(study.study_id, cells)


def _contradictions(library: Library, found: Facts) -> tuple[Box, ...]:
    """Judgements of one trial that contradict each other, side by side."""
    return tuple(
        judgement_box(library.name(study), judgement)
        for study in found
        for judgement in contradicting(judgements_of(library, study.study_id))
    )


def _other_judgements(library: Library, found: Facts) -> tuple[Box, ...]:
    """Judgements that nobody contradicts, and those of single items, those of one judge together."""
    boxes: list[Box] = []
    for study in found:
        own = judgements_of(library, study.study_id)
        apart, name = contradicting(own), library.name(study)
        boxes += [judgement_box(name, judgement) for judgement in overall(own) if judgement not in apart]
        single = [judgement for judgement in own if judgement.domain != "overall"]
        judges = dict.fromkeys((who(item), item.tool) for item in single)
        boxes += [items_box(name, [i for i in single if (who(i), i.tool) == judge]) for judge in judges]
    return tuple(boxes)


def _sources(library: Library, found: Facts) -> tuple[SourceLink, ...]:
    """Every page on which a fact or a judgement was read, once a trial."""
    links: dict[tuple[str, str | None, str], None] = {}
    for study, facts in found.items():
        for known in facts:
            links |= {(library.name(study), s.url, s.place): None for s in known.statements}
        for judgement in judgements_of(library, study.study_id):
            links[f"{who(judgement)} on {library.name(study)}", judgement.url, judgement.place] = None
    return tuple(SourceLink(*link) for link in links)


def _alt(library: Library, found: Facts) -> str:
    known = sorted((seen(facts), library.name(study)) for study, facts in found.items())
    total, absent = len(FACTS) * len(found), len(FACTS) * len(found) - sum(n for n, _ in known)
    (least, last), (most, first) = known[0], known[-1]
    spread = f" Most were seen of {first}: {most} of {len(FACTS)}; fewest of {last}: {least}." if most > least else ""
    return (
        f"{absent} of {total} facts were not seen where we looked.{spread} A grid of {count(len(found), 'trial')} by "
        f"{len(FACTS)} facts, a mark with a word in each place."
    )


VIEW = View(
    key="certainty_protects",
    question="What protects each result?",
    state=ProtectsState,
    render=render,
    for_class="Cover the results. By these marks alone, which of the trials would you trust more, and why?",
)
