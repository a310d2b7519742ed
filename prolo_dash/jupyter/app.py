"""The explainer as a Voilà application: routes for prepared pages before Voilà's own."""

import os
import re
import secrets
import sys
from pathlib import Path
from typing import Any, ClassVar

from jupyter_server import DEFAULT_STATIC_FILES_PATH
from jupyter_server.utils import url_path_join
from tornado.ioloop import IOLoop
from tornado.netutil import bind_sockets
from tornado.routing import PathMatches, Rule
from tornado.web import RedirectHandler
from traitlets import Bool, Float, Integer, Unicode, default, validate
from traitlets.config import Config
from voila.app import Voila

from prolo_dash.evidence.library import library
from prolo_dash.jupyter.class_network import (
    EVERYWHERE,
    NO_NETWORK,
    invitation,
    link,
    own_addresses,
    teacher_link,
    teacher_link_without_secret,
)
from prolo_dash.jupyter.classroom.rooms import Classroom, Rooms
from prolo_dash.jupyter.classroom.routes import class_routes
from prolo_dash.jupyter.connections import HTTPServer, raise_open_files_limit
from prolo_dash.jupyter.kernels import CULLING, BoundedKernelManager
from prolo_dash.jupyter.not_found import NotFoundHandler
from prolo_dash.jupyter.pages import Pages
from prolo_dash.jupyter.routes import (
    MAX_REQUEST_BYTES,
    MAX_WAIT,
    PrefixMatcher,
    cached_files,
    routes,
    services_for,
    unprepared_at,
)
from prolo_dash.render.notebooks import OUR_TEMPLATE, notebooks_dir
from prolo_dash.start import explain_evidence_errors, raise_if_evidence_is_faulty

# Defaults that a config file, voila.json or the command line may override. A URL parameter must not choose a template:
# a kernel would be started for it and left running.
DEFAULTS = {
    "Application": {"log_level": "WARN"},
    "Voila": {"open_browser": False},
    "VoilaConfiguration": {
        "template": "prolo",
        "allow_template_override": "NOTEBOOK",
        "allow_theme_override": "NOTEBOOK",
        "multi_kernel_manager_class": BoundedKernelManager,
    },
    "MappingKernelManager": CULLING,
    "KernelManager": {"client_class": "prolo_dash.jupyter.kernel_client.PolledKernelClient"},
}


SECRET_VARIABLE = "PROLO_DASH_TEACHER_SECRET"  # of the environment: command lines and logs are read by others
SHORTEST_SECRET = 20


class StartError(Exception):
    """The server can't start; the message is a sentence that says why."""


