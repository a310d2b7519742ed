"""A reader's own trial, as the page tells it: numbers beside scipy and statsmodels, names as text, files that load."""

import json
import math
import re
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import fisher_exact, t, ttest_ind_from_stats
from statsmodels.stats.meta_analysis import effectsize_smd
from statsmodels.stats.proportion import confint_proportions_2indep, proportion_confint

from prolo_dash.evidence.library import library
from prolo_dash.evidence.own import MOST_PEOPLE
from prolo_dash.evidence.own_csv import COLUMNS
from prolo_dash.views import own
from prolo_dash.views.chapters import VIEW_BY_KEY
from prolo_dash.views.view import plain, strong_parts

VIEW = own.VIEW
TOPOL, RABAGO = "topol2011_asymptomatic_13w.dextrose", "rabago2013_womac_52w.dextrose"
GROUPS = ("prolo", "control", "none")
ROLES = {"prolo": "prolotherapy", "control": "injection_control", "none": "noninjection_control"}
TYPED = "What is typed in above"
SCORES = {"kind": "scores", "groups": "two", "spread": "sd"}


def show(**changed):
    return VIEW.render(library(), replace(VIEW.state(), **changed))


def counts(a, m, b, n, **more):
    typed = {"prolo_better": a, "prolo_of": m, "control_better": b, "control_of": n}
    return show(**({"groups": "two"} | {field: str(value) for field, value in typed.items()} | more))


def scores(one, zero, **more):
    """Two groups, each (mean gain, standard deviation, people)."""
    parts = ("mean", "spread", "n")
    typed = {
        f"{key}_{part}": str(v)
        for key, group in (("prolo", one), ("control", zero))
        for part, v in zip(parts, group, strict=True)
    }
    return show(**(SCORES | typed | more))


def values(text):
    return [float(n.replace("−", "-")) for n in re.findall(r"−?\d+(?:\.\d+)?", text)]


def cells(rendering):
    return {row.key: [cell.text for cell in row.cells] for row in rendering.table.rows}


def boxes(rendering):
    return {box.title: box.strong for box in rendering.chain}


def test_a_difference_that_chance_alone_may_explain_is_called_so():
    # 12 of 30 against 9 of 31, Newcombe by hand -12.4 to 32.9; 14 of 21 against 5 of 22: 14 to 64
    assert "holds zero" in counts(12, 30, 9, 31).sentence
    assert "holds zero" not in counts(14, 21, 5, 22).sentence
    assert "holds zero" in scores((5.0, 10.0, 20), (4.0, 10.0, 20)).sentence


def test_the_key_has_no_colour_that_the_split_has_not():
    assert len(counts(12, 30, 9, 31).key) == 2
    assert len(show().key) == 3


# The example is a trial that the page knows.


def printed(table, comparison):
    roles = {a["arm_id"]: a["role"] for a in table("arms") if a["study_id"] == comparison.split("_")[0]}
    return {roles[r["arm_id"]]: r for r in table("results") if r["outcome_id"] == comparison.split(".")[0]}


def test_the_fields_come_filled_with_the_printed_figures_of_two_trials(table):
    state, counted, scored = VIEW.state(), printed(table, TOPOL), printed(table, RABAGO)
    for key, role in ROLES.items():
        assert [getattr(state, f"{key}_{part}") for part in ("better", "of")] == [
            counted[role][c] for c in ("events", "n")
        ]
        typed = [float(getattr(state, f"{key}_{part}")) for part in ("mean", "spread", "n")]
        assert typed == [float(scored[role][c]) for c in ("mean", "se", "n")]


def test_the_example_is_told_with_the_numbers_of_the_built_in_trials():
    """14 of 21, 5 of 22 and 3 of 22 knees; a year of WOMAC gains of 15.32, 7.59 and 8.24 points."""
    said = plain(show().sentence)
    assert values(said) == [67, 100, 23, 14, 44, 14, 64]
    low, high = confint_proportions_2indep(14, 21, 5, 22, method="newcomb", compare="diff")
    assert [round(100 * x) for x in (14 / 21, 5 / 22, 3 / 22, 14 / 21 - 5 / 22, low, high)] == [67, 23, 14, 44, 14, 64]
    r = show(kind="scores")
    assert values(plain(r.sentence)) == [15.3, 7.6, 8.2, 7.7, -1.8, 17.2]
    assert "7.7 (−1.8 to 17.2)" in r.sentence
    assert cells(r)["prolo.minus"][1] == "7.7 (−1.8 to 17.2)"


