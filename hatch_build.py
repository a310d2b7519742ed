"""Build hook: puts plotly.js, as the plotly wheel ships it, among the page's static files. It is not committed."""

import shutil
from importlib.resources import files
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

STATIC = Path("prolo_dash/editions/live/voila/templates/prolo/static")


class PlotlyBuildHook(BuildHookInterface):  # type: ignore[type-arg]
    """Runs for wheels and for editable installs."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Copy the file and tell hatch about it (git ignores it, so hatch would leave it out)."""
        target = STATIC / "plotly.min.js"
        shutil.copyfile(str(files("plotly") / "package_data" / "plotly.min.js"), Path(self.root) / target)
        build_data["artifacts"].append(str(target))
