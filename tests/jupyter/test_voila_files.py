"""Under Voilà a chapter is begun only if the file is there that brings its rest; elsewhere it is whole."""

import pytest

from prolo_dash.chapters.registry import CHAPTER_BY_KEY
from prolo_dash.evidence.library import library
from prolo_dash.jupyter import voila_files
from prolo_dash.jupyter.voila_files import chapter_part
from prolo_dash.render.deferred import deferred_address
from prolo_dash.render.precompute import pack_address

CHAPTER = CHAPTER_BY_KEY["gain"]


@pytest.fixture
def static(tmp_path, monkeypatch):
    """The folder of Voilà's template files in a data folder of Jupyter's."""
    monkeypatch.setenv("JUPYTER_DATA_DIR", str(tmp_path))
    return tmp_path / "voila" / "templates" / "prolo" / "static"


def test_in_a_notebook_a_chapter_is_whole_and_names_no_file(static, monkeypatch):
    monkeypatch.delenv("VOILA_BASE_URL", raising=False)
    html = chapter_part(library(), CHAPTER)
    assert html.count('data-role="payload"') == len(CHAPTER.views)
    assert "data-pack" not in html
    assert "data-follows" not in html


def test_under_voila_a_view_names_its_states_and_is_whole_while_nothing_follows(static, monkeypatch):
    asked = []
    monkeypatch.setattr(voila_files, "_prepare", lambda: asked.append("states"))
    monkeypatch.setenv("VOILA_BASE_URL", "/")
    html = chapter_part(library(), CHAPTER)
    assert asked, "so that the next reader finds them"
    assert html.count('data-role="payload"') == len(CHAPTER.views)
    assert all(f'data-pack="{pack_address(view.key)}"' in html for view in CHAPTER.views)


def test_under_voila_a_chapter_is_begun_once_the_file_is_there(static, monkeypatch):
    monkeypatch.setenv("VOILA_BASE_URL", "/")
    follows = static / deferred_address(CHAPTER.key)
    follows.parent.mkdir(parents=True)
    follows.write_text("{}")
    monkeypatch.setattr(voila_files, "_prepare", lambda: None)
    html = chapter_part(library(), CHAPTER)
    assert 'data-role="payload"' not in html
    assert html.count(f'data-follows="{deferred_address(CHAPTER.key)}"') == len(CHAPTER.views)
