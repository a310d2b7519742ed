"""Sources: counts made here from the CSV files, beside what the four views say and draw."""

import re
from collections import Counter
from dataclasses import replace
from itertools import combinations
from pathlib import Path

import pytest

from prolo_dash.chapters.sources import about, figures, glossary, source_list
from prolo_dash.evidence.library import Library, library
from prolo_dash.kit import plotly
from prolo_dash.kit.view import plain
from prolo_dash.kit.wording import NOT_REPORTED

VIEWS = {m.VIEW.key: m.VIEW for m in (source_list, figures, glossary, about)}
FROZEN = library(Path(__file__).parents[2] / "frozen")
STATES = {"sources": 1 + 7, "sources_figures": 1 + len(library().conditions), "sources_words": 2, "sources_about": 5}
KNEES = ("knee_osteoarthritis",)


def show(key, **changed):
    return VIEWS[key].render(library(), replace(VIEWS[key].default_state(library()), **changed))


def show_frozen(key, **changed):
    return VIEWS[key].render(FROZEN, replace(VIEWS[key].default_state(FROZEN), **changed))


def cell(rendering, row_key, column):
    (row,) = [row for row in rendering.table.rows if row.key == row_key]
    return row.cells[rendering.table.columns.index(column)]


def first_numbers(text, n):
    return [int(found) for found in re.findall(r"\d+", plain(text))][:n]


@pytest.mark.parametrize("key", tuple(VIEWS))
def test_there_are_few_states_and_the_tables_that_people_search_are_marked(key):
    assert len(list(VIEWS[key].states(library()))) == STATES[key]
    assert VIEWS[key].reference


# Every source.


def test_every_source_of_the_file_is_listed_once(table):
    rows = show("sources").table.rows
    assert sorted(row.key for row in rows) == sorted(s["source_id"] for s in table("sources"))


def test_the_sentence_counts_sources_registered_ones_and_studies(table):
    listed = table("sources")
    registered = sum(bool(s["doi"] or s["pmid"]) for s in listed)
    doubles = len(pairs(listed))
    said = first_numbers(show("sources").sentence, 4)
    publications = [len(listed) - doubles] if doubles else []
    assert said[: 3 + len(publications)] == [len(listed), *publications, registered, len(table("studies"))]


def pairs(listed):
    """Sources with the same DOI or PubMed number, or of one kind and read on no page but those of the other."""
    found = []
    for one, two in combinations(listed, 2):
        pages = set(one["seen_at"].split(" ")), set(two["seen_at"].split(" "))
        number = any(one[k] and one[k].lower() == two[k].lower() for k in ("doi", "pmid"))
        if number or (one["kind"] == two["kind"] and (not pages[0] - pages[1] or not pages[1] - pages[0])):
            found.append((one["source_id"], two["source_id"]))
    return found


def test_sources_under_two_names_are_marked_in_the_table_and_counted_in_how_to_read(frozen_table):
    known = pairs(frozen_table("sources"))
    r = VIEWS["sources"].render(FROZEN, VIEWS["sources"].default_state(FROZEN))
    marked = {row.key for row in r.table.rows if cell(r, row.key, "What was read from it").note}
    assert marked == {source for pair in known for source in pair}
    assert first_numbers(r.how_to_read[-1], 1) == [len(known)]


def test_a_paper_and_its_congress_abstract_are_one_publication(frozen_table):
    assert ("wu2022", "osdrct2022") in pairs(frozen_table("sources"))


def test_a_publication_under_three_names_is_counted_once():
    package = FROZEN.package
    known = {source.source_id: source for source in package.sources}
    third = replace(known["wu2022"], source_id="wu_again")
    first_only = replace(known["topol2011"], source_id="topol_again", pmid="", seen_at="https://a.example/")
    more = Library(replace(package, sources=(*package.sources, third, first_only)))
    # wu2022 has two names already, so three now; topol2011 had one
    before, after = (VIEWS["sources"].render(of, VIEWS["sources"].default_state(library())) for of in (FROZEN, more))
    listed, publications = first_numbers(before.sentence, 2)
    assert first_numbers(after.sentence, 2) == [listed + 2, publications]
    several = first_numbers(before.how_to_read[-1], 1)[0]
    assert first_numbers(after.how_to_read[-1], 1) == [several + 1]


