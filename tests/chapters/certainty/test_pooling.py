"""Pooled numbers are those of another calculation, and nothing is pooled unasked."""

from dataclasses import replace

import numpy as np
import pytest
from scipy.optimize import minimize_scalar
from scipy.stats import norm, t
from statsmodels.stats.meta_analysis import effectsize_smd
from statsmodels.stats.proportion import confint_proportions_2indep

from prolo_dash.chapters.certainty.pooling.facts import PoolingState, facts
from prolo_dash.chapters.certainty.pooling.view import VIEW, render
from prolo_dash.chapters.certainty.pooling.words import sentence
from prolo_dash.evidence.library import Library, library
from prolo_dash.evidence.pooling import pooling_sets
from prolo_dash.evidence.records import Flag
from prolo_dash.kit.scales import scale_of

# Sets of the frozen evidence.
SETS = ("knee_osteoarthritis-pain", "knee_osteoarthritis-function", "low_back_pain-better", "low_back_pain-pain")
Z = norm.ppf(0.975)
each_set = pytest.mark.parametrize("key", SETS)


def triple(estimate):
    return [estimate.value, estimate.low, estimate.high]


def interval(files, key):
    """A trial's difference with its interval: Newcombe, Hedges' g, Welch, or as printed; higher = better."""
    outcome = key.split(".")[0]
    if key in files.counts:
        a, m, b, n = files.counts[key]
        limits = confint_proportions_2indep(a, m, b, n, method="newcomb", compare="diff")
        return [100 * x for x in (a / m - b / n, *limits)]
    (one,), (zero,) = files.results[outcome]["intervention"], files.results[outcome]["control"]
    if one["sd"]:  # in these trials lower scores are better
        groups = [float(r[part]) for r in (zero, one) for part in ("mean", "sd", "n")]
        g, variance = effectsize_smd(*groups)
        return [g + step * Z * variance**0.5 for step in (0, -1, 1)]
    if one["se"]:
        n = np.array([int(r["n"]) for r in (one, zero)])
        parts = np.array([float(r["se"]) ** 2 for r in (one, zero)])
        df = parts.sum() ** 2 / (parts**2 / (n - 1)).sum()
        difference = float(one["mean"]) - float(zero["mean"])
        return [difference + step * t.ppf(0.975, df) * parts.sum() ** 0.5 for step in (0, -1, 1)]
    (row,) = [c for c in files.table("contrasts") if c["outcome_id"] == outcome]
    return [float(row["sign"]) * float(row[part]) for part in ("estimate", "ci_high", "ci_low")]


def together(trials):
    """Average and prediction: REML by trying, Hartung and Knapp's interval, k - 1 degrees of freedom; weights."""
    y, low, high = np.array(list(trials)).T
    v, k = ((high - low) / (2 * Z)) ** 2, len(y)

    def unlikely(tau2):
        w = 1 / (v + tau2)
        return -np.log(w).sum() + np.log(w.sum()) + (w * (y - w @ y / w.sum()) ** 2).sum()

    best = minimize_scalar(unlikely, bounds=(0, 10 * np.ptp(y) ** 2), method="bounded", options={"xatol": 1e-10}).x
    tau2 = best if unlikely(best) < unlikely(0.0) else 0.0
    w = 1 / (v + tau2)
    middle = w @ y / w.sum()
    variance = (w * (y - middle) ** 2).sum() / (k - 1) / w.sum()
    halves = [t.ppf(0.975, k - 1) * x**0.5 for x in (variance, variance + tau2)]
    return *([middle, middle - half, middle + half] for half in halves), w / w.sum()


