"""The live page's widget: a question gets the rendering of its state, a fault gets a plain sentence."""

import json
from typing import Any

import pytest

from prolo_dash.editions.html import SORRY, as_message, payload_for
from prolo_dash.evidence.library import library
from prolo_dash.jupyter.widget import ChapterWidget
from prolo_dash.views.chapters import CHAPTERS


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
        bundle, _ = ChapterWidget(chapter.key)._repr_mimebundle_()
        assert bundle["text/plain"].endswith(chapter.name)
        assert all(f'data-view="{view.key}"' in bundle["text/html"] for view in chapter.views)
        assert "application/vnd.jupyter.widget-view+json" in bundle
    with pytest.raises(KeyError):
        ChapterWidget("no_such_chapter")
