"""Where a login is asked for, under a prefix."""

import re
from urllib.parse import urlsplit

import pytest

from prolo_dash.jupyter.kernels import FULL
from prolo_dash.render.precompute import file_name

from .conftest import eventually


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
