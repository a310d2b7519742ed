"""Jupyter's side of the explainer: the server that readers open, and the widgets of a notebook."""
