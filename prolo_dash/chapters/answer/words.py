"""The answers in words: a sentence for all, a sentence for each condition, what is left, and each reason to doubt."""

from prolo_dash.chapters.answer.facts import Facts
from prolo_dash.evidence.answers import ConditionAnswer, LeftAfterControl
from prolo_dash.evidence.directions import DOMAINS
from prolo_dash.evidence.doubts import CONTROL_SHARE, DIFFERENCE, ENOUGH_PEOPLE, Doubt, Reason
from prolo_dash.evidence.judged_records import Review
from prolo_dash.evidence.topic import Topic
from prolo_dash.evidence.verdicts import Verdict
from prolo_dash.kit import trial_labels
from prolo_dash.kit.blinding_words import blinding_rule
from prolo_dash.kit.review_words import NOT_GRADED, finding_words
from prolo_dash.kit.scales import scale_of
from prolo_dash.kit.smallest_change_words import NAME as SMALLEST_CHANGE
from prolo_dash.kit.smallest_change_words import WITHIN_PEOPLE, felt_words, lies_words
from prolo_dash.kit.topic_words import indefinite
from prolo_dash.kit.two_gaps import beside_difference
from prolo_dash.kit.wording import NOTHING_CHOSEN, count, listing, per_hundred, trim, verb, weeks_words


def sentence(known: Facts) -> str:
    """What was found over all chosen conditions; for a single one, its own answer."""
    if not known.answers:
        return NOTHING_CHOSEN
    if len(known.answers) == 1:
        return _of_one(known, known.answers[0])
    disagree = sum(any(d.reason is Reason.DISAGREE for d in answer.doubts) for answer in known.answers)
    several = sum(len(answer.told) > 1 for answer in known.answers)
    start = f"We saw {count(known.trials, 'trial')} on {len(known.answers)} conditions."
    if not known.told:
        return f"{start} None states a result against {indefinite(known.topic.control)}."
    split = _split(disagree, several)
    return f"{start} {_verdicts(known.topic, known.told)}{split}"


def _split(disagree: int, several: int) -> str:
    """In how many of the conditions with several verdicts these are not one and the same."""
    if not several:
        return ""
    if several == 1:
        return f" In the one with two or more of these, they {'do not all' if disagree else 'all'} say the same."
    return f" In **{disagree} of {several}** conditions with two or more of these, they do not all say the same."


def _of_one(known: Facts, answer: ConditionAnswer) -> str:
    return (
        f"On {answer.condition.in_words} we saw {count(len(answer.trials), 'trial')}. "
        f"{found(known, answer)}{felt(answer)} {carries(answer)}"
    )


def in_short(known: Facts, answer: ConditionAnswer) -> str:
    """What was found for one condition and how many reasons there are to doubt it, for who can't see the plot."""
    trials = count(len(answer.trials), "trial")
    return f"On {answer.condition.in_words} we saw {trials}. {_stated(known, answer)} {doubts_title(answer)}."


def found(known: Facts, answer: ConditionAnswer) -> str:
    """What the trials of one condition state against the control, and what counting each once leaves out."""
    if not answer.told:
        return _stated(known, answer)
    silent = len(answer.silent)
    states = verb(silent, "states", "state")
    uncolumned = [verdict.trial for verdict in answer.told if verdict.comparison.outcome.domain not in DOMAINS]
    elsewhere = f" Counted by an outcome of another kind, without a mark: {listing(uncolumned)}." if uncolumned else ""
    had = f"had {indefinite(known.topic.control)}"
    rest = f" {count(silent, 'more trial')} {had} and {states} no result where we looked." if silent else ""
    return f"{_stated(known, answer)}{_other_statements(answer.told)}{elsewhere}{rest}"


