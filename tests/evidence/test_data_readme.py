"""What data/README.md tells a maintainer to do works, and a mistake is reported as it says."""

import csv
import io
import re
import shutil
from pathlib import Path

import pytest

from prolo_dash.evidence.check import check
from prolo_dash.evidence.package import TABLES, data_dir, load

README = (data_dir() / "README.md").read_text(encoding="utf-8")
BLOCKS = dict(re.findall(r"^\*\*`(\w+\.csv)`\*\*[^\n]*\n\n```csv\n(.*?)```$", README, re.MULTILINE | re.DOTALL))


@pytest.fixture
def with_example(tmp_path):
    """A copy of the data to which the README's rows were added."""
    folder = tmp_path / "data"
    shutil.copytree(data_dir(), folder)
    for name, block in BLOCKS.items():
        with (folder / name).open("a", encoding="utf-8") as file:
            file.write(block.split("\n", 1)[1])
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


def test_the_mistake_of_the_readme_is_reported_in_the_words_of_the_readme(with_example):
    path = with_example / "studies.csv"
    path.write_text(path.read_text(encoding="utf-8").replace(",person,40,38,", ",person,4o,38,"), encoding="utf-8")
    (problem,) = check(with_example)
    said = re.search(r"```text\n(.*?)\n```", README, re.DOTALL)
    assert said is not None
    assert re.sub(r"row \d+", "row 51", str(problem)) == said[1]


def test_the_readme_points_at_no_file_that_is_not_there():
    named = set(re.findall(r"`([\w.]+\.(?:csv|json|py|md))`", README))
    assert [name for name in named if not Path(data_dir(), name).exists()] == []
