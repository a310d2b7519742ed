"""The command as a teacher starts it for a class: what it says on a computer with these addresses."""

import os
import re
import subprocess
import sys

from ..jupyter.test_class_network import code_in

_START = """
import sys
from prolo_dash.jupyter import app
app.own_addresses = lambda: {addresses}
sys.exit(app.serve(sys.argv[1:]))
"""


def said(*options, addresses=("192.168.1.23", "10.4.0.9"), secret=None):
    """What the command says when it starts, on a computer with these addresses."""
    command = [sys.executable, "-c", _START.format(addresses=list(addresses)), "--port=0", *options]
    environment = os.environ | ({} if secret is None else {"PROLO_DASH_TEACHER_SECRET": secret})
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, env=environment
    ) as process:
        lines = []
        for line in process.stdout:
            lines.append(line)
            if "Ctrl+C" in line:
                process.terminate()
    return "".join(lines), process.returncode


def port_in(text):
    return re.search(r":(\d+)/", text)[1]


def test_a_class_is_told_the_likeliest_address_and_the_others():
    text, _ = said("--class")
    port = port_in(text)
    assert f"ready at http://192.168.1.23:{port}/" in text
    assert f"try http://10.4.0.9:{port}/" in text
    assert code_in(text) == [f"http://192.168.1.23:{port}/"]


def test_who_knows_better_chooses_the_address():
    text, _ = said("--class", "--address", "127.0.0.1", "--base_url=/dash/")
    assert f"ready at http://127.0.0.1:{port_in(text)}/dash/" in text


def test_the_teacher_gets_a_link_whose_secret_no_browser_sends_and_that_is_new_each_time():
    secrets = set()
    for _ in range(2):
        text, _ = said("--class", "--base_url=/dash/")
        found = re.search(rf"http://127\.0\.0\.1:{port_in(text)}/dash/#teach=([\w-]{{43}})\n", text)
        secrets.add(found[1])
    assert len(secrets) == 2


def test_a_secret_that_the_environment_gives_is_not_printed():
    text, status = said("--class", secret="given-" + "x" * 14)
    assert "given" not in text
    assert f"\nTo lead a class: http://127.0.0.1:{port_in(text)}/#teach= and after it" in text
    for short in ("x" * 19, "a secret with spaces in it", "ü" * 20):
        text, status = said("--class", secret=short)
        assert status == 1
        assert text.startswith("PROLO_DASH_TEACHER_SECRET has to have 20 letters")
        assert short not in text


def test_behind_a_proxy_the_teachers_link_is_there_as_well():
    text, _ = said("--class", "--address=127.0.0.1", "--Voila.custom_display_url=https://school.example/dash")
    assert "ready at https://school.example/dash/ " in text
    assert "\nhttps://school.example/dash/#teach=" in text


def test_without_class_only_this_computer_is_served():
    text, _ = said()
    assert f"ready at http://127.0.0.1:{port_in(text)}/ (Ctrl+C stops it)\n" in text
    assert "192.168" not in text
    assert "#teach" not in text


def test_no_network_gets_a_sentence_and_the_way_round():
    text, status = said("--class", addresses=())
    assert status == 1
    assert text.startswith("This computer is in no network")
    assert "--one-file" in text
