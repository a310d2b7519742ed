"""Small and short: every trial by its size and its longest follow-up."""

from dataclasses import dataclass
from math import log2
from statistics import median
from typing import Literal

from prolo_dash.evidence.comparison import Comparison, Completeness
from prolo_dash.evidence.conditions import Condition
from prolo_dash.evidence.library import Library
from prolo_dash.evidence.records import Flag, Role, Source, Study
from prolo_dash.evidence.topic import Topic
from prolo_dash.kit import trial_labels
from prolo_dash.kit.plane import Dot, plane
from prolo_dash.kit.theme import ROLE_COLOUR, ROLE_MARK, SHAPES
from prolo_dash.kit.topic_words import indefinite, role_name
from prolo_dash.kit.view import Box, Cell, Chart, KeyEntry, Rendering, Row, Table, View
from prolo_dash.kit.wording import NOTHING_CHOSEN, capitalised, count, number, warned, weeks_words

_ROLES: tuple[Role, ...] = ("control", "untreated", "other")
# How a trial is drawn by what it was compared with; None: with nothing.
_COLOUR: dict[Role | None, str] = {None: "prolo", **{role: ROLE_COLOUR[role] for role in _ROLES}}
_MARK: dict[Role | None, str] = {None: "", **{role: ROLE_MARK[role] for role in _ROLES}}
_LARGE, _LONG = 100, 80  # people, weeks: above one of these a mark is named
# Room on the axes of a projector, where type is largest: doublings of weeks across, people up.
_LETTER, _NAME_HEIGHT = 0.125, 9
_MARK_WIDTH, _MARK_HEIGHT = 0.25, 10
_Place = Literal["above", "left"]
_PLACES: tuple[_Place, ...] = ("above", "left")
YEAR = 51  # weeks; one trial's last visit was on day 360

Interval = Literal["computed", "as_printed", "none"]


@dataclass(frozen=True)
class SizeState:
    """Which conditions."""

    conditions: tuple[str, ...] = trial_labels.conditions()


@dataclass(frozen=True)
class SizedTrial:
    """The size and length of one trial, what it was compared with, and whether a difference has an interval."""

    study: Study
    name: str
    condition: Condition
    source: Source
    flags: tuple[Flag, ...]
    people: int | None
    weeks: int | None
    against: Role | None
    interval: Interval


@dataclass(frozen=True)
class Facts:
    """The chosen trials."""

    topic: Topic
    trials: tuple[SizedTrial, ...]

    @property
    def drawn(self) -> list[SizedTrial]:
        """Those whose size and follow-up are known."""
        return [t for t in self.trials if t.people is not None and t.weeks is not None]

    @property
    def listed(self) -> list[SizedTrial]:
        """Those that lack one of them."""
        return [t for t in self.trials if t.people is None or t.weeks is None]

    @property
    def controlled(self) -> int:
        """How many had a control group."""
        return sum(t.against == "control" for t in self.trials)

    @property
    def long(self) -> int:
        """How many followed people for a year or more."""
        return sum(t.weeks is not None and t.weeks >= YEAR for t in self.trials)

    @property
    def computed(self) -> int:
        """For how many an interval could be computed."""
        return sum(t.interval == "computed" for t in self.trials)

    @property
    def printed(self) -> int:
        """For how many others the paper prints one."""
        return sum(t.interval == "as_printed" for t in self.trials)

    @property
    def median_size(self) -> float | None:
        """The size of the middle trial; None without two sizes."""
        sizes = [t.people for t in self.trials if t.people is not None]
        return median(sizes) if len(sizes) > 1 else None


def facts(library: Library, state: SizeState) -> Facts:
    """Every study of the chosen conditions."""
    return Facts(library.topic, tuple(_trial(library, study) for study in library.trials_on(state.conditions)))


def _trial(library: Library, study: Study) -> SizedTrial:
    return SizedTrial(
        study=study,
        name=library.name(study),
        condition=library.condition_of(study),
        source=library.source(study.source_id),
        flags=library.study_flags(study.study_id),
        people=study.n_analysed or study.n_randomised,
        weeks=study.longest_followup_weeks,
        against=next((role for role in _ROLES if library.arms(study.study_id, role)), None),
        interval=_interval(library.comparisons_of(study)),
    )


