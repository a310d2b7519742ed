"""A file of trials: each becomes a state, as if its figures had been typed."""

from collections import Counter
from dataclasses import fields

from prolo_dash.chapters.own_trial.facts import OwnState
from prolo_dash.evidence.library import Library
from prolo_dash.evidence.own import (
    GROUPS,
    MOST_PEOPLE,
    Group,
    OwnTrial,
)
from prolo_dash.evidence.own_csv import SAMPLE, read_trials
from prolo_dash.evidence.own_table import MOST_CHARACTERS, MOST_ROWS
from prolo_dash.kit.view import Loader
from prolo_dash.kit.wording import count, trim

_KEYS = [key for key, *_ in GROUPS]


def _read(known: Library, text: str) -> tuple[tuple[tuple[str, OwnState], ...], tuple[str, ...]]:
    trials, problems = read_trials(text, known.topic)
    named = Counter(map(_label, trials))
    labels = (label if named[label := _label(trial)] == 1 else f"{label}, {trial.kind}" for trial in trials)
    return tuple(zip(labels, map(_state, trials), strict=True)), problems


def _label(trial: OwnTrial) -> str:
    weeks = f", {count(trial.weeks, 'week')}" if trial.weeks else ""
    return f"{trial.name}: {trial.measure}{weeks}"


def _state(trial: OwnTrial) -> OwnState:
    typed = [f.name for f in fields(OwnState) if f.name.split("_")[0] in _KEYS]
    filled = dict.fromkeys(typed, "") | {
        "kind": trial.kind,
        "spread_is": trial.spread,
        "better_is": trial.meaning.better,
        "scores_are": trial.meaning.scores,
        "unit": trial.meaning.unit,
        "groups": "three" if len(trial.groups) == len(GROUPS) else "two",
        "name": trial.name,
        "measure": trial.measure,
        "weeks": str(trial.weeks or ""),
    }
    for (key, _), group in zip(GROUPS, trial.groups, strict=False):
        filled |= _fields(key, group)
    return OwnState(**filled)


def _fields(key: str, group: Group) -> dict[str, str]:
    if group.mean is None:
        own = {"better": str(group.better), "of": str(group.n)}
    else:
        assert group.spread is not None
        own = {"mean": trim(group.mean), "sd_or_se": trim(group.spread), "n": str(group.n)}
    return {f"{key}_name": group.name} | {f"{key}_{part}": value for part, value in own.items()}


LOADER = Loader(
    label="Load a CSV file",
    sample=SAMPLE,
    sample_name="own_trial_sample.csv",
    limits=(
        f"One row a group, columns as in the sample. At most {MOST_ROWS} rows, {MOST_CHARACTERS:,} characters "
        f"and {MOST_PEOPLE:,} in a group. If a file does not say, it counts people, and its scores are changes "
        "where higher is better. The file itself is not kept."
    ),
    read=_read,
)
