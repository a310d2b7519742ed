"""One outcome of one study: aligned so that higher = better, with what could be computed and what was printed."""

from dataclasses import replace
from pathlib import Path

import pytest

from prolo_dash.evidence.comparison import Completeness, combined_n
from prolo_dash.evidence.library import library

FROZEN = library(Path(__file__).parents[1] / "frozen")


def comparison(key):
    return FROZEN.comparison_by_id[key]


TOPOL = comparison("topol2011_asymptomatic_13w.dextrose")
RABAGO = comparison("rabago2013_womac_52w.dextrose")
DECHOW = comparison("dechow1999_vas_26w.dgp")
DUMAIS = comparison("dumais2012_womac_16w.rit_first")
WU = comparison("wu2022_visap_52w.dextrose")
SIT = comparison("sit2020_womacpain_52w.dextrose")
SCARPONE = comparison("scarpone2008_pain_16w.dextrose_morrhuate")
REEVES = comparison("reeves2000knee_walkpain_26w.dextrose")


# Gains.


def test_a_count_is_a_share_of_its_group():
    assert TOPOL.intervention.gain == pytest.approx(14 / 21)
    assert TOPOL.control.gain == pytest.approx(5 / 22)
    assert TOPOL.untreated.gain == pytest.approx(3 / 22)


def test_a_fall_on_a_scale_where_lower_is_better_is_a_gain():
    """WOMAC changed by -21.8 and -6.1 points."""
    assert DUMAIS.intervention.gain == pytest.approx(21.8)
    assert DUMAIS.untreated.gain == pytest.approx(6.1)


def test_a_change_on_a_scale_where_higher_is_better_stays_as_it_is():
    assert RABAGO.intervention.gain == pytest.approx(15.32)


def test_a_final_score_becomes_a_gain_by_its_own_baseline():
    """Dechow 1999, pain: 5.3 at the start and 5.2 at 6 months; 5.3 and 4.4 after the control injection."""
    assert DECHOW.intervention.gain == pytest.approx(5.3 - 5.2)
    assert DECHOW.control.gain == pytest.approx(5.3 - 4.4)


def test_a_final_score_where_higher_is_better_becomes_a_gain_too():
    """Nakase 2020, VISA: 59.6 to 83.6 and 62.5 to 84.1."""
    nakase = comparison("nakase2020_visa_interimfinal.dextrose")
    assert nakase.intervention.gain == pytest.approx(24.0)
    assert nakase.control.gain == pytest.approx(21.6)


def test_a_final_score_without_its_baseline_is_no_gain():
    assert replace(DECHOW.intervention, baseline=None).gain is None
    assert replace(DECHOW.intervention, baseline=replace(DECHOW.intervention.baseline, mean=None)).gain is None


def test_what_was_not_reported_stays_unknown():
    assert SIT.intervention.gain is None
    assert SIT.intervention.gain_estimate is None
    assert SIT.intervention.as_mean is None


@pytest.mark.parametrize("one", [DUMAIS, DECHOW, SCARPONE], ids=lambda c: c.comparison_id)
def test_the_printed_value_is_never_changed(one):
    printed = {
        "dumais2012_womac_16w.rit_first": -21.8,
        "dechow1999_vas_26w.dgp": 5.2,
        "scarpone2008_pain_16w.dextrose_morrhuate": 0.5,
    }
    assert one.intervention.result.mean == printed[one.comparison_id]


# Spread and intervals of one group.


def test_a_standard_error_gives_the_spread_between_people():
    """3.32 x sqrt(26) = 16.93."""
    assert RABAGO.intervention.se == 3.32
    assert RABAGO.intervention.sd == pytest.approx(16.93, abs=0.005)


def test_the_spread_of_a_final_score_is_not_the_spread_of_the_gain():
    assert DECHOW.intervention.se == pytest.approx(5.4 / 36**0.5)
    assert DECHOW.intervention.gain_se is None
    assert not DECHOW.intervention.gain_estimate.has_interval


def test_a_count_s_interval_is_wilson_s():
    """14 of 21: 0.4537 to 0.8281."""
    found = TOPOL.intervention.gain_estimate
    assert (found.low, found.high) == (pytest.approx(0.4537, abs=5e-5), pytest.approx(0.8281, abs=5e-5))


def test_a_mean_s_interval_is_student_s():
    """15.32 -+ 2.0595 x 3.32 (t with 25 degrees of freedom) = 8.48 to 22.16."""
    found = RABAGO.intervention.gain_estimate
    assert (found.low, found.high) == (pytest.approx(8.48, abs=0.005), pytest.approx(22.16, abs=0.005))