@each_set
def test_pooled_numbers_are_those_of_another_calculation(key, frozen, frozen_files):
    chosen = facts(frozen, PoolingState(pool=key)).chosen
    by_hand = [interval(frozen_files, trial.comparison.comparison_id) for trial in chosen.trials]
    average, prediction, weights = together(by_hand)
    near = {"rel": 0.004, "abs": 0.004}
    assert [triple(trial.difference) for trial in chosen.trials] == [pytest.approx(own, **near) for own in by_hand]
    assert triple(chosen.pooled.estimate) == pytest.approx(average, **near)
    assert triple(chosen.pooled.prediction) == pytest.approx(prediction, **near)
    assert [trial.weight for trial in chosen.trials] == pytest.approx(weights, abs=0.004)
    # Of two, one is left.
    assert [trial.without for trial in chosen.trials] == [trial.difference for trial in reversed(chosen.trials)]


@each_set
def test_sentence_and_table_tell_the_facts(key, frozen):
    state = PoolingState(pool=key)
    chosen, shown = facts(frozen, state).chosen, render(frozen, state)
    ids = [trial.comparison.comparison_id for trial in chosen.trials]
    assert [row.key for row in shown.table.rows] == [*ids, "average", "prediction", *(f"without.{i}" for i in ids)]
    average = next(row for row in shown.table.rows if row.key == "average")
    assert f"on average **{average.cells[2].text}**" in shown.sentence or average.cells[2].note
    assert len(shown.listed) == len(chosen.left_out)


@each_set
def test_an_interval_that_lucky_agreement_made_narrow_never_stands_without_the_plain_one(key, frozen, frozen_files):
    known = facts(frozen, PoolingState(pool=key))
    y, low, high = np.array([interval(frozen_files, one.comparison.comparison_id) for one in known.chosen.trials]).T
    errors = (high - low) / (2 * Z)
    # Two results at most as far apart as their errors make them: no variance between trials, weights 1 / error^2.
    w = 1 / errors**2
    middle = w @ y / w.sum()
    factor = w @ (y - middle) ** 2
    assert known.chosen.too_close == ("gives a narrower range" in sentence(known)) == (factor < 0.9)
    if factor < 0.9:
        half = t.ppf(0.975, 1) / w.sum() ** 0.5
        assert triple(known.chosen.pooled.plain) == pytest.approx([middle, middle - half, middle + half], abs=0.06)


def test_of_two_intervals_the_wider_leads_in_sentence_chart_table_and_alt(frozen):
    """Knee function: 10.8 (1.1 to 20.5) and 9.6 (1.4 to 17.7), whose standard errors are 4.95 and 4.16.

    Their weights are 1 / 24.5 and 1 / 17.3, so the plain standard error is 3.18; with t = 12.71 at one degree of
    freedom the average of 10.1 lies between -30.4 and 50.6. Hartung and Knapp's interval goes from 2.3 to 17.8.
    """
    shown = render(frozen, PoolingState(pool="knee_osteoarthritis-function"))
    wider = "10.1 (−30.4 to 50.6)"
    assert f"on average **{wider}** points" in shown.sentence
    assert shown.sentence.index(wider) < shown.sentence.index("a narrower range, 2.3 to 17.8")
    assert {row.key: row.cells[2].text for row in shown.table.rows}["average"] == wider
    assert wider in shown.alt
    assert "17.8" not in shown.alt
    diamonds = shown.chart.panels[0].marks[1].marks
    average = next(mark for mark in diamonds if mark.key == "average")
    assert (average.estimate.low, average.estimate.high) == pytest.approx((-30.4, 50.6), abs=0.06)


def test_a_trial_that_stands_with_another_result_than_elsewhere_names_both(frozen):
    """Rabago 2013, knee score at week 52: 15.32 - 7.59 = 7.7 (-1.8 to 17.2, Welch); daily function is pooled."""
    shown = render(frozen, PoolingState(pool="knee_osteoarthritis-function"))
    other = "; elsewhere on the page its main one, knee score (WOMAC): 7.7 (−1.8 to 17.2)"
    rows = {row.key: row.cells[1].text for row in shown.table.rows}
    assert [key for key, detail in rows.items() if "elsewhere" in detail] == ["rabago2013_womacfunction_52w.dextrose"]
    assert rows["rabago2013_womacfunction_52w.dextrose"].endswith(other)
    assert any(label.detail.endswith(other) for label in shown.chart.panels[0].rows)
    assert any("ask about other things" in line for line in shown.how_to_read)


