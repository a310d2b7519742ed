"""What a package is about, in the words that readers see: data/topic.toml."""

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

# Words of a topic -> table and key of topic.toml.
WORDS = {
    "intervention": ("intervention", "name"),
    "control": ("control", "name"),
    "controls": ("control", "plural"),
    "procedure": ("control", "procedure"),
    "procedures": ("control", "procedures"),
    "untreated": ("untreated", "name"),
    "untreated_in_full": ("untreated", "in_full"),
    "other": ("other", "name"),
    "article": ("article", "citation"),
    "article_note": ("article", "note"),
    "control_in_full": ("lesson", "control"),
    "control_doubt": ("lesson", "doubt"),
    "mixed_conditions": ("conditions", "mixed"),
    "parts": ("conditions", "parts"),
    "parts_named": ("conditions", "parts_named"),
    "pooling_refused": ("conditions", "pooling_refused"),
    "active": ("intervention", "active"),
    "shared": ("control", "shared"),
    "ask_what": ("questions", "what"),
    "ask_against": ("questions", "against"),
}
# Notes of a topic, each a list of sentences that may be missing -> table and key of topic.toml.
NOTES = {
    "survey_notes": ("notes", "survey"),
    "price_notes": ("notes", "prices"),
}


@dataclass(frozen=True)
class Topic:
    """The names of the roles, and the article that is explained; each as written in the middle of a sentence.

    ``procedure`` is what intervention and control have in common, such as an injection; ``shared`` is that in one plain
    word, ``active`` what the control lacks; ``control_in_full`` says what the control is in plain words,
    ``control_doubt`` why it may not be inert. ``paragraphs`` is how many the article has. ``mixed_conditions`` is what
    an average over all conditions would be of, ``parts`` what some trials count in place of people, such as joints;
    ``pooling_refused`` is a sentence on a review that did not pool. The questions are for a doctor, and notes are what
    a reader of a chart must know.
    """

    intervention: str
    control: str
    controls: str
    procedure: str
    procedures: str
    untreated: str
    untreated_in_full: str
    other: str
    article: str
    article_note: str
    control_in_full: str
    control_doubt: str
    paragraphs: int
    mixed_conditions: str
    parts: str
    parts_named: str
    pooling_refused: str
    active: str
    shared: str
    ask_what: str
    ask_against: str
    survey_notes: tuple[str, ...]
    price_notes: tuple[str, ...]


class TopicError(Exception):
    """topic.toml can't be used. The message is one sentence that says where and why."""


def read_topic(path: Path) -> Topic:
    """The topic of a package.

    Raises:
        TopicError: the file is missing, is no TOML, or lacks a word.
    """
    try:
        tables = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise TopicError(f"{path.name}: the file is missing in {path.parent}.") from None
    except (OSError, ValueError) as error:
        raise TopicError(f"{path.name}: this is not a UTF-8 TOML file ({error}).") from None
    paragraphs = tables.get("article", {}).get("paragraphs")
    if not isinstance(paragraphs, int) or paragraphs < 1:
        raise TopicError(f"{path.name}, [article]: paragraphs is missing; write how many the article has.")
    words: dict[str, Any] = {word: _word(tables, path.name, *place) for word, place in WORDS.items()}
    notes: dict[str, Any] = {name: _notes(tables, path.name, *place) for name, place in NOTES.items()}
    return Topic(**words, **notes, paragraphs=paragraphs)


def _word(tables: dict[str, Any], file: str, table: str, key: str) -> str:
    found = tables.get(table)
    word = found.get(key) if isinstance(found, dict) else None
    if not isinstance(word, str) or not word.strip():
        raise TopicError(f"{file}, [{table}]: {key} is missing; write it as words in quotation marks.")
    return word


def _notes(tables: dict[str, Any], file: str, table: str, key: str) -> tuple[str, ...]:
    group = tables.get(table, {})
    found = group.get(key, []) if isinstance(group, dict) else group
    if not isinstance(found, list) or not all(isinstance(note, str) and note.strip() for note in found):
        raise TopicError(f"{file}, [{table}]: {key} is no list of sentences; write each in quotation marks.")
    return tuple(found)
