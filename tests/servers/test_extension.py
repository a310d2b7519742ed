"""The explainer inside a Jupyter server, as Lab and JupyterHub start it."""

import re
import sys
from pathlib import Path

import pytest
from nbformat.v4 import new_markdown_cell

from .conftest import ROOT, Serving, notebook, screenshot

PREFIX = "/user/me/prolo_dash/"


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    """Jupyter Server as it comes from an installation, under a prefix and with a token."""
    folder = tmp_path_factory.mktemp("jupyter")
    notebook(folder / "mine.ipynb", new_markdown_cell("# Mine"), voila={"template": "prolo"})
    port = screenshot.free_port()
    options = [f"--port={port}", "--no-browser", "--allow-root", "--ServerApp.base_url=/user/me/"]
    options += ["--IdentityProvider.token=secret", f"--ServerApp.root_dir={folder}"]
    command = [str(Path(sys.executable).with_name("jupyter-server")), *options]
    environment = {"JUPYTER_CONFIG_DIR": str(folder / "config"), "JUPYTER_RUNTIME_DIR": str(folder / "runtime")}
    with screenshot.started(command, folder / "log", environment=environment, cwd=ROOT) as process:
        assert screenshot.answers(port), (folder / "log").read_text()
        yield Serving(f"http://127.0.0.1:{port}{PREFIX}", process.pid, folder / "log")


def test_the_explainer_is_there_without_a_word_of_configuration(server):
    page = server.ask("?token=secret")
    assert page.status == 200
    assert 'class="prolo chapter' in page.text
    assert server.ask("lesson_dummy.html?token=secret").status == 200
    assert server.kernels() == 0


def test_the_address_without_its_slash_leads_there(server):
    assert server.ask(PREFIX.rstrip("/")).headers["Location"] == PREFIX


def test_it_asks_for_the_servers_login(server):
    assert server.ask().status == 302
    assert server.ask("live").status == 403


def test_questions_are_answered(server):
    question = {"view": "own_trial", "params": {"prolo_better": "15"}}
    assert server.answer(question, Authorization="token secret").status == 200


def test_voila_beside_it_shows_notebooks_in_the_look_of_the_page(server):
    page = server.ask("/user/me/voila/render/mine.ipynb", Authorization="token secret")
    assert page.status == 200
    assert re.search(r"<h[12][^>]*>Mine", page.text)
    assert "</html>" in page.text


def test_an_import_of_the_widgets_does_not_load_the_server():
    code = "import prolo_dash.explainer, sys; sys.exit('jupyter_server' in sys.modules or 'tornado.web' in sys.modules)"
    import subprocess  # noqa: PLC0415

    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
