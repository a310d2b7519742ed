"""What protects a trial's result, in words: the same for the grid, the single trial and the table of figures."""

from collections.abc import Iterable, Sequence

from prolo_dash.evidence.judged import Known, Protection
from prolo_dash.evidence.judged_records import FactName, TrialFact, TrialJudgement
from prolo_dash.kit.view import Box, Cell, SourceLink
from prolo_dash.kit.wording import capitalised, count, listing, trim, uncapitalised

OURS = "worked out by us"
NOT_SEEN = "not seen"

# Fact -> what is asked, as the heading of a column.
QUESTION: dict[FactName, str] = {
    "randomisation_method": "How chance was used",
    "concealment": "Next group hidden",
    "blinded_participants": "People blinded",
    "blinded_assessors": "Those who measured blinded",
    "lost_percent": "How many were lost",
    "itt": "All counted as randomised",
    "registered_prospectively": "Registered before the start",
    "funding": "Who paid",
}
# Facts that have no yes and no: the page tells them or it does not.
TOLD = ("randomisation_method", "lost_percent", "funding")

_ANSWER = {
    "yes": "yes",
    "partly": "in part",
    "no": "no",
    "unclear": "unclear",
    "pages_differ": "pages differ",
    "not_seen": NOT_SEEN,
}
_SHORT = {"partly": "part", "unclear": "?", "pages_differ": "≠"}  # where a mark has no room for more
_JUDGEMENT = {
    "low": "low risk of bias",
    "unclear": "unclear risk of bias",
    "some_concerns": "some concerns",
    "high": "high risk of bias",
    "met": "met",
    "not_met": "not met",
}


def answer_words(known: Known) -> str:
    """The answer in a word or two: ``yes``, ``told``, ``not seen``."""
    return "told" if known.fact in TOLD and known.answer == "yes" else _ANSWER[known.answer]


def short_answer(known: Known) -> str:
    """The answer as a mark has room for it: the share lost as a number."""
    if known.answer == "yes" and known.fact == "lost_percent":
        percent = known.statements[0].percent
        return "told" if percent is None else f"{trim(percent)}%"
    return _SHORT.get(known.answer, answer_words(known))


def fact_cell(known: Known) -> Cell:
    """The answer, and under it what every page says."""
    notes = " ".join(said for statement in known.statements if (said := _said(statement)))
    url = known.statements[0].url or "" if known.statements else ""
    return Cell(answer_words(known), notes, url)


def _said(statement: TrialFact) -> str:
    words = f"“{statement.words.rstrip('.')}”." if statement.words else ""
    value = f"{capitalised(statement.value)}." if statement.value else ""
    ours = "Worked out by us." if statement.inferred else ""
    return " ".join(part for part in (value, words, statement.note or "", ours) if part)


def protection_strong(protection: Protection) -> str:
    """``3 of 8 facts seen``."""
    return f"{protection.seen} of {len(protection.facts)} facts seen"


def protection_words(protection: Protection) -> str:
    """All facts of a trial by their answer, and what others judged; facts not seen are named as such."""
    answers = dict.fromkeys(answer_words(known) for known in protection.facts)
    told = [
        f"{capitalised(answer)}: {_asked(known for known in protection.facts if answer_words(known) == answer)}."
        for answer in sorted(answers, key=lambda answer: answer == NOT_SEEN)
    ]
    judged = overall_words(protection)
    return " ".join([*told, f"Judged by others: {judged}."] if judged else told)


def _asked(facts: Iterable[Known]) -> str:
    return "; ".join(uncapitalised(QUESTION[known.fact]) + (f" ({OURS})" if known.inferred else "") for known in facts)


def seen_words(protection: Protection) -> str:
    """The facts of a trial that were seen, each with its value; empty where there are none."""
    seen = [known for known in protection.facts if known.statements]
    told = "; ".join(f"{uncapitalised(QUESTION[known.fact])}: {_with_value(known)}" for known in seen)
    return f"{capitalised(told)}." if told else ""


def _with_value(known: Known) -> str:
    values = dict.fromkeys(statement.value for statement in known.statements if statement.value)
    inner = [*values, *([OURS] if known.inferred else [])]
    return answer_words(known) + (f" ({', '.join(inner)})" if inner else "")


def who(judgement: TrialJudgement) -> str:
    """``Hauser 2016``."""
    return f"{judgement.judged_by} {judgement.year}" if judgement.year else judgement.judged_by


def judged_words(judgement: TrialJudgement) -> str:
    """``10 of 10``, ``high risk of bias``."""
    if judgement.score is None or judgement.max_score is None:
        return _JUDGEMENT[judgement.judgement]
    return f"{trim(judgement.score)} of {trim(judgement.max_score)}"


def overall_words(protection: Protection) -> str:
    """The judgements of a trial as a whole, each with who made it; empty where none was seen."""
    return "; ".join(f"{judged_words(judgement)} ({who(judgement)})" for judgement in protection.overall)


_TAKEN_OVER = "Taken over from an earlier search, not read again."


def judgement_box(title: str, judgement: TrialJudgement) -> Box:
    """One judgement with who made it, with what, and what binds them to the trial."""
    taken_over = _TAKEN_OVER if judgement.taken_over else ""
    parts = (f"{judgement.tool}, by {who(judgement)}.", judgement.ties, judgement.note, taken_over)
    return Box(title, judged_words(judgement), " ".join(part for part in parts if part))


def items_box(title: str, items: list[TrialJudgement]) -> Box:
    """The judgements of single domains by one judge, the same answers together."""
    answers = dict.fromkeys(judged_words(item) for item in items)
    told = "; ".join(
        f"{answer}: {listing(item.domain for item in items if judged_words(item) == answer)}" for answer in answers
    )
    parts = (
        f"{items[0].tool}, by {who(items[0])}. {capitalised(told)}.",
        items[0].ties,
        *(f"On {item.domain}: {item.note}" for item in items if item.note),
        _TAKEN_OVER if any(item.taken_over for item in items) else "",
    )
    return Box(title, count(len(items), "single item"), " ".join(part for part in parts if part))


def judgement_boxes(protection: Protection, title: str, without: Sequence[TrialJudgement] = ()) -> tuple[Box, ...]:
    """The judgements of a trial as a whole, but for some, then those of single items, a box for each judge."""
    whole = [judgement_box(title, judgement) for judgement in protection.overall if judgement not in without]
    single = [judgement for judgement in protection.judgements if judgement.domain != "overall"]
    judges = dict.fromkeys((who(item), item.tool) for item in single)
    items = [items_box(title, [i for i in single if (who(i), i.tool) == judge]) for judge in judges]
    return (*whole, *items)


def protection_sources(protection: Protection) -> tuple[SourceLink, ...]:
    """Every page on which a fact or a judgement of a trial was read, once."""
    links: dict[tuple[str, str | None, str], None] = {}
    for fact in protection.facts:
        links |= {(protection.trial, s.url, s.place): None for s in fact.statements}
    for judgement in protection.judgements:
        links[f"{who(judgement)} on {protection.trial}", judgement.url, judgement.place] = None
    return tuple(SourceLink(*link) for link in links)
