"""One trial in words: a sentence, four boxes, a table of every figure, and a list of what to know of it."""

from prolo_dash.chapters.sources.trial.facts import Facts, Stated, Warned
from prolo_dash.evidence.figures import Figured, Level
from prolo_dash.evidence.judged_records import Registration
from prolo_dash.evidence.records import Arm, Contrast, Role
from prolo_dash.kit import trial_labels
from prolo_dash.kit.blinding_words import COULD_TELL
from prolo_dash.kit.figure_words import figure_printed, warning_labels, when_measured
from prolo_dash.kit.protection_words import (
    NOT_SEEN,
    QUESTION,
    answer_words,
    fact_cell,
    judgement_boxes,
    protection_sources,
    protection_strong,
)
from prolo_dash.kit.registration_words import REBUILT, REGISTRATION_KIND, registration_source
from prolo_dash.kit.topic_words import indefinite, role_name
from prolo_dash.kit.view import Box, Cell, Row, SourceLink, Table
from prolo_dash.kit.wording import (
    FLAG_LABEL,
    NOT_REPORTED,
    capitalised,
    count,
    listing,
    trim,
    uncapitalised,
    weeks_words,
)


def sentence(known: Facts) -> str:
    """Who was treated, compared with what, and what the trial states on its main outcome."""
    size = trial_labels.size_of(known.study).rstrip(". ")
    treated = f"**{known.name}** treated {size or 'people'} for {known.condition.in_words}."
    unseen = "" if size else " How many was not seen."
    return f"{treated}{unseen} {_groups(known)} {_main(known)}{_otherwise(known)}"


def _groups(known: Facts) -> str:
    if not known.arms:
        return "We saw no figure of its groups."
    roles = _roles(known)
    if not roles:
        return "It had nothing to compare with."
    return f"It compared {known.topic.intervention} with {listing(roles)}."


def _roles(known: Facts) -> list[str]:
    """What the intervention was compared with, each kind once."""
    return list(dict.fromkeys(_against(known, arm) for arm in known.compared))


def _against(known: Facts, arm: Arm) -> str:
    """A group that the intervention was compared with, in a sentence."""
    return indefinite(known.topic.control) if arm.role == "control" else _role(known, arm.role)


def _role(known: Facts, role: Role) -> str:
    """What a group of a role got, without examples."""
    return known.topic.untreated if role == "untreated" else role_name(known.topic, role)


def _main(known: Facts) -> str:
    if known.main is None:
        return "We saw nothing that it states of one group against another."
    comparison, versus = known.main
    contrast = comparison.contrast(versus)
    said = trial_labels.statement(contrast, _against(known, versus.arm)) if contrast else "nothing was seen of this"
    time = weeks_words(comparison.outcome.weeks)
    return f"What it states on {uncapitalised(comparison.outcome.plain_name)}, {time}: **{said}**."


def _otherwise(known: Facts) -> str:
    said = (
        f"{uncapitalised(mark.comparison.outcome.plain_name)}, {weeks_words(mark.comparison.outcome.weeks)}: "
        f"**{_DIRECTION[mark.direction]}** against {_against(known, mark.versus.arm)}"
        for mark in known.otherwise
    )
    return "".join(f" Otherwise on {one}." for one in said)


def chain(known: Facts) -> tuple[Box, ...]:
    """Who, compared with what, whether people could tell, how long, and what was registered."""
    return (_who(known), _compared(known), _could_tell(known), _how_long(known), _registered(known))


def _could_tell(known: Facts) -> Box:
    (fact,) = (one for one in known.protection.facts if one.fact == "blinded_participants")
    return Box("What they knew", capitalised(COULD_TELL[known.could_tell]), fact_cell(fact).note)


def _who(known: Facts) -> Box:
    size = capitalised(trial_labels.size_of(known.study).rstrip(". ")) or "Size not seen"
    where = f" Where: {known.study.country}." if known.study.country else ""
    return Box("Who", size, f"{capitalised(known.study.population)}.{where}")


