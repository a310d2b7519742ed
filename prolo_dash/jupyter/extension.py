"""The explainer inside a Jupyter server: at ``…/prolo_dash/`` for who uses Lab, Notebook or JupyterHub."""

from typing import Any

from jupyter_server.utils import url_path_join
from tornado.routing import PathMatches, Rule
from tornado.web import RedirectHandler

from prolo_dash.editions.notebooks import notebooks_dir
from prolo_dash.evidence.library import library
from prolo_dash.jupyter.pages import Pages
from prolo_dash.jupyter.routes import LONGEST_WAIT, prepared, routes

PREFIX = "prolo_dash"


def load(server: Any) -> None:
    """Add the prepared routes to a Jupyter server. Pages are made when the first reader comes, states when one asks."""
    prefix = url_path_join(server.web_app.settings["base_url"], PREFIX, "/")
    pages = Pages(notebooks_dir(), library(), tell=server.log.info)
    part = prepared(pages, library(), longest_wait=LONGEST_WAIT, show_tracebacks=False)
    bare = Rule(PathMatches(prefix.rstrip("/")), RedirectHandler, {"url": prefix, "permanent": False})
    server.web_app.add_handlers(".*$", [*routes(prefix, part), bare])
    server.log.info(f"The explainer is at {prefix}")
