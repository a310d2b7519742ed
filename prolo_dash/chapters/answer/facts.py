"""What is known of each chosen condition."""

from dataclasses import dataclass

from prolo_dash.evidence.answers import ConditionAnswer, condition_answer
from prolo_dash.evidence.library import Library
from prolo_dash.evidence.topic import Topic
from prolo_dash.evidence.verdicts import Verdict
from prolo_dash.kit import trial_labels


@dataclass(frozen=True)
class AnswerState:
    """Which conditions."""

    conditions: tuple[str, ...] = trial_labels.conditions()


@dataclass(frozen=True)
class Facts:
    """The answers for the chosen conditions."""

    topic: Topic
    answers: tuple[ConditionAnswer, ...]

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
    return Facts(library.topic, answers)
