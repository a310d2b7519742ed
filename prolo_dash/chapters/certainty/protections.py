"""What protects each result: facts on how each trial was run, and what others judged of it."""

from dataclasses import dataclass
from itertools import groupby

from prolo_dash.evidence.blinding import CouldTell, could_tell_from_control
from prolo_dash.evidence.conditions import Condition
from prolo_dash.evidence.judged import FACTS, Known, Protection, protection_of
from prolo_dash.evidence.judged_records import FactName
from prolo_dash.evidence.library import Library
from prolo_dash.evidence.records import Study
from prolo_dash.evidence.topic import Topic
from prolo_dash.kit import trial_labels
from prolo_dash.kit.charts import ChartRow, Panel, Symbols, named_places, stack, symbols
from prolo_dash.kit.controls import choice
from prolo_dash.kit.protection_words import (
    NOT_SEEN,
    QUESTION,
    answer_words,
    fact_cell,
    judgement_box,
    judgement_boxes,
    overall_words,
    protection_sources,
    protection_strong,
    short_answer,
)
from prolo_dash.kit.view import Box, Cell, Chart, KeyEntry, Rendering, Row, SourceLink, Table, View
from prolo_dash.kit.wording import count, listing, verb

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
class ProtectionsState:
    """Which group of conditions."""

    condition: str = choice("Condition", trial_labels.condition_options, trial_labels.first_condition, style="menu")


@dataclass(frozen=True)
class ProtectedTrial:
    """What protects the result of one trial, whether people could tell it from the control, and its condition."""

    protection: Protection
    could_tell: CouldTell
    condition: Condition

    @property
    def blinded_in_part(self) -> bool:
        """Whether pages say of some people alone that they did not know their group."""
        known = next(fact for fact in self.protection.facts if fact.fact == "blinded_participants")
        return known.answer == "partly"


@dataclass(frozen=True)
class Facts:
    """The trials of one condition or a group of them, condition by condition."""

    topic: Topic
    trials: tuple[ProtectedTrial, ...]

    @property
    def asked(self) -> int:
        """How many facts there are to know, the same of every trial."""
        return sum(len(one.protection.facts) for one in self.trials)

    @property
    def absent(self) -> int:
        """How many of them were not seen."""
        return self.asked - sum(one.protection.seen for one in self.trials)

    def answered(self, fact: FactName) -> int:
        """Of how many trials a fact has the answer yes."""
        return sum(
            known.fact == fact and known.answer == "yes" for one in self.trials for known in one.protection.facts
        )


def facts(library: Library, state: ProtectionsState) -> Facts:
    """What protects the results of the trials of one condition."""
    ordered = sorted(library.trials_on([state.condition]), key=lambda study: library.condition_of(study).position)
    return Facts(library.topic, tuple(_trial(library, study) for study in ordered))


def _trial(library: Library, study: Study) -> ProtectedTrial:
    could_tell = could_tell_from_control(library, study)
    return ProtectedTrial(protection_of(library, study), could_tell, library.condition_of(study))


def render(library: Library, state: ProtectionsState) -> Rendering:
    """The facts and judgements of the trials of one group of conditions."""
    known = facts(library, state)
    others = _other_judgements(known)
    return Rendering(
        sentence=sentence(known),
        chart=_chart(known),
        table=_table(known),
        alt=_alt(known),
        how_to_read=_how_to_read(known.topic),
        sources=_sources(known),
        key=_KEY,
        chain=_contradictions(known),
        listed_title=f"What else others judged of these trials: {len(others)}" if others else "",
        listed=others,
        listed_open=True,
    )


def _how_to_read(topic: Topic) -> tuple[str, ...]:
    return (
        "Each row is a trial, each column one thing that protects its result. A circle is a yes, a square a no, a "
        "hexagon a yes for a part of the groups or measures. A diamond with “?” stands for a page that speaks of it "
        "and leaves it open, with “≠” for two pages that differ. The pale square says “not seen”: nothing on it was "
        "seen where we looked. That is neither a yes nor a no.",
        "How drawn: it is told how chance made the groups. Group hidden: nobody could foresee the next group. People "
        "and rater blind: those treated, and those who measured, did not know the group. Lost: how many were not "
        "followed to the end. All kept: everybody is counted in the group that chance gave. Plan filed: registered "
        "before the start. Who paid: it is told.",
        "A hollow mark is worked out by us: for example, people who only stretch know that they got "
        f"{topic.untreated}.",
        "Judgements are those of others, and stand with who made them. Two of them stand side by side where they lie "
        "more than a quarter of the scale apart. Points for a list of items do not say which items matter most.",
    )


def sentence(known: Facts) -> str:
    """How much was not seen, who was blinded, and where judges contradict each other."""
    if not known.trials:
        return "We have no trial on this."
    people, rater = known.answered("blinded_participants"), known.answered("blinded_assessors")
    registered, hidden = known.answered("registered_prospectively"), known.answered("concealment")
    part = _blinded_in_part(known)
    judged = [one.protection.trial for one in known.trials if one.protection.contradicting]
    apart = "".join(f" Judges contradict each other on {trial}." for trial in judged)
    trials = verb(len(known.trials), "this trial", f"these {len(known.trials)} trials")
    return (
        f"**{known.absent} of {known.asked}** facts on {trials} were not seen where we looked. Pages say of "
        f"**{people}** that people did not know their group{part}, of **{rater}** that those who measured did not. "
        f"They say of **{hidden}** that nobody could foresee the next group, and of **{registered}** that it was "
        f"registered before the start.{apart}"
    )