@pytest.mark.parametrize("kind", ["rct", "guideline", "article"])
def test_a_kind_alone_counts_its_own(kind, table):
    own = [s for s in table("sources") if s["kind"] == kind]
    r = show("sources", kind=kind)
    assert len(r.table.rows) == len(own)
    assert first_numbers(r.sentence, 1) == [len(own)]


def test_a_filled_mark_has_a_number_and_a_hollow_one_has_none(table):
    registered = {s["source_id"] for s in table("sources") if s["doi"] or s["pmid"]}
    (trace,) = plotly.figure(show("sources").chart).data
    marks = zip(trace["ids"], trace["marker"]["symbol"], strict=True)
    assert {i for i, symbol in marks if symbol == "circle"} == registered


def test_marks_stand_in_their_span_of_years_and_none_on_another(table):
    year = {s["source_id"]: s["year"] for s in table("sources")}
    r = show("sources")
    (trace,) = plotly.figure(r.chart).data
    names = plotly.figure(r.chart).layout["xaxis"]["ticktext"]
    for i, x in zip(trace["ids"], trace["x"], strict=True):
        name = names[round(x)]
        begins = re.findall(r"\d{4}", name)
        if not year[i]:
            assert name == "no<br>year"
        elif name.startswith("before"):
            assert int(year[i]) < int(begins[0])
        else:
            assert int(begins[0]) <= int(year[i])
            assert "on" in name or int(year[i]) < int(begins[0]) + 5
    for y in (trace["y"], plotly.figure(r.chart).narrow_data[0]["y"]):
        assert len({(round(x, 3), round(at, 1)) for x, at in zip(trace["x"], y, strict=True)}) == len(trace["ids"])


def test_a_source_leads_to_its_doi_else_to_pubmed_else_to_the_page_that_was_seen(table):
    r = show("sources")
    for s in table("sources"):
        link = cell(r, s["source_id"], "Source").url
        if s["doi"]:
            assert link == f"https://doi.org/{s['doi']}"
        elif s["pmid"]:
            assert link == f"https://pubmed.ncbi.nlm.nih.gov/{s['pmid']}/"
        else:
            assert link in s["seen_at"].split(" ")


def test_every_source_has_a_name_and_its_citation_stands_below(table):
    r = show("sources")
    for s in table("sources"):
        shown = cell(r, s["source_id"], "Source")
        assert shown.text
        assert s["citation"] in shown.note
        assert s["title_checked"] == "yes" or shown.note == s["citation"], "a title that was not checked is not shown"


@pytest.mark.parametrize("source", ["topol2011", "rabago2013", "dechow1999", "nakase2020"])
def test_what_was_read_counts_the_figures_of_the_study(source, table):
    study_of = {o["outcome_id"]: o["study_id"] for o in table("outcomes")}
    seen = [r for r in table("results") if study_of[r["outcome_id"]] == source and (r["events"] or r["mean"])]
    said = cell(show("sources"), source, "What was read from it").text
    assert said.startswith(f"{len(seen)} figures of 1 study")


def test_what_was_read_counts_rows_of_the_tables_that_name_the_source(table):
    r = show("sources")
    benchmarks = Counter(b["source_id"] for b in table("benchmarks"))
    for source, n in benchmarks.items():
        assert f"{n} figure{'s' * (n > 1)} of placebo research" in cell(r, source, "What was read from it").text
    for price in (p for p in table("prices") if p["source_id"]):
        assert "price" in cell(r, price["source_id"], "What was read from it").text


def test_what_could_not_be_verified_is_what_the_file_lacks(table):
    r = show("sources")
    second = {f["study_id"] for f in table("flags") if f["kind"] == "secondary_source"}
    at_second_hand = {s["source_id"] for s in table("studies") if s["study_id"] in second}
    for s in table("sources"):
        said = cell(r, s["source_id"], "What could not be verified").text
        assert ("no DOI or PubMed number seen" in said) == (not s["doi"] and not s["pmid"])
        assert ("title not checked" in said) == (s["title_checked"] == "no")
        assert ("year not seen" in said) == (s["year"] == "")
        assert ("read in a second source" in said) == (s["source_id"] in at_second_hand)


