"""A page begins every table and list; the files that follow it bring the ends and the charts. Nothing is lost."""

import json
import re

import pytest

from prolo_dash.chapters.registry import CHAPTER_VIEWS, CHAPTERS
from prolo_dash.evidence.library import library
from prolo_dash.render.deferred import MAX_ROWS, deferred_content, shortened
from prolo_dash.render.html import FRAGMENTS, as_message, payload
from prolo_dash.render.notebooks import notebooks_dir, read_notebook
from prolo_dash.render.page import deferred_files, page

EXPLAINER = read_notebook(notebooks_dir() / "explainer.ipynb", library())


@pytest.fixture(scope="module")
def sections():
    parts = re.split(r'<section class="view', page(library(), EXPLAINER, live=True))[1:]
    return dict(zip(CHAPTER_VIEWS, parts, strict=True))


@pytest.fixture(scope="module")
def follows():
    return {
        key: held for chapter in CHAPTERS[1:] for key, held in json.loads(deferred_content(library(), chapter)).items()
    }


@pytest.mark.parametrize("key", [view.key for chapter in CHAPTERS[1:] for view in chapter.views])
def test_the_page_and_what_follows_it_are_the_whole_view(key, sections, follows):
    view = CHAPTER_VIEWS[key]
    whole = as_message(payload(library(), view, view.default_state(library())))
    begin = payload(library(), view, view.default_state(library()), shorten=shortened)
    assert follows[key]["figure"] == json.loads(json.dumps(whole["figure"]))
    for role in FRAGMENTS:
        if role in follows[key]["fragments"]:
            assert follows[key]["fragments"][role] == whole["fragments"][role]
        else:
            assert as_message(begin)["fragments"][role] == whole["fragments"][role]
            assert str(begin.fragments[role]) in sections[key]


@pytest.mark.parametrize("key", CHAPTER_VIEWS)
def test_a_table_in_the_page_is_whole_or_says_how_many_rows_there_are(key, sections):
    rendering = CHAPTER_VIEWS[key].render(library(), CHAPTER_VIEWS[key].default_state(library()))
    rows = re.findall(r'<tr role="row" data-row="([^"]+)"', sections[key])
    assert rows == [row.key for row in rendering.table.rows][: len(rows)]
    if len(rows) < len(rendering.table.rows):
        assert len(rows) == MAX_ROWS
        assert f"The first {MAX_ROWS} of {len(rendering.table.rows)} rows." in sections[key]


def test_a_table_that_links_lead_into_is_whole(sections):
    words = CHAPTER_VIEWS["sources_words"].render(library(), CHAPTER_VIEWS["sources_words"].default_state(library()))
    assert len(words.table.rows) > MAX_ROWS
    assert all(f'id="{row.key}"' in sections["sources_words"] for row in words.table.rows)


def test_only_the_first_chapter_is_whole_and_brings_its_charts_along(sections):
    holding = [key for key, html in sections.items() if 'data-role="payload"' in html]
    assert holding == [view.key for view in CHAPTERS[0].views]
    for view in CHAPTERS[0].views:
        whole = payload(library(), view, view.default_state(library()))
        assert all(str(whole.fragments[role]) in sections[view.key] for role in FRAGMENTS)


def test_each_view_below_the_first_chapter_knows_the_file_that_follows_it(sections):
    files = deferred_files(library())
    addresses = {key: re.search(r'data-follows="([^"]+)"', html.partition(">")[0]) for key, html in sections.items()}
    assert [key for key, found in addresses.items() if not found] == [view.key for view in CHAPTERS[0].views]
    for key, found in addresses.items():
        assert not found or key in json.loads(files[found[1]])


def test_a_page_in_one_file_holds_everything():
    html = page(library(), EXPLAINER, live=False, packs={"gain": b""})
    assert html.count('<script type="application/json" data-role="payload">') == len(CHAPTER_VIEWS)
    assert html.count("data-row=") == sum(
        len(view.render(library(), view.default_state(library())).table.rows) for view in CHAPTER_VIEWS.values()
    )
    assert "data-follows" not in html
