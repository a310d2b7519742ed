"""Which views a test means. A new view is held to every rule; what a rule cannot mean is named here."""

from prolo_dash.chapters.registry import VIEW_BY_KEY
from prolo_dash.evidence.library import library

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
    "trial",
    "sources_figures",
    "sources_words",
    "sources_about",
    "own_trial",
    "lesson_dice",
    "lesson_number",
    "lesson_beside",
    "lesson_judge",
}
# Readers toggle conditions, but a row is no trial, or another control leaves trials out.
ROWS_ARE_NOT_TRIALS = {"certainty_missing", "certainty_registered", "answer"}

LABELLED_ROWS = tuple(key for key in VIEW_BY_KEY if key not in WITHOUT_ROWS)  # a chart's rows carry their own labels
ROW_VIEWS = tuple(key for key in LABELLED_ROWS if not key.startswith("lesson_"))  # bars and points, a row each
TRIAL_VIEWS = tuple(
    key
    for key, view in VIEW_BY_KEY.items()
    if "conditions" in view.controls(library()) and key not in ROWS_ARE_NOT_TRIALS
)  # readers toggle conditions, so every trial is drawn or listed
