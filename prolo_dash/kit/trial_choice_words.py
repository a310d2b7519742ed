"""The reader's choice of trials: its menu, what it is called, and how it is read from an address."""

from collections.abc import Mapping

from prolo_dash.evidence.library import Library
from prolo_dash.evidence.topic import Topic
from prolo_dash.evidence.trial_choice import ALL_TRIALS, ONLY, Only, TrialChoice
from prolo_dash.kit.controls import Option
from prolo_dash.kit.topic_words import indefinite
from prolo_dash.kit.wording import listing

# The names under which an address holds it.
TRIALS, WITHOUT = "trials", "without"
ALL_SAID = "All trials"
_UNKNOWN = "A trial that the link leaves out is not on this page."
_NO_SUCH = "The link asks for trials of a kind that this page does not tell apart."


def options(topic: Topic) -> tuple[Option, ...]:
    """The menu of trials."""
    return tuple(Option(only, _only_words(topic, only)) for only in ONLY)


def _only_words(topic: Topic, only: Only) -> str:
    words: dict[Only, str] = {
        "all": ALL_SAID,
        "controlled": f"Only trials with {indefinite(topic.control)}",
        "blinded": "Only trials where people could not tell",
    }
    return words[only]


def said(library: Library, choice: TrialChoice) -> str:
    """What a choice is called, as ``Only trials with a control injection, without Ash 2011``."""
    names = listing(sorted(library.name(library.study(study_id)) for study_id in choice.without))
    only = _only_words(library.topic, choice.only)
    if choice.only == ALL_TRIALS.only and names:
        return f"Without {names}"
    return f"{only}, without {names}" if names else only


def read(library: Library, params: Mapping[str, str]) -> tuple[TrialChoice, tuple[str, ...]]:
    """The choice that settings of a page name, and a sentence for each part that is not understood."""
    wanted = params.get(TRIALS) or ALL_TRIALS.only
    only = next((known for known in ONLY if known == wanted), None)
    named = {study_id for study_id in params.get(WITHOUT, "").split(".") if study_id}
    known = named & {study.study_id for study in library.trials}
    problems = (*([_NO_SUCH] if only is None else []), *([_UNKNOWN] if named - known else []))
    return TrialChoice(only or ALL_TRIALS.only, frozenset(known)), problems
