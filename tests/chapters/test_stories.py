"""The headline figures, as somebody with the papers and a calculator would check them. The working is shown."""

import re
from dataclasses import replace
from pathlib import Path

import pytest

from prolo_dash.chapters.registry import VIEW_BY_KEY
from prolo_dash.evidence.library import library
from prolo_dash.kit import plotly
from prolo_dash.kit.theme import LIGHT

FROZEN = library(Path(__file__).parents[1] / "frozen")
PARTS = ("without", "control", "prolo")
LEFT = "Further gain after prolotherapy"


def render(view, **settings):
    return VIEW_BY_KEY[view].render(FROZEN, replace(VIEW_BY_KEY[view].default_state(FROZEN), **settings))


def cells(rendering, key):
    """A table row as column -> text."""
    (row,) = [row for row in rendering.table.rows if row.key == key]
    return dict(zip(rendering.table.columns, (cell.text for cell in row.cells), strict=True))


def caveat(key, **settings):
    return cells(render("caveat", **settings), key)


def difference(key, **settings):
    return cells(render("gain", show="difference", **settings), key)["Difference"]


def parts(key, **settings):
    """The lengths of the parts of a bar, by colour: no injection, control injection, prolotherapy."""
    drawn = {}
    for trace in plotly.figure(render("caveat", show="split", **settings).chart).data:
        if trace["type"] == "bar" and key in trace["ids"]:
            drawn[trace["marker"]["color"]] = trace["x"][trace["ids"].index(key)]
    return [drawn.get(LIGHT[name]) for name in PARTS]


# Osgood-Schlatter, Topol 2011: pain-free sport, in knees.


def test_at_3_months_14_of_21_5_of_22_and_3_of_22_were_pain_free():
    """14/21 = 66.7, 5/22 = 22.7, 3/22 = 13.6 of 100."""
    row = caveat("topol2011_asymptomatic_13w.dextrose", outcome="better")
    assert (row["After prolotherapy"], row["After control injection"], row["After no injection"]) == ("67", "23", "14")
    assert row[LEFT].startswith("44 (")


def test_of_67_in_100_14_came_without_injection_9_more_with_the_control_injection_and_44_more_with_prolotherapy():
    """13.64; 22.73 - 13.64 = 9.09; 66.67 - 22.73 = 43.94."""
    found = parts("topol2011_asymptomatic_13w.dextrose", outcome="better")
    assert found == [pytest.approx(13.64, abs=0.005), pytest.approx(9.09, abs=0.005), pytest.approx(43.94, abs=0.005)]
    assert [round(part) for part in found] == [14, 9, 44]


def test_the_interval_of_that_44_is_newcombe_s():
    """Wilson limits: 14/21 0.4537 to 0.8281; 5/22 0.1012 to 0.4344.

    Difference 0.4394; low 0.4394 - sqrt(0.2130^2 + 0.2071^2) = 0.142; high 0.4394 + sqrt(0.1614^2 + 0.1261^2) = 0.644.
    """
    row = caveat("topol2011_asymptomatic_13w.dextrose", outcome="better")
    assert row[LEFT] == "44 (14 to 64)"


def test_the_1_year_figures_of_the_article_are_32_of_38_6_of_13_and_2_of_14():
    """32/38 = 84.2, 6/13 = 46.2, 2/14 = 14.3 of 100."""
    row = caveat("topol2011_asymptomatic_52w.dextrose", outcome="better")
    assert (row["After prolotherapy"], row["After control injection"], row["After no injection"]) == ("84", "46", "14")
    assert row["Time"] == "1 year"


def test_the_article_s_84_and_46_per_cent_are_told_with_what_was_left_out():
    said = render("claim", claim="osgood_painfree")
    assert "84%" in said.sentence
    assert "46%" in said.sentence
    assert "lidocaine-only injection" in said.sentence
    assert "32 of 38, 6 of 13" in [box.strong for box in said.chain]
    assert "2 of 14" in said.chain[2].text, "the third group, which the article does not tell"


def test_17_of_44_control_knees_switched():
    """22 + 22 = 44 control knees; 9 switched from lidocaine and 8 from usual care; 21 + 17 = 38 got dextrose."""
    said = render("claim", claim="osgood_painfree").chain[-1].text
    assert "17 of 44 control knees switched" in said


# Knee osteoarthritis, Rabago 2013: WOMAC, week 52.


