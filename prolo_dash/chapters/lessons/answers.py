"""The answers of predictions: a number, worked out from the evidence, a statement, and what stands behind it."""

from collections.abc import Callable
from dataclasses import dataclass

from prolo_dash.chapters.lessons.control_arm.facts import controlled
from prolo_dash.evidence.about_records import AskedPrediction, PredictionKind
from prolo_dash.evidence.comparison import ArmFigure, Comparison
from prolo_dash.evidence.fragility import fragility_of
from prolo_dash.evidence.library import Library
from prolo_dash.evidence.replication import REPEATS
from prolo_dash.kit import fragility, replication, trial_labels
from prolo_dash.kit.predictions import whole
from prolo_dash.kit.scales import PER_100, gained_unit, scale_of
from prolo_dash.kit.wording import MINUS, count, number, per_hundred, plural, printed, verb, weeks_words
from prolo_dash.stats.dice import HIGHEST, LOWEST, expected

_TRUTH = "half"
CUT_OFF = 10  # points, as in the teaching tip that the game comes from

Asked = AskedPrediction


@dataclass(frozen=True)
class Kind:
    """How predictions of one kind are answered: the number, the statement, and what fills the slots of the question.

    ``behind`` are the comparisons that the answer is worked out from. ``limits`` are the lowest and the highest guess
    where the data name none; ``colour`` is the token of the group that it is about.
    """

    answer: Callable[[Library, Asked], int]
    says: Callable[[Library, Asked], str]
    behind: Callable[[Library, Asked], list[Comparison]]
    slots: Callable[[Library, Asked], dict[str, str]] = lambda library, asked: {}
    limits: Callable[[Library], tuple[int, int]] = lambda library: (0, 100)
    colour: str = "ink"


def _whole(value: float) -> int:
    return int(number(value).replace(MINUS, "-"))


def _comparison(library: Library, asked: Asked) -> Comparison:
    return library.comparison_by_id[asked.comparison or ""]


def _control(comparison: Comparison) -> ArmFigure:
    assert comparison.control is not None
    return comparison.control


def _gain(figure: ArmFigure) -> float:
    assert figure.gain is not None
    return figure.gain


def _between(comparison: Comparison) -> float:
    """What the intervention group gained beyond the control group."""
    return _gain(comparison.intervention) - _gain(_control(comparison))


def _named(library: Library, asked: Asked) -> list[Comparison]:
    """The comparison of a question, and what is told beside it."""
    return [library.comparison_by_id[key] for key in (asked.comparison, asked.beside) if key]


def _switched(comparison: Comparison) -> str:
    """How the groups of a comparison that is not as randomised came about."""
    return "" if comparison.as_randomised else " By then many had switched groups: they are **not as randomised**."


def _counts(library: Library, comparison: Comparison) -> str:
    topic, control = library.topic, _control(comparison)
    return (
        f"{printed(comparison.intervention)} {plural(comparison)} after {topic.intervention} and {printed(control)} "
        f"after the {topic.control}"
    )


# What the control group gained.


def _control_gain(library: Library, asked: Asked) -> int:
    return _whole(100 * _gain(_control(_comparison(library, asked))))


def _says_control_gain(library: Library, asked: Asked) -> str:
    c = _comparison(library, asked)
    estimate = _control(c).gain_estimate
    assert estimate is not None
    return (
        f"{trial_labels.who(library, c)}, {trial_labels.what(c)}: {printed(_control(c))} {plural(c)} after the "
        f"{library.topic.control}, which is **{PER_100.interval(estimate)}** of 100.{_switched(c)}"
        f"{_says_beside(library, asked)}"
    )


# How two groups differ.


def _difference_of_counts(library: Library, asked: Asked) -> int:
    return _whole(100 * _between(_comparison(library, asked)))


def _says_difference_of_counts(library: Library, asked: Asked) -> str:
    c = _comparison(library, asked)
    difference = c.difference(_control(c))
    assert difference is not None
    return (
        f"{trial_labels.who(library, c)}, {trial_labels.what(c)}: {_counts(library, c)}. That is "
        f"**{PER_100.interval(difference.estimate)}** more of 100.{_switched(c)}{_says_beside(library, asked)}"
    )


def _says_beside(library: Library, asked: Asked) -> str:
    """The same count at the other time: as the article has it, or as chance had made the groups."""
    if asked.beside is None:
        return ""
    told = library.comparison_by_id[asked.beside]
    when = f"at {weeks_words(told.outcome.weeks)}"
    if told.as_randomised:
        return f" {when.capitalize()}, when they still were: {_counts(library, told)}."
    return f" The article's figures are of {when.removeprefix('at ')}: {_counts(library, told)}.{_switched(told)}"


def _told(library: Library, asked: Asked) -> dict[str, str]:
    """The article's two figures, of 100."""
    if asked.beside is None:
        return {}
    told = library.comparison_by_id[asked.beside]
    shares = (_gain(told.intervention), _gain(_control(told)))
    return {"told": " and ".join(per_hundred(share) for share in shares)}


