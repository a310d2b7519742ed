"""Proportions, differences and ratios against Newcombe 1998, Fagerland 2015, statsmodels and calculations by hand."""

import csv
import math
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from statsmodels.stats.contingency_tables import Table2x2
from statsmodels.stats.proportion import confint_proportions_2indep, proportion_confint

from prolo_dash.stats.effects import Estimate, odds_ratio, risk_difference, risk_ratio, wilson

REFERENCE = Path(__file__).parents[1] / "reference"
EFFECTS = {"risk_difference": risk_difference, "risk_ratio": risk_ratio, "odds_ratio": odds_ratio}
TABLES = [(14, 21, 5, 22), (32, 38, 6, 13), (5, 22, 3, 22), (1, 2, 499, 500), (3, 1000, 1, 7), (40, 41, 1, 41)]
EDGES = [(0, 5, 5, 5), (5, 5, 0, 5), (0, 1, 0, 1), (7, 7, 3, 9), (0, 30, 4, 30), (12, 12, 12, 12)]

groups = st.integers(1, 500).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))
ONE_IN_A_BILLION = {"rel": 1e-9, "abs": 1e-12}


def rows(name):
    with (REFERENCE / name).open(newline="") as file:
        return list(csv.DictReader(file))


def counts(row):
    return tuple(int(row[key]) for key in ("events1", "n1", "events0", "n0"))


@pytest.mark.parametrize("row", rows("newcombe1998_table2.csv"), ids=lambda row: row["row"])
def test_risk_difference_is_method_10_of_newcombe_1998(row):
    estimate = risk_difference(*counts(row))
    assert (f"{estimate.low:.4f}", f"{estimate.high:.4f}") == (row["low"], row["high"])


@pytest.mark.parametrize("row", rows("fagerland2015.csv"), ids=lambda row: row["measure"])
def test_intervals_are_those_printed_by_fagerland_2015(row):
    estimate = EFFECTS[row["measure"]](*counts(row))
    assert (f"{estimate.low:.2g}", f"{estimate.high:.2g}") == (row["low"], row["high"])


@pytest.mark.parametrize(("events", "n"), [(table[i], table[i + 1]) for table in TABLES + EDGES for i in (0, 2)])
def test_wilson_agrees_with_statsmodels(events, n):
    estimate = wilson(events, n)
    assert estimate.value == events / n
    assert (estimate.low, estimate.high) == pytest.approx(
        proportion_confint(events, n, method="wilson"), **ONE_IN_A_BILLION
    )


@pytest.mark.parametrize("table", TABLES + EDGES)
def test_risk_difference_agrees_with_statsmodels(table):
    estimate = risk_difference(*table)
    expected = confint_proportions_2indep(*table, method="newcomb", compare="diff", correction=False)
    assert (estimate.low, estimate.high) == pytest.approx(expected, **ONE_IN_A_BILLION)


@pytest.mark.parametrize("table", TABLES)
def test_ratios_agree_with_statsmodels(table):
    events1, n1, events0, n0 = table
    other = Table2x2([[events1, n1 - events1], [events0, n0 - events0]])
    risk, odds = risk_ratio(*table), odds_ratio(*table)
    assert (risk.value, risk.low, risk.high) == pytest.approx((other.riskratio, *other.riskratio_confint()))
    assert (odds.value, odds.low, odds.high) == pytest.approx((other.oddsratio, *other.oddsratio_confint()))


def test_osgood_schlatter_at_3_months_by_hand():
    # Topol 2011: 14 of 21 knees with dextrose, 5 of 22 with lidocaine alone.
    # Wilson for 14/21, z^2 = 3.841459: centre (2/3 + 3.841459/42) / (1 + 3.841459/21) = 0.758130/1.182927 = 0.640894
    # half 1.959964 * sqrt(0.2222222/21 + 3.841459/1764) / 1.182927 = 0.187159, so 0.453735 to 0.828052.
    one = wilson(14, 21)
    assert (one.low, one.high) == pytest.approx((0.453735, 0.828052), abs=2e-6)
    # Wilson for 5/22 likewise: centre 0.314578 / 1.174612 = 0.267815, half 0.166585, so 0.101230 to 0.434400.
    zero = wilson(5, 22)
    assert (zero.low, zero.high) == pytest.approx((0.101230, 0.434400), abs=2e-6)
    # Difference 0.666667 - 0.227273 = 0.439394
    # low  0.439394 - sqrt((0.666667 - 0.453735)^2 + (0.434400 - 0.227273)^2) = 0.439394 - 0.297055 = 0.142339
    # high 0.439394 + sqrt((0.828052 - 0.666667)^2 + (0.227273 - 0.101230)^2) = 0.439394 + 0.204773 = 0.644167
    difference = risk_difference(14, 21, 5, 22)
    assert difference.value == pytest.approx(0.439394, abs=1e-6)
    assert (difference.low, difference.high) == pytest.approx((0.142339, 0.644167), abs=2e-6)