# Every figure.


def test_all_conditions_have_every_row_of_the_results(table):
    keys = [row.key for row in show("sources_figures", condition="all").table.rows]
    assert sorted(keys) == sorted(f"{r['outcome_id']}.{r['arm_id']}" for r in table("results"))


def test_a_condition_has_the_rows_of_its_trials(table):
    studies = {s["study_id"] for s in table("studies") if s["condition"] in KNEES and s["design"] != "survey"}
    outcomes = {o["outcome_id"] for o in table("outcomes") if o["study_id"] in studies}
    own = [r for r in table("results") if r["outcome_id"] in outcomes]
    r = show("sources_figures", condition="knee_osteoarthritis")
    assert {row.key for row in r.table.rows} == {f"{x['outcome_id']}.{x['arm_id']}" for x in own}
    seen = [x for x in own if x["events"] or x["mean"]]
    full = [x for x in seen if x["events"] or x["sd"] or x["se"] or x["ci_low"]]
    assert first_numbers(r.sentence, 4) == [len(seen), len(studies), len(full), len(own) - len(seen)]


def test_a_trial_without_any_row_is_listed_and_not_dropped(frozen_table):
    study_of = {o["outcome_id"]: o["study_id"] for o in frozen_table("outcomes")}
    with_rows = {study_of[x["outcome_id"]] for x in frozen_table("results")}
    bare = [s for s in frozen_table("studies") if s["design"] != "survey" and s["study_id"] not in with_rows]
    listed = show_frozen("sources_figures", condition="all").listed
    assert [box.title.partition(" ")[2] for box in listed] == ["Mathews 1987"]
    assert len(bare) == len(listed)


def test_what_was_not_seen_is_said_and_never_filled(table):
    r = show("sources_figures", condition="all")
    for x in table("results"):
        key = f"{x['outcome_id']}.{x['arm_id']}"
        shown = cell(r, key, "As printed").text
        assert (shown == NOT_REPORTED) == (not x["events"] and not x["mean"])
        assert cell(r, key, "Size").text == (x["n"] or NOT_REPORTED)


def test_figures_stand_as_printed(table):
    kind = {o["outcome_id"]: o["kind"] for o in table("outcomes")}
    r = show("sources_figures", condition="all")
    for x in table("results"):
        shown = cell(r, f"{x['outcome_id']}.{x['arm_id']}", "As printed").text.replace("−", "-")
        if x["events"]:
            assert shown == f"{x['events']} of {x['n']}"
        elif x["mean"] and kind[x["outcome_id"]] != "responder":
            assert float(shown.split(" ")[0]) == float(x["mean"])
            assert not x["sd"] or f"SD {float(x['sd']):g}" in shown
        elif x["mean"]:
            assert shown.startswith(f"{100 * float(x['mean']):.0f}%")


def test_a_full_piece_has_counts_or_a_spread_and_a_thin_line_has_no_figure(table):
    full, hollow, thin = plotly.figure(show("sources_figures", condition="all").chart).data
    by_key = {f"{x['outcome_id']}.{x['arm_id']}": x for x in table("results")}
    spread = {k for k, x in by_key.items() if x["events"] or (x["mean"] and (x["sd"] or x["se"] or x["ci_low"]))}
    assert set(full["ids"]) == spread
    assert set(thin["ids"]) == {k for k, x in by_key.items() if not x["events"] and not x["mean"]}
    assert not set(hollow["ids"]) & (set(full["ids"]) | set(thin["ids"]))


def test_the_pieces_of_a_trial_stand_end_to_end(table):
    study_of = {o["outcome_id"]: o["study_id"] for o in table("outcomes")}
    counted = Counter(study_of[x["outcome_id"]] for x in table("results"))
    places = {}
    for trace in plotly.figure(show("sources_figures", condition="all").chart).data:
        for i, x, length in zip(trace["ids"], trace["base"], trace["x"], strict=True):
            assert length == 1
            places.setdefault(study_of[i.split(".")[0]], []).append(x)
    assert {study: sorted(own) for study, own in places.items()} == {s: list(range(n)) for s, n in counted.items()}


