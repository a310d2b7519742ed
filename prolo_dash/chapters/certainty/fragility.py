"""How fragile? How many people's outcomes would have to change for a significant result not to be one."""

from dataclasses import dataclass

from prolo_dash.evidence.fragility import countable
from prolo_dash.evidence.library import Library
from prolo_dash.kit import fragility, trial_labels
from prolo_dash.kit.controls import choice
from prolo_dash.kit.view import Rendering, View


@dataclass(frozen=True)
class FragilityState:
    """Which trial."""

    trial: str = choice(
        "Trial", trial_labels.comparison_options(countable), trial_labels.default_comparison, style="menu"
    )


def facts(library: Library, state: FragilityState) -> fragility.Facts:
    """What would have to change in the chosen trial."""
    return fragility.facts(library, library.comparison_by_id[state.trial])


def render(library: Library, state: FragilityState) -> Rendering:
    """The fragility index of one trial, and the outcomes that would have to change."""
    return fragility.rendering(library, facts(library, state))


VIEW = View(
    key="certainty_fragility",
    question="How fragile? How many outcomes would have to change",
    state=FragilityState,
    render=render,
    for_class="A trial's result hangs on three {parts}. Is the result wrong, weak, or neither? Say why.",
    facts=facts,
)
