"""What the evidence package holds and promises."""

import json
import re
import typing
from collections import Counter
from dataclasses import fields
from operator import gt
from pathlib import Path

import pytest

from prolo_dash.evidence.check import check
from prolo_dash.evidence.library import library
from prolo_dash.evidence.package import TABLES, data_dir, load

DATA = load()
FROZEN = load(Path(__file__).parents[1] / "frozen")
SCHEMA = json.loads((data_dir() / "datapackage.json").read_text(encoding="utf-8"))
FIELDS = {resource["name"]: resource["schema"]["fields"] for resource in SCHEMA["resources"]}
TYPES = {str: "string", int: "integer", float: "number", bool: "boolean"}


def flagged(kind: str) -> set[str]:
    """Ids of the outcomes and studies that carry a flag of this kind."""
    return {flag.outcome_id or flag.study_id for flag in DATA.flags if flag.kind == kind}


def counts(outcome_id: str) -> dict[str, tuple[int | None, int | None]]:
    return {row.arm_id: (row.events, row.n) for row in DATA.results if row.outcome_id == outcome_id}


def test_the_package_has_no_problem():
    assert check(data_dir()) == []


def test_an_outsider_s_tool_finds_the_package_valid_too():
    from frictionless import Package  # noqa: PLC0415  slow to load

    assert Package(str(data_dir() / "datapackage.json")).validate().valid


def test_no_study_and_none_of_its_groups_and_results_is_lost():
    """Names may be corrected, so groups and results are counted."""

    def counted(package):
        study = {row.outcome_id: row.study_id for row in package.outcomes}
        groups = Counter(row.study_id for row in package.arms)
        return {
            s.study_id: (groups[s.study_id], sum(study[r.outcome_id] == s.study_id for r in package.results))
            for s in package.studies
        }

    now = counted(DATA)
    less = {study: was for study, was in counted(FROZEN).items() if any(map(gt, was, now.get(study, (0, 0))))}
    assert less == {}


@pytest.mark.parametrize("table", TABLES)
def test_no_table_has_become_much_shorter(table):
    """A source that stood there under two names is one row less."""
    assert len(getattr(DATA, table)) >= 0.95 * len(getattr(FROZEN, table))


def test_the_schema_describes_every_table_in_the_order_of_the_records():
    assert {name: [field["name"] for field in FIELDS[name]] for name in FIELDS} == {
        name: [field.name for field in fields(kind)] for name, kind in TABLES.items()
    }


@pytest.mark.parametrize("table", TABLES)
def test_the_schema_and_the_records_agree_on_types_gaps_and_words(table):
    hints = typing.get_type_hints(TABLES[table])
    for field in FIELDS[table]:
        hint = hints[field["name"]]
        optional = type(None) in typing.get_args(hint)
        kind = next(option for option in typing.get_args(hint) if option is not type(None)) if optional else hint
        words = typing.get_args(kind)
        base = str if words else kind
        limits = field.get("constraints", {})
        assert field["type"] == TYPES[base], field["name"]
        assert limits.get("required", False) is not optional, field["name"]
        assert not words or set(limits["enum"]) == set(words), field["name"]


@pytest.mark.parametrize("table", TABLES)
def test_every_table_and_column_is_described(table):
    resource = next(resource for resource in SCHEMA["resources"] if resource["name"] == table)
    assert resource["description"].endswith(".")
    assert [field["name"] for field in FIELDS[table] if not field["description"].endswith(".")] == []
    assert resource["schema"]["primaryKey"]
    assert resource["schema"]["missingValues"] == [""]


def test_every_kind_of_flag_is_explained_and_used():
    kind = next(field for field in FIELDS["flags"] if field["name"] == "kind")
    assert [word for word in kind["constraints"]["enum"] if f"{word}: " not in kind["description"]] == []
    assert set(kind["constraints"]["enum"]) == {flag.kind for flag in DATA.flags}


@pytest.mark.parametrize("flag", DATA.flags, ids=lambda flag: flag.flag_id)
def test_a_flag_gives_its_reason_in_one_sentence(flag):
    assert re.fullmatch(r"[A-Z].{10,158}[^.]\.", flag.reason)
    assert not re.search(r"[.!?] ", flag.reason)


def test_no_reader_is_told_the_same_thing_twice_in_one_place():
    places = [(flag.study_id, flag.outcome_id, flag.arm_id, flag.reason) for flag in DATA.flags]
    assert len(set(places)) == len(places)


