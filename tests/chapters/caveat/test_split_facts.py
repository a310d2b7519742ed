"""What is left of each gain, as facts: worked out by hand from the papers' figures."""

from dataclasses import replace
from pathlib import Path

import pytest

from prolo_dash.chapters.caveat.split import VIEW
from prolo_dash.chapters.caveat.split.facts import facts
from prolo_dash.evidence.library import library

TESTS = Path(__file__).parents[2]
FROZEN, TOY = library(TESTS / "frozen"), library(TESTS / "topics" / "knee_operation")


def known(shown=FROZEN, **settings):
    return facts(shown, replace(VIEW.default_state(shown), **settings))


def test_shares_of_function_scores():
    """Nakase 2020: (84.1 - 62.5) / (83.6 - 59.6) = 21.6 / 24; Rabago 2013: 7.59 / 15.32. Dechow 1999 had no gain."""
    found = known(outcome="function")
    assert [c.study.study_id for c in found.drawn] == ["nakase2020", "wu2022", "rabago2013", "dechow1999"]
    nakase, _, rabago = found.shares
    assert (nakase, rabago) == (pytest.approx(21.6 / 24), pytest.approx(7.59 / 15.32, abs=1e-3))
    assert found.control_as_good == 1
    assert found.example[0] == "Nakase 2020"


def test_counts_of_topol_2011():
    """5 of 22 over 14 of 21 at 3 months = 0.34; 6 of 13 over 32 of 38 at a year = 0.55."""
    found = known(conditions=("osgood_schlatter",))
    shares = {c.comparison_id: c.share.value for c in found.drawn}
    assert shares["topol2011_asymptomatic_13w.dextrose"] == pytest.approx((5 / 22) / (14 / 21))
    assert shares["topol2011_asymptomatic_52w.dextrose"] == pytest.approx((6 / 13) / (32 / 38))
    left = dict(zip(shares, found.left, strict=True))
    assert left["topol2011_asymptomatic_13w.dextrose"].value == pytest.approx(14 / 21 - 5 / 22)
    assert found.counts


def test_an_untreated_group_is_counted_where_there_is_one(frozen_table):
    studies = {a["study_id"] for a in frozen_table("arms") if a["role"] == "untreated"}
    found = known()
    assert found.with_untreated == sum(c.study.study_id in studies for c in found.drawn) == 4


def test_a_trial_is_drawn_or_listed():
    for outcome in ("better", "pain", "function"):
        found = known(outcome=outcome)
        drawn = {c.study.study_id for c in found.drawn}
        assert len(drawn) + len(found.rest) == found.chosen == len(FROZEN.trials)


def test_conditions_without_a_pair_of_counts_are_known():
    assert [c.condition_id for c in known().missing] == ["osteoarthritis", "sports_injury"]
    assert known(outcome="pain").missing == ()


def test_another_topic_is_told_in_its_own_words():
    for show in ("reported", "split", "left"):
        shown = VIEW.render(TOY, replace(VIEW.default_state(TOY), show=show))
        texts = [shown.sentence, shown.alt, *shown.how_to_read, *shown.table.columns, *(k.label for k in shown.key)]
        assert [text for text in texts if "prolo" in text or "injection" in text] == []
        assert any("keyhole surgery" in text for text in texts)


def test_what_is_counted_in_place_of_people_comes_from_the_trials():
    """Topol 2011, Nakase 2020 and Reeves 2000 count knees; the trials of the other topic count people."""
    assert known().units == ("knee",)
    assert known(TOY).units == ()
    assert any(
        "Some trials count knees, not people. Knees of" in text
        for text in VIEW.render(FROZEN, VIEW.default_state(FROZEN)).how_to_read
    )
    assert not any("not people" in text for text in VIEW.render(TOY, VIEW.default_state(TOY)).how_to_read)


def test_a_gain_in_three_parts():
    """Pedersen 2024: 49% without treatment, 18% more with placebo, 33% more with the treatment."""
    parts = known().three_parts
    assert (parts.name, parts.untreated, parts.placebo) == ("Pedersen 2024", 0.49, 0.18)
    assert parts.treatment == pytest.approx(0.33)
    assert known(TOY).three_parts is None
