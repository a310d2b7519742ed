"""Only the control: what its groups gained, as an article would tell it that leaves the other groups out."""

from prolo_dash.chapters.lessons.control_arm.view import VIEW

__all__ = ["VIEW"]
