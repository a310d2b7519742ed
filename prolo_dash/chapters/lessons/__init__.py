"""Views and predictions that only lessons show."""

from prolo_dash.chapters.lessons import control_arm, dice

VIEWS = (control_arm.VIEW, dice.VIEW)
