"""Another topic than the project's own: every chapter shows it in its own words, and no code knows what it is about."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from prolo_dash.chapters.registry import VIEW_BY_KEY
from prolo_dash.evidence.check import check
from prolo_dash.evidence.library import library
from prolo_dash.render.html import payload

ROOT = Path(__file__).resolve().parents[2]
TOPIC = Path(__file__).parent / "knee_operation"
OTHERS_WORDS = re.compile("prolotherapy|injection|dextrose|sugar|needle", re.IGNORECASE)


def test_its_files_are_right() -> None:
    assert check(TOPIC) == []


@pytest.mark.parametrize("key", VIEW_BY_KEY)
def test_every_state_is_shown_in_its_own_words(key: str) -> None:
    known, view = library(TOPIC), VIEW_BY_KEY[key]
    states = list(view.states(known))
    assert states
    for state in states:
        shown = payload(known, view, state)
        assert OTHERS_WORDS.findall(f"{shown.fragments} {shown.figure}") == [], shown.state


@pytest.mark.parametrize("key", VIEW_BY_KEY)
def test_every_view_has_facts(key: str) -> None:
    known, view = library(TOPIC), VIEW_BY_KEY[key]
    assert view.facts is not None
    assert view.facts(known, view.default_state(known)) is not None


# Ids that are words of the code as well: tables, topics of claims, what trials count, a function of os.
BOTH = {"history", "alternatives", "tendons", "nice"}


def _ids() -> set[str]:
    known = library(ROOT / "data").package
    return {
        *(study.study_id for study in known.studies),
        *(source.source_id for source in known.sources),
        *(outcome.outcome_id for outcome in known.outcomes),
        *(outcome.instrument for outcome in known.outcomes),
        *(condition.condition_id for condition in known.conditions),
        *(claim.claim_id for claim in known.claims),
        *(benchmark.benchmark_id for benchmark in known.benchmarks),
        *(position.position_id for position in known.positions),
        *(price.price_id for price in known.prices),
        *(harm.harm_id for harm in known.harms),
        *(treatment.treatment_id for treatment in known.treatments),
    }


def _strings(path: Path) -> Iterator[str]:
    """The texts in a module's code, without its docstrings."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    documented = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
    docs = {id(node.body[0].value) for node in ast.walk(tree) if isinstance(node, documented) and _has_doc(node)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docs:
            yield node.value


def _has_doc(node: ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    return bool(node.body) and isinstance(node.body[0], ast.Expr) and isinstance(node.body[0].value, ast.Constant)


def test_no_code_names_a_row_of_the_data() -> None:
    ids = _ids()
    named = {
        f"{path.relative_to(ROOT)}: {text}"
        for path in sorted((ROOT / "prolo_dash").rglob("*.py"))
        for text in _strings(path)
        if text in ids - BOTH
    }
    assert named == set()


@pytest.mark.parametrize("key", VIEW_BY_KEY)
def test_questions_are_asked_in_its_own_words(key: str) -> None:
    known = library(TOPIC)
    view = VIEW_BY_KEY[key].worded(known.topic)
    texts = (view.question, view.for_class, *(str(control) for control in view.controls(known).values()))
    assert [word for text in texts for word in OTHERS_WORDS.findall(text)] == []
