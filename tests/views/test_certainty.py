"""How sure: what the six views say, worked out again from the CSV files and with scipy and statsmodels."""

import re
from dataclasses import replace
from functools import cache
from statistics import median

import numpy as np
import pytest
from scipy.optimize import minimize_scalar
from scipy.stats import binom, fisher_exact, nct, norm, t
from statsmodels.stats.meta_analysis import effectsize_smd
from statsmodels.stats.power import NormalIndPower
from statsmodels.stats.proportion import confint_proportions_2indep, proportion_effectsize

from prolo_dash.evidence.library import library
from prolo_dash.views import again, fragile, later, missing, pooled, small
from prolo_dash.views.view import plain

VIEWS = {m.VIEW.key: m.VIEW for m in (small, later, again, fragile, pooled, missing)}
CATEGORIES = {
    "osgood_schlatter": {"osgood_schlatter"},
    "knee_oa": {"knee_osteoarthritis"},
    "finger_oa": {"finger_osteoarthritis"},
    "low_back": {"low_back_pain", "sacroiliac_joint"},
    "tendons": {"lateral_elbow_tendon", "achilles_tendon", "rotator_cuff_tendon", "plantar_fascia", "patellar_tendon"},
    "groin": {"groin_tendon"},
}
TOPOL = "topol2011_asymptomatic_13w.dextrose"
TRUTHS = {"none": 0.0, "half": 0.5, "own": 1.0}
YEAR = 51  # weeks: the last visit of one trial was on day 360
CONTROL_SHARE = 0.4  # counted as better after a control injection, where the size of a better trial is worked out
Z = norm.ppf(0.975)

each_category = pytest.mark.parametrize("category", CATEGORIES)


@cache
def render(key, state):
    return VIEWS[key].render(library(), state)


def show(key, **changed):
    return render(key, replace(VIEWS[key].state(), **changed))


def values(text):
    return [float(n.replace("−", "-")) for n in re.findall(r"−?\d+(?:\.\d+)?", text.replace(",", ""))]


def strong(text):
    return re.findall(r"\*\*(.+?)\*\*", text)


def cells(rendering):
    return {row.key: [cell.text for cell in row.cells] for row in rendering.table.rows}


@pytest.fixture(scope="module")
def studies(table):
    rows = [s for s in table("studies") if s["design"] != "survey"]
    return {name: [s for s in rows if s["condition"] in held] for name, held in CATEGORIES.items()}


@pytest.fixture(scope="module")
def role(table):
    return {(a["study_id"], a["arm_id"]): a["role"] for a in table("arms")}


@pytest.fixture(scope="module")
def results(table, role):
    """Results after the start, by outcome and by the role of the group; a crossover's second period is left out."""
    swapped = {f["outcome_id"] for f in table("flags") if f["kind"] == "arms_swapped"}
    outcomes = {o["outcome_id"]: o for o in table("outcomes") if o["weeks"] != "0" and o["outcome_id"] not in swapped}
    found = {}
    for r in table("results"):
        if outcome := outcomes.get(r["outcome_id"]):
            own = found.setdefault(r["outcome_id"], {"outcome": outcome})
            own.setdefault(role[outcome["study_id"], r["arm_id"]], []).append(r)
    return found


@pytest.fixture(scope="module")
def switched(table):
    return {f["outcome_id"] for f in table("flags") if f["kind"] == "not_as_randomised"}


@pytest.fixture(scope="module")
def counted(results):
    """(better, of) of prolotherapy and of the control injection, for every outcome with both."""
    return {
        f"{key}.{one['arm_id']}": (int(one["events"]), int(one["n"]), int(zero["events"]), int(zero["n"]))
        for key, own in results.items()
        for one in own.get("prolotherapy", ())
        for zero in own.get("injection_control", ())
        if one["events"] and one["n"] and zero["events"] and zero["n"]
    }


