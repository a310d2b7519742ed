"""Pooled effects: metafor's printed results, an own maximisation of the likelihood, statsmodels, and by hand."""

import csv
import math
from pathlib import Path

import numpy as np
import pytest
import scipy.optimize
import scipy.stats
import statsmodels.api
from hypothesis import given, settings
from hypothesis import strategies as st
from statsmodels.stats.meta_analysis import combine_effects

from prolo_dash.stats import pooling
from prolo_dash.stats.effects import Z95, hedges_g
from prolo_dash.stats.pooling import leave_one_out, pool

REFERENCE = Path(__file__).parents[1] / "reference"
unhurried = settings(deadline=None)  # a busy machine is no reason to fail


def rows(name):
    with (REFERENCE / name).open(newline="") as file:
        return list(csv.DictReader(file))


def counts(row):
    return tuple(int(row[name]) for name in ("events1", "n1", "events0", "n0"))


def log_risk_ratio(a, n1, c, n0):
    return math.log(a / n1 / (c / n0)), 1 / a - 1 / n1 + 1 / c - 1 / n0


def risk_difference(a, n1, c, n0):
    p1, p0 = a / n1, c / n0
    return p1 - p0, p1 * (1 - p1) / n1 + p0 * (1 - p0) / n0


def hedges(m1, s1, n1, m0, s0, n0):
    g = hedges_g(m1, s1, n1, m0, s0, n0)
    return g.value, ((g.high - g.low) / (2 * Z95)) ** 2


def mean_difference(m1, s1, n1, m0, s0, n0):
    return m1 - m0, s1**2 / n1 + s0**2 / n0


def mean_difference_one_sd(m1, s1, n1, m0, s0, n0):
    shared = ((n1 - 1) * s1**2 + (n0 - 1) * s0**2) / (n1 + n0 - 2)
    return m1 - m0, shared / n1 + shared / n0


def normand(measure):
    groups = [
        (float(r["mean1"]), float(r["sd1"]), int(r["n1"]), float(r["mean0"]), float(r["sd0"]), int(r["n0"]))
        for r in rows("metafor_normand1999_smd.csv")
    ]
    return tuple(zip(*(measure(*group) for group in groups), strict=True))


def trials(example, measure):
    return tuple(zip(*(measure(r) for r in rows("metafor_trials.csv") if r["example"] == example), strict=True))


BCG = trials("bcg", lambda r: log_risk_ratio(*counts(r)))
EXAMPLES = {
    "bcg": BCG,
    **{f"bcg without {i + 1}": tuple(side[:i] + side[i + 1 :] for side in BCG) for i in range(13)},
    "hine1989": trials("hine1989", lambda r: risk_difference(*counts(r))),
    "raudenbush1985": trials("raudenbush1985", lambda r: (float(r["yi"]), float(r["vi"]))),
    "normand1999 smd": normand(hedges),
    "normand1999 smd first 4": tuple(side[:4] for side in normand(hedges)),
    "normand1999 md": normand(mean_difference),
    "normand1999 md pooled sd": normand(mean_difference_one_sd),
}

values = st.integers(-10_000, 10_000).map(lambda x: x / 100)
variances = st.floats(0.01, 100)
pairs = st.tuples(values, variances)
sets = st.lists(pairs, min_size=2, max_size=8)


def split(trials):
    return [value for value, _ in trials], [variance for _, variance in trials]


def limits(estimate):
    return estimate.low, estimate.high


def hartung_knapp_se(pooled):
    return (pooled.estimate.high - pooled.estimate.low) / 2 / scipy.stats.t.ppf(0.975, pooled.k - 1)


def quantity(pooled, name):
    if name.startswith("weight_"):
        return 100 * pooled.weights[int(name.split("_")[1]) - 1]
    return {
        "estimate": lambda: pooled.estimate.value,
        "low": lambda: pooled.estimate.low,
        "high": lambda: pooled.estimate.high,
        "prediction_low": lambda: pooled.prediction.low,
        "prediction_high": lambda: pooled.prediction.high,
        "se": lambda: hartung_knapp_se(pooled),
        "plain_se": lambda: hartung_knapp_se(pooled) / math.sqrt(pooled.widening),
        "tau2": lambda: pooled.tau2,
        "i2_percent": lambda: 100 * pooled.i2,
        "q": lambda: pooled.q,
    }[name]()