def _interval(own: list[Comparison]) -> Interval:
    if any(c.completeness is Completeness.COMPLETE for c in own):
        return "computed"
    differences = [d for c in own if c.comparators and (d := c.difference(c.comparators[0]))]
    return "as_printed" if any(d.estimate.has_interval for d in differences) else "none"


def render(library: Library, state: SizeState) -> Rendering:
    """Sizes and follow-up of the chosen trials."""
    known = facts(library, state)
    rest = known.listed
    return Rendering(
        sentence=sentence(known),
        chart=_chart(known),
        table=_table(known),
        alt=_alt(known),
        how_to_read=_how_to_read(known.topic),
        sources=tuple(trial_labels.source_link(t.source, "") for t in known.trials),
        key=_key(known),
        listed_title=f"Listed, not drawn: {count(len(rest), 'trial')} whose size or follow-up was not seen"
        if rest
        else "",
        listed=tuple(Box(f"{t.condition.symbol} {t.name}", t.condition.label, _what_is_known(t)) for t in rest),
    )


def _how_to_read(topic: Topic) -> tuple[str, ...]:
    return (
        "Each mark is one trial: to the right it was followed longer (each mark on the axis is twice the time), higher "
        "up it had more people. The shape is the condition; the fill and the colour are what "
        f"{topic.intervention} was compared with.",
        "Size is the number analysed where that was seen, else the number at the start. Some trials count "
        f"{topic.parts_named}.",
        "Small trials give wide intervals, and those that find something by luck tend to find too much. Short ones "
        "can't tell whether a gain lasts.",
    )


def _key(known: Facts) -> tuple[KeyEntry, ...]:
    return tuple(
        KeyEntry(_against(known.topic, role), _COLOUR[role], _MARK[role].removeprefix("-") if role else "rimmed")
        for role in _tally(known)
    )


def _tally(known: Facts) -> dict[Role | None, int]:
    """How many trials were compared with what, in the order of the roles; those without a group come last."""
    tally = {role: sum(t.against == role for t in known.drawn) for role in (*_ROLES, None)}
    return {role: n for role, n in tally.items() if n}


def _against(topic: Topic, role: Role | None) -> str:
    return f"against {role_name(topic, role)}" if role else "no comparison group"


def sentence(known: Facts) -> str:
    """How many trials had a control, were long, and allow an interval; and the size of the middle one."""
    if not known.trials:
        return NOTHING_CHOSEN
    if len(known.trials) == 1:
        return _sentence_of_one(known.topic, known.trials[0])
    size, parts = known.median_size, known.topic.parts
    middle = f" Half of them had **{number(size)}** people or {parts} or fewer." if size is not None else ""
    return (
        f"Of the {count(len(known.trials), 'trial')} shown, **{known.controlled}** had "
        f"{indefinite(known.topic.control)} group and **{known.long}** followed people for a year or more. For "
        f"**{known.computed}** we could compute an interval for the difference{_also_printed(known.printed)}.{middle}"
    )


def _also_printed(printed: int) -> str:
    return f", and for {printed} more the paper prints one" if printed else ""


def _sentence_of_one(topic: Topic, trial: SizedTrial) -> str:
    control = indefinite(topic.control) if trial.against == "control" else f"no {topic.control}"
    long = "a year or more" if (trial.weeks or 0) >= YEAR else "less than a year"
    followed = "How long it went on was not seen" if trial.weeks is None else f"It went on for {long}"
    interval = {
        "computed": "We could compute an interval for the difference.",
        "as_printed": "We could not compute an interval for the difference; the paper prints one.",
        "none": "We could not compute an interval for the difference.",
    }
    return f"The one trial shown, {trial.name}, had {control} group. {followed}. {interval[trial.interval]}"


def _chart(known: Facts) -> Chart:
    names = _names(known.drawn)
    dots = [
        Dot(
            key=t.study.study_id,
            x=float(t.weeks or 0),
            y=float(t.people or 0),
            symbol=SHAPES[t.condition.symbol] + _MARK[t.against],
            colour=_COLOUR[t.against],
            rim="paper" if t.against else "ink",
            label=t.name if t in names else "",
            label_left=names.get(t) == "left",
            hover=f"{t.name}: {t.people}, {weeks_words(t.weeks)}, {_against(known.topic, t.against)}",
        )
        for t in known.drawn
    ]
    ticks = {13: "3 months", 26: "6 months", 52: "1 year", 104: "2 years"}
    return plane(dots, "longest follow-up", f"people or {known.topic.parts}", ticks)


