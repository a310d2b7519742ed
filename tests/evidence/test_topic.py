"""topic.toml says what a package is about; what can't be read there is told in one sentence."""

from pathlib import Path

import pytest

from prolo_dash.evidence.topic import TopicError, read_topic

ROOT = Path(__file__).resolve().parents[2]


def test_the_words_of_the_topic_are_those_of_the_file() -> None:
    topic = read_topic(ROOT / "tests" / "topics" / "knee_operation" / "topic.toml")
    assert (topic.intervention, topic.control, topic.controls) == (
        "keyhole surgery",
        "sham operation",
        "sham operations",
    )
    assert (topic.article, topic.paragraphs) == ("Keyhole Surgery Explained, an invented article", 9)


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ('name = "sham operation"', 'name = ""', "[control]: name is missing; write it as words in quotation marks"),
        ('name = "sham operation"', "name = 3", "[control]: name is missing; write it as words in quotation marks"),
        ("paragraphs = 9", 'paragraphs = "nine"', "[article]: paragraphs is missing; write how many the article has"),
        ("[control]", "[control", "this is not a UTF-8 TOML file"),
        ('against = "', 'about = "', "[questions]: against is missing; write it as words in quotation marks"),
        ("[questions]", '[notes]\nprices = "x"\n[questions]', "[notes]: prices is no list of sentences"),
    ],
)
def test_a_word_that_is_missing_is_named(tmp_path: Path, before: str, after: str, told: str) -> None:
    text = (ROOT / "tests" / "topics" / "knee_operation" / "topic.toml").read_text(encoding="utf-8")
    assert before in text
    (tmp_path / "topic.toml").write_text(text.replace(before, after, 1), encoding="utf-8")
    with pytest.raises(TopicError, match=r"^topic\.toml") as caught:
        read_topic(tmp_path / "topic.toml")
    assert told in str(caught.value)


def test_a_file_that_is_missing_is_named(tmp_path: Path) -> None:
    with pytest.raises(TopicError, match=r"topic\.toml: the file is missing"):
        read_topic(tmp_path / "topic.toml")


def test_notes_may_be_missing() -> None:
    toy = read_topic(ROOT / "tests" / "topics" / "knee_operation" / "topic.toml")
    assert (toy.survey_notes, toy.price_notes) == ((), ())
    own = read_topic(ROOT / "data" / "topic.toml")
    assert len(own.survey_notes) == 2
    assert len(own.price_notes) == 1
