"""Risks, cost and choices: figures read from the CSV files here, beside what the four views say of them."""

import re
from dataclasses import replace
from functools import cache
from pathlib import Path

import plotly.graph_objects as go
import pytest

from prolo_dash.chapters.risks import choices, costs, harm_effects, reported_harms
from prolo_dash.evidence.library import library
from prolo_dash.evidence.prices import article_price
from prolo_dash.kit import plotly
from prolo_dash.kit.icon_array import Group, IconArray
from prolo_dash.kit.view import plain

VIEWS = {m.VIEW.key: m.VIEW for m in (reported_harms, harm_effects, costs, choices)}
STATES = {"risks_harms": 3, "risks_cost": 10 * 8 * 2, "risks_choices": 4}
BANNED = re.compile(
    r"because of|thanks to|due to|caused by|placebo effect|\bworks?\b|\bprove[sdn]?\b|\beffective\b|\bcure[sd]?\b|"
    r"\bshould\b|\bmust\b|!|prolotherapy (?:made|helped|relieved|reduced|healed|improved)",
    re.IGNORECASE,
)
DEFAULT = "topol2011_asymptomatic_13w.dextrose"
SURVEY = "dagenais2006"

FROZEN = library(Path(__file__).parents[2] / "frozen")

each_view = pytest.mark.parametrize("key", tuple(VIEWS))


@cache
def rendered(key):
    return {state: VIEWS[key].render(library(), state) for state in VIEWS[key].states(library())}


def show(key, **changed):
    return rendered(key)[replace(VIEWS[key].default_state(library()), **changed)]


def show_frozen(key, **changed):
    return VIEWS[key].render(FROZEN, replace(VIEWS[key].default_state(FROZEN), **changed))


def cells(rendering, row_key):
    (row,) = [row for row in rendering.table.rows if row.key == row_key]
    return [cell.text for cell in row.cells]


def usd(amount):
    return f"{amount:,} USD"


# Every state.


@each_view
def test_every_state_says_something_and_shows_where_it_is_from(key):
    for state, r in rendered(key).items():
        assert r.sentence.endswith("."), state
        assert r.alt.endswith("."), state
        assert r.how_to_read
        assert r.sources
        assert all(source.url or source.note for source in r.sources)
        assert all(len(row.cells) == len(r.table.columns) for row in r.table.rows)
        assert not r.listed or r.listed_title


@each_view
def test_states_are_few(key):
    assert len(rendered(key)) == STATES.get(key, len(reported_harms.counted(library())))
    assert len(rendered(key)) < 200


@each_view
def test_chart_and_table_have_the_same_rows(key):
    for state, r in rendered(key).items():
        drawn = {i for trace in plotly.figure(r.chart).data for i in trace["ids"]}
        keys = [row.key for row in r.table.rows]
        assert len(set(keys)) == len(keys)
        assert drawn == set(keys), state
        assert bool(keys) == (getattr(state, "topic", "") != "ask")


@each_view
def test_within_a_trace_of_marks_or_bars_an_id_is_drawn_once(key):
    """Plotly joins marks by their id: a second one with the same id would not be drawn."""
    for r in rendered(key).values():
        for trace in plotly.figure(r.chart).data:
            if trace.get("mode") != "lines":
                assert len(set(trace["ids"])) == len(trace["ids"])


@each_view
def test_figures_are_valid_for_plotly_wide_and_narrow(key):
    for r in list(rendered(key).values())[::17]:
        f = plotly.figure(r.chart)
        assert len(go.Figure(data=list(f.data), layout=f.layout).data) == len(f.data)
        labels = zip(f.layout.get("annotations", ()), f.narrow.get("annotations", ()), strict=True)
        narrow = [trace | change for trace, change in zip(f.data, f.narrow_data, strict=True)]
        go.Figure(data=narrow, layout=f.layout | f.narrow | {"annotations": [a | b for a, b in labels]})


