import dataclasses
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prolo_dash.stats.effects import Estimate

numbers = st.floats(-1e6, 1e6)


def test_an_estimate_may_come_without_interval():
    assert not Estimate(0.4).has_interval
    assert Estimate(0.4, 0.1, 0.7).has_interval


def test_an_estimate_cannot_be_changed():
    with pytest.raises(dataclasses.FrozenInstanceError):
        Estimate(0.4).value = 0.5  # type: ignore[misc]


@pytest.mark.parametrize(
    ("value", "low", "high", "message"),
    [
        (0.4, 0.1, None, "both limits"),
        (0.4, None, 0.7, "both limits"),
        (0.4, 0.7, 0.1, "lower limit 0.7 is above the upper limit 0.1"),
        (0.8, 0.1, 0.7, "value 0.8 lies outside"),
        (0.0, 0.1, 0.7, "value 0.0 lies outside"),
        (0.1 - 2e-9, 0.1, 0.7, "lies outside"),
        (math.nan, None, None, "value must be a finite number, not nan"),
        (math.inf, None, None, "value must be a finite number, not inf"),
        (0.4, math.nan, 0.7, "low must be a finite number"),
        (0.4, 0.1, math.inf, "high must be a finite number"),
    ],
)
def test_an_impossible_estimate_is_refused(value, low, high, message):
    with pytest.raises(ValueError, match=message):
        Estimate(value, low, high)


def test_rounding_noise_is_not_refused():
    assert Estimate(0.1 - 5e-10, 0.1, 0.7).low == 0.1
    # The noise grows with the number: 1 in 1e9 of 1e12.
    assert Estimate(1e12, 1e12 + 100, 2e12).value == 1e12


def test_per_100_people_is_a_change_of_unit():
    assert Estimate(0.25, 0.125, 0.5).scaled(100) == Estimate(25, 12.5, 50)
    assert Estimate(0.25).scaled(100) == Estimate(25)


def test_a_negative_factor_swaps_the_limits():
    assert Estimate(0.25, 0.125, 0.5).scaled(-2) == Estimate(-0.5, -1, -0.25)
    assert Estimate(0.25, 0.125, 0.5).negated() == Estimate(-0.25, -0.5, -0.125)


@given(st.lists(numbers, min_size=3, max_size=3))
def test_seen_from_the_other_side_twice_is_where_it_was(values):
    low, value, high = sorted(values)
    estimate = Estimate(value, low, high)
    assert estimate.negated().negated() == estimate
    assert estimate.negated().low == -high
