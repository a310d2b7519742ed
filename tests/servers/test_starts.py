"""Servers that are started in ways of their own: options, notebooks, what is in their way."""

import json
import re
import resource
import shutil
import socket
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlsplit

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell

from prolo_dash.jupyter.routes import BUSY
from prolo_dash.render.precompute import file_name

from .conftest import OWN_CODE, ROOT, eventually, notebook

CULLED_AT_ONCE = ("--MappingKernelManager.cull_idle_timeout=1", "--MappingKernelManager.cull_interval=1")


def test_an_edited_notebook_is_shown_as_edited(serving, folder, tmp_path):
    path = tmp_path / "explainer.ipynb"
    shutil.copy(folder / "explainer.ipynb", path)
    with serving(str(tmp_path)) as server:
        known = nbformat.read(path, as_version=4)
        known.cells[0].source += "\n\nA word of mine."
        nbformat.write(known, path)
        assert "A word of mine." in server.ask().text

        gain = next(cell for cell in known.cells if cell.source == 'chapter("gain")')
        gain.source = 'chapter("risks")'
        nbformat.write(known, path)
        moved = server.ask()
        assert (moved.status, moved.headers["Location"]) == (302, "/voila/render/explainer.ipynb")

        gain.source = 'chapter("gain")'
        nbformat.write(known, path)
        assert server.ask().status == 200


def test_whatever_else_is_in_the_folder_the_explainer_is_shown(serving, folder, tmp_path):
    for name in ("explainer", "lesson_dummy"):
        shutil.copy(folder / f"{name}.ipynb", tmp_path)
    (tmp_path / ".#lesson_dummy.ipynb").symlink_to("nobody@nowhere.123")
    (tmp_path / "gone.ipynb").symlink_to("nowhere")
    (tmp_path / "odd.ipynb").write_text('{"cells": [null], "metadata": null}')
    (tmp_path / "torn.ipynb").write_text(
        json.dumps({"cells": [{"cell_type": "markdown", "source": "\ud800", "metadata": {}}], "metadata": {}})
    )
    notebook(tmp_path / "index.ipynb", new_markdown_cell("# Another index"))
    for name in ("1 my é#50% lesson", "own code"):
        notebook(
            tmp_path / f"{name}.ipynb",
            new_markdown_cell("# Odd name"),
            *([OWN_CODE] if "own" in name else []),
            lesson=True,
        )
    with serving(str(tmp_path)) as server:
        page = server.ask()
        assert 'data-view="gain"' in page.text
        odd = "1%20my%20%C3%A9%2350%25%20lesson.html"
        assert f'href="{odd}"' in page.text
        assert "Odd name" in server.ask(odd).text
        assert server.ask("own%20code.html").status == 302
        whole = (tmp_path / "lesson_dummy.ipynb").read_text()
        (tmp_path / "lesson_dummy.ipynb").write_text(whole[:3000])
        assert server.ask("lesson_dummy.html").status == 200, "one that is being written stays as it was"
        (tmp_path / "lesson_dummy.ipynb").write_text(whole.replace("# Better without the sugar", "# Renamed"))
        assert "Renamed" in server.ask("lesson_dummy.html").text
        assert "Traceback" not in server.said()


@pytest.mark.parametrize(("name", "shown"), [("lesson_dummy", "Better without the sugar"), ("mine", "Mine")])
def test_a_notebook_that_is_named_is_the_one_that_is_shown(serving, folder, name, shown):
    with serving(str(folder / f"{name}.ipynb")) as server:
        page = server.ask()
        assert page.status == 200
        assert shown in page.text
        assert server.ask("explainer.html").status != 200


@pytest.mark.parametrize("option", ["--template=lab", "--strip_sources=False"])
def test_what_only_voilas_own_pages_have_is_shown_by_them(serving, folder, option):
    with serving(option, str(folder)) as server:
        assert "X-Prolo-Edition" not in server.ask("live").headers
        assert server.ask("voila/render/mine.ipynb").status == 200


def test_voilas_theme_is_that_of_prepared_pages_and_of_those_with_a_kernel(serving, folder):
    with serving(str(folder), "--theme=dark") as server:
        for path in ("", "lesson_dummy.html", "voila/render/mine.ipynb"):
            assert re.search('<html [^>]*data-theme="dark"', server.ask(path).text)


def test_a_proxy_may_strip_the_prefix(serving):
    with serving("--base_url=/x/", "--server_url=/") as server:
        assert server.ask("/").status == 200
        assert server.ask("/methods.html").headers["Location"] == "/x/voila/render/methods.ipynb"
        assert server.ask("/voila/tree").text.count("/x/voila/") > 1


def test_options_come_from_voilas_config_file_too(serving, tmp_path):
    (tmp_path / "voila.json").write_text(json.dumps({"Voila": {"base_url": "/from_file/"}}))
    with serving(cwd=tmp_path) as server:
        assert urlsplit(server.address).path == "/from_file/"


@pytest.mark.skipif(not socket.has_ipv6, reason="this computer has no IPv6")
def test_an_ipv6_address_and_a_free_port(serving):
    with serving("--address", "::1") as server:
        assert server.address.startswith("http://[::1]:")
        assert server.ask("live").status == 204