@each_view
def test_no_cause_no_verdict_no_advice(key):
    for r in rendered(key).values():
        listed = [part for box in r.listed for part in (box.title, box.strong, box.text)]
        for text in (r.sentence, r.alt, r.listed_title, *r.how_to_read, *listed):
            assert not BANNED.search(text), text
    assert not BANNED.search(f"{VIEWS[key].question} {VIEWS[key].for_class}")


# 100 squares.


def test_the_first_trial_is_read_out_with_those_who_were_not_better(frozen_table):
    printed = {
        r["arm_id"]: (int(r["events"]), int(r["n"]))
        for r in frozen_table("results")
        if r["outcome_id"] == "topol2011_asymptomatic_13w"
    }
    assert printed == {"dextrose": (14, 21), "lidocaine": (5, 22), "usual_care": (3, 22)}
    r = show_frozen("risks")
    assert VIEWS["risks"].default_state(library()).trial == DEFAULT
    said = plain(r.sentence)
    assert "of 100 knees, 67 were counted as better and 33 were not after prolotherapy" in said
    assert "After the control injection 23 were and 77 were not; with no injection 14 were and 86 were not." in said
    assert [row.cells[3].text for row in r.table.rows] == ["14 of 21", "5 of 22", "3 of 22"]


def squares(trace):
    assert trace["x"].count(None) * 6 == len(trace["x"])
    return {tuple(map(int, corner)) for corner in zip(trace["x"][::6], trace["y"][::6], strict=True)}


def test_every_grid_has_100_squares_filled_for_those_counted_as_better(table):
    results = {(r["outcome_id"], r["arm_id"]): r for r in table("results")}
    for state, r in rendered("risks").items():
        by_group = {}
        for trace in plotly.figure(r.chart).data:
            by_group.setdefault(trace["ids"][0] if trace["ids"] else None, []).append(trace)
        for row in r.table.rows:
            own = results[state.trial.split(".")[0], row.key]
            share = int(own["events"]) / int(own["n"]) if own["events"] else float(own["mean"])
            filled = [squares(t) for t in by_group[row.key] if t["fill"] == "toself"]
            hollow = [squares(t) for t in by_group[row.key] if t["fill"] == "none"]
            better, rest = set().union(*filled), set().union(*hollow)
            assert abs(len(better) - 100 * share) <= 0.5
            assert not better & rest
            assert better | rest == {(x, y) for x in range(10) for y in range(10)}
            assert row.cells[1].text.split(" ")[0] == str(len(better))
            assert row.cells[2].text == str(len(rest)) == str(100 - len(better))
            assert f"**{len(better)}** were" in r.sentence
            assert f"**{len(rest)}** were not" in r.sentence


def test_trials_with_counts_or_shares_after_a_control_injection_are_on_the_menu(table):
    kinds = {o["outcome_id"]: o["kind"] for o in table("outcomes")}
    roles = {(a["study_id"], a["arm_id"]): a["role"] for a in table("arms")}
    study = {o["outcome_id"]: o["study_id"] for o in table("outcomes")}
    seen = {}
    for r in table("results"):
        if kinds[r["outcome_id"]] == "responder" and ((r["events"] and r["n"]) or r["mean"]):
            seen.setdefault(r["outcome_id"], set()).add(roles[study[r["outcome_id"]], r["arm_id"]])
    swapped = {f["outcome_id"] for f in table("flags") if f["kind"] == "arms_swapped"}
    expected = {o for o, found in seen.items() if {"intervention", "control"} <= found} - swapped
    assert {state.trial.split(".")[0] for state in rendered("risks")} == expected


def test_groups_no_longer_as_randomised_are_never_told_alone(table):
    changed = {f["outcome_id"] for f in table("flags") if f["kind"] == "not_as_randomised"}
    for state, r in rendered("risks").items():
        late = state.trial.split(".")[0] in changed
        assert ("not as randomised" in r.sentence) == late
        assert ("As randomised, at 3 months: " in r.sentence) == late
    assert "14 of 21; 5 of 22; 3 of 22" in show_frozen("risks", trial="topol2011_asymptomatic_52w.dextrose").sentence