@pytest.mark.parametrize(
    ("key", "group", "low", "high"),
    [
        ("yelland2011_visa_52w.prolo", "untreated", 15.6, 31.9),  # 23.7 (15.6 to 31.9)
        ("lin2022_vas_2w.dextrose", "intervention", 1.4, 2.7),  # -2.1 (-2.7 to -1.4), lower = better
        ("carayannopoulos2011_vas_26w.prolo", "intervention", 0.61, 4.62),  # size of the group not seen
        ("kim2010_resp50_65w.dextrose", "intervention", 0.379, 0.795),  # 59% (37.9 to 79.5%), counts not seen
    ],
)
def test_an_interval_that_the_paper_prints_for_a_group_is_shown_as_printed(key, group, low, high):
    found = getattr(comparison(key), group).gain_estimate
    assert (found.low, found.high) == (pytest.approx(low), pytest.approx(high))


# Differences.


def test_counts_give_newcombe_s_interval():
    """Worked out in the story tests: 0.4394 (0.142 to 0.644)."""
    found = TOPOL.difference(TOPOL.control)
    assert found.basis == "counts"
    assert found.estimate.value == pytest.approx(14 / 21 - 5 / 22)
    assert (found.estimate.low, found.estimate.high) == (pytest.approx(0.142, abs=1e-3), pytest.approx(0.644, abs=1e-3))


def test_final_scores_are_compared_as_they_are_and_turned():
    """Scarpone 2008, pain: 0.5 against 3.5, lower = better: 3.0 better; the gains differ by 3.6."""
    found = SCARPONE.difference(SCARPONE.control)
    assert found.basis == "final scores"
    assert found.estimate.value == pytest.approx(3.0)
    assert 0 < found.estimate.low < 3.0 < found.estimate.high


def test_a_printed_interval_is_better_than_none():
    found = WU.difference(WU.control)
    assert found.basis == "as printed"
    assert (found.estimate.value, found.estimate.low, found.estimate.high) == (5.5, 1.9, 9.1)


def test_a_printed_difference_is_turned_by_its_stored_sign():
    """-10.34 (-19.20 to -1.49), negative favours dextrose."""
    found = SIT.difference(SIT.control)
    assert (found.estimate.value, found.estimate.low, found.estimate.high) == (10.34, 1.49, 19.2)


def test_a_printed_difference_of_unknown_sign_is_not_used():
    pilot = comparison("carayannopoulos2011_vas_pilot.prolo")
    (steroid,) = pilot.others
    assert pilot.contrast(steroid).estimate == 0.4
    assert pilot.difference(steroid) is None


@pytest.mark.parametrize(("low", "high"), [(11.0, 19.2), (-19.2, 9.0), (None, 19.2), (19.2, 1.49)])
def test_a_printed_interval_that_cannot_be_one_is_left_out(low, high):
    (contrast,) = (c for c in SIT.contrasts if c.versus_arm_id == "saline")
    broken = replace(SIT, contrasts=(replace(contrast, estimate=10.34, ci_low=low, ci_high=high, sign=1),))
    found = broken.difference(broken.control)
    assert found.estimate.value == 10.34
    assert not found.estimate.has_interval


def test_gains_without_spread_give_a_difference_without_interval():
    found = REEVES.difference(REEVES.control)
    assert found.basis == "gains"
    assert found.estimate.value == pytest.approx(35 - 26)
    assert not found.estimate.has_interval


def test_one_group_s_figure_alone_is_no_difference():
    lin = comparison("lin2022_vas_2w.dextrose")
    assert lin.intervention.gain == pytest.approx(2.1)
    assert lin.difference(lin.control) is None


def test_hedges_g_is_turned_so_that_higher_is_better():
    """Scarpone 2008: 3.0 / sqrt((0.4^2 + 1.5^2) / 2) = 3.0 / 1.0977 = 2.733; x (1 - 3/87) = 2.639."""
    assert SCARPONE.standardised(SCARPONE.control).value == pytest.approx(2.639, abs=0.005)


def test_hedges_g_needs_sizes_and_spreads_of_both():
    assert WU.standardised(WU.control) is None
    assert REEVES.standardised(REEVES.control) is None


# Shares and splits.