@pytest.fixture(scope="module")
def computable(results, role):
    """Trials with the figures for an interval against the control injection or, without one, the next best group."""
    order = ("injection_control", "noninjection_control", "active_comparator")
    main = {}
    for study, _ in role:
        main[study] = next((r for r in order if r in {found for (s, _), found in role.items() if s == study}), None)

    def full(r):
        return r["n"] and (r["events"] or (r["mean"] and (r["sd"] or r["se"] or r["ci_low"])))

    return {
        own["outcome"]["study_id"]
        for own in results.values()
        for versus in [own.get(main[own["outcome"]["study_id"]], ())]
        if any(map(full, own.get("prolotherapy", ()))) and any(map(full, versus))
    }


# Small and short.


@each_category
def test_trials_are_counted_as_in_the_files(category, studies, role, computable):
    own = studies[category]
    controlled = [s for s in own if "injection_control" in {r for (i, _), r in role.items() if i == s["study_id"]}]
    long = [s for s in own if s["longest_followup_weeks"] and int(s["longest_followup_weeks"]) >= YEAR]
    full = [s for s in own if s["study_id"] in computable]
    r = show("certainty", conditions=(category,))
    assert values(plain(r.sentence))[0] == len(own) == len(r.table.rows) + len(r.listed)
    assert [int(n) for n in strong(r.sentence)[:3]] == [len(controlled), len(long), len(full)]
    sizes = [int(s["n_analysed"] or s["n_randomised"]) for s in own if s["n_analysed"] or s["n_randomised"]]
    assert len(sizes) < 2 or abs(values(strong(r.sentence)[3])[0] - median(sizes)) <= 0.5


@each_category
def test_a_mark_stands_at_the_size_and_the_follow_up_of_its_trial(category, studies):
    placed = {
        s["study_id"]: (float(s["longest_followup_weeks"]), float(s["n_analysed"] or s["n_randomised"]))
        for s in studies[category]
        if s["longest_followup_weeks"] and (s["n_analysed"] or s["n_randomised"])
    }
    drawn = {}
    for trace in show("certainty", conditions=(category,)).figure.data:
        drawn |= {i: (x, y) for i, x, y in zip(trace["ids"], trace["x"], trace["y"], strict=True)}
    assert drawn == placed


def test_an_interval_is_computed_or_as_printed_or_not_there(computable):
    shown = {key: row[-1] for key, row in cells(show("certainty")).items()}
    assert {key for key, said in shown.items() if said == "computed"} == computable & set(shown)
    assert shown["sit2020"] == shown["wu2022"] == "as printed"  # contrasts.csv has their limits, results.csv no spread
    assert shown["topol2008"] == "no"


# Later trials.


def test_later_trials_stand_oldest_first_with_what_they_report():
    better, same = "better than the control injection", "no clear difference"
    told = [(row[0], row[3]) for row in cells(show("certainty_later", condition="osgood_schlatter")).values()]
    assert told == [("Topol 2011", better), ("Nakase 2020", same), ("Wu 2022", better)]
    told = [(row[0], row[3]) for row in cells(show("certainty_later", condition="low_back")).values()]
    assert told == [("Ongley 1987", better), ("Klein 1993", better), ("Dechow 1999", same), ("Yelland 2004", same)]


@pytest.mark.parametrize("category", [c for c in CATEGORIES if c != "groin"])
def test_every_trial_with_a_control_injection_is_told_or_listed(category, studies, role, results, switched, table):
    year = {s["source_id"]: s["year"] for s in table("sources")}
    source = {s["study_id"]: s["source_id"] for s in table("studies")}
    kinds = {"favours_prolotherapy": "better", "no_difference": "no clear difference", "favours_comparator": "worse"}
    stated = {}
    for c in table("contrasts"):
        study = results[c["outcome_id"]]["outcome"]["study_id"] if c["outcome_id"] in results else ""
        roles = (role.get((study, c["arm_id"])), role.get((study, c["versus_arm_id"])))
        if roles == ("prolotherapy", "injection_control") and c["outcome_id"] not in switched:
            stated.setdefault(study, []).append(kinds.get(c["direction"]))
    r = show("certainty_later", condition=category)
    shown = cells(r)
    controlled = {s["study_id"] for s in studies[category] if (s["study_id"], "injection_control") in
                  {(i, found) for (i, _), found in role.items()}}  # fmt: skip
    told = {study for study in controlled if any(stated.get(study, ()))}
    assert set(shown) == told
    assert len(r.listed) == len(controlled - told)
    years = [int(year[source[study]]) for study in shown]
    assert years == sorted(years)
    for study, row in shown.items():
        said = [kind for kind in stated[study] if kind]
        rest = sum(not row[3].startswith(kind) for kind in said)
        assert rest < len(said), "what is shown is one of the trial's own statements"
        assert row[4] == (f"{rest} of {len(said)} results point elsewhere" if len(said) > 1 else "none stated")


