"""A page begins every table and list; the file that follows it brings the ends and the charts. Nothing is lost."""

import json
import re

import pytest

from prolo_dash.editions.html import FRAGMENTS, as_message, payload
from prolo_dash.editions.page import page
from prolo_dash.editions.rest import MOST, begun, rest
from prolo_dash.evidence.library import library
from prolo_dash.views.chapters import CHAPTERS, VIEW_BY_KEY


@pytest.fixture(scope="module")
def sections():
    parts = re.split(r'<section class="view', page(library(), live=True))[1:]
    return dict(zip(VIEW_BY_KEY, parts, strict=True))


@pytest.fixture(scope="module")
def follows():
    return json.loads(rest(library()))


@pytest.mark.parametrize("key", VIEW_BY_KEY)
def test_the_page_and_what_follows_it_are_the_whole_view(key, sections, follows):
    view = VIEW_BY_KEY[key]
    whole = as_message(payload(library(), view, view.state()))
    begin = payload(library(), view, view.state(), shorten=begun)
    assert follows[key]["figure"] == json.loads(json.dumps(whole["figure"]))
    for role in FRAGMENTS:
        if role in follows[key]["fragments"]:
            assert follows[key]["fragments"][role] == whole["fragments"][role]
        else:
            assert as_message(begin)["fragments"][role] == whole["fragments"][role]
            assert str(begin.fragments[role]) in sections[key]


@pytest.mark.parametrize("key", VIEW_BY_KEY)
def test_a_table_in_the_page_is_whole_or_says_how_many_rows_there_are(key, sections):
    rendering = VIEW_BY_KEY[key].render(library(), VIEW_BY_KEY[key].state())
    rows = re.findall(r'<tr role="row" data-row="([^"]+)"', sections[key])
    assert rows == [row.key for row in rendering.table.rows][: len(rows)]
    if len(rows) < len(rendering.table.rows):
        assert len(rows) == MOST
        assert f"The first {MOST} of {len(rendering.table.rows)} rows." in sections[key]


def test_a_table_that_links_lead_into_is_whole(sections):
    words = VIEW_BY_KEY["sources_words"].render(library(), VIEW_BY_KEY["sources_words"].state())
    assert len(words.table.rows) > MOST
    assert all(f'id="{row.key}"' in sections["sources_words"] for row in words.table.rows)


def test_only_the_first_chapter_brings_its_charts_along(sections):
    holding = [key for key, html in sections.items() if 'data-role="payload"' in html]
    assert holding == [view.key for view in CHAPTERS[0].views]


def test_a_page_in_one_file_holds_everything():
    html = page(library(), live=False, packs={"gain": b""})
    assert html.count('data-role="payload"') == len(VIEW_BY_KEY)
    assert html.count("data-row=") == sum(
        len(view.render(library(), view.state()).table.rows) for view in VIEW_BY_KEY.values()
    )
    assert 'id="rest"' not in html