def restricted(tau2, y, v):
    """Restricted log likelihood in matrices, constants included."""
    y, x, covariance = np.array(y), np.ones((len(y), 1)), np.diag(np.array(v) + tau2)
    inverse = np.linalg.inv(covariance)
    information = x.T @ inverse @ x
    residual = y - (x @ np.linalg.solve(information, x.T @ inverse @ y)).ravel()
    determinants = np.linalg.slogdet(covariance)[1] + np.linalg.slogdet(information)[1]
    return -((len(y) - 1) * math.log(2 * math.pi) + determinants + residual @ inverse @ residual) / 2


def maximum(y, v):
    """The tau2 that maximises it: a scan, then Brent's method."""
    grid = np.concatenate([[0.0], np.geomspace(1e-6, 100, 400)]) * max(np.var(y, ddof=1), 1e-12)
    best = int(np.argmax([restricted(t, y, v) for t in grid]))
    if best == 0:
        return 0.0
    found = scipy.optimize.minimize_scalar(
        lambda t: -restricted(t, y, v), bracket=grid[best - 1 : best + 2], tol=1e-12, method="brent"
    )
    return found.x


# metafor


@pytest.mark.parametrize("row", rows("metafor_pooled.csv"), ids=lambda row: f"{row['example']}: {row['quantity']}")
def test_pooling_is_what_metafor_prints(row):
    # To 0.000001 of the value where metafor prints that many digits, else to half a unit of its last digit.
    found = quantity(pool(*EXAMPLES[row["example"]]), row["quantity"])
    printed = float(row["printed"])
    last_digit = 0.5000001 * 10.0 ** -len(row["printed"].partition(".")[2])
    assert found == pytest.approx(printed, rel=1e-6, abs=max(1e-6 if "bcg" in row["example"] else 0.0, last_digit))


@pytest.mark.parametrize("example", EXAMPLES)
def test_the_whole_answer_has_a_second_opinion(example):
    # tau2 by an own maximisation; the rest from statsmodels' weighted regression on a constant, whose standard error
    # is that of Hartung and Knapp.
    y, v = (np.array(side) for side in EXAMPLES[example])
    pooled, tau2 = pool(y, v), maximum(y, v)
    assert pooled.tau2 == pytest.approx(tau2, rel=1e-6, abs=1e-9)
    fit = statsmodels.api.WLS(y, np.ones(len(y)), weights=1 / (v + tau2)).fit()
    assert pooled.estimate.value == pytest.approx(fit.params[0], rel=1e-6)
    assert limits(pooled.estimate) == pytest.approx(tuple(fit.conf_int()[0]), rel=1e-6)
    quantile = scipy.stats.t.ppf(0.975, len(y) - 1)
    plain = quantile * math.sqrt(fit.normalized_cov_params[0, 0])
    assert limits(pooled.plain) == pytest.approx((fit.params[0] - plain, fit.params[0] + plain), rel=1e-6)
    half = quantile * math.sqrt(tau2 + fit.bse[0] ** 2)
    expected = fit.params[0] - half, fit.params[0] + half
    assert limits(pooled.prediction) == pytest.approx(expected, rel=1e-6)
    assert pooled.widening == pytest.approx(fit.scale, rel=1e-6)
    assert pooled.q == pytest.approx(combine_effects(y, v).q)


def test_leaving_out_follows_the_order_given():
    assert leave_one_out(*BCG) == tuple(pool(*EXAMPLES[f"bcg without {i}"]) for i in range(1, 14))


# By hand


def test_two_trials_by_hand():
    # 0 and 4, variances 1: tau2 = 4^2 / 2 - 1 = 7, weights 1/8 each; Q = (2^2 + 2^2) / 1 = 8; I2 = 7 / (7 + 1)
    # Hartung-Knapp factor (4 + 4) / 8 / 1 = 1, se = sqrt(1 / (2/8)) = 2; t with 1 degree of freedom = 12.7062
    pooled = pool([0, 4], [1, 1])
    assert (pooled.tau2, pooled.q, pooled.i2, pooled.widening) == pytest.approx((7, 8, 7 / 8, 1))
    assert (pooled.weights, pooled.k, pooled.method) == ((0.5, 0.5), 2, "REML")
    assert (pooled.estimate.value, *limits(pooled.estimate)) == pytest.approx((2, 2 - 25.4124, 2 + 25.4124), abs=1e-4)
    # sqrt(7 + 2^2) * 12.7062 = 42.1416
    assert limits(pooled.prediction) == pytest.approx((2 - 42.1417, 2 + 42.1417), abs=1e-4)


