"""Serves the explainer with Voilà. Every setting of the server stands here."""

import os
import socket
import sys
from pathlib import Path

from prolo_dash.editions.live.widget import STATIC

LIVE = Path(__file__).parent

SETTINGS = {
    "VoilaConfiguration": {
        "template": "prolo",
        # A link such as ?template=lab would otherwise leave the explainer for another page.
        "allow_template_override": "NO",
        "allow_theme_override": "NO",
        "show_tracebacks": False,
        # The page has its own small front end: no JupyterLab extension is listed in it.
        "extension_allowlist": [],
    },
    # A page that was left without saying so (a crash, a phone put away) gives its kernel back after a while.
    "MappingKernelManager": {"cull_interval": 60, "cull_idle_timeout": 600},
    "Voila": {"open_browser": False, "port_retries": 0, "tornado_settings": {"websocket_compression_options": {}}},
}


def notebooks_dir() -> Path:
    """The notebooks: beside the package in a checkout, inside it in a wheel."""
    package = Path(__file__).resolve().parents[2]
    inside = package / "notebooks"
    return inside if inside.is_dir() else package.parent / "notebooks"


def serve(address: str, port: int) -> int:
    """Serve until interrupted; 1 with a sentence if that can't start."""
    if not (STATIC / "plotly.min.js").exists():
        print(
            "plotly.js is missing among the page's files: install the package first (pip install -e .).",
            file=sys.stderr,
        )
        return 1
    if not _free(address, port):
        print(f"Port {port} on {address} is taken or not allowed: choose another with --port.", file=sys.stderr)
        return 1
    os.environ["JUPYTER_PATH"] = os.pathsep.join(filter(None, [str(LIVE), os.environ.get("JUPYTER_PATH", "")]))
    _explainer(address, port)
    return 0


def _free(address: str, port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((address, port))
        except OSError:
            return False
    return True


def _explainer(address: str, port: int) -> None:
    from traitlets.config import Config
    from voila.app import Voila

    class Explainer(Voila):  # type: ignore[misc]
        """Voilà that says in one line where the page is."""

        def listen(self) -> None:
            print(f"The explainer is ready at http://{address}:{port} (Ctrl+C stops it)", flush=True)
            super().listen()

    app = Explainer(config=Config(SETTINGS), ip=address, port=port, log_level="WARN")
    app.initialize([str(notebooks_dir() / "explainer.ipynb")])
    app.start()
