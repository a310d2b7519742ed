"""Numbers needed to treat: Altman 1998 and others, and what the wording must never do."""

import csv
import math
from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from prolo_dash.stats.effects import Estimate, NeededLimit, number_needed, risk_difference

REFERENCE = Path(__file__).parents[1] / "reference" / "number_needed.csv"
with REFERENCE.open(newline="") as file:
    PUBLISHED = {row["id"]: row for row in csv.DictReader(file)}

groups = st.integers(1, 300).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))


def published(name):
    row = PUBLISHED[name]
    numbers = [float(row[key]) if row[key] else None for key in ("difference", "low", "high")]
    return row, number_needed(Estimate(*numbers))


@pytest.mark.parametrize("name", ["altman1998", "barrowman2002"])
def test_limits_are_the_inverted_limits_of_the_difference(name):
    row, needed = published(name)
    for limit, key in zip(needed.limits, ("near", "far"), strict=True):
        assert limit.benefit == (row[f"{key}_side"] == "NNTB")
        assert f"{limit.value:.{row['decimals']}f}" == row[key]


@pytest.mark.parametrize("name", ["altman1998", "cates_rounding"])
def test_the_number_is_rounded_up_to_whole_people(name):
    row, needed = published(name)
    assert needed.whole == int(row["whole"])


def test_an_interval_through_no_effect_goes_through_infinity():
    _, needed = published("altman1998")
    assert needed.text == "NNTB 10 (NNTB 4 to infinity to NNTH 20)"


def test_the_same_trial_seen_from_the_other_side_says_harm():
    needed = number_needed(Estimate(0.10, -0.05, 0.25).negated())
    assert needed.text == "NNTH 10 (NNTH 4 to infinity to NNTB 20)"


@pytest.mark.parametrize(
    ("difference", "text"),
    [
        # 1/0.3 = 3.33 up to 4; 1/0.45 = 2.22 down to 2; 1/0.13 = 7.69 up to 8
        (Estimate(0.3, 0.13, 0.45), "NNTB 4 (2 to 8)"),
        (Estimate(-0.3, -0.45, -0.13), "NNTH 4 (2 to 8)"),
        (Estimate(0.3), "NNTB 4"),
        (Estimate(-0.3), "NNTH 4"),
        # a limit of exactly no difference
        (Estimate(0.2, 0.0, 0.4), "NNTB 5 (2 to infinity)"),
        (Estimate(-0.2, -0.4, 0.0), "NNTH 5 (2 to infinity)"),
        # everyone benefits
        (Estimate(1.0, 0.6075, 1.0), "NNTB 1 (1 to 2)"),
        # 1/0.03 = 33.3 and 1/0.07 = 14.3: both ends lie outside the printed gap, so both round down
        (Estimate(0.02, -0.03, 0.07), "NNTB 50 (NNTB 14 to infinity to NNTH 33)"),
    ],
)
def test_the_wording_is_the_conventional_one(difference, text):
    assert number_needed(difference).text == text


def test_osgood_schlatter_at_3_months_by_hand():
    # Topol 2011, 14/21 v 5/22: 1/0.439394 = 2.276, 1/0.644167 = 1.5524, 1/0.142339 = 7.0255
    needed = number_needed(risk_difference(14, 21, 5, 22))
    assert needed.benefit
    assert needed.value == pytest.approx(2.275862, abs=1e-6)
    assert [limit.value for limit in needed.limits] == pytest.approx([1.5524, 7.0255], abs=1e-4)
    assert needed.text == "NNTB 3 (1 to 8)"


def test_a_whole_number_is_not_rounded_up_to_the_next():
    # 3/10 - 2/10 is 0.09999999999999998 to a computer.
    assert number_needed(Estimate(3 / 10 - 2 / 10)).whole == 10


def test_no_difference_has_no_number_needed():
    assert number_needed(risk_difference(5, 10, 5, 10)) is None
    assert number_needed(Estimate(0.1 + 0.2 - 0.3)) is None


@pytest.mark.parametrize("difference", [Estimate(38.0), Estimate(0.5, -2.0, 0.9), Estimate(0.5, 0.1, 1.5)])
def test_percentages_in_place_of_proportions_are_refused(difference):
    with pytest.raises(ValueError, match="lies between -1 and 1, not at"):
        number_needed(difference)


@given(groups, groups)
def test_it_is_the_inverse_of_the_risk_difference(one, zero):
    difference = risk_difference(*one, *zero)
    assume(difference.value != 0)
    needed = number_needed(difference)
    sign = 1 if needed.benefit else -1
    assert sign / needed.value == pytest.approx(difference.value)
    inverses = sorted(0.0 if math.isinf(limit.value) else _signed(limit) for limit in needed.limits)
    assert inverses == pytest.approx([difference.low, difference.high], abs=1e-9)
    assert needed.whole >= needed.value * (1 - 1e-9)
    assert needed.whole - needed.value < 1


@given(groups, groups)
def test_both_sides_are_named_exactly_when_the_interval_spans_no_effect(one, zero):
    difference = risk_difference(*one, *zero)
    assume(difference.value != 0)
    text = number_needed(difference).text
    spans = difference.low < -1e-9 and difference.high > 1e-9
    assert ("NNTB" in text and "NNTH" in text) == spans


def _signed(limit: NeededLimit) -> float:
    return (1 if limit.benefit else -1) / limit.value