def test_the_words_of_published_reviews_stand_beside_the_trials(table):
    said = {p["position_id"]: p for p in table("positions")}
    for condition, position in (("low_back", "cochrane"), ("osgood_schlatter", "purls")):
        r = show("certainty_later", condition=condition)
        (box,) = r.chain
        assert box.strong == said[position]["organisation"]
        assert said[position]["notes"] in box.text
    assert "10.1002/14651858.CD004059" in str(show("certainty_later", condition="low_back").sources[-1].url)
    assert show("certainty_later", condition="tendons").chain == ()
    assert "No later trial repeated it" in show("certainty_later", condition="finger_oa").sentence


# Play it again.


@cache
def fisher(a, m, b, n):
    return fisher_exact([[a, m - a], [b, n - b]]).pvalue


@cache
def called_significant(m, n):
    return np.array([[fisher(a, m, b, n) < 0.05 for b in range(n + 1)] for a in range(m + 1)])


def by_tables(p1, m, p0, n):
    """Probability of a significant table, and the mean size of the difference in such tables."""
    a, b = np.arange(m + 1), np.arange(n + 1)
    weight = np.outer(binom.pmf(a, m, p1), binom.pmf(b, n, p0)) * called_significant(m, n)
    size = np.abs(a[:, None] / m - b[None, :] / n)
    return weight.sum(), (weight * size).sum() / weight.sum()


def found_and_calculated(sentence):
    found, power = re.search(r"\*\*([\d,]+) of 1,000\*\*.*by calculation ([\d,]+)", sentence).groups()
    return int(found.replace(",", "")), int(power.replace(",", ""))


def times(sentence):
    found = re.search(r"\*\*([\d.,]+) times\*\*", sentence)
    return float(found[1].replace(",", "")) if found else None


@pytest.mark.parametrize("truth", TRUTHS)
def test_repeats_of_counts_agree_with_all_possible_tables(truth, counted, switched):
    trials = {key: own for key, own in counted.items() if key.split(".")[0] not in switched}
    assert len(trials) == 5
    for key, (a, m, b, n) in trials.items():
        true = TRUTHS[truth] * (a / m - b / n)
        share, size = by_tables(b / n + true, m, b / n, n)
        said = show("certainty_replay", trial=key, truth=truth).sentence
        found, power = found_and_calculated(said)
        assert abs(power - 1000 * share) <= 0.5001
        assert abs(found - 1000 * share) <= 4 * (1000 * share * (1 - share)) ** 0.5 + 1
        if truth == "none":
            assert share < 0.05, "Fisher's test keeps false alarms under 5 in 100"
            assert times(said) is None
        else:
            assert times(said) is None or times(said) == pytest.approx(size / true, rel=0.12, abs=0.06)


def spread(r):
    return float(r["sd"]) if r["sd"] else float(r["se"]) * int(r["n"]) ** 0.5


