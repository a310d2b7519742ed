"""Facts of sources, figures and gaps, beside the CSV files that they are made from."""

import re
from collections import Counter
from pathlib import Path

import pytest

from prolo_dash.chapters.sources import figures, glossary, source_list
from prolo_dash.chapters.sources.about import unverified
from prolo_dash.chapters.sources.about import view as about
from prolo_dash.evidence.figures import Level
from prolo_dash.evidence.gaps import DOUBTS, doubts
from prolo_dash.evidence.library import library
from prolo_dash.evidence.reading import Lack, readings, second_hand

ROOT = Path(__file__).parents[2]
FROZEN = library(ROOT / "frozen")
TOY = library(ROOT / "topics" / "knee_operation")


def test_what_was_read_in_a_source_is_counted_from_the_files(frozen_table):
    study_of = {o["outcome_id"]: o["study_id"] for o in frozen_table("outcomes")}
    figured = Counter(study_of[r["outcome_id"]] for r in frozen_table("results") if r["events"] or r["mean"])
    held = readings(FROZEN)["topol2011"].held
    assert (held["studies"], held["figures"]) == (1, figured["topol2011"])
    prices = Counter(p["source_id"] for p in frozen_table("prices") if p["source_id"])
    assert {s: readings(FROZEN)[s].held["prices"] for s in prices} == prices


def test_a_source_lacks_what_its_row_leaves_empty(frozen_table):
    for s in frozen_table("sources"):
        lacks = readings(FROZEN)[s["source_id"]].lacks
        assert (Lack.NUMBER in lacks) == (not s["doi"] and not s["pmid"])
        assert (Lack.TITLE in lacks) == (s["title_checked"] == "no")
        assert (Lack.YEAR in lacks) == (not s["year"])


def test_positions_at_second_hand_are_those_that_the_file_says(frozen_table):
    told = {p["source_id"] for p in frozen_table("positions") if p["second_hand"] == "yes" and p["source_id"]}
    assert second_hand(FROZEN) == told != set()


def test_a_kind_alone_has_its_own_sources(frozen_table):
    found = source_list.facts(FROZEN, source_list.SourcesState(kind="guideline"))
    assert {s.source.source_id for s in found.sources} == {
        s["source_id"] for s in frozen_table("sources") if s["kind"] == "guideline"
    }
    everything = source_list.facts(FROZEN, source_list.SourcesState(kind="all"))
    assert everything.studies == len(frozen_table("studies"))
    assert everything.registered == sum(bool(s["doi"] or s["pmid"]) for s in frozen_table("sources"))


def test_a_figure_is_complete_alone_or_not_reported(frozen_table):
    found = figures.facts(FROZEN, figures.FiguresState(condition="all"))
    by_key = {f"{r['outcome_id']}.{r['arm_id']}": r for r in frozen_table("results")}
    assert len(found.all) == len(by_key)
    for figure in found.all:
        r = by_key[figure.key]
        spread = r["events"] or (r["mean"] and (r["sd"] or r["se"] or r["ci_low"]))
        expected = Level.COMPLETE if spread else Level.ALONE if r["mean"] else Level.NOT_REPORTED
        assert figure.level == expected
    assert [FROZEN.name(study) for study in found.bare] == ["Mathews 1987"]


def test_a_count_is_sorted_as_a_percentage():
    found = figures.facts(FROZEN, figures.FiguresState(condition="osgood_schlatter"))
    (figure,) = [f for f in found.all if f.key == "topol2011_asymptomatic_13w.dextrose"]
    assert figure.number == pytest.approx(100 * 14 / 21)


def test_gaps_and_doubts_are_those_of_the_files(frozen_table):
    found = unverified.facts(FROZEN)
    seen = {r["outcome_id"] for r in frozen_table("results") if r["events"] or r["mean"]}
    assert {o.outcome_id for o in found.without_figure} == {o["outcome_id"] for o in frozen_table("outcomes")} - seen
    assert [p.position_id for p in found.without_page] == [
        p["position_id"] for p in frozen_table("positions") if not p["source_id"]
    ]
    reasons = {(f["study_id"], f["reason"]) for f in frozen_table("flags") if f["kind"] in DOUBTS}
    assert {(flag.study_id, flag.reason) for flag in doubts(FROZEN)} == reasons
    assert len(found.doubts) == len(reasons)


def test_searches_are_told_apart_from_what_is_not_here(frozen_table):
    found = about.searches(FROZEN)
    rows = frozen_table("searches")
    assert [s.many for s in found.made] == [int(s["many"]) for s in rows if s["kind"] == "searched"]
    assert found.absent("named_only") == sum(int(s["many"]) for s in rows if s["kind"] == "named_only")
    assert found.last_day == max(s["until"] for s in rows if s["kind"] == "searched")


def test_words_stand_in_the_order_that_is_asked_for(frozen_table):
    terms = [t["term"] for t in frozen_table("glossary")]
    assert [t.term for t in glossary.facts(FROZEN, glossary.WordsState(order="together"))] == terms
    assert [t.term for t in glossary.facts(FROZEN, glossary.WordsState())] == sorted(terms, key=str.lower)


def test_data_are_cited_by_their_own_name():
    found = about.render(TOY, about.AboutState(topic="cite"))
    (row,) = [row for row in found.table.rows if row.key == "cite-data"]
    assert row.cells[1].text.startswith(about.versions(TOY).edition.name)
    assert "prolotherapy" not in row.cells[1].text


@pytest.mark.parametrize("view", [source_list.VIEW, figures.VIEW, about.VIEW], ids=lambda view: view.key)
def test_another_topic_is_told_in_its_own_words(view, texts):
    for state in view.states(TOY):
        told = " ".join(text for _, text in texts(view.render(TOY, state)))
        assert not re.search("prolotherap|inject|needle", told, re.IGNORECASE), state
