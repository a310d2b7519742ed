"""Play it again: one trial repeated 1,000 times on a computer, under a truth that the reader supposes."""

from dataclasses import dataclass

from prolo_dash.evidence.library import Library
from prolo_dash.evidence.replication import replayable
from prolo_dash.kit import replication, trial_labels
from prolo_dash.kit.controls import choice
from prolo_dash.kit.view import Rendering, View


@dataclass(frozen=True)
class ReplicationState:
    """Which trial, and what is supposed to be true."""

    trial: str = choice(
        "Trial", trial_labels.comparison_options(replayable), trial_labels.default_comparison, style="menu"
    )
    truth: str = choice("Suppose the truth is", replication.TRUTH_OPTIONS, "half")


def facts(library: Library, state: ReplicationState) -> replication.Facts:
    """What the repeats of the chosen trial find."""
    return replication.facts(library, library.comparison_by_id[state.trial], state.truth)


def render(library: Library, state: ReplicationState) -> Rendering:
    """The spread of results of one trial under one truth."""
    return replication.rendering(library, facts(library, state))


VIEW = View(
    key="certainty_replay",
    question="Play it again: what if luck had fallen otherwise?",
    state=ReplicationState,
    render=render,
    for_class="Before you look: how many of 1,000 repeats of this trial would find a difference if half of it is true?",
    facts=facts,
)
