"""The gain chapter's state, and how an arm's gain and a difference are read on its scale."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from prolo_dash.evidence.comparison import ArmFigure, Comparison, Difference
from prolo_dash.kit import trial_labels
from prolo_dash.kit.controls import Option, choice
from prolo_dash.kit.scales import STANDARD, Scale, by_scale, scale_of, standard_gain
from prolo_dash.stats.effects import Estimate

_FOR_SCORES = "“As printed” and “Standardised” are for scores."


@dataclass(frozen=True)
class GainState:
    """Which trials, which result, when, on which scale, and how much of the trial is shown."""

    conditions: tuple[str, ...] = trial_labels.conditions()
    outcome: str = choice("Result", trial_labels.DOMAIN_OPTIONS, "better")
    show: str = choice(
        "Show",
        lambda known: (
            Option("gain", f"Only the {known.topic.intervention} groups"),
            Option("groups", "All groups"),
            Option("difference", "The difference between groups"),
        ),
        "gain",
    )
    time: str = choice(
        "Time", (Option("latest", "Longest follow-up"), Option("early", "In the first 4 months")), "latest"
    )
    scale: str = choice(
        "Scale",
        (
            Option("per100", "Per 100 people", needs="“Per 100 people” is for counts of those who were better."),
            Option("printed", "As printed", needs=_FOR_SCORES),
            Option("sd", "Standardised", needs=_FOR_SCORES),
        ),
        "per100",
    )


SCALES_FOR = {"better": ("per100",), "pain": ("printed", "sd"), "function": ("printed", "sd")}


def normalise(state: GainState) -> GainState:
    """Counts go per 100 people, scores as printed or standardised."""
    allowed = SCALES_FOR[state.outcome]
    return state if state.scale in allowed else replace(state, scale=allowed[0])


Gain = Callable[[Comparison, ArmFigure], Estimate | None]


def gain_of(state: GainState) -> Gain:
    """How an arm's gain is read on the chosen scale."""
    if state.scale == "sd":
        return lambda c, f: None if (g := standard_gain(c)(f)) is None else Estimate(g)
    return lambda c, f: f.gain_estimate


def difference_of(comparison: Comparison, versus: ArmFigure, state: GainState) -> Difference | None:
    """The intervention against one group on the chosen scale; None where it was not seen."""
    if state.scale != "sd":
        return comparison.difference(versus)
    g = comparison.standardised(versus)
    return Difference(versus, g, "standardised") if g else None


def is_in_points(state: GainState) -> bool:
    """Whether differences are in the points of their scores, as smallest changes are."""
    return state.show == "difference" and state.scale == "printed"


def by_axis(drawn: Sequence[Comparison], state: GainState) -> list[tuple[Scale, list[Comparison]]]:
    """The comparisons by the axis they share."""
    if state.scale == "sd":
        return [(STANDARD, list(drawn))] if drawn else []
    return by_scale(drawn)


def axis_of(comparison: Comparison, state: GainState) -> Scale:
    """The axis of one comparison."""
    return STANDARD if state.scale == "sd" else scale_of(comparison)


def differences_of(comparison: Comparison, state: GainState) -> list[Difference]:
    """Every difference of a comparison that was seen."""
    return [d for v in comparison.comparators if (d := difference_of(comparison, v, state))]
