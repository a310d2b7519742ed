"""The live page's widget: a question gets the rendering of its state, a fault gets a plain sentence."""

import json
import re
from typing import Any

import pytest

from prolo_dash import explainer
from prolo_dash.chapters.registry import CHAPTERS
from prolo_dash.evidence.library import library
from prolo_dash.jupyter.widget import ChapterWidget, PartWidget
from prolo_dash.kit.controls import to_query
from prolo_dash.render.html import SORRY, as_message, payload_for
from prolo_dash.render.lessons import MIME, Call, view_in_state
from prolo_dash.render.page import STATIC


@pytest.fixture
def widget(monkeypatch: pytest.MonkeyPatch) -> ChapterWidget:
    made = ChapterWidget("gain")
    made.sent = []
    monkeypatch.setattr(made, "send", lambda content, buffers=None: made.sent.append(content))
    return made


def answer(widget: ChapterWidget, question: Any) -> Any:
    """What the page gets back for a message, as it travels."""
    widget._handle_custom_msg(question, [])
    (sent,) = widget.sent
    return json.loads(json.dumps(sent))


def shown_by(widget: PartWidget) -> Any:
    """What the output of a cell holds."""
    return widget._repr_mimebundle_()[0]


def test_a_question_gets_the_rendering_of_its_state(widget: ChapterWidget) -> None:
    params = {"outcome": "pain", "show": "groups"}
    expected = as_message(payload_for(library(), "gain", params))
    got = answer(widget, {"ask": 7, "view": "gain", "params": params})
    assert got == json.loads(json.dumps({"ask": 7, **expected}))
    assert "outcome=pain&show=groups" in got["state"]


def test_parameters_that_make_no_sense_get_the_usual_state_and_a_notice(widget: ChapterWidget) -> None:
    got = answer(widget, {"ask": 1, "view": "gain", "params": {"outcome": "<b>"}})
    assert got["state"] == payload_for(library(), "gain", {}).state
    assert "<b>" in got["notice"]


@pytest.mark.parametrize(
    "question",
    [
        {"ask": 3, "view": "no_such_view", "params": {}},
        {"ask": 3, "view": "gain"},
        {"ask": 3, "params": {}},
        {"ask": 3, "view": "gain", "params": None},
        {"ask": 3, "view": "gain", "params": {"conditions": 5}},
    ],
)
def test_a_question_that_fails_gets_a_sentence_and_the_log_the_fault(
    widget: ChapterWidget, question: Any, caplog: pytest.LogCaptureFixture
) -> None:
    assert answer(widget, question) == {"ask": 3, "error": SORRY}
    (record,) = caplog.records
    assert record.exc_info
    assert "Traceback" in caplog.text


@pytest.mark.parametrize("question", [None, [], "gain", 1])
def test_a_message_that_is_no_question_gets_the_sentence_too(widget: ChapterWidget, question: Any) -> None:
    assert answer(widget, question) == {"ask": None, "error": SORRY}


def test_there_is_a_widget_for_every_chapter_and_for_no_other() -> None:
    for chapter in CHAPTERS:
        shown, _ = ChapterWidget(chapter.key)._repr_mimebundle_()
        assert shown["text/plain"].endswith(chapter.name)
        assert "application/vnd.jupyter.widget-view+json" in shown
    with pytest.raises(KeyError):
        ChapterWidget("no_such_chapter")


def test_a_page_of_voila_gets_the_controls_and_a_notebook_a_document_without_them(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("VOILA_BASE_URL", "/")
    page = shown_by(ChapterWidget("gain"))["text/html"]
    assert 'data-view="gain"' in page
    assert "<input" in page
    monkeypatch.delenv("VOILA_BASE_URL")
    document = shown_by(ChapterWidget("gain"))["text/html"]
    assert not re.search(r"<(input|button|select|form|script|template|noscript)\b", document)


def test_an_output_says_which_call_made_it() -> None:
    part = explainer.predict("ahead", "gain", show="groups", outcome="pain")
    said = json.loads(json.dumps(shown_by(part)[MIME]))
    assert said == {"call": "predict", "names": ["ahead", "gain"], "settings": {"show": "groups", "outcome": "pain"}}
    assert shown_by(ChapterWidget("risks"))[MIME] == {"call": "chapter", "names": ["risks"], "settings": {}}


def test_the_call_of_a_view_is_the_one_that_made_it() -> None:
    shown = shown_by(explainer.view("lesson_dummy", outcome="better"))
    assert shown[MIME] == {"call": "view", "names": ["lesson_dummy"], "settings": {"outcome": "better"}}


def test_the_call_of_a_view_that_was_changed_is_that_of_its_present_state() -> None:
    view = explainer.view("gain", conditions=["low_back"])
    view.outcome = "pain"
    call = Call.from_json(shown_by(view)[MIME])
    assert (call.function, call.names) == ("view", ("gain",))
    assert to_query(view_in_state(library(), "gain", call.settings)[1]) == view.state


@pytest.mark.parametrize("name", ["plotly.min.js", "lean-qr.js"])
def test_a_file_of_the_page_comes_from_the_kernel_where_jupyter_does_not_serve_it(
    widget: ChapterWidget, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    got: list[Any] = []
    monkeypatch.setattr(widget, "send", lambda content, buffers=None: got.append((content, buffers)))
    widget._handle_custom_msg({"ask": 1, "file": name}, [])
    assert got == [({"ask": 1, "file": name}, [(STATIC / name).read_bytes()])]


@pytest.mark.parametrize("name", ["../../widget.py", "page.css", "/etc/hostname", 1])
def test_no_other_file_does(widget: ChapterWidget, name: Any) -> None:
    assert answer(widget, {"ask": 1, "file": name}) == {"ask": 1, "error": SORRY}