def test_a_ratio_to_nothing_is_undefined():
    assert risk_ratio(3, 10, 0, 10) is None
    assert risk_ratio(0, 10, 0, 10) is None
    assert odds_ratio(3, 10, 0, 10) is None
    assert odds_ratio(10, 10, 3, 10) is None
    assert odds_ratio(0, 10, 0, 10) is None
    assert odds_ratio(10, 10, 10, 10) is None


def test_no_half_person_is_added_to_an_empty_cell():
    assert risk_ratio(0, 10, 3, 10) == Estimate(0.0)
    assert odds_ratio(0, 10, 3, 10) == Estimate(0.0)
    assert odds_ratio(3, 10, 10, 10) == Estimate(0.0)


def test_everyone_in_both_groups_is_a_ratio_of_1_without_false_certainty():
    assert risk_ratio(10, 10, 12, 12) == Estimate(1.0)


@pytest.mark.parametrize(
    ("events", "n", "message"),
    [
        (6, 5, "with the outcome must be a whole number from 0 to 5, not 6"),
        (-1, 5, "from 0 to 5, not -1"),
        (2.5, 5, "from 0 to 5, not 2.5"),
        (math.nan, 5, "from 0 to 5, not nan"),
        (0, 0, "number of people must be a whole number of at least 1, not 0"),
        (0, -3, "at least 1, not -3"),
        (1, 5.5, "at least 1, not 5.5"),
        (1, math.nan, "at least 1, not nan"),
        (1, math.inf, "at least 1, not inf"),
    ],
)
def test_impossible_counts_are_refused(events, n, message):
    with pytest.raises(ValueError, match=message):
        wilson(events, n)
    for effect in EFFECTS.values():
        with pytest.raises(ValueError, match=message):
            effect(events, n, 1, 5)
        with pytest.raises(ValueError, match=message):
            effect(1, 5, events, n)


@given(groups)
def test_a_proportion_and_its_interval_stay_between_0_and_1(group):
    estimate = wilson(*group)
    assert 0 <= estimate.low <= estimate.value <= estimate.high <= 1
    assert estimate.low < estimate.high


@given(groups)
def test_counting_the_others_mirrors_the_interval(group):
    events, n = group
    one, other = wilson(events, n), wilson(n - events, n)
    assert (other.low, other.high) == pytest.approx((1 - one.high, 1 - one.low), abs=1e-12)


@given(groups, groups)
def test_swapping_the_groups_flips_the_difference(one, zero):
    forward, back = risk_difference(*one, *zero), risk_difference(*zero, *one).negated()
    assert forward.low <= forward.value <= forward.high
    assert -1 <= forward.low < forward.high <= 1
    assert (forward.value, forward.low, forward.high) == pytest.approx((back.value, back.low, back.high), abs=1e-12)


@given(groups, groups)
def test_swapping_the_groups_inverts_a_ratio(one, zero):
    for ratio in (risk_ratio, odds_ratio):
        forward, back = ratio(*one, *zero), ratio(*zero, *one)
        if forward is None or back is None or not forward.has_interval:
            # Both ways fail only together, or one is 0 and the other undefined, or both are a sure 1.
            assert {forward, back} <= {None, Estimate(0.0), Estimate(1.0)}
            continue
        assert forward.low < forward.value < forward.high
        assert (forward.value, forward.low, forward.high) == pytest.approx(
            (1 / back.value, 1 / back.high, 1 / back.low), rel=1e-9
        )


@given(st.integers(1, 60), st.integers(1, 60), st.integers(1, 60), st.integers(1, 60))
def test_more_people_with_the_same_proportions_narrow_the_interval(yes1, no1, yes0, no0):
    small = risk_difference(yes1, yes1 + no1, yes0, yes0 + no0)
    large = risk_difference(10 * yes1, 10 * (yes1 + no1), 10 * yes0, 10 * (yes0 + no0))
    assert large.high - large.low < small.high - small.low
