"""The addresses of class sessions. Everything is in this process, and is gone when a session ends."""

from jupyter_server.utils import url_path_join
from tornado.routing import PathMatches, Rule

from prolo_dash.jupyter.classroom.live import LiveHandler
from prolo_dash.jupyter.classroom.pages import JoinFormHandler, JoinHandler, PageHandler
from prolo_dash.jupyter.classroom.requests import (
    ClassesHandler,
    GuessesHandler,
    GuessHandler,
    OpenHandler,
    PartsHandler,
    StateHandler,
    TeachHandler,
)
from prolo_dash.jupyter.classroom.rooms import CODE_LENGTH, Classroom
from prolo_dash.jupyter.routes import PreparedHandler


def class_routes(prefix: str, classroom: Classroom) -> list[Rule]:
    """The routes of class sessions under a prefix."""
    session = rf"class/([a-zA-Z]{{{CODE_LENGTH}}})/"
    found: list[tuple[str, type[PreparedHandler]]] = [
        ("class", OpenHandler),
        ("class/running", ClassesHandler),
        ("join", JoinFormHandler),
        ("join/([^/]*)", JoinHandler),
        (session + r"([^/]+)\.html", PageHandler),
        (session + r"parts/([^/]+)/([\w-]+)", PartsHandler),
        (session + "live", LiveHandler),
        (session + "state", StateHandler),
        (session + "guess", GuessHandler),
        (session + "teach", TeachHandler),
        (session + r"guesses\.csv", GuessesHandler),
    ]
    return [
        Rule(PathMatches(url_path_join(prefix, path)), handler, {"classroom": classroom}) for path, handler in found
    ]
