"""Which published reviews there are of a condition, and what they find."""

from dataclasses import dataclass

from prolo_dash.evidence.conditions import Condition
from prolo_dash.evidence.judged import not_covered
from prolo_dash.evidence.judged_records import ACROSS, Finding, Review
from prolo_dash.evidence.library import Library
from prolo_dash.evidence.reviews import ReviewedCondition, most_reviewed, reviewed_conditions
from prolo_dash.evidence.topic import Topic
from prolo_dash.kit import trial_labels
from prolo_dash.kit.controls import Option, choice

SMD = "smd"  # the only pooled values that share a scale


@dataclass(frozen=True)
class ReviewsState:
    """Which group of conditions, or reviews across conditions."""

    condition: str = choice(
        "Condition",
        lambda library: (*trial_labels.condition_options(library), Option(ACROSS, "Several conditions")),
        most_reviewed,
        style="menu",
    )


@dataclass(frozen=True)
class Facts:
    """Each single condition that is chosen with its reviews; ``chosen`` is None for reviews across conditions.

    ``uncovered`` are results on conditions that the page does not cover.
    """

    topic: Topic
    chosen: Condition | None
    conditions: tuple[ReviewedCondition, ...]
    uncovered: tuple[Review, ...]

    @property
    def reviewed(self) -> list[ReviewedCondition]:
        """The conditions on which a review was seen."""
        return [one for one in self.conditions if one.results]

    @property
    def results(self) -> list[Review]:
        """Every result once."""
        return list(dict.fromkeys(result for one in self.conditions for result in one.results))

    @property
    def reviews(self) -> list[str]:
        """Every review once: one may have several results."""
        return list(dict.fromkeys(result.citation for result in self.results))

    @property
    def graded(self) -> list[str]:
        """The reviews that graded how sure they are."""
        return list(dict.fromkeys(result.citation for result in self.results if result.certainty))

    @property
    def pooled(self) -> int:
        """How many rows have a pooled value on the scale that all share."""
        return sum(result.measure == SMD for one in self.conditions for result in one.results)

    def number(self, finding: Finding) -> int:
        """How many results find one thing."""
        return sum(result.finding == finding for result in self.results)


def facts(library: Library, state: ReviewsState) -> Facts:
    """The reviews of one group of conditions."""
    return Facts(
        topic=library.topic,
        chosen=library.conditions.get(state.condition),
        conditions=reviewed_conditions(library, state.condition),
        uncovered=tuple(not_covered(library)),
    )