@pytest.mark.parametrize("truth", TRUTHS)
def test_power_of_scores_is_that_of_the_noncentral_t(truth, results):
    """Welch's test at the printed spreads, degrees of freedom by Satterthwaite's formula."""
    checked = 0
    for state in VIEWS["certainty_replay"].states():
        outcome, prolo, *_ = state.trial.split(".")
        own = results[outcome]
        if own["outcome"]["kind"] == "responder" or state.truth != truth:
            continue
        (one,) = [r for r in own["prolotherapy"] if r["arm_id"] == prolo]
        (zero,) = own["injection_control"]
        parts = [spread(r) ** 2 / int(r["n"]) for r in (one, zero)]
        df = sum(parts) ** 2 / sum(part**2 / (int(r["n"]) - 1) for part, r in zip(parts, (one, zero), strict=True))
        middle = TRUTHS[truth] * (float(one["mean"]) - float(zero["mean"])) / sum(parts) ** 0.5
        edge = t.ppf(0.975, df)
        share = nct.sf(edge, df, middle) + nct.cdf(-edge, df, middle)
        found, power = found_and_calculated(render("certainty_replay", state).sentence)
        assert abs(power - 1000 * share) <= 0.51
        assert abs(found - 1000 * share) <= 4 * (1000 * share * (1 - share)) ** 0.5 + 3
        checked += 1
    assert checked > 20


def test_bars_add_up_to_the_repeats_and_marks_to_those_called_significant():
    for state in VIEWS["certainty_replay"].states():
        r = render("certainty_replay", state)
        counts = [(int(row[1]), int(row[2])) for row in cells(r).values()]
        found, power = found_and_calculated(r.sentence)
        assert sum(n for n, _ in counts) == 1000
        assert sum(marked for _, marked in counts) == found
        marked, rest = r.figure.data
        assert [(a + b, a) for a, b in zip(marked["y"], rest["y"], strict=True)] == counts
        shown = times(r.sentence)
        assert (shown is None) == (state.truth == "none" or found == 0)
        assert shown is None or power > 500 or shown >= 1, "where few are significant, those exaggerate"


def test_the_same_choice_gives_the_same_picture_and_no_trial_borrows_the_luck_of_another():
    view, state = VIEWS["certainty_replay"], VIEWS["certainty_replay"].state()
    assert view.render(library(), state) == view.render(library(), state)
    bars = [tuple(r.figure.data[1]["y"]) for r in (render(view.key, s) for s in view.states() if s.truth == "none")]
    assert len(set(bars)) == len(bars)


# How fragile.


def fragility(a, m, b, n):
    """Walsh 2014: in the group with fewer events, one more at a time until p is 0.05 or more."""
    if fisher(a, m, b, n) >= 0.05:
        return None
    for more in range(1, 100):
        fewer_after_prolo = (a, a / m) < (b, b / n)
        p = fisher(a + more, m, b, n) if fewer_after_prolo else fisher(a, m, b + more, n)
        if p >= 0.05:
            return more
    raise AssertionError


def test_the_fragility_of_every_countable_comparison_is_found_by_trying(counted, switched):
    assert {s.trial for s in VIEWS["certainty_fragility"].states()} == set(counted)
    for key, own in counted.items():
        r = show("certainty_fragility", trial=key)
        index = fragility(*own)
        said = strong(r.sentence)[0]
        assert said == "no fragility index" if index is None else said.startswith(f"{index} more ")
        assert [row[1:] for row in cells(r).values()] == [
            [f"{own[0]} of {own[1]}", "0"],
            [f"{own[2]} of {own[3]}", str(index or 0)],
        ], "in every one of these trials fewer were better after the control injection"
        assert ("not as randomised" in r.sentence) == (key.split(".")[0] in switched)


def test_three_more_knees_undo_the_first_trial():
    """14 of 21 v 5 of 22: p 0.006 as printed; with 6, 7 and 8 of 22 it is 0.015, 0.033 and 0.069 (scipy)."""
    assert [round(fisher(14, 21, b, 22), 3) for b in (5, 6, 7, 8)] == [0.006, 0.015, 0.033, 0.069]
    assert strong(show("certainty_fragility", trial=TOPOL).sentence) == ["3 more knees"]


# Taken together.


def welch(results, outcome):
    (one,), (zero,) = results[outcome]["prolotherapy"], results[outcome]["injection_control"]
    parts = [float(r["se"]) ** 2 for r in (one, zero)]
    df = sum(parts) ** 2 / sum(p**2 / (int(r["n"]) - 1) for p, r in zip(parts, (one, zero), strict=True))
    middle, half = float(one["mean"]) - float(zero["mean"]), t.ppf(0.975, df) * sum(parts) ** 0.5
    return middle, middle - half, middle + half