def _blinded_in_part(known: Facts) -> str:
    """Of how many more trials pages say it of some people: those of the groups compared, or others."""
    in_part = [one for one in known.trials if one.blinded_in_part]
    compared = sum(one.could_tell == "no" for one in in_part)
    told = ((compared, "those of the groups compared"), (len(in_part) - compared, "some of them"))
    said = listing(f"in **{n}** more, {who}" for n, who in told if n)
    return f" ({said})" if said else ""


def _chart(known: Facts) -> Chart:
    panels = []
    for condition, own in groupby(known.trials, key=lambda one: one.condition):
        trials = list(own)
        parts = [trials[i : i + _ROWS] for i in range(0, len(trials), _ROWS)]
        panels += [_panel(condition.label + (", continued" if i else ""), part) for i, part in enumerate(parts)]
    places = {float(i): _PLACES[fact] for i, fact in enumerate(FACTS)}
    numbers = {float(i): str(i + 1) for i in range(len(FACTS))}  # the words have no room; the key has them
    return named_places(stack(tuple(panels), bar=_BAR), (places,) * len(panels), (numbers,) * len(panels))


Mark = tuple[int, int, Study, Known]  # row, column, whose it is, what it shows


def _panel(heading: str, trials: list[ProtectedTrial]) -> Panel:
    found = [one.protection for one in trials]
    marks = [(y, x, own.study, fact) for y, own in enumerate(found) for x, fact in enumerate(own.facts)]
    styles: dict[tuple[int, str], list[Mark]] = {}
    for mark in marks:  # a trace for each column: within a trace, Plotly draws an id only once
        styles.setdefault((mark[1], _style(mark[3])), []).append(mark)
    traces = tuple(_marks(own, style) for (_, style), own in styles.items())
    return Panel(heading, "", (-0.6, len(FACTS) - 0.4), tuple(map(_label, trials)), traces)


def _style(known: Known) -> str:
    if known.answer == "not_seen":
        return "pale"
    return "hollow" if known.inferred else "filled"


def _marks(marks: list[Mark], style: str) -> Symbols:
    open_ = "-open" if style == "hollow" else ""
    fill, rim = ("rule", "soft") if style == "pale" else ("ink", "ink")
    return symbols(
        [y for y, *_ in marks],
        [x for _, x, *_ in marks],
        [_SHAPE[known.answer] + open_ for *_, known in marks],
        [f"{QUESTION[known.fact]}: {answer_words(known)}" for *_, known in marks],
        size=[_DIAMOND if _SHAPE[known.answer] == "diamond" else _MARK for *_, known in marks],
        ids=[study.study_id for *_, study, _ in marks],
        text=[short_answer(known) for *_, known in marks],
        colour=fill,
        rim=1.5,
        rim_colour=rim,
        text_colour="on_mark" if style == "filled" else "ink",
        text_inside=True,
        small=_SMALL,
    )


def _label(one: ProtectedTrial) -> ChartRow:
    found = one.protection
    differ = "judges contradict each other" if found.contradicting else ""
    detail = f"{trial_labels.size_of(found.study).rstrip('. ') or 'size not seen'}, {protection_strong(found)}"
    return ChartRow(f"{one.condition.symbol} {found.trial}", detail, differ)


def _table(known: Facts) -> Table:
    columns = ("Trial", *(QUESTION[fact] for fact in FACTS), "Judged by others")
    return Table("What protects each result, and what others judged of it.", columns, tuple(map(_row, known.trials)))


def _row(one: ProtectedTrial) -> Row:
    found = one.protection
    cells = (
        Cell(found.trial, one.condition.label),
        *map(fact_cell, found.facts),
        Cell(overall_words(found) or NOT_SEEN),
    )
    return Row(found.study.study_id, cells)


def _contradictions(known: Facts) -> tuple[Box, ...]:
    """Judgements of one trial that contradict each other, side by side."""
    found = (one.protection for one in known.trials)
    return tuple(judgement_box(own.trial, judgement) for own in found for judgement in own.contradicting)


def _other_judgements(known: Facts) -> tuple[Box, ...]:
    """Judgements that no other contradicts, and those of single items, grouped by judge."""
    found = (one.protection for one in known.trials)
    return tuple(box for own in found for box in judgement_boxes(own, own.trial, without=own.contradicting))


def _sources(known: Facts) -> tuple[SourceLink, ...]:
    """Every page on which a fact or a judgement was read, once a trial."""
    return tuple(link for one in known.trials for link in protection_sources(one.protection))


def _alt(known: Facts) -> str:
    if not known.trials:
        return "No marks: there is no trial."
    ranked = sorted((one.protection.seen, one.protection.trial) for one in known.trials)
    (least, last), (most, first) = ranked[0], ranked[-1]
    spread = f" Most were seen of {first}: {most} of {len(FACTS)}; fewest of {last}: {least}." if most > least else ""
    return (
        f"{known.absent} of {known.asked} facts were not seen where we looked.{spread} A grid of "
        f"{count(len(known.trials), 'trial')} by {len(FACTS)} facts, a mark with a word in each place."
    )


VIEW = View(
    key="certainty_protects",
    question="What protects each result?",
    state=ProtectionsState,
    render=render,
    for_class="Cover the results. By these marks alone, which of the trials would you trust more, and why?",
    facts=facts,
    counts_trials=True,
)
