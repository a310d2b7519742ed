"""Shares of trials and of placebo research, as facts."""

from dataclasses import replace
from pathlib import Path

import pytest

from prolo_dash.chapters.caveat.placebo_research import VIEW, words
from prolo_dash.chapters.caveat.placebo_research.facts import facts
from prolo_dash.evidence.benchmarks import broadest, by_population
from prolo_dash.evidence.library import library

TESTS = Path(__file__).parents[2]
FROZEN, TOY = library(TESTS / "frozen"), library(TESTS / "topics" / "knee_operation")


def known(shown=FROZEN, **settings):
    return facts(shown, replace(VIEW.default_state(shown), **settings))


def test_the_data_say_which_averages_are_shown(frozen_table):
    rows = frozen_table("benchmarks")
    named = {kind: {b["benchmark_id"] for b in rows if b["shown"] == kind} for kind in ("nearest", "sham")}
    found = known()
    assert {one.benchmark.benchmark_id for one in found.averages} == named["nearest"]
    assert {one.benchmark.benchmark_id for one in found.shams} == named["sham"]
    shares = [b for b in rows if b["measure"] == "proportion_contextual_effect" and b["estimate"]]
    assert len(known(benchmarks="all").averages) == len(shares) > len(found.averages)


def test_a_sham_against_no_treatment_is_turned_so_that_higher_is_better():
    """Madsen 2009 prints -0.42 (-0.60 to -0.23)."""
    (madsen,) = [one for one in known().shams if one.benchmark.benchmark_id == "madsen2009"]
    assert madsen.benchmark.estimate < 0 < madsen.estimate.low
    assert madsen.estimate.value == -madsen.benchmark.estimate


def test_shares_below_and_beyond_the_whole():
    """Function scores: 21.6 / 24, Wu 2022, and 7.59 / 15.32 lie below; Dechow 1999 has no share."""
    found = known(outcome="function")
    assert (len(found.below), found.beyond) == (3, 0)
    assert min(found.below) == pytest.approx(7.59 / 15.32, abs=1e-3)
    assert known(outcome="pain").beyond == 1  # Dechow 1999: 0.9 against 0.1


def test_sentences_tell_the_averages_by_population():
    told = by_population(known().told)
    assert {of: [b.estimate for b in own] for of, own in told.items()} == {
        "in osteoarthritis": [0.44, 0.75],
        "over many conditions": [0.54],
    }
    assert [b.estimate for b in broadest(FROZEN)] == [0.75, 0.54]  # over 215 and 186 trials


def test_a_package_with_one_average_and_no_sham_is_told_and_drawn():
    found = known(TOY)
    assert (len(found.averages), found.shams) == (1, ())
    assert "averages are **65%** over many operations." in words.sentence(found)
    texts = [words.sentence(found), words.alt(found), *words.how_to_read(found), *(k.label for k in words.key(found))]
    assert [text for text in texts if "prolo" in text or "injection" in text or "sham needle" in text] == []
