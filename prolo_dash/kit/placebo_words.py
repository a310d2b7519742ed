"""What a control group's gain is not, and what a gain was seen to be made of, in words."""

from prolo_dash.evidence.benchmarks import ThreeParts
from prolo_dash.kit.wording import per_hundred

NOT_PLACEBO = "A control group's gain is not “the placebo effect”."


def in_three(parts: ThreeParts | None) -> str:
    """Two sentences on a gain in three parts; empty where the package has none."""
    if parts is None:
        return ""
    return (
        f"Some trials {parts.told_of} measured this ({parts.name}). Of every 100 points gained, "
        f"{per_hundred(parts.untreated)} came untreated, {per_hundred(parts.placebo)} more with placebo and "
        f"{per_hundred(parts.treatment)} more with the treatment."
    )
