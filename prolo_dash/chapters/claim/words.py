"""A claim in words: the finding sentence, the chain that follows it back, and the counts of all claims."""

from prolo_dash.chapters.claim.facts import Facts
from prolo_dash.evidence.claims import Backing, Behind, says_compared_with
from prolo_dash.evidence.comparison import Comparison
from prolo_dash.evidence.records import Claim
from prolo_dash.kit import trial_labels
from prolo_dash.kit.view import Box, Cell, Row, Table, ViewLink
from prolo_dash.kit.wording import (
    capitalised,
    count,
    flag_reasons,
    listing,
    plural,
    printed,
    uncapitalised,
    weeks_words,
)

HOW_TO_READ = (
    "Choose a claim. The four boxes follow it back: what the article says, what was counted, what it was compared "
    "with, and what was left out.",
    "The article names no trial. Where its figures fit a trial, or else its description, that trial stands behind the "
    "claim; where several fit, all of them do.",
    "The bars count all claims of the article. How many come with a figure? How many say what it was compared with, or "
    "name who says so?",
)

# What views show that a claim may lead to, by the keys that claims.csv has in answered_by.
ANSWERED_BY = {
    "answer": "What was found for each condition",
    "gain": "How people fared in each trial",
    "caveat": "How much also came after the control",
    "certainty": "How small and how short the trials are",
    "certainty_missing": "What is missing",
    "risks_harms": "What went wrong, and how often",
    "risks_cost": "What it costs",
    "risks_choices": "Who is for it, who is against it, what else there is, and what to ask",
}


def sentence(known: Facts) -> str:
    """What the article says, and the evidence behind it."""
    said = _said(known.claim)
    if not known.behind:
        return f"{said} {_bare(known.claim)}"
    tail = " Its groups were **no longer as randomised**." if known.switched else ""
    match = f"It names no trial. {_matched(known.claim)}"
    if known.trials > 1:
        return f"{said} {match} **{known.trials} trials** fit. In each, {_control_word(known)}.{tail}"
    told = f", not just “{known.claim.comparator_as_told}”" if says_compared_with(known.claim) else ""
    compared = _compared(known.behind[0].comparison)
    return f"{said} {match} one trial fits. There the other group got **{compared}**{told}.{tail}"


def _matched(claim: Claim) -> str:
    """How the trials behind a claim were found: a claim that tells no figure can only be matched by description."""
    return "By its figures" if claim.value else "By its description"


def _said(claim: Claim) -> str:
    if claim.in_a_sentence:
        return f"The article says, {claim.in_a_sentence}."
    return f"The article says: {uncapitalised(claim.paraphrase)}."


def _control_word(known: Facts) -> str:
    if all(b.comparison.control for b in known.behind):
        return f"the other group got **another {known.topic.procedure}**"
    return "there was another group"


def _bare(claim: Claim) -> str:
    missing = [word for word, there in (("figure", claim.value), ("source", claim.source_as_told)) if not there]
    if not missing:
        return "The claim comes with a figure and names its source."
    return f"The claim comes with **no {listing(missing, 'and no')}**."


def _compared(comparison: Comparison) -> str:
    if not comparison.comparators:
        return "nothing"
    arm = (comparison.control or comparison.comparators[0]).arm
    return arm.in_words or uncapitalised(arm.label)


def chain(known: Facts) -> tuple[Box, ...]:
    """The claim followed back: what is said, what was counted, compared with what, and what was left out."""
    said = _said_box(known.claim)
    if not known.behind:
        return (said, _left_out(known))
    return (said, _counted(known), _compared_box(known), _left_out(known))


def _said_box(claim: Claim) -> Box:
    hedge = f" Softened by: “{claim.hedge}”." if claim.hedge else ""
    told = claim.comparator_as_told
    comparator = f" Compared, as told: {told}." if told else ""
    strong = claim.value.replace(" v ", " against ") if claim.value else "No figure"
    return Box("What the article says", strong, f"{claim.paraphrase}.{comparator}{hedge}")


