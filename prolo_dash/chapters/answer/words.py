"""The answers in words: a sentence for all, a sentence for each condition, what is left, and each reason to doubt."""

from prolo_dash.chapters.answer.facts import Facts
from prolo_dash.evidence.answers import CarryingTrial, ConditionAnswer, LeftAfterControl
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
from prolo_dash.kit.wording import NOTHING_CHOSEN, capitalised, count, listing, per_hundred, trim, verb, weeks_words


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
        f"{_stated(known, answer)}{_largest(known.topic, answer)}{_worse(answer.told)}"
        f"{_silent(known.topic, answer)}{felt(answer)} {carries(answer)}"
    )


def _largest(topic: Topic, answer: ConditionAnswer) -> str:
    """What the largest of several trials says; counting trials would give it no more weight than the smallest."""
    first = answer.carrying[0] if len(answer.carrying) > 1 else None
    if first is None or first.people is None:
        return ""
    says = {
        "favours_intervention": f"says that {topic.intervention} did better",
        "no_difference": "sees no clear difference",
        "favours_comparator": "says that it did worse",
    }
    return f" The largest, {first.verdict.trial} with {_people(first)}, {says[first.verdict.direction]}."


def _people(trial: CarryingTrial) -> str:
    unit = trial.verdict.study.unit
    return f"{trial.people} {'people' if unit == 'person' else unit + 's'}" if trial.people else "size not seen"


def in_short(known: Facts, answer: ConditionAnswer) -> str:
    """What was found for one condition and how many reasons there are to doubt it, for who can't see the plot."""
    trials = count(len(answer.trials), "trial")
    return f"On {answer.condition.in_words} we saw {trials}. {_stated(known, answer)} {doubts_title(answer)}."


def found(known: Facts, answer: ConditionAnswer) -> str:
    """What the trials of one condition state against the control, and what counting each once leaves out."""
    uncolumned = [verdict.trial for verdict in answer.told if verdict.comparison.outcome.domain not in DOMAINS]
    elsewhere = (
        f" The outcome counted for {listing(uncolumned)} is of another kind, so no mark shows it." if uncolumned else ""
    )
    others = f"{_other_statements(answer.told)}{elsewhere}{_silent(known.topic, answer)}" if answer.told else ""
    return f"{_stated(known, answer)}{others}"


def _silent(topic: Topic, answer: ConditionAnswer) -> str:
    """How many more trials had a control; where none states a result, the sentence says so already."""
    silent = len(answer.silent)
    if not answer.told or not silent:
        return ""
    states = verb(silent, "states", "state")
    return f" {count(silent, 'more trial')} had {indefinite(topic.control)} and {states} no result where we looked."


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
    other = [v.trial for v in told if v.elsewhere and not v.worse_elsewhere]
    unseen = sum(v.main_not_seen for v in told)
    said = (
        _worse(told),
        _elsewhere(told, other, "finds", "find", "something else"),
        f" {'Its' if len(told) == 1 else f'Of {unseen} of them the'} main outcome was not seen." if unseen else "",
    )
    return "".join(said)


def _worse(told: tuple[Verdict, ...]) -> str:
    """Which trials say somewhere that it did worse, where they are counted for something else."""
    return _elsewhere(told, [v.trial for v in told if v.worse_elsewhere], "says", "say", "worse")


def _elsewhere(told: tuple[Verdict, ...], trials: list[str], one: str, many: str, what: str) -> str:
    if not trials:
        return ""
    who = "It" if len(told) == 1 else f"{len(trials)} of them" if len(trials) > _NAMED else listing(trials)
    return (
        f" {who} {verb(len(trials), one, many)} {what} on another outcome, at another time or against another control."
    )


_NAMED = 3  # trials that a sentence names


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
    """Whether what is left after the control is enough to feel: by what people notice, or by each trial's own count."""
    if not answer.left:
        return ""
    return f" Is what is left enough to feel?{_felt_of_scores(answer)}{_felt_of_counts(answer)}"


def _felt_of_counts(answer: ConditionAnswer) -> str:
    counts = any(left.comparison.is_share for left in answer.left)
    return " What counts as better, each trial set itself." if counts else ""


