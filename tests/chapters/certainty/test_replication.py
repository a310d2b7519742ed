"""Repeats of a trial agree with all possible tables and with the noncentral t distribution."""

import numpy as np
import pytest
from scipy.stats import nct, t

from prolo_dash.chapters.certainty.replication import VIEW, ReplicationState, facts, render
from prolo_dash.evidence.library import library
from prolo_dash.kit.replication import sentence

TRUTHS = {"none": 0.0, "half": 0.5, "own": 1.0}
each_truth = pytest.mark.parametrize("truth", TRUTHS)


def agrees(known, share):
    """The calculation to the last digit, the repeats to four standard errors."""
    return (
        abs(known.by_calculation - 1000 * share) <= 0.51
        and abs(known.significant - 1000 * share) <= 4 * (1000 * share * (1 - share)) ** 0.5 + 2
    )


@each_truth
def test_repeats_of_counts_agree_with_all_possible_tables(truth, files, by_tables):
    trials = {key: own for key, own in files.counts.items() if key.split(".")[0] not in files.switched}
    assert len(trials) >= 5
    for key, (a, m, b, n) in trials.items():
        true = TRUTHS[truth] * (a / m - b / n)
        share, size = by_tables(b / n + true, m, b / n, n)
        known = facts(library(), ReplicationState(trial=key, truth=truth))
        assert known.true_difference == pytest.approx(true)
        assert agrees(known, share)
        assert truth != "none" or share < 0.05, "Fisher's test keeps false alarms under 5 in 100"
        assert known.exaggeration is None or known.exaggeration == pytest.approx(size / true, rel=0.1, abs=0.02)


def welch(one, zero):
    """Difference, its standard error and Satterthwaite's degrees of freedom, from printed means and spreads."""
    n = np.array([int(r["n"]) for r in (one, zero)])
    parts = np.array([float(r["se"]) ** 2 if r["se"] else float(r["sd"]) ** 2 / int(r["n"]) for r in (one, zero)])
    df = parts.sum() ** 2 / (parts**2 / (n - 1)).sum()
    return float(one["mean"]) - float(zero["mean"]), parts.sum() ** 0.5, df


@each_truth
def test_repeats_of_scores_agree_with_the_noncentral_t_distribution(truth, files):
    scores = [s for s in VIEW.states(library()) if s.truth == truth and s.trial not in files.counts]
    assert len(scores) > 20
    for state in scores:
        own = files.results[state.trial.split(".")[0]]
        difference, se, df = welch(own["intervention"][0], own["control"][0])
        middle, edge = TRUTHS[truth] * difference / se, t.ppf(0.975, df)
        known = facts(library(), state)
        assert abs(known.true_difference) == pytest.approx(abs(TRUTHS[truth] * difference))
        assert agrees(known, nct.sf(edge, df, middle) + nct.cdf(-edge, df, middle))


def test_bars_add_up_to_the_repeats_and_their_marks_to_those_called_significant():
    pictures, states = set(), list(VIEW.states(library()))
    for state in states:
        known = facts(library(), state)
        assert sum(b.count for b in known.bins) == 1000
        assert sum(b.significant for b in known.bins) == known.significant
        assert (known.exaggeration is None) == (state.truth == "none")
        few = known.exaggeration is not None and known.by_calculation <= 500
        assert not few or known.exaggeration > 1, "where few are significant, those exaggerate"
        pictures.add((state.truth, known.bins))
    assert len(pictures) == len(states), "each trial has luck of its own"
    assert facts(library(), states[-1]) == known, "the same choice gives the same picture"


def test_how_to_read_says_how_far_a_count_of_repeats_is_off_what_was_worked_out():
    """Two standard errors of a count of 1,000 are at most 2 x (1000 x 0.5 x 0.5)^0.5 = 31.6; 95 in 100 lie within."""
    states = list(VIEW.states(library()))
    known = [facts(library(), state) for state in states]
    within = [abs(one.significant - one.by_calculation) <= 30 for one in known]
    assert sum(within) >= 0.9 * len(within)
    assert any(one.significant != one.by_calculation for one in known)
    assert all("mostly up to 30 off" in " ".join(render(library(), state).how_to_read) for state in states[:3])


def test_sentence_and_table_tell_the_facts():
    for state in VIEW.states(library()):
        known, shown = facts(library(), state), render(library(), state)
        assert f"then **{known.significant:,} of 1,000** repeats" in sentence(known) == shown.sentence
        assert f"by calculation {known.by_calculation:,} of each 1,000 in endless repeats." in shown.sentence
        assert ("false alarm" in shown.sentence) == (state.truth == "none")
        assert [(row.key, row.cells[1].text, row.cells[2].text) for row in shown.table.rows] == [
            (b.key, str(b.count), str(b.significant)) for b in known.bins
        ]
