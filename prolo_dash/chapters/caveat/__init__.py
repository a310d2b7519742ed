"""The caveat: the gain beside what the placebo effect may explain."""

from prolo_dash.chapters.caveat import placebo_research, single_trial, split
from prolo_dash.kit.view import Chapter

CHAPTER = Chapter(
    "caveat",
    "The caveat",
    (
        split.VIEW,
        single_trial.VIEW,
        placebo_research.VIEW,
    ),
)