def _intervention_share(library: Library, asked: Asked) -> dict[str, str]:
    """What the intervention group had, of 100."""
    return {"intervention": per_hundred(_gain(_comparison(library, asked).intervention))}


def _difference_of_scores(library: Library, asked: Asked) -> int:
    return _whole(_between(_comparison(library, asked)))


def _says_difference_of_scores(library: Library, asked: Asked) -> str:
    c, topic = _comparison(library, asked), library.topic
    scale = scale_of(c)
    difference = c.difference(_control(c))
    known = difference is not None and difference.estimate.has_interval
    uncertainty = "" if known else " How sure that is can't be worked out from the figures we saw."
    return (
        f"{library.name(c.study)}, {trial_labels.what(c)}: {scale.text(_gain(c.intervention))} {gained_unit(c)} after "
        f"{topic.intervention} and {scale.text(_gain(_control(c)))} after the {topic.control}. The difference is "
        f"**{scale.text(_between(c))}**.{uncertainty}"
    )


# What chance does to a trial, and how fragile its result is.


def _replay_of(library: Library, asked: Asked) -> replication.Facts:
    return replication.facts(library, _comparison(library, asked), _TRUTH)


def _replayed(library: Library, asked: Asked) -> int:
    return _replay_of(library, asked).significant


def _says_replay(library: Library, asked: Asked) -> str:
    known = _replay_of(library, asked)
    times = known.exaggeration
    larger = "" if times is None else f" On average these show **{number(times, 1)} times** the true difference."
    return (
        f"A difference is there, and **{known.significant:,} of {whole(REPEATS)}** repeats find one that counts as "
        f"significant.{larger}"
    )


def _must_change(library: Library, asked: Asked) -> int:
    index = fragility_of(_comparison(library, asked)).index
    assert index is not None
    return index


def _says_must_change(library: Library, asked: Asked) -> str:
    c = _comparison(library, asked)
    found = fragility.facts(library, c).fragility
    assert found.index is not None
    many = count(found.index, f"more {c.study.unit}", f"more {plural(c)}")
    where = library.topic.intervention if found.changed_group == 1 else f"the {library.topic.control}"
    return (
        f"{trial_labels.who(library, c)}, {trial_labels.what(c)}: {_counts(library, c)}. Say **{many}** had got better "
        f"after {where}. Then the difference would not count as significant."
    )


def _sizes(library: Library, asked: Asked) -> dict[str, str]:
    c = _comparison(library, asked)
    treated, controls = c.intervention.result.n, _control(c).result.n
    return {"treated": str(treated), "controls": str(controls), "repeats": whole(REPEATS)}


# In how many trials the intervention was ahead.


def _scored(library: Library) -> list[Comparison]:
    return [c for c in controlled(library, "pain") if c.intervention.gain is not None]


def _ahead(library: Library, asked: Asked) -> int:
    return sum(_between(c) > 0 for c in _scored(library))


def _says_ahead(library: Library, asked: Asked) -> str:
    drawn, topic = _scored(library), library.topic
    found = [d.estimate for c in drawn if (d := c.difference(_control(c))) and d.estimate.has_interval]
    above = sum(e.low is not None and e.low > 0 for e in found)
    return (
        f"Pain scores at the longest follow-up: in **{_ahead(library, asked)}** of {len(drawn)} trials the "
        f"{topic.intervention} group gained more than the {topic.control} group. {len(found)} of these differences "
        f"{verb(len(found), 'has', 'have')} an interval, and in {above} of them all of it lies above zero. For the "
        f"other {len(drawn) - len(found)}, how sure they are can't be worked out."
    )


# What dice do.


def _second_throw(library: Library, asked: Asked) -> int:
    return _whole(float(expected(CUT_OFF).second))


def _says_second_throw(library: Library, asked: Asked) -> str:
    exact = expected(CUT_OFF)
    return (
        f"By calculation, people with {CUT_OFF} points or more had {number(float(exact.first), 1)} points on average "
        f"at first, and **{number(float(exact.second), 1)}** when they throw again: as many as anybody. The 36 ways in "
        "which two dice can fall were counted."
    )


KINDS: dict[PredictionKind, Kind] = {
    "control_gain": Kind(_control_gain, _says_control_gain, _named, _intervention_share, colour="control"),
    "difference_of_counts": Kind(_difference_of_counts, _says_difference_of_counts, _named, _told, colour="prolo"),
    "difference_of_scores": Kind(_difference_of_scores, _says_difference_of_scores, _named, colour="prolo"),
    "replay": Kind(_replayed, _says_replay, _named, _sizes, limits=lambda library: (0, REPEATS)),
    "must_change": Kind(_must_change, _says_must_change, _named, _sizes),
    "ahead": Kind(
        _ahead,
        _says_ahead,
        lambda library, asked: _scored(library),
        lambda library, asked: {"trials": str(len(_scored(library)))},
        lambda library: (0, len(_scored(library))),
        "prolo",
    ),
    "second_throw": Kind(
        _second_throw,
        _says_second_throw,
        lambda library, asked: [],
        lambda library, asked: {"cut_off": str(CUT_OFF)},
        lambda library: (LOWEST, HIGHEST),
    ),
}
