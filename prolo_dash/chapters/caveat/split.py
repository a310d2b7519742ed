"""The caveat: each trial's gain, set against what its control injection and its no-injection group also gained."""

from dataclasses import dataclass

from prolo_dash.evidence.comparison import Comparison
from prolo_dash.evidence.library import Library, selection
from prolo_dash.kit import trial_labels
from prolo_dash.kit.contextual_share import share_percent, why_no_interval
from prolo_dash.kit.controls import Option, choice
from prolo_dash.kit.scales import scale_of
from prolo_dash.kit.split_chart import figure
from prolo_dash.kit.view import Cell, KeyEntry, Rendering, Row, Table, View, plain
from prolo_dash.kit.wording import (
    NOTHING_CHOSEN,
    absent,
    count,
    flag_reasons,
    none_of,
    number,
    per_hundred,
    switched_note,
)


@dataclass(frozen=True)
class CaveatState:
    """Which trials, which kind of result, and how much of the split is drawn."""

    conditions: tuple[str, ...] = trial_labels.conditions()
    outcome: str = choice("Result", trial_labels.DOMAIN_OPTIONS, "better")
    show: str = choice(
        "Show",
        (
            Option("reported", "As reported"),
            Option("split", "Split by comparison group"),
            Option("left", "Only what is left"),
        ),
        "split",
    )


def render(library: Library, state: CaveatState) -> Rendering:
    """The caveat chapter's main view for one state."""
    found = selection(library, state.conditions, state.outcome, "latest")
    drawn = [c for own in found.values() for c in own if c.split]
    rest = [(study, own) for study, own in found.items() if not any(c.split for c in own)]
    return Rendering(
        sentence=_sentence(library, drawn, state) if drawn else _nothing(len(found)),
        chart=figure(library, drawn, state.show),
        table=_table(library, drawn),
        alt=_alt(library, drawn, state.show),
        how_to_read=_HOW_TO_READ,
        sources=trial_labels.source_links(library, drawn),
        key=_KEYS[state.show] if drawn else (),
        listed_title=f"Listed, not drawn: {count(len(rest), 'trial')} without figures for both groups" if rest else "",
        listed=trial_labels.listed(library, rest, state.outcome),
    )


def _sentence(library: Library, drawn: list[Comparison], state: CaveatState) -> str:
    tail = absent(library, state.conditions, drawn, compared=True) if state.outcome == "better" else ""
    return _SENTENCES[state.show](library, drawn) + switched_note(drawn) + tail


_KEYS = {
    "reported": (KeyEntry("after prolotherapy, whatever the cause", "prolo"),),
    "split": trial_labels.SPLIT_KEY,
    "left": (KeyEntry("further gain after prolotherapy, with its 95% interval where one can be computed", "prolo"),),
}

_HOW_TO_READ = (
    "Each bar is one comparison of one trial. Its parts add up to what people gained after prolotherapy.",
    "The blue hatched part is what the control injection group gained too. That part holds the natural course of the "
    "illness, regression to the mean, other care, and the response to being treated. It is not “the placebo effect”.",
    "Where a trial also followed a group without injections, the grey part is what that group gained. Only then can "
    "the first parts be told apart.",
    "A part can be negative: a group then gained less than the one before it. It is drawn as a thin bar below, which "
    "runs back.",
    "Counts: every count of people who were better is shown. Scores: one score a trial, its main one or the first.",
    "Some trials count knees, not people. Knees of one person are alike, so those intervals are probably too narrow.",
    "Times are the longest follow-up with figures. Groups that were no longer as randomised have the randomised "
    "figures beside them.",
)


def _nothing(n: int) -> str:
    return none_of(n, "this result for both groups") if n else NOTHING_CHOSEN


def _shares(drawn: list[Comparison]) -> list[float]:
    return [share.value for c in drawn if (share := c.share)]


def _sentence_split(library: Library, drawn: list[Comparison]) -> str:
    shares = _shares(drawn)
    three = sum(1 for c in drawn if c.split and c.split.without_injection)
    known = three and f"**{three}** of these also followed people who got no injection"
    last = f"{known}." if known else "None of these followed people who got no injection."
    if not shares:
        return f"{_lead(drawn)} no prolotherapy group gained. {last}"
    if drawn[0].is_share:
        return f"{_lead(drawn)} for every 100 counted as better after prolotherapy, {_range_100(shares)}. {last}"
    below = [share for share in shares if share < 1]
    if not below:
        return f"{_lead(drawn)} the control injection groups gained as much as the prolotherapy groups. {last}"
    example = next(c for c in drawn if c.share and c.share.value < 1)
    where = "the control injection group" if len(below) == 1 else f"{len(below)} control injection groups"
    return (
        f"{_lead(drawn)} {where} gained {_range_percent(below)} of what the prolotherapy group gained. "
        f"(In {trial_labels.who(library, example)}: {_pair(example)}.) {_ahead(drawn)}{last}"
    )


def _lead(drawn: list[Comparison]) -> str:
    return "In the one comparison shown," if len(drawn) == 1 else f"In the {len(drawn)} comparisons shown,"


def _range_100(shares: list[float]) -> str:
    low, high = per_hundred(min(shares)), per_hundred(max(shares))
    found = f"**{low}**" if low == high else f"**{low} to {high}**"
    return f"{found} were better after the control injection, in groups of the same size"


