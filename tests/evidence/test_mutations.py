"""Each of these changes of a right package is certainly wrong, and the check finds it, with the place."""

import csv
from dataclasses import replace
from pathlib import Path

import pytest

from prolo_dash.evidence.check import _against_schema, _schemas
from prolo_dash.evidence.rules import RULES, Problem, Row, Table, Tables, broken_rules, paragraph_problems

PACKAGE = Path(__file__).parent / "small_package"
UNFOUND = 0  # how many of the changes below pass the check

# file, the row (its first cells), column, what is typed there, where it is told if not in that cell
CELLS = [
    # conditions
    ("conditions", "knee_osteoarthritis", "group_id", "", "conditions.condition_id"),
    ("conditions", "plantar_fascia", "group_id", "knee_osteoarthritis", ""),
    # what the page opens with
    ("defaults", "claim", "value", "claim_99", ""),
    ("defaults", "comparison", "value", "alpha2001_half_26w", ""),
    ("defaults", "comparison", "value", "alpha2001_half_26w.saline", ""),
    ("defaults", "own_counts", "value", "alpha2001_half_26w.dextrose.saline", ""),
    ("defaults", "own_scores", "default_id", "own_score", "defaults.default_id"),
    # how many people there were
    ("results", "alpha2001_half_26w,dextrose", "n", "200", ""),
    ("results", "alpha2001_half_26w,dextrose", "n", "21", ""),
    ("results", "alpha2001_pain_26w,saline", "n", "81", ""),
    ("results", "beta2005_vas_13w,lidocaine", "n", "11", ""),
    ("results", "beta2005_vas_13w,exercise", "n", "31", ""),
    ("results", "gamma2010_ffi_26w,dextrose", "n", "26", ""),
    ("arms", "alpha2001,saline", "n_randomised", "17", "results.n"),
    ("arms", "alpha2001,saline", "n_randomised", "200", "studies.n_randomised"),
    ("arms", "gamma2010,dextrose", "n_randomised", "26", "studies.n_randomised"),
    ("studies", "beta2005", "n_randomised", "3", ""),
    ("studies", "alpha2001", "n_randomised", "39", ""),
    ("studies", "alpha2001", "n_analysed", "41", ""),
    ("studies", "gamma2010", "n_analysed", "240", ""),
    ("harms", "beta2005_pain", "n", "11", ""),
    ("harms", "alpha2001_any", "n", "41", ""),
    ("harms", "beta2005_pain", "events", "11", ""),
    ("harms", "alpha2001_any", "events", "41", ""),
    ("harms", "alpha2001_any", "events", "3", "harms.severity"),
    ("harms", "beta2005_pain", "severity", "none_reported", ""),
    ("benchmarks", "delta2015_rate", "n_trials", "9000", ""),
    # counts
    ("results", "alpha2001_half_26w,dextrose", "events", "21", ""),
    ("results", "alpha2001_half_26w,saline", "events", "80", ""),
    ("results", "alpha2001_half_26w,saline", "n", "", ""),
    ("results", "alpha2001_half_26w,saline", "n", "7", "results.events"),
    ("results", "alpha2001_pain_26w,saline", "events", "8", ""),
    ("results", "beta2005_vas_26w,dextrose", "events", "0", ""),
    ("results", "gamma2010_satisfied_26w,dextrose", "mean", "75", ""),
    ("results", "gamma2010_satisfied_26w,dextrose", "mean", "-0.75", ""),
    ("results", "gamma2010_satisfied_26w,dextrose", "mean", "1.01", ""),
    ("results", "beta2005_relapse_26w,exercise", "mean", "0.4", ""),
    ("results", "beta2005_relapse_26w,exercise", "events", "9", "results.mean"),
    ("results", "beta2005_relapse_26w,dextrose", "sd", "0.3", ""),
    ("results", "alpha2001_half_26w,dextrose", "se", "0.1", ""),
    # averages and their scale
    ("results", "alpha2001_pain_26w,dextrose", "mean", "345", ""),
    ("results", "alpha2001_pain_26w,dextrose", "mean", "-34.5", ""),
    ("results", "alpha2001_pain_0w,saline", "mean", "100.1", ""),
    ("results", "beta2005_vas_13w,lidocaine", "mean", "20", ""),
    ("results", "beta2005_vas_13w,lidocaine", "mean", "-20", ""),
    ("results", "gamma2010_ffi_26w,dextrose", "mean", "200", ""),
    ("outcomes", "alpha2001_pain_0w", "scale_max", "10", "results.mean"),
    ("outcomes", "beta2005_vas_26w", "scale_max", "1", "results.mean"),
    # spreads
    ("results", "alpha2001_pain_0w,dextrose", "sd", "0", ""),
    ("results", "beta2005_vas_26w,lidocaine", "sd", "0.0", ""),
    ("results", "beta2005_vas_13w,dextrose", "se", "0", ""),
    ("results", "alpha2001_pain_0w,dextrose", "sd", "152", ""),
    ("results", "alpha2001_pain_26w,saline", "sd", "55", ""),
    ("results", "beta2005_vas_26w,lidocaine", "sd", "18", ""),
    ("results", "gamma2010_ffi_26w,dextrose", "sd", "120", ""),
    ("results", "beta2005_vas_13w,dextrose", "se", "6.3", ""),
    ("results", "beta2005_vas_13w,dextrose", "se", "2.1", ""),
    ("results", "beta2005_vas_13w,dextrose", "se", "0.063", ""),
    ("results", "beta2005_vas_13w,dextrose", "sd", "0.2", "results.se"),
    ("results", "beta2005_vas_13w,dextrose", "sd", "4", "results.se"),
    ("results", "alpha2001_pain_0w,dextrose", "n", "1", "results.sd"),
    ("results", "gamma2010_ffi_26w,dextrose", "n", "1", "results.sd"),
    ("results", "alpha2001_pain_0w,dextrose", "mean", "", ""),
    ("results", "gamma2010_ffi_26w,dextrose", "mean", "", ""),
    # intervals
    ("results", "gamma2010_ffi_26w,dextrose", "ci_low", "", ""),
    ("results", "gamma2010_ffi_26w,dextrose", "ci_high", "", ""),
    ("results", "gamma2010_ffi_26w,dextrose", "ci_low", "26", ""),
    ("results", "gamma2010_ffi_26w,dextrose", "ci_low", "21", "results.mean"),
    ("results", "gamma2010_ffi_26w,dextrose", "ci_high", "250", "results.ci_low"),
    ("results", "gamma2010_ffi_26w,dextrose", "ci_high", "20.1", "results.ci_low"),
    ("results", "gamma2010_ffi_26w,dextrose", "sd", "2", "results.ci_low"),
    ("results", "gamma2010_ffi_26w,dextrose", "mean", "40", ""),
    ("results", "gamma2010_satisfied_26w,dextrose", "ci_high", "88", "results.ci_low"),
    ("results", "gamma2010_satisfied_26w,dextrose", "ci_low", "-0.1", ""),
    ("results", "gamma2010_satisfied_26w,dextrose", "mean", "0.5", ""),
    ("results", "beta2005_relapse_26w,exercise", "ci_low", "0.6", "results.mean"),
    ("contrasts", "alpha2001_pain_26w,dextrose", "ci_low", "", ""),
    ("contrasts", "alpha2001_pain_26w,dextrose", "ci_high", "-17", "contrasts.ci_low"),
    ("contrasts", "alpha2001_pain_26w,dextrose", "ci_low", "-6", "contrasts.estimate"),
    ("contrasts", "beta2005_relapse_26w,dextrose,lidocaine", "ci_low", "0.2", "contrasts.estimate"),
    ("benchmarks", "delta2015_rate", "ci_low", "", ""),
    ("benchmarks", "delta2015_rate", "ci_low", "0.5", ""),
    ("benchmarks", "delta2015_rate", "ci_high", "0.35", "benchmarks.estimate"),
    # p values and directions
    ("contrasts", "alpha2001_pain_26w,dextrose", "p", "0.018", ""),
    ("contrasts", "alpha2001_pain_26w,dextrose", "p", "<0.05", ""),
    ("contrasts", "alpha2001_pain_52w,dextrose", "p", "0.2", ""),
    ("contrasts", "alpha2001_pain_52w,dextrose", "p", ">0.05", ""),
    ("contrasts", "beta2005_vas_13w,dextrose", "p", "0.00", ""),
    ("contrasts", "beta2005_vas_13w,dextrose", "ci_low", "-0.34", "contrasts.p"),
    ("contrasts", "beta2005_vas_26w,dextrose", "p", "0.5", "contrasts.direction"),
    ("contrasts", "beta2005_vas_26w,dextrose", "p", ">0.05", "contrasts.direction"),
    ("contrasts", "alpha2001_half_26w,dextrose", "p", "0.034", "contrasts.direction"),
    ("contrasts", "alpha2001_half_26w,dextrose", "p", "<0.001", "contrasts.direction"),
    ("contrasts", "alpha2001_half_26w,dextrose", "direction", "favours_intervention", ""),
    ("contrasts", "alpha2001_half_26w,dextrose", "direction", "favours_comparator", ""),
    ("contrasts", "alpha2001_pain_52w,dextrose", "direction", "no_difference", ""),
    ("contrasts", "alpha2001_pain_52w,dextrose", "direction", "favours_comparator", ""),
    ("contrasts", "alpha2001_pain_52w,dextrose", "sign", "1", "contrasts.direction"),
    ("contrasts", "alpha2001_pain_52w,dextrose", "sign", "", ""),
    ("contrasts", "alpha2001_half_26w,dextrose", "sign", "1", ""),
    ("contrasts", "beta2005_vas_26w,dextrose", "direction", "favours_comparator", ""),
    ("contrasts", "beta2005_vas_13w,lidocaine", "direction", "no_difference", ""),
    ("contrasts", "beta2005_relapse_26w,dextrose,lidocaine", "direction", "favours_comparator", ""),
    ("contrasts", "beta2005_relapse_26w,dextrose,lidocaine", "ci_high", "1.5", "contrasts.p"),
    ("outcomes", "beta2005_vas_26w", "better", "lower", "contrasts.direction"),
    ("outcomes", "beta2005_relapse_26w", "better", "higher", "contrasts.direction"),
    ("results", "beta2005_vas_26w,dextrose", "mean", "-3.5", "contrasts.direction"),
    # estimates
    ("contrasts", "alpha2001_pain_26w,dextrose", "measure", "p_only", ""),
    ("contrasts", "alpha2001_half_26w,dextrose", "measure", "risk_ratio", ""),
    ("contrasts", "alpha2001_pain_26w,dextrose", "estimate", "", "contrasts.measure"),
    ("contrasts", "alpha2001_pain_26w,dextrose", "measure", "risk_ratio", ""),
    ("contrasts", "beta2005_relapse_26w,dextrose,lidocaine", "measure", "smd", ""),
    ("contrasts", "beta2005_relapse_26w,dextrose,lidocaine", "estimate", "-0.17", ""),
    ("contrasts", "beta2005_relapse_26w,dextrose,exercise", "estimate", "-40", ""),
    ("contrasts", "alpha2001_pain_26w,dextrose", "estimate", "-9.5", ""),
    ("contrasts", "beta2005_vas_13w,dextrose", "estimate", "20", ""),
    ("contrasts", "beta2005_vas_13w,dextrose", "estimate", "0.5", ""),
    ("results", "beta2005_vas_13w,lidocaine", "mean", "0.2", "contrasts.estimate"),
    ("contrasts", "beta2005_vas_26w,dextrose", "versus_arm_id", "dextrose", ""),
    # what is measured
    ("outcomes", "alpha2001_pain_52w", "weeks", "520", ""),
    ("outcomes", "gamma2010_ffi_26w", "weeks", "27", ""),
    ("outcomes", "alpha2001_pain_52w", "weeks", "26", ""),
    ("outcomes", "gamma2010_ffi_26w", "study_id", "alpha2001", "outcomes.outcome_id"),
    ("studies", "alpha2001", "longest_followup_weeks", "5", "outcomes.weeks"),
    ("outcomes", "beta2005_vas_26w", "weeks", "0", ""),
    ("outcomes", "gamma2010_ffi_26w", "scale_min", "100", ""),
    ("outcomes", "gamma2010_ffi_26w", "scale_max", "-1", "outcomes.scale_min"),
    ("outcomes", "alpha2001_pain_26w", "mcid", "0", ""),
    ("outcomes", "alpha2001_pain_26w", "mcid", "-15", ""),
    ("outcomes", "beta2005_vas_13w", "mcid", "20 (text)", ""),
    ("thresholds", "vas100", "mcid", "0", ""),
    ("thresholds", "vas100", "mcid", "150", ""),
    ("thresholds", "vas100", "scale_min", "200", ""),
    ("thresholds", "vas100", "mcid", "", "thresholds.mcid_high"),
    ("thresholds", "vas100", "mcid_high", "15", ""),
    ("thresholds", "vas100", "mcid_high", "1.5", ""),
    ("thresholds", "vas100", "mcid_high", "200", ""),
    ("thresholds", "vas100", "instruments", "", ""),
    ("thresholds", "vas100", "instruments", "VAS;VSA", ""),
    ("thresholds", "vas100", "instruments", "VAS, FFI", ""),
    ("thresholds", "vas100", "condition_ids", "", ""),
    ("thresholds", "vas100", "condition_ids", "knee", ""),
    ("thresholds", "vas100", "condition_ids", "knee_osteoarthritis;", ""),
    ("outcomes", "alpha2001_pain_26w", "better", "higher", ""),
    ("outcomes", "alpha2001_pain_0w", "better", "higher", "outcomes.better"),
    ("outcomes", "alpha2001_pain_26w", "unit", "mm", ""),
    ("outcomes", "alpha2001_pain_26w", "instrument", "WOMAC", ""),
    ("outcomes", "alpha2001_pain_26w", "scale_max", "50", ""),
    ("outcomes", "alpha2001_pain_26w", "baseline_outcome_id", "alpha2001_pain_52w", ""),
    ("outcomes", "alpha2001_pain_0w", "weeks", "13", "outcomes.baseline_outcome_id"),
    ("outcomes", "alpha2001_pain_0w", "study_id", "beta2005", "outcomes.baseline_outcome_id"),
    ("outcomes", "beta2005_vas_13w", "baseline_outcome_id", "alpha2001_pain_0w", ""),
    ("outcomes", "alpha2001_pain_26w", "baseline_outcome_id", "alpha2001_pain_26w", ""),
    ("outcomes", "alpha2001_half_26w", "kind", "final_mean", "results.events"),
    ("outcomes", "gamma2010_ffi_26w", "kind", "responder", "results.mean"),
    ("benchmarks", "delta2015_share", "estimate", "75", ""),
    ("benchmarks", "delta2015_rate", "estimate", "38", ""),
    ("prices", "session", "amount", "0", ""),
    # groups
    ("results", "alpha2001_half_26w,saline", "arm_id", "lidocaine", ""),
    ("contrasts", "alpha2001_half_26w,dextrose", "versus_arm_id", "lidocaine", ""),
    ("harms", "beta2005_pain", "arm_id", "saline", ""),
    ("flags", "beta2005_active_control", "arm_id", "saline", ""),
    ("flags", "gamma2010_partial_report", "study_id", "alpha2001", "flags.outcome_id"),
    ("arms", "gamma2010,dextrose", "role", "other", "studies.study_id"),
    ("arms", "alpha2001,saline", "substance", "0.9% saline with 1% lignocaine and bupivacaine", ""),
    ("flags", "beta2005_active_control", "kind", "open_label", "arms.substance"),
    ("flags", "beta2005_active_control", "arm_id", "exercise", "arms.substance"),
    ("arms", "beta2005,exercise", "n_injection_sessions", "3", ""),
    ("arms", "beta2005,exercise", "substance", "0.9% saline", ""),
    ("arms", "beta2005,lidocaine", "label", "Dextrose injection", ""),
    ("arms", "alpha2001,saline", "n_injection_sessions", "0", ""),
    ("arms", "beta2005,exercise", "role", "untraeted", ""),
    ("studies", "gamma2010", "design", "parallel_rct", ""),
    # sources and claims
    ("sources", "beta2005", "year", "2050", ""),
    ("sources", "beta2005", "kind", "observational", "studies.design"),
    ("sources", "beta2005", "doi", "10.1000/alpha.2001", ""),
    ("sources", "beta2005", "doi", "10.1000/ALPHA.2001", ""),
    ("sources", "beta2005", "doi", "10.1000/beta.2005</a>", ""),
    ("sources", "beta2005", "doi", "10.1000/beta.2005.", ""),
    ("sources", "delta2015", "pmid", "11000001", ""),
    ("sources", "delta2015", "pmid", "1100000100", ""),
    ("sources", "alpha2001", "seen_at", "https://example.org/a<b>", ""),
    ("sources", "alpha2001", "seen_at", "https://example.org/a](https://example.org/a)", ""),
    ("sources", "alpha2001", "seen_at", "https://example.org/a?b=1&amp;c=2", ""),
    ("sources", "alpha2001", "seen_at", "http://47.251.13.51:8081/11000001", ""),
    ("sources", "alpha2001", "seen_at", "http://localhost/11000001", ""),
    ("sources", "alpha2001", "seen_at", "https://proxy.example.org/en/11000001", ""),
    ("sources", "alpha2001", "seen_at", "https://0-www-example-org.library.example.edu/1", ""),
    ("sources", "alpha2001", "seen_at", "https://example.org/alpha https://example.org/alpha", ""),
    ("claims", "claim_4", "trial_ids", "alpha2002", ""),
    ("claims", "claim_4", "outcome_ids", "gamma2010_ffi_26w", ""),
    ("harms", "beta2005_pain", "claim_ids", "claim_4;claim_44", ""),
    ("harms", "beta2005_pain", "counts", "", ""),
    ("prices", "session", "source_id", "", ""),
    ("prices", "session", "claim_id", "claim_1", "prices.source_id"),
    # what one cell may hold
    ("studies", "alpha2001", "n_randomised", "4o", ""),
    ("results", "alpha2001_pain_0w,dextrose", "sd", "-15.2", ""),
    ("results", "alpha2001_pain_0w,dextrose", "n", "20.5", ""),
    ("outcomes", "alpha2001_pain_0w", "kind", "average", ""),
    ("contrasts", "alpha2001_pain_52w,dextrose", "p", "1.2", ""),
    ("contrasts", "alpha2001_pain_52w,dextrose", "sign", "2", ""),
    ("arms", "alpha2001,saline", "role", "placebo", ""),
    ("sources", "alpha2001", "seen_at", "example.org", ""),
    # names
    ("sources", "beta2005", "name", "Alpha 2001", "studies.told_apart"),
    ("studies", "gamma2010", "source_id", "beta2005", "studies.told_apart"),
    ("outcomes", "alpha2001_pain_26w", "weeks", "-26", ""),
    ("harms", "beta2005_pain", "severity", "bad", ""),
]

