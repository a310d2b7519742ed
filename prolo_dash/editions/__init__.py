"""Where renderings are shown: a live page, a text digest."""
