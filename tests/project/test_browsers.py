"""The README names the browsers that the page's script is built for."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]


def test_the_readme_names_the_browsers_that_the_script_is_built_for():
    (listed,) = re.findall(r"const BROWSERS = \[(.*)\]", (ROOT / "frontend" / "build.js").read_text(encoding="utf-8"))
    oldest = dict(re.findall(r'"([a-z]+)([\d.]+)"', listed))
    readme = (ROOT / "README.md").read_text(encoding="utf-8").partition("## Browsers\n")[2].partition("\n## ")[0]
    said = {
        "chrome": "Chrome and Edge from ",
        "edge": "Chrome and Edge from ",
        "firefox": "Firefox from ",
        "safari": "Safari from ",
    }
    assert set(said) == set(oldest)
    assert [name for name, words in said.items() if f"{words}{oldest[name]}" not in readme] == []