# Rows that go, or come a second time: file, the row, where it is told
GONE = [
    ("arms", "alpha2001,saline", "studies.design"),
    ("arms", "gamma2010,dextrose", "studies.design"),
    ("arms", "beta2005,exercise", "results.arm_id"),
    ("flags", "beta2005_active_control", "arms.substance"),
    ("results", "gamma2010_ffi_26w,dextrose", "outcomes.outcome_id"),
    ("claims", "claim_7", "claims.paragraph"),
    ("studies", "alpha2001", "claims.trial_ids"),
    ("outcomes", "alpha2001_half_26w", "claims.outcome_ids"),
]
TWICE = [("flags", "alpha2001_completers_only", "flags.reason"), ("sources", "beta2005", "sources.title")]
FILES = [path.stem for path in sorted(PACKAGE.glob("*.csv"))]


def _table(name: str) -> Table:
    columns = tuple(field["name"] for field in _schemas()[name]["fields"])
    with (PACKAGE / f"{name}.csv").open(encoding="utf-8", newline="") as stream:
        rows = [{column: row.get(column, "") for column in columns} for row in csv.DictReader(stream)]
    return Table(f"{name}.csv", columns, tuple(Row(i, cells) for i, cells in enumerate(rows, 2)))


TABLES: Tables = {name: _table(name) for name in FILES}


