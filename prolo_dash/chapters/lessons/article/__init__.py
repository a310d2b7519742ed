"""A number of the article: alone, beside the control group's, then with all groups of its trial at each time."""

from prolo_dash.chapters.lessons.article import numbers, whole_trial

VIEWS = (numbers.ALONE, numbers.BESIDE, whole_trial.VIEW)