def test_three_trials_by_hand():
    # 1, 3, 5 with variance 1: the variance of the values is 4, so tau2 = 4 - 1 = 3; se = sqrt(4 / 3); t(2) = 4.30265
    pooled = pool([1, 3, 5], [1, 1, 1])
    assert (pooled.tau2, pooled.i2, pooled.q) == pytest.approx((3, 0.75, 8))
    assert pooled.estimate.high == pytest.approx(3 + 4.30265 * math.sqrt(4 / 3), abs=1e-4)
    assert pooled.prediction.high == pytest.approx(3 + 4.30265 * math.sqrt(3 + 4 / 3), abs=1e-4)


def test_trials_closer_than_chance_show_in_the_widening():
    # Hine 1989: Hartung-Knapp narrows the plain interval (0.0038 to 0.0551, metafor), and the factor says so.
    pooled = pool(*EXAMPLES["hine1989"])
    assert pooled.tau2 == 0
    assert pooled.widening == pytest.approx(0.8597 / 5, abs=1e-4)
    assert pooled.estimate.low > 0.0038
    assert pooled.estimate.high < 0.0551
    # That one takes z = 1.96; t with 5 degrees of freedom is 2.5706: half the width 0.02565 * 2.5706 / 1.96 = 0.03364
    assert pooled.plain.high - pooled.plain.value == pytest.approx(0.03364, abs=1e-4)
    assert limits(pooled.prediction) == limits(pooled.estimate)


def test_trials_that_agree_exactly_carry_no_interval():
    pooled = pool([0.3, 0.3, 0.3], [1, 2, 4])
    assert (pooled.estimate.value, pooled.tau2, pooled.q, pooled.i2, pooled.widening) == (0.3, 0, 0, 0, 0)
    assert not pooled.estimate.has_interval
    assert not pooled.prediction.has_interval
    assert pooled.weights == pytest.approx((4 / 7, 2 / 7, 1 / 7))


def metafors_scoring(y, v, close_enough):
    """Fisher scoring as documented in help(rma): from Hedges' estimator until a step is no longer than this."""
    y, v = np.array(y), np.array(v)
    tau2, step = max(0.0, np.var(y, ddof=1) - v.mean()), math.inf
    for _ in range(100):
        w = 1 / (v + tau2)
        p = np.diag(w) - np.outer(w, w) / w.sum()
        step = (y @ p @ p @ y - np.trace(p)) / np.sum(p * p)
        tau2 = max(0.0, tau2 + step)
        if abs(step) <= close_enough:
            return tau2
    return None


def test_where_we_differ_from_metafor_in_the_sixth_digit_it_stopped_early():
    # metafor 5.0.1 prints tau2 = 0.018826 (public test file, stored file id 67071740306); it stops at steps of 0.00001.
    y, v = EXAMPLES["raudenbush1985"]
    assert metafors_scoring(y, v, 1e-5) == pytest.approx(0.018826, abs=5e-7)
    assert pool(y, v).tau2 == pytest.approx(metafors_scoring(y, v, 1e-13), rel=1e-9)
    assert abs(pool(y, v).tau2 - 0.018826) > 5e-6


def test_where_metafors_scoring_circles_we_still_find_the_maximum():
    y = [0.53028, 0.34306, -0.56807, -1.42080, -1.39299, -0.22389, 1.20228]
    v = [7.55849, 0.18690, 2.46359, 3.64083, 0.45508, 1.91343, 5.00015]
    assert metafors_scoring(y, v, 1e-5) is None
    assert pool(y, v).tau2 == pytest.approx(maximum(y, v), rel=1e-6)


@pytest.mark.parametrize(
    ("y", "v"),
    [
        # Newton's first step would go down the likelihood, to 0.
        ([0.9, 0.9, -0.9, -1.5, 0.7, -0.8], [5.45, 0.14, 1.56, 0.61, 0.03, 4.57]),
        # A full step overshoots again and again.
        ([1.1, 0.2, -6.5, 0.3, 0.3, -0.9], [0.02, 0.14, 3.35, 0.03, 0.04, 2.54]),
        # Two maxima: one near the start, the higher one at 0.
        ([-10, -10, -1.4], [0.05, 0.18, 10.09]),
    ],
)
def test_likelihoods_that_mislead(y, v):
    assert pool(y, v).tau2 == pytest.approx(maximum(y, v), rel=1e-6, abs=1e-9)


# What must hold for all trials


@unhurried
@given(sets)
def test_weights_are_shares_and_order_does_not_matter(trials):
    pooled, reverse = pool(*split(trials)), pool(*split(trials[::-1]))
    assert sum(pooled.weights) == pytest.approx(1)
    assert min(pooled.weights) > 0
    assert reverse.weights[::-1] == pytest.approx(pooled.weights, rel=1e-6)
    assert reverse.tau2 == pytest.approx(pooled.tau2, rel=1e-6, abs=1e-6)
    assert reverse.estimate.value == pytest.approx(pooled.estimate.value, rel=1e-6, abs=1e-6)


