"""Links from the names of trials to the view of one trial."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from markupsafe import Markup

from prolo_dash.evidence.library import Library
from prolo_dash.render.marked import Mark

VIEW, CONTROL = "trial", "study"


def trial_address(study_id: str) -> str:
    """The address of the view of one trial, relative to the explainer."""
    return f"?{VIEW}.{CONTROL}={study_id}#{VIEW}"


@dataclass(frozen=True, eq=False)
class TrialNames:
    """The names of a library's trials that become links, but for the trial that is shown itself."""

    library: Library
    shown: str = ""

    @cached_property
    def ids(self) -> dict[str, str]:
        """The id of each trial by its name; a name that two trials share stands for neither."""
        called = Counter(self.library.name(study) for study in self.library.package.studies)
        others = (study for study in self.library.trials if study.study_id != self.shown)
        return {name: study.study_id for study in others if called[name := self.library.name(study)] == 1}

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        """Every name, the longest first."""
        longest = sorted(self.ids, key=len, reverse=True)
        return re.compile(rf"(?<![\w-])(?:{'|'.join(map(re.escape, longest))})(?![\w-])")

    def first_in(self, text: str) -> tuple[str, str]:
        """The name of the trial that a text names first, and its id; empty where it names none."""
        found = self._pattern.search(text) if self.ids else None
        return (found[0], self.ids[found[0]]) if found else ("", "")

    def marks(self, text: str) -> Iterator[Mark]:
        """The first mention of each trial as a link."""
        done: set[str] = set()
        for found in self._pattern.finditer(text) if self.ids else ():
            if found[0] not in done:
                done.add(found[0])
                link = Markup('<a class="trial" href="{}">{}</a>').format(trial_address(self.ids[found[0]]), found[0])
                yield Mark(found.start(), found.end(), link)


def with_trials(figure: dict[str, Any], names: TrialNames) -> dict[str, Any]:
    """A figure whose rows say which trial their label names: its ``name`` there and its ``study``."""
    return figure | {
        "panels": [panel | {"rows": [_row(row, names) for row in panel["rows"]]} for panel in figure["panels"]]
    }


def _row(row: dict[str, Any], names: TrialNames) -> dict[str, Any]:
    name, study = names.first_in(f"{row['title']}\n{row['detail']}".replace("\n", " "))
    return row | {"trial": {"name": name, "study": study}} if name else row