def _stated(known: Facts, answer: ConditionAnswer) -> str:
    a_control = indefinite(known.topic.control)
    if not answer.told and not answer.silent:
        none = "It had no" if len(answer.trials) == 1 else "None of them had a"
        return f"{none} {known.topic.control}, so what {known.topic.intervention} adds to one is **not known**."
    if not answer.told:
        return f"What was found against {a_control} was **not reported** where we looked."
    return _verdicts(known.topic, answer.told, "It" if len(answer.trials) == 1 else "One")


def _other_statements(told: tuple[Verdict, ...]) -> str:
    """What counting each trial once leaves out: statements that go another way, and main outcomes not seen."""
    other, unseen = sum(v.elsewhere > 0 for v in told), sum(v.main_not_seen for v in told)
    worse = [v.trial for v in told if v.worse_elsewhere]
    there = f"; {listing(worse)} {verb(len(worse), 'says', 'say')} worse there" if worse else ""
    otherwise = f"{verb(other, 'says', 'say')} otherwise on another outcome, time or control{there}"
    return "".join(
        f" {who} {what}."
        for n, who, what in (
            (other, "It also" if len(told) == 1 else f"{other} of them also", otherwise),
            (unseen, "Its" if len(told) == 1 else f"Of {unseen} of them the", "main outcome was not seen"),
        )
        if n
    )


def _verdicts(topic: Topic, told: tuple[Verdict, ...], one: str = "One") -> str:
    """``Of 7 that state a result against a control injection, 4 say that prolotherapy did better …``."""
    a_control = indefinite(topic.control)
    if len(told) == 1:
        return f"{one} states a result against {a_control}: **{_single(topic, told[0])}**."
    return f"Of **{len(told)}** that state a result against {a_control}, {_counted(topic, told)}."


def _single(topic: Topic, verdict: Verdict) -> str:
    words = {
        "favours_intervention": f"better after {topic.intervention}",
        "no_difference": "no clear difference",
        "favours_comparator": f"worse after {topic.intervention}",
    }
    return words[verdict.direction]


def _counted(topic: Topic, told: tuple[Verdict, ...]) -> str:
    """How many say what; a direction that none states goes without saying, but for the better one."""
    better, level, worse = (
        sum(verdict.direction == way for verdict in told)
        for way in ("favours_intervention", "no_difference", "favours_comparator")
    )
    said = (
        (better, "says", "say", f"that {topic.intervention} did better"),
        (level, "sees", "see", "no clear difference"),
        (worse, "says", "say", "that it did worse"),
    )
    none = "" if better else f"**none** says that {topic.intervention} did better"
    return listing([none] * (not better) + [f"**{n}** {verb(n, one, many)} {what}" for n, one, many, what in said if n])


def felt(answer: ConditionAnswer) -> str:
    """On which side of the smallest change that people notice lies what is left after the control."""
    scores = [left for left in answer.left if not left.comparison.is_share]
    known = [(left.smallest, left.difference.estimate) for left in scores if left.smallest]
    if not scores:
        return ""
    asked = " Is what is left enough to feel?"
    if not known:
        return f"{asked} We know of no {SMALLEST_CHANGE} for these scores."
    if len(known) == 1:
        return f"{asked} One result can be held against the {SMALLEST_CHANGE}: it is {lies_words(*known[0])}."
    sides = [smallest.sides(estimate) for smallest, estimate in known]
    above, below = sides.count(("above", "above")), sides.count(("below", "below"))
    if not above and not below:
        return f"{asked} The {len(known)} results that can be held against the {SMALLEST_CHANGE} leave that open."
    return (
        f"{asked} Of {len(known)} results that can be held against the {SMALLEST_CHANGE}, {above or 'none'} "
        f"{verb(above or 1, 'lies', 'lie')} above it with the whole interval, and {below or 'none'} below it."
    )


def carries(answer: ConditionAnswer) -> str:
    """How far a finding carries: how many of the rules on this page give a reason to doubt it."""
    if not answer.doubts:
        return "None of the rules below gives a reason to doubt it. That does not make it sure."
    what, n = "how far that carries" if answer.told else "what was found", len(answer.doubts)
    return f"There {verb(n, 'is', 'are')} **{count(n, 'reason')}** to doubt {what}."