def _felt_of_scores(answer: ConditionAnswer) -> str:
    """On which side of the smallest change that people notice the results lie."""
    scores = [left for left in answer.left if not left.comparison.is_share]
    known = [(left.smallest, left.difference.estimate) for left in scores if left.smallest]
    if not scores:
        return ""
    if not known:
        return f" We know of no {SMALLEST_CHANGE} for these scores."
    names = listing(dict.fromkeys(left.trial for left in scores if left.smallest))
    if len(known) == 1:
        lies = lies_words(*known[0])
        return f" Only {names} can be held against the {SMALLEST_CHANGE}: what it leaves is {lies}."
    sides = [smallest.sides(estimate) for smallest, estimate in known]
    above, below = sides.count(("above", "above")), sides.count(("below", "below"))
    if not above and not below:
        return f" {names} can be held against the {SMALLEST_CHANGE}: the intervals leave that open."
    return (
        f" Of {len(known)} results that can be held against the {SMALLEST_CHANGE}, {above or 'none'} "
        f"{verb(above or 1, 'lies', 'lie')} above it with the whole interval, and {below or 'none'} below it."
    )


def carries(answer: ConditionAnswer) -> str:
    """How far a finding carries: how many of the rules on this page give a reason to doubt it."""
    if not answer.doubts:
        return "None of the rules below gives a reason to doubt it. That does not make it sure."
    n = len(answer.doubts)
    return (
        f"There {verb(n, 'is', 'are')} **{count(n, 'reason')}** to doubt {'that' if answer.told else 'what was found'}."
    )


def doubt_words(topic: Topic, doubt: Doubt) -> str:
    """One reason to doubt, with what was counted."""
    many, of, a_control = doubt.many, doubt.of, indefinite(topic.control)
    controlled = f"{many} of {of} trials with {topic.controls}" if many else f"no trial with {a_control}"
    which = f" ({listing(doubt.trials)})" if doubt.trials else ""
    where = f"the only trial{which}" if of == 1 else f"{many} of {of} trials{which}"
    words = {
        Reason.NO_CONTROL: f"no trial with {a_control}",
        Reason.DISAGREE: f"the {of} trials do not all say the same",
        Reason.FEW_PEOPLE: (
            f"few people: {many} in all the groups compared with {topic.controls}; one trial alone needs {of} to find "
            f"{per_hundred(DIFFERENCE)} more in 100 better"
        ),
        Reason.COULD_TELL: f"people may have known what they got: that they could not tell is said of {controlled}",
        Reason.NOT_INERT: f"the {topic.control} may act by itself in {where}{' that had one' if of == 1 else ''}",
        Reason.NOT_AS_RANDOMISED: f"groups not, or not surely, made by chance alone in {where}",
        Reason.RESULTS_MISSING: f"most results missing: a difference with its interval from {controlled}",
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
    stated = f" {_STATES_MORE}" if left.states_more_than_interval else ""
    return f"{left.trial}, {where}: {gap}{beside}.{stated}{felt}"


_STATES_MORE = "The trial states a difference, by a calculation of its own; this interval holds zero."


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
    doubted = " Something in it does not fit: see “How sure?”." if any(result.doubt for result in shown) else ""
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
        "sentence also tells what the largest says, by the people in the groups "
        "compared.",
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
        f"{FEWER_DOUBTS} "
        "These are our rules, and no grade such as GRADE."
    )


FEWER_DOUBTS = "Fewer reasons do not mean more trust: where little was seen, fewer rules can find something."
CARRYING = "Which trials say so, the largest first"


def carrying_words(trial: CarryingTrial, direction: str) -> str:
    """What one trial states, on what and when, of how many people, and how many of its statements say otherwise."""
    verdict = trial.verdict
    comparison = verdict.comparison
    other = verdict.elsewhere
    others = f" {other} of its {verdict.statements} results {verb(other, 'says', 'say')} otherwise." if other else ""
    where = f"{trial_labels.what(comparison)}, {weeks_words(comparison.outcome.weeks)}"
    return f"{verdict.trial}: **{direction}**. {capitalised(where)}; {_people(trial)}.{others}"


def unmarked_title(trials: int) -> str:
    """What stands above the trials that are counted and have no mark; empty where there is none."""
    return f"Counted, not drawn: {count(trials, 'trial')} without a result against another group" if trials else ""


def left_title(known: Facts, answer: ConditionAnswer) -> str:
    """What stands above the lines on what is left."""
    if answer.left:
        return f"What is left after the {known.topic.control} (above 0: {known.topic.intervention} did better)"
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
