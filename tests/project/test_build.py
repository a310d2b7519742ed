"""What is not committed is fetched when the package is built: the published file, or a word that it is missing."""

import base64
import hashlib
import importlib.util
import io
import tarfile
import urllib.request
from pathlib import Path
from urllib.error import URLError

import plotly
import pytest

ROOT = Path(__file__).parents[2]
_SPEC = importlib.util.spec_from_file_location("hatch_build", ROOT / "hatch_build.py")
build = importlib.util.module_from_spec(_SPEC)
_SPEC.loader.exec_module(build)


def package(member, content):
    """A package as npm has it, and its hash."""
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w:gz") as archive:
        entry = tarfile.TarInfo(member)
        entry.size = len(content)
        archive.addfile(entry, io.BytesIO(content))
    return packed.getvalue(), base64.b64encode(hashlib.sha512(packed.getvalue()).digest()).decode()


@pytest.fixture
def registry(monkeypatch):
    """A registry with the two packages, by address; they have the hashes that are asked for."""
    monkeypatch.setenv("NPM_CONFIG_REGISTRY", "https://npm.example/")
    there = {}
    for name in ("PLOTLY", "LEAN_QR"):
        wanted = getattr(build, name)
        packed, sha512 = package(wanted.member, wanted.name.encode())
        monkeypatch.setattr(build, name, build.Published(**vars(wanted) | {"sha512": sha512}))
        there[f"https://npm.example/{wanted.package}/-/{wanted.package}-{wanted.version}.tgz"] = packed

    def urlopen(address, timeout):
        if address not in there:
            raise URLError("no such host")
        return io.BytesIO(there[address])

    monkeypatch.setattr(urllib.request, "urlopen", urlopen)
    return there


def test_both_files_come_from_npm_by_exact_version(registry):
    assert build.static_files() == {"plotly.min.js": b"plotly.min.js", "lean-qr.js": b"lean-qr.js"}


def test_a_file_that_is_not_what_was_published_is_not_taken(registry, capsys):
    for address in registry:
        registry[address] += b" "
    assert build.static_files() == {"plotly.min.js": build.whole_plotly()}
    assert capsys.readouterr().err.count("is not the file that was published") == 2


def test_without_npm_the_whole_plotly_takes_its_place_and_the_qr_code_is_said_to_be_missing(registry, capsys):
    registry.clear()
    assert build.static_files() == {"plotly.min.js": build.whole_plotly()}
    assert "links are shown without a QR code" in capsys.readouterr().err


def test_the_hook_writes_the_files_and_has_them_packed_for_the_page_and_for_jupyter(registry, tmp_path):
    static = tmp_path / build.STATIC
    static.mkdir(parents=True)
    (static / "lean-qr.js").write_text("of an earlier build")
    hook = build.StaticBuildHook(str(tmp_path), {}, None, None, "", "wheel")
    data = {"artifacts": [], "shared_data": {}}
    hook.initialize("standard", data)
    assert (static / "lean-qr.js").read_text() == "lean-qr.js"
    assert [Path(path).name for path in data["artifacts"]] == ["plotly.min.js", "lean-qr.js"]
    assert set(data["shared_data"].values()) == {
        f"share/jupyter/labextensions/prolo-dash/{name}" for name in ("plotly.min.js", "lean-qr.js")
    }
    registry.clear()
    hook.initialize("standard", {"artifacts": [], "shared_data": {}})
    assert not (static / "lean-qr.js").exists()


def test_fetched_files_are_not_committed():
    ignored = (ROOT / ".gitignore").read_text(encoding="utf-8").split("\n")
    assert {str(build.STATIC / wanted.name) for wanted in (build.PLOTLY, build.LEAN_QR)} <= set(ignored)


def test_the_small_plotly_is_the_version_of_the_wheel():
    whole = build.whole_plotly()[:300].decode()
    assert f"plotly.js v{build.PLOTLY.version}" in whole, plotly.__version__