@pytest.mark.parametrize(("key", "kind"), [(TOPOL, "counts"), (RABAGO, "scores")])
def test_replay_and_fragility_of_the_example_are_those_of_the_built_in_trials(key, kind):
    """The repeats have luck of their own; what is calculated is the same."""
    known = VIEW_BY_KEY["certainty_replay"]
    for truth in ("none", "half", "own"):
        there = known.render(library(), replace(known.state(), trial=key, truth=truth)).sentence
        here = show(kind=kind, show="replay", truth=truth).sentence
        power = [re.search(r"by calculation (\d+)", said)[1] for said in (there, here)]
        assert power[0] == power[1]
    assert "**3 more people**" in show(show="fragility").sentence
    assert "**no fragility index**" in show(kind="scores", show="fragility").sentence


# Numbers.


@pytest.mark.parametrize(
    ("a", "m", "b", "n"),
    [(12, 20, 8, 20), (30, 40, 10, 41), (5, 50, 15, 50), (20, 20, 11, 20), (1, 1, 0, 9), (0, 7, 3, 8)],
)
def test_counts_have_newcombes_and_wilsons_intervals_and_a_number_needed(a, m, b, n):
    r = counts(a, m, b, n)
    low, high = confint_proportions_2indep(a, m, b, n, method="newcomb", compare="diff")
    d = a / m - b / n
    shown = cells(r)
    assert values(shown["prolo.minus"][1]) == pytest.approx([100 * d, 100 * low, 100 * high], abs=0.501)
    for key, (x, total) in {"prolotherapy": (a, m), "injection_control": (b, n)}.items():
        limits = proportion_confint(x, total, method="wilson")
        assert values(shown[key][1]) == pytest.approx([100 * x / total, *(100 * v for v in limits)], abs=0.501)
    needed = boxes(r)["Number needed to treat"]
    assert needed.startswith(f"{'NNTB' if d > 0 else 'NNTH'} {math.ceil(round(1 / abs(d), 9))} (")
    if low * high < 0:  # no difference is possible: from one side through infinity to the other
        ends = (high, low) if d > 0 else (low, high)
        assert values(needed)[1:] == [math.floor(1 / abs(end)) for end in ends]
        assert "to infinity to" in needed
    else:
        near, far = sorted(1 / abs(end) for end in (low, high))
        assert values(needed)[1:] == [math.floor(near), math.ceil(far)]


@pytest.mark.parametrize(
    ("one", "zero"),
    [
        ((14.5, 10.2, 30), (9.5, 11, 30)),
        ((2, 3, 12), (5, 2, 40)),
        ((-4, 6, 8), (-9, 5, 9)),
        ((0.5, 1, 2), (0.25, 1, 2)),
    ],
)
def test_scores_have_welchs_interval_and_hedges_g(one, zero):
    r = scores(one, zero)
    (m1, s1, n1), (m0, s0, n0) = one, zero
    test = ttest_ind_from_stats(*one, *zero, equal_var=False)
    v = np.array([s1**2 / n1, s0**2 / n0])
    half = t.ppf(0.975, v.sum() ** 2 / (v**2 / [n1 - 1, n0 - 1]).sum()) * v.sum() ** 0.5
    d = m1 - m0
    assert test.statistic == pytest.approx(d / v.sum() ** 0.5)
    assert values(cells(r)["prolo.minus"][1]) == pytest.approx([d, d - half, d + half], abs=0.0501)
    df = n1 + n0 - 2
    g = d / ((s1**2 * (n1 - 1) + s0**2 * (n0 - 1)) / df) ** 0.5
    g *= math.gamma(df / 2) / math.gamma((df - 1) / 2) / (df / 2) ** 0.5  # Hedges 1981
    half = 1.959964 * (1 / n1 + 1 / n0 + g**2 / (2 * (n1 + n0))) ** 0.5
    assert g == pytest.approx(effectsize_smd(*one, *zero)[0], abs=0.01)  # which takes an approximate factor
    assert values(boxes(r)["Hedges g"]) == pytest.approx([g, g - half, g + half], abs=0.00501)
    errors = scores((m1, s1 / n1**0.5, n1), (m0, s0 / n0**0.5, n0), spread="se")
    assert values(cells(errors)["prolo.minus"][1]) == values(cells(r)["prolo.minus"][1])


