"""How many outcomes of one comparison would have to change: its facts, words and chart."""

from dataclasses import dataclass

from prolo_dash.evidence.comparison import Comparison
from prolo_dash.evidence.fragility import FragileGroup, fragile_groups, fragility_of
from prolo_dash.evidence.library import Library
from prolo_dash.evidence.significance import SignificanceTest, significance_test
from prolo_dash.evidence.topic import Topic
from prolo_dash.kit import trial_labels
from prolo_dash.kit.charts import ChartRow, Outlines, Panel, notes, outlines, stack, with_room
from prolo_dash.kit.significance import WHY_TWO, contradiction, significance_words
from prolo_dash.kit.theme import ROLE_COLOUR
from prolo_dash.kit.topic_words import role_name
from prolo_dash.kit.view import Cell, Chart, KeyEntry, Rendering, Row, Table, plain
from prolo_dash.kit.wording import capitalised, count, plural, printed, verb, weeks_words
from prolo_dash.stats.robustness import Fragility

_MOST_SQUARES = 500  # in a row: more are too small to see


@dataclass(frozen=True)
class Facts:
    """The fragility index of a comparison of counts, the test behind it, and its two groups, the intervention first."""

    topic: Topic
    trial: str
    comparison: Comparison
    fragility: Fragility
    test: SignificanceTest
    groups: tuple[FragileGroup, FragileGroup]

    @property
    def single_squares(self) -> bool:
        """Whether there is a square for each counted, not one bar for all of a group."""
        return all(group.n <= _MOST_SQUARES for group in self.groups)


def facts(library: Library, comparison: Comparison) -> Facts:
    """What would have to change for a comparison not to be significant."""
    assert comparison.control
    found, test = fragility_of(comparison), significance_test(comparison, comparison.control)
    assert test is not None
    groups = fragile_groups(comparison, found)
    return Facts(library.topic, library.name(comparison.study), comparison, found, test, groups)


def rendering(library: Library, known: Facts) -> Rendering:
    """The fragility index of one comparison, and the outcomes that would have to change."""
    return Rendering(
        sentence=sentence(known),
        chart=_chart(known),
        table=_table(known),
        alt=_alt(known),
        how_to_read=_HOW_TO_READ,
        sources=trial_labels.source_links(library, [known.comparison]),
        key=_key(known.topic),
        listed_title="Warnings for this trial" if known.comparison.flags else "",
        listed=trial_labels.warnings(known.comparison),
    )


def _key(topic: Topic) -> tuple[KeyEntry, ...]:
    return (
        KeyEntry(f"counted as better after {topic.intervention}", "prolo"),
        KeyEntry(f"counted as better after the {topic.control}", "control"),
        KeyEntry("would have to change", "flag", "crossed"),
    )


_HOW_TO_READ = (
    "Each square is one of those counted; of more than 500 in a group, one bar is drawn. What is filled was counted as "
    "better. If what has a cross had turned out better, the difference would not be significant (p 0.05 or more, "
    "Fisher's exact test).",
    "The number of such changes is the fragility index (Walsh 2014). A small one means that the result hangs on a few.",
    "It also depends on the size of the trial, and says nothing about how well the trial was made. If more people were "
    "lost than the index, what became of them could overturn the result.",
    WHY_TWO,
)
_REASON = {
    "not_significant": "the result is not significant to begin with",
    "higher_share": (
        "the group with fewer events has the higher share of them, so more events there would undo nothing"
    ),
}


def sentence(known: Facts) -> str:
    """The two counts, their test, and how many more would have to be counted as better."""
    comparison, found, topic = known.comparison, known.fragility, known.topic
    assert comparison.control is not None
    start = (
        f"{known.trial}, {weeks_words(comparison.outcome.weeks)}, {trial_labels.what(comparison)}: "
        f"{printed(comparison.intervention)} after {topic.intervention} and {printed(comparison.control)} after the "
        f"{topic.control}."
    )
    switched = "" if comparison.as_randomised else " These groups are **not as randomised**."
    contradicted = contradiction(comparison, known.test)
    but = f" {contradicted}" if contradicted else ""
    test = significance_words(known.test)
    if found.reason:
        return f"{start} It has **no fragility index**: {_REASON[found.reason]} ({test}).{but}{switched}"
    assert found.index is not None
    where = topic.intervention if found.changed_group == 1 else f"the {topic.control}"
    many = count(found.index, f"more {comparison.study.unit}", f"more {plural(comparison)}")
    change = f"If **{many}** {verb(found.index, 'was', 'were')} counted as better after {where}, it would not be."
    return f"{start} This is significant ({test}).{but} {change}{switched}"


def _row_key(known: Facts, group: FragileGroup) -> str:
    return f"{known.comparison.comparison_id}.{group.arm_id}"


def _chart(known: Facts) -> Chart:
    labels = tuple(
        ChartRow(
            capitalised(role_name(known.topic, group.role)),
            f"{group.better} of {group.n} counted as better",
            f"{group.to_change} would have to change" if group.to_change else "",
        )
        for group in known.groups
    )
    squares = [trace for y, group in enumerate(known.groups) for trace in _outlines(known, y, group)]
    ends = [float(group.n) for group in known.groups]
    texts = [f"{group.better} of {group.n}" for group in known.groups]
    ids = [_row_key(known, group) for group in known.groups]
    named = notes(list(range(len(known.groups))), ends, texts, ids=ids)
    axis = with_room((0.0, max(ends)), ends, texts)
    title = "one square for each counted" if known.single_squares else "how many were counted"
    return stack((Panel("", title, axis, labels, (*squares, named)),))


def _outlines(known: Facts, y: int, group: FragileGroup) -> list[Outlines]:
    """Counted as better, to be changed, and the rest: outlines, as Plotly draws marks of one id only once."""
    key, last = _row_key(known, group), group.better + group.to_change
    kinds = (
        (0, group.better, ROLE_COLOUR[group.role], True, False),
        (group.better, last, "flag", False, True),
        (last, group.n, "axis", False, False),
    )
    return [
        outlines(
            y,
            _squares(range(first, end, 1 if known.single_squares else end - first), crossed),
            colour,
            key,
            filled=filled,
        )
        for first, end, colour, filled, crossed in kinds
        if end > first
    ]


def _squares(places: range, crossed: bool) -> list[tuple[tuple[float, float], ...]]:
    left, right = 0.12, places.step - 0.12
    square = ((left, -0.4), (right, -0.4), (right, 0.4), (left, 0.4), (left, -0.4))
    corners = (*square, *(((right, 0.4), (right, -0.4), (left, 0.4)) if crossed else ()))
    return [tuple((place + across, down) for across, down in corners) for place in places]


def _table(known: Facts) -> Table:
    rows = tuple(
        Row(
            _row_key(known, group),
            (
                Cell(role_name(known.topic, group.role)),
                Cell(f"{group.better} of {group.n}"),
                Cell(str(group.to_change)),
            ),
        )
        for group in known.groups
    )
    return Table("Counts, and how many would have to change.", ("Group", "Counted as better", "To change"), rows)


def _alt(known: Facts) -> str:
    one = "A square stands for each counted." if known.single_squares else "One bar stands for all of a group."
    marked = " Crosses mark those that would have to change." if known.fragility.index else ""
    return f"{plain(sentence(known))} {one}{marked}"
