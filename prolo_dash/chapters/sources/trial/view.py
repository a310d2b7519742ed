"""One trial, with all that the package holds of it."""

from prolo_dash.chapters.sources.trial import words
from prolo_dash.chapters.sources.trial.facts import TrialState, facts
from prolo_dash.evidence.library import Library
from prolo_dash.kit.charts import stack
from prolo_dash.kit.view import Rendering, View


def render(library: Library, state: TrialState) -> Rendering:
    """Everything on the chosen trial."""
    known = facts(library, state)
    return Rendering(
        sentence=words.sentence(known),
        chart=stack(()),
        table=words.table(known),
        alt=words.alt(known),
        how_to_read=words.HOW_TO_READ,
        sources=words.sources(known),
        chain=words.chain(known),
        listed_title=words.listed_title(known),
        listed=words.listed(known),
        listed_open=True,
    )


VIEW = View(
    key="trial",
    question="What is known of one trial?",
    state=TrialState,
    render=render,
    for_class="Read the table first. Which of the warnings would change what you make of it?",
    facts=facts,
    reference=True,
)
