"""Sources: where every number comes from."""

from prolo_dash.chapters.sources import about, figures, glossary, source_list, trial
from prolo_dash.kit.view import Chapter

CHAPTER = Chapter(
    "sources",
    "Sources",
    (
        source_list.VIEW,
        trial.VIEW,
        figures.VIEW,
        glossary.VIEW,
        about.VIEW,
    ),
)