def _place(name: str, key: str) -> int:
    cells = key.split(",")
    return next(
        i for i, row in enumerate(TABLES[name].rows) if [row[c] for c in TABLES[name].columns[: len(cells)]] == cells
    )


def _with_rows(name: str, rows: tuple[Row, ...]) -> Tables:
    return {**TABLES, name: replace(TABLES[name], rows=rows)}


def _changed(name: str, key: str, column: str, text: str) -> Tables:
    i, rows = _place(name, key), TABLES[name].rows
    assert rows[i][column] != text
    return _with_rows(name, (*rows[:i], Row(rows[i].line, {**rows[i].cells, column: text}), *rows[i + 1 :]))


def _without(name: str, key: str) -> Tables:
    i, rows = _place(name, key), TABLES[name].rows
    return _with_rows(name, rows[:i] + rows[i + 1 :])


def _doubled(name: str, key: str) -> Tables:
    """The row once more under another name, which is all that a reader might change."""
    table = TABLES[name]
    again = Row(len(table.rows) + 2, {**table.rows[_place(name, key)].cells, table.columns[0]: "again"})
    return _with_rows(name, (*table.rows, again))


def _said(tables: Tables, changed: str) -> list[Problem]:
    return [*broken_rules(tables), *paragraph_problems(tables, 22), *_against_schema({changed: tables[changed]})]