def test_rabago_2013_gained_15_3_with_saline_7_6_and_with_exercise_8_2():
    row = caveat("rabago2013_womac_52w.dextrose", outcome="function")
    found = (row["After prolotherapy"], row["After control injection"], row["After no injection"])
    assert found == ("15.3", "7.6", "8.2")


def test_the_control_injection_of_rabago_2013_added_less_than_nothing_to_exercise():
    """7.59 - 8.24 = -0.65: drawn as a negative part; 15.32 - 7.59 = 7.73."""
    without, control, prolo = parts("rabago2013_womac_52w.dextrose", outcome="function")
    assert without == pytest.approx(8.24)
    assert control == pytest.approx(-0.65)
    assert prolo == pytest.approx(7.73)


def test_rabago_2013_leaves_7_7_with_an_interval_that_includes_none():
    """SE of the difference sqrt(3.32^2 + 3.36^2) = 4.72; t about 2.01; 7.73 -+ 9.5 = -1.8 to 17.2."""
    row = caveat("rabago2013_womac_52w.dextrose", outcome="function")
    assert row[LEFT] == "7.7 (−1.8 to 17.2)"


# Low back pain.


def test_yelland_2004_46_against_36_of_100_had_their_pain_halved():
    """36 / 46 = 0.783; only percentages are printed, so there is no interval."""
    row = caveat("yelland2004_pain50_52w.glucose_lido", outcome="better")
    assert (row["After prolotherapy"], row["After control injection"]) == ("46", "36")
    assert row["Control gain as share of the whole"] == "78%"
    assert row[LEFT] == "10"


def test_klein_1993_30_of_39_against_21_of_40():
    """76.9 and 52.5 of 100, which schools round to 77 and 53; 24.4 more."""
    row = caveat("klein1993_resp50_26w.dgp", outcome="better")
    assert (row["After prolotherapy"], row["After control injection"]) == ("77", "53")
    assert row[LEFT].startswith("24 (")


def test_ongley_1987_35_of_40_against_16_of_41():
    """87.5 and 39.0 of 100, which schools round to 88 and 39; 48.5 more (0.875 - 0.39024 = 0.48476)."""
    row = caveat("ongley1987_dis50_26w.dgp_manip", outcome="better")
    assert (row["After prolotherapy"], row["After control injection"]) == ("88", "39")
    assert row[LEFT].startswith("48 (")


def test_the_other_care_that_differed_in_ongley_1987_stands_next_to_its_figures():
    chart = plotly.still(render("caveat", outcome="better", conditions=("low_back",)).chart)["layout"]["annotations"]
    (label,) = [a["text"] for a in chart if "Ongley 1987" in a["text"] and "halved" in a["text"]]
    assert "other care differed too" in label


def test_in_dechow_1999_the_control_group_gained_more():
    """Pain scores: 5.3 - 5.2 = 0.1 after prolotherapy, 5.3 - 4.4 = 0.9 after the control; 0.9 / 0.1 = 900%."""
    row = caveat("dechow1999_vas_26w.dgp", outcome="pain")
    assert (row["After prolotherapy"], row["After control injection"]) == ("0.1", "0.9")
    assert row[LEFT] == "−0.8"
    assert row["Control gain as share of the whole"] == "900%"


def test_a_share_of_900_per_cent_is_told_as_gained_as_much_or_more():
    said = render("caveat", outcome="pain", conditions=("low_back",), show="split").sentence
    assert "gained as much or more" in said
    assert "900" not in said


# Signs and intervals.


def test_wu_2022_s_printed_difference_is_shown_as_printed():
    """34.0 - 28.2 = 5.8, but the paper prints 5.5 (1.9 to 9.1), presumably adjusted."""
    assert difference("wu2022_visap_52w.dextrose", outcome="function", scale="printed").startswith("5.5 (1.9 to 9.1)")


def test_sit_2020_s_minus_10_34_is_shown_as_10_3_better():
    """-10.34 (-19.20 to -1.49) where lower is better = 10.34 (1.49 to 19.20) where higher is better."""
    found = difference("sit2020_womacpain_52w.dextrose", outcome="pain", scale="printed")
    assert found.startswith("10.3 (1.5 to 19.2) against saline into the joint")


