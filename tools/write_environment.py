"""Write environment.yml for running the explainer: its dependencies and Jupyter, in the locked versions."""

import re
import subprocess
from pathlib import Path

ROOT = Path(__file__).parents[1]

_HEAD = """\
# Written by `make lock`: do not edit. What running takes, for conda:
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


def runtime() -> str:
    """The requirements for running, without those of tests, in locked versions. Needs uv."""
    command = ["uv", "pip", "compile", "--quiet", "--universal", "--python-version", "3.11", "--extra", "jupyter"]
    command += ["--constraints", "requirements.lock", "--no-annotate", "--no-header", "--no-emit-index-url"]
    return subprocess.check_output([*command, "pyproject.toml"], cwd=ROOT, text=True)


def environment(lock: str) -> str:
    """The text of environment.yml for a list of pinned requirements."""
    requirements = "".join(f'      - "{line}"\n' for line in pinned(lock))
    return f'{_HEAD}{requirements}      - "--editable ."\n'


if __name__ == "__main__":
    (ROOT / "environment.yml").write_text(environment(runtime()))