def _is_told(problems: list[Problem], place: str) -> bool:
    file, column = place.split(".")
    return any(str(p).startswith(f"{file}.csv, ") and f", column {column}: " in str(p) for p in problems)


CHANGES = [
    *((f"{n} {k} {c}={t!r}", n, _changed(n, k, c, t), told or f"{n}.{c}") for n, k, c, t, told in CELLS),
    *((f"{n} {k} gone", n, _without(n, k), told) for n, k, told in GONE),
    *((f"{n} {k} twice", n, _doubled(n, k), told) for n, k, told in TWICE),
]


@pytest.fixture(scope="module")
def usual():
    """What is said of the package as it stands, where a column that is newer than it is empty."""
    return {str(problem) for name in FILES for problem in _said(TABLES, name)}


def test_the_small_package_breaks_no_rule():
    assert [str(problem) for problem in broken_rules(TABLES)] == []


def test_there_are_enough_changes_to_tell_by():
    assert len({change[0] for change in CHANGES}) == len(CHANGES) >= 180


def test_the_check_finds_every_change_and_names_the_file_and_the_column(usual):
    unfound = [
        f"{name} -> {place}"
        for name, file, tables, place in CHANGES
        if not _is_told([p for p in _said(tables, file) if str(p) not in usual], place)
    ]
    assert len(unfound) == UNFOUND, unfound


