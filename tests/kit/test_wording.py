"""Numbers into words."""

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from statsmodels.stats.proportion import confint_proportions_2indep

from prolo_dash.evidence.library import library
from prolo_dash.kit.contextual_share import share_percent
from prolo_dash.kit.wording import (
    FLAG_LABEL,
    count,
    flag_reasons,
    grave_flag,
    interval,
    listing,
    number,
    p_words,
    per_hundred,
    printed,
    signed,
    size_words,
    trim,
    weeks_words,
)
from prolo_dash.stats.effects import Estimate

LIBRARY = library()
FROZEN = library(Path(__file__).parents[1] / "frozen")
finite = st.floats(min_value=-1e6, max_value=1e6)


def comparison(key):
    return FROZEN.comparison_by_id[key]


@pytest.mark.parametrize(
    ("value", "digits", "text"),
    [
        (14 / 21 * 100, 0, "67"),
        (-0.65, 2, "−0.65"),
        (-2.0, 1, "−2.0"),
        (15.32, 1, "15.3"),
        (28.0, 1, "28.0"),
        (0.0, 0, "0"),
        (-0.0, 1, "0.0"),
        (-0.04, 1, "0.0"),
        (-0.4, 0, "0"),
        (0.04, 1, "0.0"),
        (-0.05, 2, "−0.05"),
        (900.0, 0, "900"),
    ],
)
def test_a_number_has_a_true_minus_keeps_its_zeros_and_no_sign_at_zero(value, digits, text):
    assert number(value, digits) == text


@pytest.mark.parametrize(
    ("value", "digits", "text"), [(100 * 21 / 40, 0, "53"), (100 * 35 / 40, 0, "88"), (-2.5, 0, "−3"), (0.25, 1, "0.3")]
)
def test_a_half_is_rounded_away_from_zero_as_in_school(value, digits, text):
    """21 of 40 is 52.5 of 100; Python by itself would write 52, and 88 for 87.5."""
    assert number(value, digits) == text


@given(finite, st.integers(0, 3))
def test_a_number_reads_back_as_what_it_was_rounded_from(value, digits):
    text = number(value, digits)
    assert "-" not in text
    assert not re.fullmatch(r"−0(\.0*)?", text)
    assert abs(float(text.replace("−", "-")) - value) <= 0.5 * 10**-digits + 1e-9
    assert len(text.partition(".")[2]) == digits


@pytest.mark.parametrize(
    ("value", "digits", "text"),
    [
        (44.0, 0, "+44"),
        (-0.65, 2, "−0.65"),
        (0.0, 0, "0"),
        (-0.001, 1, "−0.001"),
        (0.001, 1, "+0.001"),
        (5.5, 1, "+5.5"),
    ],
)
def test_a_difference_shows_its_sign_and_zero_has_none(value, digits, text):
    assert signed(value, digits) == text


@pytest.mark.parametrize(("share", "text"), [(32 / 38, "84"), (6 / 13, "46"), (2 / 14, "14"), (1.0, "100"), (0.0, "0")])
def test_a_share_is_a_count_of_100(share, text):
    assert per_hundred(share) == text


@pytest.mark.parametrize(
    ("estimate", "digits", "factor", "text"),
    [
        (Estimate(0.439, 0.138, 0.643), 0, 100, "44 (14 to 64)"),
        (Estimate(10.34, 1.49, 19.2), 1, 1, "10.3 (1.5 to 19.2)"),
        (Estimate(0.091, -0.079, 0.279), 0, 100, "9 (−8 to 28)"),
        (Estimate(1.5), 1, 1, "1.5"),
        (Estimate(-13.0, -20.0, -0.04), 1, 1, "−13.0 (−20.0 to −0.04)"),
    ],
)
def test_an_interval_is_written_with_to_so_that_a_minus_is_no_dash(estimate, digits, factor, text):
    assert interval(estimate, digits, factor) == text


