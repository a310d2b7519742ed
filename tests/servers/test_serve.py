"""`prolo-dash serve` is a Voilà application: prepared pages in front, notebooks run by Voilà behind them."""

import json
import re
import signal
import subprocess
import sys
import urllib.error
import urllib.request
from pathlib import Path
from urllib.parse import urlsplit

import psutil
import pytest

from prolo_dash.evidence.library import library
from prolo_dash.jupyter.kernels import most_kernels
from prolo_dash.jupyter.routes import FOREIGN_ORIGIN, NONSENSE
from prolo_dash.render.html import as_message, payload_for
from prolo_dash.render.precompute import edition, file_name


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


def test_an_unknown_address_gets_a_sentence(server):
    answered = server.ask("nothing")
    assert answered.status == 404
    assert "There is no such page." in answered.text


def test_the_page_asks_whether_it_is_still_the_one_that_is_served(server):
    assert server.ask("live").headers["X-Prolo-Edition"] == edition()


def test_half_of_the_free_memory_is_for_kernels():
    assert most_kernels(2_400_000_000) == 10
    assert most_kernels(100_000) == 1
    assert most_kernels(10**12) == 100


def test_where_no_theme_was_chosen_a_page_leaves_it_to_the_screen(server):
    for path in ("", "voila/render/mine.ipynb"):
        assert "data-theme=" not in server.ask(path).text


def test_a_taken_port_gets_a_sentence_and_no_other_port_is_tried(server):
    port = str(urlsplit(server.address).port)
    command = [str(Path(sys.executable).with_name("prolo-dash")), "serve", "--port", port]
    run = subprocess.run(command, capture_output=True, text=True, check=False)
    assert run.returncode == 1
    assert run.stderr.strip().split("\n")[-1].startswith(f"Port {port} on 127.0.0.1 is taken or not allowed")
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
            _, said = process.communicate(timeout=15)
        except subprocess.TimeoutExpired:  # Python drops an interrupt that comes in a callback: one presses again
            process.send_signal(how)
            _, said = process.communicate(timeout=15)
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