@pytest.mark.parametrize("name", FILES)
def test_a_file_without_rows_is_told(name):
    said = [str(problem) for problem in broken_rules(_with_rows(name, ()))]
    assert f"{name}.csv: the file has no rows below its header; add the rows." in said


def test_every_rule_finds_one_of_the_changes():
    """A rule that nothing here breaks may be no rule at all."""
    silent = [rule.says for rule in RULES if set(rule.tables) <= set(TABLES) and not any(map(_breaks(rule), CHANGES))]
    assert silent == ["Readers toggle six groups of conditions at most.", "Every file has rows."]  # told below, above


def test_a_seventh_group_of_conditions_is_told():
    first = TABLES["conditions"].rows[0]
    seven = tuple(Row(i + 2, {**first.cells, "condition_id": f"group{i}"}) for i in range(7))
    said = [p for p in broken_rules(_with_rows("conditions", seven)) if p.column == "group_id" and "toggle" in p.wrong]
    assert [p.row for p in said] == [8]


def test_two_studies_of_one_name_are_told_in_one_sentence_until_a_word_tells_them_apart():
    same = _changed("sources", "beta2005", "name", "Alpha 2001")
    assert [str(problem) for problem in broken_rules(same)] == [
        "studies.csv, row 3, column told_apart: 'beta2005' and 'alpha2001' of row 2 are both called Alpha 2001; "
        "write in both rows a word that tells them apart."
    ]
    apart = _changed("studies", "beta2005", "told_apart", "elbow") | {"sources": same["sources"]}
    assert list(broken_rules(apart)) == []


