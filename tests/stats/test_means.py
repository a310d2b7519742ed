"""Means, their differences and Hedges g against metafor, scipy.stats, statsmodels and calculations by hand."""

import csv
import math
from pathlib import Path

import numpy as np
import pytest
import scipy.stats
from hypothesis import given
from hypothesis import strategies as st
from statsmodels.stats.weightstats import CompareMeans, DescrStatsW

from prolo_dash.stats.effects import (
    Estimate,
    hedges_g,
    mean_difference,
    mean_interval,
    standard_deviation,
    standard_error,
    standard_error_from_interval,
)

REFERENCE = Path(__file__).parents[1] / "reference" / "metafor_normand1999_smd.csv"
with REFERENCE.open(newline="") as file:
    NORMAND = list(csv.DictReader(file))

gains = st.floats(-1e4, 1e4)
spreads = st.floats(1e-3, 1e4)
sizes = st.integers(2, 500)
groups = st.tuples(gains, spreads, sizes)


@pytest.mark.parametrize("row", NORMAND, ids=lambda row: row["study"])
def test_hedges_g_is_what_metafor_computes(row):
    one = float(row["mean1"]), float(row["sd1"]), int(row["n1"])
    zero = float(row["mean0"]), float(row["sd0"]), int(row["n0"])
    estimate = hedges_g(*one, *zero)
    assert f"{estimate.value:.7f}" == row["yi"]
    variance = ((estimate.high - estimate.low) / (2 * 1.959964)) ** 2
    assert variance == pytest.approx(float(row["vi"]), abs=6e-8)


def test_the_small_sample_factor_is_exact():
    # n = 2 and 2, m = 2 degrees of freedom: J = gamma(1) / (sqrt(1) * gamma(1/2)) = 1 / sqrt(pi) = 0.5642
    # (the usual approximation 1 - 3/(4m - 1) would give 0.5714)
    assert hedges_g(1, 1, 2, 0, 1, 2).value == pytest.approx(1 / math.sqrt(math.pi))


def test_standard_error_and_deviation_by_hand():
    assert standard_error(12, 36) == 2
    assert standard_deviation(2, 36) == 12


def test_a_standard_error_is_read_back_from_a_printed_interval():
    # 25 people, t table for 24 degrees of freedom: 2.064; (14.128 - 5.872) / (2 * 2.064) = 2.0
    assert standard_error_from_interval(5.872, 14.128, 25) == pytest.approx(2.0, abs=1e-4)


def test_knee_osteoarthritis_at_52_weeks_by_hand():
    # Rabago 2013, WOMAC gain: dextrose 15.32 (SE 3.32, n 26), saline 7.59 (SE 3.36, n 25).
    # t for 25 degrees of freedom 2.0595: 15.32 - 2.0595 * 3.32 = 8.482, 15.32 + 6.838 = 22.158
    alone = mean_interval(15.32, 3.32, 26)
    assert (alone.low, alone.high) == pytest.approx((8.482, 22.158), abs=1e-3)
    # Welch: se = sqrt(11.0224 + 11.2896) = 4.72356; df = 22.312^2 / (11.0224^2/25 + 11.2896^2/24) = 48.95; t = 2.0096
    # 7.73 - 2.0096 * 4.72356 = -1.763, 7.73 + 9.493 = 17.223
    difference = mean_difference(15.32, 3.32, 26, 7.59, 3.36, 25)
    assert difference.value == pytest.approx(7.73)
    assert (difference.low, difference.high) == pytest.approx((-1.763, 17.223), abs=1e-3)


@pytest.mark.parametrize("n", [2, 3, 10, 26, 1000])
def test_mean_interval_agrees_with_scipy(n):
    estimate = mean_interval(7.5, 1.5, n)
    assert (estimate.low, estimate.high) == pytest.approx(scipy.stats.t.interval(0.95, n - 1, 7.5, 1.5))


@pytest.mark.parametrize(("n1", "n0", "spread"), [(26, 25, 1.0), (4, 40, 5.0), (40, 4, 5.0), (2, 3, 0.2)])
def test_mean_difference_agrees_with_statsmodels(n1, n0, spread):
    random = np.random.default_rng(2011)
    one, zero = random.normal(12, 3, n1), random.normal(7, 3 * spread, n0)
    estimate = mean_difference(
        one.mean(), standard_error(one.std(ddof=1), n1), n1, zero.mean(), standard_error(zero.std(ddof=1), n0), n0
    )
    expected = CompareMeans(DescrStatsW(one), DescrStatsW(zero)).tconfint_diff(usevar="unequal")
    assert (estimate.low, estimate.high) == pytest.approx(expected)


