"""Fisher's exact test and the fragility index: published examples, whole-number arithmetic, and scipy."""

import csv
import math
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest
import scipy.stats
from hypothesis import given, settings
from hypothesis import strategies as st

from prolo_dash.stats.effects import mean_difference
from prolo_dash.stats.robustness import fisher_two_sided, fragility, not_significant, welch_two_sided

REFERENCE = Path(__file__).parents[1] / "reference" / "fragility.csv"
unhurried = settings(deadline=None)  # a busy machine is no reason to fail
with REFERENCE.open(newline="") as file:
    PUBLISHED = list(csv.DictReader(file))

groups = st.integers(1, 60).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))
# Groups that differ, so that the index exists often enough to be worth checking.
apart = st.integers(10, 60).flatmap(lambda n: st.tuples(st.integers(0, n // 3), st.just(n)))
others = st.integers(10, 60).flatmap(lambda n: st.tuples(st.integers(n // 2, n), st.just(n)))


def counts(row):
    return tuple(int(row[name]) for name in ("events1", "n1", "events0", "n0"))


def exactly(events1, n1, events0, n0):
    """The p-value in whole numbers: ties are ties."""
    total = events1 + events0
    ways = {x: math.comb(n1, x) * math.comb(n0, total - x) for x in range(max(0, total - n0), min(n1, total) + 1)}
    return Fraction(sum(w for w in ways.values() if w <= ways[events1]), sum(ways.values()))


def printed(text):
    return pytest.approx(float(text), abs=0.5000001 * 10.0 ** -len(text.partition(".")[2]))


# Published


@pytest.mark.parametrize("row", [row for row in PUBLISHED if row["p"]], ids=lambda row: row["id"])
def test_fishers_p_is_what_others_print(row):
    assert fisher_two_sided(*counts(row)) == printed(row["p"])


@pytest.mark.parametrize("row", [row for row in PUBLISHED if row["index"]], ids=lambda row: row["id"])
def test_the_index_is_what_others_print(row):
    found = fragility(*counts(row))
    assert found.index == int(row["index"])
    if row["p_after"]:
        assert found.p_after == printed(row["p_after"])


def test_osgood_schlatter_at_3_months_by_hand():
    # Topol 2011: 14 of 21 knees against 5 of 22 better. 43 knees, 19 better: C(43, 19) = 800472431850 tables.
    # As unlikely as 14 in group 1 or less likely: 14 to 19 there, and 0 to 4.
    # C(21, x) C(22, 19 - x): x = 14: 116280 * 26334 = 3062117520;  15: 54264 * 7315 = 396941160;
    # 16: 20349 * 1540 = 31337460; 17: 5985 * 231 = 1382535; 18: 1330 * 22 = 29260; 19: 210
    # x = 4: 5985 * 170544 = 1020705840 (< 3062117520); 5: 20349 * 319770 = 6506999730 (more: stays out);
    # 3: 1330 * 74613 = 99235290; 2: 210 * 26334 = 5530140; 1: 21 * 7315 = 153615; 0: 1540
    ways = 3062117520 + 396941160 + 31337460 + 1382535 + 29260 + 210 + 1020705840 + 99235290 + 5530140 + 153615 + 1540
    assert math.comb(43, 19) == 800472431850
    found = fragility(14, 21, 5, 22)
    assert found.p == pytest.approx(ways / 800472431850)
    # With 6 or 7 better in the control group p is 0.015 and 0.034, with 8 it is 0.069: three knees.
    assert [round(float(exactly(14, 21, more, 22)), 3) for more in (6, 7, 8)] == [0.015, 0.034, 0.069]
    assert (found.index, found.changed_group, found.events_after) == (3, 0, 8)
    assert found.p_after == pytest.approx(float(exactly(14, 21, 8, 22)))
    assert found.reason is None
    assert fragility(14.0, 21.0, 5.0, 22.0) == found


def test_what_is_called_the_event_can_matter():
    # 4 of 20 better against 13 of 20; or, the same trial, 16 of 20 not better against 7 of 20.
    better, not_better = fragility(4, 20, 13, 20), fragility(16, 20, 7, 20)
    assert better.p == pytest.approx(not_better.p)
    assert (better.index, better.changed_group, better.events_after) == (2, 1, 6)
    assert (not_better.index, not_better.changed_group, not_better.events_after) == (3, 0, 10)


# Where there is none


def test_not_significant_to_begin_with():
    found = fragility(8, 20, 5, 20)
    assert (found.index, found.changed_group, found.events_after, found.p_after) == (None, None, None, None)
    assert found.reason == "not_significant"
    assert found.p == pytest.approx(float(exactly(8, 20, 5, 20)))


def test_fewer_events_but_a_higher_share_leaves_walshs_rule_without_an_answer():
    # FragilityTools' example: 40 of 60 against 100 of 210; more events in the first group widen the difference.
    found = fragility(40, 60, 100, 210)
    assert found.index is None
    assert found.p < 0.05
    assert found.reason == "higher_share"
    assert found.changed_group is None


def test_equally_many_events_change_where_they_are_rarer():
    assert fragility(9, 10, 9, 60).changed_group == 0
    assert fragility(9, 60, 9, 10).changed_group == 1


# Fisher


@unhurried
@given(groups, groups)
def test_fisher_agrees_with_whole_numbers_and_with_scipy(one, zero):
    p = fisher_two_sided(*one, *zero)
    assert p == pytest.approx(float(exactly(*one, *zero)), rel=1e-9)
    table = [[one[0], one[1] - one[0]], [zero[0], zero[1] - zero[0]]]
    assert p == pytest.approx(scipy.stats.fisher_exact(table).pvalue, rel=1e-9)


@unhurried
@given(st.integers(1, 60), st.data())
def test_ties_count_as_ties(n, data):
    # Groups of equal size: x events in group 1 are as likely as in group 0, whatever rounding says.
    x = data.draw(st.integers(0, n))
    y = data.draw(st.integers(0, n))
    assert fisher_two_sided(x, n, y, n) == fisher_two_sided(y, n, x, n)


def test_fisher_holds_for_thousands():
    assert fisher_two_sided(200, 4000, 250, 4000) == pytest.approx(float(exactly(200, 4000, 250, 4000)), rel=1e-9)


@pytest.mark.parametrize(("one", "zero"), [((0, 10), (0, 20)), ((10, 10), (20, 20)), ((0, 1), (1, 1))])
def test_nothing_to_tell_apart(one, zero):
    assert fisher_two_sided(*one, *zero) == 1


@pytest.mark.parametrize("n", [20, 40, 60, 100, 200])
def test_exactly_1_in_20_is_not_significant(n):
    # One event in all, in a group of n / 20 people: it falls there by chance in 1 of 20.
    small = n // 20
    for p in (fisher_two_sided(1, small, 0, n - small), fisher_two_sided(0, n - small, 1, small)):
        assert p == 0.05
    for p in (
        fisher_two_sided(small - 1, small, n - small, n - small),
        fisher_two_sided(n - small, n - small, small - 1, small),
    ):
        assert p == 0.05
    assert fragility(1, small, 0, n - small).index is None


@unhurried
@given(st.integers(1, 40), st.integers(1, 40))
def test_what_lets_a_table_pass_is_its_p_value_alone(n1, n0):
    fewest, most = not_significant(np.arange(n1 + n0 + 1), n1, n0)
    for total in range(n1 + n0 + 1):
        for x in range(max(0, total - n0), min(n1, total) + 1):
            assert (fewest[total] <= x <= most[total]) == (exactly(x, n1, total - x, n0) >= Fraction(1, 20))


@pytest.mark.parametrize(
    ("total", "n1", "n0"), [(1000, 1000, 1000), (37, 900, 1000), (1990, 999, 1000), (700, 40, 1000)]
)
def test_in_large_groups_too_where_far_tables_are_left_out(total, n1, n0):
    (fewest,), (most,) = not_significant(np.array([total]), n1, n0)
    low, high = max(0, total - n0), min(n1, total)
    assert exactly(fewest, n1, total - fewest, n0) >= Fraction(1, 20) <= exactly(most, n1, total - most, n0)
    assert fewest == low or exactly(fewest - 1, n1, total - fewest + 1, n0) < Fraction(1, 20)
    assert most == high or exactly(most + 1, n1, total - most - 1, n0) < Fraction(1, 20)


@pytest.mark.parametrize(
    ("one", "zero"),
    [((500, 1000), (20, 1000)), ((0, 1000), (990, 1000)), ((8, 18198), (162, 18325)), ((60, 90), (1, 1000))],
)
def test_the_index_of_large_groups_is_that_of_whole_numbers(one, zero):
    found = fragility(*one, *zero)
    events, n, other = (*one, zero) if found.changed_group == 1 else (*zero, one)
    steps = [exactly(found.events_after - less, n, *other) for less in (0, 1, 2)]
    assert steps[0] >= Fraction(1, 20) > max(steps[1:])
    assert found.events_after - events == found.index
    assert found.p_after == pytest.approx(float(steps[0]), rel=1e-9)


# Welch


@unhurried
@given(st.floats(-20, 20), st.floats(0.1, 9), st.integers(2, 60), st.floats(0.1, 9), st.integers(2, 60))
def test_welchs_p_is_scipys_and_says_what_the_interval_says(difference, se1, n1, se0, n0):
    p = welch_two_sided(difference, se1, n1, se0, n0)
    other = scipy.stats.ttest_ind_from_stats(difference, se1 * n1**0.5, n1, 0, se0 * n0**0.5, n0, equal_var=False)
    assert p == pytest.approx(other.pvalue, rel=1e-9)
    interval = mean_difference(difference, se1, n1, 0, se0, n0)
    assert (p < 0.05) == (interval.low > 0 or interval.high < 0)


def test_without_any_spread_there_is_no_test():
    assert welch_two_sided(3, 0, 10, 0, 12) is None


# Fragility


@unhurried
@given(apart, others)
def test_the_index_is_the_first_that_loses_significance(one, zero):
    found = fragility(*one, *zero)
    assert found.p == fisher_two_sided(*one, *zero)
    if found.index is None:
        assert found.reason
        return
    assert (found.changed_group, found.events_after) == (1, one[0] + found.index)
    on_the_way = [fisher_two_sided(one[0] + more, one[1], *zero) for more in range(found.index + 1)]
    assert max(on_the_way[:-1]) < 0.05 <= on_the_way[-1]
    assert found.p_after == on_the_way[-1]
    # Changed by that many, there is nothing left to undo.
    assert fragility(found.events_after, one[1], *zero).index is None


@unhurried
@given(groups, groups)
def test_the_groups_can_be_swapped(one, zero):
    here, there = fragility(*one, *zero), fragility(*zero, *one)
    assert (here.index, here.events_after) == (there.index, there.events_after)
    assert here.p == pytest.approx(there.p)
    if here.changed_group is not None:
        assert here.changed_group == 1 - there.changed_group


@unhurried
@given(groups, groups)
def test_there_is_an_index_or_a_reason(one, zero):
    found = fragility(*one, *zero)
    assert (found.index is None) == bool(found.reason)
    if found.p >= 0.05:
        assert found.index is None
    elif found.index is None:
        few, many = sorted([one, zero])
        assert few[0] <= many[0]
        assert few[0] / few[1] > many[0] / many[1]


@pytest.mark.parametrize("function", [fragility, fisher_two_sided])
@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ((1, 0, 1, 10), "people must be a whole number of at least 1, not 0"),
        ((1, 10, 1, 9.5), "people must be a whole number of at least 1, not 9.5"),
        ((11, 10, 1, 10), "whole number from 0 to 10, not 11"),
        ((-1, 10, 1, 10), "whole number from 0 to 10, not -1"),
        ((1, 10, 1.5, 10), "whole number from 0 to 10, not 1.5"),
        ((math.nan, 10, 1, 10), "whole number from 0 to 10, not nan"),
    ],
)
def test_impossible_input_is_one_sentence(function, arguments, message):
    with pytest.raises(ValueError, match=message) as caught:
        function(*arguments)
    assert str(caught.value).endswith(".")