def test_every_paragraph_of_the_article_has_a_claim():
    assert {claim.paragraph for claim in DATA.claims} == set(range(1, 23))


def test_the_article_s_84_and_46_percent_are_32_of_38_and_6_of_13_knees():
    found = counts("topol2011_asymptomatic_52w")
    assert found == {"dextrose": (32, 38), "lidocaine": (6, 13), "usual_care": (2, 14)}
    assert [round(100 * 32 / 38), round(100 * 6 / 13)] == [84, 46]


def test_the_randomised_figures_at_3_months_stand_beside_them():
    assert counts("topol2011_asymptomatic_13w") == {"dextrose": (14, 21), "lidocaine": (5, 22), "usual_care": (3, 22)}


def test_every_1_year_figure_of_that_trial_is_flagged_as_not_as_randomised():
    mine = {o.outcome_id for o in DATA.outcomes if o.study_id == "topol2011" and o.weeks == 52}
    assert mine
    assert mine <= flagged("not_as_randomised")


def test_knees_elbows_and_tendons_are_never_passed_off_as_people():
    counted = {study.study_id for study in DATA.studies if study.unit in ("knee", "hip", "elbow", "tendon")}
    assert counted == flagged("units_not_people")


def test_a_study_that_did_not_randomise_says_so():
    others = {study.study_id for study in DATA.studies if study.design in ("cohort", "survey")}
    assert others == flagged("not_randomised")


def test_people_counted_as_better_are_a_domain_of_their_own():
    assert all((outcome.kind == "responder") == (outcome.domain == "better") for outcome in DATA.outcomes)


def test_a_score_names_its_baseline_where_there_is_one():
    scores = [outcome for outcome in DATA.outcomes if outcome.kind == "final_mean"]
    measured = {(score.study_id, score.instrument) for score in scores if score.weeks == 0}
    for score in scores:
        later = score.weeks != 0 and (score.study_id, score.instrument) in measured
        assert (score.baseline_outcome_id is not None) == later, score.outcome_id


def test_an_estimate_without_a_sign_is_flagged():
    signless = {row.outcome_id for row in DATA.contrasts if row.estimate is not None and row.sign is None}
    assert signless
    assert signless <= flagged("direction_unclear")


def test_an_interval_that_contradicts_its_p_value_is_flagged():
    """An interval of a difference that spans zero does not go with a p value below 0.05."""
    odd = set()
    for row in DATA.contrasts:
        p = re.fullmatch(r"<?(0?\.\d+)", row.p or "")
        if row.measure == "mean_difference" and row.ci_low is not None and row.ci_high is not None and p:
            spans = row.ci_low <= 0 <= row.ci_high
            if spans == (float(p[1]) < 0.05):
                odd.add(row.outcome_id)
    assert odd
    assert odd <= flagged("inconsistent_interval")


def test_no_word_is_explained_twice():
    """The page links a word in running text to its explanation, so a form may stand in one row only."""
    forms = [form.lower() for t in DATA.glossary for form in (t.term, *(t.also.split(";") if t.also else ()))]
    assert sorted(forms) == sorted(set(forms))
    assert [form for form in forms if form != form.strip() or not form] == []


def test_the_data_say_which_edition_they_are():
    assert load().edition.version == SCHEMA["version"]
    assert SCHEMA["created"].startswith(load().edition.day)
    assert re.fullmatch(r"\d{4}-\d\d-\d\d", load().edition.day)


def test_the_files_are_plain_csv_with_unix_line_ends():
    for name in TABLES:
        data = (data_dir() / f"{name}.csv").read_bytes()
        assert b"\r" not in data
        assert data.endswith(b"\n")


def test_the_facts_are_free_to_use():
    assert [licence["name"] for licence in SCHEMA["licenses"]] == ["CC0-1.0"]


def test_no_two_studies_are_called_the_same():
    """Two papers of one first author and year: a word in brackets tells them apart in every text."""
    known = library()
    names = Counter(known.name(study) for study in known.package.studies)
    assert [name for name, times in names.items() if times > 1] == []
    assert {known.name(known.study(i)) for i in ("rabago2013", "rabago2013_le", "sit_ankle")} == {
        "Rabago 2013 (knee)",
        "Rabago 2013 (elbow)",
        "Rabago (ankle)",
    }
