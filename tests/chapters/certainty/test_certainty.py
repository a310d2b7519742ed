"""How sure: what the six views say, worked out again from the CSV files and with scipy and statsmodels."""

import re
from dataclasses import replace
from functools import cache
from pathlib import Path
from statistics import median
from types import SimpleNamespace

import numpy as np
import pytest
from scipy.optimize import minimize_scalar
from scipy.stats import binom, fisher_exact, nct, norm, t
from statsmodels.stats.meta_analysis import effectsize_smd
from statsmodels.stats.power import NormalIndPower
from statsmodels.stats.proportion import confint_proportions_2indep, proportion_effectsize

from prolo_dash.chapters.certainty import (
    fragility,
    later_trials,
    missing_results,
    pooling,
    pooling_sets,
    replication,
    trial_size,
)
from prolo_dash.evidence.library import library

FROZEN = library(Path(__file__).parents[2] / "frozen")
VIEWS = {m.VIEW.key: m.VIEW for m in (trial_size, later_trials, replication, fragility, pooling, missing_results)}
PROLO, CONTROL = "intervention", "control"
TRUTHS = {"none": 0.0, "half": 0.5, "own": 1.0}
GROUPS = {group.condition_id for group in library().groups}
GROUP_OF = {key: one.group_id or key for key, one in library().conditions.items()}
SETS = {
    "knee_osteoarthritis-pain": 0.1,
    "knee_osteoarthritis-function": 0.1,
    "low_back_pain-better": 1,
    "low_back_pain-pain": 0.01,
}  # last digit shown
Z = norm.ppf(0.975)
each_category = pytest.mark.parametrize("category", sorted(GROUPS))
each_truth = pytest.mark.parametrize("truth", TRUTHS)


@cache
def render(key, state, known=None):
    return VIEWS[key].render(known or library(), state)


def show(key, **changed):
    return render(key, replace(VIEWS[key].default_state(library()), **changed))


def show_frozen(key, **changed):
    return render(key, replace(VIEWS[key].default_state(library()), **changed), FROZEN)


def cells(rendering):
    return {row.key: [cell.text for cell in row.cells] for row in rendering.table.rows}


def values(text):
    return [float(n.replace("−", "-")) for n in re.findall(r"−?\d+(?:\.\d+)?", text.replace(",", ""))]


def strong(text):
    return re.findall(r"\*\*(.+?)\*\*", text)


def people(study):
    return int(study["n_analysed"] or study["n_randomised"] or 0)


def full(result):
    return result["n"] and (result["events"] or (result["mean"] and (result["sd"] or result["se"] or result["ci_low"])))


@pytest.fixture(scope="module")
def files(table):
    """The files of the evidence that is shown."""
    return joined(table)


@pytest.fixture(scope="module")
def frozen_files(frozen_table):
    """The files of the frozen evidence."""
    return joined(frozen_table)


def joined(table):
    """The CSV files joined: groups of trials, results after the start by outcome and role, counts, full figures."""
    role = {(a["study_id"], a["arm_id"]): a["role"] for a in table("arms")}
    roles = {s: {found for (study, _), found in role.items() if study == s} for s, _ in role}
    swapped, switched = (
        {f["outcome_id"] for f in table("flags") if f["kind"] == kind} for kind in ("arms_swapped", "not_as_randomised")
    )
    outcomes = {o["outcome_id"]: o for o in table("outcomes") if o["weeks"] != "0" and o["outcome_id"] not in swapped}
    results, counts, computable = {}, {}, set()
    for r in table("results"):
        if outcome := outcomes.get(r["outcome_id"]):
            kind = role[outcome["study_id"], r["arm_id"]]
            results.setdefault(r["outcome_id"], {PROLO: [], CONTROL: []}).setdefault(kind, []).append(r)
    for key, own in results.items():
        both = [(one, zero) for one in own[PROLO] for zero in own[CONTROL] if one["events"] and zero["events"]]
        counts |= {f"{key}.{a['arm_id']}": [int(g[k]) for g in (a, b) for k in ("events", "n")] for a, b in both}
        # An interval against the control injection or, without one, the next best group.
        study, order = outcomes[key]["study_id"], (CONTROL, "untreated", "other")
        versus = next((kind for kind in order if kind in roles[study]), None)
        if any(map(full, own[PROLO])) and any(map(full, own.get(versus, ()))):
            computable.add(study)
    studies = {key: [] for key in GROUP_OF}
    for s in table("studies"):
        if s["design"] != "survey":
            for key in {s["condition"], GROUP_OF[s["condition"]]}:
                studies[key].append(s)
    found = SimpleNamespace(table=table, role=role, outcomes=outcomes, results=results, counts=counts, studies=studies)
    found.controlled, found.computable, found.switched = {s for s in roles if CONTROL in roles[s]}, computable, switched
    return found


