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

from prolo_dash.chapters.own_trial.facts import OwnState
from prolo_dash.chapters.own_trial.view import VIEW
from prolo_dash.chapters.registry import VIEW_BY_KEY
from prolo_dash.evidence.library import library
from prolo_dash.evidence.own import MOST_PEOPLE, MOST_REPLAYED, UNITS
from prolo_dash.evidence.own_csv import COLUMNS
from prolo_dash.kit import plotly
from prolo_dash.kit.controls import from_params
from prolo_dash.kit.view import plain, strong_parts
from prolo_dash.render.html import payload

TOPOL, RABAGO = "topol2011_asymptomatic_13w.dextrose", "rabago2013_womac_52w.dextrose"
GROUPS = ("prolo", "control", "none")
ROLES = {"prolo": "intervention", "control": "control", "none": "untreated"}
TYPED = "What is typed in above"
SCORES = {"kind": "scores", "groups": "two", "spread_is": "sd"}


def show(**changed):
    return VIEW.render(library(), replace(VIEW.default_state(library()), **changed))


def counts(a, m, b, n, **more):
    typed = {"prolo_better": a, "prolo_of": m, "control_better": b, "control_of": n}
    return show(**({"groups": "two"} | {field: str(value) for field, value in typed.items()} | more))


def scores(one, zero, **more):
    """Two groups, each (mean gain, standard deviation, people)."""
    parts = ("mean", "sd_or_se", "n")
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


def told(rendering):
    """All words with figures in them."""
    return " ".join([rendering.sentence, rendering.alt, *(text for row in cells(rendering).values() for text in row)])


@pytest.mark.parametrize("show", ["split", "replay"])
@pytest.mark.parametrize("scores_are", ["changes", "final"])
@pytest.mark.parametrize(
    ("one", "zero"),
    [
        ((5.0000001, 1, 20), (5, 1, 20)),
        ((0.000005, 1, 20), (0, 1, 20)),
        ((0.1, 1, 20), (0.1000001, 1, 20)),
        ((0.000001, 0.000001, 20), (0, 0.000001, 20)),
    ],
)
def test_the_smallest_figures_are_told_in_plain_digits(one, zero, show, scores_are):
    said = told(scores(one, zero, show=show, scores_are=scores_are))
    assert not re.search(r"\dE", said)
    assert re.search(r"0\.0000\d", said)


def test_the_ends_of_a_narrow_interval_are_told_apart():
    a, m, b, n = 8, 18198, 162, 18325
    low, high = confint_proportions_2indep(a, m, b, n, method="newcomb", compare="diff")
    value, first, last = values(cells(counts(a, m, b, n))["prolo.minus"][1])
    assert first < last
    assert (value, first, last) == pytest.approx([100 * (a / m - b / n), 100 * low, 100 * high], abs=0.05)

    # Welch: 5 plus or minus t x sqrt(0.01 / 100 + 0.01 / 100)
    margin = t.ppf(0.975, 198) * (2 * 0.1**2 / 100) ** 0.5
    found = values(cells(scores((50, 0.1, 100), (45, 0.1, 100)))["prolo.minus"][1])
    assert found == pytest.approx([5, 5 - margin, 5 + margin], abs=0.005)


def test_nearly_all_are_not_called_all():
    assert "**99.5** of 100" in counts(200, 201, 1, 2).sentence  # 200 / 201 = 0.995
    almost = counts(19999, 20000, 20000, 20000)  # 0.99995
    assert "**99.995** of 100" in almost.sentence
    assert "**100** after the control injection" in almost.sentence


@pytest.mark.parametrize(
    "played",
    [
        counts(500, 1000, 450, 1000, show="replay"),
        scores((50, 0.5, 200), (45, 0.5, 200), show="replay"),
        counts(12, 30, 9, 31, show="replay"),
    ],
)
def test_the_rows_of_a_replay_are_told_apart(played):
    ranges = [values(row[0]) for row in cells(played).values()]
    assert all(low < high for low, high in ranges)
    assert len({low for low, _ in ranges}) == len(ranges)
    tallest = max(cells(played).values(), key=lambda row: int(row[1]))[0]
    assert f"lies between {tallest.replace(' to ', ' and ')}." in played.alt


