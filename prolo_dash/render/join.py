"""The page where a phone joins a class."""

from prolo_dash.render.html import template
from prolo_dash.render.page import assets

JOIN_POLICY = "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'self'"


def join_page(problem: str = "", *, up: str = "") -> str:
    """The page as HTML. ``problem``: a sentence about the code that was tried; ``up``: the way to the explainer."""
    known = assets()
    style, icon = known["prolo.css"][0], known["icon.svg"][0]
    return template("join.html.j2").render(problem=problem, up=up, style=style, icon=icon)