@given(st.floats(-50, 50).filter(lambda x: x == 0 or abs(x) > 1e-6), st.integers(0, 2), st.sampled_from([0, 100]))
def test_a_limit_is_written_as_no_difference_only_where_it_is_that(limit, digits, null):
    estimate = Estimate(null + 60.0, null + limit, null + 70.0)
    low = re.search(r"\((.*) to ", interval(estimate, digits, marks=(null,)))[1]
    written = float(low.replace("−", "-")) - null
    assert (written > 0, written < 0) == (limit > 0, limit < 0)
    assert written == pytest.approx(limit, abs=max(0.5 * 10**-digits, 0.5 * abs(limit)) + 1e-9)


def test_the_limit_of_18_of_85_against_31_of_89_is_below_zero():
    """The interval of statsmodels, times 100."""
    low, high = confint_proportions_2indep(18, 85, 31, 89, method="newcomb", compare="diff")
    assert (round(100 * low, 1), round(100 * high, 1)) == (-26.3, -0.3)
    assert interval(Estimate(18 / 85 - 31 / 89, low, high), 0, 100) == "−14 (−26 to −0.3)"


@pytest.mark.parametrize(
    ("share", "text"),
    [
        # 20 of 50 over 1 of 50, Katz by hand: 20 exp(-+1.95996 sqrt(1/1 - 1/50 + 1/20 - 1/50)) = 2.790, 143.38
        (Estimate(20, 2.790, 143.38), "2,000 (279 to 14,338)%"),
        (Estimate(0.75, 0.5, 1.002), "75 (50 to 100.2)%"),
        (Estimate(1.2, 1.004, 1.5), "120 (100.4 to 150)%"),
        (Estimate(0.0), "0%"),
        (Estimate(0.5, 0.004, 63.2), "50 (0.4 to 6,320)%"),
        (Estimate(-0.5), "−50%"),
        (Estimate(-23.0), "−2,300%"),
        (Estimate(1.0), "100%"),
        (Estimate(0.4, 0.0001, 1600.0), "40 (under 0.1 to over 100,000)%"),
        (Estimate(2500.0), "over 100,000%"),
        (Estimate(-2500.0), "below −100,000%"),
    ],
)
def test_a_contextual_share_is_told_as_it_is(share, text):
    assert share_percent(share) == text


@pytest.mark.parametrize(
    ("p", "text"),
    [(0.3141, "p = 0.31"), (0.0604, "p = 0.060"), (0.0497, "p = 0.0497"), (0.05004, "p = 0.05004"), (0.05, "p = 0.050"),
     (0.0004, "p below 0.001"), (1.0, "p = 1.00")],
)  # fmt: skip
def test_a_p_value_is_never_rounded_to_the_border(p, text):
    assert p_words(p) == text


@pytest.mark.parametrize(
    ("weeks", "words"),
    [
        (None, "time not stated"),
        (1, "1 week"),
        (2, "2 weeks"),
        (5, "5 weeks"),
        (9, "9 weeks"),
        (12, "3 months"),
        (13, "3 months"),
        (16, "4 months"),
        (17, "4 months"),
        (26, "6 months"),
        (39, "9 months"),
        (51, "1 year"),  # day 360 in one trial
        (52, "1 year"),
        (65, "15 months"),
        (74, "17 months"),
        (104, "2 years"),
        (113, "2.2 years"),
        (124, "2.4 years"),
        (156, "3 years"),
    ],
)
def test_weeks_are_told_as_people_tell_time(weeks, words):
    assert weeks_words(weeks) == words


@given(st.integers(1, 260))
def test_told_time_is_never_more_than_three_weeks_off(weeks):
    amount, unit = weeks_words(weeks).split()
    per = {"week": 1, "weeks": 1, "month": 52 / 12, "months": 52 / 12, "year": 52, "years": 52}[unit]
    assert abs(float(amount) * per - weeks) <= 3


@pytest.mark.parametrize("times", [{row.weeks for row in LIBRARY.package.outcomes}])
def test_no_two_times_of_the_trials_that_differ_by_a_month_are_told_alike(times):
    told = {}
    for weeks in sorted(w for w in times if w):
        told.setdefault(weeks_words(weeks), []).append(weeks)
    assert all(max(same) - min(same) <= 4 for same in told.values())


