"""The answers in words: a sentence for all, and one for each condition."""

from collections import Counter

from prolo_dash.chapters.answer.facts import Facts
from prolo_dash.chapters.answer.row_words import doubts_title, people_words
from prolo_dash.evidence.answers import ConditionAnswer
from prolo_dash.evidence.directions import DOMAINS
from prolo_dash.evidence.doubts import Reason
from prolo_dash.evidence.topic import Topic
from prolo_dash.evidence.verdicts import Stated, Verdict
from prolo_dash.kit.smallest_change_words import NAME as SMALLEST_CHANGE
from prolo_dash.kit.smallest_change_words import lies_words
from prolo_dash.kit.topic_words import indefinite
from prolo_dash.kit.wording import NOTHING_CHOSEN, count, listing, verb


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
    known = " of known size" if any(trial.people is None for trial in answer.carrying) else ""
    says, _, what = _says(topic)[first.verdict.direction]
    return f" The largest{known}, {first.verdict.trial} with {people_words(first)}, {says} {what}."


def _says(topic: Topic) -> dict[Stated, tuple[str, str, str]]:
    """What a trial says of each direction: the verb for one and for several trials, and what follows it."""
    return {
        "favours_intervention": ("says", "say", f"that {topic.intervention} did better"),
        "no_difference": ("sees", "see", "no clear difference"),
        "favours_comparator": ("says", "say", "that it did worse"),
    }


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
    counts = Counter(verdict.direction for verdict in told)
    none = [] if counts["favours_intervention"] else [f"**none** says that {topic.intervention} did better"]
    said = [
        f"**{counts[way]}** {verb(counts[way], one, many)} {what}"
        for way, (one, many, what) in _says(topic).items()
        if counts[way]
    ]
    return listing([*none, *said])


def felt(answer: ConditionAnswer) -> str:
    """Whether what is left after the control is enough to feel: by what people notice, or by each trial's own count."""
    if not answer.left:
        return ""
    scores = _felt_of_scores(answer)
    return f"{' Is what is left enough to feel?' if scores else ''}{scores}{_felt_of_counts(answer)}"


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
        return f" {names} can be held against the {SMALLEST_CHANGE}: by their intervals it could be enough or not."
    return (
        f" Of {len(known)} results that can be held against the {SMALLEST_CHANGE}, {above or 'none'} "
        f"{verb(above or 1, 'lies', 'lie')} above it with the whole interval, and {below or 'none'} below it."
    )


def carries(answer: ConditionAnswer) -> str:
    """How far a finding carries: how many of the rules on this page give a reason to doubt it."""
    if not answer.doubts:
        return "None of the rules below gives a reason to doubt it. That does not make it sure."
    n = len(answer.doubts)
    return f"There {verb(n, 'is', 'are')} **{count(n, 'reason')}** to doubt what was found."
