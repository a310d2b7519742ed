"""Contextual shares and three-way splits: the trials of the article by hand, and what must hold for every trial."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prolo_dash.stats.effects import Estimate, risk_ratio
from prolo_dash.stats.shares import Mean, contextual_share_counts, contextual_share_means, split_counts, split_means

# Rabago 2013, WOMAC gain at 52 weeks: dextrose, saline, home exercise.
DEXTROSE, SALINE, EXERCISE = Mean(15.32, 3.32, 26), Mean(7.59, 3.36, 25), Mean(8.24, 3.33, 26)

counts = st.integers(1, 300).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))
hundredths = st.integers(-100_000, 100_000).map(lambda x: x / 100)  # gains as papers print them
# Every mix of what papers leave out.
means = st.builds(Mean, hundredths, st.none() | st.floats(0.01, 1e3), st.none() | st.integers(2, 500))


def parts(split):
    return [part for part in (split.untreated, split.added_by_control, split.added_by_intervention) if part]


def values(estimate):
    return estimate.value, estimate.low, estimate.high


# Shares


def test_osgood_schlatter_at_3_months_a_third_of_the_gain_came_with_the_control():
    # Topol 2011: (5/22) / (14/21) = 0.340909; log se = sqrt(1/5 - 1/22 + 1/14 - 1/21) = sqrt(0.178355) = 0.422321
    # factor exp(1.959964 * 0.422321) = exp(0.827734) = 2.288128: 0.340909 / 2.288128 = 0.148990, times it 0.780044
    share = contextual_share_counts(5, 22, 14, 21)
    assert values(share) == pytest.approx((0.340909, 0.148990, 0.780044), abs=2e-6)


def test_osgood_schlatter_at_1_year_by_hand():
    # 6 of 13 v 32 of 38 knees: 0.461538 / 0.842105 = 0.548077
    # log se = sqrt(1/6 - 1/13 + 1/32 - 1/38) = sqrt(0.094678) = 0.307698; factor exp(1.959964 * 0.307698) = 1.827733
    share = contextual_share_counts(6, 13, 32, 38)
    assert values(share) == pytest.approx((0.548077, 0.299867, 1.001738), abs=2e-6)


def test_knee_osteoarthritis_at_52_weeks_by_hand():
    # Rabago 2013: 7.59 / 15.32 = 0.495431; log se = sqrt((3.36/7.59)^2 + (3.32/15.32)^2) = sqrt(0.242935) = 0.492885
    # factor exp(1.959964 * 0.492885) = exp(0.966037) = 2.627511
    share = contextual_share_means(7.59, 3.36, 15.32, 3.32)
    assert values(share) == pytest.approx((0.495431, 0.188555, 1.301750), abs=2e-6)


def test_low_back_pain_without_counts_has_a_share_but_no_interval():
    # Yelland 2004: 0.36 / 0.46 = 0.7826, arm sizes not seen
    share = contextual_share_means(0.36, None, 0.46, None)
    assert share.value == pytest.approx(0.782609, abs=1e-6)
    assert not share.has_interval


def test_one_missing_standard_error_leaves_the_interval_out():
    assert contextual_share_means(6, 1, 12, None) == Estimate(0.5)
    assert contextual_share_means(6, None, 12, 1) == Estimate(0.5)


def test_no_gain_to_share_out_is_undefined():
    assert contextual_share_counts(5, 22, 0, 21) is None
    assert contextual_share_means(5, 1, 0, 1) is None
    assert contextual_share_means(5, 1, -2, 1) is None


def test_a_control_group_without_events_has_a_share_of_0():
    assert contextual_share_counts(0, 22, 14, 21) == Estimate(0)


def test_a_control_group_that_gained_nothing_or_lost_has_no_log_interval():
    assert contextual_share_means(0, 1, 10, 1) == Estimate(0)
    assert contextual_share_means(-5, 1, 10, 1) == Estimate(-0.5)


def test_a_share_is_not_capped_at_the_whole():
    assert contextual_share_counts(15, 20, 10, 20).value == pytest.approx(1.5)
    assert contextual_share_means(15, None, 10, None).value == 1.5


def test_no_spread_and_boundless_spread_give_the_share_alone():
    assert contextual_share_means(5, 0, 10, 0) == Estimate(0.5)
    # log se 1000: the upper limit would have 851 digits
    assert contextual_share_means(0.001, 1, 1, 0) == Estimate(0.001)


@given(counts, counts)
def test_the_share_of_counts_is_the_inverse_risk_ratio(control, prolo):
    share, ratio = contextual_share_counts(*control, *prolo), risk_ratio(*prolo, *control)
    if share is None or share.value == 0:
        # A gain of nobody has no shares; an inverse of 0 has no value.
        assert (share is None) == (prolo[0] == 0)
        assert share is None or ratio is None
        return
    assert share.value * ratio.value == pytest.approx(1)
    assert share.has_interval == ratio.has_interval
    if share.has_interval:
        assert (share.low * ratio.high, share.high * ratio.low) == pytest.approx((1, 1))


@given(counts, counts.filter(lambda group: group[0] > 0))
def test_share_times_prolotherapy_proportion_is_the_control_proportion(control, prolo):
    share = contextual_share_counts(*control, *prolo)
    assert share.value * prolo[0] / prolo[1] == pytest.approx(control[0] / control[1])


@given(means, means)
def test_share_times_prolotherapy_gain_is_the_control_gain(control, prolo):
    share = contextual_share_means(control.gain, control.se, prolo.gain, prolo.se)
    assert (share is None) == (prolo.gain <= 0)
    if share is not None:
        assert share.value * prolo.gain == pytest.approx(control.gain, abs=1e-9)


# Splits


def test_osgood_schlatter_at_3_months_splits_in_three():
    # 3/22 = 0.136364 without injection; 5/22 - 3/22 = 0.090909; 14/21 - 5/22 = 0.439394
    split = split_counts((14, 21), (5, 22), (3, 22))
    assert [part.value for part in parts(split)] == pytest.approx([0.136364, 0.090909, 0.439394], abs=1e-6)
    assert all(part.has_interval for part in parts(split))
    # Wilson for 3/22: (0.136364 + 0.087306) / 1.174612 = 0.190420, half 0.142930, so 0.047490 to 0.333350
    first = split.untreated
    assert (first.low, first.high) == pytest.approx((0.047490, 0.333350), abs=2e-6)
    # Newcombe for the middle: 0.090909 -/+ with 5/22 in 0.101230 to 0.434400 and 3/22 as above
    # low 0.090909 - sqrt(0.126042^2 + 0.196986^2) = -0.142950, high 0.090909 + sqrt(0.207127^2 + 0.088874^2) = 0.316298
    middle = split.added_by_control
    assert (middle.low, middle.high) == pytest.approx((-0.142950, 0.316298), abs=2e-6)


def test_osgood_schlatter_at_1_year_splits_in_three():
    # 2/14 = 0.142857; 6/13 - 2/14 = 0.318681; 32/38 - 6/13 = 0.380567
    split = split_counts((32, 38), (6, 13), (2, 14))
    assert [part.value for part in parts(split)] == pytest.approx([0.142857, 0.318681, 0.380567], abs=1e-6)


def test_knee_osteoarthritis_has_a_negative_middle_part():
    # 8.24 with exercise; 7.59 - 8.24 = -0.65; 15.32 - 7.59 = 7.73
    split = split_means(DEXTROSE, SALINE, EXERCISE)
    assert [part.value for part in parts(split)] == pytest.approx([8.24, -0.65, 7.73])
    # t for 25 degrees of freedom 2.0595 * 3.33 = 6.858
    first = split.untreated
    assert (first.low, first.high) == pytest.approx((1.382, 15.098), abs=1e-3)
    # se = sqrt(3.36^2 + 3.33^2) = 4.73059; df = 22.3785^2 / (11.2896^2/24 + 11.0889^2/25) = 48.96; t = 2.0096
    middle = split.added_by_control
    assert (middle.low, middle.high) == pytest.approx((-10.157, 8.857), abs=1e-3)
    # as in test_means: 7.73 -/+ 9.493
    last = split.added_by_intervention
    assert (last.low, last.high) == pytest.approx((-1.763, 17.223), abs=1e-3)


def test_without_a_no_injection_group_the_control_part_is_the_whole_control_gain():
    split = split_counts((14, 21), (5, 22), None)
    assert split.untreated is None
    # Wilson for 5/22, as worked out in test_proportions
    assert values(split.added_by_control) == pytest.approx((0.227273, 0.101230, 0.434400), abs=2e-6)
    split = split_means(DEXTROSE, SALINE, None)
    assert split.untreated is None
    # t for 24 degrees of freedom 2.0639 * 3.36 = 6.935
    assert values(split.added_by_control) == pytest.approx((7.59, 0.655, 14.525), abs=1e-3)


def test_a_part_has_an_interval_only_where_its_own_groups_allow_one():
    split = split_means(DEXTROSE, Mean(7.59, 3.36, 25), Mean(8.24))
    assert not split.untreated.has_interval
    assert not split.added_by_control.has_interval
    assert split.added_by_intervention.has_interval
    assert not split_means(Mean(0.46), Mean(0.36), None).added_by_intervention.has_interval
    assert not split_means(Mean(9, 1.0), Mean(7, 1.0), None).added_by_control.has_interval


@given(counts, counts, st.none() | counts)
def test_the_parts_of_counts_add_up_to_the_prolotherapy_proportion(prolo, control, none):
    split = split_counts(prolo, control, none)
    assert sum(part.value for part in parts(split)) == pytest.approx(prolo[0] / prolo[1])
    assert (split.untreated is None) == (none is None)


@given(means, means, st.none() | means)
def test_the_parts_of_means_add_up_to_the_prolotherapy_gain(prolo, control, none):
    split = split_means(prolo, control, none)
    assert sum(part.value for part in parts(split)) == pytest.approx(prolo.gain, abs=1e-9)
    assert (split.untreated is None) == (none is None)


# Impossible input


@pytest.mark.parametrize(
    ("compute", "message"),
    [
        (lambda: contextual_share_counts(23, 22, 14, 21), "from 0 to 22, not 23"),
        (lambda: contextual_share_counts(5, 22, 14, 0), "at least 1, not 0"),
        (lambda: contextual_share_means(math.nan, None, 5, None), "gain must be a finite number, not nan"),
        (lambda: contextual_share_means(5, None, math.inf, None), "gain must be a finite number, not inf"),
        (lambda: contextual_share_means(5, -1, 9, 1), "standard error must be 0 or more, not -1"),
        (lambda: contextual_share_means(5, 1, 0, -1), "standard error must be 0 or more, not -1"),
        (lambda: split_counts((14, 21), (23, 22), None), "from 0 to 22, not 23"),
        (lambda: split_counts((14, 21), (5, 22), (1, 0)), "at least 1, not 0"),
        (lambda: Mean(math.nan), "gain must be a finite number"),
        (lambda: Mean(5, -0.1), "standard error must be 0 or more"),
        (lambda: Mean(5, None, 0), "at least 1, not 0"),
        (lambda: Mean(5, 1.0, 1), "at least 2, not 1"),
    ],
)
def test_impossible_input_is_refused(compute, message):
    with pytest.raises(ValueError, match=message):
        compute()
