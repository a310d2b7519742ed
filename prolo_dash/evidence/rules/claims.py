"""Every paragraph of the article has a claim; a claim's trials and outcomes exist, and so do claims that rows name."""

from collections.abc import Callable, Iterator

from prolo_dash.evidence.rules.base import Findings, Problem, Row, Rule, Tables, for_each, index, number, quote


def paragraph_problems(tables: Tables, paragraphs: int) -> Iterator[Problem]:
    """Each of the article's paragraphs has a claim, and no claim has a higher paragraph number."""
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


def _named_in(name: str) -> Callable[[Tables], Iterator[Problem]]:
    """The claims that rows of a table name must exist."""

    def broken(tables: Tables) -> Iterator[Problem]:
        claims = index(tables["claims"], "claim_id")
        for row in tables[name].rows:
            for claim in filter(None, row["claim_ids"].split(";")):
                if (claim,) not in claims:
                    wrong = f"{quote(claim)} is not in claims.csv"
                    yield tables[name].problem(row, "claim_ids", wrong, "add it there or correct the spelling")

    return broken


def _told_positions(tables: Tables) -> Iterator[Problem]:
    words = {row["position"] for row in tables["positions"].rows} | {"does_not_recommend", "allows", "recommends"}
    for row in tables["positions"].rows:
        claims, told = row["claim_ids"].split(";"), row["told_as"].split(";")
        if len(claims) != len(told) or bool(claims[0]) != bool(told[0]):
            wrong = f"claim_ids has {len(claims)} and told_as {len(told)} or none"
            yield tables["positions"].problem(row, "told_as", wrong, "write one word for each claim")
        for word in filter(None, told):
            if word not in words:
                wrong = f"{quote(word)} is no word of the column position"
                yield tables["positions"].problem(row, "told_as", wrong, "write one of these words")


def _teller_of_a_price(row: Row) -> Findings:
    if bool(row["source_id"]) == bool(row["claim_id"]):
        wrong = "a price comes from a source or from the article, and here it is " + (
            "both" if row["claim_id"] else "none"
        )
        yield "source_id", wrong, "fill in source_id, or claim_id where the article tells it"


RULES = (
    Rule("A claim's trials and outcomes are in the package.", ("claims", "studies", "outcomes"), _trials),
    *(
        Rule(f"Claims that {name}.csv names exist.", ("claims", name), _named_in(name))
        for name in ("harms", "harm_reports", "positions")
    ),
    Rule("An organisation's position has a word in told_as for each of its claims.", ("positions",), _told_positions),
    Rule("A price comes from a source or from the article.", ("prices",), for_each("prices", _teller_of_a_price)),
)