class Explainer(Voila):  # type: ignore[misc]
    """``prolo-dash serve``: a folder of notebooks, prepared where they only call the explainer, else run by Voilà."""

    description = Unicode(
        """Show the explainer, and notebooks beside it.

        A notebook whose cells are text or calls of chapter, view, predict and check is shown prepared, without a
        kernel; any other is run by Voilà, with a kernel for each reader. All options of Voilà work here, too.

        prolo-dash serve [options] [FOLDER or NOTEBOOK]
        """
    )
    option_description = Unicode("FOLDER: of notebooks (default: the explainer's own); NOTEBOOK: that one alone.")
    aliases: ClassVar = {
        **Voila.aliases,
        "address": "Explainer.ip",
        "longest_wait": "Explainer.longest_wait",
        "most_kernels": "BoundedKernelManager.most_kernels",
    }
    flags: ClassVar = {
        **Voila.flags,
        "class": (
            {"Explainer": {"for_class": True}},
            "Let a class in the same network open it, and print its link, the QR code, and a link for the teacher.",
        ),
    }
    classes: ClassVar = [*Voila.classes, BoundedKernelManager]
    for_class = Bool(False, config=True, help="Whether a class in the same network may open it.")
    longest_wait = Float(
        MAX_WAIT,
        min=0,
        config=True,
        help="Seconds that a reader's request, such as an own trial, may wait for its turn before it is refused.",
    )
    port = Integer(8866, min=0, max=65535, config=True, help="The port to listen on; 0 for a free one.")
    ip = Unicode(config=True, help="The network address to listen on (default: this machine only; all with --class).")

    @default("ip")
    def _default_ip(self) -> str:
        return EVERYWHERE if self.for_class else "127.0.0.1"

    @default("root_dir")
    def _default_root_dir(self) -> str:
        return str(Path(self.notebook_path).absolute().parent if self.notebook_path else notebooks_dir())

    @validate("base_url", "server_url")
    def _with_slashes(self, proposal: Any) -> Any:
        return proposal["value"] and f"/{proposal['value'].strip('/')}/".replace("//", "/")

    def initialize(self, argv: list[str] | None = None) -> None:
        """Read the options. SystemExit, with a message, for an invalid one; StartError if the file is no notebook."""
        self.ioloop = IOLoop.current()  # a signal stops this loop
        self.update_config(Config(DEFAULTS))
        super().initialize(argv)
        kinds = (".ipynb", *self.voila_configuration.extension_language_mapping)
        if self.notebook_path and not self.notebook_path.lower().endswith(kinds):
            raise StartError(f"{self.notebook_path} is no notebook: name one that ends in .ipynb, or a folder of them.")

    def start(self) -> None:
        """Serve until interrupted; StartError if that can't begin."""
        self._sockets = self._bound_sockets()
        # Jupyter's login and logout pages need this for their style; Voilà omits it.
        usual = {"static_path": DEFAULT_STATIC_FILES_PATH, "static_url_prefix": f"{self.base_url}voila/static/"}
        self.tornado_settings = usual | self.tornado_settings  # type: ignore[has-type]
        super().start()

    def _bound_sockets(self) -> list[Any]:
        """Sockets on exactly this port, because links to it may have been handed out. Port 0 means any free one."""
        try:
            sockets = bind_sockets(self.port, self.ip)
        except (OSError, OverflowError):
            raise StartError(
                f"Port {self.port} on {self.ip} is taken or not allowed: choose another with --port."
            ) from None
        self.port = sockets[0].getsockname()[1]
        return sockets

    def init_settings(self) -> dict[str, Any]:
        """Voilà's settings, with compressed responses and our own page for unknown addresses."""
        self._links = self._links_for_others()
        given = self._given_secret()
        self._secret, self._says_secret = given or secrets.token_urlsafe(), not given
        self._pages = self._prepared_pages()
        self._pages.refresh()
        if self._pages.has_failed_pages:
            raise_if_evidence_is_faulty()
        if "preheat_denylist" not in self.config.VoilaKernelManager:  # no preheated kernels for prepared notebooks
            self.config.VoilaKernelManager.preheat_denylist = [
                re.escape(str(Path(self.root_dir) / f"{name}.ipynb")) for name in self._pages.prepared_names()
            ]
        return {**super().init_settings(), "compress_response": True, "default_handler_class": NotFoundHandler}

    def _prepared_pages(self) -> Pages:
        return Pages(
            Path(self.root_dir),
            library(),
            only=Path(self.notebook_path).stem if self.notebook_path else "",
            with_kernels=True,
            share=self._links[0] if self._links else "",
            theme=self.voila_configuration.theme if "theme" in self.config.VoilaConfiguration else "",
            for_class=self.for_class,
            report=self.log.info,
        )

    def _made_classroom(self) -> Classroom | None:
        """The sessions of classes, if a class may open the page."""
        if not self.for_class or not self._shows_prepared():
            return None
        return Classroom(Rooms(self._pages.for_class), self._links[0], self._login(), self.base_url, self._secret)

    def _given_secret(self) -> str:
        """The teacher's secret that the environment gives; empty if none. Kernels do not inherit it."""
        secret = os.environ.pop(SECRET_VARIABLE, "")
        if secret and not re.fullmatch(rf"[\w-]{{{SHORTEST_SECRET},}}", secret, re.ASCII):
            raise StartError(
                f"{SECRET_VARIABLE} has to have {SHORTEST_SECRET} letters, digits, “-” or “_” at least: "
                "make one up with openssl rand -hex 20."
            )
        return secret

    def _login(self) -> str:
        """The query that logs in, if its token was generated: nobody knows that yet."""
        return f"?token={self.identity_provider.token}" if self.identity_provider.token_generated else ""

    def _teachers_address(self) -> str:
        """Where the teacher opens the explainer: on this computer, unless it is told that the server is elsewhere."""
        if self.custom_display_url:
            return self._links[0]
        return link("127.0.0.1" if self.ip == EVERYWHERE else self.ip, self.port, self.base_url)

    def init_handlers(self) -> list[Any]:
        """The prepared routes, then Voilà's."""
        services = services_for(
            self._pages,
            library(),
            longest_wait=self.longest_wait,
            show_tracebacks=self.voila_configuration.show_tracebacks,
        )
        self._preparer = services.preparer
        self._classroom = self._made_classroom()
        return [
            *(routes(self.server_url, services) if self._shows_prepared() else ()),
            *(class_routes(self.server_url, self._classroom) if self._classroom else ()),
            *self._redirects(self._pages),
            cached_files(self.server_url),
            *self._login_handlers(),
            *super().init_handlers(),
        ]

    def _shows_prepared(self) -> bool:
        """False if options ask for what only Voilà's own pages have: another template, or the code of cells."""
        return bool(self.voila_configuration.template == OUR_TEMPLATE and self.voila_configuration.strip_sources)

    def _login_handlers(self) -> list[Any]:
        """The login and logout pages under the prefix, to which Voilà redirects without having handlers there."""
        found = self.identity_provider.get_handlers()
        return [(url_path_join(self.server_url, path), handler) for path, handler in found]

    def _redirects(self, pages: Pages) -> list[Rule]:
        """Redirects to the prefix with a slash, and to Voilà for notebooks without a prepared page."""
        found = []
        if self.server_url != "/":
            to = {"url": self.base_url, "permanent": False}
            found.append(Rule(PathMatches(self.server_url.rstrip("/")), RedirectHandler, to))
        if not self.notebook_path and self._shows_prepared():
            to = {"url": f"{self.base_url}voila/render/{{0}}.ipynb", "permanent": False}
            found.append(Rule(PrefixMatcher(self.server_url, pages, unprepared_at), RedirectHandler, to))
        return found

    def _links_for_others(self) -> list[str]:
        """The addresses at which others reach the explainer, the likeliest first; none if only this computer does."""
        if self.custom_display_url:
            return [f"{self.custom_display_url.rstrip('/')}/"]
        if not self.for_class:
            return []
        addresses = own_addresses() if self.ip == EVERYWHERE else [self.ip]
        if not addresses:
            raise StartError(NO_NETWORK)
        return [link(address, self.port, self.base_url) for address in addresses]

    def listen(self) -> None:
        """Print the address, and serve until interrupted."""
        server = HTTPServer(self.app, max_body_bytes=MAX_REQUEST_BYTES, open_files=raise_open_files_limit())
        server.add_sockets(self._sockets)
        self.ioloop.add_callback(self._preparer.start)
        links = [f"{one}{self._login()}" for one in self._links or [link(self.ip, self.port, self.base_url)]]
        more = invitation(links, self.port) if self.for_class else ""
        if self._classroom:
            address = f"{self._teachers_address()}{self._login()}"
            more += teacher_link(address, self._secret) if self._says_secret else teacher_link_without_secret(address)
        print(f"The explainer is ready at {links[0]} (Ctrl+C stops it){more}", flush=True)
        if self.open_browser:
            self.launch_browser()
        try:
            self.ioloop.start()
        except KeyboardInterrupt:
            self.log.info("Stopping")
        finally:
            self.stop()

    def stop(self) -> None:
        """Stop the preparer of states and all kernels."""
        self._preparer.stop()
        super().stop()


def serve(argv: list[str]) -> int:
    """Serve the explainer with the options of a command line until interrupted; the exit status."""
    app = Explainer()
    try:
        with explain_evidence_errors():
            app.initialize(argv)
            app.start()
    except (StartError, ValueError) as error:  # Voilà raises ValueError for a folder or template that is not there
        print(error, file=sys.stderr)
        return 1
    except KeyboardInterrupt:  # before it was ready
        return 130
    return 0