def test_the_gain_is_the_sum_of_its_parts_and_the_share_one_divided_by_the_other():
    r = show()
    assert cells(r)["own.prolotherapy"][1] == "67 = 14 + 9 + 44"  # 3/22; 5/22 - 3/22; 14/21 - 5/22
    share, spread = (5 / 22) / (14 / 21), 1.959964 * (17 / (5 * 22) + 7 / (14 * 21)) ** 0.5  # Katz 1978
    expected = [100 * share * math.exp(step * spread) for step in (0, -1, 1)]
    assert values(boxes(r)["Contextual share"]) == pytest.approx(expected, abs=0.501)
    assert boxes(scores((-3, 2, 20), (-5, 2, 20)))["Contextual share"] == "undefined"
    assert boxes(counts(0, 20, 5, 20))["Contextual share"] == "undefined"


def test_fragility_is_found_by_trying():
    for a, m, b, n in ((18, 20, 6, 20), (3, 40, 15, 40), (30, 30, 0, 30), (5, 10, 5, 10)):
        low, size, high, other = (a, m, b, n) if a < b else (b, n, a, m)
        tried = (
            i for i in range(size) if fisher_exact([[low + i, size - low - i], [high, other - high]]).pvalue >= 0.05
        )
        index = next(tried)
        r = counts(a, m, b, n, show="fragility")
        where = "prolotherapy" if a < b else "the control injection"
        many = f"{index} more {'person' if index == 1 else 'people'}"
        assert (f"**{many}** were counted as better after {where}" if index else "**no fragility index**") in r.sentence


# Whatever is typed.

WHOLE = st.integers(1, 150)
# In hundredths of the spread.
GAINS = st.integers(-400, 400)
NAMES = st.text(st.characters(codec="utf-8"), min_size=1, max_size=60).filter(
    lambda text: text.isprintable() and text.strip(" *")
)


@st.composite
def states(draw):
    """Fields that can all be read."""
    typed = {"name": draw(NAMES), "measure": draw(NAMES), "weeks": draw(st.just("") | st.integers(1, 2000).map(str))}
    for key in GROUPS:
        of, n, spread = draw(WHOLE), draw(st.integers(2, 150)), draw(st.integers(1, 10_000)) / 100
        mean = f"{draw(GAINS) * spread / 100:.6f}"
        typed |= {f"{key}_name": draw(NAMES), f"{key}_of": str(of), f"{key}_better": str(draw(st.integers(0, of)))}
        typed |= {f"{key}_mean": mean, f"{key}_spread": str(spread), f"{key}_n": str(n)}
    chosen = {name: draw(st.sampled_from(values)) for name, values in (
        ("kind", ("counts", "scores")), ("groups", ("two", "three")), ("spread", ("sd", "se")),
        ("show", ("split", "replay", "fragility")), ("truth", ("none", "half", "own")),
    )}  # fmt: skip
    return own.OwnState(**typed, **chosen)


@settings(max_examples=150)
@given(state=states())
def test_whatever_can_be_read_is_told_to_the_end(state):
    r = VIEW.render(library(), state)
    assert r.problems == ()
    assert r.sentence.endswith(".")
    assert r.alt.endswith(".")
    assert all(box.text.endswith(".") for box in r.chain)
    json.dumps([r.figure.data, r.figure.layout], allow_nan=False)
    drawn = {i for trace in r.figure.data for i in trace["ids"]}
    assert drawn == set(cells(r))
    if state.show == "replay":
        assert sum(int(row[1]) for row in cells(r).values()) == 1000


@pytest.mark.parametrize("shown", ["split", "replay", "fragility"])
@pytest.mark.parametrize("typed", [(20, 20, 20, 20), (0, 20, 0, 20), (20, 20, 0, 20), (1, 1, 0, 1), (5, 10, 5, 10)])
def test_extreme_groups_of_counts_are_told(typed, shown):
    a, m, b, n = typed
    r = counts(*typed, show=shown)
    assert r.problems == ()
    if shown == "split":
        assert values(cells(r)["prolo.minus"][1])[0] == 100 * (a / m - b / n)
        assert (boxes(r)["Number needed to treat"] == "undefined") == (a / m == b / n)
    if shown == "replay":
        assert ("times" in plain(r.sentence)) == (a / m != b / n and "**0 of 1,000**" not in r.sentence)