def test_figures_in_doubt_carry_their_warning():
    r = show_frozen("sources_figures")
    late = cell(r, "topol2011_asymptomatic_52w.dextrose", "Warnings").text
    assert late.startswith("groups not as randomised")
    assert "not as randomised" not in cell(r, "topol2011_asymptomatic_13w.dextrose", "Warnings").text


# Words.


def test_every_word_is_listed_in_both_orders(table):
    terms = [t["term"] for t in table("glossary")]
    together = show("sources_words", order="together").table.rows
    assert [row.cells[0].text for row in together] == terms
    assert [row.key for row in together] == [f"term-{t['term_id']}" for t in table("glossary")]
    sorted_terms = [row.cells[0].text for row in show("sources_words").table.rows]
    assert sorted_terms == sorted(terms, key=str.lower)
    assert first_numbers(show("sources_words").sentence, 1) == [len(terms)]


def test_the_scales_that_trials_are_measured_on_are_explained(table):
    """Every short form in capitals that stands for a scale of three or more outcomes."""
    forms = {f for t in table("glossary") for f in (t["term"], *t["also"].split(";"))}
    used = Counter(w for o in table("outcomes") for w in set(re.findall(r"\b[A-Z]{3,}\b", o["instrument"])))
    assert [scale for scale, n in used.items() if n >= 3 and scale not in forms] == []


@pytest.mark.parametrize(
    "word",
    ["control injection", "contextual share", "natural course", "regression to the mean", "not as randomised",
     "prediction interval", "I²", "tau²", "fragility index", "power", "p value", "standard deviation", "REML"],
)  # fmt: skip
def test_the_words_of_the_chapters_are_explained(word, table):
    assert word in [t["term"] for t in table("glossary")]


def test_a_meaning_is_short_and_says_more_than_the_word(table):
    for t in table("glossary"):
        assert len(t["meaning"].split()) <= 35, t["term"]
        assert not re.search(r"placebo effect|!|\bshould\b|\bmust\b|because of|due to", t["meaning"]), t["term"]


# About.


def test_gaps_are_counted_from_the_files(table):
    r = show("sources_about", topic="unverified")
    seen = {x["outcome_id"] for x in table("results") if x["events"] or x["mean"]}
    without = [o for o in table("outcomes") if o["outcome_id"] not in seen]
    assert first_numbers(r.sentence, 2) == [len(without), len(table("outcomes"))]
    assert first_numbers(cell(r, "gap-figure", "How many").text, 1) == [len(without)]
    titles = [s for s in table("sources") if s["title_checked"] == "no"]
    assert first_numbers(cell(r, "gap-title", "How many").text, 1) == [len(titles)]
    positions = [p["organisation"] for p in table("positions") if not p["source_id"]]
    assert all(name in cell(r, "gap-position", "Where").text for name in positions)


def test_studies_with_a_group_of_unknown_size_are_counted(table):
    study_of = {o["outcome_id"]: o["study_id"] for o in table("outcomes")}
    treated = {s["study_id"] for s in table("studies") if s["design"] != "survey"}
    known = {(study_of[x["outcome_id"]], x["arm_id"]) for x in table("results") if x["n"]}
    known |= {(a["study_id"], a["arm_id"]) for a in table("arms") if a["n_randomised"]}
    unknown = {a["study_id"] for a in table("arms") if (a["study_id"], a["arm_id"]) not in known} & treated
    r = show("sources_about", topic="unverified")
    assert first_numbers(r.sentence, 4)[2:] == [len(treated), len(unknown)]
    assert first_numbers(cell(r, "gap-size", "How many").text, 1) == [len(unknown)]


