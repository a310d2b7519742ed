"""Where the page has two figures for one gap, each stands beside the other, with the reason."""

from dataclasses import replace
from pathlib import Path

import pytest

from prolo_dash.chapters.registry import VIEW_BY_KEY
from prolo_dash.evidence.library import library
from prolo_dash.kit.two_gaps import two_gaps

FROZEN = library(Path(__file__).parents[1] / "frozen")
WU, DECHOW = "wu2022_visap_52w.dextrose", "dechow1999_odi_26w.dgp"


def shown(key, **settings):
    view = VIEW_BY_KEY[key]
    return view.render(FROZEN, replace(view.default_state(FROZEN), **settings))


def row(rendering, key):
    """The texts and notes of a row, its warnings, and the label of its row in the chart."""
    index = [one.key for one in rendering.table.rows].index(key)
    found = rendering.table.rows[index]
    labels = [label for panel in rendering.chart.panels for label in panel.rows]
    name = found.cells[0].text
    return [cell.note for cell in found.cells], found.flags, [one.detail for one in labels if name in one.detail]


@pytest.mark.parametrize(
    ("key", "by_gains", "other", "basis"),
    [(WU, "5.8", "5.5", "as printed"), (DECHOW, "0.0", "−1.0", "final scores")],
)
def test_both_figures_are_those_of_the_files(key, by_gains, other, basis):
    """Wu 2022: 34 - 28.2 = 5.8, printed 5.5. Dechow 1999: (34 - 36) - (33 - 35) = 0 and 35 - 36 = -1."""
    gaps = two_gaps(FROZEN.comparison_by_id[key])
    assert (gaps.by_gains, gaps.other, gaps.basis) == (by_gains, other, basis)


@pytest.mark.parametrize("show", ["split", "left"])
@pytest.mark.parametrize(("key", "other"), [(WU, "5.5 as the paper prints it"), (DECHOW, "−1.0 by the final scores")])
def test_the_caveat_names_the_other_figure_beside_its_own(show, key, other):
    notes, flags, labels = row(shown("caveat", outcome="function", show=show), key)
    assert any(note.endswith(other) for note in notes)
    assert any(f"gap {other}" in label for label in labels)
    assert any("The gap to the control injection is" in flag for flag in flags)


@pytest.mark.parametrize(("key", "other"), [(WU, "5.8 by the gains"), (DECHOW, "0.0 by the gains")])
def test_the_gain_names_the_gap_beside_its_difference(key, other):
    notes, _, labels = row(shown("gain", outcome="function", show="difference"), key)
    assert any(note.endswith(other) for note in notes)
    assert any(f"; {other}; " in label for label in labels)


def test_the_answer_names_both():
    told = [line.text for one in shown("answer").plot.rows for line in one.left]
    wu, dechow = ([line for line in told if line.startswith(name)] for name in ("Wu 2022", "Dechow 1999"))
    assert all("(5.8 by the gains; this is as the paper prints it)" in line for line in wu if ": 5.5" in line)
    assert all("(0.0 by the gains; the groups did not start alike)" in line for line in dechow if ": −1.0" in line)
    assert any("by the gains; " in line for line in told)


def test_the_same_figure_twice_is_no_warning():
    """Dechow 1999, pain: (5.3 - 5.2) - (5.3 - 4.4) = -0.8 and 4.4 - 5.2 = -0.8."""
    assert two_gaps(FROZEN.comparison_by_id["dechow1999_vas_26w.dgp"]) is None