def _breaks(rule):
    return lambda change: any(rule.broken(change[2]))


# Printed figures that do not fit pass with a flag: the change, the kind of flag, the study and outcome that it is on
EXCUSED = [
    (("results", "alpha2001_half_26w,dextrose", "n", "21"), "not_as_randomised", "alpha2001_half_26w"),
    (("results", "alpha2001_half_26w,dextrose", "n", "38"), "units_not_people", ""),
    (("studies", "alpha2001", "n_analysed", "41"), "sources_disagree", ""),
    (("harms", "alpha2001_any", "n", "41"), "harms_disagree", ""),
    (("results", "alpha2001_pain_26w,saline", "sd", "55"), "doubtful_spread", "alpha2001_pain_26w"),
    (("contrasts", "alpha2001_pain_26w,dextrose", "p", "0.018"), "inconsistent_interval", "alpha2001_pain_26w"),
    (("contrasts", "alpha2001_half_26w,dextrose", "p", "0.034"), "doubtful_figure", "alpha2001_half_26w"),
    (("contrasts", "alpha2001_half_26w,dextrose", "p", "0.034"), "joint_p_value", "alpha2001_half_26w"),
    (("contrasts", "alpha2001_pain_26w,dextrose", "estimate", "-9.5"), "adjusted", "alpha2001_pain_26w"),
    (("studies", "alpha2001", "longest_followup_weeks", "51"), "time_varies", "alpha2001_pain_52w"),
    (("arms", "alpha2001,saline", "substance", "saline with lidocaine"), "active_control", ""),
]


