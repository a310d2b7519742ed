"""One outcome of one study, its arms side by side and aligned so that higher = better."""

from dataclasses import dataclass
from enum import IntEnum
from functools import cached_property

from prolo_dash.evidence.conditions import Condition
from prolo_dash.evidence.records import Arm, Contrast, Flag, Outcome, Result, Study
from prolo_dash.stats.effects import (
    Estimate,
    hedges_g,
    mean_difference,
    mean_interval,
    risk_difference,
    standard_deviation,
    standard_error,
    standard_error_from_interval,
    wilson,
)
from prolo_dash.stats.shares import (
    Mean,
    Split,
    contextual_share_counts,
    contextual_share_means,
    split_counts,
    split_means,
)


class Completeness(IntEnum):
    """How much of a comparison could be read, from most to least."""

    COMPLETE = 5
    ARM_FIGURES = 4
    DIFFERENCE = 3
    DIRECTION = 2
    NOT_SEEN = 1
    NO_COMPARATOR = 0


@dataclass(frozen=True)
class ArmFigure:
    """One arm's figures for one outcome. ``sign`` is +1 where higher printed values are better, else -1."""

    arm: Arm
    result: Result
    sign: int
    kind: str
    baseline: Result | None

    @property
    def counts(self) -> tuple[int, int] | None:
        """(events, n) where both were printed."""
        if self.result.events is None or self.result.n is None:
            return None
        return self.result.events, self.result.n

    @property
    def gain(self) -> float | None:
        """Improvement, higher = better: a share from 0 to 1 for a responder outcome, else points of its scale.

        A final score becomes a gain only with its baseline.
        """
        if self.counts:
            return self.counts[0] / self.counts[1]
        if self.result.mean is None:
            return None
        if self.kind == "final_mean":
            if self.baseline is None or self.baseline.mean is None:
                return None
            return self.sign * (self.result.mean - self.baseline.mean)
        return self.sign * self.result.mean if self.kind == "change_mean" else self.result.mean

    @property
    def se(self) -> float | None:
        """Standard error of the printed mean, from what was printed; None for counts and bare figures."""
        r = self.result
        if r.mean is None or self.kind == "responder":
            return None
        if r.se is not None:
            return r.se
        if r.sd is not None and r.n:
            return standard_error(r.sd, r.n)
        if r.ci_low is not None and r.ci_high is not None and r.n:
            return standard_error_from_interval(r.ci_low, r.ci_high, r.n)
        return None

    @property
    def sd(self) -> float | None:
        """Standard deviation of the printed mean, from what was printed."""
        if self.result.sd is not None and self.kind != "responder":
            return self.result.sd
        return standard_deviation(self.se, self.result.n) if self.se is not None and self.result.n else None

    @property
    def has_spread(self) -> bool:
        """Whether the spread of the gain was printed in any form, even if the arm's size was not."""
        r = self.result
        return self.kind != "final_mean" and any(v is not None for v in (r.sd, r.se, r.ci_low))

    @property
    def gain_se(self) -> float | None:
        """Standard error of the gain. A final score's is unknown: the spread of its change was not printed."""
        return None if self.kind == "final_mean" else self.se

    @cached_property
    def gain_estimate(self) -> Estimate | None:
        """The gain with its 95% interval where the data allow one (as printed, else Wilson for counts, t for means)."""
        if self.counts:
            return wilson(*self.counts)
        if self.gain is None:
            return None
        if self.kind != "final_mean" and self.result.ci_low is not None and self.result.ci_high is not None:
            low, high = self.sign * self.result.ci_low, self.sign * self.result.ci_high
            return Estimate(self.gain, min(low, high), max(low, high))
        if self.gain_se is not None and self.result.n:
            return mean_interval(self.gain, self.gain_se, self.result.n)
        return Estimate(self.gain)

    @property
    def as_mean(self) -> Mean | None:
        """The gain in the form that splits and shares of means take."""
        return None if self.gain is None else Mean(self.gain, self.gain_se, self.result.n)


@dataclass(frozen=True)
class Difference:
    """Intervention minus one comparator, aligned. ``basis`` says what it was computed from."""

    versus: ArmFigure
    estimate: Estimate
    basis: str  # "counts" | "gains" | "final scores" | "as printed"


