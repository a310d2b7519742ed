"""Questions asked of the whole evidence package; expected answers are read from the CSV files."""

import csv
from itertools import product
from pathlib import Path

import pytest

from prolo_dash.evidence.library import at_time, best_first, library, selection
from prolo_dash.kit.theme import SHAPES

DATA = Path(__file__).resolve().parents[2] / "data"
LIBRARY = library()
FROZEN = library(Path(__file__).parents[1] / "frozen")
TIMES = ("latest", "early")
DOMAINS = ("better", "pain", "function")


def rows(name):
    with (DATA / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def of(study_id, domain, known=FROZEN):
    return [c for c in known.comparisons if c.study.study_id == study_id and c.outcome.domain == domain]


def chosen(study_id, domain, time):
    found = selection(FROZEN, FROZEN.conditions, domain, time)
    return [c.comparison_id for study, own in found.items() if study.study_id == study_id for c in own]


# Which comparisons there are.


def test_there_is_a_comparison_for_every_prolotherapy_group_with_a_row_of_results():
    """Each outcome after the start, once for each prolotherapy group and each control injection."""
    swapped = {f["outcome_id"] for f in rows("flags") if f["kind"] == "arms_swapped"}
    reported = {(r["outcome_id"], r["arm_id"]) for r in rows("results")}
    surveys = {s["study_id"] for s in rows("studies") if s["design"] == "survey"}
    expected = set()
    for outcome in rows("outcomes"):
        arms = [a for a in rows("arms") if a["study_id"] == outcome["study_id"]]
        controls = [a["arm_id"] for a in arms if a["role"] == "control"]
        if outcome["weeks"] == "0" or outcome["outcome_id"] in swapped or outcome["study_id"] in surveys:
            continue
        for arm in (a["arm_id"] for a in arms if a["role"] == "intervention"):
            if (outcome["outcome_id"], arm) in reported:
                ids = [f".{c}" for c in controls] if len(controls) > 1 else [""]
                expected |= {f"{outcome['outcome_id']}.{arm}{i}" for i in ids}
    assert {c.comparison_id for c in LIBRARY.comparisons} == expected
    assert len(LIBRARY.comparisons) == len(expected) == len(LIBRARY.comparison_by_id)


def test_the_second_period_of_a_crossover_is_left_out():
    """In Dumais 2012 the group named prolotherapy no longer gets it after week 16."""
    assert {c.outcome.outcome_id for c in of("dumais2012", "function")} == {"dumais2012_womac_16w"}


def test_a_survey_of_practitioners_is_no_trial():
    surveys = {s["study_id"] for s in rows("studies") if s["design"] == "survey"}
    assert surveys
    assert {s.study_id for s in LIBRARY.trials} == {s["study_id"] for s in rows("studies")} - surveys


def test_two_control_injections_make_two_comparisons():
    both = of("bertrand2016", "better")
    assert [c.control.arm.arm_id for c in both] == ["enthesis_saline", "superficial_saline"]
    assert {c.intervention.arm.arm_id for c in both} == {"enthesis_dextrose"}


def test_two_prolotherapy_groups_make_two_comparisons():
    assert [c.intervention.arm.arm_id for c in of("yelland2019", "function") if c.outcome.weeks == 52] == [
        "prolo",
        "combined",
    ]


def test_scores_at_the_start_are_baselines_and_no_outcomes():
    assert all(c.outcome.weeks != 0 for c in LIBRARY.comparisons)


def test_every_condition_is_a_group_or_stands_under_one():
    assert all(LIBRARY.group_of(condition) in LIBRARY.groups for condition in LIBRARY.conditions.values())


def test_marks_tell_groups_apart():
    assert len({SHAPES[group.symbol] for group in LIBRARY.groups}) == len(LIBRARY.groups)


# Which of them are shown.


@pytest.mark.parametrize(("domain", "time"), list(product(DOMAINS, TIMES)))
def test_every_study_of_the_chosen_categories_is_kept(domain, time):
    group_of = {row["condition_id"]: row["group_id"] for row in rows("conditions")}
    for chosen in group_of:
        expected = {
            s["study_id"]
            for s in rows("studies")
            if chosen in (s["condition"], group_of[s["condition"]]) and s["design"] != "survey"
        }
        found = selection(LIBRARY, [chosen], domain, time)
        assert {study.study_id for study in found} == expected


def test_nothing_chosen_is_nothing_shown():
    assert selection(LIBRARY, [], "better", "latest") == {}


@pytest.mark.parametrize(
    ("study", "domain", "latest", "early"),
    [
        ("dechow1999", "pain", ["dechow1999_vas_26w.dgp"], ["dechow1999_vas_13w.dgp"]),
        ("rabago2013", "function", ["rabago2013_womac_52w.dextrose"], ["rabago2013_womac_12w.dextrose"]),
        ("wu2022", "function", ["wu2022_visap_52w.dextrose"], ["wu2022_visap_13w.dextrose"]),
        ("nakase2020", "function", ["nakase2020_visa_interimfinal.dextrose"], []),  # time not stated
        ("sert2020", "pain", ["sert2020_womacpain_18w.dextrose"], []),  # 18 weeks is past 4 months
        ("yelland2004", "pain", ["yelland2004_vas_104w.glucose_lido"], []),
        ("klein1993", "better", ["klein1993_resp50_26w.dgp"], []),
        ("mathews1987", "better", [], []),
    ],
)
def test_the_longest_follow_up_with_figures_or_what_is_nearest_3_months(study, domain, latest, early):
    assert chosen(study, domain, "latest")[:1] == latest
    assert chosen(study, domain, "early")[:1] == early


def test_early_means_up_to_4_months():
    for domain in DOMAINS:
        for own in selection(LIBRARY, LIBRARY.conditions, domain, "early").values():
            assert all(c.outcome.weeks is not None and c.outcome.weeks <= 17 for c in own)


def test_latest_is_no_time_without_figures_where_another_has_them():
    """Dechow and others print figures at their last visit; where only a p value is printed late, figures win."""
    for domain in DOMAINS:
        for study, own in selection(LIBRARY, LIBRARY.conditions, domain, "latest").items():
            has_figures = [
                c for c in of(study.study_id, domain, LIBRARY) if c.intervention.gain is not None and c.comparators
            ]
            both = [c for c in has_figures if any(v.gain is not None for v in c.comparators)]
            if both:
                assert any(c in own for c in both), study.study_id


def test_groups_no_longer_as_randomised_never_stand_alone():
    shown = chosen("topol2011", "better", "latest")
    assert set(shown) == {
        f"topol2011_{measure}_{weeks}w.dextrose" for measure in ("asymptomatic", "unaltered") for weeks in (13, 52)
    }
    assert [i for i in shown if "_13w" in i] == shown[:2], "the randomised figures come first"


def test_every_count_is_shown_but_only_one_score_a_trial():
    """Ongley 1987 counted disability halved and no disability; Rabago 2013 has three pain or function scores."""
    assert len(chosen("ongley1987", "better", "latest")) == 2
    for domain in ("pain", "function"):
        for own in selection(LIBRARY, LIBRARY.conditions, domain, "latest").values():
            assert len({c.outcome.outcome_id for c in own}) <= 1


def test_the_paper_s_primary_score_goes_first():
    assert chosen("rabago2013", "function", "latest") == ["rabago2013_womac_52w.dextrose"]
    assert chosen("sit2020", "pain", "latest") == ["sit2020_womacpain_52w.dextrose"]


def test_the_order_does_not_depend_on_the_order_of_asking():
    one = selection(LIBRARY, ["groin_tendon", "knee_osteoarthritis"], "pain", "latest")
    other = selection(LIBRARY, ["knee_osteoarthritis", "groin_tendon"], "pain", "latest")
    assert list(one) == list(other)


def test_most_complete_first():
    found = [c.completeness for c in best_first(LIBRARY.comparisons)]
    with_both = [value >= 4 for value in found]
    assert with_both == sorted(with_both, reverse=True)


@pytest.mark.parametrize("time", TIMES)
def test_no_outcome_is_no_time(time):
    assert at_time([], time) == []


# Warnings.


def kinds(key):
    return {flag.kind for flag in FROZEN.comparison_by_id[key].flags}


def test_a_study_without_comparison_group_is_flagged():
    assert "uncontrolled" in kinds("topol2005_vas_74w.dextrose")
    assert "uncontrolled" not in kinds("topol2011_asymptomatic_13w.dextrose")


def test_a_group_of_unknown_size_is_flagged():
    assert "arm_size_not_seen" in kinds("wu2022_visap_52w.dextrose")
    assert "arm_size_not_seen" not in kinds("rabago2013_womac_52w.dextrose")


def test_a_figure_without_spread_is_flagged():
    assert "spread_not_reported" in kinds("reeves2000knee_walkpain_26w.dextrose")
    assert "spread_not_reported" in kinds("yelland2004_pain50_52w.glucose_lido"), "percentages without counts"
    assert "spread_not_reported" not in kinds("klein1993_resp50_26w.dgp")
    assert "spread_not_reported" not in kinds("wu2022_visap_52w.dextrose"), "printed; only the sizes are missing"


def test_every_stored_warning_reaches_a_comparison_or_belongs_to_none_that_is_shown():
    """A flag of a study reaches all its comparisons, one of an outcome or a group only those."""
    shown = {(c.study.study_id, c.outcome.outcome_id, f.arm.arm_id) for c in LIBRARY.comparisons for f in c.arms}
    reached = {flag.flag_id for c in LIBRARY.comparisons for flag in c.flags}
    for flag in rows("flags"):
        meant = [
            s
            for s in shown
            if s[0] == flag["study_id"] and flag["outcome_id"] in ("", s[1]) and flag["arm_id"] in ("", s[2])
        ]
        assert (flag["flag_id"] in reached) == bool(meant), flag["flag_id"]


def test_a_warning_of_one_control_group_does_not_reach_the_other():
    found = {
        c.control.arm.arm_id: {flag.arm_id for flag in c.flags if flag.kind == "active_control"}
        for c in of("bertrand2016", "better")
    }
    assert found == {"enthesis_saline": {"enthesis_saline"}, "superficial_saline": {"superficial_saline"}}


def test_warnings_of_a_whole_study_can_be_asked_for():
    expected = {f["flag_id"] for f in rows("flags") if f["study_id"] == "topol2011" and not f["outcome_id"]}
    assert {flag.flag_id for flag in LIBRARY.study_flags("topol2011")} == expected


# Names, and asking for what is not there.


def test_every_trial_has_a_name_with_its_year_if_that_was_seen():
    year = {s["source_id"]: s["year"] for s in rows("sources")}
    for study in LIBRARY.trials:
        assert year[study.source_id] in LIBRARY.name(study), study.study_id
        assert "," not in LIBRARY.name(study)


def test_what_is_not_in_the_package_is_not_made_up():
    for ask in (LIBRARY.study, LIBRARY.source):
        with pytest.raises(KeyError):
            ask("nobody1900")
    assert LIBRARY.arms("nobody1900") == ()


def test_groups_can_be_asked_for_by_role():
    expected = [a["arm_id"] for a in rows("arms") if a["study_id"] == "topol2011"]
    assert [a.arm_id for a in LIBRARY.arms("topol2011")] == expected
    assert [a.arm_id for a in LIBRARY.arms("topol2011", "control")] == ["lidocaine"]


def test_the_own_library_is_read_once():
    assert library() is library()