def test_what_went_wrong_is_what_the_trial_reports(table):
    told = {h["study_id"] for h in table("harms")}
    for state, r in rendered("risks").items():
        study = state.trial.split("_")[0]
        assert ("What went wrong was not reported where we looked" in r.sentence) == (study not in told)
    assert "any adverse effect: none (out of how many is not told)" in show_frozen("risks").sentence


def test_a_grid_can_be_all_filled_or_all_hollow():
    for filled in (0, 100):
        f = plotly.figure(IconArray((Group("a", "<b>Group</b>", "control", True, filled, ("A & B",)),)))
        assert [len(squares(t)) for t in f.data] == [filled, 100 - filled]
        assert "&lt;b&gt;Group" in f.layout["annotations"][0]["text"]
        assert "A &amp; B" in f.layout["annotations"][0]["text"]
        go.Figure(data=list(f.data), layout=f.layout)


def test_words_beside_a_grid_fit_a_phone():
    for r in rendered("risks").values():
        for label in plotly.still(r.chart)["layout"]["annotations"]:
            lines = re.sub("<(?!br)[^>]*>", "", label["text"]).split("<br>")
            assert max(map(len, lines)) <= 24, lines


@pytest.mark.parametrize("narrow", [False, True])
def test_grids_and_their_words_fit_the_height_of_the_chart(narrow):
    for r in rendered("risks").values():
        layout = plotly.figure(r.chart).narrow if narrow else plotly.figure(r.chart).layout
        tops = []
        for n in range(1, len(r.table.rows) + 1):
            low, high = layout[f"yaxis{'' if n == 1 else n}"]["domain"]
            assert 0 <= low < high <= 1
            lines = plotly.still(r.chart)["layout"]["annotations"][n - 1]["text"].count("<br>") + 1
            words = 18.2 * lines
            if narrow:
                tops.append(((1 - high) * layout["height"], words))
            else:
                assert words <= (1 - high) * layout["height"] + 8
        for (top, words), (following, _) in zip(tops, [*tops[1:], (layout["height"], 0)], strict=False):
            assert top + max(words, 160) <= following


# Harms.


def test_the_article_names_four_mild_and_four_possible_effects(frozen_table):
    claims = [c["claim_id"] for c in frozen_table("claims") if c["effect"]]
    r = show_frozen("risks_harms", source="article")
    assert [row.key for row in r.table.rows] == claims
    assert "names **4** mild effects and **4** that it calls possible but unreported" in r.sentence


def test_the_article_s_unreported_nerve_damage_stands_beside_the_survey_s_count(frozen_table):
    counted = {h["harm_id"]: h["events"] for h in frozen_table("harms")}
    assert counted["dagenais2006_nerve_damage"] == "54"
    r = show_frozen("risks_harms", source="article")
    assert "told of nerve damage **54** times" in r.sentence
    assert "nerve damage: 54 reports, no denominator" in cells(r, "possible_nerve")[2]
    assert f"{counted['dagenais2006_permanent_nerve']} reports" in cells(r, "possible_nerve")[2]
    (low_back,) = [c for c in frozen_table("claims") if c["claim_id"] == "no_serious_lbp"]
    assert any(low_back["paraphrase"] in box.text for box in r.listed)


def test_no_report_on_harm_was_seen_for_low_back_trials(frozen_table):
    low_back = [s for s in frozen_table("studies") if s["condition"] in ("low_back_pain", "sacroiliac_joint")]
    trials = {s["study_id"] for s in low_back if s["design"] != "survey"}
    assert not trials & {h["study_id"] for h in frozen_table("harms")}
    sentence = plain(show_frozen("risks_harms", source="article").sentence)
    assert (
        f"Here are {len(trials)} studies of low back pain. We saw a report on harm, good or bad, for none" in sentence
    )