def test_the_contextual_share_is_control_over_prolotherapy_and_is_not_capped():
    assert TOPOL.share.value == pytest.approx((5 / 22) / (14 / 21))
    assert RABAGO.share.value == pytest.approx(7.59 / 15.32)
    assert DECHOW.share.value == pytest.approx(9.0)


def test_there_is_no_share_where_nothing_was_gained_or_nothing_seen():
    disability = comparison("dechow1999_odi_26w.dgp")
    assert disability.intervention.gain == pytest.approx(-2.0)
    assert disability.share is None
    assert SIT.share is None
    assert DUMAIS.share is None, "its other group got no injection"


def test_the_parts_of_a_split_add_up_and_may_be_negative():
    parts = RABAGO.split
    assert parts.untreated.value == pytest.approx(8.24)
    assert parts.added_by_control.value == pytest.approx(7.59 - 8.24)
    assert parts.added_by_intervention.value == pytest.approx(15.32 - 7.59)


def test_without_a_group_without_injections_the_control_part_is_its_whole_gain():
    parts = WU.split
    assert parts.untreated is None
    assert parts.added_by_control.value == pytest.approx(28.2)


def test_percentages_without_counts_are_split_without_interval():
    yelland = comparison("yelland2004_pain50_52w.glucose_lido").split
    assert yelland.added_by_intervention.value == pytest.approx(0.10)
    assert not yelland.added_by_intervention.has_interval


# Completeness.


def test_more_complete_is_more():
    order = [
        Completeness.COMPLETE,
        Completeness.ARM_FIGURES,
        Completeness.DIFFERENCE,
        Completeness.DIRECTION,
        Completeness.NOT_SEEN,
    ]
    assert order == sorted(order, reverse=True)
    assert len(set(order)) == len(order)


@pytest.mark.parametrize(
    ("key", "expected"),
    [
        ("klein1993_resp50_26w.dgp", Completeness.COMPLETE),  # 30 of 39 and 21 of 40
        ("rabago2013_womac_52w.dextrose", Completeness.COMPLETE),  # means, standard errors and sizes
        ("apaydin2020_activity_12w.dextrose", Completeness.COMPLETE),  # against another treatment
        ("reeves2000knee_walkpain_26w.dextrose", Completeness.ARM_FIGURES),  # 35 and 26, no spread
        ("wu2022_visap_52w.dextrose", Completeness.ARM_FIGURES),  # sizes of the groups not seen
        ("sit2020_womacpain_52w.dextrose", Completeness.DIFFERENCE),  # only the difference
        ("sert2020_vas_18w.dextrose", Completeness.DIRECTION),  # only p < 0.001
        ("lin2022_vas_2w.dextrose", Completeness.NOT_SEEN),  # one group, no statement
        ("topol2005_vas_74w.dextrose", Completeness.NO_COMPARATOR),
    ],
)
def test_how_much_could_be_read(key, expected):
    assert comparison(key).completeness is expected


def test_what_the_paper_prints_of_one_pair_is_not_taken_for_another():
    found = TOPOL.contrast(TOPOL.untreated)
    assert (found.arm_id, found.versus_arm_id) == ("dextrose", "usual_care")
    assert TOPOL.contrast(TOPOL.control).versus_arm_id == "lidocaine"


# The rest.


def test_groups_stand_prolotherapy_first_then_control_then_none_then_others():
    assert [f.arm.role for f in TOPOL.arms] == ["intervention", "control", "untreated"]
    eroglu = comparison("eroglu2016_womac_26w.dextrose")
    assert [f.arm.role for f in eroglu.comparators] == ["control", "other"]


def test_the_1_year_groups_are_not_as_randomised_and_the_3_month_groups_are():
    assert TOPOL.as_randomised
    assert not comparison("topol2011_asymptomatic_52w.dextrose").as_randomised


def test_sizes_are_added_only_where_every_size_is_known():
    assert combined_n(TOPOL.arms) == 21 + 22 + 22
    assert combined_n(WU.arms) is None


@pytest.mark.parametrize("one", library().comparisons, ids=lambda c: c.comparison_id)
def test_every_estimate_of_the_package_can_be_computed(one):
    for figure in one.arms:
        assert (figure.gain_estimate is None) == (figure.gain is None)
    for versus in one.comparators:
        found = one.difference(versus)
        if found and one.completeness_against(versus) is Completeness.COMPLETE:
            assert found.estimate.has_interval
    assert (one.share is None) or one.share.value == pytest.approx(one.control.gain / one.intervention.gain)
