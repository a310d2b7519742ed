"""Jupyter's side of the explainer: the server that readers open, the server extension, the widgets of a notebook."""

from typing import Any


def _jupyter_server_extension_points() -> list[dict[str, str]]:
    """What Jupyter Server asks an extension for: where it is."""
    return [{"module": "prolo_dash.jupyter"}]


def _load_jupyter_server_extension(server: Any) -> None:
    """The hook that Jupyter Server calls when it starts. (Imports are local: every kernel imports this package.)"""
    from prolo_dash.start import explain_evidence_errors

    with explain_evidence_errors():
        from prolo_dash.jupyter.extension import load

        load(server)
