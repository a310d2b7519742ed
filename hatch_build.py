"""Build hook: puts two published scripts among the page's static files. They are not committed.

plotly.js: the smallest published bundle that draws these charts (bars, points, lines). Where npm can't be reached, the
whole plotly.js of the plotly wheel takes its place: the page is then larger, and works alike.

lean-qr: draws the QR code of a link. Of the QR libraries on npm that are ES modules it is the smallest (7 kB; uqr 27,
qr-creator 12, qrcode-generator 52), has no dependencies and new releases every few months; qr-creator has had one since
2020. Where npm can't be reached it is left out, and the page shows the link alone and says so.

Each comes from the npm registry by exact version and is checked against its published hash.
"""

import base64
import hashlib
import io
import os
import re
import sys
import tarfile
import urllib.request
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

STATIC = Path("prolo_dash/editions/voila/templates/prolo/static")
JUPYTER = Path("share/jupyter/labextensions/prolo-dash")  # where Jupyter serves static files of extensions
WITHIN = 30  # seconds


@dataclass(frozen=True)
class Published:
    """A file of a package on npm, and the name it gets here. ``sha512`` is that of the package, as npm gives it."""

    package: str
    version: str
    sha512: str
    member: str
    name: str


PLOTLY = Published(
    package="plotly.js-basic-dist-min",
    version="4.1.1",  # the version in the plotly wheel; a test holds the two equal
    sha512="1oNF8PeQx2hv/y7tqEVWKD3JGwn/MGEMQ8mL9HUwsaqG9FGy/OU5FHUHvzqbqxN4mnwZGI9abTiE775C4kkjMQ==",
    member="package/plotly-basic.min.js",
    name="plotly.min.js",
)
LEAN_QR = Published(
    package="lean-qr",
    version="2.7.4",
    sha512="tlMPFfqhAAZN7+j/djRSvl/2+AYT2+7RRuyq8bvcbV8gMiENiscquQ9WTfCSyeEdxsVaEB+tU7e9nFZC63BFnQ==",
    member="package/index.mjs",
    name="lean-qr.js",
)


def fetch(wanted: Published) -> bytes:
    """The file from npm; OSError where it can't be had, ValueError where it is not what was published."""
    registry = os.environ.get("NPM_CONFIG_REGISTRY") or _configured() or "https://registry.npmjs.org"
    address = f"{registry.rstrip('/')}/{wanted.package}/-/{wanted.package}-{wanted.version}.tgz"
    with urllib.request.urlopen(address, timeout=WITHIN) as answer:
        packed = answer.read()
    if base64.b64encode(hashlib.sha512(packed).digest()).decode() != wanted.sha512:
        raise ValueError(f"{address} is not the file that was published.")
    with tarfile.open(fileobj=io.BytesIO(packed)) as archive:
        member = archive.extractfile(wanted.member)
        assert member is not None
        return member.read()


def _configured() -> str:
    """The registry that npm is told to use on this machine."""
    for path in (Path.home() / ".npmrc", Path("/etc/npmrc")):
        if path.is_file() and (found := re.search(r"^registry\s*=\s*(\S+)", path.read_text(), re.MULTILINE)):
            return found[1]
    return ""


def whole_plotly() -> bytes:
    """What the plotly wheel ships."""
    return (files("plotly") / "package_data" / "plotly.min.js").read_bytes()


def static_files() -> dict[str, bytes]:
    """The files that can be had, by name; what is used instead of one that can't is told."""
    found = {}
    try:
        found[PLOTLY.name] = fetch(PLOTLY)
    except (OSError, ValueError) as error:
        print(f"The small plotly.js could not be had ({error}); the one of the plotly wheel is used.", file=sys.stderr)
        found[PLOTLY.name] = whole_plotly()
    try:
        found[LEAN_QR.name] = fetch(LEAN_QR)
    except (OSError, ValueError) as error:
        print(f"lean-qr could not be had ({error}); links are shown without a QR code.", file=sys.stderr)
    return found


class StaticBuildHook(BuildHookInterface):  # type: ignore[type-arg]
    """Runs for wheels and for editable installs."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Write the files and tell hatch about them (git ignores them, so hatch would leave them out)."""
        root = Path(self.root)
        (root / STATIC / LEAN_QR.name).unlink(missing_ok=True)  # one of an earlier build may be another version
        for name, content in static_files().items():
            (root / STATIC / name).write_bytes(content)
            build_data["artifacts"].append(str(STATIC / name))
            build_data["shared_data"][str(root / STATIC / name)] = str(JUPYTER / name)
