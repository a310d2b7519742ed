"""The house rules that a machine can check: floors, sizes, nothing from other hosts."""

import ast
import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "prolo_dash"
FRONTEND = ROOT / "frontend"
FLOORS = {"stats": 1, "evidence": 2, "views": 3, "editions": 4}


def modules() -> list[Path]:
    return sorted(PACKAGE.rglob("*.py"))


def floor(name: str) -> int:
    """The floor of a module given as path parts or dotted name; what people call stands on the fifth."""
    parts = name.split(".")
    return FLOORS.get(parts[1], 5) if len(parts) > 1 else 0


def imports(path: Path) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module)
        elif isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
    return {name for name in found if name.startswith("prolo_dash")}


def test_a_module_imports_only_from_its_own_floor_or_below() -> None:
    for path in modules():
        own = floor(".".join(path.relative_to(ROOT).with_suffix("").parts))
        for name in imports(path):
            assert floor(name) <= own, f"{path.relative_to(ROOT)} imports {name}"


def test_no_module_is_over_300_lines() -> None:
    files = [*modules(), *(FRONTEND / "src").rglob("*.js"), *(FRONTEND / "tests").rglob("*.js")]
    assert {p.name: n for p in files if (n := len(p.read_text(encoding="utf-8").splitlines())) > 300} == {}


def test_the_page_names_no_other_host() -> None:
    for path in (*(PACKAGE / "editions").rglob("*"), *(FRONTEND / "src").rglob("*")):
        if path.suffix in {".js", ".css", ".j2", ".html"} and "plotly" not in path.name:
            hosts = re.findall(r"https?://[\w.-]+", path.read_text(encoding="utf-8"))
            assert [h for h in hosts if "www.w3.org" not in h] == [], path.name
