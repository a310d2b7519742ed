"""One trial under a supposition, as facts."""

from dataclasses import replace
from pathlib import Path

import pytest

from prolo_dash.chapters.caveat.single_trial import words
from prolo_dash.chapters.caveat.single_trial.facts import TrialState, facts, readable
from prolo_dash.chapters.caveat.single_trial.view import VIEW
from prolo_dash.evidence.library import library

TESTS = Path(__file__).parents[2]
FROZEN, TOY = library(TESTS / "frozen"), library(TESTS / "topics" / "knee_operation")


@pytest.mark.parametrize(("percent", "anyway"), [(0, 0), (50, 100 / 3), (100, 200 / 3)])
def test_a_gain_is_cut_where_it_is_supposed_to_be(percent, anyway):
    """Topol 2011 at 3 months: 14 of 21 = 66.7 of 100."""
    found = facts(FROZEN, TrialState(trial="topol2011_asymptomatic_13w.dextrose", suppose=percent))
    assert 100 * found.anyway == pytest.approx(anyway)
    assert found.anyway + found.left == pytest.approx(found.gain) == pytest.approx(14 / 21)
    assert [f.counts for f in found.others] == [(5, 22), (3, 22)]
    assert found.beside == ()


def test_groups_not_as_randomised_have_the_randomised_ones_beside_them():
    found = facts(FROZEN, TrialState(trial="topol2011_asymptomatic_52w.dextrose", suppose=50))
    assert [c.comparison_id for c in found.beside] == ["topol2011_asymptomatic_13w.dextrose"]
    assert "As randomised, at 3 months: 14 of 21; 5 of 22; 3 of 22." in words.sentence(found)


def test_percent_and_points_are_told_apart_by_the_data():
    said = {
        key: words.sentence(facts(FROZEN, TrialState(trial=key, suppose=50)))
        for key in ("reeves2000knee_walkpain_26w.dextrose", "rabago2013_womac_52w.dextrose")
    }
    assert "percent gained" in said["reeves2000knee_walkpain_26w.dextrose"]
    assert "points gained" in said["rabago2013_womac_52w.dextrose"]


def test_every_trial_on_offer_has_a_gain_and_stands_there_once():
    found = readable(FROZEN)
    assert len(set(found)) == len(found)
    assert all(c.intervention.gain is not None for c in found)


def test_averages_come_with_their_intervals_from_the_data():
    """Zou 2016: 0.75 (0.72 to 0.79); Hafliðadóttir 2021: 0.54 (0.46 to 0.64)."""
    told = words.how_to_read(facts(FROZEN, TrialState(trial="topol2011_asymptomatic_13w.dextrose", suppose=50)))[-1]
    assert "75% of the gain in osteoarthritis (72 to 79) and 54% over many conditions (46 to 64). Both hold" in told
    toy = facts(TOY, TrialState(trial="ash2004_better_13w.surgery", suppose=50))
    assert "65% of the gain over many operations (55 to 75). It holds" in words.how_to_read(toy)[-1]
    assert "injection" not in words.sentence(toy)


def said(trial):
    return VIEW.render(FROZEN, replace(VIEW.default_state(FROZEN), trial=trial))


def test_the_gain_of_a_score_is_set_beside_the_smallest_change_that_people_notice():
    """Wu 2022 gained 34 points of the VISA-P, for which 7 to 13 were published; its spread is not known."""
    shown = said("wu2022_visap_52w.dextrose")
    assert "People are said to notice about 7 to 13: the gain is more." in shown.sentence
    assert [s.citation for s in shown.sources if s.note == "smallest change that people notice"] != []
    assert "within people" in " ".join(shown.how_to_read)


def test_of_a_score_without_a_published_one_that_is_said_and_of_counts_nothing():
    assert "We know of no smallest change that people notice" in said("topol2011_nppschange_13w.dextrose").sentence
    assert "notice" not in said("topol2011_asymptomatic_13w.dextrose").sentence