@pytest.mark.parametrize(("n", "squares"), [(500, True), (501, False)])
def test_what_is_said_of_the_squares_is_what_is_drawn(n, squares):
    said = counts(300, n, 200, n, show="fragility").alt
    assert ("A square stands for each counted" in said) == squares
    assert ("One bar stands for all of a group" in said) != squares


@pytest.mark.parametrize("kind", ["counts", "scores"])
def test_figures_of_another_unit_are_not_those_of_the_example(kind):
    other = show(kind=kind, unit="elbow")
    assert [link.citation for link in other.sources] == [TYPED]
    assert other.listed == ()


def test_the_key_has_no_colour_that_the_split_has_not():
    assert len(counts(12, 30, 9, 31).key) == 2
    assert len(show().key) == 3


# The example is a trial that the page knows.


def printed(table, comparison):
    roles = {a["arm_id"]: a["role"] for a in table("arms") if a["study_id"] == comparison.split("_")[0]}
    return {roles[r["arm_id"]]: r for r in table("results") if r["outcome_id"] == comparison.split(".")[0]}


def test_the_fields_come_filled_with_the_printed_figures_of_two_trials(table):
    state, counted, scored = VIEW.default_state(library()), printed(table, TOPOL), printed(table, RABAGO)
    for key, role in ROLES.items():
        assert [getattr(state, f"{key}_{part}") for part in ("better", "of")] == [
            counted[role][c] for c in ("events", "n")
        ]
        mean, sd, n = [float(getattr(state, f"{key}_{part}")) for part in ("mean", "sd_or_se", "n")]
        assert (mean, n) == (float(scored[role]["mean"]), float(scored[role]["n"]))
        assert sd == round(float(scored[role]["se"]) * n**0.5, 2)


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
        there = known.render(library(), replace(known.default_state(library()), trial=key, truth=truth)).sentence
        here = show(kind=kind, show="replay", truth=truth).sentence
        power = [re.search(r"by calculation (\d+)", said)[1] for said in (there, here)]
        assert power[0] == power[1]
    assert "**3 more knees**" in show(show="fragility").sentence
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
    for key, (x, total) in {"intervention": (a, m), "control": (b, n)}.items():
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
    errors = scores((m1, s1 / n1**0.5, n1), (m0, s0 / n0**0.5, n0), spread_is="se")
    assert values(cells(errors)["prolo.minus"][1]) == values(cells(r)["prolo.minus"][1])


def test_the_gain_is_the_sum_of_its_parts_and_the_share_one_divided_by_the_other():
    r = show()
    assert cells(r)["own.intervention"][1] == "67 = 14 + 9 + 44"  # 3/22; 5/22 - 3/22; 14/21 - 5/22
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
        typed |= {f"{key}_mean": mean, f"{key}_sd_or_se": str(spread), f"{key}_n": str(n)}
    chosen = {name: draw(st.sampled_from(values)) for name, values in (
        ("kind", ("counts", "scores")), ("groups", ("two", "three")), ("spread_is", ("sd", "se")),
        ("better_is", ("higher", "lower")), ("scores_are", ("changes", "final")), ("unit", tuple(UNITS)),
        ("show", ("split", "replay", "fragility")), ("truth", ("none", "half", "own")),
    )}  # fmt: skip
    return OwnState(**typed, **chosen)


@settings(max_examples=150)
@given(state=states())
def test_whatever_can_be_read_is_told_to_the_end(state):
    r = VIEW.render(library(), state)
    assert r.problems == ()
    assert r.sentence.endswith(".")
    assert r.alt.endswith(".")
    assert all(box.text.endswith(".") for box in r.chain)
    json.dumps(plotly.still(r.chart), allow_nan=False)
    drawn = {i for trace in plotly.figure(r.chart).data for i in trace["ids"]}
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


# What figures mean.

