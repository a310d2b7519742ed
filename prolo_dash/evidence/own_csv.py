"""Reads a reader's CSV file of own trials: one row a group, the groups of a trial in rows of the same name.

Every problem is one sentence that names its row and column; the rows that are right are kept.
"""

from collections.abc import Iterator
from typing import TypeVar

from prolo_dash.evidence.own import (
    GROUPS,
    UNITS,
    Better,
    Fault,
    Kind,
    Meaning,
    OwnTrial,
    Scores,
    Spread,
    cut,
    group_names,
    read_trial,
    tidy,
)
from prolo_dash.evidence.own_table import Line, read_lines, refusal
from prolo_dash.evidence.topic import Topic

COLUMNS = (
    *("trial", "measure", "weeks", "group", "name", "better", "of", "mean", "sd", "se", "n"),
    *("unit", "scores_are", "better_is"),
)
_MOST_PROBLEMS = 20

# A sample file, with the word of the topic for the first group.
SAMPLE = """\
trial,measure,weeks,group,name,better,of,mean,sd,se,n,unit,scores_are,better_is
Sample with counts,no pain,12,{intervention},Group A,12,20,,,,,knees,,
Sample with counts,no pain,12,control,Group B,8,20,,,,,knees,,
Sample with counts,no pain,12,none,Group C,5,20,,,,,knees,,
Sample with scores,pain score,26,{intervention},Group A,,,-14.5,10.2,,30,people,changes,lower
Sample with scores,pain score,26,control,Group B,,,-9.5,11,,30,people,changes,lower
"""

# Older samples had gains only, higher = better, which is what changes mean where nothing else is said.
_ALSO = {"mean_gain": "mean"}
_BETTER: dict[str, Better] = {"higher": "higher", "lower": "lower"}
_SCORES: dict[str, Scores] = {"changes": "changes", "final": "final"}
_UNIT = {word: unit for unit, many in UNITS.items() for word in (many, unit)}
_FIGURES: dict[Kind, tuple[str, ...]] = {"counts": ("better",), "scores": ("mean", "sd", "se")}  # but their number
Word = TypeVar("Word", bound=str)


def read_trials(text: str, topic: Topic) -> tuple[tuple[OwnTrial, ...], tuple[str, ...]]:
    """The trials of a file that can be shown, and a sentence for each problem found in it."""
    if why := refusal(text):
        return (), (why,)
    problems: list[str] = []
    lines = list(read_lines(text, COLUMNS, _ALSO, problems))
    trials = tuple(trial for group in _grouped(lines, topic, problems) for trial in _trials(group, topic, problems))
    if len(problems) > _MOST_PROBLEMS:
        rest = len(problems) - _MOST_PROBLEMS
        problems = [*problems[:_MOST_PROBLEMS], f"There are {rest} more problems; correct these first."]
    return trials, tuple(problems)


def _grouped(lines: list[Line], topic: Topic, problems: list[str]) -> list[dict[str, Line]]:
    """The rows of each trial by group, in file order; a row whose group is not known or comes twice is left out."""
    keys = {topic.intervention.lower(): "prolo", "control": "control", "none": "none"}
    found: dict[tuple[str, str, str], dict[str, Line]] = {}
    for line in lines:
        key = keys.get(line.cells["group"].lower())
        groups = found.setdefault(_trial_of(line), {})
        if key is None:
            said = f"write {topic.intervention}, control or none{_shown(line.cells['group'])}"
            problems.append(f"Row {line.number}, column group: {said}.")
        elif key in groups:
            problems.append(f"Row {line.number}: the trial has this group in row {groups[key].number} already.")
        else:
            groups[key] = line
    return list(found.values())


def _trial_of(line: Line) -> tuple[str, str, str]:
    return tidy(line.cells["trial"]), tidy(line.cells["measure"]), line.cells["weeks"]


def _shown(text: str) -> str:
    return f", not “{cut(text)}”" if text else ""


