"""Every paragraph of the article is told, and a claim's trials and outcomes are there."""

from collections.abc import Iterator

from prolo_dash.evidence.rules.base import Problem, Rule, Tables, index, number, quote

ARTICLE_PARAGRAPHS = 22


def _every_paragraph(tables: Tables) -> Iterator[Problem]:
    told = {number(row["paragraph"]) for row in tables["claims"].rows}
    for paragraph in range(1, ARTICLE_PARAGRAPHS + 1):
        if paragraph not in told:
            wrong = f"paragraph {paragraph} of the article has no claim"
            yield Problem("claims.csv", None, "paragraph", wrong, "add a row for it")


def _trials(tables: Tables) -> Iterator[Problem]:
    studies, outcomes = index(tables["studies"], "study_id"), index(tables["outcomes"], "outcome_id")
    for row in tables["claims"].rows:
        trials = [trial for trial in row["trial_ids"].split(";") if trial]
        for trial in trials:
            if (trial,) not in studies:
                wrong = f"{quote(trial)} is not in studies.csv"
                yield Problem("claims.csv", row.line, "trial_ids", wrong, "add it there or correct the spelling")
        for outcome_id in filter(None, row["outcome_ids"].split(";")):
            outcome = outcomes.get((outcome_id,))
            if outcome is None or outcome["study_id"] not in trials:
                wrong = f"{quote(outcome_id)} is not an outcome of a trial named in trial_ids"
                yield Problem("claims.csv", row.line, "outcome_ids", wrong, "name one of theirs")


RULES = (
    Rule("Each paragraph of the article has a claim.", ("claims",), _every_paragraph),
    Rule("A claim's trials and outcomes are in the package.", ("claims", "studies", "outcomes"), _trials),
)
