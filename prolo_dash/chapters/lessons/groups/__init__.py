"""Group beside group: what all groups of some trials gained, for a class."""

from prolo_dash.chapters.lessons.groups.view import APART, GROUPS

VIEWS = (GROUPS, APART)

__all__ = ["VIEWS"]
