"""The pages of a phone before and after a class."""

from prolo_dash.render.html import template
from prolo_dash.render.page import assets

JOIN_POLICY = "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'self'"


def join_page(problem: str = "", *, up: str = "") -> str:
    """Where a phone joins. ``problem``: a sentence about the code that was tried; ``up``: the way to the explainer."""
    return _page("join.html.j2", problem=problem, up=up)


def ended_page(lesson: str, *, up: str) -> str:
    """What stands at the address of a class that is over. ``lesson``: the name of its page, if there is one."""
    return _page("ended.html.j2", lesson=lesson, up=up)


def _page(name: str, **known: str) -> str:
    files = assets()
    return template(name).render(style=files["prolo.css"][0], icon=files["icon.svg"][0], **known)
