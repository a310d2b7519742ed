"""Predict, then reveal: questions with a number for an answer.

Every answer comes from the evidence or from a view, and so does every number in a question; none is typed here.
"""

from functools import cache

from prolo_dash.chapters.lessons import control_arm
from prolo_dash.evidence.comparison import Comparison
from prolo_dash.evidence.fragility import fragility_of
from prolo_dash.evidence.library import Library
from prolo_dash.evidence.replication import REPEATS
from prolo_dash.kit import fragility, replication, trial_labels
from prolo_dash.kit.predictions import Prediction, whole
from prolo_dash.kit.scales import PER_100, scale_of
from prolo_dash.kit.wording import MINUS, number, per_hundred, printed, verb, weeks_words
from prolo_dash.stats.dice import HIGHEST, LOWEST, expected

THREE_MONTHS = "topol2011_asymptomatic_13w.dextrose"
ONE_YEAR = "topol2011_asymptomatic_52w.dextrose"
REPEATED = "nakase2020_visa_interimfinal.dextrose"
_TRUTH = "half"
_CUT_OFF = 10  # points, as in the teaching tip that the game comes from


def _whole(value: float) -> int:
    return int(number(value).replace(MINUS, "-"))


def _comparison(known: Library, comparison_id: str) -> Comparison:
    return known.comparison_by_id[comparison_id]


def _control(comparison: Comparison) -> float:
    assert comparison.control is not None
    assert comparison.control.gain is not None
    return comparison.control.gain


def _source(known: Library, comparison: Comparison) -> str:
    return f"Read in: {comparison.outcome.where_in_source}."


def _says_control(known: Library) -> str:
    c = _comparison(known, THREE_MONTHS)
    assert c.control is not None
    estimate = c.control.gain_estimate
    assert estimate is not None
    return (
        f"{trial_labels.who(known, c)}, {trial_labels.what(c)}: {printed(c.control)} knees after the control "
        f"injection, which is "
        f"**{PER_100.interval(estimate)}** of 100. {_source(known, c)}"
    )


def _left(known: Library) -> int:
    c = _comparison(known, THREE_MONTHS)
    return _whole(100 * ((c.intervention.gain or 0.0) - _control(c)))


def _says_left(known: Library) -> str:
    c, year = _comparison(known, THREE_MONTHS), _comparison(known, ONE_YEAR)
    assert c.control is not None
    assert year.control is not None
    difference = c.difference(c.control)
    assert difference is not None
    return (
        f"{trial_labels.who(known, c)}, as randomised: {printed(c.intervention)} knees after prolotherapy and "
        f"{printed(c.control)} "
        f"after the control injection had {trial_labels.what(c)}. That is "
        f"**{PER_100.interval(difference.estimate)}** more of "
        f"100. The article's figures are {printed(year.intervention)} and {printed(year.control)} knees at "
        f"{weeks_words(year.outcome.weeks)}, **not as randomised** after 3 months. {_source(known, c)}"
    )


def _replayed(known: Library) -> int:
    return replication.facts(known, _comparison(known, THREE_MONTHS), _TRUTH).significant


def _says_replay(known: Library) -> str:
    c = _comparison(known, THREE_MONTHS)
    said = replication.sentence(replication.facts(known, c, _TRUTH))
    return f"{said} {_source(known, c)}"


def _changes(known: Library) -> int:
    index = fragility_of(_comparison(known, THREE_MONTHS)).index
    assert index is not None
    return index


def _says_changes(known: Library) -> str:
    c = _comparison(known, THREE_MONTHS)
    said = fragility.sentence(fragility.facts(known, c))
    return f"{said} {_source(known, c)}"


def _second(known: Library) -> int:
    return _whole(float(expected(_CUT_OFF).second))


def _says_second(known: Library) -> str:
    exact = expected(_CUT_OFF)
    return (
        f"By calculation, people with {_CUT_OFF} points or more had {number(float(exact.first), 1)} points on average "
        f"at first, and **{number(float(exact.second), 1)}** when they throw again: as many as anybody. The 36 ways in "
        "which two dice can fall were counted."
    )


def _ahead(known: Library) -> int:
    return sum((c.intervention.gain or 0.0) > _control(c) for c in _both(known))


def _both(known: Library) -> list[Comparison]:
    return [c for c in control_arm.shown(known, "pain") if c.intervention.gain is not None]


def _says_ahead(known: Library) -> str:
    drawn = _both(known)
    found = [d.estimate for c in drawn if c.control and (d := c.difference(c.control)) and d.estimate.has_interval]
    above = sum(e.low is not None and e.low > 0 for e in found)
    return (
        f"Pain scores at the longest follow-up: in **{_ahead(known)}** of {len(drawn)} trials the prolotherapy group "
        f"gained more than the control injection group. {len(found)} of these differences "
        f"{verb(len(found), 'has', 'have')} an interval, and in {above} of them all of it lies above zero. For "
        f"{len(drawn) - len(found)}, the uncertainty cannot be computed. The sources stand under the chart."
    )


