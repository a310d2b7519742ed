"""How much of the intervention group's gain the control group had too.

Gains are aligned: higher = better. Counts are people with the good outcome; their parts and shares are in
proportion units (0 to 1 for a whole). A control group's gain is not "the placebo effect": natural course,
regression to the mean and other care are in it.

Impossible input raises ValueError with one sentence, as in `effects`.
"""

import math
from dataclasses import dataclass

from prolo_dash.stats.effects import (
    Estimate,
    log_interval,
    mean_difference,
    mean_interval,
    require_finite,
    require_people,
    require_spread,
    risk_difference,
    risk_ratio,
    wilson,
)


@dataclass(frozen=True)
class Mean:
    """A group's mean gain in the unit of its scale, with standard error and number of people where reported."""

    gain: float
    se: float | None = None
    n: int | None = None

    def __post_init__(self) -> None:
        require_finite(gain=self.gain)
        if self.se is not None:
            require_spread(self.se, "standard error")
        if self.n is not None:
            require_people(self.n, at_least=1 if self.se is None else 2)


@dataclass(frozen=True)
class Split:
    """The intervention group's gain in parts that add up to it; a part may be negative.

    `untreated` is the gain of an untreated group, None where the trial had none. Then
    `added_by_control` is the control group's whole gain and holds natural course too. Each part has an interval
    of its own where the data allow one; the parts share groups, so their intervals are not independent.
    """

    untreated: Estimate | None
    added_by_control: Estimate
    added_by_intervention: Estimate


def contextual_share_counts(
    control_events: int, control_n: int, intervention_events: int, intervention_n: int
) -> Estimate | None:
    """Return control proportion / intervention proportion: the inverse risk ratio, log-scale interval (Katz 1978).

    Not capped at 1. None when nobody in the intervention group had the outcome; 0 without interval when nobody
    in the control group had it; 1 without interval when everybody in both had it.
    """
    return risk_ratio(control_events, control_n, intervention_events, intervention_n)


def contextual_share_means(
    control_gain: float, control_se: float | None, intervention_gain: float, intervention_se: float | None
) -> Estimate | None:
    """Return control gain / intervention gain, the proportion contextual effect of Zou et al. 2016.

    Not capped at 1, and negative when the control group got worse. None when the intervention gain is not above 0.
    The interval (delta method on the log ratio) needs both standard errors and a control gain above 0; it is left
    out where it would run past all bounds. Proportions without counts go in as gains without standard errors.
    """
    control, intervention = Mean(control_gain, control_se), Mean(intervention_gain, intervention_se)
    if intervention.gain <= 0:
        return None
    share = control.gain / intervention.gain
    if control.gain <= 0 or control.se is None or intervention.se is None:
        return Estimate(share)
    return log_interval(share, math.hypot(control.se / control.gain, intervention.se / intervention.gain))


def split_counts(intervention: tuple[int, int], control: tuple[int, int], none: tuple[int, int] | None) -> Split:
    """Split the intervention group's proportion; each group is (people with the outcome, people).

    Intervals: Wilson 1927 for the first part, Newcombe 1998 (method 10) for the differences.
    """
    added = risk_difference(*intervention, *control)
    if none is None:
        return Split(None, wilson(*control), added)
    return Split(wilson(*none), risk_difference(*control, *none), added)


def split_means(intervention: Mean, control: Mean, none: Mean | None) -> Split:
    """Split the intervention group's mean gain, in the unit of the scale.

    Intervals: t for the first part, Welch for the differences, where standard errors and numbers are known.
    """
    added = _difference(intervention, control)
    if none is None:
        return Split(None, _alone(control), added)
    return Split(_alone(none), _difference(control, none), added)


def _alone(group: Mean) -> Estimate:
    if group.se is None or group.n is None:
        return Estimate(group.gain)
    return mean_interval(group.gain, group.se, group.n)


def _difference(one: Mean, zero: Mean) -> Estimate:
    if one.se is None or one.n is None or zero.se is None or zero.n is None:
        return Estimate(one.gain - zero.gain)
    return mean_difference(one.gain, one.se, one.n, zero.gain, zero.se, zero.n)
