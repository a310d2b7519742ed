"""The explainer as a Jupyter server extension: at ``…/prolo_dash/`` in Lab, Notebook or JupyterHub."""

from typing import Any

from jupyter_server.utils import url_path_join
from tornado.routing import PathMatches, Rule
from tornado.web import RedirectHandler, authenticated

from prolo_dash.evidence.library import library
from prolo_dash.jupyter.pages import Pages
from prolo_dash.jupyter.routes import (
    MAX_WAIT,
    PrefixMatcher,
    PreparedHandler,
    cached_files,
    routes,
    services_for,
    unprepared_at,
)
from prolo_dash.render.notebooks import notebooks_dir

PREFIX = "prolo_dash"


def load(server: Any) -> None:
    """Add the prepared routes to a Jupyter server. Pages and states are made on the first request for them."""
    root = server.web_app.settings["base_url"]
    prefix = url_path_join(root, PREFIX, "/")
    pages = Pages(notebooks_dir(), library(), report=server.log.info)
    services = services_for(pages, library(), longest_wait=MAX_WAIT, show_tracebacks=False)
    unprepared = Rule(PrefixMatcher(prefix, pages, unprepared_at), UnpreparedHandler, {"pages": pages})
    bare = Rule(PathMatches(prefix.rstrip("/")), RedirectHandler, {"url": prefix, "permanent": False})
    server.web_app.add_handlers(".*$", [*routes(prefix, services), unprepared, bare, cached_files(root)])
    server.log.info(f"The explainer is at {prefix}")


class UnpreparedHandler(PreparedHandler):
    """Notebooks that were changed and not run again: this server does not run them, so the page says why."""

    def initialize(self, pages: Pages) -> None:
        """Store the pages."""
        self._pages = pages

    @authenticated
    def get(self, name: str) -> None:
        """Say why it is not shown and what to do."""
        self.set_status(404)
        self.set_header("Content-Type", "text/plain; charset=utf-8")
        self.write(f"{self._pages.why(name)}. Run the notebook, save it, and load this page again.")