PAIN = {"prolo": (-30, 10, 25), "control": (-15, 12, 24)}


def remarks(rendering):
    told = [box.text for box in rendering.listed] if rendering.listed_title == "Remarks on these figures" else []
    assert rendering.sentence.endswith(("", " See the remark below.", " See the remarks below.")[min(len(told), 2)])
    assert ("See the remark" in rendering.sentence) == rendering.listed_open == bool(told)
    return told


def test_a_fall_is_a_gain_where_lower_is_better():
    r = scores(*PAIN.values(), better_is="lower", measure="pain")
    assert "pain (changes, lower is better): **30.0** points gained after prolotherapy, **15.0** after" in r.sentence
    expected = ttest_ind_from_stats(*PAIN["control"], *PAIN["prolo"], equal_var=False)
    assert values(cells(r)["prolo.minus"][1])[0] == 15
    assert boxes(r)["p-value"] == "below 0.001"
    assert expected.pvalue < 0.001
    assert boxes(r)["Contextual share"].startswith("50 (")
    assert remarks(r) == []


def test_where_every_group_got_worse_the_reader_is_asked_about_the_direction():
    (told,) = remarks(scores(*PAIN.values()))
    assert told.startswith("All changes are negative. With “higher is better” that means that every group got worse.")
    (told,) = remarks(scores((30, 10, 25), (15, 12, 24), better_is="lower"))
    assert told.startswith("All changes are positive.")
    assert remarks(scores((-30, 20, 25), (15, 22, 24))) == []
    assert "The prolotherapy group got worse" in next(
        box.text for box in scores(*PAIN.values()).chain if box.title == "Contextual share"
    )


@pytest.mark.parametrize(("better", "sign"), [("lower", 1), ("higher", -1)])
def test_final_scores_are_compared_and_never_told_as_gains(better, sign):
    one, zero = (25, 20, 30), (40, 21, 28)
    r = scores(one, zero, better_is=better, scores_are="final")
    assert f"(final scores, {better} is better): **25.0** points after prolotherapy, **40.0** after the" in r.sentence
    assert "gained" not in r.sentence
    assert "Contextual share" not in boxes(r)
    test = ttest_ind_from_stats(*one, *zero, equal_var=False)
    assert boxes(r)["p-value"] == f"{test.pvalue:.3f}"
    assert values(cells(r)["prolo.control"][1])[0] == sign * 15
    for key, (mean, sd, n) in {"intervention": one, "control": zero}.items():
        half = t.ppf(0.975, n - 1) * sd / n**0.5
        assert values(cells(r)[key][1]) == pytest.approx([mean, mean - half, mean + half], abs=0.0501)
    assert show(**SCORES, scores_are="final", show="replay").sentence.endswith(".")


@pytest.mark.parametrize(("unit", "many"), UNITS.items())
def test_what_is_counted_is_called_by_its_name_in_every_view(unit, many):
    said = {shown: counts(18, 20, 6, 20, unit=unit, show=shown) for shown in ("split", "replay", "fragility")}
    assert f"**90** of 100 {many} were better" in said["split"].sentence
    assert f"per 100 {many}" in str(said["split"].chart)
    assert f"per 100 {many})" in said["replay"].sentence
    assert f"more {many}**" in said["fragility"].sentence
    assert f"40 {many}" in str(said["split"].chart)


def test_the_example_counts_knees_and_what_is_typed_in_its_place_people():
    assert "**67** of 100 knees" in show().sentence
    assert "65 knees" in str(show().chart)
    assert any("65 knees of 54" in box.text for box in show().listed)
    assert "**71** of 100 people" in show(prolo_better="15").sentence
    assert "people" not in show(kind="scores").sentence


