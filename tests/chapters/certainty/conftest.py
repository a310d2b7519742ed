"""The evidence of this chapter by hand: CSV files joined without the project's code, and tests worked out by scipy."""

from functools import cache
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest
from scipy.stats import binom, fisher_exact

from prolo_dash.evidence.library import library

PROLO, CONTROL = "intervention", "control"


@pytest.fixture(scope="session")
def frozen():
    """The library of the frozen evidence."""
    return library(Path(__file__).parents[2] / "frozen")


@pytest.fixture(scope="session")
def files(table):
    """The files of the evidence that is shown."""
    return joined(table)


@pytest.fixture(scope="session")
def frozen_files(frozen_table):
    """The files of the frozen evidence."""
    return joined(frozen_table)


def full(result):
    return result["n"] and (result["events"] or (result["mean"] and (result["sd"] or result["se"] or result["ci_low"])))


def joined(table):
    """The CSV files joined: groups of trials, results after the start by outcome and role, counts, full figures."""
    group_of = {c["condition_id"]: c["group_id"] or c["condition_id"] for c in table("conditions")}
    role = {(a["study_id"], a["arm_id"]): a["role"] for a in table("arms")}
    roles = {s: {found for (study, _), found in role.items() if study == s} for s, _ in role}
    swapped, switched = (
        {f["outcome_id"] for f in table("flags") if f["kind"] == kind} for kind in ("arms_swapped", "not_as_randomised")
    )
    outcomes = {o["outcome_id"]: o for o in table("outcomes") if o["weeks"] != "0" and o["outcome_id"] not in swapped}
    results, counts, computable = {}, {}, set()
    for r in table("results"):
        if outcome := outcomes.get(r["outcome_id"]):
            kind = role[outcome["study_id"], r["arm_id"]]
            results.setdefault(r["outcome_id"], {PROLO: [], CONTROL: []}).setdefault(kind, []).append(r)
    for key, own in results.items():
        both = [(one, zero) for one in own[PROLO] for zero in own[CONTROL] if one["events"] and zero["events"]]
        counts |= {f"{key}.{a['arm_id']}": [int(g[k]) for g in (a, b) for k in ("events", "n")] for a, b in both}
        # An interval against the control injection or, without one, the next best group.
        study, order = outcomes[key]["study_id"], (CONTROL, "untreated", "other")
        versus = next((kind for kind in order if kind in roles[study]), None)
        if any(map(full, own[PROLO])) and any(map(full, own.get(versus, ()))):
            computable.add(study)
    studies = {key: [] for key in group_of}
    for s in table("studies"):
        if s["design"] != "survey":
            for key in {s["condition"], group_of[s["condition"]]}:
                studies[key].append(s)
    groups = sorted(set(group_of.values()))
    found = SimpleNamespace(table=table, role=role, outcomes=outcomes, results=results, counts=counts, studies=studies)
    found.controlled, found.computable, found.switched = {s for s in roles if CONTROL in roles[s]}, computable, switched
    found.groups = groups
    return found


@cache
def fisher_p(a, m, b, n):
    return fisher_exact([[a, m - a], [b, n - b]]).pvalue


@cache
def called_significant(m, n):
    return np.array([[fisher_p(a, m, b, n) < 0.05 for b in range(n + 1)] for a in range(m + 1)])


def all_tables(p1, m, p0, n):
    a, b = np.arange(m + 1), np.arange(n + 1)
    weight = np.outer(binom.pmf(a, m, p1), binom.pmf(b, n, p0)) * called_significant(m, n)
    return weight.sum(), (weight * np.abs(np.subtract.outer(a / m, b / n))).sum() / weight.sum()


@pytest.fixture(scope="session")
def fisher():
    """The p-value of Fisher's test of a of m against b of n."""
    return fisher_p


@pytest.fixture(scope="session")
def by_tables():
    """Probability of a significant table under two true shares, and the mean size of the difference in such tables."""
    return all_tables
