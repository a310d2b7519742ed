"""Registrations in words: what became of a plan, and where it was seen."""

from prolo_dash.evidence.judged_records import Registration, RegistrationKind
from prolo_dash.kit.view import SourceLink

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


def registration_source(entry: Registration) -> SourceLink:
    """The record in the registry, or the page of a correction."""
    name = f"{entry.trial}, {entry.registry_id}" if entry.registry_id else entry.trial
    return SourceLink(name, entry.url, "address made from the number, not opened" if entry.rebuilt else "")