def newcombe(counted, key):
    a, m, b, n = counted[key]
    return [100 * x for x in (a / m - b / n, *confint_proportions_2indep(a, m, b, n, method="newcomb", compare="diff"))]


def hedges(results, outcome):
    """Lower is better in both trials of this set."""
    (one,), (zero,) = results[outcome]["prolotherapy"], results[outcome]["injection_control"]
    figures = [(float(r["mean"]), float(r["sd"]), int(r["n"])) for r in (zero, one)]
    g, variance = effectsize_smd(*figures[0], *figures[1])
    return g, g - Z * variance**0.5, g + Z * variance**0.5


def printed(table, outcome):
    (row,) = [c for c in table("contrasts") if c["outcome_id"] == outcome]
    limits = [float(row["sign"]) * float(row[part]) for part in ("estimate", "ci_low", "ci_high")]
    return limits[0], *sorted(limits[1:])


@pytest.fixture(scope="module")
def sets(results, counted, table):
    """Each trial's difference with its interval, by the view's set and the key of its row."""
    rabago, sit = "rabago2013_{}_52w.dextrose", "sit2020_womac{}_52w.dextrose"
    knee = {
        f"knee_oa-{domain}": {
            (key := rabago.format(scale)): welch(results, key.split(".")[0]),
            (other := sit.format(domain)): printed(table, other.split(".")[0]),
        }
        for domain, scale in (("pain", "womacpain"), ("function", "womac"))
    }
    backs = ("ongley1987_dis50_26w.dgp_manip", "klein1993_resp50_26w.dgp")
    pains = ("dechow1999_vas_26w.dgp", "yelland2004_vas_104w.glucose_lido")
    return knee | {
        "low_back-better": {key: newcombe(counted, key) for key in backs},
        "low_back-pain": {key: hedges(results, key.split(".")[0]) for key in pains},
    }


def together(trials):
    """REML by trying on the restricted likelihood; Hartung and Knapp's interval; prediction with k - 1 df."""
    y, v = np.array([m for m, *_ in trials]), np.array([((high - low) / (2 * Z)) ** 2 for _, low, high in trials])

    def unlikely(tau2):
        w = 1 / (v + tau2)
        return -(np.log(w).sum() - np.log(w.sum()) - (w * (y - w @ y / w.sum()) ** 2).sum()) / 2

    best = minimize_scalar(unlikely, bounds=(0, 10 * np.ptp(y) ** 2), method="bounded", options={"xatol": 1e-10}).x
    tau2 = best if unlikely(best) < unlikely(0.0) else 0.0
    w = 1 / (v + tau2)
    middle, k = w @ y / w.sum(), len(y)
    variance = (w * (y - middle) ** 2).sum() / (k - 1) / w.sum()
    halves = [t.ppf(0.975, k - 1) * x**0.5 for x in (variance, variance + tau2)]
    return [(middle, middle - half, middle + half) for half in halves], w / w.sum()


def test_what_can_be_pooled_is_two_trials_of_one_condition_as_randomised(sets, results, studies, switched):
    states = [s.pool for s in VIEWS["certainty_pooling"].states()]
    assert sorted(states) == sorted(["off", *sets])
    for key in sets:
        drawn = [row.key for row in show("certainty_pooling", pool=key).table.rows]
        outcomes = [i.split(".")[0] for i in drawn if i.split(".")[0] in results]
        members = [results[o]["outcome"]["study_id"] for o in outcomes]
        assert len(members) == len(set(members)) >= 2, "one result a trial"
        assert set(members) <= {s["study_id"] for s in studies[key.partition("-")[0]] if s["design"] == "parallel_rct"}
        assert {results[o]["outcome"]["domain"] for o in outcomes} == {key.partition("-")[2]}
        assert all(results[o]["injection_control"] for o in outcomes)
        assert not set(outcomes) & switched


