"""Chapters as HTML: well-formed, with the hooks that pages and tests use; what comes from data is only ever text."""

import csv
import json
import re
import shutil
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest

from prolo_dash.chapters.registry import CHAPTER_BY_KEY, CHAPTERS, VIEW_BY_KEY
from prolo_dash.evidence.library import library
from prolo_dash.kit import plotly
from prolo_dash.kit.controls import Entry, Steps, Toggles, to_query
from prolo_dash.render.chapters import whole_chapter
from prolo_dash.render.html import FRAGMENTS, as_message, payload, payload_for, view_html

DATA = Path(__file__).resolve().parents[2] / "data"
VIEWS = tuple(VIEW_BY_KEY)
VOID = {"input", "br", "hr", "img", "meta", "link"}
HOSTILE = "<script>alert(1)</script> & \"Sons\" 'n' <b>co</b>"
each_view = pytest.mark.parametrize("key", VIEWS)


class Page(HTMLParser):
    """Reads a page strictly: every element is closed where it should be; elements are kept with their attributes."""

    def __init__(self, text):
        super().__init__(convert_charrefs=True)
        self.elements = []
        self.open = []
        self.texts = {}
        self.feed(text)
        self.close()
        assert self.open == [], f"never closed: {self.open}"

    def handle_starttag(self, tag, attributes):
        names = [name for name, _ in attributes]
        assert len(names) == len(set(names)), f"an attribute stands twice in <{tag}>"
        self.elements.append((tag, dict(attributes), len(self.elements)))
        if tag not in VOID:
            self.open.append((tag, self.elements[-1][2]))

    def handle_endtag(self, tag):
        assert self.open, f"</{tag}> closes nothing"
        opened, _ = self.open.pop()
        assert opened == tag, f"</{tag}> closes <{opened}>"

    def handle_data(self, data):
        for _, number in self.open:
            self.texts[number] = self.texts.get(number, "") + data

    def all(self, tag=None, **attributes):
        wanted = {name.replace("_", "-"): value for name, value in attributes.items()}
        return [
            (a, self.texts.get(n, ""))
            for t, a, n in self.elements
            if tag in (None, t) and all(a.get(name) == value for name, value in wanted.items())
        ]

    def one(self, tag=None, **attributes):
        (found,) = self.all(tag, **attributes)
        return found


def section_of(key):
    view = VIEW_BY_KEY[key]
    return view_html(library(), view, payload(library(), view, view.default_state(library())))


@pytest.fixture(scope="session")
def pages():
    return {key: Page(str(section_of(key))) for key in VIEWS}


@pytest.fixture(scope="session")
def hostile(tmp_path_factory):
    """A library whose names are markup: the study everybody reads first, its groups, its warnings, the claims."""
    folder = tmp_path_factory.mktemp("hostile") / "data"
    shutil.copytree(DATA, folder)
    for name, key, column in (
        ("arms", ("topol2011", "lidocaine"), "label"),
        ("outcomes", ("topol2011_asymptomatic_13w",), "plain_name"),
        ("outcomes", ("topol2011_asymptomatic_52w",), "plain_name"),
        ("sources", ("topol2011",), "title"),
        ("flags", ("topol2011_secondary_source",), "reason"),
        ("claims", ("osgood_painfree",), "paraphrase"),
        ("benchmarks", ("zou2016_overall_pain",), "population"),
    ):
        with (folder / f"{name}.csv").open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        (row,) = [row for row in rows if tuple(row.values())[: len(key)] == key]
        row[column] = HOSTILE
        with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, rows[0])
            writer.writeheader()
            writer.writerows(rows)
    return library(folder)


# Hooks.


@each_view
def test_a_view_is_a_section_that_says_which_and_in_which_state(key, pages):
    section, _ = pages[key].one("section")
    assert section["data-view"] == key
    assert section["data-state"] == section["data-default"] == to_query(VIEW_BY_KEY[key].default_state(library()))
    assert section["data-ready"] == "false", "true only when its chart stands"


@each_view
def test_question_sentence_and_table_stand_in_the_page_before_any_script_runs(key, pages):
    rendering = VIEW_BY_KEY[key].render(library(), VIEW_BY_KEY[key].default_state(library()))
    page = pages[key]
    section, text = page.one("section")
    heading, question = page.one(id=section["aria-labelledby"])
    assert question == VIEW_BY_KEY[key].worded(library().topic).question
    assert page.one(data_role="sentence")[1] == rendering.sentence.replace("**", "")
    assert page.one(data_role="alt")[1] == rendering.alt
    for line in (*rendering.how_to_read, VIEW_BY_KEY[key].worded(library().topic).for_class):
        assert line in text
    assert all(source.citation in text for source in rendering.sources)
    assert page.one("figcaption")[0]["data-role"] == "alt"
    assert heading