@dataclass(frozen=True)
class _Box:
    """A rectangle of the chart: doublings of the follow-up across, people up."""

    left: float
    right: float
    low: float
    high: float

    def meets(self, other: "_Box") -> bool:
        """Whether the two overlap."""
        return self.left < other.right and other.left < self.right and self.low < other.high and other.low < self.high


def _names(drawn: list[SizedTrial]) -> dict[SizedTrial, _Place]:
    """Where the names of the largest and the longest trials stand, as far as they meet no other name and no mark."""
    found: dict[SizedTrial, _Place] = {}
    taken: list[_Box] = []
    for t in sorted(drawn, key=lambda t: -(t.people or 0)):
        if (t.people or 0) <= _LARGE and (t.weeks or 0) <= _LONG:
            continue
        marks = [_mark_box(other) for other in drawn if other is not t]
        for place in _PLACES if (t.weeks or 0) <= _LONG else _PLACES[1:]:
            box = _name_box(t, place)
            if not any(box.meets(other) for other in (*marks, *taken)):
                found[t] = place
                taken.append(box)
                break
    return found


def _mark_box(trial: SizedTrial) -> _Box:
    across, up = log2(trial.weeks or 1), float(trial.people or 0)
    return _Box(across - _MARK_WIDTH / 2, across + _MARK_WIDTH / 2, up - _MARK_HEIGHT / 2, up + _MARK_HEIGHT / 2)


def _name_box(trial: SizedTrial, place: _Place) -> _Box:
    across, foot, width = log2(trial.weeks or 1), (trial.people or 0) + _MARK_HEIGHT / 2, _LETTER * len(trial.name)
    right = across if place == "left" else across + width / 2
    return _Box(right - width, right, foot, foot + _NAME_HEIGHT)


_INTERVAL: dict[Interval, str] = {"computed": "computed", "as_printed": "as printed", "none": "no"}


def _table(known: Facts) -> Table:
    columns = ("Trial", "Size", "Longest follow-up", "Compared with", "Interval for a difference")
    return Table("Size and follow-up of each trial.", columns, tuple(_row(known.topic, t) for t in known.drawn))


def _row(topic: Topic, trial: SizedTrial) -> Row:
    unit = "people" if trial.study.unit == "person" else f"{trial.study.unit}s"
    cells = (
        Cell(trial.name, trial.condition.label),
        Cell(f"{_counted(trial.study)} {unit}"),
        Cell(weeks_words(trial.weeks)),
        Cell(role_name(topic, trial.against) if trial.against else "no comparison group"),
        Cell(_INTERVAL[trial.interval]),
    )
    return Row(trial.study.study_id, cells)


def _counted(study: Study) -> str:
    """``127 of 166``: how many are counted of those who took part."""
    if study.n_analysed and study.n_randomised and study.n_analysed != study.n_randomised:
        return f"{study.n_analysed} of {study.n_randomised}"
    return str(study.n_analysed or study.n_randomised)


def _what_is_known(trial: SizedTrial) -> str:
    flags = warned(trial.flags)
    size = trial_labels.size_of(trial.study) or "Its size was not reported where we looked. "
    if trial.weeks is None:
        return f"{size}Its follow-up was not reported where we looked.{flags}"
    return f"{size}Followed for {weeks_words(trial.weeks)}.{flags}"


def _alt(known: Facts) -> str:
    drawn = known.drawn
    if not drawn:
        return "No marks: no trial chosen here has a known size and follow-up."
    most = max(drawn, key=lambda t: t.people or 0)
    longest = max(drawn, key=lambda t: t.weeks or 0)
    small = sum((t.people or 0) <= _LARGE for t in drawn)
    short = sum((t.weeks or 0) < YEAR for t in drawn)
    compared = "; ".join(f"{_against(known.topic, role)}: {n}" for role, n in _tally(known).items())
    return (
        f"{count(len(drawn), 'mark')} by longest follow-up and size: {small} of at most {_LARGE} people or "
        f"{known.topic.parts}, "
        f"{short} of less than a year. {capitalised(compared)}. Largest: {most.name} with {most.people}. "
        f"Longest: {longest.name} with {weeks_words(longest.weeks)}."
    )


VIEW = View(
    key="certainty",
    question="How sure can we be? Most trials are small, and many are short",
    state=SizeState,
    render=render,
    for_class="Which corner of the chart would you want a trial to be in before you trust it, and why?",
    facts=facts,
    counts_trials=True,
)
