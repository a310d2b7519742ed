"""What is known of each chosen condition, for all trials or for those that the reader asks for."""

from dataclasses import dataclass

from prolo_dash.evidence.answers import ConditionAnswer, condition_answer
from prolo_dash.evidence.blinding import could_tell_from_control
from prolo_dash.evidence.directions import DirectionMark
from prolo_dash.evidence.library import Library
from prolo_dash.evidence.topic import Topic
from prolo_dash.evidence.verdicts import Verdict
from prolo_dash.kit import trial_labels
from prolo_dash.kit.controls import Option, choice

ALL, CONTROLLED, BLINDED = "all", "controlled", "blinded"


@dataclass(frozen=True)
class AnswerState:
    """Which conditions, and which of their trials."""

    conditions: tuple[str, ...] = trial_labels.conditions()
    trials: str = choice(
        "Trials",
        lambda library: (
            Option(ALL, "All"),
            Option(CONTROLLED, f"Only with a {library.topic.control}"),
            Option(BLINDED, "Only where people could not tell"),
        ),
        ALL,
    )


@dataclass(frozen=True)
class Facts:
    """The answers for the chosen conditions; ``only`` says which of their trials are drawn.

    ``blinded`` are ids of trials of which a page says that people could not tell their group from the control.
    """

    topic: Topic
    only: str
    answers: tuple[ConditionAnswer, ...]
    blinded: frozenset[str]

    def marks(self, answer: ConditionAnswer) -> tuple[DirectionMark, ...]:
        """The marks that are drawn of a condition."""
        match self.only:
            case "controlled":
                return tuple(mark for mark in answer.marks if mark.role == "control")
            case "blinded":
                return tuple(mark for mark in answer.marks if mark.could_tell == "no")
            case _:
                return answer.marks

    def hidden(self, answer: ConditionAnswer) -> tuple[Verdict, ...]:
        """The verdicts against the control of trials in which people could not tell."""
        return tuple(verdict for verdict in answer.told if verdict.study.study_id in self.blinded)

    @property
    def told(self) -> tuple[Verdict, ...]:
        """Every verdict against the control."""
        return tuple(verdict for answer in self.answers for verdict in answer.told)

    @property
    def trials(self) -> int:
        """How many trials there are."""
        return sum(len(answer.trials) for answer in self.answers)


def facts(library: Library, state: AnswerState) -> Facts:
    """What is known of each single condition among the chosen ones."""
    singles = [one for key in state.conditions for one in library.single(key)]
    answers = tuple(answer for one in singles if (answer := condition_answer(library, one)).trials)
    hidden = (s.study_id for a in answers for s in a.trials if could_tell_from_control(library, s) == "no")
    return Facts(library.topic, state.trials, answers, frozenset(hidden))