@pytest.mark.parametrize(("change", "kind", "outcome"), EXCUSED, ids=[f"{c[0]} {kind}" for c, kind, _ in EXCUSED])
def test_a_figure_that_is_printed_so_passes_with_a_flag(change, kind, outcome):
    wrong = _changed(*change)
    assert list(broken_rules(wrong)) != []
    study = change[1].split("_")[0].split(",")[0]
    cells = dict.fromkeys(TABLES["flags"].columns, "") | {"flag_id": "printed_so", "kind": kind, "study_id": study}
    flag = Row(99, {**cells, "outcome_id": outcome, "reason": "It is printed so."})
    flagged = {**wrong, "flags": replace(TABLES["flags"], rows=(*TABLES["flags"].rows, flag))}
    assert [str(problem) for problem in broken_rules(flagged)] == []


HONEST = [
    ("results", "gamma2010_satisfied_26w,dextrose", "n", ""),
    ("results", "alpha2001_pain_0w,dextrose", "n", ""),
    ("results", "alpha2001_pain_0w,dextrose", "sd", ""),
    ("results", "beta2005_vas_26w,exercise", "n", "10"),
    ("arms", "alpha2001,saline", "n_randomised", ""),
    ("studies", "alpha2001", "n_randomised", ""),
    ("studies", "alpha2001", "longest_followup_weeks", ""),
    ("outcomes", "alpha2001_pain_26w", "mcid", "twice the VAS MCID"),
    ("outcomes", "alpha2001_pain_26w", "weeks", ""),
    ("arms", "alpha2001,saline", "substance", "none (the needle alone)"),
    ("contrasts", "alpha2001_half_26w,dextrose", "p", ""),
    ("contrasts", "beta2005_vas_26w,dextrose", "p", ""),
    ("contrasts", "alpha2001_half_26w,dextrose", "p", "<0.1"),
    ("contrasts", "beta2005_vas_26w,dextrose", "direction", "not_stated"),
    ("harms", "beta2005_pain", "n", ""),
    ("harms", "beta2005_pain", "events", ""),
    ("sources", "alpha2001", "doi", ""),
    ("sources", "alpha2001", "seen_at", "https://www.example.org/article(15)01091-6/full?a=1&b=%C3%BC_2"),
    ("studies", "beta2005", "design", "crossover"),
    ("thresholds", "vas100", "mcid_high", ""),
    ("thresholds", "vas100", "instruments", "VAS;FFI"),
    ("thresholds", "vas100", "condition_ids", "knee_osteoarthritis;plantar_fascia"),
]


@pytest.mark.parametrize("change", HONEST, ids=[" ".join(change) for change in HONEST])
def test_an_honest_row_is_not_refused(change):
    assert [str(problem) for problem in broken_rules(_changed(*change))] == []