def doubt_words(topic: Topic, doubt: Doubt) -> str:
    """One reason to doubt, with what was counted."""
    many, of = doubt.many, doubt.of
    some = f"{many} of {of} trials" if many else "no trial"
    which = f" ({listing(doubt.trials)})" if doubt.trials else ""
    where = f"the only trial{which}" if of == 1 else f"{many} of {of} trials{which}"
    words = {
        Reason.NO_CONTROL: f"no trial with {indefinite(topic.control)}",
        Reason.DISAGREE: f"the {of} trials do not all say the same",
        Reason.FEW_PEOPLE: f"few people: we count {many} in the trials with {topic.controls}; one trial needs {of}",
        Reason.COULD_TELL: f"people may have known what they got: that they could not tell is said of {some}",
        Reason.NOT_INERT: f"the {topic.control} may act by itself in {where}{' that had one' if of == 1 else ''}",
        Reason.NOT_AS_RANDOMISED: f"groups not, or not surely, made by chance alone in {where}",
        Reason.RESULTS_MISSING: f"most results missing: a difference with its interval from {some}",
        Reason.UNPUBLISHED: f"{count(many, 'registered trial')} of which we saw no paper",
    }
    return words[doubt.reason]


def left_words(left: LeftAfterControl) -> str:
    """What one trial leaves after the control, and whether that is enough to feel."""
    comparison = left.comparison
    where = f"{trial_labels.what(comparison)}, {weeks_words(comparison.outcome.weeks)}"
    gap = scale_of(comparison).difference(left.difference.estimate, _unit(left))
    felt = "" if comparison.is_share else f" {felt_words(left.smallest, left.difference.estimate)}"
    beside = f" ({other})" if (other := beside_difference(comparison)) else ""
    return f"{left.trial}, {where}: {gap}{beside}.{felt}"


def _unit(left: LeftAfterControl) -> str:
    comparison = left.comparison
    if comparison.is_share:
        return f"more in 100 {'people' if comparison.study.unit == 'person' else comparison.study.unit + 's'}"
    if comparison.outcome.scale in ("percent", "seconds"):
        return comparison.outcome.scale
    most = comparison.outcome.scale_max
    return f"points of {trim(most)}" if most else "points; range not seen"


def reviews_words(topic: Topic, answer: ConditionAnswer) -> str:
    """What the newest published review found and how sure it is, and how many others there are."""
    if not answer.reviews:
        return "We saw no published review of it."
    shown = _distinct(answer.reviews)
    graded = any(result.certainty for result in shown)
    results = listing(_result_words(topic, result, graded=graded) for result in shown)
    sure = "" if graded else f" How sure: {NOT_GRADED}."
    doubted = " What does not fit in it is told in “How sure?”." if any(result.doubt for result in shown) else ""
    others = f" {count(answer.other_reviews, 'other review')} in “How sure?”." if answer.other_reviews else ""
    return f"Newest review, {answer.reviews[0].citation}: {results}.{sure}{doubted}{others}"


def _distinct(results: tuple[Review, ...]) -> list[Review]:
    """The first result of each finding."""
    found: dict[str, Review] = {}
    for result in results:
        found.setdefault(result.finding, result)
    return list(found.values())


def _result_words(topic: Topic, result: Review, *, graded: bool) -> str:
    """What was found against what and, where the review graded one of its results, how sure it calls this one."""
    sure = f"; how sure: **{result.certainty or 'not graded'}**" if graded else ""
    return f"{finding_words(topic, result.finding)} ({result.compared}{sure})"