# Names are text.


@pytest.mark.parametrize("shown", ["split", "replay", "fragility"])
def test_names_stand_there_as_they_were_typed(shown):
    r = show(name="<b>A</b> **B**", measure="<i>pain", prolo_name="**C** & <u>", show=shown)
    (first, *_) = strong_parts(r.sentence)
    assert first[0].startswith("<b>A</b> ∗∗B∗∗, time not stated, <i>pain")
    assert not first[1], "what stands between asterisks is not made strong"
    written = json.dumps([r.figure.data, r.figure.layout, r.figure.narrow], ensure_ascii=False)
    assert not re.search("<b>A|<i>pain|<u>", written)
    if shown == "split":
        assert cells(r)["prolotherapy"][0] == "∗∗C∗∗ & <u>"
        assert "&lt;u&gt;" in written


# Where the figures come from.


def test_the_trial_is_cited_while_its_figures_stand_and_else_what_is_typed(table):
    title = {s["source_id"]: s["title"] for s in table("sources")}
    for kind, source in (("counts", "topol2011"), ("scores", "rabago2013")):
        for shown in ("split", "replay"):
            (link,) = show(kind=kind, show=shown).sources
            assert title[source] in link.citation
            assert link.url.startswith("https://doi.org/")
    for changed in ({"prolo_better": "13"}, {"control_of": "23"}, {"kind": "scores", "control_mean": "7.6"},
                    {"kind": "scores", "spread": "sd"}, {"prolo_of": "x"}):  # fmt: skip
        (link,) = show(**changed).sources
        assert (link.citation, link.url) == (TYPED, None)
        assert "not checked" in link.note


# What can't be read, and files.


def test_each_field_that_cannot_be_read_is_told_in_a_sentence_beside_it():
    r = show(prolo_better="22", control_of="0", none_name=" ", weeks="soon")
    assert {field for field, _ in r.problems} == {"prolo_better", "control_of", "none_name", "weeks"}
    assert all(sentence.endswith(".") for _, sentence in r.problems)
    assert r.sentence.startswith("**4 fields** can't be read yet.")
    assert (r.table.rows, r.figure.data) == ((), ())
    assert show(groups="two", none_name="", none_of="x").problems == ()
    assert [f for f, _ in counts(1, MOST_PEOPLE + 1, 1, 2).problems] == ["prolo_of"]
    assert [f for f, _ in scores((1, 0, 20), (1, 1, 1)).problems] == ["prolo_spread", "control_n"]


def test_every_trial_of_the_sample_file_can_be_shown():
    loaded, problems = VIEW.loader.read(VIEW.loader.sample)
    assert problems == ()
    (counted, first), (scored, second) = loaded
    assert (counted, scored) == ("Sample with counts: no pain, 12 weeks", "Sample with scores: pain score, 26 weeks")
    assert plain(VIEW.render(library(), first).sentence).startswith("Sample with counts, 3 months, no pain: 60 of 100")
    assert VIEW.render(library(), second).sources[0].citation == TYPED
    assert (first.groups, second.groups, second.spread) == ("three", "two", "sd")
    assert values(cells(VIEW.render(library(), second))["prolo.minus"][1])[0] == 5.0  # 14.5 - 9.5


def test_rows_that_are_wrong_are_named_and_the_trials_that_are_right_are_kept():
    rows = [
        ",".join(COLUMNS),
        "A,m,,prolotherapy,,3,9,,,,",
        "A,m,,control,,1,9,,,,",
        "B,m,,prolotherapy,,9,3,,,,",
        "B,m,,control,,1,3,,,,",
    ]
    ((name, state),), (problem,) = VIEW.loader.read("\n".join(rows))
    assert name == "A: m"
    assert values(cells(VIEW.render(library(), state))["prolo.minus"][1])[0] == 22  # 3/9 - 1/9
    assert problem.startswith("Row 4, column better: ")
    assert VIEW.loader.read("") == ((), ("The file is empty. Download the sample to see the columns.",))