@pytest.mark.parametrize(
    ("a", "m", "b", "n", "but"),
    [(14, 17, 7, 15, "leaves out zero"), (18, 85, 31, 89, "leaves out zero"), (14, 21, 5, 22, ""), (12, 30, 9, 31, "")],
)
def test_a_test_is_named_with_its_p_and_where_the_interval_says_otherwise_that_is_told(a, m, b, n, but):
    p = fisher_exact([[a, m - a], [b, n - b]]).pvalue
    low, high = confint_proportions_2indep(a, m, b, n, method="newcomb", compare="diff")
    assert bool(but) == ((low * high > 0) != (p < 0.05))
    split, fragile = counts(a, m, b, n), counts(a, m, b, n, show="fragility")
    (box,) = [box for box in split.chain if box.title == "p-value"]
    assert values(box.strong)[0] == pytest.approx(p, abs=0.006)
    for said in (box.text, fragile.sentence):
        assert "Fisher's exact test" in said
        assert ("near the border the two can differ" in said) == bool(but)
        assert but in said
    assert f"p = {box.strong})" in fragile.sentence


# Odd figures.


def test_a_share_far_above_the_whole_is_told_with_its_interval():
    r = counts(1, 50, 20, 50)
    spread = 1.959964 * (1 - 1 / 50 + 1 / 20 - 1 / 50) ** 0.5  # Katz 1978
    expected = [100 * 20 * math.exp(step * spread) for step in (0, -1, 1)]
    text = boxes(r)["Contextual share"].replace(",", "")
    assert values(text) == pytest.approx(expected, abs=0.501)


@pytest.mark.parametrize(
    ("typed", "why"), [((12, 20, 0, 20), "Nobody in the control"), ((9, 9, 7, 7), "Everybody was")]
)
def test_a_share_without_an_interval_says_why(typed, why):
    (box,) = [box for box in counts(*typed).chain if box.title == "Contextual share"]
    assert "(" not in box.strong
    assert why in box.text
    (box,) = [box for box in scores((5, 10, 30), (-2, 10, 30)).chain if box.title == "Contextual share"]
    assert box.strong == "−40%"
    assert "The control group had no gain" in box.text


def test_a_spread_that_looks_like_a_slip_is_remarked_on():
    # Standard errors of Rabago 2013 read as deviations: (15.32 - 2) / 2.0, about 6.66 of them apart.
    assert "6.6 standard deviations apart" in remarks(scores((15.32, 2.0, 26), (2.0, 2.0, 25)))[0]
    # Deviations read as errors: 16.93 sqrt(26) = 86.33, more than five times 15.32.
    (told,) = remarks(scores((15.32, 16.93, 26), (7.59, 16.8, 25), spread_is="se"))
    assert "the largest standard deviation is 86.33" in told
    (told,) = remarks(scores((5, 10, 30), (4, 1.8, 30)))
    assert "One group’s spread is 5.6 times another’s." in told
    assert remarks(scores((14.5, 10.2, 30), (9.5, 11, 30))) == []


def test_final_scores_and_third_groups_have_remarks_too():
    # 20 x sqrt(30) = 109.54 and 21 x sqrt(30) = 115.02, against means of 25 and 40
    final = {"scores_are": "final", "better_is": "lower"}
    (told,) = remarks(scores((25, 20, 30), (40, 21, 30), spread_is="se", **final))
    assert "115.02: more than 2 times" in told
    assert remarks(scores((25, 3.6, 30), (40, 3.8, 30), spread_is="se", **final)) == []
    # (5 + 50) / 2 = 27.5 standard deviations; Hedges' correction for 58 degrees of freedom: 1 - 3 / 231 = 0.987
    third = {"groups": "three", "none_mean": "-50", "none_sd_or_se": "2", "none_n": "30"}
    (told,) = remarks(scores((5, 2, 30), (4, 2, 30), **third))
    assert "27.1 standard deviations apart" in told


def test_a_replay_of_scores_where_lower_is_better_says_that_they_are_turned():
    for scores_are in ("changes", "final"):
        played = scores((25, 20, 30), (40, 21, 30), show="replay", scores_are=scores_are, better_is="lower")
        assert "+7.5 points" in played.sentence
        assert "turned so that above zero means better after prolotherapy" in played.sentence
    assert "turned" not in scores((40, 20, 30), (25, 21, 30), show="replay").sentence
    assert remarks(show(kind="scores")) == []


