"""The fragility of a result, found again by trying."""

import pytest

from prolo_dash.chapters.certainty.fragility import VIEW, FragilityState, facts, render
from prolo_dash.evidence.library import library
from prolo_dash.kit.fragility import sentence


def test_the_index_of_every_countable_comparison_is_found_by_trying(files, fisher):
    """Walsh 2014: in the group with fewer events one more until p is 0.05 or more."""
    assert {s.trial for s in VIEW.states(library())} == set(files.counts)
    for key, (a, m, b, n) in files.counts.items():
        fewer, of, more, other = (b, n, a, m) if (b, b / n) <= (a, a / m) else (a, m, b, n)
        index = next(i for i in range(of) if fisher(more, other, fewer + i, of) >= 0.05)
        changes = (0, index) if (fewer, of) == (b, n) else (index, 0)
        known = facts(library(), FragilityState(trial=key))
        assert (known.fragility.index or 0) == index
        assert (known.fragility.reason is None) == bool(index)
        assert known.test.p == pytest.approx(fisher(a, m, b, n))
        assert [(g.role, g.better, g.n, g.to_change) for g in known.groups] == [
            ("intervention", a, m, changes[0]),
            ("control", b, n, changes[1]),
        ]


def test_three_more_knees_take_the_significance_of_topol_2011_away(frozen, fisher):
    # p of 14 of 21 v 5, 6, 7 and 8 of 22.
    assert [round(fisher(14, 21, b, 22), 3) for b in (5, 6, 7, 8)] == [0.006, 0.015, 0.034, 0.069]
    known = facts(frozen, VIEW.default_state(frozen))
    assert known.fragility.index == 3
    assert "If **3 more knees** were counted as better after the control injection" in sentence(known)


def test_sentence_and_table_tell_the_facts(files):
    for state in VIEW.states(library()):
        known, shown = facts(library(), state), render(library(), state)
        index = known.fragility.index
        assert (f"**{index} more " in shown.sentence) == (index is not None)
        assert ("**no fragility index**" in shown.sentence) == (index is None)
        assert ("not as randomised" in shown.sentence) == (state.trial.split(".")[0] in files.switched)
        assert ("near the border the two can differ" in shown.sentence) == known.test.contradicted
        assert [[cell.text for cell in row.cells[1:]] for row in shown.table.rows] == [
            [f"{g.better} of {g.n}", str(g.to_change)] for g in known.groups
        ]