@pytest.mark.parametrize("kind", ["inconsistent_interval", "doubtful_spread", "sources_disagree", "secondary_source"])
def test_doubts_are_counted_and_their_reasons_listed(kind, table):
    r = show("sources_about", topic="unverified")
    flags = [f for f in table("flags") if f["kind"] == kind]
    assert first_numbers(cell(r, f"gap-{kind}", "How many").text, 1) == [len(flags)]
    if kind != "secondary_source":
        assert {f["reason"] for f in flags} <= {box.text for box in r.listed}


def test_the_reasons_are_counted_in_their_title_and_in_the_sentence():
    r = show("sources_about", topic="unverified")
    assert first_numbers(r.listed_title, 1) == [len(r.listed)] == first_numbers(r.sentence, 5)[4:]
    assert len({(box.title, box.strong, box.text) for box in r.listed}) == len(r.listed)


def test_two_trials_of_one_name_are_told_apart_where_they_are_named():
    where = cell(show_frozen("sources_about", topic="unverified"), "gap-doubtful_spread", "Where").text
    assert "Rabago 2013 on tennis elbow" in where


def test_methods_name_the_formulas_of_the_design():
    r = show("sources_about")
    origin = {row.key: row.cells[-1].text for row in r.table.rows}
    assert origin["method-risk_difference"] == "Newcombe 1998"
    assert origin["method-number_needed"] == "Altman 1998"
    assert origin["method-fragility"] == "Walsh 2014"
    assert "Zou 2016" in origin["method-contextual_share"]
    assert first_numbers(r.sentence, 1) == [len(origin)]


def test_what_is_cited_is_the_edition_that_is_shown():
    r = show("sources_about", topic="cite")
    data = cell(r, "cite-data", "How").text
    assert re.search(r"version \d+\.\d+\.\d+, \d{1,2} [A-Z][a-z]+ \d{4}$", data)
    assert "CC0" in cell(r, "cite-data_licence", "How").text
    assert "BSD 3-Clause" in cell(r, "cite-code_licence", "How").text
    assert "trial that printed it" in cell(r, "cite-figure", "How").text


def test_versions_are_asked_for_and_do_not_stand_in_the_usual_setting():
    versions = [row.cells[1].text for row in show("sources_about", topic="versions").table.rows]
    assert all(re.match(r"\d+\.\d+", number) for number in versions)
    usual = show("sources_about")
    assert VIEWS["sources_about"].default_state(library()).topic == "methods"
    assert "plotly" not in str(usual.table)


# What the tables are sorted by.


def by(rendering, column):
    """What a column says and is sorted by, in its order, those without a value last."""
    at = rendering.table.columns.index(column)
    cells = [row.cells[at] for row in rendering.table.rows]
    return [
        (c.text, c.sort) for c in sorted(cells, key=lambda c: (c.sort is None, c.sort if c.sort is not None else 0))
    ]


def test_times_are_sorted_by_their_length():
    in_order = list(dict.fromkeys(text for text, _ in by(show("sources_figures", condition="all"), "Time")))
    told = ("at the start", "6 weeks", "3 months", "6 months", "1 year")
    assert [text for text in in_order if text in told] == list(told)


def test_figures_are_sorted_by_their_number_sign_and_all():
    for text, number in by(show("sources_figures", condition="all"), "As printed"):
        if text == NOT_REPORTED:
            assert number is None
        elif found := re.match(r"(\d+) of (\d+)$", text):
            assert number == pytest.approx(100 * int(found[1]) / int(found[2]))
        else:
            first = re.search(r"[−-]?[\d,.]+", text)[0].replace("−", "-").replace(",", "")
            assert number == pytest.approx(float(first), abs=0.51 if "%" in text else 0.006)


@pytest.mark.parametrize(
    ("key", "changed", "column"),
    [
        ("sources", {}, "Year"),
        ("sources_figures", {"condition": "all"}, "Size"),
        ("sources_about", {"topic": "unverified"}, "How many"),
    ],
)
def test_other_numbers_are_sorted_as_numbers(key, changed, column):
    told = by(show(key, **changed), column)
    assert any(number is not None for _, number in told)
    for text, number in told:
        assert (number is None) == text.startswith("not ")
        assert number is None or text.split(" ")[0].replace(",", "") in (f"{number:.0f}", "no")
