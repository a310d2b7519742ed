"""Your own trial: a trial that a reader types in or loads."""

from prolo_dash.chapters.own_trial import own_trial
from prolo_dash.kit.view import Chapter

CHAPTER = Chapter("own_trial", "Your own trial", (own_trial.VIEW,))
