"""`prolo-dash serve` is a Voilà application: prepared pages in front, notebooks run by Voilà behind them."""

import json
import re
import resource
import shutil
import signal
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from pathlib import Path
from urllib.parse import urlsplit

import nbformat
import psutil
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell

from prolo_dash.evidence.library import library
from prolo_dash.jupyter.kernels import FULL, most_kernels
from prolo_dash.jupyter.routes import BUSY, FOREIGN_ORIGIN, NONSENSE
from prolo_dash.render.html import as_message, payload_for
from prolo_dash.render.precompute import edition, file_name

from .conftest import ROOT, eventually, notebook

OWN_CODE = new_code_cell("import ipywidgets\nprint(6 * 7)\nipywidgets.IntSlider(description='mine')")
CULLED_AT_ONCE = ("--MappingKernelManager.cull_idle_timeout=1", "--MappingKernelManager.cull_interval=1")


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A teacher's folder: the explainer, a lesson, and a notebook of his own."""
    made = tmp_path_factory.mktemp("notebooks")
    for name in ("explainer", "lesson_dummy", "methods"):
        shutil.copy(ROOT / "notebooks" / f"{name}.ipynb", made)
    notebook(made / "mine.ipynb", new_markdown_cell("# Mine"), OWN_CODE)
    notebook(made / "lesson_mine.ipynb", new_markdown_cell("# A lesson of mine"), OWN_CODE, lesson=True)
    return made


@pytest.fixture(scope="module")
def server(serving, folder):
    with serving(str(folder)) as running:
        yield running


def test_the_explainer_and_its_lessons_are_prepared_and_no_kernel_is_started(server):
    for path in ("", "index.html", "lesson_dummy.html"):
        answered = server.ask(path)
        assert answered.status == 200
        assert 'class="prolo chapter' in answered.text
    assert server.kernels() == 0


def test_a_prepared_page_sets_no_cookie_may_be_framed_and_runs_only_its_own_scripts(server):
    answered = server.ask()
    assert answered.headers.get_all("Set-Cookie") is None
    policy = answered.headers["Content-Security-Policy"]
    assert "frame-ancestors *" in policy
    assert re.search(r"script-src 'self'( 'sha256-[\w+/=]+')+;", policy)
    assert answered.headers["X-Content-Type-Options"] == "nosniff"
    assert answered.headers["Referrer-Policy"] == "same-origin"


def test_a_view_has_a_page_for_frames_whose_files_a_sandbox_may_read(server):
    page = server.ask("embed_gain.html")
    assert page.status == 200
    assert "frame-ancestors *" in page.headers["Content-Security-Policy"]
    assert re.findall(r'data-view="(\w+)"', page.text) == ["gain"]
    script = re.search(r'<script type="module"[^>]* src="([^"]+)"', page.text)[1]
    for address in (script, f"states/{file_name('gain')}"):
        assert server.ask(address).headers["Access-Control-Allow-Origin"] == "*"
    for address in ("", "embed_gain.html", "live"):  # notebooks of a teacher's own may be among the pages
        assert "Access-Control-Allow-Origin" not in server.ask(address).headers
    for address in ("embed_own_trial.html", "embed_nothing.html"):
        assert server.ask(address).status == 404


def test_pages_of_voila_stay_in_the_same_process(server):
    assert server.ask("voila/tree").status == 200
    page = server.ask("voila/render/methods.ipynb")
    assert page.status == 200
    assert "Wilson" in page.text


def test_a_notebook_with_code_of_its_own_is_run_by_voila(server):
    moved = server.ask("mine.html")
    assert (moved.status, moved.headers["Location"]) == (302, "/voila/render/mine.ipynb")
    page = server.ask("voila/render/mine.ipynb")
    assert "<h1" in page.text
    assert "42" in page.text


def test_the_explainer_links_to_every_lesson_prepared_or_not(server):
    lessons = re.search(r'<p class="lessons">(.*?)</p>', server.ask().text)[1]
    assert re.findall(r'href="([^"]+)"', lessons) == ["lesson_dummy.html", "voila/render/lesson_mine.ipynb"]
    assert "A lesson of mine" in lessons


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
        (tmp_path / "lesson_dummy.ipynb").write_text(whole.replace("# Only the dummy arm", "# Renamed"))
        assert "Renamed" in server.ask("lesson_dummy.html").text
        assert "Traceback" not in server.said()