def _range_percent(shares: list[float]) -> str:
    low, high = per_hundred(min(shares)), per_hundred(max(shares))
    return f"**{low}%**" if low == high else f"**between {low}% and {high}%**"


def _pair(comparison: Comparison) -> str:
    assert comparison.control is not None
    assert comparison.control.gain is not None
    assert comparison.intervention.gain is not None
    scale = scale_of(comparison)
    return f"{scale.text(comparison.control.gain)} and {scale.text(comparison.intervention.gain)} {scale.unit}"


def _ahead(drawn: list[Comparison]) -> str:
    """Comparisons whose control group gained as much or more, and so have no share below the whole."""
    n = sum(1 for c in drawn if c.share is None or c.share.value >= 1)
    return f"In {count(n, 'other')} the control group gained as much or more. " if n else ""


def _sentence_reported(library: Library, drawn: list[Comparison]) -> str:
    gains = [c.intervention.gain for c in drawn if c.intervention.gain is not None]
    if drawn[0].is_share:
        low, high = per_hundred(min(gains)), per_hundred(max(gains))
        found = f"**{low}**" if low == high else f"**{low} to {high}**"
        return f"{_lead(drawn)} {found} of 100 were counted as better after prolotherapy, whatever the cause."
    better = sum(1 for gain in gains if gain > 0)
    if len(drawn) == 1:
        return f"{_lead(drawn)} **{better}** had a better score than at the start, whatever the cause."
    return (
        f"In **{better}** of the {len(drawn)} comparisons shown, the score was better after prolotherapy than at the "
        "start, whatever the cause. The scales differ, so each has its own axis."
    )


def _sentence_left(library: Library, drawn: list[Comparison]) -> str:
    left = [c.split.added_by_intervention for c in drawn if c.split]
    with_interval = [e for e in left if e.has_interval]
    clear = sum(1 for e in with_interval if e.low is not None and e.high is not None and (e.low > 0 or e.high < 0))
    if drawn[0].is_share:
        low, high = number(100 * min(e.value for e in left)), number(100 * max(e.value for e in left))
        found = f"**{low}**" if low == high else f"**{low} to {high}**"
        start = f"{_lead(drawn)} {found} more of 100 were counted as better than after the control injection."
    else:
        ahead = sum(1 for e in left if e.value > 0)
        start = f"In **{ahead}** of the {len(drawn)} comparisons shown, prolotherapy was ahead of its control."
        if len(drawn) == 1:
            start = f"{_lead(drawn)} prolotherapy was ahead of its control in **{ahead}**."
    return f"{start} {_uncertain(len(left), len(with_interval), clear)}"


def _uncertain(n: int, with_interval: int, clear: int) -> str:
    if with_interval == 0:
        return "The uncertainty cannot be computed from the figures seen."
    rest = n - with_interval
    tail = f" For {count(rest, 'other')}, the uncertainty cannot be computed." if rest else ""
    return f"An interval can be computed for {with_interval}; {clear} of these are wholly above or below zero.{tail}"


_SENTENCES = {"reported": _sentence_reported, "split": _sentence_split, "left": _sentence_left}


_COLUMNS = (
    *trial_labels.TRIAL_COLUMNS,
    "After prolotherapy",
    "After control injection",
    "After no injection",
    "Further gain after control injection",
    "Further gain after prolotherapy",
    "Control gain as share of the whole",
)


def _table(library: Library, drawn: list[Comparison]) -> Table:
    caption = "Gains of each group, higher = better. Intervals are 95% intervals."
    return Table(caption, _COLUMNS, tuple(_row(library, c) for c in drawn))


def _row(library: Library, comparison: Comparison) -> Row:
    scale = scale_of(comparison)
    split = comparison.split
    assert split is not None
    share = comparison.share
    gains = [
        trial_labels.arm_cell(f, "" if f is None or f.gain is None else scale.text(f.gain))
        for f in (comparison.intervention, comparison.control, comparison.untreated)
    ]
    cells = (
        *trial_labels.trial_cells(library, comparison),
        *gains,
        Cell(scale.interval(split.added_by_control), scale.unit) if split.without_injection else Cell("not known"),
        Cell(scale.interval(split.added_by_intervention), scale.unit),
        Cell(share_percent(share), why_no_interval(comparison))
        if share
        else Cell("undefined: no gain after prolotherapy"),
    )
    return Row(comparison.comparison_id, cells, flag_reasons(comparison) + trial_labels.two_differences(comparison))


def _alt(library: Library, drawn: list[Comparison], show: str) -> str:
    if not drawn:
        return "No bars: no trial chosen here has figures for both groups."
    chart = {
        "reported": "A bar for each shows what people gained after prolotherapy.",
        "split": "Each bar is cut into what other groups gained too and the rest.",
        "left": "A mark for each shows what prolotherapy groups gained beyond the control injection.",
    }[show]
    return f"{plain(_SENTENCES[show](library, drawn).rstrip() + switched_note(drawn))} {chart}"


VIEW = View(
    key="caveat",
    question="Take away what the control injection also achieved: what is left?",
    state=CaveatState,
    render=render,
    for_class="Two groups got needles, and both got better. Name three reasons why the second group could get better.",
)