@pytest.mark.parametrize(
    ("items", "text"),
    [
        ([], ""),
        (["a"], "a"),
        (["a", "b"], "a and b"),
        (["a", "b", "c"], "a, b and c"),
        (iter(["a", "b"]), "a and b"),
    ],
)
def test_a_list_reads_as_a_sentence(items, text):
    assert listing(items) == text


def test_a_list_can_be_joined_otherwise():
    assert listing(["figure", "source"], "and no") == "figure and no source"


@pytest.mark.parametrize(
    ("args", "text"),
    [
        ((1, "trial"), "1 trial"),
        ((2, "trial"), "2 trials"),
        ((0, "trial"), "0 trials"),
        ((1, "study", "studies"), "1 study"),
        ((3, "study", "studies"), "3 studies"),
        ((1, "person", "people"), "1 person"),
    ],
)
def test_one_is_one_and_more_are_more(args, text):
    assert count(*args) == text


@pytest.mark.parametrize(("value", "text"), [(-21.8, "−21.8"), (5.50, "5.5"), (28.0, "28"), (0.59, "0.59")])
def test_a_printed_figure_is_as_short_as_it_was_printed(value, text):
    assert trim(value) == text


@pytest.mark.parametrize(
    ("key", "group", "text"),
    [
        ("topol2011_asymptomatic_13w.dextrose", "intervention", "14 of 21"),
        ("rabago2013_womac_52w.dextrose", "intervention", "15.32 (SE 3.32)"),
        ("wu2022_visap_52w.dextrose", "control", "28.2 (SD 7.5)"),
        ("dumais2012_womac_16w.rit_first", "intervention", "−21.8 (SD 12.5)"),  # printed with its sign
        ("yelland2004_pain50_52w.glucose_lido", "intervention", "46%"),
        ("kim2010_resp50_65w.dextrose", "intervention", "59% (95% interval 37.9 to 79.5%)"),
        ("lin2022_vas_2w.dextrose", "intervention", "−2.1 (95% interval −2.7 to −1.4)"),
        ("sit2020_womacpain_52w.dextrose", "intervention", "not reported where we looked"),
        ("reeves2000knee_walkpain_26w.dextrose", "control", "26"),
    ],
)
def test_a_figure_is_told_as_the_paper_prints_it(key, group, text):
    assert printed(getattr(comparison(key), group)) == text


@pytest.mark.parametrize(
    ("key", "text"),
    [
        ("topol2011_asymptomatic_13w.dextrose", "65 knees"),  # 21 + 22 + 22
        ("rabago2013_womac_52w.dextrose", "77 of 90 people"),  # 26 + 25 + 26 analysed of 90 randomised
        ("klein1993_resp50_26w.dgp", "79 people"),  # 39 + 40
        ("wu2022_visap_52w.dextrose", "70 people"),  # group sizes not seen, the trial's
        ("reeves2000knee_walkpain_26w.dextrose", "size not seen"),
    ],
)
def test_sizes_count_who_was_measured_in_the_unit_that_was_counted(key, text):
    assert size_words(comparison(key)) == text


def test_every_kind_of_warning_in_the_files_has_words():
    assert {flag.kind for c in LIBRARY.comparisons for flag in c.flags} <= set(FLAG_LABEL)
    assert {flag.kind for flag in LIBRARY.package.flags} <= set(FLAG_LABEL)


def test_the_gravest_warning_stands_first_and_in_the_chart():
    one = comparison("topol2011_asymptomatic_52w.dextrose")
    assert grave_flag(one) == "groups not as randomised"
    assert "no longer as randomised" in flag_reasons(one)[0]


def test_a_warning_is_told_once():
    for one in LIBRARY.comparisons:
        reasons = flag_reasons(one)
        assert len(reasons) == len(set(reasons))
        assert {flag.reason for flag in one.flags} == set(reasons), "none is left out"


@pytest.mark.parametrize("label", FLAG_LABEL.values())
def test_a_warning_is_short_and_neither_blames_nor_advises(label):
    assert len(label) <= 36
    assert not re.search(r"\b(should|bad|poor|worthless|beware)\b|!", label)
