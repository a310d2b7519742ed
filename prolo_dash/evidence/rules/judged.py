"""Judgements, reviews and registrations: rules that a table schema can't express."""

from collections.abc import Callable, Iterator

from prolo_dash.evidence.judged_records import ACROSS
from prolo_dash.evidence.rules.base import Findings, Problem, Row, Rule, Tables, arms_by_id, number, quote


def _for_each(name: str, find: Callable[[Row, Tables], Findings]) -> Callable[[Tables], Iterator[Problem]]:
    """Apply a check to each row of one table, given the other tables."""

    def broken(tables: Tables) -> Iterator[Problem]:
        for row in tables[name].rows:
            for column, wrong, right in find(row, tables):
                yield tables[name].problem(row, column, wrong, right)

    return broken


def _judgement(row: Row, _: Tables) -> Findings:
    score, most = number(row["score"]), number(row["max_score"])
    scored = row["judgement"] == "score"
    if [score is not None, most is not None] != [scored, scored]:
        yield "judgement", "a score and its points go together", "write score with score and max_score, or leave all"
    elif score is not None and most is not None and score > most:
        yield "score", f"{row['score']} of {row['max_score']} can't be", "write at most max_score"
    if row["inferred"] == "yes" and not row["note"]:
        yield "note", "what is worked out by us says how", "write in the note what was read"


def _fact(row: Row, tables: Tables) -> Findings:
    if row["inferred"] == "no" and not (row["words"] or row["value"] or row["note"]):
        yield "words", "a fact has the words that were read", "write them or mark it as worked out by us"
    if row["inferred"] == "yes" and not (row["words"] or row["note"]):
        yield "note", "what is worked out by us says how", "write in the note what it was worked out from"
    if row["percent"] and row["fact"] != "lost_percent":
        yield "percent", "only a share lost is a percentage here", "leave the cell empty"
    elif row["percent"] and f"{row['percent']}%" not in row["value"]:
        yield (
            "percent",
            f"{row['percent']}% does not stand in value",
            "write the share that value gives, or none",
        )
    if row["arm_ids"] and (row["fact"], row["answer"]) != ("blinded_participants", "partly"):
        yield "arm_ids", "only people blinded in part need arms", "leave the cell empty"
    arms = arms_by_id(tables)
    for arm in filter(None, row["arm_ids"].split(";")):
        if (row["study_id"], arm) not in arms:
            yield "arm_ids", f"{quote(arm)} is no arm of {row['study_id']}", "write its arm_id as in arms.csv"


def _review(row: Row, tables: Tables) -> Findings:
    for key in filter(None, row["conditions"].split(";")):
        if key != ACROSS and key not in _conditions(tables):
            yield "conditions", f"{quote(key)} is not in conditions.csv", "correct the spelling or leave it empty"
    low, high, middle = number(row["ci_low"]), number(row["ci_high"]), number(row["estimate"])
    given = [row[column] for column in ("measure", "estimate", "ci_low", "ci_high", "sign")]
    if any(given) and not all(given):
        right = "fill in all of them or none"
        yield "estimate", "measure, estimate, limits and sign go together", right
    if low is not None and high is not None and middle is not None and not low <= middle <= high:
        wrong = f"{row['estimate']} lies outside its interval {row['ci_low']} to {row['ci_high']}"
        yield "estimate", wrong, "correct the figures"
    if middle is not None and row["estimate"].lstrip("-") not in row["printed"]:
        yield "estimate", f"{row['estimate']} does not stand in printed", "write the printed value"


def _registration(row: Row, tables: Tables) -> Findings:
    known = {study["study_id"] for study in tables["studies"].rows}
    for study in filter(None, row["study_ids"].split(";")):
        if study not in known:
            wrong = f"{quote(study)} is not in studies.csv"
            yield "study_ids", wrong, "add it there or correct the spelling"
    if row["condition"] and row["condition"] not in _conditions(tables):
        wrong = f"{quote(row['condition'])} is not in conditions.csv"
        yield "condition", wrong, "correct the spelling or leave it empty"
    if row["rebuilt"] == "yes" and not (row["registry_id"] and row["url"]):
        yield "rebuilt", "an address is made from a number", "write registry_id and url, or no"
    if row["what_became"] and row["kind"] != "unpublished":
        yield "what_became", "only a trial without a paper has it", "leave the cell empty"


def _conditions(tables: Tables) -> set[str]:
    return {row["condition_id"] for row in tables["conditions"].rows}


RULES = (
    Rule("A judgement is a word or a score.", ("trial_quality",), _for_each("trial_quality", _judgement)),
    Rule("A fact quotes the words that were read.", ("trial_facts", "arms"), _for_each("trial_facts", _fact)),
    Rule("A review's pooled value is possible.", ("reviews", "conditions"), _for_each("reviews", _review)),
    Rule(
        "A registration is of known studies.",
        ("registrations", "studies", "conditions"),
        _for_each("registrations", _registration),
    ),
)