def test_no_spread_at_all_is_not_certainty():
    assert mean_interval(5, 0, 10) == Estimate(5)
    assert mean_difference(5, 0, 10, 3, 0, 10) == Estimate(2)
    # One spread is enough for an interval: 2.0860 (20 degrees of freedom) * 1
    assert mean_difference(5, 1, 21, 3, 0, 10).high == pytest.approx(2 + 2.0860, abs=1e-4)


@pytest.mark.parametrize(
    ("compute", "message"),
    [
        (lambda: standard_error(-1, 5), "standard deviation must be 0 or more, not -1"),
        (lambda: standard_error(math.nan, 5), "standard deviation must be 0 or more, not nan"),
        (lambda: standard_error(1, 0), "at least 2, not 0"),
        (lambda: standard_deviation(-1, 5), "standard error must be 0 or more, not -1"),
        (lambda: standard_deviation(math.inf, 5), "standard error must be 0 or more, not inf"),
        (lambda: standard_deviation(1, 2.5), "whole number of at least 2, not 2.5"),
        (lambda: standard_error_from_interval(3, 1, 10), "lower limit 3 is above the upper limit 1"),
        (lambda: standard_error_from_interval(1, math.inf, 10), "high must be a finite number"),
        (lambda: standard_error_from_interval(1, 3, 1), "at least 2, not 1"),
        (lambda: mean_interval(math.nan, 1, 10), "mean must be a finite number"),
        (lambda: mean_interval(5, -1, 10), "standard error must be 0 or more"),
        (lambda: mean_interval(5, 1, 1), "at least 2, not 1"),
        (lambda: mean_difference(math.inf, 1, 10, 3, 1, 10), "mean1 must be a finite number"),
        (lambda: mean_difference(5, 1, 10, math.nan, 1, 10), "mean0 must be a finite number"),
        (lambda: mean_difference(5, -1, 10, 3, 1, 10), "standard error must be 0 or more"),
        (lambda: mean_difference(5, 1, 10, 3, 1, 1), "at least 2, not 1"),
        (lambda: hedges_g(math.nan, 1, 10, 3, 1, 10), "mean1 must be a finite number"),
        (lambda: hedges_g(5, 1, 10, 3, -1, 10), "standard deviation must be 0 or more"),
        (lambda: hedges_g(5, 1, 1, 3, 1, 10), "at least 2, not 1"),
        (lambda: hedges_g(5, 0, 10, 3, 0, 10), "both standard deviations are 0"),
    ],
)
def test_impossible_input_is_refused(compute, message):
    with pytest.raises(ValueError, match=message):
        compute()


@given(gains, spreads, sizes)
def test_reading_back_a_mean_interval_gives_its_standard_error(mean, se, n):
    estimate = mean_interval(mean, se, n)
    assert estimate.low < mean < estimate.high
    assert standard_error_from_interval(estimate.low, estimate.high, n) == pytest.approx(se, rel=1e-6, abs=1e-9)


@given(spreads, sizes)
def test_standard_deviation_undoes_standard_error(sd, n):
    assert standard_deviation(standard_error(sd, n), n) == pytest.approx(sd)


@given(groups, groups)
def test_swapping_the_groups_flips_every_difference_of_means(one, zero):
    for effect in (mean_difference, hedges_g):
        forward, back = effect(*one, *zero), effect(*zero, *one).negated()
        assert forward.low <= forward.value <= forward.high
        assert (forward.value, forward.low, forward.high) == pytest.approx((back.value, back.low, back.high))


@given(groups, groups, st.floats(0.01, 100))
def test_hedges_g_does_not_depend_on_the_unit(one, zero, unit):
    def in_other_unit(group):
        return group[0] * unit, group[1] * unit, group[2]

    expected = hedges_g(*one, *zero)
    assert hedges_g(*in_other_unit(one), *in_other_unit(zero)).value == pytest.approx(expected.value, abs=1e-6)


@given(groups, groups)
def test_welch_is_never_surer_than_the_normal_nor_vaguer_than_the_smaller_group(one, zero):
    estimate = mean_difference(*one, *zero)
    half = (estimate.high - estimate.low) / 2 / math.hypot(one[1], zero[1])
    widest = scipy.stats.t.ppf(0.975, min(one[2], zero[2]) - 1)
    assert 1.959963 <= half <= widest * (1 + 1e-6)
