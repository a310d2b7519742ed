"""The explainer in Jupyter: the server for readers, the server extension, and the widgets of notebooks."""

from typing import Any


def _jupyter_server_extension_points() -> list[dict[str, str]]:
    """The hook by which Jupyter Server finds the extension."""
    return [{"module": "prolo_dash.jupyter"}]


def _load_jupyter_server_extension(server: Any) -> None:
    """The hook that Jupyter Server calls when it starts. (Imports are local: every kernel imports this package.)"""
    from prolo_dash.start import explain_evidence_errors

    with explain_evidence_errors():
        from prolo_dash.jupyter.extension import load

        load(server)
