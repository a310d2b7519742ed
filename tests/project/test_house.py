"""House rules that no linter checks. (The floors are held by import-linter, see pyproject.toml.)"""

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "prolo_dash"
FRONTEND = ROOT / "frontend"


def test_the_page_names_no_other_host() -> None:
    for path in (*(PACKAGE / "render").rglob("*"), *(FRONTEND / "src").rglob("*")):
        if path.suffix in {".js", ".css", ".j2", ".html"} and "plotly" not in path.name:
            hosts = re.findall(r"https?://[\w.-]+", path.read_text(encoding="utf-8"))
            assert [h for h in hosts if "www.w3.org" not in h] == [], path.name
