"""What stands beside the marks of one condition: trials, what is left, reviews, and each reason to doubt."""

from prolo_dash.chapters.answer.facts import Facts
from prolo_dash.evidence.answers import CarryingTrial, ConditionAnswer, LeftAfterControl
from prolo_dash.evidence.doubts import CONTROL_SHARE, DIFFERENCE, Doubt, Reason
from prolo_dash.evidence.judged_records import Review
from prolo_dash.evidence.topic import Topic
from prolo_dash.kit import trial_labels
from prolo_dash.kit.review_words import NOT_GRADED, finding_words
from prolo_dash.kit.scales import scale_of
from prolo_dash.kit.smallest_change_words import felt_words
from prolo_dash.kit.topic_words import indefinite
from prolo_dash.kit.two_gaps import beside_difference
from prolo_dash.kit.wording import capitalised, count, listing, per_hundred, trim, verb, weeks_words


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
            f"few people: {many} in all the groups compared with {topic.controls}; to tell "
            f"{per_hundred(CONTROL_SHARE + DIFFERENCE)} in 100 better from {per_hundred(CONTROL_SHARE)} takes {of}"
        ),
        Reason.COULD_TELL: f"people may have known what they got: that they could not tell is said of {controlled}",
        Reason.NOT_INERT: f"the {topic.control} may act by itself in {where}{' that had one' if of == 1 else ''}",
        Reason.NOT_AS_RANDOMISED: f"groups not, or not surely, made by chance alone in {where}",
        Reason.RESULTS_MISSING: f"most results missing: figures for a difference and its interval from {controlled}",
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


def reviews_words(topic: Topic, answer: ConditionAnswer, *, in_full: bool) -> str:
    """What the newest published review found and how sure it is, and how many others there are.

    ``in_full``: with what it concludes, and what does not fit in it.
    """
    if not answer.reviews:
        return "We saw no published review of it."
    shown = _distinct(answer.reviews)
    graded = any(result.certainty for result in shown)
    results = listing(_result_words(topic, result, graded=graded) for result in shown)
    sure = "" if graded else f" How sure: {NOT_GRADED}."
    more = _concluded(shown) if in_full else _doubted(shown)
    n = answer.other_reviews
    others = f" {count(n, 'other review')} {verb(n, 'stands', 'stand')} in “How sure?”." if n else ""
    newest = f"Newest review, {answer.reviews[0].citation}:"
    return f"{f'**{newest}**' if in_full else newest} {results}.{sure}{more}{others}"


def _concluded(shown: list[Review]) -> str:
    """What a review concludes, in our words, and what we find that does not fit."""
    concluded = dict.fromkeys(result.conclusion for result in shown if result.conclusion)
    doubts = dict.fromkeys(result.doubt for result in shown if result.doubt)
    doubted = f" But: {' '.join(doubts)}" if doubts else ""
    return "".join(f" {said}" for said in concluded) + doubted


def _doubted(shown: list[Review]) -> str:
    return " Something in it does not fit: see “How sure?”." if any(result.doubt for result in shown) else ""


def _distinct(results: tuple[Review, ...]) -> list[Review]:
    """The first result of each finding."""
    found: dict[str, Review] = {}
    for result in results:
        found.setdefault(result.finding, result)
    return list(found.values())


def _result_words(topic: Topic, result: Review, *, graded: bool) -> str:
    """What was found against what and, where the review graded one of its results, how sure it calls this one."""
    sure = f"; how sure: **{result.certainty or 'not graded'}**" if graded else ""
    did = {
        "favours_intervention": f"{topic.intervention} did better",
        "favours_comparator": f"{topic.intervention} did worse",
    }
    found = did.get(result.finding, finding_words(topic, result.finding))
    return f"{found} ({result.compared}{sure})"


FEWER_DOUBTS = "Fewer reasons do not mean more trust: where little was seen, fewer rules can find something."
COUNTED = "The sentence counts a trial once, by its main outcome. Here it has a mark for each kind of outcome."
CARRYING = "Which trials say so, the largest first"


def carrying_words(trial: CarryingTrial, direction: str) -> str:
    """What one trial states, on what and when, of how many people, and how many of its statements say otherwise."""
    verdict = trial.verdict
    comparison = verdict.comparison
    other = verdict.elsewhere
    others = f" {other} of its {verdict.statements} results {verb(other, 'says', 'say')} otherwise." if other else ""
    where = f"{trial_labels.what(comparison)}, {weeks_words(comparison.outcome.weeks)}"
    return f"{verdict.trial}: **{direction}**. {capitalised(where)}; {people_words(trial)}.{others}"


def people_words(trial: CarryingTrial) -> str:
    """``81 people``, or joints where the trial counts these."""
    unit = trial.verdict.study.unit
    return f"{trial.people} {'people' if unit == 'person' else unit + 's'}" if trial.people else "size not seen"


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
