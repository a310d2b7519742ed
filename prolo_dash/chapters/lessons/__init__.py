"""Views and predictions that only lessons show."""

from prolo_dash.chapters.lessons import article, control_arm, dice, groups, judged_trial

VIEWS = (*article.VIEWS, control_arm.VIEW, *groups.VIEWS, dice.VIEW, judged_trial.VIEW)
