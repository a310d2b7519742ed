"""The live edition: chapters in a notebook, in Jupyter or served as a page by Voilà."""
