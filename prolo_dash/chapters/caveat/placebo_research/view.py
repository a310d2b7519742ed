"""The contextual share of each trial beside benchmarks from placebo research."""

from prolo_dash.chapters.caveat.placebo_research import words
from prolo_dash.chapters.caveat.placebo_research.chart import chart
from prolo_dash.chapters.caveat.placebo_research.facts import Facts, ShareState, facts
from prolo_dash.evidence.library import Library
from prolo_dash.kit import trial_labels
from prolo_dash.kit.trial_mark_words import marks_key
from prolo_dash.kit.view import Rendering, SourceLink, View
from prolo_dash.kit.wording import count


def render(library: Library, state: ShareState) -> Rendering:
    """Shares of trials and of placebo research, for one state."""
    known = facts(library, state)
    rest = len(known.rest)
    return Rendering(
        sentence=words.sentence(known),
        chart=chart(library, known),
        table=words.table(library, known),
        alt=words.alt(known),
        how_to_read=words.how_to_read(known),
        sources=_sources(library, known),
        key=words.key(known),
        marks_key=marks_key(library.topic) if known.drawn else "",
        listed_title=f"Listed, not drawn: {count(rest, 'trial')} without a share" if rest else "",
        listed=trial_labels.listed(library, known.rest, state.outcome),
    )


def _sources(library: Library, known: Facts) -> tuple[SourceLink, ...]:
    ids = dict.fromkeys(one.benchmark.source_id for one in (*known.averages, *known.shams))
    research = (trial_labels.source_link(library.source(i)) for i in ids)
    return (*trial_labels.source_links(library, known.drawn), *research)


VIEW = View(
    key="caveat_share",
    question="Is that a lot? The share beside placebo research",
    state=ShareState,
    render=render,
    facts=facts,
    for_class="A drug for the same pain has a share of 75% too. What does that say about {intervention}, and what not?",
    counts_trials=True,
)
