"""The chapters, in reading order, and the views that only lessons show."""

from typing import Any

from prolo_dash.views import (
    again,
    caveat,
    claim,
    dice,
    dummy,
    fragile,
    gain,
    later,
    missing,
    own,
    pooled,
    protects,
    registered,
    reviews,
    risks,
    risks_choices,
    risks_cost,
    risks_harms,
    share,
    small,
    sources,
    sources_about,
    sources_figures,
    sources_words,
    trial,
)
from prolo_dash.views.view import Chapter, View

CERTAINTY = (
    small.VIEW,
    protects.VIEW,
    later.VIEW,
    reviews.VIEW,
    again.VIEW,
    fragile.VIEW,
    pooled.VIEW,
    registered.VIEW,
    missing.VIEW,
)

CHAPTERS = (
    Chapter("claim", "The claim", (claim.VIEW,)),
    Chapter("gain", "The gain", (gain.VIEW,)),
    Chapter("caveat", "The caveat", (caveat.VIEW, trial.VIEW, share.VIEW)),
    Chapter("certainty", "How sure?", CERTAINTY),
    Chapter("risks", "Risks, cost, choices", (risks.VIEW, risks_harms.VIEW, risks_cost.VIEW, risks_choices.VIEW)),
    Chapter("sources", "Sources", (sources.VIEW, sources_figures.VIEW, sources_words.VIEW, sources_about.VIEW)),
    Chapter("own_trial", "Your own trial", (own.VIEW,)),
)

CHAPTER_BY_KEY = {chapter.key: chapter for chapter in CHAPTERS}
CHAPTER_VIEWS: dict[str, View[Any]] = {view.key: view for chapter in CHAPTERS for view in chapter.views}

LESSON_VIEWS: dict[str, View[Any]] = {view.key: view for view in (dummy.VIEW, dice.VIEW)}

VIEW_BY_KEY = CHAPTER_VIEWS | LESSON_VIEWS