@pytest.mark.parametrize(
    ("mean", "written"), [("12345.678", "12345.678"), ("0.00001", "0.00001"), ("1e-05", "0.00001")]
)
def test_figures_stay_as_they_were_typed(mean, written):
    r = scores((mean, "4000.125", 30), ("0.5", "4000", 30))
    assert f"{written} (SD 4000.125)" in cells(r)["intervention"][2]
    rows = (f"A,m,,prolotherapy,,,,{mean},4000.125,,30", "A,m,,control,,,,0.5,4000,,30")
    ((_, state),), problems = VIEW.loader.read(library(), "\n".join([",".join(COLUMNS), *rows]))
    assert problems == ()
    assert (state.prolo_mean, state.prolo_sd_or_se) == (written, "4000.125")
    assert VIEW.render(library(), state).problems == ()


def test_what_is_small_is_drawn_where_it_is():
    typed = {
        "prolo_mean": "0.00004",
        "control_mean": "0.00002",
        "prolo_sd_or_se": "0.0001",
        "control_sd_or_se": "0.0001",
    }
    figure = payload(library(), VIEW, replace(VIEW.default_state(library()), **SCORES, **typed)).figure
    assert [trace["x"] for trace in figure["data"] if trace["type"] == "bar"] == [[2e-05], [2e-05]]


# Large groups.


def test_groups_too_large_to_be_replayed_have_everything_else():
    large = (8, 18198, 162, 18325)
    r = counts(*large)
    low, high = confint_proportions_2indep(*large, method="newcomb", compare="diff")
    assert values(cells(r)["prolo.minus"][1]) == pytest.approx(
        [100 * (8 / 18198 - 162 / 18325), 100 * low, 100 * high], abs=0.501
    )
    assert "**0.04** of 100 people" in r.sentence
    told = counts(*large, show="replay")
    assert told.sentence.startswith("**Over 1,000** in a group are too many")
    assert not told.problems
    fragile = counts(*large, show="fragility")
    assert "more people** were counted as better after prolotherapy" in fragile.sentence
    assert sum(len(trace["x"]) for trace in plotly.figure(fragile.chart).data) < 100, "bars, not 36,000 squares"
    assert counts(8, MOST_REPLAYED, 9, MOST_REPLAYED, show="replay").table.rows
    assert scores((5, 10, 18198), (4, 10, 18325), show="replay").table.rows


# Old links.


def test_an_old_link_means_what_it_meant():
    old = {"kind": "scores", "groups": "two", "prolo_mean": "5", "prolo_spread": "2", "control_spread": "3"}
    state, problems = from_params(OwnState, library(), old)
    assert problems == ()
    assert (state.spread_is, state.prolo_sd_or_se, state.control_sd_or_se) == ("se", "2", "3")
    assert state.none_sd_or_se == "3.33", "the standard error that stood there then"
    assert (state.better_is, state.scores_are, state.unit) == ("higher", "changes", "person")
    # A page fills in today's settings before it asks.
    merged = {name: str(value) for name, value in vars(VIEW.default_state(library())).items()} | old
    assert from_params(OwnState, library(), merged)[0] == state
    assert from_params(OwnState, library(), old | {"spread": "sd"})[0] == replace(state, spread_is="sd")


# Names are text.


@pytest.mark.parametrize("shown", ["split", "replay", "fragility"])
def test_names_stand_there_as_they_were_typed(shown):
    r = show(name="<b>A</b> **B**", measure="<i>pain", prolo_name="**C** & <u>", show=shown)
    (first, *_) = strong_parts(r.sentence)
    assert first[0].startswith("<b>A</b> ∗∗B∗∗, time not stated, <i>pain")
    assert not first[1], "what stands between asterisks is not made strong"
    written = json.dumps([plotly.still(r.chart), plotly.figure(r.chart).narrow], ensure_ascii=False)
    assert not re.search("<b>A|<i>pain|<u>", written)
    if shown == "split":
        assert cells(r)["intervention"][0] == "∗∗C∗∗ & <u>"
        assert "&lt;u&gt;" in written