def _trials(lines: dict[str, Line], topic: Topic, problems: list[str]) -> Iterator[OwnTrial]:
    """The trials in the valid rows, counts and scores as one each, if the first two groups are valid."""
    for key, _ in GROUPS[:2]:
        if key not in lines:
            if lines:
                first, words = next(iter(lines.values())), group_names(topic)[key]
                problems.append(f"Row {first.number}: this trial has no row that can be read for its {words}.")
            return
    meaning = _meaning(lines, problems)
    if meaning is None:
        return
    kinds = _kinds(lines)
    for kind in kinds:
        told = lines
        if "none" in lines and not _has(lines["none"], kind) and any(_has(lines["none"], other) for other in kinds):
            told = _without_third(lines)
        read = _read(told, kind, topic, meaning)
        if isinstance(read, tuple):
            problems += [_located(fault, lines) for fault in read]
            if not all(fault.field.startswith("none_") for fault in read):
                continue
            read = _read(_without_third(lines), kind, topic, meaning)
        if isinstance(read, OwnTrial):
            yield read


def _without_third(lines: dict[str, Line]) -> dict[str, Line]:
    return {key: line for key, line in lines.items() if key != "none"}


def _kinds(lines: dict[str, Line]) -> tuple[Kind, ...]:
    """What the rows of the intervention and control groups have figures of: counts, scores, or both."""
    first_two = [lines[key] for key, _ in GROUPS[:2]]
    return tuple(kind for kind in _FIGURES if any(_has(line, kind) for line in first_two)) or ("counts",)


def _has(line: Line, kind: Kind) -> bool:
    return any(line.cells[column] for column in _FIGURES[kind])


def _meaning(lines: dict[str, Line], problems: list[str]) -> Meaning | None:
    """What the figures of a trial are; None where that can't be read."""
    usual = Meaning()
    better = _said(lines, "better_is", _BETTER, usual.better, problems)
    scores = _said(lines, "scores_are", _SCORES, usual.scores, problems)
    unit = _said(lines, "unit", _UNIT, usual.unit, problems)
    return Meaning(better, scores, unit) if better and scores and unit else None


def _said(lines: dict[str, Line], column: str, known: dict[str, Word], usual: Word, problems: list[str]) -> Word | None:
    """What the rows of a trial say in a column where all must say the same; None where that can't be read."""
    found: Word | None = None
    for line in lines.values():
        cell = line.cells[column].lower()
        if not cell:
            continue
        if cell not in known:
            words = {known[word]: word for word in reversed(known)}  # each once, though it can be written in two ways
            said = " or ".join(reversed(words.values()))
            problems.append(f"Row {line.number}, column {column}: write {said}{_shown(cell)}.")
            return None
        if found is not None and known[cell] != found:
            problems.append(f"Row {line.number}, column {column}: another row of this trial says something else.")
            return None
        found = known[cell]
    return usual if found is None else found


def _spread(lines: dict[str, Line]) -> Spread:
    """The spread that most rows of a trial have; the standard deviation where there are as many of each."""
    spreads: tuple[Spread, ...] = ("sd", "se")
    return max(spreads, key=lambda column: sum(bool(line.cells[column]) for line in lines.values()))


def _read(lines: dict[str, Line], kind: Kind, topic: Topic, meaning: Meaning) -> OwnTrial | tuple[Fault, ...]:
    first, spread = lines["prolo"], _spread(lines)
    fields = {
        "name": first.cells["trial"],
        "measure": first.cells["measure"] or "result",
        "weeks": first.cells["weeks"],
    }
    for key, words in group_names(topic).items():
        cells = lines[key].cells if key in lines else dict.fromkeys(COLUMNS, "")
        fields |= {
            f"{key}_name": cells["name"] or words.capitalize(),
            f"{key}_better": cells["better"],
            f"{key}_of": cells["of"] or cells["n"],
            f"{key}_n": cells["n"] or cells["of"],
            f"{key}_mean": cells["mean"],
            f"{key}_sd_or_se": cells[spread],
        }
    return read_trial(fields, kind, spread, "none" in lines, topic, meaning)


def _located(fault: Fault, lines: dict[str, Line]) -> str:
    """A fault with its row and column in the file."""
    line = lines.get(fault.field.partition("_")[0], lines["prolo"])
    column = _column(fault.field, line, _spread(lines))
    return (
        f"Row {line.number}, column {line.names.get(column, column)}: {fault.sentence[0].lower()}{fault.sentence[1:]}"
    )


def _column(field: str, line: Line, spread: Spread) -> str:
    """The column that a field was read from, or would be: how many there are may stand in either of two."""
    part = field.partition("_")[2]
    if not part:
        return "trial" if field == "name" else field
    if part == "sd_or_se":
        return spread if spread in line.names else "se"
    either = {"of": ("of", "n"), "n": ("n", "of")}.get(part, (part,))
    return max(either, key=lambda column: (bool(line.cells[column]), column in line.names))
