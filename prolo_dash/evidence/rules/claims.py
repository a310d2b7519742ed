"""Every paragraph of the article is told, and a claim's trials and outcomes are there."""

from collections.abc import Iterator

from prolo_dash.evidence.rules.base import Problem, Rule, Tables, index, number, quote


def paragraph_problems(tables: Tables, paragraphs: int) -> Iterator[Problem]:
    """Each paragraph of the article, which has so many, has a claim, and no claim stands in a later one."""
    if "claims" not in tables or not tables["claims"].whole:
        return
    told = {number(row["paragraph"]) for row in tables["claims"].rows}
    for paragraph in range(1, paragraphs + 1):
        if paragraph not in told:
            wrong = f"paragraph {paragraph} of the article has no claim"
            yield Problem("claims.csv", None, "paragraph", wrong, "add a row for it")
    for row in tables["claims"].rows:
        if (number(row["paragraph"]) or 0) > paragraphs:
            wrong = f"{quote(row['paragraph'])} is above {paragraphs}"
            yield tables["claims"].problem(row, "paragraph", wrong, f"write {paragraphs} or less")


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


RULES = (Rule("A claim's trials and outcomes are in the package.", ("claims", "studies", "outcomes"), _trials),)
