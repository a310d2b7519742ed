"""The caveat: each trial's gain, set against what its control group and its untreated group also gained."""

from prolo_dash.chapters.caveat.split import words
from prolo_dash.chapters.caveat.split.facts import CaveatState, facts
from prolo_dash.evidence.library import Library
from prolo_dash.kit import smallest_change_words, trial_labels
from prolo_dash.kit.split_chart import figure
from prolo_dash.kit.trial_mark_words import marks_key
from prolo_dash.kit.view import Rendering, View
from prolo_dash.kit.wording import count


def render(library: Library, state: CaveatState) -> Rendering:
    """The caveat chapter's main view for one state."""
    known = facts(library, state)
    rest = len(known.rest)
    return Rendering(
        sentence=words.sentence(known),
        aside=words.aside(known),
        instead=trial_labels.instead(known.elsewhere),
        chart=figure(library, known.drawn, state.show, known.smallest),
        table=words.table(library, known),
        alt=words.alt(known),
        how_to_read=words.how_to_read(known),
        sources=(
            *trial_labels.source_links(library, known.drawn),
            *smallest_change_words.source_links(library, known.smallest.values()),
        ),
        key=words.key(known),
        marks_key=marks_key(library.topic) if known.drawn else "",
        listed_title=f"Listed, not drawn: {count(rest, 'trial')} without figures for both groups" if rest else "",
        listed=trial_labels.listed(library, known.rest, state.outcome),
        listed_open=not known.drawn,
    )


VIEW = View(
    key="caveat",
    question="Take away what the {control} also achieved: what is left?",
    state=CaveatState,
    render=render,
    facts=facts,
    for_class="Two groups got {procedures}, and both got better. Name three reasons why the second group could do so.",
    stands_open=True,
    counts_trials=True,
)
