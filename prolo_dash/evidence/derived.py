"""Warnings that follow from the figures themselves, so no row has to hold them."""

from prolo_dash.evidence.comparison import Comparison
from prolo_dash.evidence.records import Flag


def derived_flags(comparison: Comparison, intervention: str, forms: int = 1) -> tuple[Flag, ...]:
    """Warnings that follow from the figures themselves: no comparator, no arm size, no spread.

    ``intervention``: its name; ``forms``: how many groups of the study got it, in one form or another.
    """
    found = []
    with_figures = [f for f in comparison.arms if f.gain is not None]
    if not comparison.comparators:
        found.append(
            ("uncontrolled", _EVERY_GROUP.format(intervention) if forms > 1 else "No comparison group was followed.")
        )
    if any(f.result.n is None for f in with_figures):
        found.append(("arm_size_not_seen", "How many were in each group was not reported where we looked."))
    if any(f.counts is None and not f.has_spread for f in with_figures):
        kind = "gain_spread_not_reported" if comparison.outcome.kind == "final_mean" else "spread_not_reported"
        found.append((kind, _SPREAD[comparison.outcome.kind]))
    outcome = comparison.outcome.outcome_id
    study = comparison.study.study_id
    return tuple(Flag(f"{comparison.comparison_id}.{kind}", kind, study, outcome, None, text) for kind, text in found)


_EVERY_GROUP = "Every group got {} in some form, so nothing here shows what it adds."

_SPREAD = {
    "responder": "Only percentages were reported where we looked, not counts.",
    "change_mean": "How much people's results differed was not reported where we looked.",
    "final_mean": "How much people's gains differed was not reported where we looked.",
}