def test_kernels_that_nobody_looks_at_are_ended_whatever_the_address_asked_for(serving, folder):
    with serving(*CULLED_AT_ONCE, str(folder)) as server:
        assert server.ask("voila/render/mine.ipynb?template=nope&theme=nope").status == 200
        assert eventually(lambda: server.kernels() == 0)
        loops = notebook(folder / "loops.ipynb", new_code_cell("import threading\nthreading.Event().wait()"))
        with socket.create_connection((urlsplit(server.address).hostname, urlsplit(server.address).port)) as reader:
            reader.sendall(b"GET /voila/render/loops.ipynb HTTP/1.1\r\nHost: localhost\r\n\r\n")
            assert eventually(lambda: server.kernels() == 1)
        loops.unlink()
        assert eventually(lambda: server.kernels() == 0), "a kernel that never ends is ended too"


@pytest.mark.parametrize(
    ("option", "said"),
    [
        ("--port=abc", "expected an int, not the str 'abc'"),
        ("--port=99999", "port"),
        ("nowhere", "argument is neither a file nor a directory: 'nowhere'"),
        (__file__, "test_starts.py is no notebook: name one that ends in .ipynb, or a folder of them."),
    ],
)
def test_an_option_that_makes_no_sense_gets_a_sentence(option, said):
    command = [str(Path(sys.executable).with_name("prolo-dash")), "serve", option]
    run = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)
    assert run.returncode == 1
    assert said in run.stderr
    assert "Traceback" not in run.stderr


def test_a_question_that_would_wait_too_long_is_told_to_try_again(serving):
    slow = {"view": "own_trial", "params": {}}
    with serving("--longest_wait=0.001") as server:
        host, port = urlsplit(server.address).netloc.split(":")
        body = json.dumps(slow).encode()
        head = f"POST /answer HTTP/1.1\r\nHost: {host}\r\nContent-Length: {len(body)}\r\nConnection: close\r\n\r\n"
        readers = [socket.create_connection((host, int(port))) for _ in range(40)]
        for reader in readers:
            reader.sendall(head.encode() + body)
        answers = []
        for reader in readers:
            with reader.makefile("rb") as stream:
                answers.append(stream.read().decode())
            reader.close()
        statuses = {one.split()[1] for one in answers}
        assert statuses == {"200", "503"}
        assert all(BUSY in one for one in answers if one.split()[1] == "503")


def test_a_process_that_may_open_few_files_serves_those_it_can_and_says_so_once(serving, tmp_path):
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (160, hard))
    try:
        command = f"ulimit -Hn 160; exec {Path(sys.executable).with_name('prolo-dash')} serve --port 0"
        log = (tmp_path / "log").open("w+")
        process = subprocess.Popen(["bash", "-c", command], stdout=subprocess.PIPE, stderr=log, text=True)
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
    try:
        port = int(re.search(r":(\d+)/", process.stdout.readline())[1])
        crowd = [socket.create_connection(("127.0.0.1", port)) for _ in range(300)]
        for one in crowd[:5]:
            one.sendall(b"GET /live HTTP/1.1\r\nHost: localhost\r\n\r\n")
            assert one.recv(12) == b"HTTP/1.1 204"
        for one in crowd:
            one.close()

        def answered():
            with socket.create_connection(("127.0.0.1", port)) as reader:
                reader.sendall(b"GET /live HTTP/1.1\r\nHost: localhost\r\n\r\n")
                return reader.recv(12) == b"HTTP/1.1 204"

        assert eventually(answered)
        log.seek(0)
        assert log.read().count("connections are open") == 1
    finally:
        process.terminate()
        process.wait(20)
        process.stdout.close()
        log.close()


def test_a_damaged_file_of_states_is_made_again_and_never_sent(serving, tmp_path):
    states = tmp_path / "voila/templates/prolo/static/states"
    states.mkdir(parents=True)
    name = file_name("claim")
    (states / name).write_bytes(b"\x1f\x8b garbage")
    with serving(environment={"JUPYTER_DATA_DIR": str(tmp_path)}) as server:
        assert server.ask(f"states/{name}").status == 204
        assert eventually(lambda: server.ask(f"states/{name}").status == 200, 60)
        assert server.ask(f"states/{name}").headers["Cache-Control"].endswith("immutable")
        assert server.ask("states/claim.older.gz").status == 404


def test_where_states_cannot_be_kept_that_is_one_sentence_and_the_server_answers(serving, tmp_path):
    (tmp_path / "voila").write_text("a file where a folder is wanted")
    with serving(environment={"JUPYTER_DATA_DIR": str(tmp_path)}) as server:
        assert eventually(lambda: "can't be written" in server.said())
        assert server.said().count("can't be written") == 1
        assert "Traceback" not in server.said()
        assert server.answer({"view": "gain", "params": {"show": "groups"}}).status == 200


def test_somebody_elses_evidence_is_shown_with_its_own_topic(serving):
    with serving("--data", str(ROOT / "tests" / "topics" / "knee_operation")) as running:
        (gain,) = re.findall(r'<section[^>]*data-view="gain".*?</section>', running.ask().text, re.DOTALL)
        assert "after keyhole surgery" in gain
        own = json.dumps({"view": "caveat_trial", "params": {"trial": "birch2010_better_26w.surgery"}}).encode()
        assert "sham operation" in running.ask("answer", own).text
