"""Your own trial: what a reader types in or loads, told as the built-in trials are."""

from dataclasses import asdict, dataclass, fields, replace

from prolo_dash.evidence.library import Library, library
from prolo_dash.evidence.own import GROUPS, MOST_PEOPLE, Group, Kind, OwnTrial, Spread, as_library, read_trial
from prolo_dash.evidence.own_csv import MOST_CHARACTERS, MOST_ROWS, SAMPLE, read_trials
from prolo_dash.views import again, fragile, own_split, rows
from prolo_dash.views.charts import stack
from prolo_dash.views.controls import Option, choice, entry
from prolo_dash.views.view import Loader, Rendering, SourceLink, Table, View
from prolo_dash.views.wording import count, trim, verb


# The fields come filled with printed figures, so that the chapter shows something true before anybody types.
def _example() -> dict[str, str]:
    """Field values of the two examples, as their papers print them."""
    known = library()
    counts, scores = (known.comparison_by_id[known.default(key)].arms for key in ("own_counts", "own_scores"))
    found: dict[str, str] = {}
    for (key, _, _), counted, scored in zip(GROUPS, counts, scores, strict=True):
        found |= {f"{key}_better": str(counted.result.events), f"{key}_of": str(counted.result.n)}
        assert scored.result.mean is not None
        assert scored.result.se is not None
        found |= {f"{key}_mean": trim(scored.result.mean), f"{key}_spread": trim(scored.result.se)}
        found |= {f"{key}_n": str(scored.result.n)}
    return found


_EXAMPLE = _example()
_COUNTED, _SCORED, _THIRD = (("kind", "counts"),), (("kind", "scores"),), (("groups", "three"),)
_TRIAL, _PROLO, _CONTROL, _NONE = "The trial", "Prolotherapy", "Control injection", "No injection"


@dataclass(frozen=True)
class OwnState:
    """What is typed, and what is asked of it."""

    kind: str = choice("Results are", (Option("counts", "Counts of people"), Option("scores", "Scores")), "counts")
    groups: str = choice("Groups", (Option("two", "Two"), Option("three", "Three")), "three")
    spread: str = choice(
        "The spread is",
        (Option("sd", "Standard deviation"), Option("se", "Standard error")),
        "se",
        when=_SCORED,
    )
    name: str = entry("Name", "Example trial", _TRIAL)
    measure: str = entry("What was measured", "main result", _TRIAL)
    weeks: str = entry("Weeks after the start", "", _TRIAL, numeric=True)
    prolo_name: str = entry("Name", "Prolotherapy", _PROLO)
    prolo_better: str = entry("Better", _EXAMPLE["prolo_better"], _PROLO, True, _COUNTED)
    prolo_of: str = entry("Out of", _EXAMPLE["prolo_of"], _PROLO, True, _COUNTED)
    prolo_mean: str = entry("Mean gain", _EXAMPLE["prolo_mean"], _PROLO, True, _SCORED)
    prolo_spread: str = entry("Spread", _EXAMPLE["prolo_spread"], _PROLO, True, _SCORED)
    prolo_n: str = entry("People", _EXAMPLE["prolo_n"], _PROLO, True, _SCORED)
    control_name: str = entry("Name", "Control injection", _CONTROL)
    control_better: str = entry("Better", _EXAMPLE["control_better"], _CONTROL, True, _COUNTED)
    control_of: str = entry("Out of", _EXAMPLE["control_of"], _CONTROL, True, _COUNTED)
    control_mean: str = entry("Mean gain", _EXAMPLE["control_mean"], _CONTROL, True, _SCORED)
    control_spread: str = entry("Spread", _EXAMPLE["control_spread"], _CONTROL, True, _SCORED)
    control_n: str = entry("People", _EXAMPLE["control_n"], _CONTROL, True, _SCORED)
    none_name: str = entry("Name", "No injection", _NONE, when=_THIRD)
    none_better: str = entry("Better", _EXAMPLE["none_better"], _NONE, True, _THIRD + _COUNTED)
    none_of: str = entry("Out of", _EXAMPLE["none_of"], _NONE, True, _THIRD + _COUNTED)
    none_mean: str = entry("Mean gain", _EXAMPLE["none_mean"], _NONE, True, _THIRD + _SCORED)
    none_spread: str = entry("Spread", _EXAMPLE["none_spread"], _NONE, True, _THIRD + _SCORED)
    none_n: str = entry("People", _EXAMPLE["none_n"], _NONE, True, _THIRD + _SCORED)
    show: str = choice(
        "Show",
        (
            Option("split", "The split"),
            Option("replay", "Play it again"),
            Option("fragility", "How fragile"),
        ),
        "split",
    )
    truth: str = choice("Suppose the truth is", again.TRUTH_OPTIONS, "half", when=(("show", "replay"),))