def _repeated(known: Library) -> int:
    c = _comparison(known, REPEATED)
    return _whole((c.intervention.gain or 0.0) - _control(c))


def _says_repeated(known: Library) -> str:
    c = _comparison(known, REPEATED)
    scale = scale_of(c)
    doubts = " ".join(flag.reason for flag in c.flags if flag.kind in ("secondary_source", "sources_disagree"))
    return (
        f"{known.name(c.study)}, {trial_labels.what(c)}: {scale.text(c.intervention.gain or 0.0)} points gained after "
        f"prolotherapy and {scale.text(_control(c))} after the control injection, a difference of "
        f"**{scale.text((c.intervention.gain or 0.0) - _control(c))}**. The uncertainty cannot be computed from the "
        f"figures seen. {doubts} {_source(known, c)}"
    )


def _sizes(comparison: Comparison) -> tuple[int, int]:
    assert comparison.intervention.result.n
    assert comparison.control
    assert comparison.control.result.n
    return comparison.intervention.result.n, comparison.control.result.n


def _as_told(known: Library) -> str:
    """The article's two figures, of 100."""
    year = _comparison(known, ONE_YEAR)
    return f"{per_hundred(year.intervention.gain or 0.0)} and {per_hundred(_control(year))}"


@cache
def predictions(library: Library) -> dict[str, Prediction]:
    """Every prediction by its key, asked with the figures of a library."""
    treated, controls = _sizes(_comparison(library, THREE_MONTHS))
    scored = len(_both(library))
    found = (
        Prediction(
            key="control_improved",
            question="In Topol 2011 some young athletes had a control injection, without the sugar. Of 100 such knees, "
            "how many were free of pain in sport after 3 months?",
            low=0,
            high=100,
            step=1,
            unit="of 100 knees",
            answer=lambda known: _whole(100 * _control(_comparison(known, THREE_MONTHS))),
            says=_says_control,
            why="Those knees had no sugar. Why did some of them get free of pain?",
            colour="control",
        ),
        Prediction(
            key="left_of_84",
            question=f"The article says {_as_told(library)} of 100, after 1 year. By then people had switched groups: "
            "these are not as randomised. At 3 months they still were. How many more of 100 knees were then free of "
            "pain after prolotherapy than after the control injection?",
            low=-20,
            high=100,
            step=1,
            unit="more of 100 knees",
            answer=_left,
            says=_says_left,
            why="What can you still not tell from this one small trial?",
            colour="prolo",
        ),
        Prediction(
            key="replay",
            question="Suppose half of what Topol 2011 found at 3 months is true. Run the same trial "
            f"{whole(REPEATS)} times, with {treated} and {controls} knees. How many would find a "
            f"difference that "
            "counts as significant?",
            low=0,
            high=REPEATS,
            step=10,
            unit=f"of {whole(REPEATS)} repeats",
            answer=_replayed,
            says=_says_replay,
            why="What does that say about a small trial that found nothing, and about one that found a lot?",
        ),
        Prediction(
            key="second_throw",
            question=f"Those who threw {_CUT_OFF} points or more throw both dice again. How many points will they have "
            "on average?",
            low=LOWEST,
            high=HIGHEST,
            step=1,
            unit="points",
            answer=_second,
            says=_says_second,
            why="Nobody did anything to the dice. Why did the points fall?",
        ),
        Prediction(
            key="ahead",
            question=f"Now the other groups of the {scored} trials with a pain score. In how many of these "
            "trials did the prolotherapy group gain more than the control injection group?",
            low=0,
            high=scored,
            step=1,
            unit="trials",
            answer=_ahead,
            says=_says_ahead,
            why="Which of these differences would you trust most, and what do you look at to say so?",
            colour="prolo",
        ),
        Prediction(
            key="must_change",
            question="Topol 2011 at 3 months: the difference counts as significant. How many more of the "
            f"{controls} control knees "
            "would have to end up free of pain for that to be gone?",
            low=0,
            high=20,
            step=1,
            unit="knees",
            answer=_changes,
            says=_says_changes,
            why="What does it mean for a result when it hangs on so few?",
        ),
        Prediction(
            key="second_trial",
            question="Nakase 2020 tried it again in the same illness, with a knee score from 0 to 100. How many points "
            "more did the prolotherapy group gain than the control injection group?",
            low=-20,
            high=40,
            step=1,
            unit="points",
            answer=_repeated,
            says=_says_repeated,
            why="Two trials, two answers. Name three things that could explain it.",
            colour="prolo",
        ),
    )
    return {prediction.key: prediction for prediction in found}


# What a class guesses when the explainer is presented, before the chapter that has the answers.
BEFORE_CHAPTER = {"claim": ("control_improved", "left_of_84"), "certainty": ("replay",)}
