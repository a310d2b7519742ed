"""The answers in words: a sentence for all, a sentence for each condition, what is left, and each reason to doubt."""

from prolo_dash.chapters.answer.by_condition_facts import BLINDED, Facts
from prolo_dash.evidence.answers import ConditionAnswer, LeftAfterControl
from prolo_dash.evidence.doubts import CONTROL_SHARE, DIFFERENCE, ENOUGH_PEOPLE, Doubt, Reason
from prolo_dash.evidence.judged_records import Review
from prolo_dash.evidence.smallest_changes import Side, SmallestChange
from prolo_dash.evidence.topic import Topic
from prolo_dash.evidence.verdicts import Verdict
from prolo_dash.kit import trial_labels
from prolo_dash.kit.review_words import NOT_GRADED, finding_words
from prolo_dash.kit.scales import scale_of
from prolo_dash.kit.topic_words import indefinite
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
    split = f" In **{disagree} of {several}** conditions with two or more of these, they disagree." if several else ""
    return f"{start} {_verdicts(known.topic, known.told)}{split}{_only_hidden(known, known.answers)}"


def _of_one(known: Facts, answer: ConditionAnswer) -> str:
    return (
        f"On {answer.condition.in_words} we saw {count(len(answer.trials), 'trial')}. "
        f"{found(known, answer)} {carries(answer)}"
    )


def found(known: Facts, answer: ConditionAnswer) -> str:
    """What the trials of one condition state against the control."""
    a_control = indefinite(known.topic.control)
    if not answer.told and not answer.silent:
        none = "It had no" if len(answer.trials) == 1 else "None of them had a"
        return f"{none} {known.topic.control}, so what {known.topic.intervention} adds to one is **not known**."
    if not answer.told:
        return f"What was found against {a_control} was **not reported** where we looked."
    silent = len(answer.silent)
    rest = f" {count(silent, 'more trial')} had one and {verb(silent, 'states', 'state')} no result." if silent else ""
    return f"{_verdicts(known.topic, answer.told)}{rest}{_only_hidden(known, (answer,))}"


def _verdicts(topic: Topic, told: tuple[Verdict, ...]) -> str:
    """``Of 7 that state a result against a control injection, 4 say that prolotherapy did better …``."""
    a_control = indefinite(topic.control)
    if len(told) == 1:
        return f"One states a result against {a_control}: **{_single(topic, told[0])}**."
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


def _only_hidden(known: Facts, answers: tuple[ConditionAnswer, ...]) -> str:
    """The same of the trials where people could not tell, beside all."""
    if known.only != BLINDED:
        return ""
    told = tuple(verdict for answer in answers for verdict in known.hidden(answer))
    if not told:
        return " Of none of these a page says that people could not tell what they got."
    if len(told) == 1:
        return f" In one of these a page says that people could not tell: {_single(known.topic, told[0])}."
    return f" In {len(told)} of these a page says that people could not tell. Of them, {_counted(known.topic, told)}."


def carries(answer: ConditionAnswer) -> str:
    """How far a finding carries: how many of the rules on this page give a reason to doubt it."""
    if not answer.doubts:
        return "None of the rules below gives a reason to doubt it. That does not make it sure."
    reasons = listing(_SHORT[doubt.reason] for doubt in answer.doubts)
    return f"{count(len(answer.doubts), 'reason')} to doubt how far that carries: {reasons}."


_SHORT = {
    Reason.NO_CONTROL: "nothing to compare with",
    Reason.DISAGREE: "trials disagree",
    Reason.FEW_PEOPLE: "few people",
    Reason.COULD_TELL: "people may have known what they got",
    Reason.NOT_INERT: "the control may act by itself",
    Reason.NOT_AS_RANDOMISED: "groups not as chance made them",
    Reason.RESULTS_MISSING: "most results missing",
    Reason.UNPUBLISHED: "trials never published",
}


def doubt_words(topic: Topic, doubt: Doubt) -> str:
    """One reason to doubt, with what was counted."""
    many, of = doubt.many, doubt.of
    words = {
        Reason.NO_CONTROL: f"no trial with {indefinite(topic.control)}",
        Reason.DISAGREE: f"the {of} trials do not say the same",
        Reason.FEW_PEOPLE: f"few people: {many} in the trials with {indefinite(topic.control)}; one trial needs {of}",
        Reason.COULD_TELL: f"people may have known what they got: that they could not is said of {many} of {of} trials",
        Reason.NOT_INERT: f"the {topic.control} may act by itself in {many} of {of}",
        Reason.NOT_AS_RANDOMISED: f"groups not, or not surely, as chance made them in {many} of {of}",
        Reason.RESULTS_MISSING: f"most results missing: figures that can be used from {many} of {of} trials",
        Reason.UNPUBLISHED: f"{count(many, 'registered trial')} of which we saw no paper",
    }
    return words[doubt.reason]


