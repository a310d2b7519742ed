"""Pooling: one set of trials taken together, where the reader asks for it."""

from prolo_dash.chapters.certainty.pooling import words
from prolo_dash.chapters.certainty.pooling.chart import chart
from prolo_dash.chapters.certainty.pooling.facts import PooledSet, PoolingState, facts, normalise
from prolo_dash.evidence.library import Library
from prolo_dash.kit import smallest_change_words, trial_labels
from prolo_dash.kit.trial_mark_words import marks_key
from prolo_dash.kit.view import Rendering, SourceLink, View
from prolo_dash.kit.wording import count


def render(library: Library, state: PoolingState) -> Rendering:
    """One set pooled, or why nothing is."""
    known = facts(library, state)
    chosen = known.chosen
    rest = chosen.left_out if chosen else ()
    return Rendering(
        sentence=words.sentence(known),
        aside=words.aside(known),
        chart=chart(library, known),
        table=words.table(library, known),
        alt=words.alt(known),
        how_to_read=words.how_to_read(known),
        sources=_sources(library, chosen) if chosen else (),
        key=words.key(known),
        marks_key=marks_key(known.topic) if chosen else "",
        listed_title=f"Left out of this set: {count(len(rest), 'trial')} without an interval" if rest else "",
        listed=trial_labels.listed(library, rest, ""),
        unavailable=(("pool", "all"),),
    )


def _sources(library: Library, chosen: PooledSet) -> tuple[SourceLink, ...]:
    smallest = (chosen.smallest,) if chosen.smallest else ()
    return (
        *trial_labels.source_links(library, chosen.members.comparisons),
        *smallest_change_words.source_links(library, smallest),
    )


VIEW = View(
    key="certainty_pooling",
    question="Can the trials be taken together?",
    state=PoolingState,
    render=render,
    for_class="Two trials, one average. What would you want to know about the trials before you believe it?",
    normalise=normalise,
    facts=facts,
    counts_trials=True,
)