@each_view
def test_every_row_of_the_table_can_be_found_and_has_its_cells_and_warnings(key, pages):
    rendering = VIEW_BY_KEY[key].render(library(), VIEW_BY_KEY[key].default_state(library()))
    rows = [(a["data-row"], text) for a, text in pages[key].all("tr") if "data-row" in a]
    assert [i for i, _ in rows] == [row.key for row in rendering.table.rows]
    for (_, text), row in zip(rows, rendering.table.rows, strict=True):
        for part in (*(cell.text for cell in row.cells), *(cell.note for cell in row.cells), *row.flags):
            assert part in text
    columns = list(rendering.table.columns) if rows else []
    plot = rendering.plot  # it stands before the table
    beside = ["Condition", *plot.columns, plot.said] if plot else []
    assert [text for _, text in pages[key].all("th", scope="col")] == [*beside, *columns]
    plotted = [row.key for row in plot.rows] if plot else []
    assert [a["data-condition"] for a, _ in pages[key].all("tr") if "data-condition" in a] == plotted
    assert len(pages[key].all("th", scope="row")) == len(plotted) + len(rendering.table.rows)


@each_view
def test_roles_that_a_change_of_state_replaces_are_all_there_once(key, pages):
    for role in (*FRAGMENTS, "chart", "notice", "controls", "link", "download", "payload"):
        assert len(pages[key].all(data_role=role)) == 1, role


@each_view
def test_inputs_are_named_after_the_controls_and_hold_the_values_of_their_options(key, pages):
    page, usual = pages[key], VIEW_BY_KEY[key].default_state(library())
    declared = VIEW_BY_KEY[key].controls(library())
    named = {a["name"] for tag, a, _ in page.elements if tag in ("input", "select") and "name" in a}
    assert named == set(declared)
    for name, control in declared.items():
        value = getattr(usual, name)
        if isinstance(control, Steps):
            slider, _ = page.one("input", name=name)
            expected = [str(n) for n in (control.low, control.high, control.step, value)]
            assert [slider[a] for a in ("min", "max", "step", "value")] == expected
            assert slider["type"] == "range"
            assert page.one("input", data_twin=name)[0]["type"] == "number"
        elif isinstance(control, Entry) and not control.options:
            field, _ = page.one("input", name=name)
            assert (field["type"], field["value"]) == ("text", value)
            assert page.one("label", **{"for": field["id"]})[1] == control.label
            assert page.one(data_problem=name)[0]["id"] == field["aria-describedby"]
        elif not isinstance(control, Toggles) and (isinstance(control, Entry) or control.style == "menu"):
            assert page.all("select", name=name)
            options = [a for a, _ in page.all("option")]
            assert [a["value"] for a in options] == [o.value for o in control.options]
            assert [a["value"] for a in options if "selected" in a] == [value]
        else:
            inputs = [a for a, _ in page.all("input", name=name)]
            assert [a["value"] for a in inputs] == [o.value for o in control.options]
            assert {a["type"] for a in inputs} == {"checkbox" if isinstance(control, Toggles) else "radio"}
            on = list(value) if isinstance(control, Toggles) else [value]
            assert [a["value"] for a in inputs if "checked" in a] == on


@each_view
def test_every_input_has_a_label_that_can_be_read(key, pages):
    """Each stands inside a label or is named by one, and each group of inputs has a legend."""
    page = pages[key]
    text = str(section_of(key))
    wrapped = re.findall(r"<label\b[^>]*>(?:(?!</label>).)*?<(?:input|select)\b", text, re.DOTALL)
    pointed = {a["for"] for a, _ in page.all("label") if "for" in a}
    ids = {a["id"] for _, a, _ in page.elements if "id" in a}
    assert pointed <= ids
    inputs = [a for tag, a, _ in page.elements if tag in ("input", "select")]
    loose = [a for a in inputs if a.get("id") not in pointed and "aria-label" not in a]
    assert len(loose) == len(wrapped)
    assert len(page.all("legend")) == len(page.all("fieldset"))


# Well-formed.


@pytest.mark.parametrize("chapter", CHAPTERS, ids=lambda c: c.key)
def test_a_chapter_is_well_formed_and_has_all_its_views(chapter):
    page = Page(str(whole_chapter(library(), chapter)))
    assert [a["data-view"] for a, _ in page.all("section")] == [view.key for view in chapter.views]
    ids = [a["id"] for _, a, _ in page.elements if "id" in a]
    assert len(ids) == len(set(ids))


def test_no_id_stands_twice_on_a_page_with_all_chapters():
    text = "".join(str(whole_chapter(library(), chapter)) for chapter in CHAPTERS)
    ids = re.findall(r'\bid="([^"]*)"', text)
    assert len(ids) == len(set(ids))


def test_nothing_is_fetched_from_another_host():
    text = "".join(str(whole_chapter(library(), chapter)) for chapter in CHAPTERS)
    assert re.findall(r'<(?:script|img|link|iframe)\b[^>]*(?:src|href)="', text) == []


