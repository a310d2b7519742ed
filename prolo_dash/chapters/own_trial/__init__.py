"""Your own trial: a trial that a reader types in or loads."""

from prolo_dash.chapters.own_trial import view
from prolo_dash.kit.view import Chapter

CHAPTER = Chapter("own_trial", "Your own trial", (view.VIEW,))
