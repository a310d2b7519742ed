"""Messages of phones and teachers: read strictly, and done. What the page's script would not send is nonsense."""

import json
import re
from collections.abc import Callable
from typing import Any

from prolo_dash.jupyter.classroom.session import Session, Step
from prolo_dash.render.withheld import Question

PUPIL_BYTES = 2_000
TEACHER_BYTES = 8_000
NONSENSE = "This page asked for something that a class does not have. Reload the page."

_NAME = re.compile(r"[\w-]{1,80}", re.ASCII)
_LONGEST_SETTING = 600
_MOST_SCREENS = 9_999

QuestionsOf = Callable[[str], tuple[Question, ...]]  # of a page by its name; NotForAClassError if no class can open it


class NonsenseError(ValueError):
    """A message that no page of ours sends."""


def parsed(body: str | bytes, most_bytes: int) -> dict[str, Any]:
    """A message from its JSON; NonsenseError if it is none, or too long."""
    try:
        message = json.loads(body) if len(body) <= most_bytes else None
    except (ValueError, RecursionError):
        message = None
    if not isinstance(message, dict):
        raise NonsenseError
    return message


def guess(session: Session, device: str, said: Any) -> None:
    """Count a guess: ``{"question": key, "value": int or None}``; NonsenseError, or Fault as of the session."""
    if not isinstance(said, dict):
        raise NonsenseError
    value = said.get("value")
    session.guess(device, _name(said.get("question")), None if value is None else _whole(value))


def act(session: Session, message: dict[str, Any], questions_of: QuestionsOf) -> None:
    """Do what a teacher asks for in ``do``; NonsenseError, NotForAClassError, or Fault as of the session."""
    match message:
        case {"do": "step"}:
            step, page = _step(message), message.get("page")
            if not isinstance(page, str):
                raise NonsenseError
            session.move(page, questions_of(page), step)
        case {"do": "pace", "pace": ("follow" | "free") as pace}:
            session.set_pace(pace)
        case {"do": "pause", "paused": bool(paused)}:
            session.pause(paused)
        case {"do": ("open" | "close" | "reveal" | "again" | "clear") as what, "question": question}:
            getattr(session, what)(_name(question))
        case {"do": "end"}:
            session.end()
        case _:
            raise NonsenseError


def _step(message: dict[str, Any]) -> Step:
    at, of = (_whole(message.get(name)) for name in ("at", "of"))
    settings = message.get("settings")
    if not 0 <= at <= of <= _MOST_SCREENS or not isinstance(settings, dict):
        raise NonsenseError
    return Step(_name(message.get("screen")), at, of, {_name(view): _params(one) for view, one in settings.items()})


def _params(said: Any) -> dict[str, str]:
    if not isinstance(said, dict):
        raise NonsenseError
    for value in said.values():
        if not isinstance(value, str) or len(value) > _LONGEST_SETTING:
            raise NonsenseError
    return {_name(name): value for name, value in said.items()}


def _name(said: Any) -> str:
    if not isinstance(said, str) or not _NAME.fullmatch(said):
        raise NonsenseError
    return said


def _whole(said: Any) -> int:
    if type(said) is not int:
        raise NonsenseError
    return said
