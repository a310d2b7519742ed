"""What protects a trial's result, in words: the same for the grid, the single trial and the table of figures."""

import re
from collections.abc import Iterable

from prolo_dash.evidence.judged import Known, facts_of, judgements_of, overall
from prolo_dash.evidence.judged_records import FactName, TrialFact, TrialJudgement
from prolo_dash.evidence.library import Library
from prolo_dash.evidence.records import Study
from prolo_dash.kit.view import Box, Cell
from prolo_dash.kit.wording import count, listing, trim

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
_JUDGEMENT = {
    "low": "low risk of bias",
    "unclear": "unclear risk of bias",
    "some_concerns": "some concerns",
    "high": "high risk of bias",
    "met": "met",
    "not_met": "not met",
}
_SHARE = re.compile(r"[\d.]+%(?! at 1 year, )")


def answer_words(known: Known) -> str:
    """The answer in a word or two: ``yes``, ``told``, ``not seen``."""
    return "told" if known.fact in TOLD and known.answer == "yes" else _ANSWER[known.answer]


def short_answer(known: Known) -> str:
    """The answer as a mark has room for it: the share lost as a number."""
    if known.answer == "yes" and known.fact == "lost_percent":
        share = _SHARE.match(known.statements[0].value or "")
        return share[0] if share else "told"
    return {"in part": "part", "unclear": "?", "pages differ": "≠"}.get(answer_words(known), answer_words(known))


def fact_cell(known: Known) -> Cell:
    """The answer, and under it what every page says."""
    notes = " ".join(said for statement in known.statements if (said := _said(statement)))
    url = known.statements[0].url or "" if known.statements else ""
    return Cell(answer_words(known), notes, url)


def _said(statement: TrialFact) -> str:
    words = f"“{statement.words.rstrip('.')}”." if statement.words else ""
    value = f"{_upper(statement.value)}." if statement.value else ""
    ours = "Worked out by us." if statement.inferred else ""
    return " ".join(part for part in (value, words, statement.note or "", ours) if part)


def seen(facts: tuple[Known, ...]) -> int:
    """How many of the facts were seen."""
    return sum(bool(known.statements) for known in facts)


def protection_strong(library: Library, study: Study) -> str:
    """``3 of 8 facts seen``."""
    facts = facts_of(library, study.study_id)
    return f"{seen(facts)} of {len(facts)} facts seen"


def protection_words(library: Library, study: Study) -> str:
    """All facts of a trial by their answer, and what others judged; facts not seen are named as such."""
    facts = facts_of(library, study.study_id)
    answers = dict.fromkeys(answer_words(known) for known in facts)
    ordered = sorted(answers, key=lambda answer: answer == NOT_SEEN)
    told = [
        f"{_upper(answer)}: {_asked(known for known in facts if answer_words(known) == answer)}" for answer in ordered
    ]
    judged = overall_words(library, study)
    return " ".join(f"{part}." for part in told) + (f" Judged by others: {judged}." if judged else "")


def _asked(facts: Iterable[Known]) -> str:
    return "; ".join(_lower(QUESTION[known.fact]) + (f" ({OURS})" if known.inferred else "") for known in facts)


def seen_words(library: Library, study: Study) -> str:
    """The facts of a trial that were seen, each with its value; empty where there are none."""
    seen_facts = [known for known in facts_of(library, study.study_id) if known.statements]
    told = "; ".join(f"{_lower(QUESTION[known.fact])}: {_with_value(known)}" for known in seen_facts)
    return f"{_upper(told)}." if told else ""


def _with_value(known: Known) -> str:
    values = dict.fromkeys(statement.value for statement in known.statements if statement.value)
    inner = [*values, *([OURS] if known.inferred else [])]
    return answer_words(known) + (f" ({', '.join(inner)})" if inner else "")


def _lower(text: str) -> str:
    return text[0].lower() + text[1:]


def who(judgement: TrialJudgement) -> str:
    """``Hauser 2016``."""
    return f"{judgement.judged_by} {judgement.year}" if judgement.year else judgement.judged_by


def judged_words(judgement: TrialJudgement) -> str:
    """``10 of 10``, ``high risk of bias``."""
    if judgement.score is None or judgement.max_score is None:
        return _JUDGEMENT[judgement.judgement]
    return f"{trim(judgement.score)} of {trim(judgement.max_score)}"


def overall_words(library: Library, study: Study) -> str:
    """The judgements of a trial as a whole, each with who made it; empty where none was seen."""
    own = overall(judgements_of(library, study.study_id))
    return "; ".join(f"{judged_words(judgement)} ({who(judgement)})" for judgement in own)


def judgement_box(title: str, judgement: TrialJudgement) -> Box:
    """One judgement with who made it, with what, and what binds them to the trial."""
    parts = (f"{judgement.tool}, by {who(judgement)}.", judgement.ties, judgement.note)
    return Box(title, judged_words(judgement), " ".join(part for part in parts if part))


def items_box(title: str, items: list[TrialJudgement]) -> Box:
    """The judgements of single domains by one judge, the same answers together."""
    answers = dict.fromkeys(judged_words(item) for item in items)
    told = "; ".join(
        f"{answer}: {listing(item.domain for item in items if judged_words(item) == answer)}" for answer in answers
    )
    notes = " ".join(dict.fromkeys(f"{_domain(item)}{item.note}" for item in items if item.note))
    ties = items[0].ties or ""
    text = " ".join(part for part in (f"{items[0].tool}, by {who(items[0])}. {_upper(told)}.", ties, notes) if part)
    return Box(title, count(len(items), "single item"), text)


def _domain(item: TrialJudgement) -> str:
    return "" if (item.note or "").startswith("Taken over") else f"On {item.domain}: "


def _upper(text: str) -> str:
    return text[0].upper() + text[1:]
