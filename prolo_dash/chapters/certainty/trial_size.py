"""Small and short: every trial by its size and its longest follow-up."""

from dataclasses import dataclass
from math import log2
from statistics import median

from prolo_dash.evidence.comparison import Comparison, Completeness
from prolo_dash.evidence.conditions import Condition
from prolo_dash.evidence.library import Library
from prolo_dash.evidence.records import Role, Study
from prolo_dash.kit import trial_labels
from prolo_dash.kit.plane import Dot, plane
from prolo_dash.kit.theme import ROLE_COLOUR, ROLE_LABEL, ROLE_MARK, SHAPES
from prolo_dash.kit.view import Box, Cell, Chart, KeyEntry, Rendering, Row, Table, View
from prolo_dash.kit.wording import NOTHING_CHOSEN, count, number, warned, weeks_words

_ROLES: tuple[Role, ...] = ("control", "untreated", "other")
# How a trial is drawn by what it was compared with; None: with nothing.
_COLOUR: dict[Role | None, str] = {None: "prolo", **{role: ROLE_COLOUR[role] for role in _ROLES}}
_MARK: dict[Role | None, str] = {None: "", **{role: ROLE_MARK[role] for role in _ROLES}}
_LARGE, _LONG = 100, 80  # people, weeks: above one of these a mark is named
_NAME_WIDTH, _NAME_HEIGHT = 1.4, 9  # room for a name on the axes of a phone: doublings of weeks, people
YEAR = 51  # weeks; one trial's last visit was on day 360


@dataclass(frozen=True)
class SmallState:
    """Which conditions."""

    conditions: tuple[str, ...] = trial_labels.conditions()


@dataclass(frozen=True)
class Trial:
    """What this view says of one study."""

    study: Study
    name: str
    condition: Condition
    people: int | None
    weeks: int | None
    against: Role | None
    interval: str  # "computed", "as printed" or "no"


def trials(library: Library, conditions: tuple[str, ...]) -> list[Trial]:
    """Every study of the chosen conditions."""
    return [_trial(library, study) for study in library.trials_on(conditions)]


def _trial(library: Library, study: Study) -> Trial:
    against = next((role for role in _ROLES if library.arms(study.study_id, role)), None)
    own = library.comparisons_of(study)
    return Trial(
        study=study,
        name=library.name(study),
        condition=library.condition_of(study),
        people=study.n_analysed or study.n_randomised,
        weeks=study.longest_followup_weeks,
        against=against,
        interval=_interval(own),
    )


def _interval(own: list[Comparison]) -> str:
    if any(c.completeness is Completeness.COMPLETE for c in own):
        return "computed"
    differences = [d for c in own if c.comparators and (d := c.difference(c.comparators[0]))]
    return "as printed" if any(d.estimate.has_interval for d in differences) else "no"


def render(library: Library, state: SmallState) -> Rendering:
    """Sizes and follow-up of the chosen trials."""
    found = trials(library, state.conditions)
    drawn = [t for t in found if t.people is not None and t.weeks is not None]
    rest = [t for t in found if t not in drawn]
    return Rendering(
        sentence=_sentence(found),
        chart=_chart(drawn),
        table=_table(drawn),
        alt=_alt(drawn),
        how_to_read=_HOW_TO_READ,
        sources=tuple(trial_labels.source_link(library.source(t.study.source_id), "") for t in found),
        key=_key(drawn),
        listed_title=f"Listed, not drawn: {count(len(rest), 'trial')} whose size or follow-up was not seen"
        if rest
        else "",
        listed=tuple(Box(f"{t.condition.symbol} {t.name}", t.condition.label, _known(library, t)) for t in rest),
    )


_HOW_TO_READ = (
    "Each mark is one trial: to the right it was followed longer (each mark on the axis is twice "
    "the time), higher up it had more people. The shape is the "
    "condition; the fill and the colour are what prolotherapy was compared with.",
    "Size is the number analysed where that was seen, else the number at the start. Some trials count knees or elbows.",
    "Small trials give wide intervals, and those that find something by luck tend to find too much. Short ones can't "
    "tell whether a gain lasts.",
)


def _key(drawn: list[Trial]) -> tuple[KeyEntry, ...]:
    return tuple(
        KeyEntry(_against(role), _COLOUR[role], _MARK[role].removeprefix("-") if role else "rimmed")
        for role in _tally(drawn)
    )


def _tally(drawn: list[Trial]) -> dict[Role | None, int]:
    """How many trials were compared with what, in the order of the roles; those without a group come last."""
    tally = {role: sum(t.against == role for t in drawn) for role in (*_ROLES, None)}
    return {role: n for role, n in tally.items() if n}


def _against(role: Role | None) -> str:
    return f"against {ROLE_LABEL[role]}" if role else "no comparison group"


