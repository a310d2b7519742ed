"""What data/README.md tells a maintainer to do works, and a mistake is reported as it says."""

import csv
import io
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from prolo_dash.evidence.check import check
from prolo_dash.evidence.package import TABLES, data_dir, load

README = (data_dir() / "README.md").read_text(encoding="utf-8")
PACKAGE = Path(__file__).parents[2] / "prolo_dash"
NAME = "Example 2099"
# The views that show trials one by one. (Others tell of the article, of harms, of costs, or of what is typed in.)
SHOWING = {
    "gain": ("gain",),
    "caveat": ("caveat", "caveat_trial", "caveat_share"),
    "certainty": ("certainty", "certainty_later", "certainty_replay", "certainty_fragility"),
    "risks": ("risks",),
    "sources": ("sources", "sources_figures"),
}
# Run where data/ has the example's rows. What each view says with every value of every control, the other controls at
# their usual values; and the headings of its menus, in their order.
LOOK = """
import json, sys
from dataclasses import replace
from prolo_dash.evidence.library import library
from prolo_dash.chapters.registry import CHAPTERS
from prolo_dash.kit.controls import Choice, controls_of

seen = {}
for chapter in CHAPTERS:
    for view in chapter.views:
        controls = view.controls(library())
        usual = view.default_state(library())
        one_by_one = [replace(usual, **{n: v}) for n, control in controls.items() for v in control.values()]
        states = dict.fromkeys(map(view.normalise, [usual, *one_by_one]))
        said = [repr(replace(view.render(library(), state), chart=None)) for state in states]
        menus = [[option.group for option in c.options] for c in controls.values() if isinstance(c, Choice)]
        seen[view.key] = {"chapter": chapter.key, "menus": menus, "shown": sum(sys.argv[1] in text for text in said)}
print(json.dumps(seen))
"""
BLOCKS = dict(re.findall(r"^\*\*`(\w+\.csv)`\*\*[^\n]*\n\n```csv\n(.*?)```$", README, re.MULTILINE | re.DOTALL))


CONDITION = re.search(r"```csv\ncondition_id,[^\n]*\n(.*?)```", README, re.DOTALL)[1]


def add_example(folder: Path) -> None:
    """A copy of the data to which the README's rows were added, if they are not there already."""
    shutil.copytree(data_dir(), folder)
    for name, block in BLOCKS.items():
        added = block.split("\n", 1)[1]
        there = (folder / name).read_text(encoding="utf-8")
        if added not in there:
            (folder / name).write_text(there + added, encoding="utf-8")


@pytest.fixture
def with_example(tmp_path):
    """A copy of the data with the README's example."""
    folder = tmp_path / "data"
    add_example(folder)
    return folder


def look(folder: Path) -> dict:
    """What every view shows, and how its menus are headed, in a copy of the package with the data in ``folder``."""
    shutil.copytree(PACKAGE, folder / "prolo_dash", ignore=shutil.ignore_patterns("__pycache__", "voila", "data"))
    environment = os.environ | {"PYTHONPATH": str(folder)}
    command = [sys.executable, "-c", LOOK, NAME]
    run = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr
    return json.loads(run.stdout)


@pytest.fixture(scope="module")
def seen(tmp_path_factory):
    """The page with the README's example."""
    folder = tmp_path_factory.mktemp("added")
    add_example(folder / "data")
    return look(folder)


@pytest.fixture(scope="module")
def with_condition(tmp_path_factory):
    """A copy of the data with the README's example as a trial on the README's new condition."""
    folder = tmp_path_factory.mktemp("condition")
    add_example(folder / "data")
    conditions, studies = folder / "data" / "conditions.csv", folder / "data" / "studies.csv"
    conditions.write_text(conditions.read_text(encoding="utf-8") + CONDITION, encoding="utf-8")
    trial = "example2099,example2099,knee_osteoarthritis,"
    text = studies.read_text(encoding="utf-8")
    assert trial in text
    studies.write_text(text.replace(trial, f"example2099,example2099,{CONDITION.split(',')[0]},"), encoding="utf-8")
    return folder


def rows(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text)))


def test_the_example_shows_a_row_of_every_table_that_a_trial_needs():
    needed = ["sources", "studies", "arms", "outcomes", "results", "contrasts", "flags"]
    around = ["trial_facts", "trial_quality", "reviews"]
    assert list(BLOCKS) == [f"{name}.csv" for name in (*needed, *around)]


@pytest.mark.parametrize("name", BLOCKS)
def test_the_example_shows_the_columns_that_the_file_has(name):
    with (data_dir() / name).open(encoding="utf-8") as file:
        assert BLOCKS[name].splitlines()[0] == file.readline().rstrip("\n")


def test_every_file_is_explained():
    assert [name for name in TABLES if f"`{name}.csv`" not in README.split("## Conventions")[0]] == []


def test_a_trial_added_as_the_readme_says_is_right_and_loads(with_example):
    assert check(with_example) == []
    package = load(with_example)
    study = next(study for study in package.studies if study.study_id == "example2099")
    assert study.n_randomised == 40
    mine = [outcome.outcome_id for outcome in package.outcomes if outcome.study_id == "example2099"]
    figures = [result for result in package.results if result.outcome_id in mine]
    assert len(figures) == len(rows(BLOCKS["results.csv"])) - 1


def test_its_trial_is_found_in_every_view_that_shows_trials_one_by_one(seen):
    missed = [view for views in SHOWING.values() for view in views if not seen[view]["shown"]]
    assert missed == []
    assert {seen[view]["chapter"] for views in SHOWING.values() for view in views} == set(SHOWING)


def test_it_puts_no_heading_twice_into_a_menu(seen):
    for view, found in seen.items():
        for menu in found["menus"]:
            headings = [heading for heading, before in zip(menu, [None, *menu], strict=False) if heading != before]
            assert len(headings) == len(set(headings)), view


def test_a_condition_is_added_by_rows_alone_and_its_trial_is_found(with_condition):
    assert check(with_condition / "data") == []
    seen = look(with_condition)
    assert [view for views in SHOWING.values() for view in views if not seen[view]["shown"]] == []


def test_the_mistake_of_the_readme_is_reported_in_the_words_of_the_readme(with_example):
    path = with_example / "studies.csv"
    path.write_text(path.read_text(encoding="utf-8").replace(",person,40,38,", ",person,4o,38,"), encoding="utf-8")
    (problem,) = check(with_example)
    said = re.search(r"```text\n(.*?)\n```", README, re.DOTALL)
    assert said is not None
    assert re.sub(r"row \d+", "row", str(problem)) == re.sub(r"row \d+", "row", said[1])


def test_the_readme_points_at_no_file_that_is_not_there():
    named = set(re.findall(r"`([\w.]+\.(?:csv|json|py|md))`", README))
    assert [name for name in named if not Path(data_dir(), name).exists()] == []
