"""Hand-written lists of views leave out the ones named here: a new or renamed view has to be put on one side."""

import pytest

from prolo_dash.chapters.registry import VIEW_BY_KEY
from prolo_dash.evidence.library import library

from ..kit import test_charts
from . import test_agreement, test_every_state

# Their charts have no rows of numbers: they count marks, stack boxes or list words.
WITHOUT_ROWS = {
    "answer",
    "certainty",
    "certainty_protects",
    "certainty_later",
    "certainty_reviews",
    "certainty_replay",
    "certainty_fragility",
    "certainty_pooling",
    "certainty_registered",
    "certainty_missing",
    "risks",
    "risks_harms",
    "risks_cost",
    "risks_choices",
    "sources",
    "sources_figures",
    "sources_words",
    "sources_about",
    "own_trial",
    "lesson_dice",
}


@pytest.mark.parametrize(
    ("listed", "left_out"),
    [
        (test_every_state.ROW_VIEWS, WITHOUT_ROWS),
        (test_agreement.ROW_VIEWS, WITHOUT_ROWS | {"lesson_dummy"}),
        (test_charts.ROW_VIEWS, WITHOUT_ROWS | {"lesson_dummy"}),
    ],
    ids=["every state", "agreement", "charts"],
)
def test_every_view_has_labelled_rows_or_is_known_not_to(listed, left_out):
    assert sorted([*listed, *left_out]) == sorted(VIEW_BY_KEY)


def test_where_readers_toggle_conditions_every_trial_is_looked_for():
    """`certainty_missing` tells of conditions by what is not there, and `answer` draws only trials that compared."""
    toggled = {key for key, view in VIEW_BY_KEY.items() if "conditions" in view.controls(library())}
    assert toggled - set(test_every_state.TRIAL_VIEWS) == {"answer", "certainty_missing"}
    assert set(test_every_state.TRIAL_VIEWS) <= toggled