def test_every_report_of_a_trial_has_a_number_of_people_or_says_that_there_is_none(table):
    harms = [h for h in table("harms") if h["study_id"] != SURVEY]
    r = show("risks_harms", source="trials")
    assert {row.key for row in r.table.rows} == {h["harm_id"] for h in harms}
    for h in harms:
        _, event, told, rate, _ = cells(r, h["harm_id"])
        assert event == h["event"]
        assert (rate == "no denominator") == (not (h["n"] and h["events"]))
        if h["n"]:
            assert told == f"{'none' if h['events'] == '0' else h['events']} of {h['n']}"
    with_n = sum(1 for h in harms if h["n"] and h["events"])
    studies = len({h["study_id"] for h in harms})
    trials = sum(1 for s in table("studies") if s["design"] != "survey")
    assert f"**{studies}** of {trials} studies" in r.sentence
    assert f"for the other {trials - studies} we saw nothing. Only **{with_n}** give" in r.sentence


def test_no_event_in_a_trial_still_leaves_room_for_some(frozen_table):
    """Wilson's upper limit for 0 of n is z² / (n + z²)."""
    r = show_frozen("risks_harms", source="trials")
    z2 = 1.959964**2
    limits = {
        h["harm_id"]: 100 * z2 / (int(h["n"]) + z2) for h in frozen_table("harms") if h["n"] and h["events"] == "0"
    }
    (marks,) = [t for t in plotly.figure(r.chart).data if t.get("mode") == "markers"]
    drawn = dict(zip(marks["ids"], marks["error_x"]["array"], strict=True))
    assert drawn == pytest.approx(limits, abs=1e-3)
    for harm, limit in limits.items():
        assert cells(r, harm)[3] == f"0.0 (0.0 to {limit:.1f})"
    assert f"leaves room for up to **{min(limits.values()):.0f}** of 100" in r.sentence
    assert max(limits.values()) < plotly.figure(r.chart).layout["xaxis"]["range"][1]


def test_where_abstract_and_review_differ_both_are_told(frozen_table):
    reasons = [f["reason"] for f in frozen_table("flags") if f["kind"] == "harms_disagree"]
    r = show_frozen("risks_harms", source="trials")
    assert reasons
    assert all(reason in r.sentence for reason in reasons)
    flagged = [row.key for row in r.table.rows if row.flags]
    assert flagged == ["rabago2013_any", "rabago2013_bruising", "rabago2013_pain"]


def test_the_survey_s_counts_are_counts_and_never_rates(frozen_table):
    rows = {h["harm_id"]: h for h in frozen_table("harms") if h["study_id"] == SURVEY and h["events"]}
    (study,) = [s for s in frozen_table("studies") if s["study_id"] == SURVEY]
    r = show_frozen("risks_harms", source="survey")
    assert f"**{study['n_analysed']}** practitioners told of **472** unwanted events" in r.sentence
    assert "**69** of these led to a hospital stay" in r.sentence
    assert "**can't be turned into a rate**" in r.sentence
    bars = next(t for t in plotly.figure(r.chart).data if t["type"] == "bar")
    assert dict(zip(bars["ids"], bars["x"], strict=True)) == {k: float(h["events"]) for k, h in rows.items()}
    assert {row.cells[2].text for row in r.table.rows} == {"no rate can be worked out"}
    assert r.table.rows[0].key == "dagenais2006_all_reports"
    assert "%" not in r.sentence


def test_the_survey_and_the_file_of_reports_agree(table):
    """The same counts stand in two files."""
    harms = {h["event"]: h["events"] for h in table("harms") if h["study_id"] == SURVEY}
    for report in table("harm_reports"):
        if report["source_id"] == SURVEY and report["event"] in harms and harms[report["event"]]:
            assert report["estimate"] == f"{harms[report['event']]} reports"


def test_everything_else_that_pages_name_is_listed(table):
    others = [h for h in table("harm_reports") if not (h["source_id"] == SURVEY and h["kind"] == "rare")]
    listed = show("risks_harms", source="survey").listed
    assert len(listed) == len(others)
    assert all(other["event"] in box.strong for other, box in zip(others, listed, strict=True))
    assert not any("As above" in box.text for box in listed)


