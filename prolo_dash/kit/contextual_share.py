"""A contextual share in words: the figure, and why it may have no interval."""

from prolo_dash.evidence.comparison import Comparison
from prolo_dash.kit.wording import MINUS, told_apart
from prolo_dash.stats.effects import Estimate


def why_no_interval(comparison: Comparison) -> str:
    """Why a contextual share has no interval; empty where it has one, or is undefined."""
    share, control = comparison.share, comparison.control
    if share is None or share.has_interval or control is None:
        return ""
    if comparison.intervention.counts and control.counts:
        who = "Nobody in the control group was better" if share.value == 0 else "Everybody was better in both groups"
        return f"{who}: the usual sum then gives no interval."
    if share.value <= 0:
        return "The control group had no gain: the usual sum then gives no interval."
    return "It has no interval, for the spread of the gains was not seen, or is too wide."


_LARGEST_SHARE, _LEAST_SHARE = 1000, 0.001  # larger or smaller values mean nothing as a figure


def share_percent(share: Estimate) -> str:
    """A contextual share in percent: ``34 (16 to 72)%``. It can pass 100%, which is no difference, and be negative."""
    if share.low is None or share.high is None:
        return f"{_percent(share.value)}%"
    return f"{_percent(share.value)} ({_percent(share.low)} to {_percent(share.high)})%"


def _percent(share: float) -> str:
    if share > _LARGEST_SHARE:
        return f"over {100 * _LARGEST_SHARE:,}"
    if share < -_LARGEST_SHARE:
        return f"below {MINUS}{100 * _LARGEST_SHARE:,}"
    if 0 < share < _LEAST_SHARE:
        return f"under {100 * _LEAST_SHARE:g}"
    text = told_apart(100 * share, 0, 0 if share < 0.5 else 100)
    return text if abs(share) < 10 else f"{round(100 * share):,}".replace("-", MINUS)