@each_category
def test_trials_are_counted_and_placed_as_in_the_files(category, files):
    own = files.studies[category]
    weeks = {s["study_id"]: int(s["longest_followup_weeks"] or 0) for s in own}
    year = sum(w >= 51 for w in weeks.values())  # the last visit of one trial was on day 360
    r = show("certainty", conditions=(category,))
    if len(own) == 1:
        assert r.sentence.startswith("The one trial shown, ")
        return
    assert values(r.sentence)[0] == len(own) == len(r.table.rows) + len(r.listed)
    expected = [len(files.controlled & set(weeks)), year, len(files.computable & set(weeks))]
    assert [int(n) for n in strong(r.sentence)[:3]] == expected
    sizes = [people(s) for s in own if people(s)]
    assert len(sizes) < 2 or abs(values(strong(r.sentence)[3])[0] - median(sizes)) <= 0.5
    drawn = {i: at for f in r.chart.data for i, *at in zip(f["ids"], f["x"], f["y"], strict=True)}
    assert drawn == {i: [weeks[i], people(s)] for s in own for i in [s["study_id"]] if people(s) and weeks[i]}
    assert {key for key, row in cells(r).items() if row[-1] == "computed"} == files.computable & set(drawn)


def test_later_trials_stand_oldest_first_with_what_they_report():
    better, same = "better than the control injection", "no clear difference"
    expected = {
        "osgood_schlatter": {"Topol 2011": better, "Nakase 2020": same, "Wu 2022": better},
        "low_back": {"Ongley 1987": better, "Klein 1993": better, "Dechow 1999": same, "Yelland 2004": same},
    }
    for condition, told in expected.items():
        r = show_frozen("certainty_later", condition=condition)
        assert [(row[0], row[3]) for row in cells(r).values()] == list(told.items())
        assert strong(r.sentence)[:2] == [str(list(told.values()).count(kind)) for kind in (better, same)]


@pytest.mark.parametrize("category", sorted(GROUPS))
def test_every_trial_with_a_control_injection_is_told_or_listed(category, files):
    kinds = {"favours_intervention": "better", "no_difference": "no clear", "favours_comparator": "worse"}
    stated = {s["study_id"]: [] for s in files.studies[category] if s["study_id"] in files.controlled}
    for c in files.table("contrasts"):
        study = files.outcomes.get(c["outcome_id"], {"study_id": ""})["study_id"]
        pair = [files.role.get((study, c[arm])) for arm in ("arm_id", "versus_arm_id")]
        if study in stated and pair == [PROLO, CONTROL] and c["outcome_id"] not in files.switched:
            stated[study] += [kinds[c["direction"]]] if c["direction"] in kinds else []
    r = show("certainty_later", condition=category)
    assert set(cells(r)) == {study for study, said in stated.items() if said}
    assert len(r.listed) == sum(not said for said in stated.values())
    year = {s["source_id"]: int(s["year"] or 0) for s in files.table("sources")}
    years = {s["study_id"]: year[s["source_id"]] for s in files.studies[category]}
    assert list(cells(r)) == sorted(cells(r), key=years.__getitem__), "oldest first, those of unknown year before all"
    for study, row in cells(r).items():
        n, rest = len(stated[study]), sum(not row[3].startswith(kind) for kind in stated[study])
        assert rest < n, "what is shown is one of the trial's own statements"
        assert row[4] == (f"{rest} of {n} results point elsewhere" if n > 1 else "none stated")


def test_the_words_of_published_reviews_stand_beside_the_trials(frozen_table):
    said = {p["position_id"]: p for p in frozen_table("positions")}
    for condition, position in (("low_back", "cochrane"), ("osgood_schlatter", "purls"), ("tendons", None)):
        boxes = [
            (box.strong, said[position]["notes"] in box.text)
            for box in show_frozen("certainty_later", condition=condition).chain
        ]
        assert boxes == ([(said[position]["organisation"], True)] if position else [])


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
    return weight.sum(), (weight * np.abs(np.subtract.outer(a / m, b / n))).sum() / weight.sum()


