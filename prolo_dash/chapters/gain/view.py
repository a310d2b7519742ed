"""The gain: what study groups gained, first as a popular article tells it, then beside the other groups."""

from prolo_dash.chapters.gain import words
from prolo_dash.chapters.gain.chart import chart
from prolo_dash.chapters.gain.facts import facts
from prolo_dash.chapters.gain.reading import SCALES_FOR, GainState, normalise
from prolo_dash.evidence.library import Library
from prolo_dash.kit import smallest_change_words, trial_labels
from prolo_dash.kit.trial_mark_words import marks_key
from prolo_dash.kit.view import Rendering, View
from prolo_dash.kit.wording import count


def render(library: Library, state: GainState) -> Rendering:
    """The gain chapter's view for one state."""
    known = facts(library, state)
    rest = len(known.rest)
    return Rendering(
        sentence=words.sentence(known),
        aside=words.aside(known),
        instead=trial_labels.instead(known.elsewhere),
        chart=chart(library, known),
        table=words.table(library, known),
        alt=words.alt(known),
        how_to_read=words.how_to_read(known),
        sources=(
            *trial_labels.source_links(library, known.drawn),
            *smallest_change_words.source_links(library, known.smallest.values()),
        ),
        key=words.key(known),
        marks_key=marks_key(library.topic) if known.drawn else "",
        listed_title=f"Listed, not drawn: {count(rest, 'trial')} without such figures" if rest else "",
        listed=trial_labels.listed(library, known.rest, state.outcome),
        listed_open=not known.drawn,
        unavailable=tuple(("scale", s) for s in ("per100", "printed", "sd") if s not in SCALES_FOR[state.outcome]),
    )


VIEW = View(
    key="gain",
    question="How much better were people after {intervention}?",
    state=GainState,
    render=render,
    facts=facts,
    for_class="Before you switch to “All groups”: how many of 100 do you think got better with the {control}?",
    normalise=normalise,
    stands_open=True,
    counts_trials=True,
)