@dataclass(frozen=True)
class Comparison:
    """One intervention arm and its comparators, for one outcome."""

    comparison_id: str
    study: Study
    condition: Condition
    outcome: Outcome
    intervention: ArmFigure
    control: ArmFigure | None
    untreated: ArmFigure | None
    others: tuple[ArmFigure, ...]
    contrasts: tuple[Contrast, ...]
    flags: tuple[Flag, ...]

    @property
    def comparators(self) -> tuple[ArmFigure, ...]:
        """The control first, then the untreated arm, then other treatments."""
        return tuple(figure for figure in (self.control, self.untreated, *self.others) if figure)

    @property
    def arms(self) -> tuple[ArmFigure, ...]:
        """All arms shown, the intervention first."""
        return (self.intervention, *self.comparators)

    @property
    def is_share(self) -> bool:
        """Whether gains are shares of people counted as better, not points."""
        return self.outcome.kind == "responder"

    @property
    def as_randomised(self) -> bool:
        """False where the arms compared are no longer as randomised."""
        return not any(flag.kind == "not_as_randomised" for flag in self.flags)

    @cached_property
    def completeness(self) -> Completeness:
        """Completeness against the main comparator."""
        if not self.comparators:
            return Completeness.NO_COMPARATOR
        return self.completeness_against(self.comparators[0])

    def completeness_against(self, versus: ArmFigure) -> Completeness:
        """How much could be read of the intervention against one comparator."""
        computed = self._computed(versus)
        if computed and computed.estimate.has_interval:
            return Completeness.COMPLETE
        if self.intervention.gain is not None and versus.gain is not None:
            return Completeness.ARM_FIGURES
        contrast = self.contrast(versus)
        if contrast is None:
            return Completeness.NOT_SEEN
        if contrast.estimate is not None and contrast.sign is not None:
            return Completeness.DIFFERENCE
        return Completeness.NOT_SEEN if contrast.direction == "not_stated" else Completeness.DIRECTION

    def contrast(self, versus: ArmFigure) -> Contrast | None:
        """What the paper prints of the intervention against ``versus``."""
        pair = (self.intervention.arm.arm_id, versus.arm.arm_id)
        return next((c for c in self.contrasts if (c.arm_id, c.versus_arm_id) == pair), None)

    def difference(self, versus: ArmFigure) -> Difference | None:
        """The difference with an interval if there is one: computed from the arms, else as the paper prints it."""
        computed = self._computed(versus)
        if computed and computed.estimate.has_interval:
            return computed
        contrast = self.contrast(versus)
        if contrast and contrast.estimate is not None and contrast.sign is not None:
            printed = _printed_estimate(contrast)
            if printed.has_interval or computed is None:
                return Difference(versus, printed, "as printed")
        return computed

    def _computed(self, versus: ArmFigure) -> Difference | None:
        if self.intervention.counts and versus.counts:
            return Difference(versus, risk_difference(*self.intervention.counts, *versus.counts), "counts")
        if self.outcome.kind == "final_mean":
            final = _mean_difference(self.intervention, versus)
            if final:
                return Difference(versus, final if self.intervention.sign > 0 else final.negated(), "final scores")
        if self.intervention.gain is None or versus.gain is None:
            return None
        gains = _mean_difference(self.intervention, versus) if self.outcome.kind == "change_mean" else None
        if gains:
            return Difference(versus, gains if self.intervention.sign > 0 else gains.negated(), "gains")
        return Difference(versus, Estimate(self.intervention.gain - versus.gain), "gains")

    def standardised(self, versus: ArmFigure) -> Estimate | None:
        """Hedges g against one comparator, aligned; None without both arms' n and spread."""
        one, zero = self.intervention, versus
        if one.sd is None or zero.sd is None or not one.result.n or not zero.result.n:
            return None
        assert one.result.mean is not None
        assert zero.result.mean is not None
        g = hedges_g(one.result.mean, one.sd, one.result.n, zero.result.mean, zero.sd, zero.result.n)
        return g if one.sign > 0 else g.negated()

    @cached_property
    def split(self) -> Split | None:
        """The three-way split of the intervention arm's gain; None without the control's gain."""
        if self.control is None:
            return None
        none = self.untreated if self.untreated and self.untreated.gain is not None else None
        if self.intervention.counts and self.control.counts and (none is None or none.counts):
            return split_counts(self.intervention.counts, self.control.counts, none.counts if none else None)
        if self.intervention.as_mean is None or self.control.as_mean is None:
            return None
        return split_means(self.intervention.as_mean, self.control.as_mean, none.as_mean if none else None)

    @cached_property
    def share(self) -> Estimate | None:
        """The contextual share: control gain over intervention gain; None where undefined or not seen."""
        if self.control is None or self.control.gain is None or self.intervention.gain is None:
            return None
        if self.intervention.counts and self.control.counts:
            return contextual_share_counts(*self.control.counts, *self.intervention.counts)
        return contextual_share_means(
            self.control.gain, self.control.gain_se, self.intervention.gain, self.intervention.gain_se
        )


def _mean_difference(one: ArmFigure, zero: ArmFigure) -> Estimate | None:
    if one.se is None or zero.se is None or not one.result.n or not zero.result.n:
        return None
    assert one.result.mean is not None
    assert zero.result.mean is not None
    return mean_difference(one.result.mean, one.se, one.result.n, zero.result.mean, zero.se, zero.result.n)


def _printed_estimate(contrast: Contrast) -> Estimate:
    assert contrast.estimate is not None
    assert contrast.sign is not None
    low, high = contrast.ci_low, contrast.ci_high
    printed = Estimate(contrast.estimate, low, high) if _sound(contrast) else Estimate(contrast.estimate)
    return printed if contrast.sign > 0 else printed.negated()


def _sound(contrast: Contrast) -> bool:
    """Whether the printed interval is possible: both limits, around the estimate."""
    if contrast.ci_low is None or contrast.ci_high is None or contrast.estimate is None:
        return False
    return contrast.ci_low <= contrast.estimate <= contrast.ci_high


def combined_n(figures: tuple[ArmFigure, ...]) -> int | None:
    """People (or joints) in all the arms, where every arm's n is known."""
    ns = [figure.result.n for figure in figures]
    return sum(n for n in ns if n) if all(ns) else None