def replayed(state):
    """Repeats called significant, those by calculation, and how many times too large they are."""
    said = render("certainty_replay", state).sentence.replace(",", "")
    found, power = re.search(r"\*\*(\d+) of 1000\*\*.*by calculation (\d+)", said).groups()
    times = re.search(r"\*\*([\d.]+) times\*\*", said)
    return int(found), int(power), float(times[1]) if times else None


def agrees(found, power, share):
    """The calculation to the last digit, the repeats to four standard errors."""
    return (
        abs(power - 1000 * share) <= 0.51 and abs(found - 1000 * share) <= 4 * (1000 * share * (1 - share)) ** 0.5 + 2
    )


@each_truth
def test_repeats_of_counts_agree_with_all_possible_tables(truth, files):
    trials = {key: own for key, own in files.counts.items() if key.split(".")[0] not in files.switched}
    assert len(trials) >= 5
    for key, (a, m, b, n) in trials.items():
        true = TRUTHS[truth] * (a / m - b / n)
        share, size = by_tables(b / n + true, m, b / n, n)
        found, power, times = replayed(replication.AgainState(trial=key, truth=truth))
        assert agrees(found, power, share)
        assert truth != "none" or share < 0.05, "Fisher's test keeps false alarms under 5 in 100"
        assert times is None or times == pytest.approx(size / true, rel=0.12, abs=0.06)


def welch(one, zero):
    """Difference, its standard error and Satterthwaite's degrees of freedom, from printed means and spreads."""
    n = np.array([int(r["n"]) for r in (one, zero)])
    parts = np.array([float(r["se"]) ** 2 if r["se"] else float(r["sd"]) ** 2 / int(r["n"]) for r in (one, zero)])
    df = parts.sum() ** 2 / (parts**2 / (n - 1)).sum()
    return float(one["mean"]) - float(zero["mean"]), parts.sum() ** 0.5, df


@each_truth
def test_repeats_of_scores_agree_with_the_noncentral_t_distribution(truth, files):
    scores = [
        s for s in VIEWS["certainty_replay"].states(library()) if s.truth == truth and s.trial not in files.counts
    ]
    assert len(scores) > 20
    for state in scores:
        difference, se, df = welch(*(files.results[state.trial.split(".")[0]][role][0] for role in (PROLO, CONTROL)))
        middle, edge = TRUTHS[truth] * difference / se, t.ppf(0.975, df)
        found, power, _ = replayed(state)
        assert agrees(found, power, nct.sf(edge, df, middle) + nct.cdf(-edge, df, middle))


def test_bars_add_up_to_the_repeats_and_their_marks_to_those_called_significant():
    pictures, states = set(), list(VIEWS["certainty_replay"].states(library()))
    for state in states:
        r = render("certainty_replay", state)
        found, power, times = replayed(state)
        bars = [(int(row[1]), int(row[2])) for row in cells(r).values()]
        assert [sum(n) for n in zip(*bars, strict=True)] == [1000, found]
        marked, rest = r.chart.data
        assert [(a + b, a) for a, b in zip(marked["y"], rest["y"], strict=True)] == bars
        assert (times is None) == (state.truth == "none")
        assert times is None or power > 500 or times > 1, "where few are significant, those exaggerate"
        pictures.add((state.truth, *bars))
    assert len(pictures) == len(states), "each trial has luck of its own"
    assert VIEWS["certainty_replay"].render(library(), state) == r, "the same choice gives the same picture"


def test_the_fragility_of_every_countable_comparison_is_found_by_trying(files):
    """Walsh 2014: in the group with fewer events one more until p is 0.05 or more."""
    assert {s.trial for s in VIEWS["certainty_fragility"].states(library())} == set(files.counts)
    for key, (a, m, b, n) in files.counts.items():
        fewer, of, more, other = (b, n, a, m) if (b, b / n) <= (a, a / m) else (a, m, b, n)
        r = show("certainty_fragility", trial=key)
        index = next(i for i in range(of) if fisher(more, other, fewer + i, of) >= 0.05)
        changes = (0, index) if (fewer, of) == (b, n) else (index, 0)
        assert strong(r.sentence)[0].startswith(f"{index} more " if index else "no fragility index")
        assert [row[1:] for row in cells(r).values()] == [
            [f"{a} of {m}", str(changes[0])],
            [f"{b} of {n}", str(changes[1])],
        ]
        assert ("not as randomised" in r.sentence) == (key.split(".")[0] in files.switched)


