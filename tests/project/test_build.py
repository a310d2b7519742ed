"""The page's script is bundled when the package is built: whole, or the build says what is wrong."""

import importlib.util
import json
import re
import shutil
from pathlib import Path

import plotly
import pytest

ROOT = Path(__file__).parents[2]
_SPEC = importlib.util.spec_from_file_location("hatch_build", ROOT / "hatch_build.py")
build = importlib.util.module_from_spec(_SPEC)
_SPEC.loader.exec_module(build)


@pytest.fixture
def project(tmp_path):
    """A copy of what a build reads, with the packages from npm that are installed here."""
    shutil.copytree(ROOT / "frontend", tmp_path / "frontend", ignore=shutil.ignore_patterns("node_modules"))
    (tmp_path / "frontend" / "node_modules").symlink_to(ROOT / "frontend" / "node_modules")
    (tmp_path / build.STATIC).mkdir(parents=True)
    return tmp_path


def run(project):
    """Build; what hatch is told."""
    hook = build.StaticBuildHook(str(project), {}, None, None, "", "wheel")
    data = {"artifacts": [], "shared_data": {}}
    hook.initialize("standard", data)
    return data


def change(project, script, old, new):
    path = project / "frontend" / "src" / script
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_a_build_writes_the_pages_files_and_has_them_packed_for_the_page_and_for_jupyter(project):
    data = run(project)
    assert {path.name for path in (project / build.STATIC).iterdir()} == set(build.BUILT)
    assert data["artifacts"] == [str(build.STATIC / name) for name in build.BUILT]
    assert set(data["shared_data"].values()) == {
        f"share/jupyter/labextensions/prolo-dash/{name}" for name in ("plotly.min.js", "lean-qr.js")
    }
    assert all(Path(path).is_file() for path in data["shared_data"])


def test_the_script_is_one_module_with_what_anywidget_looks_for(project):
    run(project)
    script = (project / build.STATIC / "prolo.js").read_text(encoding="utf-8")
    assert not re.search(r"""\bimport\s*[{"'*]|\bfrom\s*["']""", script)
    assert re.search(r"export\s*\{\s*[\w$]+ as default\s*\}", script)


def test_a_name_that_a_module_does_not_export_ends_the_build_and_is_told(project, capfd):
    change(project, "rows.js", "export const axisKey", "export const keyOfAxis")
    with pytest.raises(SystemExit, match="can't be built"):
        run(project)
    told = capfd.readouterr().err
    assert "axisKey" in told
    assert "rows.js" in told


def test_two_things_of_one_name_end_the_build_and_are_told(project, capfd):
    change(project, "draw.js", "const LEAST = 14;", "const LEAST = 14; function fitted() {}\nconst fitted = 1;")
    with pytest.raises(SystemExit, match="can't be built"):
        run(project)
    assert '"fitted" has already been declared' in capfd.readouterr().err


def test_a_build_that_can_not_reach_npm_ends_with_a_sentence(project, monkeypatch):
    (project / "frontend" / "node_modules").unlink()
    monkeypatch.setenv("npm_config_registry", "http://127.0.0.1:9/")
    monkeypatch.setenv("npm_config_cache", str(project / "cache"))
    monkeypatch.setenv("npm_config_fetch_retries", "0")
    with pytest.raises(SystemExit, match="npm could not install"):
        run(project)


def test_npm_is_asked_only_where_something_is_missing_or_has_another_version(tmp_path):
    frontend = tmp_path / "frontend"
    (frontend / "node_modules").mkdir(parents=True)
    assert not build.is_installed(frontend)

    def write(path, **versions):
        packages = {f"node_modules/{name}": {"version": version} for name, version in versions.items()}
        packages |= {"node_modules/vitest": {"version": "1", "dev": True}} if path.name == "package-lock.json" else {}
        path.write_text(json.dumps({"packages": {"": {"name": "frontend"}, **packages}}), encoding="utf-8")

    write(frontend / "package-lock.json", esbuild="2")
    write(frontend / "node_modules" / ".package-lock.json", esbuild="1")
    assert not build.is_installed(frontend)
    write(frontend / "node_modules" / ".package-lock.json", esbuild="2", other="3")
    assert build.is_installed(frontend)


def test_built_files_are_not_committed():
    ignored = (ROOT / ".gitignore").read_text(encoding="utf-8").split("\n")
    assert {str(build.STATIC / name) for name in build.BUILT} <= set(ignored)


def test_the_lock_of_npm_names_no_registry_and_its_versions_are_exact():
    assert "resolved" not in (ROOT / "frontend" / "package-lock.json").read_text(encoding="utf-8")
    declared = json.loads((ROOT / "frontend" / "package.json").read_text(encoding="utf-8"))
    for version in (declared["dependencies"] | declared["devDependencies"]).values():
        assert re.fullmatch(r"\d+\.\d+\.\d+", version)


def test_plotly_js_is_the_version_of_the_wheel():
    wheel = (Path(plotly.__file__).parent / "package_data" / "plotly.min.js").read_bytes()[:300].decode()
    small = json.loads((ROOT / "frontend" / "package.json").read_text(encoding="utf-8"))["dependencies"]
    assert f"plotly.js v{small['plotly.js-basic-dist-min']}" in wheel