def _compared(known: Facts) -> Box:
    if not known.arms:
        return Box("Compared with", NOT_SEEN.capitalize(), "No group of it is in the data.")
    strong = capitalised(listing(_roles(known)) or "nothing")
    return Box("Compared with", strong, f"{'; '.join(_arm(arm) for arm in known.arms)}.")


def _arm(arm: Arm) -> str:
    given = [f"{trim(arm.n_injection_sessions)} sessions"] if arm.n_injection_sessions else []
    size = [f"{arm.n_randomised} in the group"] if arm.n_randomised else []
    return ", ".join([arm.label, *size, *given])


def _how_long(known: Facts) -> Box:
    weeks = known.study.longest_followup_weeks
    began, ended = known.study.n_randomised, known.study.n_analysed
    counted = f"{ended} of {began} are counted at the end." if began and ended else "How many were lost was not seen."
    return Box("How long", capitalised(weeks_words(weeks)) if weeks else "Time not seen", counted)


def _registered(known: Facts) -> Box:
    if not known.registrations:
        (fact,) = (one for one in known.protection.facts if one.fact == "registered_prospectively")
        values = dict.fromkeys(statement.value for statement in fact.statements if statement.value)
        return Box("Registered", listing(values) or NOT_SEEN.capitalize(), f"Before its start: {answer_words(fact)}.")
    numbers = dict.fromkeys(r.registry_id for r in known.registrations if r.registry_id and r.is_in_registry)
    kinds = dict.fromkeys(REGISTRATION_KIND[r.kind] for r in known.registrations)
    return Box("Registered", listing(numbers) or "No number seen", f"{capitalised('; '.join(kinds))}.")


COLUMNS = ("What was measured", "Time", "Group", "As printed", "Size", "Where in the source", "Warnings")


def table(known: Facts) -> Table:
    """Every figure of every group, and what the source says of one group against another."""
    url = trial_labels.source_link(known.source).url or ""
    figures = tuple(_figure(known, figure, url) for figure in known.figures)
    return Table(
        f"Every figure of {known.name}, as printed.",
        COLUMNS,
        (*figures, *(_statement(known, stated, url) for stated in known.stated)),
    )


def _figure(known: Facts, figure: Figured, url: str) -> Row:
    seen = figure.level != Level.NOT_REPORTED
    cells = (
        Cell(capitalised(figure.outcome.plain_name), figure.outcome.instrument),
        Cell(when_measured(figure.outcome), sort=figure.outcome.weeks),
        Cell(figure.arm.label, _role(known, figure.arm.role)),
        Cell(figure_printed(figure), figure.outcome.unit if seen else "", sort=figure.number),
        Cell(str(figure.result.n or NOT_REPORTED), sort=figure.result.n),
        Cell(figure.outcome.where_in_source, (figure.result.notes or "") if seen else "", url),
        Cell(warning_labels(flag for flag in figure.flags if flag.outcome_id or flag.arm_id)),
    )
    return Row(figure.key, cells)


def _statement(known: Facts, stated: Stated, url: str) -> Row:
    contrast = stated.contrast
    cells = (
        Cell(capitalised(stated.outcome.plain_name), stated.outcome.instrument),
        Cell(when_measured(stated.outcome), sort=stated.outcome.weeks),
        Cell(f"{stated.arm.label}, against {uncapitalised(stated.versus.label)}"),
        Cell(_printed(contrast) or "no number seen", _DIRECTION[contrast.direction], sort=contrast.estimate),
        Cell(""),
        Cell(stated.outcome.where_in_source, url=url),
        Cell("none"),
    )
    return Row(f"{contrast.outcome_id}.{contrast.arm_id}.{contrast.versus_arm_id}", cells)


_DIRECTION = {
    "favours_intervention": "told as better",
    "favours_comparator": "told as worse",
    "no_difference": "no clear difference",
    "not_stated": "not told how it did",
}