def left_words(left: LeftAfterControl) -> str:
    """What one trial leaves after the control, and whether that is enough to feel."""
    comparison = left.comparison
    where = f"{trial_labels.what(comparison)}, {weeks_words(comparison.outcome.weeks)}"
    gap = f"{scale_of(comparison).interval(left.difference.estimate)} {_unit(left)}"
    felt = "" if comparison.is_share else f" {_felt(left)}"
    return f"{left.trial}, {where}: {gap}.{felt}"


def _unit(left: LeftAfterControl) -> str:
    comparison = left.comparison
    if comparison.is_share:
        return f"more in 100 {'people' if comparison.study.unit == 'person' else comparison.study.unit + 's'}"
    if comparison.outcome.scale in ("percent", "seconds"):
        return comparison.outcome.scale
    most = comparison.outcome.scale_max
    return f"points of {trim(most)}" if most else "points; range not seen"


_LIES: dict[Side, str] = {"below": "less", "within": "about that", "above": "more"}


def _felt(left: LeftAfterControl) -> str:
    """On which side of the smallest change that people notice a gap and its interval lie."""
    if left.smallest is None:
        return "How much of it people notice was not seen."
    estimate = left.difference.estimate
    lies = left.smallest.side(estimate.value)
    low, high = left.smallest.sides(estimate)
    start = f"People notice about {_range(left.smallest)}: this is {_LIES[lies]}"
    if low == high:
        return f"{start}, by its whole interval."
    reaches = "from less to more" if {low, high} == {"below", "above"} else "to both sides of a border"
    return f"{start}; the interval goes {reaches}."


def _range(smallest: SmallestChange) -> str:
    ends = dict.fromkeys(map(trim, (smallest.low, smallest.high)))
    return " to ".join(ends)


def reviews_words(topic: Topic, answer: ConditionAnswer) -> str:
    """What the newest published review found and how sure it is, and how many others there are."""
    if not answer.reviews:
        return "We saw no published review of it."
    results = listing(_result_words(topic, result) for result in _distinct(answer.reviews))
    others = f" {count(answer.other_reviews, 'other review')} in “How sure?”." if answer.other_reviews else ""
    grades = listing(dict.fromkeys(result.certainty for result in answer.reviews if result.certainty))
    sure = f"How sure, by the review itself: **{grades}**" if grades else f"How sure: {NOT_GRADED}"
    return f"Newest review, {answer.reviews[0].citation}: {results}. {sure}.{others}"


def _distinct(results: tuple[Review, ...]) -> list[Review]:
    """The first result of each finding."""
    found: dict[str, Review] = {}
    for result in results:
        found.setdefault(result.finding, result)
    return list(found.values())


def _result_words(topic: Topic, result: Review) -> str:
    return f"{finding_words(topic, result.finding)} ({result.compared})"


def how_to_read(known: Facts) -> tuple[str, ...]:
    """How the plot is made, and the rule behind each reason to doubt."""
    control, controls, intervention = known.topic.control, known.topic.controls, known.topic.intervention
    a_control = indefinite(control)
    return (
        f"Each mark is a trial. It points up where the trial says that {intervention} did better, lies level where it "
        "sees no clear difference, and points down where it says that it did worse. A dot: not stated where we looked.",
        "Counting marks is no size of an effect. A large gain and a tiny one are drawn alike, and “no clear "
        "difference” does not mean that the two are equal.",
        "A plot of this kind (Hilton Boon and Thomson 2021) should show directions whatever a test of significance "
        "says. Most figures are not open to us, so ours shows what each trial states. That mostly follows such a test.",
        f"One mark a trial and column: against {a_control} if there was one, else no {known.topic.procedure}, else "
        "another treatment; an outcome that the trial states a result for, then its main one, then the longest "
        "follow-up. Figures of groups that were no longer as randomised are left out.",
        f"The sentence counts each trial with {a_control} once: its main outcome, else its longest follow-up.",
        "Filled marks: a page says that people could not tell what they got. Half: the trial is called blinded and no "
        "page says who was, or pages differ. Hollow: people could tell, or it was not seen.",
        f"“What is left” is {intervention} minus {control}, with its 95% interval, for each trial that allows one: "
        "its main outcome, then the longest follow-up. Trials are not averaged here.",
        "The smallest change that people notice was worked out within people, mostly in other studies. A gap between "
        "two averages below it does not mean that nobody noticed.",
        _rules(known, controls),
    )


def _rules(known: Facts, controls: str) -> str:
    control = known.topic.control
    return (
        "Reasons to doubt, each by one rule. "
        f"Nothing to compare with: no trial had {indefinite(control)}. "
        "Trials disagree: they state different directions. "
        f"Few people: all trials with {controls} together have fewer than {ENOUGH_PEOPLE}, which one trial needs to "
        f"find {per_hundred(DIFFERENCE)} in 100 if {per_hundred(CONTROL_SHARE)} in 100 get better after the control. "
        "People may have known: of fewer than half of these trials a page says that people could not tell. "
        "The control may act by itself, or groups are not as chance made them: at least one trial is flagged so. "
        "Most results missing: fewer than half of the trials give a difference with an interval. "
        "Never published: a registered trial of which we saw no paper. These are our rules, and no grade such as GRADE."
    )


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
