"""Rules of the evidence package that a table schema can't say: they look at several columns or several files.

Each rule holds for every honest row: figures that are printed against one pass with a flag, which a reader sees.
"""

from collections.abc import Iterator

from prolo_dash.evidence.rules import (
    averages,
    claims,
    conditions,
    contrasts,
    counts,
    defaults,
    directions,
    groups,
    intervals,
    judged,
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

# The first rule that a cell breaks is the one that is told.
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
    *sources.RULES,
    *judged.RULES,
    *thresholds.RULES,
)


def broken_rules(tables: Tables) -> Iterator[Problem]:
    """Every rule that is broken, of those whose tables can be read in full."""
    for rule in RULES:
        if all(name in tables and tables[name].whole for name in rule.tables):
            yield from rule.broken(tables)
