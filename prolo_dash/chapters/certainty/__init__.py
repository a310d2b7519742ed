"""How sure? How far the results can be relied on."""

from prolo_dash.chapters.certainty import (
    fragility,
    later_trials,
    missing_results,
    pooling,
    protections,
    published_reviews,
    registrations,
    replication,
    trial_size,
)
from prolo_dash.kit.view import Chapter

CHAPTER = Chapter(
    "certainty",
    "How sure?",
    (
        trial_size.VIEW,
        protections.VIEW,
        later_trials.VIEW,
        published_reviews.VIEW,
        replication.VIEW,
        fragility.VIEW,
        pooling.VIEW,
        registrations.VIEW,
        missing_results.VIEW,
    ),
)