def test_three_more_knees_take_the_significance_of_topol_2011_away():
    # p of 14 of 21 v 5, 6, 7 and 8 of 22.
    assert [round(fisher(14, 21, b, 22), 3) for b in (5, 6, 7, 8)] == [0.006, 0.015, 0.034, 0.069]
    assert strong(show_frozen("certainty_fragility").sentence) == ["3 more knees"]


def interval(files, key):
    """A trial's difference with its interval: Newcombe, Hedges' g, Welch, or as printed; higher = better."""
    outcome = key.split(".")[0]
    if key in files.counts:
        a, m, b, n = files.counts[key]
        limits = confint_proportions_2indep(a, m, b, n, method="newcomb", compare="diff")
        return [100 * x for x in (a / m - b / n, *limits)]
    (one,), (zero,) = files.results[outcome][PROLO], files.results[outcome][CONTROL]
    if one["sd"]:  # in these trials lower scores are better
        groups = [float(r[part]) for r in (zero, one) for part in ("mean", "sd", "n")]
        g, variance = effectsize_smd(*groups)
        return [g + step * Z * variance**0.5 for step in (0, -1, 1)]
    if one["se"]:
        difference, se, df = welch(one, zero)
        return [difference + step * t.ppf(0.975, df) * se for step in (0, -1, 1)]
    (row,) = [c for c in files.table("contrasts") if c["outcome_id"] == outcome]
    return [float(row["sign"]) * float(row[part]) for part in ("estimate", "ci_high", "ci_low")]


def together(trials):
    """Average and prediction: REML by trying, Hartung and Knapp's interval, k - 1 degrees of freedom; weights."""
    y, low, high = np.array(list(trials)).T
    v, k = ((high - low) / (2 * Z)) ** 2, len(y)

    def unlikely(tau2):
        w = 1 / (v + tau2)
        return -np.log(w).sum() + np.log(w.sum()) + (w * (y - w @ y / w.sum()) ** 2).sum()

    best = minimize_scalar(unlikely, bounds=(0, 10 * np.ptp(y) ** 2), method="bounded", options={"xatol": 1e-10}).x
    tau2 = best if unlikely(best) < unlikely(0.0) else 0.0
    w = 1 / (v + tau2)
    middle = w @ y / w.sum()
    variance = (w * (y - middle) ** 2).sum() / (k - 1) / w.sum()
    halves = [t.ppf(0.975, k - 1) * x**0.5 for x in (variance, variance + tau2)]
    return *([middle, middle - half, middle + half] for half in halves), w / w.sum()


@pytest.mark.parametrize("key", SETS)
def test_pooled_numbers_are_those_of_another_calculation(key, frozen_files):
    files, r = frozen_files, show_frozen("certainty_pooling", pool=key)
    members = [row.key for row in r.table.rows if row.key.split(".")[0] in files.results]
    trials = {member: interval(files, member) for member in members}
    average, prediction, weights = together(trials.values())
    expected = trials | {"average": average, "prediction": prediction}
    expected |= {f"without.{m}": trials[members[1 - i]] for i, m in enumerate(members)}  # of two, one is left
    shown = cells(r)
    assert list(shown) == list(expected)
    for row, numbers in expected.items():
        assert values(shown[row][2]) == pytest.approx(numbers, abs=0.502 * SETS[key]), row
    assert [values(shown[m][1])[-1] for m in members] == pytest.approx(100 * weights, abs=0.51)
    assert strong(r.sentence)[0] == shown["average"][2]


@pytest.mark.parametrize("key", SETS)
def test_an_interval_that_lucky_agreement_made_narrow_never_stands_without_the_plain_one(key, frozen_files):
    files, r = frozen_files, show_frozen("certainty_pooling", pool=key)
    members = [row.key for row in r.table.rows if row.key.split(".")[0] in files.results]
    y, low, high = np.array([interval(files, member) for member in members]).T
    errors = (high - low) / (2 * Z)
    # Two results at most as far apart as their errors make them: no variance between trials, weights 1 / error^2.
    w = 1 / errors**2
    middle = w @ y / w.sum()
    factor = w @ (y - middle) ** 2
    assert ("too narrow" in r.sentence) == (factor < 0.9)
    if factor < 0.9:
        half = t.ppf(0.975, 1) / w.sum() ** 0.5
        assert values(strong(r.sentence)[-1]) == pytest.approx([middle, middle - half, middle + half], abs=0.06)