def render(known: Library, state: OwnState) -> Rendering:
    """What was typed, split, replayed or tested for fragility; or what is wrong with it."""
    kind: Kind = "counts" if state.kind == "counts" else "scores"
    spread: Spread = "sd" if state.spread == "sd" else "se"
    trial = read_trial(asdict(state), kind, spread, state.groups == "three")
    if not isinstance(trial, OwnTrial):
        return _unread(tuple((fault.field, fault.sentence) for fault in trial))
    own = as_library(trial)
    (comparison,) = own.comparisons
    if state.show == "replay":
        told = again.render(own, again.AgainState(comparison.comparison_id, state.truth))
    elif state.show == "fragility" and kind == "counts":
        told = fragile.render(own, fragile.FragileState(comparison.comparison_id))
    elif state.show == "fragility":
        told = _no_fragility()
    else:
        told = own_split.render(own, comparison)
    return replace(told, sources=_sources(known, state), how_to_read=(*_HOW_TO_READ, *told.how_to_read))


_HOW_TO_READ = (
    "What you type goes to the computer that shows this page, which draws it and "
    "forgets it. It also stands in the address of the page, so that a link or a reload brings it back.",
    "Nobody has checked these figures. The page can't know whether chance made the groups, or how many people left.",
)


def _unread(problems: tuple[tuple[str, str], ...]) -> Rendering:
    n = len(problems)
    return Rendering(
        sentence=(f"**{count(n, 'field')}** can't be read yet. The words under {verb(n, 'it', 'each')} say what fits."),
        figure=stack(()),
        table=Table("Nothing to show yet.", ("Group",), ()),
        alt="No chart: a field can't be read yet.",
        how_to_read=_HOW_TO_READ,
        sources=(_TYPED,),
        problems=problems,
    )


def _no_fragility() -> Rendering:
    return Rendering(
        sentence="Scores have **no fragility index**. It counts people whose result would have to change.",
        figure=stack(()),
        table=Table("Nothing to show.", ("Group",), ()),
        alt="No chart: scores have no fragility index.",
        how_to_read=(),
        sources=(),
    )


_TYPED = SourceLink("What is typed in above", None, "your own figures, not checked by anybody")


def _sources(known: Library, state: OwnState) -> tuple[SourceLink, ...]:
    """Where the figures come from: the reader, or the trial whose figures the fields came with."""
    usual, example = OwnState(), known.default(f"own_{state.kind}")
    parts = ("_better", "_of") if state.kind == "counts" else ("_mean", "_spread", "_n")
    used = [f.name for f in fields(state) if f.name.endswith(parts)]
    if any(getattr(state, name) != getattr(usual, name) for name in used) or (
        parts[0] == "_mean" and state.spread == "sd"
    ):
        return (_TYPED,)
    return rows.source_links(known, [known.comparison_by_id[example]])


def _loaded(text: str) -> tuple[tuple[tuple[str, OwnState], ...], tuple[str, ...]]:
    trials, problems = read_trials(text)
    return tuple((_label(trial), _state(trial)) for trial in trials), problems


def _label(trial: OwnTrial) -> str:
    weeks = f", {count(trial.weeks, 'week')}" if trial.weeks else ""
    return f"{trial.name}: {trial.measure}{weeks}"


def _state(trial: OwnTrial) -> OwnState:
    filled = dict.fromkeys(_EXAMPLE, "") | {
        "kind": trial.kind,
        "spread": trial.spread,
        "groups": "three" if len(trial.groups) == len(GROUPS) else "two",
        "name": trial.name,
        "measure": trial.measure,
        "weeks": str(trial.weeks or ""),
    }
    for (key, _, _), group in zip(GROUPS, trial.groups, strict=False):
        filled |= _fields(key, group)
    return OwnState(**filled)


def _fields(key: str, group: Group) -> dict[str, str]:
    if group.mean is None:
        own = {"name": group.name, "better": str(group.better), "of": str(group.n)}
    else:
        own = {"name": group.name, "mean": f"{group.mean:g}", "spread": f"{group.spread:g}", "n": str(group.n)}
    return {f"{key}_{part}": value for part, value in own.items()}


VIEW = View(
    key="own_trial",
    question="Your own trial: what would this page say of it?",
    state=OwnState,
    render=render,
    for_class="Invent a trial in which the control group did as well. What does each number do, and why?",
    loader=Loader(
        label="Load a CSV file",
        sample=SAMPLE,
        sample_name="own_trial_sample.csv",
        limits=(
            f"One row a group, columns as in the sample. At most {MOST_ROWS} rows, {MOST_CHARACTERS:,} characters "
            f"and {MOST_PEOPLE:,} people in a group. The file itself is not kept."
        ),
        read=_loaded,
    ),
)