@pytest.mark.parametrize(
    ("trial", "outcome", "figure"),
    [
        ("Sit 2020", "pain", "10.3"),  # -10.34 (-19.20 to -1.49), lower = better
        ("Jahangiri 2014", "pain", "1.1"),  # 1.1 (0.2 to 2.0)
        ("J Rehabil Med 2021", "pain", "0.9"),  # 0.93, no interval
    ],
)
def test_a_trial_of_which_only_the_difference_is_known_is_listed_with_its_difference(trial, outcome, figure):
    """The caveat can't split it; what is known of it is said all the same."""
    (box,) = [box for box in render("caveat", outcome=outcome).listed if trial in box.title]
    assert figure in box.text


def test_both_groups_of_nakase_2020_gained_alike():
    """83.6 - 59.6 = 24.0 and 84.1 - 62.5 = 21.6 points of the VISA score."""
    row = caveat("nakase2020_visa_interimfinal.dextrose", outcome="function")
    assert (row["After prolotherapy"], row["After control injection"]) == ("24.0", "21.6")


def test_lower_is_better_in_dumais_2012():
    """WOMAC changed by -21.8 and -6.1 points: gains of 21.8 and 6.1; 15.7 more."""
    row = cells(
        render("gain", show="groups", outcome="function", scale="printed", conditions=("knee_osteoarthritis",)),
        "dumais2012_womac_16w.rit_first",
    )
    assert row["After prolotherapy"] == "21.8"
    assert re.search(r": 6\.1$", row["Other groups"])
    assert row["Difference"].startswith("15.7 against")


def test_bertrand_2016_has_two_control_injections_and_each_is_compared():
    """59 of 100 against 37 and 27: 22 and 32 more."""
    rendering = render("caveat", outcome="better", conditions=("tendons",))
    key = "bertrand2016_pain28_39w.enthesis_dextrose."
    assert cells(rendering, key + "enthesis_saline")[LEFT] == "22"
    assert cells(rendering, key + "superficial_saline")[LEFT] == "32"


# The chapters' first sentences.


def test_what_if_half_of_topol_2011_s_67_would_have_come_anyway():
    """14/21 = 66.67, half of it 33.33; 5/22 = 22.73 of 100 knees."""
    said = render("caveat_trial", trial="topol2011_asymptomatic_13w.dextrose", suppose=50).sentence
    assert "**66.7** of 100 knees" in said
    assert "**33.3** would have come anyway and **33.3** would be left" in said
    assert "own control injection group had **22.7**" in said


@pytest.mark.parametrize(
    ("suppose", "anyway", "left"), [(0, "0.0", "66.7"), (100, "66.7", "0.0"), (35, "23.3", "43.3")]
)
def test_the_slider_runs_from_nothing_to_all(suppose, anyway, left):
    """35% of 66.67 = 23.33; 65% = 43.33."""
    said = render("caveat_trial", trial="topol2011_asymptomatic_13w.dextrose", suppose=suppose).sentence
    assert f"**{anyway}** would have come anyway and **{left}** would be left" in said


def test_the_averages_of_placebo_research_are_told_as_published():
    """Zou 2016: 0.75 (0.72 to 0.79); Hafliðadóttir 2021: 0.54 (0.46 to 0.64)."""
    rendering = render("caveat_share")
    assert cells(rendering, "zou2016_overall_pain")["Share or effect"] == "75 (72 to 79)%"
    assert cells(rendering, "haflidadottir2021_overall")["Share or effect"] == "54 (46 to 64)%"


def test_a_sham_needle_did_more_than_nothing():
    """Linde 2010: -0.41 (-0.56 to -0.24) standard deviations of pain; turned, higher = better."""
    assert cells(render("caveat_share"), "linde2010fkm_sham")["Share or effect"].startswith("0.41 (0.24 to 0.56)")


def test_the_first_chart_needs_no_touch():
    """The defaults tell the story: gains of everybody, then 11 comparisons cut by their control injection."""
    assert VIEW_BY_KEY["gain"].default_state(library()).show == "gain"
    assert VIEW_BY_KEY["caveat"].default_state(library()).show == "split"
    assert VIEW_BY_KEY["caveat_trial"].default_state(library()).trial == "topol2011_asymptomatic_13w.dextrose"
    said = render("caveat").sentence
    assert said.startswith(
        "In the 11 comparisons shown, for every 100 counted as better after prolotherapy, **26 to 92**"
    )
