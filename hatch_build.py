"""Build hook: puts plotly.js among the page's static files. It is not committed.

The smallest published bundle that draws these charts (bars, points, lines) comes from the npm registry, by exact
version and checked against its published hash. Where npm can't be reached, the whole plotly.js of the plotly wheel
takes its place: the page is then larger, and works alike.
"""

import base64
import hashlib
import io
import os
import re
import sys
import tarfile
import urllib.request
from importlib.resources import files
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

STATIC = Path("prolo_dash/editions/live/voila/templates/prolo/static")
BUNDLE = "plotly.js-basic-dist-min"
VERSION = "4.1.1"  # the version in the plotly wheel; a test holds the two equal
SHA512 = "1oNF8PeQx2hv/y7tqEVWKD3JGwn/MGEMQ8mL9HUwsaqG9FGy/OU5FHUHvzqbqxN4mnwZGI9abTiE775C4kkjMQ=="
WITHIN = 30  # seconds


def smallest_plotly() -> bytes:
    """The bundle from npm; OSError where it can't be had, ValueError where it is not what was published."""
    registry = os.environ.get("NPM_CONFIG_REGISTRY") or _configured() or "https://registry.npmjs.org"
    address = f"{registry.rstrip('/')}/{BUNDLE}/-/{BUNDLE}-{VERSION}.tgz"
    with urllib.request.urlopen(address, timeout=WITHIN) as answer:
        packed = answer.read()
    if base64.b64encode(hashlib.sha512(packed).digest()).decode() != SHA512:
        raise ValueError(f"{address} is not the file that was published.")
    with tarfile.open(fileobj=io.BytesIO(packed)) as archive:
        member = archive.extractfile("package/plotly-basic.min.js")
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


class PlotlyBuildHook(BuildHookInterface):  # type: ignore[type-arg]
    """Runs for wheels and for editable installs."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Write the file and tell hatch about it (git ignores it, so hatch would leave it out)."""
        target = STATIC / "plotly.min.js"
        try:
            content = smallest_plotly()
        except (OSError, ValueError) as error:
            print(
                f"The small plotly.js could not be had ({error}); the one of the plotly wheel is used.", file=sys.stderr
            )
            content = whole_plotly()
        (Path(self.root) / target).write_bytes(content)
        build_data["artifacts"].append(str(target))
