"""How the plot is made, and the rule behind each reason to doubt."""

from prolo_dash.chapters.answer.facts import Facts
from prolo_dash.chapters.answer.row_words import FEWER_DOUBTS
from prolo_dash.evidence.doubts import CONTROL_SHARE, DIFFERENCE, ENOUGH_PEOPLE
from prolo_dash.kit.blinding_words import blinding_rule
from prolo_dash.kit.smallest_change_words import WITHIN_PEOPLE
from prolo_dash.kit.topic_words import indefinite
from prolo_dash.kit.wording import per_hundred


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
