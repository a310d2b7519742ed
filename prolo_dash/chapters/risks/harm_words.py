"""What a trial or a survey says of one kind of unwanted event, in words."""

from prolo_dash.evidence.records import Harm

NO_DENOMINATOR = "no denominator"


def harm_words(harm: Harm, missing: str = NO_DENOMINATOR) -> str:
    """What a trial says of one kind of event: the count and out of how many, or ``missing``."""
    if harm.events is None:
        return "none, but no count is given" if harm.severity == "none_reported" else "told of, but not counted"
    told = "none" if harm.events == 0 else str(harm.events)
    return f"{told} of {harm.n}" if harm.n else f"{told} ({missing})"
