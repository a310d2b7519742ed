"""tools/find_browser.py: a browser that starts, or one plain sentence."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

TOOL = Path(__file__).parents[2] / "tools" / "find_browser.py"


@pytest.fixture
def find(tmp_path):
    """Run the tool where the given programs are all there is; Playwright finds and fetches nothing."""

    def run(*wanted, **programs):
        for name, status in programs.items():
            program = tmp_path / name
            program.write_text(f"#!/bin/sh\nexit {status}\n")
            program.chmod(0o755)
        nothing = {"PLAYWRIGHT_BROWSERS_PATH": str(tmp_path / "none"), "PLAYWRIGHT_DOWNLOAD_HOST": "http://127.0.0.1:9"}
        env = os.environ | nothing | {"PATH": str(tmp_path)}
        return subprocess.run([sys.executable, TOOL, *wanted], env=env, capture_output=True, text=True, check=False)

    return run


def test_a_browser_that_starts_is_preferred_to_one_that_does_not(find, tmp_path):
    found = find(chromium=1, chrome=0)
    assert found.stdout.strip() == str(tmp_path / "chrome")
    assert found.returncode == 0


def test_no_browser_at_all_is_one_sentence(find):
    found = find(chromium=1)
    assert found.returncode == 1
    assert found.stdout == ""
    assert found.stderr.strip().splitlines()[-1].startswith("No Chromium or Chrome was found")
    assert "Traceback" not in found.stderr


def test_a_firefox_is_found_too_or_missed_in_one_sentence(find, tmp_path):
    assert find("firefox", chromium=0, firefox=0).stdout.strip() == str(tmp_path / "firefox")
    missed = find("firefox", chromium=0, firefox=1)
    assert missed.returncode == 1
    assert missed.stderr.strip().splitlines()[-1].startswith("No Firefox was found")
    assert "Traceback" not in missed.stderr