@pytest.mark.parametrize(
    "settings", [{"conditions": ()}, {"conditions": ("groin_tendon",)}, {"outcome": "pain", "scale": "sd"}]
)
def test_fragments_of_other_states_are_well_formed_too(settings):
    view = VIEW_BY_KEY["gain"]
    for name, fragment in payload(
        library(), view, replace(view.default_state(library()), **settings)
    ).fragments.items():
        Page(f"<div>{fragment}</div>")
        assert name in FRAGMENTS


def test_a_chapter_carries_the_dark_colours_for_its_charts():
    page = Page(str(whole_chapter(library(), CHAPTER_BY_KEY["caveat"])))
    dark = json.loads(page.one(data_chapter="caveat")[0]["data-dark"])
    assert dark["#fffefb"] == "#14171b", "paper"
    assert dark["#b74c09"] == "#f08640", "prolotherapy"


# Text stays text.


@pytest.mark.parametrize("chapter", CHAPTERS, ids=lambda c: c.key)
def test_names_from_data_are_text_and_never_markup(chapter, hostile):
    text = str(whole_chapter(hostile, chapter))
    assert "<script>alert" not in text.lower()
    assert "<b>co</b>" not in text
    page = Page(text)
    data = [script for a, script in page.all("script") if a.get("type") == "application/json"]
    assert len(data) == len(chapter.views)
    inline = {script for a, script in page.all("script") if "type" not in a}
    assert len(inline) == any(not view.stands_open for view in chapter.views), "one, that has nothing of the data"
    sections = [content for _, content in page.all("section")]
    assert any(HOSTILE in content for content in sections), "the name is shown, as it is written"


@each_view
def test_names_from_data_are_text_in_charts_too(key, hostile):
    """Plotly reads <b>, <a href> and the like in labels, hover texts and titles."""
    view = VIEW_BY_KEY[key]
    states = [view.default_state(library()), *list(view.states(library()))[::29]]
    for state in states:
        drawn = json.dumps(plotly.still(view.render(hostile, state).chart), ensure_ascii=False)
        assert "<script" not in drawn, state
        assert "<b>co" not in drawn, state


def test_the_figure_is_safe_inside_a_script_element_and_reads_back_as_it_was(hostile):
    view = VIEW_BY_KEY["caveat"]
    shown = payload(hostile, view, view.default_state(library()))
    assert "<" not in shown.figure_json
    read = json.loads(shown.figure_json)
    assert read["figure"] == json.loads(json.dumps(shown.figure))
    assert read["unavailable"] == []


@each_view
def test_the_payload_in_the_page_is_the_figure_of_the_view(key, pages):
    rendering = VIEW_BY_KEY[key].render(library(), VIEW_BY_KEY[key].default_state(library()))
    read = json.loads(pages[key].one("script")[1])
    assert read["figure"]["layout"]["height"] == plotly.figure(rendering.chart).layout["height"]
    assert len(read["figure"]["data"]) == len(plotly.figure(rendering.chart).data) == len(read["figure"]["narrow_data"])
    assert [tuple(pair) for pair in read["unavailable"]] == list(rendering.unavailable)


@each_view
def test_figures_are_plain_json(key):
    """No NaN, which JSON does not have and a browser refuses."""
    view = VIEW_BY_KEY[key]
    for state in list(view.states(library()))[::31]:
        json.dumps(payload(library(), view, state).figure, allow_nan=False)


# Answers to links.


def test_a_link_that_is_understood_gives_its_state_and_no_notice():
    shown = payload_for(library(), "gain", {"outcome": "pain", "show": "difference", "scale": "printed"})
    assert "outcome=pain&show=difference" in shown.state
    assert shown.notice == ""
    assert shown.view == "gain"


def test_a_link_that_is_not_understood_is_told_in_the_notice():
    shown = payload_for(library(), "gain", {"outcome": "<script>", "nonsense": "1"})
    assert shown.state == to_query(VIEW_BY_KEY["gain"].default_state(library()))
    assert shown.notice.count(".") >= 2
    assert "nonsense" in shown.notice


def test_a_link_that_cannot_be_combined_shows_the_nearest_that_can():
    assert payload_for(library(), "gain", {"outcome": "better", "scale": "sd"}).state.endswith("scale=per100")


def test_there_is_no_view_of_an_unknown_name():
    with pytest.raises(KeyError):
        payload_for(library(), "cure", {})


# Sorting.


@each_view
def test_a_cell_that_shows_a_number_says_what_it_is_sorted_by_in_the_page_and_in_an_answer(key, pages):
    shown = payload(library(), VIEW_BY_KEY[key], VIEW_BY_KEY[key].default_state(library()))
    table = VIEW_BY_KEY[key].render(library(), VIEW_BY_KEY[key].default_state(library())).table
    expected = [cell.sort for row in table.rows for cell in row.cells if cell.sort is not None]
    said = [float(a["data-sort"]) for _, a, _ in pages[key].elements if "data-sort" in a]
    answered = re.findall(r'data-sort="([^"]+)"', as_message(shown)["fragments"]["table"])
    assert said == pytest.approx(expected)
    assert [float(number) for number in answered] == said
