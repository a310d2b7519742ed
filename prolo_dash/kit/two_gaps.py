"""Where the gap between two gains is not the difference that was worked out or printed: both figures, in words.

A split adds up only with the gap between the gains; a difference with an interval may come from final scores or from
the paper. Where both are on the page, each says what the other is.
"""

from dataclasses import dataclass

from prolo_dash.evidence.comparison import Comparison
from prolo_dash.evidence.topic import Topic
from prolo_dash.kit.scales import scale_of


@dataclass(frozen=True)
class TwoGaps:
    """The gap to the control by the gains, and by something else; ``basis`` is that of the second."""

    by_gains: str
    other: str
    basis: str


def two_gaps(comparison: Comparison) -> TwoGaps | None:
    """Both figures of the gap to the control; None where they are one."""
    control, split = comparison.control, comparison.split
    difference = comparison.difference(control) if control else None
    if split is None or difference is None or difference.basis in ("counts", "gains"):
        return None
    scale = scale_of(comparison)
    between, other = scale.text(split.added_by_intervention.value), scale.text(difference.estimate.value)
    return None if between == other else TwoGaps(between, other, difference.basis)


def beside_gap(comparison: Comparison) -> str:
    """What stands beside a gap by the gains; empty where there is only one."""
    gaps = two_gaps(comparison)
    if gaps is None:
        return ""
    where = "by the final scores" if gaps.basis == "final scores" else "as the paper prints it"
    return f"{gaps.other} {where}"


def gap_by_gains(comparison: Comparison) -> str:
    """The gap by the gains, where a difference is another figure; empty where there is only one."""
    gaps = two_gaps(comparison)
    return f"{gaps.by_gains} by the gains" if gaps else ""


def beside_difference(comparison: Comparison) -> str:
    """What stands beside a difference that is no gap between gains, with the reason; empty where there is only one."""
    gaps = two_gaps(comparison)
    if gaps is None:
        return ""
    why = "the groups did not start alike" if gaps.basis == "final scores" else "this is as the paper prints it"
    return f"{gaps.by_gains} by the gains; {why}"


def why_two(topic: Topic, comparison: Comparison) -> tuple[str, ...]:
    """A warning that names both figures and says why they differ."""
    gaps = two_gaps(comparison)
    if gaps is None:
        return ()
    start = f"The gap to the {topic.control} is {gaps.by_gains} by the gains and {gaps.other}"
    if gaps.basis == "final scores":
        return (f"{start} by the final scores: the groups did not start alike.",)
    return (f"{start} as the paper prints it.",)
