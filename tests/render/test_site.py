"""The page without a kernel and the static site: whole, hashed by content, asking no other host."""

import gzip
import hashlib
import re

import pytest

from prolo_dash.chapters.registry import CHAPTER_VIEWS, CHAPTERS
from prolo_dash.cli import main
from prolo_dash.evidence.library import library
from prolo_dash.render.notebooks import notebooks_dir, read_notebook
from prolo_dash.render.page import assets, page
from prolo_dash.render.precompute import edition

EXPLAINER = read_notebook(notebooks_dir() / "explainer.ipynb", library())
MOST_SCRIPT = 38_000  # bytes of the script of an ordinary page, packed


@pytest.fixture(scope="module")
def html():
    return page(library(), EXPLAINER, live=True)


def test_every_chapter_and_view_stands_in_the_page_before_any_script_runs(html):
    assert re.findall(r'data-view="(\w+)"', html) == list(CHAPTER_VIEWS)
    for chapter in CHAPTERS:
        assert f'<a href="#{chapter.name.replace(" ", "-")}">{chapter.name}</a>' in html.replace("&#x27;", "'")
    for key, view in CHAPTER_VIEWS.items():
        start = view.render(library(), view.default_state(library())).sentence.replace("**", "")[:20]
        assert start in re.sub(r"<[^>]+>", "", html.partition(f'data-view="{key}"')[2][:3000])


def test_the_heading_text_and_language_come_from_the_notebook(html):
    assert '<html lang="en"' in html
    assert "<h1" in html
    assert "not-on-page" not in html
    assert "print(digest())" not in html


def test_a_reference_manager_finds_who_made_the_page_and_when(html):
    """The names that Zotero's translator "Embedded Metadata" reads; the type makes it a web page there."""
    said = dict(re.findall(r'<meta (?:name|property)="([\w:]+)" content="([^"]*)"', html))
    data = library().package.edition
    assert said["citation_author"] == "The prolo_dash authors"
    assert said["citation_publication_date"] == data.day
    assert said["citation_title"] == said["og:title"] == EXPLAINER.metadata["title"]
    assert (said["og:type"], said["og:site_name"]) == ("website", "prolo_dash")


def test_a_page_has_a_theme_only_if_one_was_chosen(html):
    assert "data-theme" not in html
    assert re.search('<html [^>]*data-theme="dark"', page(library(), EXPLAINER, live=True, theme="dark"))


def test_an_address_changes_with_its_content(html):
    shown = html + page(library(), EXPLAINER, live=True, for_class=True)
    for address, body in assets().values():
        assert hashlib.sha256(body).hexdigest()[:12] in address
        assert f'"{address}"' in shown


def test_only_where_classes_may_join_a_page_loads_what_they_need(html, tmp_path):
    ordinary, in_class = (assets()[name] for name in ("prolo.js", "classroom.js"))
    assert ordinary[0] in html
    assert in_class[0] not in html
    served = page(library(), EXPLAINER, live=True, for_class=True)
    assert in_class[0] in served
    assert ordinary[0] not in served
    assert b"class-bar" in in_class[1]
    assert b"class-bar" not in ordinary[1]
    assert len(gzip.compress(ordinary[1], 9)) < MOST_SCRIPT
    assert main(["build", str(tmp_path)]) == 0
    assert not (tmp_path / in_class[0]).exists()


def test_what_follows_the_page_and_its_states_are_files_of_its_edition(html, tmp_path):
    named = set(re.findall(r'data-(?:follows|pack)="([^"]+)"', html))
    assert all(f".{edition()}." in address for address in named)
    assert f'data-edition="{edition()}"' in html
    assert main(["build", str(tmp_path)]) == 0
    assert [address for address in named if not (tmp_path / address).is_file()] == []
    for key, view in CHAPTER_VIEWS.items():
        assert (tmp_path / f"embed_{key}.html").is_file() == (view.loader is None)


def test_a_page_has_no_script_but_files_and_text_that_is_the_same_on_every_page(html):
    """So a server can allow its inline scripts by their hashes, and nothing else."""
    small = read_notebook(notebooks_dir() / "lesson_small.ipynb", library())
    lesson = page(library(), small, live=False, share="http://192.0.2.7:8866/")
    inline = re.compile(r"<script>(.*?)</script>", re.DOTALL)
    assert set(inline.findall(lesson)) <= set(inline.findall(html))
    assert len(set(inline.findall(html))) == 3
    assert not re.search(r"<[^>]*\son\w+=", html)


def test_a_folder_that_cannot_be_written_gets_a_sentence(tmp_path, capsys):
    (tmp_path / "file").write_text("")
    assert main(["build", str(tmp_path / "file" / "site")]) == 1
    assert "can't be written" in capsys.readouterr().err