def test_pooled_numbers_are_those_of_another_calculation(sets):
    for key, trials in sets.items():
        shown = cells(show("certainty_pooling", pool=key))
        (average, prediction), weights = together(trials.values())
        step = {"knee_oa": 0.1, "low_back-better": 1, "low_back-pain": 0.01}
        exact = next(digits for start, digits in step.items() if key.startswith(start))
        names = list(trials)
        others = {f"without.{name}": trials[names[1 - i]] for i, name in enumerate(names)}  # two trials: one is left
        expected = trials | {"average": average, "prediction": prediction} | others
        assert list(shown) == list(expected)
        for row, numbers in expected.items():
            assert values(shown[row][2]) == pytest.approx(numbers, abs=0.502 * exact), (key, row)
        for name, weight in zip(names, weights, strict=True):
            assert abs(values(shown[name][1])[-1] - 100 * weight) <= 0.51
        assert strong(show("certainty_pooling", pool=key).sentence)[0] == shown["average"][2]


def test_all_conditions_are_never_pooled():
    view = VIEWS["certainty_pooling"]
    assert view.normalise(replace(view.state(), pool="all")) == view.state()
    for state in view.states():
        assert ("pool", "all") in render(view.key, state).unavailable
    assert show("certainty_pooling").table.rows == ()
    assert "never pooled" in show("certainty_pooling").sentence


# What is missing.


@each_category
def test_each_trial_is_counted_once_by_what_was_seen(category, studies, computable):
    r = show("certainty_missing", conditions=(category,))
    own = {s["study_id"] for s in studies[category]}
    shown = cells(r)
    assert sum(int(row[1]) for row in shown.values()) == len(own)
    assert int(shown["complete"][1]) == len(own & computable)
    assert values(strong(r.sentence)[0]) == [len(own & computable), len(own)]


def people_needed(difference):
    """Fleiss 1981 for 40 in 100 against 40 + difference, with the correction of Fleiss, Tytun and Ury 1980."""
    p0, p1 = CONTROL_SHARE, CONTROL_SHARE + difference
    q = (p0 + p1) / 2
    root = Z * (2 * q * (1 - q)) ** 0.5 + norm.ppf(0.8) * (p0 * (1 - p0) + p1 * (1 - p1)) ** 0.5
    plain_n = (root / difference) ** 2
    return plain_n, plain_n / 4 * (1 + (1 + 4 / (plain_n * difference)) ** 0.5) ** 2


def test_the_size_of_a_better_trial_and_how_it_grows():
    sizes = []
    for difference in range(5, 45, 5):
        r = show("certainty_missing", difference=difference)
        size = values(strong(r.sentence)[1])[0]
        uncorrected, corrected = people_needed(difference / 100)
        assert 0 <= size - corrected < 1
        effect = proportion_effectsize(CONTROL_SHARE + difference / 100, CONTROL_SHARE)
        assert NormalIndPower().solve_power(effect, power=0.8, alpha=0.05) == pytest.approx(uncorrected, rel=0.03)
        assert values(r.chain[0].strong) == [2 * size]
        sizes.append(size)
    assert sizes == sorted(sizes, reverse=True)
    assert sizes[0] / sizes[3] > 12  # a quarter of the difference: nearly 16 times the people


@pytest.mark.parametrize("difference", [35, 40])
def test_a_trial_of_that_size_has_80_percent_power_by_fishers_test(difference):
    n = int(values(strong(show("certainty_missing", difference=difference).sentence)[1])[0])
    share, _ = by_tables(CONTROL_SHARE + difference / 100, n, CONTROL_SHARE, n)
    assert share == pytest.approx(0.8, abs=0.03)


def test_the_largest_trial_with_a_control_injection_is_named(table, studies, role):
    controlled = {study for (study, _), found in role.items() if found == "injection_control"}
    for category, own in studies.items():
        sizes = [int(s["n_analysed"] or s["n_randomised"] or 0) for s in own if s["study_id"] in controlled]
        said = show("certainty_missing", conditions=(category,)).sentence
        assert f"had {max(sizes)}" in said if sizes else "The largest" not in said