def _printed(contrast: Contrast) -> str:
    """The difference and the p-value as they are printed; empty where there is neither."""
    parts = []
    if contrast.estimate is not None:
        low, high = contrast.ci_low, contrast.ci_high
        interval = f" ({trim(low)} to {trim(high)})" if low is not None and high is not None else ""
        parts.append(f"difference {trim(contrast.estimate)}{interval}")
    if contrast.p:
        parts.append(f"p {contrast.p}" if contrast.p[0] in "<>" else f"p = {contrast.p}")
    return ", ".join(parts)


def listed(known: Facts) -> tuple[Box, ...]:
    """Warnings in full, how the trial was made, what others judged, its registrations, and what the article says."""
    return (
        *(_warning(warning) for warning in _gravest_first(known.warnings)),
        *_facts(known),
        *judgement_boxes(known.protection, "Judged by others"),
        *(_registration(entry) for entry in known.registrations),
        *(Box("The article", "names this trial", _stopped(claim.paraphrase)) for claim in known.claims),
    )


def listed_title(known: Facts) -> str:
    """What the list holds."""
    many = len(known.warnings)
    return f"{count(many, 'warning') if many else 'No warning'}; {protection_strong(known.protection)}"


def _gravest_first(warnings: tuple[Warned, ...]) -> list[Warned]:
    order = list(FLAG_LABEL)
    return sorted(warnings, key=lambda warning: order.index(warning.kind))


def _warning(warning: Warned) -> Box:
    outcomes = dict.fromkeys(f"{o.plain_name} ({when_measured(o)})" for o in warning.outcomes)
    about = [*outcomes, *(uncapitalised(arm.label) for arm in warning.arms)]
    return Box(f"Warning: {FLAG_LABEL[warning.kind]}", "; ".join(about) or "the whole trial", warning.reason)


def _facts(known: Facts) -> list[Box]:
    """The facts that were seen, a box each, and the names of the others."""
    told = [one for one in known.protection.facts if one.statements]
    absent = [uncapitalised(QUESTION[one.fact]) for one in known.protection.facts if not one.statements]
    boxes = [Box(QUESTION[one.fact], (cell := fact_cell(one)).text, cell.note) for one in told]
    return [*boxes, *([Box("Not seen where we looked", "; ".join(absent), "")] if absent else [])]


def _registration(entry: Registration) -> Box:
    number = entry.registry_id
    how = "Registered as" if entry.is_in_registry else "Plan in a journal,"
    title = f"{how} {number}" if number else "Looked for"
    parts = (entry.status, entry.found, entry.why, entry.note, REBUILT if entry.rebuilt else "")
    return Box(title, REGISTRATION_KIND[entry.kind], " ".join(_stopped(part) for part in parts if part))


def _stopped(text: str) -> str:
    return text if text.endswith((".", "!", "?", "”", '"')) else f"{text}."


def sources(known: Facts) -> tuple[SourceLink, ...]:
    """The trial's own source, pages that tell how it was made, registries, and the article if it names it."""
    where = "; ".join(dict.fromkeys(figure.outcome.where_in_source for figure in known.figures))
    return tuple(
        dict.fromkeys(
            (
                trial_labels.source_link(known.source, where),
                *protection_sources(known.protection),
                *(registration_source(entry) for entry in known.registrations if entry.url),
            )
        )
    )


def alt(known: Facts) -> str:
    """What a reader who can't see the page is told of its size."""
    return f"No chart. A table of {count(len(known.figures), 'figure')}, and what to know of the trial."


HOW_TO_READ = (
    "Figures stand as they are printed, sign and all. For some scales, a fall means that people got better.",
    "Rows of two groups tell what the source says of one against the other, with the p value if one is printed.",
    "A warning on the whole trial stands in the list alone. Others are named in the row that they are about, too.",
)
