"""Rules that a table schema can't express, because they look at several columns or files.

Figures that a paper prints against a rule pass with a flag, which readers see.
"""

from collections.abc import Iterator

from prolo_dash.evidence.rules import (
    averages,
    checks,
    claims,
    conditions,
    contrasts,
    counts,
    defaults,
    directions,
    groups,
    intervals,
    judged,
    lesson_rows,
    names,
    outcomes,
    predictions,
    sources,
    thresholds,
)
from prolo_dash.evidence.rules.base import Problem, Row, Rule, Table, Tables, number, one_line, quote
from prolo_dash.evidence.rules.claims import paragraph_problems

__all__ = [
    "RULES",
    "Problem",
    "Row",
    "Rule",
    "Table",
    "Tables",
    "broken_rules",
    "number",
    "one_line",
    "paragraph_problems",
    "quote",
]

# Of the rules that a cell breaks, only the first is reported.
RULES: tuple[Rule, ...] = (
    *conditions.RULES,
    *groups.RULES,
    *counts.RULES,
    *averages.RULES,
    *intervals.RULES,
    *contrasts.RULES,
    *directions.RULES,
    *outcomes.RULES,
    *claims.RULES,
    *defaults.RULES,
    *predictions.RULES,
    *lesson_rows.RULES,
    *checks.RULES,
    *sources.RULES,
    *names.RULES,
    *judged.RULES,
    *thresholds.RULES,
)


def broken_rules(tables: Tables) -> Iterator[Problem]:
    """Every rule that is broken, of those whose tables can be read in full."""
    for rule in RULES:
        if all(name in tables and tables[name].whole for name in rule.tables):
            yield from rule.broken(tables)
