"""The chapter on another topic than this package's: it says what that topic says, in every state."""

import re
from pathlib import Path

import pytest

from prolo_dash.chapters.certainty import CHAPTER
from prolo_dash.evidence.library import library
from prolo_dash.kit.topic_words import indefinite, role_name

TOY = library(Path(__file__).parents[2] / "topics" / "knee_operation")
OF_THIS_TOPIC = re.compile(r"prolo|inject|dextrose|saline|elbow|osgood", re.IGNORECASE)


@pytest.mark.parametrize("view", CHAPTER.views, ids=lambda view: view.key)
def test_no_word_of_this_topic_is_said_of_another(view, texts):
    for state in view.states(TOY):
        said = [text for _, text in texts(view.render(TOY, state))]
        assert [text for text in said if OF_THIS_TOPIC.search(text)] == []


def test_roles_are_named_as_the_topic_names_them():
    assert [role_name(TOY.topic, role) for role in ("intervention", "control", "untreated", "other")] == [
        "keyhole surgery",
        "sham operation",
        "no operation (exercise)",
        "other treatment",
    ]
    assert [indefinite(name) for name in ("sham operation", "operation")] == ["a sham operation", "an operation"]