@unhurried
@given(sets, values, st.floats(0.01, 100))
def test_units_and_origin_carry_over(trials, shift, factor):
    y, v = split(trials)
    pooled = pool(y, v)
    moved = pool([factor * value + shift for value in y], [factor**2 * variance for variance in v])
    assert moved.tau2 == pytest.approx(factor**2 * pooled.tau2, rel=1e-6, abs=factor**2 * 1e-6)
    assert moved.estimate.value == pytest.approx(factor * pooled.estimate.value + shift, rel=1e-6, abs=factor * 1e-4)
    assert moved.weights == pytest.approx(pooled.weights, rel=1e-5)
    if pooled.estimate.has_interval and moved.estimate.has_interval:
        width = pooled.prediction.high - pooled.prediction.low
        assert moved.prediction.high - moved.prediction.low == pytest.approx(factor * width, rel=1e-4)


@unhurried
@given(sets)
def test_tau2_is_at_a_maximum_of_the_likelihood(trials):
    y, v = split(trials)
    tau2 = pool(y, v).tau2
    here = restricted(tau2, y, v)
    for other in (0.0, tau2 * 0.99, tau2 * 1.01, tau2 + 0.001 * min(v)):
        assert restricted(other, y, v) <= here + 1e-9


@unhurried
@given(sets)
def test_between_the_extremes_and_prediction_outside_the_interval(trials):
    y, v = split(trials)
    pooled = pool(y, v)
    assert min(y) - 1e-9 <= pooled.estimate.value <= max(y) + 1e-9
    assert 0 <= pooled.i2 < 1
    assert (pooled.i2 == 0) == (pooled.tau2 == 0)
    if pooled.estimate.has_interval:
        assert pooled.prediction.low <= pooled.estimate.low
        assert pooled.prediction.high >= pooled.estimate.high


@unhurried
@given(st.lists(values, min_size=3, max_size=8, unique=True), variances)
def test_equal_variances_are_where_all_methods_meet(y, variance):
    # REML equals DerSimonian-Laird there, which statsmodels has, but below 0 too; and it has the Hartung-Knapp
    # interval, without tau2 (third) and with it (fourth).
    v = [variance] * len(y)
    other, pooled = combine_effects(np.array(y), np.array(v), method_re="dl", use_t=True), pool(y, v)
    assert pooled.tau2 == pytest.approx(max(0, other.tau2), rel=1e-6, abs=1e-8)
    interval = other.conf_int(use_t=True)[3 if other.tau2 > 0 else 2]
    assert limits(pooled.estimate) == pytest.approx(tuple(interval), rel=1e-6, abs=1e-6)


@unhurried
@given(values, values, variances, variances)
def test_two_trials_have_a_formula(first, second, v1, v2):
    tau2 = max(0.0, (first - second) ** 2 / 2 - (v1 + v2) / 2)
    assert pool([first, second], [v1, v2]).tau2 == pytest.approx(tau2, rel=1e-6, abs=1e-7)


# What is refused


@pytest.mark.parametrize(
    ("y", "v", "message"),
    [
        ([1], [1], "at least two trials, not 1"),
        ([], [], "at least two trials, not 0"),
        ([1, 2], [1], "2 values, 1 variances"),
        ([1, math.nan], [1, 1], "value must be a finite number"),
        ([1, 2], [1, math.inf], "variance must be 0 or more, not inf"),
        ([1, 2], [1, -1], "variance must be 0 or more, not -1"),
        ([1, 2], [1, 0], "above 0"),
        ([1, 1e60], [1, 1], "too far apart"),
        ([1, 2], [1e-60, 1], "too close to 0"),
    ],
)
def test_impossible_input_is_one_sentence(y, v, message):
    with pytest.raises(ValueError, match=message) as caught:
        pool(y, v)
    assert str(caught.value).endswith(".")
    assert "\n" not in str(caught.value)


def test_two_trials_are_too_few_to_leave_one_out():
    with pytest.raises(ValueError, match="at least three trials, not 2"):
        leave_one_out([1, 2], [1, 1])


def test_what_does_not_settle_is_not_pooled(monkeypatch):
    monkeypatch.setattr(pooling, "STEPS", 2)
    with pytest.raises(ValueError, match="did not settle"):
        pool(*BCG)
