"""Which figures share an axis, and how a value is written on it."""

from dataclasses import replace
from pathlib import Path

import pytest

from prolo_dash.evidence.library import library
from prolo_dash.kit.scales import PER_100, STANDARD, by_scale, scale_of, span, standard_gain
from prolo_dash.stats.effects import Estimate

LIBRARY = library()
FROZEN = library(Path(__file__).parents[1] / "frozen")


def comparison(key):
    return FROZEN.comparison_by_id[key]


@pytest.mark.parametrize(
    ("key", "unit", "largest"),
    [
        ("topol2011_asymptomatic_13w.dextrose", "counted as better, per 100", None),
        ("rabago2013_womac_52w.dextrose", "points gained, of 100", 100),  # WOMAC as a share of 100
        ("yelland2004_vas_52w.glucose_lido", "points gained, of 100", 100),
        ("scarpone2008_pain_16w.dextrose_morrhuate", "points gained, of 10", 10),  # Likert 0-10
        ("dumais2012_womac_16w.rit_first", "points gained, of 96", 96),  # WOMAC total
        ("reeves2000knee_walkpain_26w.dextrose", "percent gained", None),
    ],
)
def test_a_value_is_written_with_the_range_of_its_scale(key, unit, largest):
    assert scale_of(comparison(key)).unit == unit
    assert comparison(key).outcome.scale_max in (largest, None)


def test_scales_of_unknown_range_are_not_mixed_with_known_ones():
    """Dechow 1999 prints a pain scale of about 5 and a disability index of about 35, and no range for either."""
    pain, disability = (comparison(f"dechow1999_{name}_26w.dgp") for name in ("vas", "odi"))
    assert "of" not in scale_of(pain).unit
    assert scale_of(pain).heading == "Scale not stated, printed scores under 10"
    assert scale_of(disability).heading == "Scale not stated, printed scores over 10"


def test_every_comparison_of_one_axis_has_one_unit_and_none_is_dropped():
    grouped = by_scale(LIBRARY.comparisons)
    assert sum(len(own) for _, own in grouped) == len(LIBRARY.comparisons)
    headings = [(scale.heading, scale.unit) for scale, _ in grouped]
    assert len(headings) == len(set(headings))
    for scale, own in grouped:
        assert all(scale_of(c) == scale for c in own)


def test_a_range_of_any_size_is_an_axis_and_a_scale_of_its_own_has_its_name():
    """Topol 2011 measured with the sport pain scale (NPPS), whose range was not seen."""
    womac = comparison("dumais2012_womac_16w.rit_first")
    short = replace(womac, outcome=replace(womac.outcome, scale_min=1, scale_max=24))
    assert (scale_of(short).heading, scale_of(short).unit) == ("Scores from 1 to 24", "points gained, of 24")
    assert scale_of(comparison("topol2011_nppschange_13w.dextrose")).heading == "Sport pain scale (NPPS)"


def test_known_ranges_come_first():
    order = [scale.heading for scale, _ in by_scale(reversed(FROZEN.comparisons))]
    again = [scale.heading for scale, _ in by_scale(FROZEN.comparisons)]
    assert order == again
    assert order.index("Scores with a range of 100") < order.index("Scale not stated, printed scores over 10")


def test_counts_are_written_per_100_without_decimals():
    assert PER_100.text(14 / 21) == "67"
    assert PER_100.signed(14 / 21 - 5 / 22) == "+44"
    assert PER_100.interval(Estimate(0.439, 0.138, 0.643)) == "44 (14 to 64)"
    assert PER_100.on_axis(Estimate(0.5, 0.25, 0.75)) == Estimate(50.0, 25.0, 75.0)


def test_standard_deviations_have_two_decimals():
    assert STANDARD.text(0.5) == "0.50"
    assert STANDARD.signed(-0.455) in ("−0.46", "−0.45")


@pytest.mark.parametrize(
    "values", [[], [0.0], [3.0, 15.3], [-2.0, 1.0], [-0.65, 15.3, 22.2], [-5.0], [1e-9], [900.0, 3.0]]
)
@pytest.mark.parametrize("symmetric", [False, True])
def test_an_axis_holds_zero_and_every_value_with_room(values, symmetric):
    low, high = span(values, symmetric)
    assert low <= 0 < high
    assert all(low <= value < high for value in values)
    if symmetric and any(value < 0 for value in values):
        assert low == pytest.approx(-high)
    if all(value >= 0 for value in values) and not symmetric:
        assert low == 0


def test_a_gain_in_standard_deviations_is_the_gain_over_the_pooled_spread():
    """Rabago 2013, week 52: standard errors 3.32, 3.36 and 3.33 in 26, 25 and 26 people.

    Spreads: 3.32 x sqrt(26) = 16.93, 3.36 x sqrt(25) = 16.80, 3.33 x sqrt(26) = 16.98.
    Pooled: sqrt((25 x 286.6 + 24 x 282.2 + 25 x 288.3) / 74) = sqrt(285.8) = 16.90; 15.32 / 16.90 = 0.906.
    """
    one = comparison("rabago2013_womac_52w.dextrose")
    standardised = standard_gain(one)
    assert standardised(one.intervention) == pytest.approx(0.906, abs=0.001)
    assert standardised(one.control) == pytest.approx(7.59 / 16.90, abs=0.001)


def test_without_sizes_or_spreads_nothing_is_standardised():
    wu = comparison("wu2022_visap_52w.dextrose")  # sizes of the groups not seen
    reeves = comparison("reeves2000knee_walkpain_26w.dextrose")  # spreads not seen
    assert standard_gain(wu)(wu.intervention) is None
    assert standard_gain(reeves)(reeves.intervention) is None


@pytest.mark.parametrize(
    ("key", "difference", "told"),
    [
        ("rabago2013_womac_52w.dextrose", Estimate(7.7, -1.8, 17.2), "7.7 (−1.8 to 17.2) points"),
        ("rabago2013_womac_52w.dextrose", Estimate(5, -95, 105), "5.0 (−95.0 to 105.0) points"),  # just as wide
        ("rabago2013_womac_52w.dextrose", Estimate(5, -95, 105.1), "too uncertain to say"),  # WOMAC of 100
        ("scarpone2008_pain_16w.dextrose_morrhuate", Estimate(3, -9, 12), "too uncertain to say"),  # of 10
        ("topol2011_asymptomatic_13w.dextrose", Estimate(0.37, -1.16, 1.9), "too uncertain to say"),
        ("reeves2000knee_walkpain_26w.dextrose", Estimate(5, -900, 900), "5 (−900 to 900) points"),  # no known range
    ],
)
def test_a_difference_whose_interval_is_wider_than_its_scale_tells_nothing(key, difference, told):
    assert scale_of(comparison(key)).difference(difference, "points") == told