@pytest.mark.parametrize("key", SETS)
def test_pooled_are_trials_of_one_condition_as_randomised_and_the_rest_is_listed(key, frozen_files):
    files, (category, domain) = frozen_files, key.split("-")
    r = show_frozen("certainty_pooling", pool=key)
    outcomes = [row.key.split(".")[0] for row in r.table.rows if row.key.split(".")[0] in files.results]
    studies = {files.outcomes[o]["study_id"] for o in outcomes}
    own = {s["study_id"]: s["design"] for s in files.studies[category]}
    assert len(studies) == len(outcomes) == 2, "one result a trial"
    assert {own[study] for study in studies} == {"parallel_rct"}
    assert {files.outcomes[o]["domain"] for o in outcomes} == {domain}
    assert not files.switched & set(outcomes)
    measured = {files.outcomes[o]["study_id"] for o in files.results if files.outcomes[o]["domain"] == domain}
    assert len(r.listed) == len((measured & set(own) & files.controlled) - studies)


def test_nothing_is_pooled_unasked_and_all_conditions_never():
    view = VIEWS["certainty_pooling"]
    assert sorted(s.pool for s in view.states(library())) == sorted(["off", *pooling_sets.sets(library())])
    assert set(pooling_sets.sets(FROZEN)) == set(SETS)
    assert view.normalise(replace(view.default_state(library()), pool="all")) == view.default_state(library())
    assert all(("pool", "all") in render(view.key, state).unavailable for state in view.states(library()))
    assert show("certainty_pooling").table.rows == ()


@each_category
def test_each_trial_is_counted_once_by_what_was_seen(category, files):
    r = show("certainty_missing", conditions=(category,))
    own = {s["study_id"]: people(s) for s in files.studies[category]}
    full = len(own.keys() & files.computable)
    assert sum(int(row[1]) for row in cells(r).values()) == len(own)
    assert int(cells(r)["complete"][1]) == full
    assert len(own) == 1 or values(strong(r.sentence)[0]) == [full, len(own)]
    largest = max((n for study in own if study in files.controlled and (n := compared(files, study))), default=None)
    assert f"had {largest}" in r.sentence if largest else "The largest" not in r.sentence


def compared(files, study):
    """How many were in the groups that are compared: all of a trial, but for a third group."""
    arms = [arm for arm in files.table("arms") if arm["study_id"] == study]
    two = [arm for arm in arms if arm["role"] in (PROLO, CONTROL)]
    if len(two) == len(arms):
        return people(next(s for s in files.table("studies") if s["study_id"] == study))
    sizes = [int(arm["n_randomised"] or 0) for arm in two]
    return sum(sizes) if all(sizes) else None


def test_a_third_group_does_not_make_a_trial_large():
    assert (
        "Keijsers 2024, had 112 in the groups compared"
        in show("certainty_missing", conditions=("lateral_elbow_tendon",)).sentence
    )


def test_a_better_trial_has_the_size_of_fleiss_and_grows_as_the_difference_shrinks():
    """40 in 100 after the control injection; with the correction of Fleiss, Tytun and Ury 1980."""
    sizes = []
    for percent in range(5, 45, 5):
        r, p0, d = show("certainty_missing", difference=percent), 0.4, percent / 100
        middle, p1 = p0 + d / 2, p0 + d
        root = Z * (2 * middle * (1 - middle)) ** 0.5 + norm.ppf(0.8) * (p0 * (1 - p0) + p1 * (1 - p1)) ** 0.5
        n = (root / d) ** 2
        sizes.append(int(values(strong(r.sentence)[1])[0]))
        assert 0 <= sizes[-1] - n / 4 * (1 + (1 + 4 / (n * d)) ** 0.5) ** 2 < 1
        assert values(r.chain[0].strong) == [2 * sizes[-1]]
        effect = proportion_effectsize(p1, p0)
        assert NormalIndPower().solve_power(effect, power=0.8, alpha=0.05) == pytest.approx(n, rel=0.03)
    assert sizes == sorted(sizes, reverse=True)
    assert sizes[0] / sizes[3] > 12  # a quarter of the difference: nearly 16 times the people
    assert by_tables(0.8, sizes[-1], 0.4, sizes[-1])[0] == pytest.approx(0.8, abs=0.03)  # Fisher's test, all tables
