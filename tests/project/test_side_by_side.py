"""Side by side, tests that share something dear run in one process, whatever pytest and xdist make of groups."""

import inspect
from types import SimpleNamespace

import pytest
from xdist.scheduler import LoadScopeScheduling

from ..conftest import company, pytest_xdist_make_scheduler


@pytest.mark.parametrize(
    ("test", "shared"),
    [
        ("tests/kit/test_charts.py::test_labels_fit[gain-True]", "gain"),
        ("tests/chapters/test_speech.py::test_no_cause_is_given[caveat_trial]", "caveat_trial"),
        ("tests/chapters/test_agreement.py::test_a_mark_is_filled[gain-difference-Difference]", "gain"),
        ("tests/evidence/test_data.py::test_every_table_is_described[sources-x]", "sources"),
        ("tests/stats/test_means.py::test_welch", "tests/stats/test_means.py"),
        ("tests/servers/test_serve.py::test_an_answer[gain]", "tests/servers/test_serve.py"),
    ],
)
def test_tests_keep_company_by_view_or_else_by_file(test, shared):
    assert company(test) == shared


def test_the_scheduler_hands_out_by_company(monkeypatch):
    monkeypatch.setattr(LoadScopeScheduling, "__init__", lambda *_: None)
    scheduler = pytest_xdist_make_scheduler(SimpleNamespace(getvalue={"dist": "load"}.get), None)
    assert scheduler._split_scope("tests/kit/test_charts.py::test_labels_fit[gain]") == "gain"
    assert "self._split_scope(" in inspect.getsource(LoadScopeScheduling)


def test_a_command_may_ask_for_another_way_to_hand_out():
    assert pytest_xdist_make_scheduler(SimpleNamespace(getvalue={"dist": "worksteal"}.get), None) is None
