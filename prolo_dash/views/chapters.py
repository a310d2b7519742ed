"""The chapters, in reading order."""

from typing import Any

from prolo_dash.views import caveat, claim, gain, share, trial
from prolo_dash.views.view import Chapter, View

CHAPTERS = (
    Chapter("claim", "The claim", (claim.VIEW,)),
    Chapter("gain", "The gain", (gain.VIEW,)),
    Chapter("caveat", "The caveat", (caveat.VIEW, trial.VIEW, share.VIEW)),
)

CHAPTER_BY_KEY = {chapter.key: chapter for chapter in CHAPTERS}
VIEW_BY_KEY: dict[str, View[Any]] = {view.key: view for chapter in CHAPTERS for view in chapter.views}
