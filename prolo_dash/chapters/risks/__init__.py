"""Risks, cost, choices: harms, prices, and what else there is."""

from prolo_dash.chapters.risks import choices, costs, harm_effects, reported_harms
from prolo_dash.kit.view import Chapter

CHAPTER = Chapter(
    "risks",
    "Risks, cost, choices",
    (
        reported_harms.VIEW,
        harm_effects.VIEW,
        costs.VIEW,
        choices.VIEW,
    ),
)
