"""What is for the files stays in the files: no id, and no abbreviation that the page does not explain."""

import json
import re
from pathlib import Path

import pytest

from prolo_dash.chapters.registry import VIEW_BY_KEY

DATA = Path(__file__).parents[2] / "data"
VIEWS = tuple(VIEW_BY_KEY)
WORD = re.compile(r"[A-Za-z0-9_²]+")
ID = re.compile(r"[a-z][a-z0-9_]*")
TITLES = ("sources", "sources_figures")  # these print titles and notes as the sources have them
# Abbreviations of the field: each is explained in the glossary, or does not occur.
ABBREVIATIONS = {
    *(
        "PCE",
        "PRR",
        "tau2",
        "I2",
        "tau²",
        "I²",
        "SMD",
        "WMD",
        "MD",
        "RR",
        "OR",
        "ES",
        "ITT",
        "CI",
        "QOL",
        "MCID",
        "MID",
    ),
    *("SD", "SE", "NNTB", "NNTH", "REML", "RCT", "RCTs", "VAS", "NRS", "PRP", "OA", "ODI"),
    *("WOMAC", "VISA", "NPPS", "PRTEE", "SPADI", "DASH", "FFI"),
}

each_view = pytest.mark.parametrize("key", VIEWS)


def of_plot(plot):
    """The texts of an effect direction plot."""
    for row in plot.rows if plot else ():
        yield from (row.label, row.size, row.found, row.summary, row.left_title, row.reviews, row.doubts_title)
        yield from row.doubts
        yield from (line.text for line in row.left)
        yield from (mark.label for cell in row.cells for mark in cell.marks)


@pytest.fixture(scope="session")
def words(shown):
    """The words of a view in all its states, each with a text that has it; ``but``: places to leave out."""

    def read(key, but=()):
        found = {}
        for one in shown(key):
            texts = [text for place, text in one.texts if place not in but]
            for text in (*texts, *of_plot(one.rendering.plot)):
                found.update(dict.fromkeys(WORD.findall(text), text))
        return found

    return read


@pytest.fixture(scope="session")
def ids(table):
    """The ids of all tables that no reader could take for a word: those with a digit or an underscore."""
    described = json.loads((DATA / "datapackage.json").read_text(encoding="utf-8"))
    tables = [resource["path"].removesuffix(".csv") for resource in described["resources"]]
    found = {row[c] for name in tables for row in table(name) for c in row if c.endswith("_id") and row[c]}
    return {one for one in found if ID.fullmatch(one) and re.search(r"[\d_]", one)}


@each_view
def test_no_id_of_a_table_stands_on_the_page(key, words, ids):
    assert {"nakase2016interim", "topol2011", "low_back_pain"} <= ids
    assert {word: text for word, text in words(key).items() if word in ids} == {}


@each_view
def test_an_abbreviation_on_the_page_is_in_the_glossary(key, words, table):
    explained = {form for t in table("glossary") for form in (t["term"], *t["also"].split(";"))}
    found = {word: text for word, text in words(key, ("source",)).items() if word in ABBREVIATIONS - explained}
    assert key in TITLES or found == {}