@pytest.mark.parametrize(("name", "shown"), [("lesson_dummy", "Only the dummy arm"), ("mine", "Mine")])
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


def test_an_unknown_address_gets_a_sentence(server):
    answered = server.ask("nothing")
    assert answered.status == 404
    assert "There is no such page." in answered.text


def test_the_page_asks_whether_it_is_still_the_one_that_is_served(server):
    assert server.ask("live").headers["X-Prolo-Edition"] == edition()


@pytest.fixture(scope="module")
def guarded(serving):
    with serving("--base_url=class", "--token=secret", "--most_kernels=1") as running:
        yield running


def test_under_a_prefix_the_address_without_its_slash_leads_there(guarded):
    assert urlsplit(guarded.address).path == "/class/"
    moved = guarded.ask("/class")
    assert (moved.status, moved.headers["Location"]) == (302, "/class/")


@pytest.mark.parametrize("path", ["", "lesson_dummy.html", "voila/tree", "voila/render/methods.ipynb"])
def test_a_login_is_asked_for_every_page(guarded, path):
    assert guarded.ask(path).headers["Location"].startswith("/class/login?next=")
    assert guarded.ask(f"{path}?token=secret").status in (200, 503)


def test_a_login_is_asked_for_what_scripts_fetch_too(guarded):
    assert guarded.ask("live").status == 403
    assert guarded.ask(f"states/{file_name('gain')}").status == 403
    assert guarded.answer({"view": "gain", "params": {}}).status == 403
    allowed = {"Authorization": "token secret"}
    assert guarded.ask("live", **allowed).status == 204
    assert guarded.answer({"view": "gain", "params": {}}, **allowed).status == 200


def test_a_login_is_asked_for_states_where_live_notebooks_find_them_too(guarded):
    place = f"voila/templates/prolo/static/states/{file_name('claim')}"
    assert guarded.ask(place).status == 403
    assert eventually(lambda: guarded.ask(f"{place}?token=secret").status == 200, 60)


def test_where_a_login_is_asked_for_no_other_site_may_frame_a_page(guarded):
    page = guarded.ask("?token=secret")
    assert page.status == 200
    assert page.headers["Content-Security-Policy"].endswith("frame-ancestors 'self'")
    assert guarded.ask("embed_gain.html?token=secret").status == 404


def test_a_token_that_was_made_up_is_told(serving):
    with serving("--token") as server:
        assert re.search(r"\?token=\w{20,}$", server.address)


def test_the_pages_to_log_in_and_out_are_there_under_the_prefix(guarded):
    assert guarded.ask("login").status == 200
    assert guarded.ask("logout").status == 200


def test_where_too_many_kernels_run_a_page_says_so_and_the_explainer_goes_on(guarded):
    first = guarded.ask("voila/render/methods.ipynb?token=secret")
    second = guarded.ask("voila/render/methods.ipynb?token=secret")
    assert 503 in (first.status, second.status)
    assert FULL in next(one.text for one in (first, second) if one.status == 503)
    assert guarded.kernels() <= 1
    assert guarded.ask("?token=secret").status == 200


def test_half_of_the_free_memory_is_for_kernels():
    assert most_kernels(2_400_000_000) == 10
    assert most_kernels(100_000) == 1
    assert most_kernels(10**12) == 100


def test_voilas_theme_is_that_of_prepared_pages_and_of_those_with_a_kernel(serving, folder):
    with serving(str(folder), "--theme=dark") as server:
        for path in ("", "lesson_dummy.html", "voila/render/mine.ipynb"):
            assert re.search('<html [^>]*data-theme="dark"', server.ask(path).text)


def test_where_no_theme_was_chosen_a_page_leaves_it_to_the_screen(server):
    for path in ("", "voila/render/mine.ipynb"):
        assert "data-theme=" not in server.ask(path).text


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