def _counted(known: Facts) -> Box:
    title = "What was counted"
    if len(known.behind) > 1:
        return Box(title, count(len(known.behind), "trial"), "; ".join(map(_counted_line, known.behind)) + ".")
    (one,) = known.behind
    c = one.comparison
    groups = [c.intervention, *([c.control] if c.control else [])]
    unit = f" Counted in {plural(c)}." if c.is_share else ""
    text = f"{one.trial}, {weeks_words(c.outcome.weeks)}: {c.outcome.name}.{unit}"
    return Box(title, ", ".join(printed(f) for f in groups), text)


def _counted_line(one: Behind) -> str:
    c = one.comparison
    figures = listing(printed(f) for f in c.arms)
    return f"{one.trial}, {weeks_words(c.outcome.weeks)}, {_measured(c)}: {figures}"


def _measured(comparison: Comparison) -> str:
    """What was measured; for a gain with its unit, since points and percent look alike."""
    unit = f", {comparison.outcome.unit}" if comparison.outcome.kind == "change_mean" else ""
    return trial_labels.what(comparison) + unit


def _compared_box(known: Facts) -> Box:
    title, topic = "Compared with what", known.topic
    if len(known.behind) > 1:
        groups = [
            f"{b.trial}: {listing(figure.arm.label for figure in b.comparison.comparators)}"
            for b in known.behind
            if b.comparison.comparators
        ]
        untreated = any(b.comparison.untreated for b in known.behind)
        return Box(title, f"Other {topic.procedures}{', or none' if untreated else ''}", "; ".join(groups) + ".")
    one = known.behind[0].comparison
    strong = f"Another {topic.procedure}" if one.control else capitalised(topic.untreated)
    lines = [f"{f.arm.label}: {printed(f)}" for f in one.comparators]
    return Box(title, strong, "; ".join(lines) + ".")


def _left_out(known: Facts) -> Box:
    title, more = "What was left out", _more(known.claim)
    if known.switched:
        reasons = [reason for b in known.switched for reason in flag_reasons(b.comparison)[:1]]
        beside = [_as_randomised(b.as_randomised) for b in known.switched if b.as_randomised]
        return Box(title, "Groups had changed", " ".join([*reasons, *beside]), more)
    if known.adds:
        return Box(title, "There is more to it", f"{known.adds}.", more)
    if more:
        return Box(title, "This page looks at it", "The article gives no study for this claim. See:", more)
    nothing = "The article gives no study for this claim, and the pages we read have nothing to add."
    return Box(title, "Nothing to add", nothing)


def _more(claim: Claim) -> ViewLink | None:
    """Where the page looks at what is claimed; None where it does not."""
    return ViewLink(ANSWERED_BY[claim.answered_by], claim.answered_by) if claim.answered_by else None


def _as_randomised(comparison: Comparison) -> str:
    figures = "; ".join(f"{f.arm.label}: {printed(f)}" for f in comparison.arms)
    return f"As randomised, at {weeks_words(comparison.outcome.weeks)}: {figures}."


def backing_rows(backing: Backing) -> tuple[tuple[str, str, str, int], ...]:
    """(key, label, detail, how many) of each thing that a claim may come with."""
    return (
        ("figure", "Come with a figure", "an amount, a share or a date", backing.figure),
        ("comparator", "Say compared with what", "even if loosely", backing.comparator),
        ("source", "Name who says so", "an organisation; no study is named", backing.source),
        ("none", "None of these three", "", backing.none),
    )


def table(backing: Backing) -> Table:
    """The counts of all claims."""
    rows = tuple(
        Row(key, (Cell(label, detail), Cell(f"{n} of {backing.total}")))
        for key, label, detail, n in backing_rows(backing)
    )
    return Table("How the article's claims are backed.", ("Claims that", "How many"), rows)


def alt(backing: Backing) -> str:
    """The chart in words."""
    parts = "; ".join(f"{label.lower()}: {n}" for _, label, _, n in backing_rows(backing))
    return f"Bars that count the {backing.total} claims of the article: {parts}."
