"""The page for addresses that do not exist."""

from tornado.web import RequestHandler


class NotFoundHandler(RequestHandler):
    """Answers 404 with a sentence and a link back."""

    def prepare(self) -> None:
        """Answer every method alike."""
        self.set_status(404)
        self.finish(
            '<!DOCTYPE html><html lang="en"><title>No such page</title><p>There is no such page. '
            f'<a href="{self.settings["base_url"]}">Back to the explainer</a></p></html>'
        )
