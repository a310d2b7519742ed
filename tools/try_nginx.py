"""Try out deploy/nginx.conf: two servers behind nginx and steady requests, while one server is stopped and restarted.

Then a class is opened, with a socket.

`make hosting` runs it; it needs nginx (Debian: nginx-light) and prints what the readers noticed.
"""

import asyncio
import json
import re
import shutil
import subprocess
import sys
import threading
import time
import urllib.request
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from screenshot import answers, free_port, served
from tornado.httpclient import HTTPRequest
from tornado.websocket import websocket_connect

ROOT = Path(__file__).parents[1]
SECONDS = 12  # that readers keep asking
READERS = 4


def configured(folder: Path, ports: dict[str, int]) -> Path:
    """The configuration of deploy/ with other ports, wrapped into a complete nginx.conf."""
    text = (ROOT / "deploy" / "nginx.conf").read_text(encoding="utf-8")
    for old, new in ports.items():
        text = re.sub(rf"\b{old}\b", str(new), text)
    whole = folder / "nginx.conf"
    whole.write_text(
        f"daemon off; pid {folder}/pid; error_log {folder}/error.log;\nevents {{}}\n"
        f"http {{ access_log off; client_body_temp_path {folder}/b; proxy_temp_path {folder}/p;\n{text}\n}}\n"
    )
    return whole


@contextmanager
def nginx(folder: Path, ports: dict[str, int]) -> Iterator[str]:
    """nginx in front of two servers; the explainer's address."""
    program = shutil.which("nginx")
    if not program:
        raise SystemExit("nginx is not installed (Debian: apt-get install nginx-light).")
    command = [program, "-c", str(configured(folder, ports)), "-p", str(folder)]
    with subprocess.Popen(command, stderr=subprocess.DEVNULL) as process:
        try:
            assert answers(ports["8080"], 10), (folder / "error.log").read_text()
            yield f"http://127.0.0.1:{ports['8080']}/dash/"
        finally:
            process.terminate()


class Reader(threading.Thread):
    """Requests the page and an answer repeatedly, and counts the statuses."""

    def __init__(self, address: str) -> None:
        super().__init__()
        self.came: Counter[str] = Counter()
        self.slowest = 0.0
        self._address, self._until = address, time.monotonic() + SECONDS

    def run(self) -> None:
        question = json.dumps({"view": "own_trial", "params": {"prolo_better": "15"}}).encode()
        while time.monotonic() < self._until:
            for path, body in (("", None), ("live", None), ("answer", question)):
                self._ask(path, body)

    def _ask(self, path: str, body: bytes | None) -> None:
        start = time.monotonic()
        try:
            origin = {"Origin": self._address.rsplit("/", 2)[0]}
            request = urllib.request.Request(self._address + path, data=body, headers=origin)
            with urllib.request.urlopen(request, timeout=30) as answer:
                answer.read()
                self.came[str(answer.status)] += 1
        except OSError as error:
            self.came[f"failed: {error}"] += 1
        self.slowest = max(self.slowest, time.monotonic() - start)


async def hears(address: str, secret: str) -> bool:
    """Whether a teacher's page behind nginx can open a class and hears of it over a socket."""
    origin = {"Origin": "/".join(address.split("/", 3)[:3])}
    body = json.dumps({"secret": secret, "page": "lesson_small"}).encode()
    with urllib.request.urlopen(urllib.request.Request(f"{address}class", data=body, headers=origin)) as answer:
        known = json.load(answer)
    live = f"{address}class/{known['code']}/live".replace("http:", "ws:")
    socket = await websocket_connect(HTTPRequest(live, headers=origin))
    await socket.write_message(json.dumps({"secret": known["secret"]}))
    said = await socket.read_message()
    socket.close()
    while await socket.read_message() is not None:
        pass
    return said is not None and json.loads(said)["role"] == "teacher"


def main() -> int:
    """Run it, print the statuses, and fail if a reader noticed anything."""
    ports = {"8080": free_port(), "8866": free_port(), "8867": free_port()}
    with TemporaryDirectory() as name, ExitStack() as rest, ExitStack() as first:
        folder = Path(name)
        options = ("--base_url=/dash/",)
        leading = (*options, "--class", "--address=127.0.0.1")
        first.enter_context(served(sys.stderr, ports["8866"], options=leading))
        rest.enter_context(served(sys.stderr, ports["8867"], options=options))
        address = rest.enter_context(nginx(folder, ports))
        readers = [Reader(address) for _ in range(READERS)]
        for reader in readers:
            reader.start()
        time.sleep(SECONDS / 4)
        first.close()
        print("one server was taken away")
        time.sleep(SECONDS / 4)
        server = rest.enter_context(served(sys.stderr, ports["8866"], options=leading))
        print("and put back")
        for reader in readers:
            reader.join()
        with urllib.request.urlopen(f"{address}voila/render/methods.ipynb", timeout=60) as page:
            live = b"</html>" in page.read()
        a_class = asyncio.run(hears(address, server.secret))
    came = sum((reader.came for reader in readers), Counter())
    print(f"{READERS} readers in {SECONDS} s: {dict(came)}; slowest {max(r.slowest for r in readers):.2f} s")
    print(f"a live notebook through nginx: {'whole' if live else 'NOT WHOLE'}")
    print(f"a class through nginx: {'opened' if a_class else 'NOT OPENED'}")
    return 0 if live and a_class and set(came) <= {"200", "204"} else 1


if __name__ == "__main__":
    sys.exit(main())
