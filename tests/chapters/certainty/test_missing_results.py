"""What is missing of each trial, and the size that a better one needs."""

import pytest
from scipy.stats import norm
from statsmodels.stats.power import NormalIndPower
from statsmodels.stats.proportion import proportion_effectsize

from prolo_dash.chapters.certainty.missing_results import VIEW, MissingResultsState, facts, render, sentence
from prolo_dash.evidence.comparison import Completeness
from prolo_dash.evidence.library import library

Z = norm.ppf(0.975)


def compared(files, study):
    """How many were in the groups that are compared: all of a trial, but for a third group."""
    arms = [arm for arm in files.table("arms") if arm["study_id"] == study["study_id"]]
    two = [arm for arm in arms if arm["role"] in ("intervention", "control")]
    if len(two) == len(arms):
        return int(study["n_analysed"] or study["n_randomised"] or 0)
    sizes = [int(arm["n_randomised"] or 0) for arm in two]
    return sum(sizes) if all(sizes) else 0


def test_each_trial_is_counted_once_by_what_was_seen(files):
    for group in files.groups:
        known = facts(library(), MissingResultsState(conditions=(group,)))
        own = {s["study_id"]: s for s in files.studies[group]}
        assert [t.study.study_id for t in known.trials] == list(own)
        full = {t.study.study_id for t in known.by_completeness[Completeness.COMPLETE]}
        assert full == own.keys() & files.computable
        sizes = [compared(files, s) for key, s in own.items() if key in files.controlled]
        assert (known.largest.compared if known.largest else 0) == max(sizes, default=0)


def test_sentence_and_table_tell_the_facts():
    for state in VIEW.states(library()):
        if not state.conditions:
            continue
        known, shown = facts(library(), state), render(library(), state)
        assert [(row.key, row.cells[1].text) for row in shown.table.rows] == [
            (level.name.lower(), str(len(own))) for level, own in known.by_completeness.items()
        ]
        full = len(known.by_completeness[Completeness.COMPLETE])
        assert len(known.trials) == 1 or f"For **{full} of {len(known.trials)} trials**" in sentence(known)
        assert (known.largest is not None) == ("The largest shown" in shown.sentence)
        assert f"about **{known.needed:,} people in each group**, {2 * known.needed:,} in all" in shown.sentence
        assert shown.chain[0].strong == f"{2 * known.needed:,} people"


def test_a_third_group_does_not_make_a_trial_large():
    largest = facts(library(), MissingResultsState(conditions=("lateral_elbow_tendon",))).largest
    assert (largest.trial, largest.compared) == ("Keijsers 2024", 112)


def test_a_better_trial_has_the_size_of_fleiss_and_grows_as_the_difference_shrinks(by_tables):
    """40 in 100 after the control injection; with the correction of Fleiss, Tytun and Ury 1980."""
    sizes = []
    for percent in range(5, 45, 5):
        sizes.append(facts(library(), MissingResultsState(conditions=("tendons",), difference=percent)).needed)
        p0, d = 0.4, percent / 100
        middle, p1 = p0 + d / 2, p0 + d
        root = Z * (2 * middle * (1 - middle)) ** 0.5 + norm.ppf(0.8) * (p0 * (1 - p0) + p1 * (1 - p1)) ** 0.5
        n = (root / d) ** 2
        assert 0 <= sizes[-1] - n / 4 * (1 + (1 + 4 / (n * d)) ** 0.5) ** 2 < 1
        effect = proportion_effectsize(p1, p0)
        assert NormalIndPower().solve_power(effect, power=0.8, alpha=0.05) == pytest.approx(n, rel=0.03)
    assert sizes == sorted(sizes, reverse=True)
    assert sizes[0] / sizes[3] > 12  # a quarter of the difference: nearly 16 times the people
    assert by_tables(0.8, sizes[-1], 0.4, sizes[-1])[0] == pytest.approx(0.8, abs=0.03)  # Fisher's test, all tables