def test_a_family_is_never_cut_where_a_label_is_broken():
    family = "👨\u200d👩\u200d👧\u200d👦"
    r = show(prolo_name=family * 25, measure=family * 25)
    texts = " ".join(label["text"] for label in plotly.still(r.chart)["layout"]["annotations"])
    lines = [line for line in re.split(r"<[^>]*>|[^\u200d\U0001f466-\U0001f469]+", texts) if line]
    assert len(lines) > 2
    assert {line.replace(family, "") for line in lines} == {""}
    assert from_params(OwnState, library(), {"name": family * 60})[1] == (), "the longest name fits a link"


# Where the figures come from.


def test_the_trial_is_cited_while_its_figures_stand_and_else_what_is_typed(table):
    title = {s["source_id"]: s["title"] for s in table("sources")}
    for kind, source in (("counts", "topol2011"), ("scores", "rabago2013")):
        for shown in ("split", "replay"):
            (link,) = show(kind=kind, show=shown).sources
            assert title[source] in link.citation
            assert link.url.startswith("https://doi.org/")
    for changed in ({"prolo_better": "13"}, {"control_of": "23"}, {"kind": "scores", "control_mean": "7.6"},
                    {"kind": "scores", "better_is": "lower"}, {"kind": "scores", "spread_is": "se"},
                    {"prolo_of": "x"}):  # fmt: skip
        (link,) = show(**changed).sources
        assert (link.citation, link.url) == (TYPED, None)
        assert "not checked" in link.note


# What can't be read, and files.


def test_each_field_that_cannot_be_read_is_told_in_a_sentence_beside_it():
    r = show(prolo_better="22", control_of="0", none_name=" ", weeks="soon")
    assert {field for field, _ in r.problems} == {"prolo_better", "control_of", "none_name", "weeks"}
    assert all(sentence.endswith(".") for _, sentence in r.problems)
    assert r.sentence.startswith("**4 fields** can't be read yet.")
    assert r.table.rows == ()
    assert r.chart.is_empty
    assert show(groups="two", none_name="", none_of="x").problems == ()
    assert [f for f, _ in counts(1, MOST_PEOPLE + 1, 1, 2).problems] == ["prolo_of"]
    assert [f for f, _ in scores((1, 0, 20), (1, 1, 1)).problems] == ["prolo_sd_or_se", "control_n"]


def test_every_trial_of_the_sample_file_can_be_shown():
    loaded, problems = VIEW.loader.read(library(), VIEW.worded(library().topic).loader.sample)
    assert problems == ()
    (counted, first), (scored, second) = loaded
    assert (counted, scored) == ("Sample with counts: no pain, 12 weeks", "Sample with scores: pain score, 26 weeks")
    assert plain(VIEW.render(library(), first).sentence).startswith("Sample with counts, 3 months, no pain: 60 of 100")
    assert VIEW.render(library(), second).sources[0].citation == TYPED
    assert (first.groups, second.groups, second.spread_is) == ("three", "two", "sd")
    assert values(cells(VIEW.render(library(), second))["prolo.minus"][1])[0] == 5.0  # 14.5 - 9.5


def test_rows_that_are_wrong_are_named_and_the_trials_that_are_right_are_kept():
    rows = [
        ",".join(COLUMNS),
        "A,m,,prolotherapy,,3,9,,,,",
        "A,m,,control,,1,9,,,,",
        "B,m,,prolotherapy,,9,3,,,,",
        "B,m,,control,,1,3,,,,",
    ]
    ((name, state),), (problem,) = VIEW.loader.read(library(), "\n".join(rows))
    assert name == "A: m"
    assert values(cells(VIEW.render(library(), state))["prolo.minus"][1])[0] == 22  # 3/9 - 1/9
    assert problem.startswith("Row 4, column better: ")
    assert VIEW.loader.read(library(), "") == ((), ("The file is empty. Download the sample to see the columns.",))
