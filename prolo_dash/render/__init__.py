"""The outputs that show renderings: a live page, static files, paper, a text digest."""
