"""Views and predictions that only lessons show."""

from prolo_dash.chapters.lessons import article, control_arm, dice, groups

VIEWS = (*article.VIEWS, control_arm.VIEW, *groups.VIEWS, dice.VIEW)
