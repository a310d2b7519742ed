"""Where renderings are shown: a live page, files, paper, a text digest."""
