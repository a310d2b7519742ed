"""Registrations in words: what became of a plan, and where it was seen."""

from collections import Counter
from collections.abc import Sequence

from prolo_dash.evidence.judged_records import Registration, RegistrationKind, WhatBecame
from prolo_dash.kit.view import SourceLink
from prolo_dash.kit.wording import count, listing, verb

REBUILT = "The address was made from the number and not opened."

REGISTRATION_KIND: dict[RegistrationKind, str] = {
    "registered_late": "registered after the start",
    "arm_missing": "a planned group is not in the paper",
    "outcomes_changed": "other outcomes told than planned",
    "plan_differs": "plan and paper differ",
    "no_change_seen": "plan and paper agree, as far as seen",
    "unpublished": "no paper seen",
    "under_way": "results to come",
    "double_counting": "same people in two papers, it seems",
    "correction": "a correction is listed",
    "looked_for": "looked for, none found",
    "integrity": "figures that are hard to explain",
}

WHAT_BECAME: dict[WhatBecame, str] = {
    "ended": "ended",
    "too_small": "stopped with too few people",
    "never_began": "never began",
}


def without_results(plans: Sequence[Registration]) -> str:
    """``Not counted are 2 others: 1 stopped with too few people and 1 never began.``; empty if all may have results."""
    told = Counter(plan.what_became for plan in plans if plan.what_became and not plan.may_have_results)
    n, parts = sum(told.values()), [f"{times} {WHAT_BECAME[became]}" for became, times in told.items()]
    return f"Not counted {verb(n, 'is', 'are')} {count(n, 'other')}: {listing(parts)}." if parts else ""


def registration_source(entry: Registration) -> SourceLink:
    """The record in the registry, or the page of a correction."""
    name = f"{entry.trial}, {entry.registry_id}" if entry.registry_id else entry.trial
    return SourceLink(name, entry.url, "address made from the number, not opened" if entry.rebuilt else "")
