"""Sizes and follow-up of trials, counted again from the CSV files."""

from math import log2
from statistics import median

from prolo_dash.chapters.certainty.trial_size import VIEW, SizeState, facts, render, sentence
from prolo_dash.evidence.library import library


def people(study):
    return int(study["n_analysed"] or study["n_randomised"] or 0)


def test_trials_are_counted_as_in_the_files(files):
    for group in files.groups:
        own = {s["study_id"]: s for s in files.studies[group]}
        known = facts(library(), SizeState(conditions=(group,)))
        assert {t.study.study_id: t.people or 0 for t in known.trials} == {k: people(s) for k, s in own.items()}
        # A year or more: the last visit of one trial was on day 360.
        assert known.long == sum(int(s["longest_followup_weeks"] or 0) >= 51 for s in own.values())
        assert known.controlled == len(files.controlled & own.keys())
        assert {t.study.study_id for t in known.trials if t.interval == "computed"} == files.computable & own.keys()
        sizes = [people(s) for s in own.values() if people(s)]
        assert known.median_size == (median(sizes) if len(sizes) > 1 else None)


def test_every_trial_is_drawn_at_its_size_and_follow_up_or_listed(files):
    for group in files.groups:
        state = SizeState(conditions=(group,))
        shown, known = render(library(), state), facts(library(), state)
        expected = {
            s["study_id"]: [int(s["longest_followup_weeks"]), people(s)]
            for s in files.studies[group]
            if people(s) and s["longest_followup_weeks"]
        }
        assert {t.study.study_id: [t.weeks, t.people] for t in known.drawn} == expected
        assert [row.key for row in shown.table.rows] == list(expected)
        assert len(shown.listed) == len(known.listed) == len(known.trials) - len(expected)


def test_the_sentence_has_the_counts_and_one_trial_a_sentence_of_its_own():
    for state in VIEW.states(library()):
        known = facts(library(), state)
        said = sentence(known)
        if len(known.trials) == 1:
            assert said.startswith(f"The one trial shown, {known.trials[0].name}, had ")
        elif known.trials:
            assert said.startswith(f"Of the {len(known.trials)} trials shown, **{known.controlled}** had a control")
            assert f" and **{known.long}** followed people" in said
            assert f"For **{known.computed}** we could" in said


def test_names_on_the_chart_meet_no_mark_and_no_other_name():
    """At 1280 by 720 a letter is 14 px wide and 24 high, half a year to a year 113 px, and 50 people 149 px."""
    for state in VIEW.states(library()):
        dots = render(library(), state).chart.dots
        at = {d.key: (113 * log2(d.x), -149 / 50 * d.y) for d in dots}
        marks = {key: (x - 12, x + 12, y - 12, y + 12) for key, (x, y) in at.items()}
        names = {}
        for d in (d for d in dots if d.label):
            (x, y), wide = at[d.key], 13.6 * len(d.label)
            left = x - wide if d.label_left else x - wide / 2
            names[d.key] = (left, left + wide, y - 38, y - 14)
        for key, name in names.items():
            others = [box for k, box in (*marks.items(), *names.items()) if k != key]
            assert not any(meet(name, box) for box in others), (state, key)


def meet(one, two):
    return one[0] < two[1] and two[0] < one[1] and one[2] < two[3] and two[2] < one[3]