# Cost.


def prices(table, per):
    return [p for p in table("prices") if p["per"] == per and p["treatment_id"] == "dextrose"]


def test_cost_is_injections_times_sessions_times_price(table):
    (claim,) = [c for c in table("claims") if c["claim_id"] == "cost_injection"]
    each = int(claim["value"].split(" ")[0])
    session = [int(p["amount"]) for p in prices(table, "session")]
    for state, r in rendered("risks_cost").items():
        total = each * state.injections * state.sessions
        low, high = min(session) * state.sessions, max(session) * state.sessions
        assert cells(r, "article")[1:] == [usd(total), usd(total)]
        assert cells(r, "pages")[1:] == [usd(low), usd(high)]
        words = {"article": f"**{usd(total)}**", "pages": f"**{low:,} to {usd(high)}**"}
        assert words[state.price] in r.sentence
        assert usd(total) in r.sentence
        assert f"{low:,} to {usd(high)}" in r.sentence
        assert [row.key for row in r.table.rows if "(chosen)" in row.cells[0].text] == [state.price]


def test_published_courses_stand_beside_it_and_plasma_apart(table):
    r = show("risks_cost")
    for source in {p["source_id"] for p in prices(table, "course")}:
        amounts = [int(p["amount"]) for p in prices(table, "course") if p["source_id"] == source]
        assert cells(r, f"course_{source}")[1:] == [usd(min(amounts)), usd(max(amounts))]
    plasma = [int(p["amount"]) for p in table("prices") if p["treatment_id"] == "plasma"]
    assert f"{min(plasma):,} to {usd(max(plasma))} a session" == r.listed[0].strong
    assert usd(max(plasma)) not in " ".join(cell.text for row in r.table.rows for cell in row.cells)


def test_bars_of_cost_end_where_the_table_says(table):
    for r in rendered("risks_cost").values():
        high, low = (t for t in plotly.figure(r.chart).data if t["type"] == "bar")
        for i, key in enumerate(high["ids"]):
            assert cells(r, key)[1:] == [usd(int(low["x"][i])), usd(int(high["x"][i]))]
        assert 1.5 * max(high["x"]) <= plotly.figure(r.chart).layout["xaxis"]["range"][1]


def test_insurance_is_told_with_who_says_so(table):
    paying = [p for p in table("positions") if p["kind"] == "payer"]
    paid = [p for p in paying if p["position"] == "allows"]
    unpaid = [p for p in paying if p not in paid]
    r = show("risks_cost")
    assert f"Of {len(unpaid) + len(paid)} payers whose rules we saw told, **{len(unpaid)}** do not pay." in r.sentence
    assert "The article says that insurance usually does not pay" in r.sentence
    named = {box.title for box in r.listed}
    assert {p["organisation"] for p in unpaid + paid} <= named


def test_the_price_on_the_control_is_the_article_s(table):
    (claim,) = [c for c in table("claims") if c["claim_id"] == "cost_injection"]
    assert claim["value"] == f"{article_price(library()):.0f} USD per injection"
    labels = [o.label for o in VIEWS["risks_cost"].controls(library())["price"].options]
    assert labels[0] == f"The article: {claim['value']}"


# Choices.


def test_every_organisation_has_a_mark_and_payers_are_apart(table):
    r = show("risks_choices", topic="who")
    positions = {p["position_id"]: p for p in table("positions")}
    assert {row.key for row in r.table.rows} == set(positions)
    by_axis = {
        axis: {i for t in plotly.figure(r.chart).data if t["xaxis"] == axis for i in t["ids"]} for axis in ("x", "x2")
    }
    assert by_axis["x2"] == {i for i, p in positions.items() if p["kind"] == "payer"}
    assert by_axis["x"] == set(positions) - by_axis["x2"]


