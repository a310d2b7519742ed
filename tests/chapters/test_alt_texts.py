"""Text alternatives say what was found. Numbers are of the papers, or counted in the files of the frozen evidence."""

from collections import Counter
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
from scipy.stats import fisher_exact

from prolo_dash.chapters.registry import VIEW_BY_KEY
from prolo_dash.evidence.library import library
from prolo_dash.kit.view import plain

FROZEN = library(Path(__file__).parents[1] / "frozen")
OSGOOD = ("osgood_schlatter",)
# Topol 2011, knees without any pain in sport and in sport as usual, after 3 months and a year: events and number.
PROLO = ((21, 21), (14, 21), (32, 38), (38, 38))
CONTROL = ((20, 22), (5, 22), (6, 13), (12, 13))


@cache
def shown(key, **changed):
    view = VIEW_BY_KEY[key]
    return view.render(FROZEN, view.normalise(replace(view.default_state(FROZEN), **changed)))


def alt(key, **changed):
    return shown(key, **changed).alt


def percents(groups):
    return [round(100 * events / n) for events, n in groups]


def test_the_gain_and_the_caveat_say_the_range_of_all_rows_and_that_chance_did_not_make_the_groups():
    found = percents(PROLO)
    said = alt("gain", conditions=OSGOOD)
    assert f"{min(found)} to {max(found)} of 100 were counted as better after prolotherapy" in said
    assert "In 2 rows the groups are not as randomised" in said
    both = alt("gain", conditions=OSGOOD, show="groups")
    assert f"{min(percents(CONTROL))} to {max(percents(CONTROL))} after the control injection" in both
    shares = percents([(a * n, b * m) for (b, n), (a, m) in zip(PROLO, CONTROL, strict=True)])
    assert f"{min(shares)} to {max(shares)} were better after the control injection" in alt("caveat", conditions=OSGOOD)
    assert f"gained {min(shares)}% to {max(shares)}% of the whole gain" in alt("caveat_share", conditions=OSGOOD)


def test_the_share_says_the_span_of_the_averages_that_are_drawn(frozen_table):
    averages = [
        float(b["estimate"]) for b in frozen_table("benchmarks") if b["measure"] == "proportion_contextual_effect"
    ]
    span = f"from {round(100 * min(averages))}% to {round(100 * max(averages))}%"
    assert span in alt("caveat_share", benchmarks="all")


def test_fragility_says_how_many_would_have_to_change():
    index = next(more for more in range(23) if fisher_exact([[14, 7], [5 + more, 17 - more]]).pvalue >= 0.05)
    said = alt("certainty_fragility", trial="topol2011_asymptomatic_13w.dextrose")
    assert "14 of 21 after prolotherapy and 5 of 22 after the control injection" in said
    assert f"If {index} more knees were counted as better" in said


def test_replay_says_how_many_repeats_are_significant_and_how_far_they_spread():
    r = shown("certainty_replay")
    rows = [[cell.text.replace("−", "-") for cell in row.cells] for row in r.table.rows]
    assert f"{sum(int(significant) for *_, significant in rows)} of 1,000 repeats" in r.alt.replace("−", "-")
    tallest = max(rows, key=lambda row: int(row[1]))
    assert f"The tallest, of {tallest[1]}, lies between {tallest[0].replace(' to ', ' and ')}" in r.alt.replace(
        "−", "-"
    )


def test_harms_say_who_tells_of_how_many_effects(frozen_table):
    most = max(
        (h for h in frozen_table("harms") if h["study_id"] == "dagenais2006" and "nerve" in h["harm_id"]),
        key=lambda h: int(h["events"] or 0),
    )
    said = alt("risks_harms")
    columns = list(zip(*(row.cells for row in shown("risks_harms").table.rows), strict=True))
    _, *told = (sum(not cell.text.startswith("not reported") for cell in column) for column in columns)
    assert f"trials tell of {told[0]}, a survey of practitioners of {told[1]}, and other pages of {told[2]}" in said
    assert f"nerve damage: {most['events']}" in said


def test_choices_lead_with_counts_of_sides(frozen_table):
    payers = [p for p in frozen_table("positions") if p["position"] in ("allows", "does_not_recommend")]
    bodies = [p for p in frozen_table("positions") if p not in payers]
    silent = sum(p["position"] == "no_statement" for p in bodies)
    unpaid = sum(p["position"] != "allows" for p in payers)
    said = alt("risks_choices")
    assert said.startswith(f"{len(bodies)} bodies. Weakly against: 1; ")
    assert f"no side, or silent: {silent}" in said
    assert f"{unpaid} of {len(payers)} payers do not pay" in said


def test_size_and_time_say_what_the_trials_were_compared_with(frozen_table):
    roles = {(arm["study_id"], arm["role"]) for arm in frozen_table("arms")}
    drawn = [
        s["study_id"]
        for s in frozen_table("studies")
        if (s["n_analysed"] or s["n_randomised"]) and s["longest_followup_weeks"]
    ]
    against = Counter(
        next((r for r in ("control", "untreated", "other") if (key, r) in roles), "none") for key in drawn
    )
    said = alt("certainty")
    assert said.startswith(f"{len(drawn)} marks")
    for words, role in (
        ("gainst control injection", "control"),
        ("against no injection (exercise, usual care or waiting)", "untreated"),
        ("against other treatment", "other"),
        ("no comparison group", "none"),
    ):
        assert f"{words}: {against[role]}" in said


def test_reviews_and_later_trials_lead_with_counts(frozen_table):
    osteoarthritis = {
        c["condition_id"] for c in frozen_table("conditions") if "osteoarthritis" in (c["condition_id"], c["group_id"])
    }
    own = [r for r in frozen_table("reviews") if osteoarthritis & set(r["conditions"].split(";"))]
    better = sum(r["finding"] == "favours_intervention" for r in own)
    said = alt("certainty_reviews", condition="osteoarthritis")
    assert f"with {len(own)} results. Found by these: {better} better after prolotherapy" in said
    assert alt("certainty_later", condition="osgood_schlatter").startswith(
        "3 trials on Osgood-Schlatter: 2 better than the control injection and 1 no clear difference."
    )


@pytest.mark.parametrize("key", VIEW_BY_KEY)
def test_none_is_longer_than_a_reader_can_hold_in_mind(key, shown):
    longest = max((one.rendering.alt for one in shown(key)), key=len)
    assert len(longest) <= 400, longest
    assert "**" not in longest
    assert plain(longest) == longest