def test_a_taken_port_gets_a_sentence_and_no_other_port_is_tried(server):
    port = str(urlsplit(server.address).port)
    command = [str(Path(sys.executable).with_name("prolo-dash")), "serve", "--port", port]
    run = subprocess.run(command, capture_output=True, text=True, check=False)
    assert run.returncode == 1
    assert run.stderr.strip().split("\n")[-1].startswith(f"Port {port} on 127.0.0.1 is taken or not allowed")
    assert "Traceback" not in run.stderr


@pytest.mark.parametrize(
    ("option", "said"),
    [
        ("--port=abc", "expected an int, not the str 'abc'"),
        ("--port=99999", "port"),
        ("nowhere", "argument is neither a file nor a directory: 'nowhere'"),
        (__file__, "test_serve.py is no notebook: name one that ends in .ipynb, or a folder of them."),
    ],
)
def test_an_option_that_makes_no_sense_gets_a_sentence(option, said):
    command = [str(Path(sys.executable).with_name("prolo-dash")), "serve", option]
    run = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)
    assert run.returncode == 1
    assert said in run.stderr
    assert "Traceback" not in run.stderr


def test_a_question_is_answered_as_a_notebook_answers_it(server):
    params = {"prolo_better": "15"}
    answered = server.answer({"view": "own_trial", "params": params})
    assert answered.status == 200
    assert json.loads(answered.body) == json.loads(json.dumps(as_message(payload_for(library(), "own_trial", params))))


def test_a_large_answer_travels_compressed(server):
    answered = server.answer({"view": "sources", "params": {}}, **{"Accept-Encoding": "gzip"})
    assert answered.headers["Content-Encoding"] == "gzip"


@pytest.mark.parametrize(
    "question",
    [None, [], "gain", 1, {}, {"view": "gain"}, {"view": "none", "params": {}}, {"view": ["gain"], "params": {}}]
    + [{"view": "gain", "params": params} for params in (None, 5, [], {"conditions": 5}, {"conditions": None})]
    + [{"view": "gain", "file": "a,b"}, {"view": "own_trial", "params": {}, "file": ["a"]}],
)
def test_nonsense_is_told_to_be_nonsense(server, question):
    assert server.ask("answer", b"[" * 200_000).status == 400
    answered = server.answer(question)
    if answered.status != 200:  # a list as a file is read as the text of a list
        assert (answered.status, json.loads(answered.body)) == (400, {"error": NONSENSE})
    assert "Traceback" not in server.said()


def test_a_body_that_is_no_json_is_told_to_be_nonsense(server):
    assert server.ask("answer", b"{").status == 400
    assert server.ask("answer", b"\xff").status == 400


def test_what_is_typed_in_is_not_kept(server):
    before = psutil.Process(server.pid).memory_info().rss
    for i in range(40):
        server.answer({"view": "gain", "params": {"show": f"{i}" + "😀" * 30_000}})
    assert psutil.Process(server.pid).memory_info().rss - before < 30_000_000


@pytest.mark.parametrize("seconds", [0.4, 1.2])
@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT])
def test_a_server_that_is_stopped_before_it_is_ready_stops_without_a_fault_of_its_own(seconds, how):
    serve = [str(Path(sys.executable).with_name("prolo-dash")), "serve", "--port=0"]
    command = ["env", "--default-signal=INT", *serve]  # a shell has its background programs ignore it
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True) as process:
        with pytest.raises(subprocess.TimeoutExpired):
            process.wait(seconds)
        process.send_signal(how)
        try:
            _, said = process.communicate(timeout=30)
        finally:
            process.kill()
    assert "AttributeError" not in said


def test_a_method_that_is_not_answered_gets_a_sentence(server):
    request = urllib.request.Request(server.address, method="DELETE")
    with pytest.raises(urllib.error.HTTPError) as refused:
        urllib.request.urlopen(request, timeout=10)
    assert refused.value.code == 405
    assert b"does not answer that" in refused.value.read()


def test_only_the_explainers_own_pages_may_ask(server):
    question = {"view": "own_trial", "params": {}}
    answered = server.answer(question, Origin="http://elsewhere.example")
    assert (answered.status, json.loads(answered.body)) == (403, {"error": FOREIGN_ORIGIN})
    assert server.answer(question, Origin=server.address.rstrip("/")).status == 200


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