def test_one_joint_guideline_is_told_in_its_own_strength_beside_the_article_s_two_voices(frozen_table):
    (guideline,) = [p for p in frozen_table("positions") if p["position_id"] == "acr_af"]
    assert guideline["position"] == "against_conditional"
    assert guideline["condition"] == "knee and/or hip osteoarthritis"
    r = show_frozen("risks_choices", topic="who")
    assert "**one guideline together**. It is against prolotherapy **conditionally**" in r.sentence
    own, told = cells(r, "acr_af")[1], cells(r, "acr_af")[3]
    assert own == "conditionally recommends against it"
    paraphrases = [c["paraphrase"] for c in frozen_table("claims") if c["claim_id"] in ("acr_position", "af_try")]
    assert all(text in told for text in paraphrases)
    places = {t["x"][t["ids"].index("acr_af")] for t in plotly.figure(r.chart).data if "acr_af" in t["ids"]}
    assert places == {-2.0, -1.0, 1.0}


def test_silent_means_that_nothing_was_seen_or_no_side_is_taken(table):
    silent = [p for p in table("positions") if p["position"] == "no_statement"]
    bodies = [p for p in table("positions") if p["kind"] == "body"]
    r = show("risks_choices", topic="who")
    assert f"**{len(silent)}** of {len(bodies)} bodies take no side or are silent" in r.sentence
    for p in silent:
        assert (cells(r, p["position_id"])[1] == "not reported where we looked") == (not p["source_id"])


def test_the_article_s_missing_list_is_said_to_be_missing(frozen_table):
    r = show_frozen("risks_choices", topic="not")
    assert "**its list is missing**" in r.sentence
    named = [c for c in frozen_table("contraindications") if c["reason"]]
    pages = {c["source_id"] for c in named}
    assert f"**{len(pages)}** other pages name {len(r.table.rows)} reasons" in r.sentence
    words = " ".join(cell.text for row in r.table.rows for cell in row.cells)
    assert all(c["item"] in words for c in named)
    bleeding = [c for c in named if re.search("bleed|blood|anticoag", c["item"])]
    assert cells(r, "safemindz_bleeding")[1] == f"{len({c['source_id'] for c in bleeding})} of {len(pages)}"
    assert len(r.listed) == len(frozen_table("contraindications")) - len(named)


def test_options_count_the_trials_that_set_another_option_beside_prolotherapy(table):
    arms = [a for a in table("arms") if a["role"] in ("untreated", "other")]
    exercise = {a["study_id"] for a in arms if a["treatment_id"] == "exercise"}
    r = show("risks_choices", topic="other")
    assert f"**{len(exercise)}** of the trials here" in r.sentence
    assert cells(r, "exercise")[1] == str(len(exercise))
    counted = {row.key: int(row.cells[1].text) for row in r.table.rows}
    drawn = next(t for t in plotly.figure(r.chart).data if t["type"] == "bar")
    assert dict(zip(drawn["ids"], map(int, drawn["x"]), strict=True)) == counted
    for row in r.table.rows:
        parts = [int(n) for n in re.findall(r"(\d+) (?:better|no clear|not told)", row.cells[2].text)]
        assert sum(parts) == counted[row.key] == len(row.cells[3].text.split("; "))


def test_every_treatment_beside_prolotherapy_is_on_the_chart(table):
    treated = {s["study_id"] for s in table("studies") if s["design"] != "survey"}
    others = [a for a in table("arms") if a["role"] in ("untreated", "other")]
    given = {a["treatment_id"] for a in others if a["study_id"] in treated}
    assert {row.key for row in show("risks_choices", topic="other").table.rows} == given


def test_questions_to_take_along_are_eight_to_ten_and_take_no_side():
    r = show("risks_choices", topic="ask")
    asked = [box.text for box in r.listed]
    assert 8 <= len(asked) <= 10
    assert f"**{len(asked)}** questions" in r.sentence
    assert all(re.fullmatch(r"[A-Z].*\?", text) for text in asked)
    assert r.listed_open, "the sheet stands open"
    assert plotly.figure(r.chart).data == ()
    assert r.table.rows == ()