@each_set
def test_the_interval_shown_is_never_the_narrower_one(key, frozen):
    pooled = facts(frozen, PoolingState(pool=key)).chosen.pooled
    for shown, others in (
        (pooled.wider, (pooled.estimate, pooled.plain)),
        (pooled.wider_prediction, (pooled.prediction, pooled.plain_prediction)),
    ):
        assert shown.high - shown.low == pytest.approx(max(one.high - one.low for one in others))


def test_an_interval_wider_than_the_whole_scale_is_too_uncertain_to_say(frozen):
    """Of 100 people, 100 more or 100 fewer can be better, so the scale is 200 wide; -116 to 190 is 306 wide."""
    for key in SETS:
        shown = render(frozen, PoolingState(pool=key))
        average = next(row for row in shown.table.rows if row.key == "average")
        silent = key == "low_back_pain-better"
        assert ("too uncertain to say" in shown.sentence) == ("too uncertain to say" in shown.alt) == silent
        assert average.cells[2].text in shown.sentence
    shown = render(frozen, PoolingState(pool="low_back_pain-better"))
    assert {row.key: row.cells[2].text for row in shown.table.rows}["average"] == "too uncertain to say"
    assert {row.key: row.cells[2].note for row in shown.table.rows}["average"] == "37 (−116 to 190)"
    assert any("wider than the whole scale" in line and "200" in line for line in shown.how_to_read)


@each_set
def test_pooled_are_trials_of_one_condition_as_randomised_and_the_rest_is_left_out(key, frozen, frozen_files):
    files, (category, domain) = frozen_files, key.split("-")
    chosen = facts(frozen, PoolingState(pool=key)).chosen
    outcomes = [trial.comparison.outcome.outcome_id for trial in chosen.trials]
    studies = {files.outcomes[o]["study_id"] for o in outcomes}
    own = {s["study_id"]: s["design"] for s in files.studies[category]}
    assert len(studies) == len(outcomes) == 2, "one result a trial"
    assert {own[study] for study in studies} == {"parallel_rct"}
    assert {files.outcomes[o]["domain"] for o in outcomes} == {domain}
    assert not files.switched & set(outcomes)
    measured = {files.outcomes[o]["study_id"] for o in files.results if files.outcomes[o]["domain"] == domain}
    expected = (measured & set(own) & files.controlled) - studies
    assert {study.study_id for study, _ in chosen.left_out} == expected


def test_figures_of_groups_that_chance_did_not_make_are_not_pooled(frozen):
    one = pooling_sets(frozen, scale_of)["low_back_pain-better"].comparisons[0]
    switched = Flag("switched", "not_as_randomised", one.study.study_id, one.outcome.outcome_id, None, "They switched.")
    changed = Library(replace(frozen.package, flags=(*frozen.package.flags, switched)))
    found = pooling_sets(changed, scale_of).get("low_back_pain-better")
    assert found is None or one.outcome not in [comparison.outcome for comparison in found.comparisons]


def test_nothing_is_pooled_unasked_and_all_conditions_never(frozen):
    asked = PoolingState(pool="all")
    assert sorted(s.pool for s in VIEW.states(library())) == sorted(["off", *pooling_sets(library(), scale_of)])
    assert set(pooling_sets(frozen, scale_of)) == set(SETS)
    usual = VIEW.default_state(library())
    assert VIEW.normalise(replace(usual, pool="all")) == usual
    assert facts(library(), usual).chosen is facts(library(), asked).chosen is None
    assert all(("pool", "all") in render(library(), state).unavailable for state in VIEW.states(library()))
    assert render(library(), usual).table.rows == ()
