"""The page without a kernel and the static edition: whole, hashed by content, asking no other host."""

import hashlib
import re

import pytest

from prolo_dash.cli import main
from prolo_dash.editions.notebooks import notebooks_dir, read_notebook
from prolo_dash.editions.page import assets, page, rest_files
from prolo_dash.evidence.library import library
from prolo_dash.views.chapters import CHAPTER_VIEWS, CHAPTERS

EXPLAINER = read_notebook(notebooks_dir() / "explainer.ipynb")


@pytest.fixture(scope="module")
def html():
    return page(library(), EXPLAINER, live=True)


def test_every_chapter_and_view_stands_in_the_page_before_any_script_runs(html):
    assert re.findall(r'data-view="(\w+)"', html) == list(CHAPTER_VIEWS)
    for chapter in CHAPTERS:
        assert f'<a href="#{chapter.name.replace(" ", "-")}">{chapter.name}</a>' in html.replace("&#x27;", "'")
    for key, view in CHAPTER_VIEWS.items():
        start = view.render(library(), view.state()).sentence.replace("**", "")[:20]
        assert start in re.sub(r"<[^>]+>", "", html.partition(f'data-view="{key}"')[2][:3000])


def test_the_heading_text_and_language_come_from_the_notebook(html):
    assert '<html lang="en"' in html
    assert "<h1" in html
    assert "not-on-page" not in html
    assert "print(digest())" not in html


def test_an_address_changes_with_its_content(html):
    for address, body in (*assets().values(), *rest_files(library()).values()):
        assert hashlib.sha256(body).hexdigest()[:12] in address
        assert f'"{address}"' in html


def test_scripts_are_one_module_without_imports():
    script = assets()["site.js"][1].decode()
    assert not re.search(r"^import ", script, re.MULTILINE)
    names = re.findall(r"^(?:export )?(?:async )?(?:const|let|function) (\w+)", script, re.MULTILINE)
    assert len(names) == len(set(names)), "two modules use the same name"


def test_a_folder_that_cannot_be_written_gets_a_sentence(tmp_path, capsys):
    (tmp_path / "file").write_text("")
    assert main(["build", str(tmp_path / "file" / "site")]) == 1
    assert "can't be written" in capsys.readouterr().err
