"""Checks: the right answer is one of those on offer, each says why, and the two of a pair stand around a lesson."""

from collections import defaultdict
from collections.abc import Iterator

from prolo_dash.evidence.rules.base import Findings, Problem, Row, Rule, Tables, for_each, quote

LETTERS = ("a", "b", "c", "d")


def _answers(row: Row) -> Findings:
    if not row[f"answer_{row['correct']}"]:
        yield "correct", f"there is no answer {quote(row['correct'])}", "name the letter of an answer that is there"
    for letter in LETTERS:
        if bool(row[f"answer_{letter}"]) != bool(row[f"why_{letter}"]):
            yield (
                f"why_{letter}",
                f"answer {quote(letter)} and its reason go together",
                "fill both or none",
            )
    said = [row[f"answer_{letter}"] for letter in LETTERS if row[f"answer_{letter}"]]
    if len(set(said)) < len(said):
        yield "question", "two answers are the same", "change one of them"


def _pairs(tables: Tables) -> Iterator[Problem]:
    found: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in tables["checks"].rows:
        found[row["lesson"], row["pair"]].append(row)
    for (_, pair), own in found.items():
        if sorted(row["time"] for row in own) != ["after", "before"]:
            wrong = f"the pair {quote(pair)} has not one question before the lesson and one after it"
            yield tables["checks"].problem(own[0], "pair", wrong, "add what is missing, or name another pair")


RULES = (
    Rule("A check can be answered.", ("checks",), for_each("checks", _answers)),
    Rule("Checks stand in pairs.", ("checks",), _pairs),
)
