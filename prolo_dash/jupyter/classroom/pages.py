"""The pages of a class session for phones: the field for a code, the way in, and the page itself."""

from urllib.parse import quote

from tornado.web import authenticated

from prolo_dash.jupyter.classroom.devices import COOKIE, known_device, new_device
from prolo_dash.jupyter.classroom.rooms import CODE_LENGTH, LETTERS, MOST_SECONDS, Classroom
from prolo_dash.jupyter.routes import PreparedHandler
from prolo_dash.render.join import JOIN_POLICY, ended_page, join_page
from prolo_dash.render.withheld import UP

NO_CLASS = "There is no class with this code now. Look at the code once more, or ask your teacher."
A_CODE = "A code has four letters. Look at it once more."


class _ClassPageHandler(PreparedHandler):
    """A page for phones."""

    def initialize(self, classroom: Classroom) -> None:
        """Take the sessions."""
        self.classroom = classroom

    def show_join(self, problem: str = "", *, up: str, status: int = 200) -> None:
        """The page with the field for a code."""
        self._show(join_page(problem, up=up), status)

    def show_ended(self, lesson: str) -> None:
        """What is left of a class that is over."""
        self._show(ended_page(lesson, up=UP), 410)

    def _show(self, page: str, status: int) -> None:
        self.set_status(status)
        self.set_header("Content-Security-Policy", f"{JOIN_POLICY}; frame-ancestors 'self'")
        self.set_header("Cache-Control", "no-store")
        self.write(page)


class JoinFormHandler(_ClassPageHandler):
    """The page with one field for the code."""

    @authenticated
    def get(self) -> None:
        """The page, or the way to the class of a code."""
        code = "".join(self.get_query_argument("code", "").split()).upper()  # as a screen spaces it
        if not code:
            self.show_join(up="")
        elif len(code) == CODE_LENGTH and set(code) <= set(LETTERS):
            self.redirect(f"join/{code}")
        else:
            self.show_join(A_CODE, up="", status=404)

    head = get  # as of pages


class JoinHandler(_ClassPageHandler):
    """The link for pupils."""

    @authenticated
    def get(self, code: str) -> None:
        """Lead to the page that the class is at."""
        room = self.classroom.rooms.find(code)
        if room is None:
            self.show_join(NO_CLASS, up="../", status=404)
        else:
            self.redirect(f"../class/{room.code}/{quote(room.session.page)}.html")

    head = get


class PageHandler(_ClassPageHandler):
    """A page for a phone. It gives each browser a device of its own; one that has it already keeps it."""

    @authenticated
    def get(self, code: str, page: str) -> None:
        """The page without what is behind its questions."""
        room = self.classroom.rooms.find(code)
        path = f"{self.classroom.base}class/{code.upper()}"
        if room is None:
            self.clear_cookie(COOKIE, path=path)
            self.show_ended(page if self.classroom.rooms.has_page(page) else "")
            return
        file = room.page(page)
        if file is None or code != room.code:
            self.redirect(f"../{room.code}/{quote(room.session.page)}.html")
            return
        if known_device(self.get_cookie(COOKIE)) is None:
            self.set_cookie(COOKIE, new_device(), path=path, max_age=MOST_SECONDS, httponly=True, samesite="Lax")
        self.set_header("Content-Security-Policy", f"{file.policy}; frame-ancestors 'self'")
        self.set_header("Cache-Control", "no-store")
        self.send(file)

    head = get