def _sentence(found: list[Trial]) -> str:
    if not found:
        return NOTHING_CHOSEN
    if len(found) == 1:
        return _sentence_of_one(found[0])
    sizes = [t.people for t in found if t.people is not None]
    controlled = sum(1 for t in found if t.against == "control")
    interval = sum(1 for t in found if t.interval == "computed")
    year = sum(1 for t in found if t.weeks is not None and t.weeks >= YEAR)
    middle = f" In the middle one by size were **{number(median(sizes))}** people or joints." if len(sizes) > 1 else ""
    return (
        f"Of the {count(len(found), 'trial')} shown, **{controlled}** had a control injection group and **{year}** "
        f"followed people for a year or more. For **{interval}** we could compute an interval for the "
        f"difference.{middle}"
    )


def _sentence_of_one(trial: Trial) -> str:
    control = "had a" if trial.against == "control" else "had no"
    long = "a year or more" if (trial.weeks or 0) >= YEAR else "less than a year"
    followed = "How long it went on was not seen" if trial.weeks is None else f"It went on for {long}"
    could = "could" if trial.interval == "computed" else "could not"
    return (
        f"The one trial shown, {trial.name}, {control} control injection group. {followed}. "
        f"We {could} compute an interval for the difference."
    )


def _chart(drawn: list[Trial]) -> Chart:
    named = _named(drawn)
    dots = [
        Dot(
            key=t.study.study_id,
            x=float(t.weeks or 0),
            y=float(t.people or 0),
            symbol=SHAPES[t.condition.symbol] + _MARK[t.against],
            colour=_COLOUR[t.against],
            rim="paper" if t.against else "ink",
            label=t.name if t in named else "",
            label_left=(t.weeks or 0) > _LONG,
            hover=f"{t.name}: {t.people}, {weeks_words(t.weeks)}, {_against(t.against)}",
        )
        for t in drawn
    ]
    ticks = {13: "3 months", 26: "6 months", 52: "1 year", 104: "2 years"}
    return plane(dots, "longest follow-up", "people or joints", ticks)


def _named(drawn: list[Trial]) -> list[Trial]:
    """The largest and the longest trials, as far as their names don't run into each other."""
    found: list[Trial] = []
    for t in sorted(drawn, key=lambda t: -(t.people or 0)):
        wanted = (t.people or 0) > _LARGE or (t.weeks or 0) > _LONG
        if wanted and all(_apart(t, other) for other in found):
            found.append(t)
    return found


def _apart(one: Trial, two: Trial) -> bool:
    across = abs(log2((one.weeks or 1) / (two.weeks or 1)))
    return across > _NAME_WIDTH or abs((one.people or 0) - (two.people or 0)) > _NAME_HEIGHT


def _table(drawn: list[Trial]) -> Table:
    columns = ("Trial", "Size", "Longest follow-up", "Compared with", "Interval for a difference")
    return Table("Size and follow-up of each trial.", columns, tuple(_row(t) for t in drawn))


def _row(trial: Trial) -> Row:
    against = ROLE_LABEL[trial.against] if trial.against else "no comparison group"
    unit = "people" if trial.study.unit == "person" else f"{trial.study.unit}s"
    cells = (
        Cell(trial.name, trial.condition.label),
        Cell(f"{_counted(trial.study)} {unit}"),
        Cell(weeks_words(trial.weeks)),
        Cell(against),
        Cell(trial.interval),
    )
    return Row(trial.study.study_id, cells)


def _counted(study: Study) -> str:
    """``127 of 166``: how many are counted of those who took part."""
    if study.n_analysed and study.n_randomised and study.n_analysed != study.n_randomised:
        return f"{study.n_analysed} of {study.n_randomised}"
    return str(study.n_analysed or study.n_randomised)


def _known(library: Library, trial: Trial) -> str:
    flags = warned(library.study_flags(trial.study.study_id))
    size = trial_labels.size_of(trial.study) or "Its size was not reported where we looked. "
    if trial.weeks is None:
        return f"{size}Its follow-up was not reported where we looked.{flags}"
    return f"{size}Followed for {weeks_words(trial.weeks)}.{flags}"


def _alt(drawn: list[Trial]) -> str:
    if not drawn:
        return "No marks: no trial chosen here has a known size and follow-up."
    most = max(drawn, key=lambda t: t.people or 0)
    longest = max(drawn, key=lambda t: t.weeks or 0)
    small = sum((t.people or 0) <= _LARGE for t in drawn)
    short = sum((t.weeks or 0) < YEAR for t in drawn)
    compared = "; ".join(f"{_against(role)}: {n}" for role, n in _tally(drawn).items())
    return (
        f"{count(len(drawn), 'mark')} by longest follow-up and size: {small} of at most {_LARGE} people or joints, "
        f"{short} of less than a year. {compared[0].upper()}{compared[1:]}. Largest: {most.name} with {most.people}. "
        f"Longest: {longest.name} with {weeks_words(longest.weeks)}."
    )


VIEW = View(
    key="certainty",
    question="How sure can we be? Most trials are small, and many are short",
    state=SmallState,
    render=render,
    for_class="Which corner of the chart would you want a trial to be in before you trust it, and why?",
)