def how_to_read(known: Facts) -> tuple[str, ...]:
    """How the plot is made, and the rule behind each reason to doubt."""
    control, controls, intervention = known.topic.control, known.topic.controls, known.topic.intervention
    a_control = indefinite(control)
    return (
        f"Each mark is a trial. It points up where the trial says that {intervention} did better, lies level where it "
        "sees no clear difference, and points down where it says that it did worse. A dot: not stated where we looked.",
        "Counting marks is no size of an effect. A large gain and a tiny one are drawn alike, and “no clear "
        "difference” does not mean that the two are equal.",
        "A plot of this kind (Hilton Boon and Thomson 2021) is meant to show directions, whatever a test of "
        "significance says. Most figures are not open to us, so ours shows what each trial states. That mostly follows "
        "such a test.",
        f"A trial has one mark in a column. It is drawn against {a_control} if there was one, else against no "
        f"{known.topic.procedure}, else against another treatment.",
        "Where a trial has many results, first come those it makes a statement on. Of these we take its main one, then "
        "the last in time, then the first in our tables. Groups no longer as randomised are left out. A trial with no "
        "such result has no mark.",
        f"The sentence counts each trial with {a_control} once. We take its main outcome, or else its last one. The "
        "sentence also tells how many of them say otherwise elsewhere.",
        f"Filled marks, people could not tell: {blinding_rule(known.topic)} Half filled: not clear. Hollow: people "
        "could tell. Dashed: it was not seen.",
        f"“What is left” is {intervention} minus {control}, with its 95% interval, for each trial that allows one. We "
        "take its main outcome, or else the last one; where two tie, both. Trials are not averaged here.",
        WITHIN_PEOPLE,
        _rules(known, controls),
    )


def _rules(known: Facts, controls: str) -> str:
    control = known.topic.control
    return (
        "Reasons to doubt, each by one rule. "
        f"No {control}: no trial had one. "
        "Trials do not say the same: some state better, some no clear difference, or some worse. "
        f"Few people: all trials with {controls} together have fewer than {ENOUGH_PEOPLE}, which one trial needs to "
        f"find, four times in five, {per_hundred(DIFFERENCE)} more in 100 if {per_hundred(CONTROL_SHARE)} in 100 get "
        "better after the control; joints count as people do, and sizes not seen add nothing. "
        "People may have known: of fewer than half of these trials a page says that people could not tell. "
        "The control may act by itself: one of these trials is flagged so. "
        "Groups perhaps not made by chance: one trial on the condition is flagged so, for all of its figures or "
        "for some. "
        f"Most results missing: fewer than half of the trials with {controls} give a difference with an interval. "
        "A registered trial without a paper: we saw none; one that never began, or stopped with too few people to "
        "compare, does not count. "
        "Fewer reasons do not mean more trust: where little was seen, fewer rules can find something. "
        "These are our rules, and no grade such as GRADE."
    )


def unmarked_title(trials: int) -> str:
    """What stands above the trials that are counted and have no mark; empty where there is none."""
    return f"Counted, not drawn: {count(trials, 'trial')} without a result against another group" if trials else ""


def left_title(known: Facts, answer: ConditionAnswer) -> str:
    """What stands above the lines on what is left."""
    if answer.left:
        return f"What is left after the {known.topic.control}"
    controlled = answer.told or answer.silent
    why = "no trial shows enough figures" if controlled else f"no trial had {indefinite(known.topic.control)}"
    return f"What is left after the {known.topic.control} can’t be worked out: {why}."


def summary(answer: ConditionAnswer) -> str:
    """What is folded away beside the marks."""
    left = "what is left, " if answer.left else ""
    return f"{doubts_title(answer)}, {left}what reviews say"


def doubts_title(answer: ConditionAnswer) -> str:
    """What stands above the reasons to doubt."""
    n = len(answer.doubts)
    return f"{count(n, 'reason')} to doubt" if n else "No reason to doubt by these rules"


def size(answer: ConditionAnswer) -> str:
    """``22 trials, 1,453 people``; joints where a trial counts these."""
    whom = "people" if all(study.unit == "person" for study in answer.trials) else "people or joints"
    return f"{count(len(answer.trials), 'trial')}, {f'{answer.people:,} {whom}' if answer.people else 'size not seen'}"
