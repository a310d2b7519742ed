"""Write environment.yml from requirements.lock, so that conda and Binder install what pip installs."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[1]

_HEAD = """\
# Written by `make lock` from requirements.lock: do not edit. For conda and Binder:
#   conda env create -f environment.yml && conda activate prolo_dash
name: prolo_dash
channels:
  - conda-forge
dependencies:
  - python=3.11
  - pip
  - pip:
"""


def pinned(lock: str) -> list[str]:
    """The requirements of a lock file, one a line, without their hashes."""
    lines = re.findall(r"^([a-z0-9][\w.-]*(?:\[.*?\])?==[^\\\n]+?)\s*\\?$", lock, flags=re.MULTILINE | re.IGNORECASE)
    return [line.strip() for line in lines]


def environment(lock: str) -> str:
    """The text of environment.yml for a lock file."""
    requirements = "".join(f'      - "{line}"\n' for line in pinned(lock))
    return f'{_HEAD}{requirements}      - "--editable ."\n'


if __name__ == "__main__":
    (ROOT / "environment.yml").write_text(environment((ROOT / "requirements.lock").read_text(encoding="utf-8")))
